drop table request_ratings;
drop table attachments;
drop table request_events;
drop function refuse_change();
drop table service_requests;
drop table request_counters;
drop extension if exists btree_gin;
drop extension if exists pg_trgm;
