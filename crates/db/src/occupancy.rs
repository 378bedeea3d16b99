//! Who lives in a unit or owns it, and when.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::community::{MemberStatus, OccupancyKind};
use domain::id::{CommunityId, MemberId, OccupancyId, UnitId, UserId};
use uuid::Uuid;

use crate::place::Occupancy;
use crate::schema::{members, occupancies, units};
use crate::{Conn, Error, Result};

/// The longest history of a unit that is shown.
pub const HISTORY_MAX: i64 = 200;

/// A tie with the name of whom it ties.
#[derive(Debug, Clone, Queryable)]
pub struct Listed {
    pub occupancy: Occupancy,
    pub display_name: String,
    pub user_id: Option<UserId>,
}

/// The ties to a unit, the latest first.
pub async fn list(conn: &mut Conn, community: CommunityId, unit: UnitId) -> Result<Vec<Listed>> {
    Ok(occupancies::table
        .inner_join(members::table.on(
            members::community_id.eq(occupancies::community_id).and(members::id.eq(occupancies::member_id)),
        ))
        .filter(occupancies::community_id.eq(community).and(occupancies::unit_id.eq(unit)))
        .order((occupancies::from_date.desc(), occupancies::id.desc()))
        .limit(HISTORY_MAX)
        .select((Occupancy::as_select(), members::display_name, members::user_id))
        .load(conn)
        .await?)
}

pub async fn find(
    conn: &mut Conn,
    community: CommunityId,
    unit: UnitId,
    id: OccupancyId,
) -> Result<Option<Listed>> {
    Ok(occupancies::table
        .inner_join(members::table.on(
            members::community_id.eq(occupancies::community_id).and(members::id.eq(occupancies::member_id)),
        ))
        .filter(occupancies::community_id.eq(community).and(occupancies::unit_id.eq(unit)))
        .filter(occupancies::id.eq(id.0))
        .select((Occupancy::as_select(), members::display_name, members::user_id))
        .first(conn)
        .await
        .optional()?)
}

/// The names of those who live in some units or own them on a day, each with the unit.
pub async fn names(
    conn: &mut Conn,
    community: CommunityId,
    units: &[UnitId],
    day: NaiveDate,
) -> Result<Vec<(UnitId, String)>> {
    Ok(occupancies::table
        .inner_join(members::table.on(
            members::community_id.eq(occupancies::community_id).and(members::id.eq(occupancies::member_id)),
        ))
        .filter(occupancies::community_id.eq(community).and(occupancies::unit_id.eq_any(units)))
        .filter(occupancies::from_date.le(day))
        .filter(occupancies::to_date.is_null().or(occupancies::to_date.ge(day)))
        .order((occupancies::is_primary.desc(), occupancies::from_date, members::display_name))
        .limit(2000)
        .select((occupancies::unit_id, members::display_name))
        .load(conn)
        .await?)
}

/// Who owns a unit on a day and has since another, and lives elsewhere.
pub async fn owners_elsewhere(
    conn: &mut Conn,
    community: CommunityId,
    unit: UnitId,
    day: NaiveDate,
    since: NaiveDate,
) -> Result<Vec<MemberId>> {
    Ok(occupancies::table
        .inner_join(members::table.on(
            members::community_id.eq(occupancies::community_id).and(members::id.eq(occupancies::member_id)),
        ))
        .filter(occupancies::community_id.eq(community).and(occupancies::unit_id.eq(unit)))
        .filter(members::status.eq(MemberStatus::Active))
        .filter(occupancies::kind.eq(OccupancyKind::Owner))
        .filter(diesel::dsl::not(occupancies::resides))
        .filter(occupancies::from_date.le(since))
        .filter(occupancies::to_date.is_null().or(occupancies::to_date.ge(day)))
        .select(members::id)
        .distinct()
        .limit(100)
        .load(conn)
        .await?)
}

/// Lets nobody else change who lives in a unit until the transaction ends.
pub async fn lock_unit(conn: &mut Conn, community: CommunityId, unit: UnitId) -> Result<()> {
    units::table
        .filter(units::community_id.eq(community).and(units::id.eq(unit)))
        .for_no_key_update()
        .select(units::id)
        .first::<UnitId>(conn)
        .await?;
    Ok(())
}

/// Whether a member is tied to a unit another time at the same time; without a last day, that is for ever.
pub async fn overlaps(conn: &mut Conn, tie: &Occupancy) -> Result<bool> {
    let mut others = occupancies::table
        .filter(occupancies::community_id.eq(tie.community_id).and(occupancies::unit_id.eq(tie.unit_id)))
        .filter(occupancies::member_id.eq(tie.member_id).and(occupancies::id.ne(tie.id)))
        .filter(occupancies::to_date.is_null().or(occupancies::to_date.ge(tie.from_date)))
        .select(occupancies::id)
        .into_boxed();
    if let Some(last) = tie.to_date {
        others = others.filter(occupancies::from_date.le(last));
    }
    Ok(others.first::<Uuid>(conn).await.optional()?.is_some())
}

/// Writes a tie as it is now to be, under its next version. [`Error::Stale`] if somebody was faster.
pub async fn save(conn: &mut Conn, tie: &Occupancy) -> Result<()> {
    let next = Occupancy { version: tie.version + 1, ..tie.clone() };
    let saved = diesel::update(occupancies::table)
        .filter(occupancies::community_id.eq(tie.community_id).and(occupancies::id.eq(tie.id)))
        .filter(occupancies::version.eq(tie.version))
        .set(&next)
        .execute(conn)
        .await?;
    if saved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// For what never began.
pub async fn delete(conn: &mut Conn, tie: &Occupancy) -> Result<()> {
    let deleted = diesel::delete(occupancies::table)
        .filter(occupancies::community_id.eq(tie.community_id).and(occupancies::id.eq(tie.id)))
        .filter(occupancies::version.eq(tie.version))
        .execute(conn)
        .await?;
    if deleted == 1 { Ok(()) } else { Err(Error::Stale) }
}
