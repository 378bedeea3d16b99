-- What no member stands behind cannot stay.
delete from request_ratings where rater_id is null;
alter table request_ratings
    drop constraint request_ratings_rater_id_key,
    add constraint request_ratings_pkey primary key (community_id, request_id, rater_id);
delete from attachments where uploader_id is null;
alter table attachments
    drop constraint attachments_uploader_check,
    alter column uploader_id set not null;
delete from comment_versions
    where (community_id, comment_id) in (select community_id, id from comments where author_id is null);
delete from comment_mentions
    where (community_id, comment_id) in (select community_id, id from comments where author_id is null);
update comments set parent_id = null
    where (community_id, parent_id) in (select community_id, id from comments where author_id is null);
delete from attachments
    where (community_id, comment_id) in (select community_id, id from comments where author_id is null);
delete from comments where author_id is null;
alter table comments
    alter column author_id set not null;
drop index service_requests_public_idx;
drop index service_requests_secret_digest_idx;
alter table service_requests
    drop constraint service_requests_anonymous_check,
    drop column secret_digest;
