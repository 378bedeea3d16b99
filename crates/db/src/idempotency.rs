//! Replies that are kept for retries, each under the digest of who asked and the key that they gave.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::idempotency_keys;
use crate::{Conn, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = idempotency_keys, check_for_backend(diesel::pg::Pg))]
pub struct Kept {
    /// SHA-256 of scope and key.
    pub hash: Vec<u8>,
    /// SHA-256 of what was asked.
    pub fingerprint: Vec<u8>,
    /// Sealed: status, headers and body.
    pub reply: String,
    pub created_at: DateTime<Utc>,
}

#[diesel::declare_sql_function]
extern "SQL" {
    fn pg_try_advisory_xact_lock(key: diesel::sql_types::BigInt) -> diesel::sql_types::Bool;
}

/// Takes the key until the transaction ends; false where another call has it.
pub async fn lock(conn: &mut Conn, hash: &[u8; 32]) -> Result<bool> {
    let (key, _) = hash.split_first_chunk().unwrap_or((&[0; 8], &[]));
    Ok(diesel::select(pg_try_advisory_xact_lock(i64::from_be_bytes(*key))).get_result(conn).await?)
}

pub async fn find(conn: &mut Conn, hash: &[u8; 32], since: DateTime<Utc>) -> Result<Option<Kept>> {
    Ok(idempotency_keys::table
        .filter(idempotency_keys::hash.eq(hash.as_slice()).and(idempotency_keys::created_at.gt(since)))
        .select(Kept::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// Keeps a reply; one that has outlived its time makes room.
pub async fn keep(conn: &mut Conn, kept: &Kept) -> Result<()> {
    diesel::insert_into(idempotency_keys::table)
        .values(kept)
        .on_conflict(idempotency_keys::hash)
        .do_update()
        .set(kept)
        .execute(conn)
        .await?;
    Ok(())
}

/// Throws away what was kept before an instant.
pub async fn sweep(conn: &mut Conn, before: DateTime<Utc>) -> Result<usize> {
    let old = idempotency_keys::table.filter(idempotency_keys::created_at.le(before));
    Ok(diesel::delete(old).execute(conn).await?)
}
