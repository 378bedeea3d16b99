//! `POST …/units` and `PATCH …/units/{id}`.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, patch, post};
use contract::unit::{NewUnit, UnitDetail, UpdateUnit};
use db::Conn;
use db::place::Unit as Row;
use domain::audit::AuditAction;
use domain::id::{CommunityId, UnitId, ZoneId};
use domain::place::Coordinates;
use uuid::Uuid;

use super::view;
use crate::app::App;
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::http::precondition::{IfMatch, versioned};
use crate::zone;

/// Create a unit
///
/// Numbers are unique. Without a zone it gets the one that it stands in.
#[utoipa::path(tag = "places", request_body = NewUnit,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = CREATED, body = UnitDetail)))]
#[post("/communities/{community}/units")]
pub async fn create_unit(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    body: Body<NewUnit>,
) -> Result<HttpResponse> {
    let NewUnit { number, block, street, suburb, postal_code, zone_id, at } = body.0;
    let community = actor.community_id();
    let shown = app
        .db
        .transaction(async |tx| -> Result<_> {
            must_exist(tx, community, zone_id).await?;
            let around = match zone_id {
                Some(zone) => Some(zone),
                None => zone::around(tx, community, at).await?,
            };
            let unit = Row {
                id: UnitId(Uuid::now_v7()),
                community_id: community,
                number: number.trim().to_owned(),
                block: tidy(block),
                street: tidy(street),
                zone_id: around,
                lng: at.map(|at| at.lng),
                lat: at.map(|at| at.lat),
                suburb: tidy(suburb),
                postal_code: tidy(postal_code),
                version: 1,
            };
            db::place::insert_units(tx, std::slice::from_ref(&unit)).await?;
            let entry = Entry::new(AuditAction::UnitCreated, unit.id.0).asked_by(&request);
            record(tx, entry, app.now()).await?;
            view::show(tx, &app, &actor, unit.id).await
        })
        .await?;
    let address = contract::unit::SHOW.path(&[&actor.community.slug, &shown.unit.id]);
    Ok(versioned(HttpResponse::Created().insert_header((LOCATION, address)).json(shown), 1))
}

/// Nothing counts as none.
fn tidy(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

async fn must_exist(tx: &mut Conn, community: CommunityId, zone: Option<ZoneId>) -> Result<()> {
    if let Some(id) = zone
        && db::place::find_zone(tx, community, id).await?.is_none()
    {
        return Err(Error::invalid(vec![Fault::field("zone_id", "unknown")]));
    }
    Ok(())
}

/// Change a unit
///
/// What is left out stays as it is.
#[utoipa::path(tag = "places", request_body = UpdateUnit,
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number")),
    responses((status = OK, body = UnitDetail)))]
#[patch("/communities/{community}/units/{id}")]
pub async fn update_unit(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    seen: IfMatch,
    body: Body<UpdateUnit>,
) -> Result<HttpResponse> {
    let UpdateUnit { number, block, street, suburb, postal_code, zone_id, at } = body.0;
    let community = actor.community_id();
    let shown = app
        .db
        .transaction(async |tx| -> Result<_> {
            let before = view::named(tx, community, &path.1).await?;
            seen.check(before.version)?;
            must_exist(tx, community, zone_id.flatten()).await?;
            let at = at.unwrap_or(before.at());
            let after = Row {
                number: number.map_or_else(|| before.number.clone(), |number| number.trim().to_owned()),
                block: block.map_or_else(|| before.block.clone(), tidy),
                street: street.map_or_else(|| before.street.clone(), tidy),
                suburb: suburb.map_or_else(|| before.suburb.clone(), tidy),
                postal_code: postal_code.map_or_else(|| before.postal_code.clone(), tidy),
                zone_id: zone_id.unwrap_or(before.zone_id),
                lng: at.map(|Coordinates { lng, .. }| lng),
                lat: at.map(|Coordinates { lat, .. }| lat),
                ..before.clone()
            };
            if after != before {
                db::place::save_unit(tx, &after).await?;
                let entry = Entry::new(AuditAction::UnitChanged, before.id.0).asked_by(&request);
                record(tx, entry, app.now()).await?;
            }
            view::show(tx, &app, &actor, before.id).await
        })
        .await?;
    Ok(view::answer(shown))
}
