drop table notification_choices;
drop index notifications_unnumbered_idx;
drop index notifications_seq_idx;
drop index notifications_held_idx;
drop index notifications_digest_idx;
drop index notifications_again_idx;
delete from notifications where request_id is null;
alter table notifications
    drop column subject_kind,
    drop column subject_id,
    drop column times,
    drop column held,
    drop column digest_id,
    drop column seq,
    alter column request_id set not null;
