-- For clients that ask which members changed since they last looked. Rows of an older server have no `updated_at` yet.
create index members_changed_idx on members (community_id, coalesce(updated_at, created_at), id);
