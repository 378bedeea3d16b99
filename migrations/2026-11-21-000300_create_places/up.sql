-- Where things are: zones, units and who lives there; and what requests are about and who works on them.
create table zones (
    id uuid primary key,
    community_id uuid not null constraint zones_community_id_fkey references communities (id),
    name text not null,
    -- A closed ring of [lng, lat] corners.
    boundary jsonb,
    position integer not null default 0,
    constraint zones_community_id_id_key unique (community_id, id),
    constraint zones_community_id_name_key unique (community_id, name)
);

create table units (
    id uuid primary key,
    community_id uuid not null constraint units_community_id_fkey references communities (id),
    number text not null,
    block text,
    street text,
    zone_id uuid,
    lng double precision,
    lat double precision,
    constraint units_community_id_id_key unique (community_id, id),
    constraint units_community_id_number_key unique (community_id, number),
    constraint units_place_check check ((lng is null) = (lat is null)),
    constraint units_zone_fkey foreign key (community_id, zone_id) references zones (community_id, id)
);
create index units_zone_idx on units (community_id, zone_id);

create table occupancies (
    id uuid primary key,
    community_id uuid not null,
    unit_id uuid not null,
    member_id uuid not null,
    kind text not null constraint occupancies_kind_check check (kind in ('owner', 'tenant', 'family')),
    is_primary boolean not null default false,
    resides boolean not null default true,
    from_date date not null,
    to_date date,
    constraint occupancies_dates_check check (to_date is null or to_date >= from_date),
    constraint occupancies_unit_fkey foreign key (community_id, unit_id) references units (community_id, id),
    constraint occupancies_member_fkey foreign key (community_id, member_id) references members (community_id, id)
);
create index occupancies_unit_idx on occupancies (community_id, unit_id);
create index occupancies_member_idx on occupancies (community_id, member_id);

create table categories (
    id uuid primary key,
    community_id uuid not null constraint categories_community_id_fkey references communities (id),
    parent_id uuid,
    code text not null,
    name text not null,
    icon text not null,
    default_priority text not null
        constraint categories_default_priority_check check (default_priority in ('P1', 'P2', 'P3', 'P4', 'P5')),
    target_hours integer not null constraint categories_target_hours_check check (target_hours > 0),
    evidence_required boolean not null default false,
    position integer not null default 0,
    constraint categories_community_id_id_key unique (community_id, id),
    constraint categories_community_id_code_key unique (community_id, code),
    constraint categories_parent_fkey foreign key (community_id, parent_id) references categories (community_id, id)
);
create index categories_parent_idx on categories (community_id, parent_id);

create table professionals (
    community_id uuid not null,
    member_id uuid not null,
    status text not null
        constraint professionals_status_check check (status in ('applied', 'verified', 'suspended', 'blocked')),
    -- Codes of categories.
    skills text[] not null default '{}',
    primary key (community_id, member_id),
    constraint professionals_member_fkey foreign key (community_id, member_id) references members (community_id, id)
);

-- None means everywhere.
create table professional_zones (
    community_id uuid not null,
    member_id uuid not null,
    zone_id uuid not null,
    primary key (community_id, member_id, zone_id),
    constraint professional_zones_member_fkey foreign key (community_id, member_id)
        references professionals (community_id, member_id) on delete cascade,
    constraint professional_zones_zone_fkey foreign key (community_id, zone_id) references zones (community_id, id)
);
create index professional_zones_zone_idx on professional_zones (community_id, zone_id);
