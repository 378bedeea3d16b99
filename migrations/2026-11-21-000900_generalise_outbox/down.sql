drop sequence outbox_seq;
drop index outbox_unnumbered_idx;
delete from notifications where outbox_id in (select id from outbox where request_id is null);
delete from outbox where request_id is null;
alter table outbox
    drop column subject_kind,
    drop column subject_id,
    drop column noted,
    drop column seq,
    alter column request_id set not null;
