-- Tags of members, by which audiences find them.
alter table members add column tags text[] not null default '{}';
create index members_tags_idx on members using gin (community_id, tags) where tags <> '{}';
