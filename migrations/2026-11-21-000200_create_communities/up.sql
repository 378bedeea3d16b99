-- Communities, who belongs to them, and as what. Every table below a community carries its id, and ties between
-- such tables are composite, so that the database itself cannot tie one community's row to another's.
create table communities (
    id uuid primary key,
    slug text not null constraint communities_slug_key unique
        constraint communities_slug_check check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 2 and 60),
    name text not null,
    kind text not null
        constraint communities_kind_check check (kind in ('estate', 'housing_society', 'building', 'municipal')),
    time_zone text not null,
    currency text not null constraint communities_currency_check check (currency ~ '^[A-Z]{3}$'),
    locale text not null default 'en',
    request_prefix text not null default 'MNT'
        constraint communities_request_prefix_check check (request_prefix ~ '^[A-Z]{2,6}$'),
    settings jsonb not null default '{}',
    created_at timestamptz not null
);

create table members (
    id uuid primary key,
    community_id uuid not null constraint members_community_id_fkey references communities (id),
    user_id uuid constraint members_user_id_fkey references users (id),
    display_name text not null,
    status text not null
        constraint members_status_check check (status in ('pending', 'active', 'suspended', 'archived')),
    created_at timestamptz not null,
    constraint members_community_id_id_key unique (community_id, id),
    constraint members_community_id_user_id_key unique (community_id, user_id)
);
create index members_user_id_idx on members (user_id);

create table member_roles (
    community_id uuid not null,
    member_id uuid not null,
    role text not null
        constraint member_roles_role_check check (role in (
            'resident', 'professional', 'guard', 'dispatcher', 'supervisor', 'committee', 'accountant', 'manager',
            'admin')),
    primary key (community_id, member_id, role),
    constraint member_roles_member_fkey foreign key (community_id, member_id)
        references members (community_id, id) on delete cascade
);
create index member_roles_role_idx on member_roles (community_id, role);
