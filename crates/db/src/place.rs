//! Zones and units.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::community::OccupancyKind;
use domain::id::{CommunityId, MemberId, UnitId, ZoneId};
use domain::place::Coordinates;
use uuid::Uuid;

use crate::schema::{communities, members, occupancies, units, zones};
use crate::{Conn, Error, Result};

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = zones, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
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

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = units, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
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

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = occupancies, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
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

/// What some units are called.
pub async fn unit_numbers(
    conn: &mut Conn,
    community: CommunityId,
    ids: &[Uuid],
) -> Result<Vec<(UnitId, String)>> {
    Ok(units::table
        .filter(units::community_id.eq(community).and(units::id.eq_any(ids)))
        .select((units::id, units::number))
        .load(conn)
        .await?)
}

/// Which units to list; `None` means no condition.
#[derive(Debug, Clone, Default)]
pub struct UnitFilter {
    pub only: Option<Vec<UnitId>>,
    /// In number, block or street.
    pub text: Option<String>,
    /// With that, in the names of those who live there or own it on this day, too.
    pub names_on: Option<NaiveDate>,
    pub zone: Option<ZoneId>,
}

/// Units by number, with the names of their zones, after the number `after`.
pub async fn list_units(
    conn: &mut Conn,
    community: CommunityId,
    filter: &UnitFilter,
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
    if let Some(only) = &filter.only {
        query = query.filter(units::id.eq_any(only));
    }
    if let Some(zone) = filter.zone {
        query = query.filter(units::zone_id.eq(zone));
    }
    if let Some(text) = &filter.text {
        let pattern = format!("%{}%", like_escaped(text));
        let of_people = match filter.names_on {
            Some(day) => units_of(conn, community, &pattern, day).await?,
            None => Vec::new(),
        };
        query = query.filter(
            units::number
                .ilike(pattern.clone())
                .nullable()
                .or(units::street.ilike(pattern.clone()))
                .or(units::block.ilike(pattern))
                .or(units::id.eq_any(of_people).nullable()),
        );
    }
    if let Some(after) = after {
        query = query.filter(units::number.gt(after));
    }
    Ok(query.load(conn).await?)
}

/// The units of those whose names are like a pattern.
async fn units_of(
    conn: &mut Conn,
    community: CommunityId,
    pattern: &str,
    day: NaiveDate,
) -> Result<Vec<UnitId>> {
    Ok(occupancies::table
        .inner_join(members::table.on(
            members::community_id.eq(occupancies::community_id).and(members::id.eq(occupancies::member_id)),
        ))
        .filter(occupancies::community_id.eq(community).and(members::display_name.ilike(pattern)))
        .filter(occupancies::from_date.le(day))
        .filter(occupancies::to_date.is_null().or(occupancies::to_date.ge(day)))
        .select(occupancies::unit_id)
        .limit(1000)
        .load(conn)
        .await?)
}

/// Writes a unit as it is now to be, under its next version. [`Error::Stale`] if somebody was faster.
pub async fn save_unit(conn: &mut Conn, unit: &Unit) -> Result<()> {
    let next = Unit { version: unit.version + 1, ..unit.clone() };
    let saved = diesel::update(units::table)
        .filter(units::community_id.eq(unit.community_id).and(units::id.eq(unit.id)))
        .filter(units::version.eq(unit.version))
        .set(&next)
        .execute(conn)
        .await?;
    if saved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// All zones of a community, of which nobody else changes or adds one until the transaction ends.
pub async fn lock_zones(conn: &mut Conn, community: CommunityId) -> Result<Vec<Zone>> {
    communities::table
        .find(community)
        .for_no_key_update()
        .select(communities::id)
        .first::<CommunityId>(conn)
        .await?;
    list_zones(conn, community).await
}

/// Writes a zone as it is now to be, under its next version. [`Error::Stale`] if somebody was faster.
pub async fn save_zone(conn: &mut Conn, zone: &Zone) -> Result<()> {
    let next = Zone { version: zone.version + 1, ..zone.clone() };
    let saved = diesel::update(zones::table)
        .filter(zones::community_id.eq(zone.community_id).and(zones::id.eq(zone.id)))
        .filter(zones::version.eq(zone.version))
        .set(&next)
        .execute(conn)
        .await?;
    if saved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Where a zone stands among the others. Not a new version: nothing of what it says is another.
pub async fn place_zone(conn: &mut Conn, community: CommunityId, id: ZoneId, position: i32) -> Result<()> {
    diesel::update(zones::table)
        .filter(zones::community_id.eq(community).and(zones::id.eq(id)))
        .set(zones::position.eq(position))
        .execute(conn)
        .await?;
    Ok(())
}

/// How many units there are in each zone that has any.
pub async fn count_units(conn: &mut Conn, community: CommunityId) -> Result<Vec<(Option<ZoneId>, i64)>> {
    Ok(units::table
        .filter(units::community_id.eq(community).and(units::zone_id.is_not_null()))
        .group_by(units::zone_id)
        .select((units::zone_id, diesel::dsl::count_star()))
        .load(conn)
        .await?)
}

/// A text as itself inside a `like` pattern.
pub(crate) fn like_escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
