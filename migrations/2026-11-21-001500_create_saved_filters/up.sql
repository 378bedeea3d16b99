-- Lists of requests that somebody comes back to: what narrows them, under a name, for themselves or for all staff.
create table saved_filters (
    id uuid primary key,
    community_id uuid not null constraint saved_filters_community_id_fkey references communities (id),
    member_id uuid not null,
    name text not null,
    -- As it stands in the address of the list, so that what lists learn later needs no column here.
    query text not null,
    shared boolean not null,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint saved_filters_community_id_id_key unique (community_id, id),
    constraint saved_filters_community_id_member_id_name_key unique (community_id, member_id, name),
    constraint saved_filters_member_id_fkey foreign key (community_id, member_id)
        references members (community_id, id)
);
create index saved_filters_shared_idx on saved_filters (community_id, name) where shared;
