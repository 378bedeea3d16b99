drop table audit_events;
drop table mails;
drop table notifications;
drop table outbox;
