alter table attachments drop column comment_id;
drop table comment_mentions;
drop table comment_versions;
drop table comments;
