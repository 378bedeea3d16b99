-- Notifications may be about other things than requests, may wait for the day's digest, count what came again, and have a
-- number by which streams hear of them; and members choose how they hear by mail.
alter table notifications
    add column subject_kind text not null default 'service_request'
        constraint notifications_subject_kind_check check (subject_kind in ('service_request')),
    add column subject_id uuid,
    alter column request_id drop not null,
    -- How often the same was told before anybody looked.
    add column times integer not null default 1,
    -- Waits for the digest.
    add column held boolean not null default false,
    add column digest_id uuid,
    -- Of its last change.
    add column seq bigint;
update notifications set subject_id = request_id, seq = 0;
alter table notifications
    alter column subject_id set not null,
    alter column subject_kind drop default;
create index notifications_unnumbered_idx on notifications (id) where seq is null;
create index notifications_seq_idx on notifications (seq);
create index notifications_held_idx on notifications (community_id, member_id) where held and digest_id is null;
create index notifications_digest_idx on notifications (community_id, digest_id);
create index notifications_again_idx on notifications (community_id, member_id, subject_id, event) where read_at is null;

create table notification_choices (
    community_id uuid not null,
    member_id uuid not null,
    event_group text not null
        constraint notification_choices_event_group_check check (event_group in ('work', 'progress', 'conversation', 'account')),
    mail text not null
        constraint notification_choices_mail_check check (mail in ('now', 'daily', 'off')),
    primary key (community_id, member_id, event_group),
    constraint notification_choices_member_fkey foreign key (community_id, member_id)
        references members (community_id, id) on delete cascade
);
