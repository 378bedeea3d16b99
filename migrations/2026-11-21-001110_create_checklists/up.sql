-- What a category asks and demands, as one request met it: later edits of the category do not change what was meant.
create table request_answers (
    community_id uuid not null,
    request_id uuid not null,
    -- A list of questions as they were asked, each with what was answered.
    answers jsonb not null,
    primary key (community_id, request_id),
    -- Deferred, so that a request's number can be taken last of all.
    constraint request_answers_request_id_fkey foreign key (community_id, request_id)
        references service_requests (community_id, id) deferrable initially deferred
);

create table checklist_items (
    id uuid primary key,
    community_id uuid not null,
    request_id uuid not null,
    position integer not null,
    text text not null,
    done_at timestamptz,
    done_by uuid,
    -- Kept beside the id, so that a person can be erased without touching it.
    done_by_name text,
    version integer not null default 1,
    constraint checklist_items_community_id_id_key unique (community_id, id),
    constraint checklist_items_done_check check ((done_at is null) = (done_by_name is null)),
    constraint checklist_items_request_id_fkey foreign key (community_id, request_id)
        references service_requests (community_id, id),
    constraint checklist_items_done_by_fkey foreign key (community_id, done_by) references members (community_id, id)
);
create unique index checklist_items_request_idx on checklist_items (community_id, request_id, position);
create index checklist_items_done_by_idx on checklist_items (community_id, done_by);

create table response_templates (
    id uuid primary key,
    community_id uuid not null constraint response_templates_community_id_fkey references communities (id),
    -- Offered for requests of this category only.
    category_id uuid,
    title text not null,
    body text not null,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint response_templates_community_id_id_key unique (community_id, id),
    constraint response_templates_community_id_title_key unique (community_id, title),
    constraint response_templates_category_id_fkey foreign key (community_id, category_id)
        references categories (community_id, id)
);
create index response_templates_category_idx on response_templates (community_id, category_id);
