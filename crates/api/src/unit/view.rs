//! Units and who lives in them, as far as the caller may see.

use actix_web::HttpResponse;
use chrono::NaiveDate;
use contract::community::Unit;
use contract::problem::Code;
use contract::unit::{Occupancy, UnitDetail};
use db::Conn;
use db::occupancy::Listed;
use db::place::UnitFilter;
use domain::id::{CommunityId, OccupancyId, UnitId};
use domain::role::Permission;

use crate::app::{Actor, App, local_day};
use crate::http::error::Result;
use crate::http::precondition::versioned;

/// The unit that a path names by its id or its number.
pub async fn named(conn: &mut Conn, community: CommunityId, text: &str) -> Result<db::place::Unit> {
    let found = match text.parse() {
        Ok(id) => db::place::find_unit(conn, community, id).await?,
        Err(_) if text.contains('\0') => None,
        Err(_) => db::place::find_unit_by_number(conn, community, text).await?,
    };
    Ok(found.ok_or(Code::NotFound)?)
}

pub fn unit(row: db::place::Unit, zone: Option<String>) -> Unit {
    let at = row.at();
    let db::place::Unit {
        id,
        community_id: _,
        number,
        block,
        street,
        zone_id,
        lng: _,
        lat: _,
        suburb,
        postal_code,
        version,
    } = row;
    Unit { id, number, block, street, suburb, postal_code, zone_id, zone, at, occupants: Vec::new(), version }
}

pub async fn show(conn: &mut Conn, app: &App, actor: &Actor, id: UnitId) -> Result<UnitDetail> {
    let community = actor.community_id();
    let filter = UnitFilter { only: Some(vec![id]), ..UnitFilter::default() };
    let (row, zone) =
        db::place::list_units(conn, community, &filter, None, 1).await?.pop().ok_or(Code::NotFound)?;
    let today = local_day(&actor.community, app.now());
    let ties = match actor.can(Permission::MembersView) {
        true => db::occupancy::list(conn, community, id).await?,
        false => Vec::new(),
    };
    let occupancies: Vec<Occupancy> = ties.into_iter().map(|tie| occupancy(tie, today)).collect();
    let current = occupancies.iter().filter(|tie| tie.is_current);
    let occupants = current.map(|tie| tie.display_name.clone()).collect();
    Ok(UnitDetail { unit: Unit { occupants, ..unit(row, zone) }, occupancies })
}

pub fn occupancy(listed: Listed, today: NaiveDate) -> Occupancy {
    let Listed { occupancy, display_name, user_id: _ } = listed;
    let db::place::Occupancy {
        id,
        community_id: _,
        unit_id: _,
        member_id,
        kind,
        is_primary,
        resides,
        from_date,
        to_date,
        version,
    } = occupancy;
    Occupancy {
        id: OccupancyId(id),
        member_id,
        display_name,
        kind,
        is_primary,
        resides,
        from_date,
        to_date,
        is_current: from_date <= today && to_date.is_none_or(|last| last >= today),
        version,
    }
}

pub fn answer(shown: UnitDetail) -> HttpResponse {
    let version = shown.unit.version;
    versioned(HttpResponse::Ok().json(shown), version)
}
