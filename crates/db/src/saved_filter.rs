//! Lists of requests that somebody comes back to, kept under a name.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::{CommunityId, MemberId, SavedFilterId};
use domain::saved_filter::{FILTERS_MAX, SHARED_MAX};

use crate::schema::{members, saved_filters};
use crate::{Conn, Error, Result};

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = saved_filters, check_for_backend(diesel::pg::Pg))]
pub struct SavedFilter {
    pub id: SavedFilterId,
    pub community_id: CommunityId,
    /// Who keeps it.
    pub member_id: MemberId,
    pub name: String,
    /// The parameters of the list.
    pub query: String,
    pub shared: bool,
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A member's own, by name.
pub async fn list_own(conn: &mut Conn, community: CommunityId, member: MemberId) -> Result<Vec<SavedFilter>> {
    Ok(saved_filters::table
        .filter(saved_filters::community_id.eq(community).and(saved_filters::member_id.eq(member)))
        .order((saved_filters::name, saved_filters::id))
        .limit(FILTERS_MAX)
        .select(SavedFilter::as_select())
        .load(conn)
        .await?)
}

/// What others than this member share, by name.
pub async fn list_shared(
    conn: &mut Conn,
    community: CommunityId,
    member: MemberId,
) -> Result<Vec<SavedFilter>> {
    Ok(saved_filters::table
        .filter(saved_filters::community_id.eq(community).and(saved_filters::shared))
        .filter(saved_filters::member_id.ne(member))
        .order((saved_filters::name, saved_filters::id))
        .limit(SHARED_MAX)
        .select(SavedFilter::as_select())
        .load(conn)
        .await?)
}

/// How many a member keeps, at most [`FILTERS_MAX`]; until the transaction ends, they keep no other.
pub async fn count_locked(conn: &mut Conn, community: CommunityId, member: MemberId) -> Result<i64> {
    members::table
        .filter(members::community_id.eq(community).and(members::id.eq(member)))
        .for_no_key_update()
        .select(members::id)
        .first::<MemberId>(conn)
        .await?;
    Ok(saved_filters::table
        .filter(saved_filters::community_id.eq(community).and(saved_filters::member_id.eq(member)))
        .count()
        .get_result(conn)
        .await?)
}

pub async fn find(conn: &mut Conn, community: CommunityId, id: SavedFilterId) -> Result<Option<SavedFilter>> {
    Ok(saved_filters::table
        .filter(saved_filters::community_id.eq(community).and(saved_filters::id.eq(id)))
        .select(SavedFilter::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// [`Error::Conflict`] where the member has one of this name.
pub async fn insert_all(conn: &mut Conn, all: &[SavedFilter]) -> Result<()> {
    diesel::insert_into(saved_filters::table).values(all).execute(conn).await?;
    Ok(())
}

/// Writes a filter as it is now to be, under its next version. [`Error::Stale`] if somebody was faster.
pub async fn save(conn: &mut Conn, filter: &SavedFilter, now: DateTime<Utc>) -> Result<SavedFilter> {
    let next = SavedFilter { version: filter.version + 1, updated_at: now, ..filter.clone() };
    let saved = diesel::update(saved_filters::table)
        .filter(saved_filters::community_id.eq(filter.community_id))
        .filter(saved_filters::id.eq(filter.id).and(saved_filters::version.eq(filter.version)))
        .set(&next)
        .execute(conn)
        .await?;
    if saved == 1 { Ok(next) } else { Err(Error::Stale) }
}

/// [`Error::Stale`] if it is no longer as it was.
pub async fn delete(conn: &mut Conn, filter: &SavedFilter) -> Result<()> {
    let deleted = diesel::delete(saved_filters::table)
        .filter(saved_filters::community_id.eq(filter.community_id))
        .filter(saved_filters::id.eq(filter.id).and(saved_filters::version.eq(filter.version)))
        .execute(conn)
        .await?;
    if deleted == 1 { Ok(()) } else { Err(Error::Stale) }
}
