-- Events may be about other things than requests, remember ids that nobody could look up later, and get a number once
-- they are committed: ids and instants are made before, so their order is not that of the commits.
alter table outbox
    add column subject_kind text not null default 'service_request'
        constraint outbox_subject_kind_check check (subject_kind in ('service_request')),
    add column subject_id uuid,
    -- Ids only: who had it before, whom a comment names.
    add column noted jsonb not null default '{}',
    -- Given by the one dispatcher; it is what streams resume from.
    add column seq bigint constraint outbox_seq_key unique,
    alter column request_id drop not null;
update outbox set subject_id = request_id;
alter table outbox
    alter column subject_id set not null,
    alter column subject_kind drop default;
create index outbox_unnumbered_idx on outbox (created_at, id) where seq is null;
create sequence outbox_seq;
