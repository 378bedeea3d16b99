-- When somebody of the community first looked at a request and took it up. From then on others may see it, whatever becomes
-- of it; what was taken back, put off or merged before that is still between its reporter and staff.
alter table service_requests add column looked_at timestamptz;
update service_requests r set looked_at = coalesce(
    (select min(e.at) from request_events e where e.community_id = r.community_id and e.request_id = r.id
        and e.to_status in ('triaged', 'assigned', 'in_progress', 'resolved', 'closed')),
    case when r.status in ('triaged', 'assigned', 'in_progress', 'resolved', 'closed') then r.updated_at end);

create function note_looked_at() returns trigger language plpgsql as $$
begin
    new.looked_at := new.updated_at;
    return new;
end
$$;
create trigger service_requests_looked_at before insert or update on service_requests for each row
    when (new.looked_at is null and (new.status in ('triaged', 'assigned', 'in_progress', 'resolved', 'closed')
        or new.status = 'on_hold' and new.held_from is distinct from 'new'))
    execute function note_looked_at();
