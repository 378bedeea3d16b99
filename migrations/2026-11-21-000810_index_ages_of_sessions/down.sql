drop index sessions_revoked_at_idx;
drop index sessions_last_used_at_idx;
drop index refresh_tokens_expires_at_idx;
