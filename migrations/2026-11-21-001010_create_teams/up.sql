-- Named groups of professionals that work can be given to, and who said no to what.
create table teams (
    id uuid primary key,
    community_id uuid not null constraint teams_community_id_fkey references communities (id),
    name text not null,
    shift text not null constraint teams_shift_check check (shift in ('day', 'night', 'always')),
    -- Codes of categories.
    skills text[] not null default '{}',
    archived_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint teams_community_id_id_key unique (community_id, id)
);
-- Of those that are gone, any number may have had the same name.
create unique index teams_community_id_name_key on teams (community_id, lower(name)) where archived_at is null;

create table team_members (
    community_id uuid not null,
    team_id uuid not null,
    member_id uuid not null,
    primary key (community_id, team_id, member_id),
    constraint team_members_team_fkey foreign key (community_id, team_id) references teams (community_id, id),
    constraint team_members_member_fkey foreign key (community_id, member_id)
        references professionals (community_id, member_id)
);
create index team_members_member_idx on team_members (community_id, member_id);

-- None means everywhere.
create table team_zones (
    community_id uuid not null,
    team_id uuid not null,
    zone_id uuid not null,
    primary key (community_id, team_id, zone_id),
    constraint team_zones_team_fkey foreign key (community_id, team_id) references teams (community_id, id),
    constraint team_zones_zone_fkey foreign key (community_id, zone_id) references zones (community_id, id)
);
create index team_zones_zone_idx on team_zones (community_id, zone_id);

-- Never offered to them again but by a person.
create table request_declines (
    community_id uuid not null,
    request_id uuid not null,
    member_id uuid not null,
    created_at timestamptz not null,
    primary key (community_id, request_id, member_id),
    constraint request_declines_request_fkey foreign key (community_id, request_id)
        references service_requests (community_id, id),
    constraint request_declines_member_fkey foreign key (community_id, member_id) references members (community_id, id)
);
create index request_declines_member_idx on request_declines (community_id, member_id);
