-- What staff add to a request, who else may take it, and whether the reporter's name is shown.
alter table service_requests
    add column team_id uuid,
    add column name_hidden boolean not null default false,
    add column resolution_note text,
    add column tags text[] not null default '{}',
    -- In the smallest unit of the community's currency.
    add column estimated_cost bigint
        constraint service_requests_estimated_cost_check check (estimated_cost >= 0),
    add column actual_cost bigint
        constraint service_requests_actual_cost_check check (actual_cost >= 0),
    add constraint service_requests_team_fkey foreign key (community_id, team_id) references teams (community_id, id),
    drop constraint service_requests_assignee_check,
    add constraint service_requests_assignee_check check (
        assignee_id is not null or status <> 'in_progress' and (status <> 'assigned' or team_id is not null));
create index service_requests_team_idx on service_requests (community_id, team_id);
create index service_requests_tags_idx on service_requests using gin (community_id, tags);
-- What the clock may triage.
create index service_requests_new_idx on service_requests (created_at) where status = 'new';

-- The tags that a community uses, for suggestions.
create table tags (
    community_id uuid not null constraint tags_community_id_fkey references communities (id),
    tag text not null,
    used_at timestamptz not null,
    primary key (community_id, tag)
);
create index tags_used_idx on tags (community_id, used_at desc);

-- What a line of the story tells besides its note: what something was and became, where, and which team.
alter table request_events
    add column from_value text,
    add column to_value text,
    add column lng double precision,
    add column lat double precision,
    add column team_name text;
