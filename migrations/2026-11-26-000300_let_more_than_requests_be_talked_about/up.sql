-- Comments, files, events and notifications may belong to an announcement instead of a request.
alter table comments
    alter column request_id drop not null,
    add column announcement_id uuid,
    add constraint comments_subject_check check (num_nonnulls(request_id, announcement_id) = 1),
    add constraint comments_announcement_key unique (community_id, announcement_id, id),
    add constraint comments_announcement_fkey foreign key (community_id, announcement_id)
        references announcements (community_id, id),
    add constraint comments_parent_of_announcement_fkey foreign key (community_id, announcement_id, parent_id)
        references comments (community_id, announcement_id, id);
create index comments_announcement_idx on comments (community_id, announcement_id, created_at, id);
create index comments_parent_of_announcement_idx on comments (community_id, announcement_id, parent_id);
alter table attachments
    add column announcement_id uuid,
    add constraint attachments_subject_check check (num_nonnulls(request_id, announcement_id) <= 1),
    add constraint attachments_announcement_fkey foreign key (community_id, announcement_id)
        references announcements (community_id, id);
create index attachments_announcement_idx on attachments (community_id, announcement_id);
drop index attachments_unnamed_idx;
create index attachments_unnamed_idx on attachments (created_at) where request_id is null and announcement_id is null;
alter table outbox
    drop constraint outbox_subject_kind_check,
    add constraint outbox_subject_kind_check check (subject_kind in ('service_request', 'announcement'));
-- One row for all changes and one for all readers of an announcement, until the dispatcher has numbered it.
create unique index outbox_change_of_announcement_key on outbox (community_id, subject_id, event)
    where event in ('announcement.change', 'announcement.receipt') and seq is null;
alter table notifications
    drop constraint notifications_subject_kind_check,
    add constraint notifications_subject_kind_check check (subject_kind in ('service_request', 'announcement'));
alter table notification_choices
    drop constraint notification_choices_event_group_check,
    add constraint notification_choices_event_group_check
        check (event_group in ('work', 'progress', 'conversation', 'announcements', 'account'));
