drop table audit_anchors;
drop trigger audit_events_await_seal on audit_events;
drop function await_seal();
drop table audit_pending;
drop table audit_seals;
drop index audit_events_actor_idx;
drop index audit_events_platform_idx;
alter table audit_events
    drop constraint audit_events_chain_check,
    drop column request_id,
    drop column client_network,
    drop column to_value,
    drop column from_value,
    drop column actor_session_id,
    drop column actor_kind;
