-- `last_error` names servers and addresses and is for operators; this is what the reader is told.
alter table deliveries
    add column fault text
        constraint deliveries_fault_check check (fault in ('refused', 'busy', 'unreachable', 'unwritten'));
