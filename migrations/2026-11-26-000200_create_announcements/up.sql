-- What a community tells its members, whom it is for, and who has read it.
create table announcement_categories (
    id uuid primary key,
    community_id uuid not null constraint announcement_categories_community_id_fkey references communities (id),
    name text not null,
    color text not null constraint announcement_categories_color_check
        check (color in ('teal', 'blue', 'violet', 'pink', 'red', 'amber', 'green', 'cyan')),
    icon text not null,
    urgent boolean not null default false,
    archived_at timestamptz,
    version integer not null default 1,
    constraint announcement_categories_community_id_id_key unique (community_id, id)
);
create unique index announcement_categories_name_key on announcement_categories (community_id, lower(name));

create table announcements (
    id uuid primary key,
    community_id uuid not null,
    category_id uuid not null,
    title text not null,
    -- Markdown.
    body text not null,
    status text not null constraint announcements_status_check
        check (status in ('draft', 'scheduled', 'published', 'archived')),
    urgent boolean not null,
    pinned boolean not null,
    acknowledgement boolean not null,
    comments_allowed boolean not null,
    -- Whom it is for; an empty list asks for nothing. Ids of what is gone find nobody, so nothing ever reaches more people
    -- because something was deleted.
    audience_roles text[] not null,
    audience_ties text[] not null,
    audience_zone_ids uuid[] not null,
    audience_unit_ids uuid[] not null,
    audience_tags text[] not null,
    author_id uuid not null,
    -- Kept beside the id, so that a person can be erased without touching what was said.
    author_name text not null,
    publish_at timestamptz,
    published_at timestamptz,
    valid_until timestamptz,
    archived_at timestamptz,
    -- When its words were changed after it was published.
    edited_at timestamptz,
    -- When those are told by their next channel who have not read it; none once they were.
    escalate_at timestamptz,
    reminded_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint announcements_community_id_id_key unique (community_id, id),
    constraint announcements_published_check
        check ((status in ('published', 'archived')) = (published_at is not null)),
    constraint announcements_scheduled_check check (status <> 'scheduled' or publish_at is not null),
    constraint announcements_archived_check check ((status = 'archived') = (archived_at is not null)),
    constraint announcements_category_fkey foreign key (community_id, category_id)
        references announcement_categories (community_id, id),
    constraint announcements_author_fkey foreign key (community_id, author_id) references members (community_id, id)
);
create index announcements_list_idx on announcements (community_id, status, published_at);
create index announcements_category_idx on announcements (community_id, category_id);
create index announcements_author_idx on announcements (community_id, author_id);
create index announcements_words_idx on announcements
    using gin (community_id, to_tsvector('simple', search_words(title || ' ' || body)));
-- What time does.
create index announcements_scheduled_idx on announcements (publish_at) where status = 'scheduled';
create index announcements_ending_idx on announcements (valid_until) where status = 'published' and valid_until is not null;
create index announcements_escalating_idx on announcements (escalate_at)
    where status = 'published' and escalate_at is not null;

-- What it said before, each until it was changed.
create table announcement_versions (
    community_id uuid not null,
    announcement_id uuid not null,
    version integer not null,
    title text not null,
    body text not null,
    until timestamptz not null,
    primary key (community_id, announcement_id, version),
    constraint announcement_versions_announcement_fkey foreign key (community_id, announcement_id)
        references announcements (community_id, id)
);

-- Whom it was told to, and whoever read it besides because it is for them now.
create table announcement_recipients (
    community_id uuid not null,
    announcement_id uuid not null,
    member_id uuid not null,
    -- What made them its reader.
    unit_id uuid,
    told_at timestamptz not null,
    read_at timestamptz,
    read_by text constraint announcement_recipients_read_by_check check (read_by in ('app', 'mail')),
    acknowledged_at timestamptz,
    primary key (community_id, announcement_id, member_id),
    constraint announcement_recipients_read_check check ((read_at is null) = (read_by is null)),
    -- Nobody confirms what they have not read.
    constraint announcement_recipients_acknowledged_check check (acknowledged_at is null or read_at is not null),
    constraint announcement_recipients_announcement_fkey foreign key (community_id, announcement_id)
        references announcements (community_id, id),
    constraint announcement_recipients_member_fkey foreign key (community_id, member_id)
        references members (community_id, id),
    constraint announcement_recipients_unit_fkey foreign key (community_id, unit_id) references units (community_id, id)
);
create index announcement_recipients_member_idx on announcement_recipients (community_id, member_id);
create index announcement_recipients_unit_idx on announcement_recipients (community_id, unit_id);

-- Counted as it happens, so that no list has to. Apart from the announcement, whose row its writers lock.
create table announcement_counts (
    community_id uuid not null,
    announcement_id uuid not null,
    recipients bigint not null default 0,
    read bigint not null default 0,
    read_in_time bigint not null default 0,
    acknowledged bigint not null default 0,
    acknowledged_in_time bigint not null default 0,
    comments integer not null default 0,
    attachments integer not null default 0,
    primary key (community_id, announcement_id),
    constraint announcement_counts_announcement_fkey foreign key (community_id, announcement_id)
        references announcements (community_id, id) on delete cascade
);

insert into announcement_categories (id, community_id, name, color, icon, urgent)
    select gen_random_uuid(), communities.id, starter.name, starter.color, starter.icon, starter.urgent
    from communities, (values
        ('General', 'teal', 'info', false),
        ('Safety', 'red', 'shield-alert', true),
        ('Works and outages', 'amber', 'construction', false),
        ('Meetings', 'violet', 'users', false),
        ('Money', 'green', 'clipboard-list', false),
        ('Community life', 'pink', 'sparkles', false)) as starter (name, color, icon, urgent);
