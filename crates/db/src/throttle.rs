//! Counts of guesses. Keys are hashes, so that the table tells nobody's address.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use domain::throttle::Tally;

use crate::schema::throttles;
use crate::{Conn, Result};

#[derive(Queryable)]
struct Row {
    failures: i32,
    last_at: DateTime<Utc>,
    blocked_until: Option<DateTime<Utc>>,
}

/// The count of a key, made where there is none, and locked: whoever guesses at the same time waits here.
pub async fn lock(conn: &mut Conn, key: &[u8], now: DateTime<Utc>) -> Result<Tally> {
    let Row { failures, last_at, blocked_until } = diesel::insert_into(throttles::table)
        .values((throttles::key.eq(key), throttles::failures.eq(0), throttles::last_at.eq(now)))
        .on_conflict(throttles::key)
        .do_update()
        .set(throttles::key.eq(excluded(throttles::key)))
        .returning((throttles::failures, throttles::last_at, throttles::blocked_until))
        .get_result(conn)
        .await?;
    Ok(Tally { count: failures, last_at, blocked_until })
}

pub async fn set(conn: &mut Conn, key: &[u8], tally: Tally) -> Result<()> {
    diesel::update(throttles::table.find(key))
        .set((
            throttles::failures.eq(tally.count),
            throttles::last_at.eq(tally.last_at),
            throttles::blocked_until.eq(tally.blocked_until),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn forget(conn: &mut Conn, key: &[u8]) -> Result<()> {
    diesel::delete(throttles::table.find(key)).execute(conn).await?;
    Ok(())
}

/// Throws away counts that nobody has added to since.
pub async fn sweep(conn: &mut Conn, before: DateTime<Utc>) -> Result<()> {
    diesel::delete(throttles::table.filter(throttles::last_at.lt(before))).execute(conn).await?;
    Ok(())
}
