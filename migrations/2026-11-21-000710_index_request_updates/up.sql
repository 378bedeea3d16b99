-- For clients that ask what is new since they last looked.
create index service_requests_updated_idx on service_requests (community_id, updated_at, id);
