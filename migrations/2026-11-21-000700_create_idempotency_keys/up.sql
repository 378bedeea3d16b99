-- Replies kept for a day, so that a call that is made again with its `Idempotency-Key` gets the first answer.
create table idempotency_keys (
    -- SHA-256 of who asked and the key that they gave.
    hash bytea primary key,
    -- SHA-256 of what was asked: the same key for something else is refused.
    fingerprint bytea not null,
    -- Sealed: it may hold anything that a reply may hold.
    reply text not null,
    created_at timestamptz not null
);
create index idempotency_keys_created_at_idx on idempotency_keys (created_at);
