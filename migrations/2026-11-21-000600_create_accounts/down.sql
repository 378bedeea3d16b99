drop table invitation_uses;
drop table invitations;
alter table members
    drop column version,
    drop column updated_at,
    drop column claimed_unit_id,
    drop column claimed_tie,
    drop column note,
    drop column reason,
    drop column decided_by,
    drop column decided_at;
drop index if exists members_status_idx;
drop table throttles;
drop table account_mails;
drop table account_tokens;
drop table recovery_codes;
drop table identities;
-- Whoever has no address had no account before.
delete from users where email is null and not exists (select from members where members.user_id = users.id);
update users set email = id || '@nobody.invalid' where email is null;
alter table users
    drop constraint users_login_check,
    drop column sign_in_name,
    drop column must_change_password,
    drop column totp_secret,
    drop column totp_confirmed_at,
    drop column totp_last_step,
    drop column password_changed_at,
    drop column version,
    alter column email set not null;
