drop index attachments_stored_name_idx;
drop index attachments_unnamed_idx;
alter table attachments
    drop column removed_at,
    drop column size,
    drop column name;
