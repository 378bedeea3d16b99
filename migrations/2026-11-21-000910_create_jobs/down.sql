drop index outbox_done_at_idx;
alter table outbox
    add column leased_until timestamptz,
    add column attempts integer not null default 0,
    add column last_error text;
create index outbox_due_idx on outbox (created_at) where done_at is null;
drop table schedules;
drop table jobs;
