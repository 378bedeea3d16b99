-- Lists by deadline and by urgency.
create index service_requests_due_idx on service_requests (community_id, due_at, id);
create index service_requests_priority_idx
    on service_requests (community_id, priority, created_at desc, id desc);
