-- What a category decides besides priority and deadline: how it looks, who may see what is reported, what is asked, what has
-- to be done before the work counts as done. Defaults are what a server of the version before would have meant.
alter table categories
    add column color text not null default 'teal'
        constraint categories_color_check check (color in (
            'teal', 'blue', 'violet', 'pink', 'red', 'amber', 'green', 'cyan')),
    add column description text not null default '',
    -- P1 is the least.
    add column priority_min text not null default 'P1'
        constraint categories_priority_min_check check (priority_min in ('P1', 'P2', 'P3', 'P4', 'P5')),
    add column priority_max text not null default 'P5'
        constraint categories_priority_max_check check (priority_max in ('P1', 'P2', 'P3', 'P4', 'P5')),
    add column auto_triage boolean not null default false,
    add column building_fabric boolean not null default false,
    add column anonymous_allowed boolean not null default false,
    add column default_visibility text not null default 'private'
        constraint categories_default_visibility_check check (default_visibility in (
            'private', 'community', 'public')),
    -- Codes as professionals have them; none means the category's own.
    add column required_skills text[] not null default '{}',
    add column checklist_required boolean not null default false,
    -- 0 looks for none.
    add column duplicate_radius_m integer not null default 250
        constraint categories_duplicate_radius_m_check check (duplicate_radius_m between 0 and 1000),
    add column duplicate_window_days integer not null default 7
        constraint categories_duplicate_window_days_check check (duplicate_window_days between 0 and 90),
    add column questions jsonb not null default '[]',
    add column checklist jsonb not null default '[]',
    add column archived_at timestamptz,
    add column version integer not null default 1,
    add constraint categories_priority_range_check check (
        priority_min <= default_priority and default_priority <= priority_max);
update categories set default_visibility = 'public', anonymous_allowed = true
    from communities where communities.id = categories.community_id and communities.kind = 'municipal';
