create table mails (
    id uuid primary key,
    community_id uuid not null,
    notification_id uuid not null,
    created_at timestamptz not null,
    due_at timestamptz not null,
    leased_until timestamptz,
    attempts integer not null default 0,
    sent_at timestamptz,
    failed_at timestamptz,
    last_error text,
    constraint mails_notification_id_key unique (community_id, notification_id),
    constraint mails_notification_fkey foreign key (community_id, notification_id)
        references notifications (community_id, id) on delete cascade
);
create index mails_due_idx on mails (due_at) where sent_at is null and failed_at is null;
create table account_mails (
    id uuid primary key,
    template text not null,
    address_sealed text not null,
    locale text not null,
    user_id uuid constraint account_mails_user_id_fkey references users (id) on delete cascade,
    token_id uuid constraint account_mails_token_id_fkey references account_tokens (id) on delete cascade,
    invitation_id uuid,
    community_id uuid constraint account_mails_community_id_fkey references communities (id),
    member_id uuid,
    created_at timestamptz not null,
    due_at timestamptz not null,
    leased_until timestamptz,
    attempts integer not null default 0,
    sent_at timestamptz,
    failed_at timestamptz,
    last_error text,
    constraint account_mails_member_fkey foreign key (community_id, member_id) references members (community_id, id)
);
create index account_mails_due_idx on account_mails (due_at) where sent_at is null and failed_at is null;
create index account_mails_user_id_idx on account_mails (user_id);
create index account_mails_token_id_idx on account_mails (token_id);
create index account_mails_member_idx on account_mails (community_id, member_id);
insert into mails (id, community_id, notification_id, created_at, due_at, attempts, sent_at, failed_at, last_error)
    select id, community_id, notification_id, created_at, created_at, attempts,
        case when state = 'sent' then ended_at end, case when state <> 'sent' then ended_at end, last_error
    from deliveries where notification_id is not null;
drop table deliveries;
