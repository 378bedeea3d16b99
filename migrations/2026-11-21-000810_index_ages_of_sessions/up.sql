-- So that the worker finds what has had its time without reading everything else.
create index refresh_tokens_expires_at_idx on refresh_tokens (expires_at);
create index sessions_last_used_at_idx on sessions (last_used_at);
create index sessions_revoked_at_idx on sessions (revoked_at) where revoked_at is not null;
