-- Units, zones and who lives where become registers that people keep: each row has a version.
alter table units
    add column suburb text,
    add column postal_code text,
    add column version integer not null default 1;
alter table zones add column version integer not null default 1;
alter table occupancies
    add column version integer not null default 1,
    add constraint occupancies_community_id_id_key unique (community_id, id);
