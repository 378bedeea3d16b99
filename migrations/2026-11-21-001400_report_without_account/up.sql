-- Reports by people without an account: no member stands behind them, but whoever holds their secret. Of the secret only
-- its digest is kept, so that nobody who reads the database can speak for a report.
alter table service_requests
    add column secret_digest bytea
        constraint service_requests_secret_digest_length_check check (octet_length(secret_digest) = 32),
    add constraint service_requests_anonymous_check check (
        secret_digest is null
        or (reporter_id is null and beneficiary_id is null and unit_id is null and not personal and not name_hidden));
create unique index service_requests_secret_digest_idx on service_requests (community_id, secret_digest)
    where secret_digest is not null;
-- What anybody may read, newest first.
create index service_requests_public_idx on service_requests (community_id, created_at desc, id desc)
    where visibility = 'public';

-- What comes by the secret comes from no member, and belongs to its request from the beginning.
alter table attachments
    alter column uploader_id drop not null,
    add constraint attachments_uploader_check check (uploader_id is not null or request_id is not null);
alter table comments
    alter column author_id drop not null;
alter table request_ratings
    drop constraint request_ratings_pkey,
    alter column rater_id drop not null,
    add constraint request_ratings_rater_id_key unique nulls not distinct (community_id, request_id, rater_id);
