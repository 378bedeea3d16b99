-- One log of all mail instead of two queues that were each other's twins: the queue is `jobs` now. Rows hold ids and, where
-- the reader may have no account, the sealed address; never words. Addresses are sealed for their table, so the old ones
-- cannot be taken over: nothing has been released with them yet.
create table deliveries (
    id uuid primary key,
    -- The event that it tells of, or `digest`.
    template text not null,
    state text not null
        constraint deliveries_state_check check (state in ('queued', 'sent', 'failed', 'dropped')),
    attempts integer not null default 0,
    last_error text,
    created_at timestamptz not null,
    ended_at timestamptz,
    -- As it was sent.
    message_id text,
    user_id uuid constraint deliveries_user_id_fkey references users (id) on delete cascade,
    community_id uuid constraint deliveries_community_id_fkey references communities (id),
    -- Whom it is for, in that community.
    member_id uuid,
    -- Of whom it speaks.
    about_id uuid,
    notification_id uuid,
    address_sealed text,
    -- For readers of whom no language is known.
    locale text,
    token_id uuid constraint deliveries_token_id_fkey references account_tokens (id) on delete set null,
    invitation_id uuid,
    constraint deliveries_notification_id_key unique (community_id, notification_id),
    constraint deliveries_member_fkey foreign key (community_id, member_id) references members (community_id, id),
    constraint deliveries_about_fkey foreign key (community_id, about_id) references members (community_id, id),
    constraint deliveries_notification_fkey foreign key (community_id, notification_id)
        references notifications (community_id, id) on delete cascade
);
create index deliveries_user_idx on deliveries (user_id, created_at desc);
create index deliveries_token_id_idx on deliveries (token_id);
create index deliveries_member_idx on deliveries (community_id, member_id);
create index deliveries_about_idx on deliveries (community_id, about_id);
create index deliveries_ended_at_idx on deliveries (ended_at) where ended_at is not null;

insert into deliveries (id, template, state, attempts, last_error, created_at, ended_at, user_id, community_id, member_id,
        notification_id)
    select m.id, n.event, case when sent_at is null then 'failed' else 'sent' end, m.attempts, m.last_error, m.created_at,
        coalesce(m.sent_at, m.failed_at, m.due_at), n.user_id, m.community_id, n.member_id, n.id
    from mails m join notifications n on n.community_id = m.community_id and n.id = m.notification_id;
drop table mails;
drop table account_mails;
