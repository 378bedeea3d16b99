alter table occupancies
    drop constraint occupancies_community_id_id_key,
    drop column version;
alter table zones drop column version;
alter table units
    drop column suburb,
    drop column postal_code,
    drop column version;
