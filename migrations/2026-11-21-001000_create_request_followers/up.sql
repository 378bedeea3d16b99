-- Who wants to hear of a request besides those whom it is about.
create table request_followers (
    community_id uuid not null,
    request_id uuid not null,
    member_id uuid not null,
    -- The duplicate by which they came here; none if they follow the request itself.
    merged_from uuid,
    created_at timestamptz not null,
    primary key (community_id, request_id, member_id),
    -- Deferred, so that a request's number can be taken last of all.
    constraint request_followers_request_fkey foreign key (community_id, request_id)
        references service_requests (community_id, id) deferrable initially deferred,
    constraint request_followers_merged_from_fkey foreign key (community_id, merged_from)
        references service_requests (community_id, id),
    constraint request_followers_member_fkey foreign key (community_id, member_id) references members (community_id, id)
);
create index request_followers_member_idx on request_followers (community_id, member_id);
create index request_followers_merged_from_idx on request_followers (community_id, merged_from);
