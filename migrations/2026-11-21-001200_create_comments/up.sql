-- What people say about a request, apart from its story: words can be edited and taken back, the story cannot.
create table comments (
    id uuid primary key,
    community_id uuid not null,
    request_id uuid not null,
    -- The comment that began the thread; none for one that begins a thread itself.
    parent_id uuid,
    author_id uuid not null,
    -- Kept beside the id, so that a person can be erased without touching what was said.
    author_name text not null,
    audience text not null constraint comments_audience_check check (audience in ('everyone', 'staff')),
    body text not null,
    version integer not null default 1,
    created_at timestamptz not null,
    edited_at timestamptz,
    removed_at timestamptz,
    removed_by_id uuid,
    removal_reason text,
    constraint comments_community_id_id_key unique (community_id, id),
    constraint comments_request_key unique (community_id, request_id, id),
    -- What is gone is gone: the text lives on in the versions only.
    constraint comments_removal_check check (
        case when removed_at is null then removed_by_id is null and removal_reason is null
        else removed_by_id is not null and body = '' end),
    constraint comments_request_fkey foreign key (community_id, request_id)
        references service_requests (community_id, id) deferrable initially deferred,
    -- A reply stands in the request of what it answers.
    constraint comments_parent_fkey foreign key (community_id, request_id, parent_id)
        references comments (community_id, request_id, id),
    constraint comments_author_fkey foreign key (community_id, author_id) references members (community_id, id),
    constraint comments_removed_by_fkey foreign key (community_id, removed_by_id)
        references members (community_id, id)
);
create index comments_request_idx on comments (community_id, request_id, created_at, id);
create index comments_parent_idx on comments (community_id, request_id, parent_id);
create index comments_author_idx on comments (community_id, author_id);
create index comments_removed_by_idx on comments (community_id, removed_by_id);

-- The texts that a comment had before, each until it was edited or removed.
create table comment_versions (
    community_id uuid not null,
    comment_id uuid not null,
    version integer not null,
    body text not null,
    until timestamptz not null,
    primary key (community_id, comment_id, version),
    constraint comment_versions_comment_fkey foreign key (community_id, comment_id)
        references comments (community_id, id)
);

-- Who is called by name in a comment.
create table comment_mentions (
    community_id uuid not null,
    comment_id uuid not null,
    member_id uuid not null,
    -- As it stands in the text.
    name text not null,
    primary key (community_id, comment_id, member_id),
    constraint comment_mentions_comment_fkey foreign key (community_id, comment_id)
        references comments (community_id, id),
    constraint comment_mentions_member_fkey foreign key (community_id, member_id)
        references members (community_id, id)
);
create index comment_mentions_member_idx on comment_mentions (community_id, member_id);

alter table attachments
    add column comment_id uuid,
    add constraint attachments_comment_fkey foreign key (community_id, comment_id)
        references comments (community_id, id);
create index attachments_comment_idx on attachments (community_id, comment_id);

-- Until now a comment was a line of the story with a note.
insert into comments (id, community_id, request_id, author_id, author_name, audience, body, created_at)
    select id, community_id, request_id, actor_id, actor_name, audience, note, at
    from request_events
    where kind = 'comment' and actor_id is not null and actor_name is not null and note is not null;
update attachments set comment_id = event.id
    from request_events event
    where event.kind = 'comment' and event.community_id = attachments.community_id
        and attachments.id = any (event.attachment_ids)
        and exists (select from comments where comments.id = event.id);
