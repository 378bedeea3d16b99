alter table request_events
    drop column from_value,
    drop column to_value,
    drop column lng,
    drop column lat,
    drop column team_name;
drop table tags;
drop index service_requests_new_idx;
update service_requests set status = 'triaged' where status = 'assigned' and assignee_id is null;
alter table service_requests
    drop constraint service_requests_assignee_check,
    drop column team_id,
    drop column name_hidden,
    drop column resolution_note,
    drop column tags,
    drop column estimated_cost,
    drop column actual_cost,
    add constraint service_requests_assignee_check check (
        status not in ('assigned', 'in_progress') or assignee_id is not null);
