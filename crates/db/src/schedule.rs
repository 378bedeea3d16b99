//! What time starts by itself, and when it does so next. Rows are made for what `domain::job::SCHEDULES` names.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::CommunityId;
use domain::job::{Kind, SCHEDULES, Scope};
use uuid::Uuid;

use crate::schema::{communities, schedules};
use crate::{Conn, Result};

#[derive(Debug, Clone, Queryable)]
pub struct Due {
    pub id: Uuid,
    pub community_id: Option<CommunityId>,
    pub kind: Kind,
    pub next_at: DateTime<Utc>,
    /// Of the community, if it is of one.
    pub time_zone: Option<String>,
}

/// The schedules that have no row yet: for all, and for each community that is new.
pub async fn missing(conn: &mut Conn) -> Result<Vec<(Kind, Option<CommunityId>, Option<String>)>> {
    let mut missing = Vec::new();
    for (kind, _, scope) in SCHEDULES {
        let known = schedules::table.filter(schedules::kind.eq(*kind));
        match scope {
            Scope::Platform => {
                let there = known.filter(schedules::community_id.is_null()).count();
                if there.get_result::<i64>(conn).await? == 0 {
                    missing.push((*kind, None, None));
                }
            }
            Scope::Community => {
                let without = communities::table
                    .filter(diesel::dsl::not(diesel::dsl::exists(
                        known.filter(schedules::community_id.eq(communities::id.nullable())),
                    )))
                    .select((communities::id, communities::time_zone))
                    .limit(1000);
                let rows: Vec<(CommunityId, String)> = without.load(conn).await?;
                missing.extend(rows.into_iter().map(|(id, zone)| (*kind, Some(id), Some(zone))));
            }
        }
    }
    Ok(missing)
}

/// Nothing happens if somebody has added it meanwhile.
pub async fn add(
    conn: &mut Conn,
    kind: Kind,
    community: Option<CommunityId>,
    next_at: DateTime<Utc>,
) -> Result<()> {
    diesel::insert_into(schedules::table)
        .values((
            schedules::id.eq(Uuid::now_v7()),
            schedules::kind.eq(kind),
            schedules::community_id.eq(community),
            schedules::next_at.eq(next_at),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(())
}

/// Locks the schedule that has been due longest, unless somebody else is at it.
pub async fn lock_due(conn: &mut Conn, now: DateTime<Utc>) -> Result<Option<Due>> {
    let due = schedules::table
        .filter(schedules::next_at.le(now))
        .order(schedules::next_at)
        .limit(1)
        .for_update()
        .skip_locked()
        .select((schedules::id, schedules::community_id, schedules::kind, schedules::next_at));
    type Row = (Uuid, Option<CommunityId>, Kind, DateTime<Utc>);
    let Some((id, community_id, kind, next_at)) = due.first::<Row>(conn).await.optional()? else {
        return Ok(None);
    };
    let time_zone = match community_id {
        Some(community) => Some(crate::community::get(conn, community).await?.time_zone),
        None => None,
    };
    Ok(Some(Due { id, community_id, kind, next_at, time_zone }))
}

pub async fn advance(conn: &mut Conn, id: Uuid, next_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    diesel::update(schedules::table.find(id))
        .set((schedules::next_at.eq(next_at), schedules::last_at.eq(now)))
        .execute(conn)
        .await?;
    Ok(())
}
