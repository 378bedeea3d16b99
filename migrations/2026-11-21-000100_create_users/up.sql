-- People who can sign in, and where they are signed in. Nothing here belongs to a community.
create table users (
    id uuid primary key,
    -- Lower-cased; stays readable, because signing in and mail need it.
    email text not null constraint users_email_key unique
        constraint users_email_check check (email = lower(email) and length(email) <= 254),
    -- argon2id in PHC form; none for people who never set one.
    password_hash text,
    locale text not null default 'en',
    is_operator boolean not null default false,
    created_at timestamptz not null
);

create table sessions (
    id uuid primary key,
    user_id uuid not null constraint sessions_user_id_fkey references users (id) on delete cascade,
    user_agent text not null default '',
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    revoked_at timestamptz
);
create index sessions_user_id_idx on sessions (user_id);

-- A family of single-use tokens per session. Only hashes are kept.
create table refresh_tokens (
    hash bytea primary key,
    session_id uuid not null constraint refresh_tokens_session_id_fkey references sessions (id) on delete cascade,
    -- The token that this one replaced.
    parent bytea,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    rotated_at timestamptz
);
create index refresh_tokens_session_id_idx on refresh_tokens (session_id);
create index refresh_tokens_parent_idx on refresh_tokens (parent);
