delete from notification_choices where event_group = 'announcements';
alter table notification_choices
    drop constraint notification_choices_event_group_check,
    add constraint notification_choices_event_group_check check (event_group in ('work', 'progress', 'conversation', 'account'));
delete from notifications where subject_kind = 'announcement';
alter table notifications
    drop constraint notifications_subject_kind_check,
    add constraint notifications_subject_kind_check check (subject_kind in ('service_request'));
delete from outbox where subject_kind = 'announcement';
drop index outbox_change_of_announcement_key;
alter table outbox
    drop constraint outbox_subject_kind_check,
    add constraint outbox_subject_kind_check check (subject_kind in ('service_request'));
update attachments set removed_at = created_at where announcement_id is not null and removed_at is null;
drop index attachments_unnamed_idx;
create index attachments_unnamed_idx on attachments (created_at) where request_id is null;
alter table attachments drop constraint attachments_subject_check, drop column announcement_id;
delete from comment_versions using comments
    where comments.id = comment_versions.comment_id and comments.community_id = comment_versions.community_id
        and comments.announcement_id is not null;
delete from comments where announcement_id is not null and parent_id is not null;
delete from comments where announcement_id is not null;
alter table comments
    drop constraint comments_subject_check,
    drop constraint comments_parent_of_announcement_fkey,
    drop constraint comments_announcement_key,
    drop column announcement_id,
    alter column request_id set not null;
