//! The named parts of a community, and which of them a point is in.

use std::collections::BTreeSet;

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, get, patch, post};
use contract::community::Zone;
use contract::page::Page;
use contract::problem::Code;
use contract::zone::{NewZone, OrderZones, Polygon, UpdateZone};
use db::Conn;
use db::place::Zone as Row;
use domain::audit::AuditAction;
use domain::id::{CommunityId, ZoneId};
use domain::place::{Coordinates, ZONES_MAX, first_around};
use serde_json::{Value, json};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::http::page;
use crate::http::precondition::{IfMatch, versioned};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_zones).service(order_zones).service(show_zone).service(create_zone).service(update_zone);
}

/// The zone that a point is in: the first, in the community's order, that has it within or on its border.
pub async fn around(
    conn: &mut Conn,
    community: CommunityId,
    at: Option<Coordinates>,
) -> Result<Option<ZoneId>> {
    let Some(at) = at else { return Ok(None) };
    let zones = db::place::list_zones(conn, community).await?;
    let rings: Vec<_> = zones.iter().filter_map(|zone| Some((zone.id, zone.ring()?))).collect();
    Ok(first_around(at, rings.iter().map(|(id, ring)| (*id, ring.as_slice()))))
}

async fn views(conn: &mut Conn, community: CommunityId) -> Result<Vec<Zone>> {
    let counts = db::place::count_units(conn, community).await?;
    let units = |id| counts.iter().find(|(zone, _)| *zone == Some(id)).map_or(0, |(_, count)| *count);
    let rows = db::place::list_zones(conn, community).await?;
    let view = |row: Row| {
        let (boundary, units) = (row.ring(), units(row.id));
        let Row { id, community_id: _, name, boundary: _, position: _, version } = row;
        Zone { id, name, boundary, units, version }
    };
    Ok(rows.into_iter().map(view).collect())
}

async fn view(conn: &mut Conn, community: CommunityId, id: ZoneId) -> Result<Zone> {
    let found = views(conn, community).await?.into_iter().find(|zone| zone.id == id);
    Ok(found.ok_or(Code::NotFound)?)
}

fn answer(zone: &Zone) -> HttpResponse {
    versioned(HttpResponse::Ok().json(zone), zone.version)
}

fn named(text: &str) -> Result<ZoneId> {
    Ok(text.parse().map_err(|_| Code::NotFound)?)
}

/// List zones
///
/// The named parts of this community, in its order. A point that several of them have belongs to the first.
#[utoipa::path(tag = "places", params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = Page<Zone>)))]
#[get("/communities/{community}/zones")]
async fn list_zones(app: Data<App>, actor: CurrentActor) -> Result<Json<Page<Zone>>> {
    Ok(Json(page::whole(views(&mut *app.db.conn().await?, actor.community_id()).await?)))
}

/// Show a zone
#[utoipa::path(tag = "places",
    params(("community" = String, Path, description = "Slug or id"), ("id" = ZoneId, Path)),
    responses((status = OK, body = Zone)))]
#[get("/communities/{community}/zones/{id}")]
async fn show_zone(
    app: Data<App>,
    actor: CurrentActor,
    path: Path<(String, String)>,
) -> Result<HttpResponse> {
    let id = named(&path.1)?;
    Ok(answer(&view(&mut *app.db.conn().await?, actor.community_id(), id).await?))
}

fn boundary(area: Option<Polygon>) -> Option<Value> {
    area.and_then(|polygon| polygon.coordinates.into_iter().next()).map(|ring| json!(ring))
}

/// Create a zone
///
/// The last in the order. Names are unique.
#[utoipa::path(tag = "places", request_body = NewZone,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = CREATED, body = Zone)))]
#[post("/communities/{community}/zones")]
async fn create_zone(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    body: Body<NewZone>,
) -> Result<HttpResponse> {
    let NewZone { name, area } = body.0;
    let community = actor.community_id();
    let zone = app
        .db
        .transaction(async |tx| -> Result<_> {
            let all = db::place::lock_zones(tx, community).await?;
            if all.len() >= ZONES_MAX {
                return Err(Error::invalid(vec![Fault::field("name", "too_many").with("max", ZONES_MAX)]));
            }
            let row = Row {
                id: ZoneId(Uuid::now_v7()),
                community_id: community,
                name: name.trim().to_owned(),
                boundary: boundary(area),
                position: all.iter().map(|zone| zone.position + 1).max().unwrap_or(0),
                version: 1,
            };
            db::place::insert_zones(tx, std::slice::from_ref(&row)).await?;
            record(tx, Entry::new(AuditAction::ZoneCreated, row.id.0).asked_by(&request), app.now()).await?;
            view(tx, community, row.id).await
        })
        .await?;
    let address = contract::zone::SHOW.path(&[&actor.community.slug, &zone.id]);
    Ok(versioned(HttpResponse::Created().insert_header((LOCATION, address)).json(zone), 1))
}

/// Change a zone
///
/// What is left out stays as it is. Requests and units keep the zone that they have: a new drawing is for what comes.
#[utoipa::path(tag = "places", request_body = UpdateZone,
    params(("community" = String, Path, description = "Slug or id"), ("id" = ZoneId, Path)),
    responses((status = OK, body = Zone)))]
#[patch("/communities/{community}/zones/{id}")]
async fn update_zone(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    seen: IfMatch,
    body: Body<UpdateZone>,
) -> Result<HttpResponse> {
    let UpdateZone { name, area } = body.0;
    let (community, id) = (actor.community_id(), named(&path.1)?);
    let zone = app
        .db
        .transaction(async |tx| -> Result<_> {
            let before = db::place::find_zone(tx, community, id).await?.ok_or(Code::NotFound)?;
            seen.check(before.version)?;
            let after = Row {
                name: name.map_or_else(|| before.name.clone(), |name| name.trim().to_owned()),
                boundary: area.map_or_else(|| before.boundary.clone(), boundary),
                ..before.clone()
            };
            if after != before {
                db::place::save_zone(tx, &after).await?;
                record(tx, Entry::new(AuditAction::ZoneChanged, id.0).asked_by(&request), app.now()).await?;
            }
            view(tx, community, id).await
        })
        .await?;
    Ok(answer(&zone))
}

/// Order zones
///
/// All of them. The order decides to which zone a point belongs that several have. If somebody has added one meanwhile,
/// nothing changes.
#[utoipa::path(tag = "places", request_body = OrderZones,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = Page<Zone>)))]
#[post("/communities/{community}/zones/order")]
async fn order_zones(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    body: Body<OrderZones>,
) -> Result<Json<Page<Zone>>> {
    let (community, ids) = (actor.community_id(), body.0.ids);
    let zones = app
        .db
        .transaction(async |tx| -> Result<_> {
            let all: BTreeSet<ZoneId> =
                db::place::lock_zones(tx, community).await?.into_iter().map(|zone| zone.id).collect();
            let named: BTreeSet<ZoneId> = ids.iter().copied().collect();
            if all != named || named.len() != ids.len() {
                return Err(Code::Stale.into());
            }
            for (position, id) in (0..).zip(&ids) {
                db::place::place_zone(tx, community, *id, position).await?;
            }
            record(tx, Entry::new(AuditAction::ZonesOrdered, None).asked_by(&request), app.now()).await?;
            views(tx, community).await
        })
        .await?;
    Ok(Json(page::whole(zones)))
}
