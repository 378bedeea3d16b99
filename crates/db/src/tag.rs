//! The tags that a community uses.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use domain::id::CommunityId;

use crate::place::like_escaped;
use crate::schema::tags;
use crate::{Conn, Result};

pub async fn remember(
    conn: &mut Conn,
    community: CommunityId,
    used: &[String],
    at: DateTime<Utc>,
) -> Result<()> {
    // In one order, so that two who tag alike do not wait for each other.
    let mut used = used.to_vec();
    used.sort_unstable();
    let rows: Vec<_> = used
        .iter()
        .map(|tag| (tags::community_id.eq(community), tags::tag.eq(tag), tags::used_at.eq(at)))
        .collect();
    diesel::insert_into(tags::table)
        .values(rows)
        .on_conflict((tags::community_id, tags::tag))
        .do_update()
        .set(tags::used_at.eq(excluded(tags::used_at)))
        .execute(conn)
        .await?;
    Ok(())
}

/// Those that begin so, the last used first.
pub async fn suggest(
    conn: &mut Conn,
    community: CommunityId,
    beginning: &str,
    limit: i64,
) -> Result<Vec<String>> {
    Ok(tags::table
        .filter(tags::community_id.eq(community).and(tags::tag.like(format!("{}%", like_escaped(beginning)))))
        .order((tags::used_at.desc(), tags::tag))
        .limit(limit)
        .select(tags::tag)
        .load(conn)
        .await?)
}
