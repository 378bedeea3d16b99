//! The register of units, and who lives in them.

mod change;
mod occupancy;
mod view;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use contract::community::{Unit, UnitQuery};
use contract::page::Page;
use contract::unit::UnitDetail;
use db::place::UnitFilter;
use domain::role::Permission;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::{App, local_day};
use crate::http::caller::CurrentActor;
use crate::http::error::Result;
use crate::http::input::Query;
use crate::http::page;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_units)
        .service(show_unit)
        .service(change::create_unit)
        .service(change::update_unit)
        .service(occupancy::add_occupancy)
        .service(occupancy::update_occupancy)
        .service(occupancy::end_occupancy);
}

/// List units
///
/// By number. Who lives there is for those who may see members.
#[utoipa::path(tag = "places", params(("community" = String, Path, description = "Slug or id"), UnitQuery),
    responses((status = OK, body = Page<Unit>)))]
#[get("/communities/{community}/units")]
async fn list_units(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    query: Query<UnitQuery>,
) -> Result<HttpResponse> {
    let UnitQuery { mine, q, zone_id, cursor, limit } = query.0;
    let limit = page::limit(limit);
    let after: Option<String> = page::begin(cursor.as_deref())?;
    let today = local_day(&actor.community, app.now());
    let filter = UnitFilter {
        only: mine.filter(|mine| *mine).map(|_| actor.household.iter().map(|home| home.unit).collect()),
        text: q.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
        names_on: actor.can(Permission::MembersView).then_some(today),
        zone: zone_id,
    };
    let conn = &mut *app.db.conn().await?;
    let rows =
        db::place::list_units(conn, actor.community_id(), &filter, after.as_deref(), limit + 1).await?;
    let mut page =
        page::page(rows, limit, |(unit, _)| unit.number.clone(), |(unit, zone)| view::unit(unit, zone));
    if actor.can(Permission::MembersView) {
        let ids: Vec<_> = page.data.iter().map(|unit| unit.id).collect();
        let names = db::occupancy::names(conn, actor.community_id(), &ids, today).await?;
        for unit in &mut page.data {
            let here = names.iter().filter(|(id, _)| *id == unit.id);
            unit.occupants = here.map(|(_, name)| name.clone()).collect();
        }
    }
    Ok(page::answer(&request, &page))
}

/// Show a unit
///
/// By id or number. Who lives there, lived there or will is for those who may see members.
#[utoipa::path(tag = "places",
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number")),
    responses((status = OK, body = UnitDetail)))]
#[get("/communities/{community}/units/{id}")]
async fn show_unit(
    app: Data<App>,
    actor: CurrentActor,
    path: Path<(String, String)>,
) -> Result<HttpResponse> {
    let conn = &mut *app.db.conn().await?;
    let unit = view::named(conn, actor.community_id(), &path.1).await?;
    Ok(view::answer(view::show(conn, &app, &actor, unit.id).await?))
}
