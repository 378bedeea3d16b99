//! Codes that sign in once each in place of an authenticator app.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::UserId;

use crate::schema::recovery_codes;
use crate::{Conn, Result};

/// Puts these in place of all that there were.
pub async fn replace(conn: &mut Conn, user: UserId, hashes: &[Vec<u8>]) -> Result<()> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(user))).execute(conn).await?;
    let rows: Vec<_> =
        hashes.iter().map(|hash| (recovery_codes::user_id.eq(user), recovery_codes::hash.eq(hash))).collect();
    diesel::insert_into(recovery_codes::table).values(rows).execute(conn).await?;
    Ok(())
}

/// Uses one up; answers whether it was there to be used.
pub async fn spend(conn: &mut Conn, user: UserId, hash: &[u8], now: DateTime<Utc>) -> Result<bool> {
    let spent =
        diesel::update(recovery_codes::table.find((user, hash)).filter(recovery_codes::used_at.is_null()))
            .set(recovery_codes::used_at.eq(now))
            .execute(conn)
            .await?;
    Ok(spent == 1)
}

pub async fn count_left(conn: &mut Conn, user: UserId) -> Result<i64> {
    Ok(recovery_codes::table
        .filter(recovery_codes::user_id.eq(user).and(recovery_codes::used_at.is_null()))
        .count()
        .get_result(conn)
        .await?)
}
