-- One queue for everything that is done outside of requests, and what time starts by itself. Arguments are ids only.
create table jobs (
    id uuid primary key,
    -- Like `tell`: one of `domain::job::Kind`.
    kind text not null,
    args jsonb not null,
    -- The lowest first.
    priority smallint not null,
    -- At most one unfinished job of a kind has it.
    unique_key text,
    created_at timestamptz not null,
    run_at timestamptz not null,
    -- Counts who has taken it: whoever took it earlier can no longer finish it.
    attempts integer not null default 0,
    leased_until timestamptz,
    done_at timestamptz,
    failed_at timestamptz,
    last_error text
);
create unique index jobs_unique_key_key on jobs (kind, unique_key) where done_at is null and failed_at is null;
create index jobs_due_idx on jobs (priority, run_at) where done_at is null and failed_at is null;
create index jobs_done_idx on jobs (done_at) where done_at is not null;
create index jobs_failed_idx on jobs (failed_at desc, id desc) where failed_at is not null;

create table schedules (
    id uuid primary key,
    -- None for what is done once for all.
    community_id uuid constraint schedules_community_id_fkey references communities (id) on delete cascade,
    kind text not null,
    next_at timestamptz not null,
    last_at timestamptz,
    constraint schedules_community_id_kind_key unique nulls not distinct (community_id, kind)
);
create index schedules_next_at_idx on schedules (next_at);

-- The job has the lease now.
drop index outbox_due_idx;
alter table outbox drop column leased_until, drop column attempts, drop column last_error;
create index outbox_done_at_idx on outbox (done_at) where done_at is not null;
