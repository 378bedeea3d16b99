-- Documents beside photos; and files that are taken back go at the next sweep.
alter table attachments
    -- What the uploader called it: of documents only.
    add column name text,
    add column size bigint not null default 0,
    add column removed_at timestamptz,
    add constraint attachments_name_check check ((kind = 'document') = (name is not null));
create index attachments_removed_idx on attachments (removed_at) where removed_at is not null;
create index attachments_unnamed_idx on attachments (created_at) where request_id is null;
create index attachments_stored_name_idx on attachments (stored_name);
