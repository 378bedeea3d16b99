-- The audit trail says more (who acted in which session, from what to what, from where), and cannot be rewritten
-- unnoticed: events are sealed one after the other with a key that the database does not know.
alter table audit_events
    -- A server of the version before knows only people.
    add column actor_kind text not null default 'user'
        constraint audit_events_actor_kind_check check (actor_kind in ('user', 'worker', 'command', 'clock')),
    add column actor_session_id uuid,
    -- Secrets and personal values never stand here.
    add column from_value jsonb,
    add column to_value jsonb,
    -- The network only (/24, /48): enough to see that it was elsewhere, too little to find a person.
    add column client_network text,
    add column request_id uuid,
    -- Sessions and accounts belong to people, not to a community of theirs.
    add constraint audit_events_chain_check check (
        (entity_kind in ('session', 'user', 'keys')) = (community_id is null));

create index audit_events_platform_idx on audit_events (at desc, id desc) where community_id is null;
create index audit_events_actor_idx on audit_events (actor_user_id, at desc);

-- One chain per community, and one (the nil id) of the platform. Each seal is a MAC over the seal before and the event.
-- No foreign key: neither side can be deleted, and whoever gets around that is found by `kommunity audit verify`.
create table audit_seals (
    chain uuid not null,
    seq bigint not null constraint audit_seals_seq_check check (seq > 0),
    event_id uuid not null constraint audit_seals_event_id_key unique,
    -- The data key from which the key of the MAC is made.
    key_id text not null,
    mac bytea not null,
    sealed_at timestamptz not null,
    primary key (chain, seq)
);
create trigger audit_seals_append_only before update or delete on audit_seals
    for each row execute function refuse_change();
create trigger audit_seals_no_truncate before truncate on audit_seals
    for each statement execute function refuse_change();

-- What has been written and waits for its seal; whoever writes events need not think of it.
create table audit_pending (
    chain uuid not null,
    event_id uuid not null,
    primary key (chain, event_id)
);
create function await_seal() returns trigger language plpgsql as $$
begin
    insert into audit_pending (chain, event_id)
        values (coalesce(new.community_id, '00000000-0000-0000-0000-000000000000'), new.id);
    return null;
end
$$;
create trigger audit_events_await_seal after insert on audit_events
    for each row execute function await_seal();
insert into audit_pending (chain, event_id)
    select coalesce(community_id, '00000000-0000-0000-0000-000000000000'), id from audit_events;

-- Where each chain ended on a day, when that was told to somebody outside the database.
create table audit_anchors (
    chain uuid not null,
    day date not null,
    seq bigint not null,
    mac bytea not null,
    anchored_at timestamptz not null,
    sent_by text not null constraint audit_anchors_sent_by_check check (sent_by in ('mail', 'file')),
    primary key (chain, day)
);
create index audit_anchors_day_idx on audit_anchors (day, chain);
create trigger audit_anchors_append_only before update or delete on audit_anchors
    for each row execute function refuse_change();
create trigger audit_anchors_no_truncate before truncate on audit_anchors
    for each statement execute function refuse_change();
