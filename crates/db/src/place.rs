//! Zones and units.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::community::OccupancyKind;
use domain::id::{CommunityId, MemberId, UnitId, ZoneId};
use domain::place::Coordinates;
use uuid::Uuid;

use crate::schema::{occupancies, units, zones};
use crate::{Conn, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = zones, check_for_backend(diesel::pg::Pg))]
pub struct Zone {
    pub id: ZoneId,
    pub community_id: CommunityId,
    pub name: String,
    /// A closed ring of `[lng, lat]` corners.
    pub boundary: Option<serde_json::Value>,
    pub position: i32,
    pub version: i32,
}

impl Zone {
    pub fn ring(&self) -> Option<Vec<[f64; 2]>> {
        serde_json::from_value(self.boundary.clone()?).ok()
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = units, check_for_backend(diesel::pg::Pg))]
pub struct Unit {
    pub id: UnitId,
    pub community_id: CommunityId,
    pub number: String,
    pub block: Option<String>,
    pub street: Option<String>,
    pub zone_id: Option<ZoneId>,
    pub lng: Option<f64>,
    pub lat: Option<f64>,
    pub suburb: Option<String>,
    pub postal_code: Option<String>,
    pub version: i32,
}

impl Unit {
    pub fn at(&self) -> Option<Coordinates> {
        Some(Coordinates { lng: self.lng?, lat: self.lat? })
    }
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = occupancies)]
pub struct Occupancy {
    pub id: Uuid,
    pub community_id: CommunityId,
    pub unit_id: UnitId,
    pub member_id: MemberId,
    pub kind: OccupancyKind,
    pub is_primary: bool,
    pub resides: bool,
    pub from_date: NaiveDate,
    pub to_date: Option<NaiveDate>,
    pub version: i32,
}

pub async fn insert_zones(conn: &mut Conn, all: &[Zone]) -> Result<()> {
    diesel::insert_into(zones::table).values(all).execute(conn).await?;
    Ok(())
}

pub async fn insert_units(conn: &mut Conn, all: &[Unit]) -> Result<()> {
    for some in all.chunks(1000) {
        diesel::insert_into(units::table).values(some).execute(conn).await?;
    }
    Ok(())
}

pub async fn insert_occupancies(conn: &mut Conn, all: &[Occupancy]) -> Result<()> {
    for some in all.chunks(1000) {
        diesel::insert_into(occupancies::table).values(some).execute(conn).await?;
    }
    Ok(())
}

pub async fn list_zones(conn: &mut Conn, community: CommunityId) -> Result<Vec<Zone>> {
    Ok(zones::table
        .filter(zones::community_id.eq(community))
        .order((zones::position, zones::name))
        .limit(1000)
        .select(Zone::as_select())
        .load(conn)
        .await?)
}

pub async fn find_zone(conn: &mut Conn, community: CommunityId, id: ZoneId) -> Result<Option<Zone>> {
    Ok(zones::table
        .filter(zones::community_id.eq(community).and(zones::id.eq(id)))
        .select(Zone::as_select())
        .first(conn)
        .await
        .optional()?)
}

pub async fn find_unit(conn: &mut Conn, community: CommunityId, id: UnitId) -> Result<Option<Unit>> {
    Ok(units::table
        .filter(units::community_id.eq(community).and(units::id.eq(id)))
        .select(Unit::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// The unit with this number, however its letters are written.
pub async fn find_unit_by_number(
    conn: &mut Conn,
    community: CommunityId,
    number: &str,
) -> Result<Option<Unit>> {
    Ok(units::table
        .filter(units::community_id.eq(community).and(units::number.ilike(like_escaped(number))))
        .order(units::number)
        .select(Unit::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// Units by number, with the names of their zones: those of `only` if given, those that contain `text` in number or
/// street if given, after the number `after`.
pub async fn list_units(
    conn: &mut Conn,
    community: CommunityId,
    only: Option<&[UnitId]>,
    text: Option<&str>,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<(Unit, Option<String>)>> {
    let mut query = units::table
        .left_join(
            zones::table
                .on(zones::community_id.eq(units::community_id).and(zones::id.nullable().eq(units::zone_id))),
        )
        .filter(units::community_id.eq(community))
        .order(units::number)
        .limit(limit)
        .select((Unit::as_select(), zones::name.nullable()))
        .into_boxed();
    if let Some(only) = only {
        query = query.filter(units::id.eq_any(only));
    }
    if let Some(text) = text {
        let pattern = format!("%{}%", like_escaped(text));
        query = query.filter(units::number.ilike(pattern.clone()).or(units::street.ilike(pattern)));
    }
    if let Some(after) = after {
        query = query.filter(units::number.gt(after));
    }
    Ok(query.load(conn).await?)
}

/// A text as itself inside a `like` pattern.
pub(crate) fn like_escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
