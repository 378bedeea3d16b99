-- Service requests: what was reported, where it stands, and the story that nobody can rewrite.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- Counts the requests of a community and a year. Its row is locked for the end of the creating transaction only.
create table request_counters (
    community_id uuid not null constraint request_counters_community_id_fkey references communities (id),
    year integer not null,
    last_sequence integer not null,
    primary key (community_id, year)
);

create table service_requests (
    id uuid primary key,
    community_id uuid not null constraint service_requests_community_id_fkey references communities (id),
    number text not null,
    year integer not null,
    sequence integer not null,
    title text not null,
    description text not null,
    category_id uuid not null,
    priority text not null
        constraint service_requests_priority_check check (priority in ('P1', 'P2', 'P3', 'P4', 'P5')),
    urgency text not null
        constraint service_requests_urgency_check check (urgency in ('can_wait', 'normal', 'soon', 'emergency')),
    status text not null
        constraint service_requests_status_check check (status in (
            'new', 'triaged', 'assigned', 'in_progress', 'on_hold', 'resolved', 'closed', 'rejected', 'cancelled',
            'duplicate')),
    held_from text
        constraint service_requests_held_from_check check (held_from in (
            'new', 'triaged', 'assigned', 'in_progress')),
    hold_reason text
        constraint service_requests_hold_reason_check check (hold_reason in (
            'waiting_reporter', 'waiting_parts', 'waiting_third_party', 'weather', 'scheduled')),
    hold_until timestamptz,
    waiting_reporter boolean not null default false,
    unit_id uuid,
    lng double precision,
    lat double precision,
    address_hint text not null default '',
    zone_id uuid,
    reporter_id uuid,
    beneficiary_id uuid,
    channel text not null
        constraint service_requests_channel_check check (channel in (
            'web', 'telegram', 'open311', 'api', 'phone', 'import')),
    visibility text not null
        constraint service_requests_visibility_check check (visibility in ('private', 'community', 'public')),
    -- Hidden from the other people of the unit.
    personal boolean not null default false,
    assignee_id uuid,
    accepted_at timestamptz,
    arrived_at timestamptz,
    started_at timestamptz,
    first_response_at timestamptz,
    resolved_at timestamptz,
    closed_at timestamptz,
    reject_reason text
        constraint service_requests_reject_reason_check check (reject_reason in (
            'spam', 'out_of_scope', 'not_reproducible', 'other')),
    duplicate_of uuid,
    reopen_count integer not null default 0,
    photos integer not null default 0,
    due_at timestamptz not null,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint service_requests_community_id_id_key unique (community_id, id),
    constraint service_requests_community_id_number_key unique (community_id, number),
    constraint service_requests_community_id_year_sequence_key unique (community_id, year, sequence),
    constraint service_requests_place_check check ((lng is null) = (lat is null)),
    constraint service_requests_hold_check check ((status = 'on_hold') = (held_from is not null)),
    constraint service_requests_assignee_check check (
        status not in ('assigned', 'in_progress') or assignee_id is not null),
    constraint service_requests_duplicate_check check (duplicate_of is null or duplicate_of <> id),
    constraint service_requests_category_fkey foreign key (community_id, category_id)
        references categories (community_id, id),
    constraint service_requests_unit_fkey foreign key (community_id, unit_id) references units (community_id, id),
    constraint service_requests_zone_fkey foreign key (community_id, zone_id) references zones (community_id, id),
    constraint service_requests_reporter_fkey foreign key (community_id, reporter_id)
        references members (community_id, id),
    constraint service_requests_beneficiary_fkey foreign key (community_id, beneficiary_id)
        references members (community_id, id),
    constraint service_requests_assignee_fkey foreign key (community_id, assignee_id)
        references members (community_id, id),
    constraint service_requests_duplicate_of_fkey foreign key (community_id, duplicate_of)
        references service_requests (community_id, id)
);
create index service_requests_newest_idx on service_requests (community_id, created_at desc, id desc);
create index service_requests_status_idx on service_requests (community_id, status, created_at desc, id desc);
create index service_requests_assignee_idx on service_requests (community_id, assignee_id, created_at desc);
create index service_requests_reporter_idx on service_requests (community_id, reporter_id, created_at desc);
create index service_requests_beneficiary_idx on service_requests (community_id, beneficiary_id);
create index service_requests_unit_idx on service_requests (community_id, unit_id);
create index service_requests_zone_idx on service_requests (community_id, zone_id, created_at desc);
create index service_requests_category_idx on service_requests (community_id, category_id, created_at desc);
create index service_requests_duplicate_of_idx on service_requests (community_id, duplicate_of);
create index service_requests_title_idx on service_requests using gin (community_id, title gin_trgm_ops);
-- What the clock looks for.
create index service_requests_resolved_at_idx on service_requests (resolved_at) where status = 'resolved';
create index service_requests_hold_until_idx on service_requests (hold_until) where status = 'on_hold';

-- Refuses to change what is only ever added to.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end
$$;

-- The story of each request. Names are kept beside the ids, so that a person can be erased without touching it.
create table request_events (
    id uuid primary key,
    community_id uuid not null,
    request_id uuid not null,
    kind text not null,
    at timestamptz not null,
    actor_id uuid,
    actor_name text,
    from_status text,
    to_status text not null,
    note text,
    audience text not null constraint request_events_audience_check check (audience in ('everyone', 'staff')),
    assignee_id uuid,
    assignee_name text,
    priority text,
    attachment_ids uuid[] not null default '{}',
    -- Deferred, so that a request's number can be taken last of all.
    constraint request_events_request_fkey foreign key (community_id, request_id)
        references service_requests (community_id, id) deferrable initially deferred
);
create index request_events_request_idx on request_events (community_id, request_id, at, id);
create trigger request_events_append_only before update or delete on request_events
    for each row execute function refuse_change();
create trigger request_events_no_truncate before truncate on request_events
    for each statement execute function refuse_change();

create table attachments (
    id uuid primary key,
    community_id uuid not null,
    uploader_id uuid not null,
    -- None until a request or an action names it.
    request_id uuid,
    kind text not null
        constraint attachments_kind_check check (kind in ('problem', 'evidence', 'document')),
    -- Random; the folder of the file's variants in the store.
    stored_name text not null,
    width integer not null,
    height integer not null,
    created_at timestamptz not null,
    constraint attachments_community_id_id_key unique (community_id, id),
    constraint attachments_uploader_fkey foreign key (community_id, uploader_id) references members (community_id, id),
    constraint attachments_request_fkey foreign key (community_id, request_id)
        references service_requests (community_id, id) deferrable initially deferred
);
create index attachments_request_idx on attachments (community_id, request_id);
create index attachments_uploader_idx on attachments (community_id, uploader_id);

create table request_ratings (
    community_id uuid not null,
    request_id uuid not null,
    rater_id uuid not null,
    stars smallint not null constraint request_ratings_stars_check check (stars between 1 and 5),
    created_at timestamptz not null,
    primary key (community_id, request_id, rater_id),
    constraint request_ratings_request_fkey foreign key (community_id, request_id)
        references service_requests (community_id, id),
    constraint request_ratings_rater_fkey foreign key (community_id, rater_id) references members (community_id, id)
);
create index request_ratings_rater_idx on request_ratings (community_id, rater_id);
