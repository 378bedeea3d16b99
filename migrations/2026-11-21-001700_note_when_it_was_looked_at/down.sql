drop trigger service_requests_looked_at on service_requests;
drop function note_looked_at();
alter table service_requests drop column looked_at;
