-- What must be told to somebody, written in the transaction of the change that it tells of; and the record of who
-- did what. Rows hold ids, never words: those are looked up when the message is written.
create table outbox (
    id uuid primary key,
    community_id uuid not null constraint outbox_community_id_fkey references communities (id),
    -- Like `request.assigned`.
    event text not null,
    request_id uuid not null,
    actor_id uuid,
    created_at timestamptz not null,
    -- A worker has it until then.
    leased_until timestamptz,
    attempts integer not null default 0,
    done_at timestamptz,
    last_error text,
    constraint outbox_request_fkey foreign key (community_id, request_id)
        references service_requests (community_id, id) deferrable initially deferred
);
create index outbox_due_idx on outbox (created_at) where done_at is null;
create index outbox_request_idx on outbox (community_id, request_id);

create table notifications (
    id uuid primary key,
    community_id uuid not null,
    member_id uuid not null,
    user_id uuid not null constraint notifications_user_id_fkey references users (id) on delete cascade,
    outbox_id uuid not null,
    event text not null,
    request_id uuid not null,
    actor_id uuid,
    created_at timestamptz not null,
    read_at timestamptz,
    constraint notifications_community_id_id_key unique (community_id, id),
    -- One event tells a member once, however often it is handled.
    constraint notifications_outbox_id_member_id_key unique (community_id, outbox_id, member_id),
    constraint notifications_member_fkey foreign key (community_id, member_id) references members (community_id, id),
    constraint notifications_request_fkey foreign key (community_id, request_id)
        references service_requests (community_id, id)
);
create index notifications_user_idx on notifications (user_id, id desc);
create index notifications_unread_idx on notifications (user_id) where read_at is null;
create index notifications_member_idx on notifications (community_id, member_id);
create index notifications_request_idx on notifications (community_id, request_id);

-- The mail that goes with a notification.
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

create table audit_events (
    id uuid primary key,
    -- None for acts on the platform itself.
    community_id uuid constraint audit_events_community_id_fkey references communities (id),
    at timestamptz not null,
    -- Ids only: names are looked up when it is read.
    actor_user_id uuid,
    -- Like `session.created`.
    action text not null,
    entity_kind text not null,
    entity_id uuid,
    meta jsonb not null default '{}'
);
create index audit_events_community_idx on audit_events (community_id, at desc, id desc);
create trigger audit_events_append_only before update or delete on audit_events
    for each row execute function refuse_change();
create trigger audit_events_no_truncate before truncate on audit_events
    for each statement execute function refuse_change();
