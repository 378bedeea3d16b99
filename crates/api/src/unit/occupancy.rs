//! Tying members to units, and untying them. Who is tied no more sees no more of the household from that moment on.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, patch, post};
use chrono::{Datelike, NaiveDate};
use contract::problem::Code;
use contract::unit::{NewOccupancy, Occupancy, UpdateOccupancy};
use db::Conn;
use db::occupancy::Listed;
use db::place::Occupancy as Row;
use domain::audit::AuditAction;
use domain::community::OccupancyKind;
use domain::id::{OccupancyId, UnitId};
use serde_json::json;
use uuid::Uuid;

use super::view;
use crate::app::{Actor, App, local_day};
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::http::precondition::{IfMatch, versioned};

/// The years in which somebody who is tied to a unit may have moved in or may move out.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Tie a member to a unit
///
/// Nobody is tied to the same unit twice at the same time.
#[utoipa::path(tag = "places", request_body = NewOccupancy,
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number")),
    responses((status = CREATED, body = Occupancy)))]
#[post("/communities/{community}/units/{id}/occupancies")]
pub async fn add_occupancy(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    body: Body<NewOccupancy>,
) -> Result<HttpResponse> {
    let NewOccupancy { member_id, kind, is_primary, resides, from_date, to_date } = body.0;
    let (community, now) = (actor.community_id(), app.now());
    let today = local_day(&actor.community, now);
    let (unit, listed) = app
        .db
        .transaction(async |tx| -> Result<_> {
            let unit = view::named(tx, community, &path.1).await?.id;
            db::occupancy::lock_unit(tx, community, unit).await?;
            if !db::member::is_active(tx, community, member_id).await? {
                return Err(Error::invalid(vec![Fault::field("member_id", "unknown")]));
            }
            let is_let = db::member::is_let(tx, community, unit, today).await?;
            let tie = Row {
                id: Uuid::now_v7(),
                community_id: community,
                unit_id: unit,
                member_id,
                kind,
                is_primary: is_primary.unwrap_or(kind != OccupancyKind::Family),
                resides: resides.unwrap_or(kind != OccupancyKind::Owner || !is_let),
                from_date: from_date.unwrap_or(today),
                to_date,
                version: 1,
            };
            check(tx, &tie).await?;
            db::place::insert_occupancies(tx, std::slice::from_ref(&tie)).await?;
            let entry = Entry::new(AuditAction::OccupancyAdded, unit.0).asked_by(&request);
            record(tx, entry.meta(json!({ "member": member_id, "kind": kind })), now).await?;
            Ok((unit, find(tx, &actor, unit, OccupancyId(tie.id)).await?))
        })
        .await?;
    forget(&app, &actor, &listed);
    let list = contract::unit::ADD_OCCUPANCY.path(&[&actor.community.slug, &unit]);
    let shown = view::occupancy(listed, today);
    let address = format!("{list}/{}", shown.id);
    Ok(versioned(HttpResponse::Created().insert_header((LOCATION, address)).json(shown), 1))
}

/// What no column can say of a tie.
async fn check(tx: &mut Conn, tie: &Row) -> Result<()> {
    let mut faults = Vec::new();
    let strange = |day: NaiveDate| !YEARS.contains(&day.year());
    let mut note = |field: &str, wrong: bool, code| {
        if wrong {
            faults.push(Fault::field(field, code));
        }
    };
    note("from_date", strange(tie.from_date), "not_a_likely_day");
    note("to_date", tie.to_date.is_some_and(strange), "not_a_likely_day");
    note("to_date", tie.to_date.is_some_and(|last| last < tie.from_date), "before_its_beginning");
    if !faults.is_empty() {
        return Err(Error::invalid(faults));
    }
    match db::occupancy::overlaps(tx, tie).await? {
        true => Err(Code::Duplicate.into()),
        false => Ok(()),
    }
}

async fn find(tx: &mut Conn, actor: &Actor, unit: UnitId, id: OccupancyId) -> Result<Listed> {
    Ok(db::occupancy::find(tx, actor.community_id(), unit, id).await?.ok_or(Code::NotFound)?)
}

/// What is remembered of whom it is about is no longer true.
fn forget(app: &App, actor: &Actor, listed: &Listed) {
    if let Some(user) = listed.user_id {
        app.forget_actor(user, &actor.community);
    }
}

/// Change a tie to a unit
///
/// What is left out stays as it is. With a last day that has passed, it has ended.
#[utoipa::path(tag = "places", request_body = UpdateOccupancy,
    params(
        ("community" = String, Path, description = "Slug or id"),
        ("id" = String, Path, description = "Id or number"),
        ("occupancy" = OccupancyId, Path),
    ),
    responses((status = OK, body = Occupancy)))]
#[patch("/communities/{community}/units/{id}/occupancies/{occupancy}")]
pub async fn update_occupancy(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    seen: IfMatch,
    body: Body<UpdateOccupancy>,
) -> Result<HttpResponse> {
    let UpdateOccupancy { kind, is_primary, resides, from_date, to_date } = body.0;
    let now = app.now();
    let listed = app
        .db
        .transaction(async |tx| -> Result<_> {
            let (unit, before) = lock(tx, &actor, &path, &seen).await?;
            let tie = &before.occupancy;
            let after = Row {
                kind: kind.unwrap_or(tie.kind),
                is_primary: is_primary.unwrap_or(tie.is_primary),
                resides: resides.unwrap_or(tie.resides),
                from_date: from_date.unwrap_or(tie.from_date),
                to_date: to_date.unwrap_or(tie.to_date),
                ..tie.clone()
            };
            if after != *tie {
                check(tx, &after).await?;
                db::occupancy::save(tx, &after).await?;
                let entry = Entry::new(AuditAction::OccupancyChanged, unit.0).asked_by(&request);
                let entry = entry.meta(json!({ "member": tie.member_id })).changed(told(tie), told(&after));
                record(tx, entry, now).await?;
            }
            find(tx, &actor, unit, OccupancyId(tie.id)).await
        })
        .await?;
    forget(&app, &actor, &listed);
    let shown = view::occupancy(listed, local_day(&actor.community, now));
    let version = shown.version;
    Ok(versioned(HttpResponse::Ok().json(shown), version))
}

fn told(tie: &Row) -> serde_json::Value {
    json!({ "kind": tie.kind, "resides": tie.resides, "from_date": tie.from_date, "to_date": tie.to_date })
}

/// The tie that a path names, as nobody else can change it until the transaction ends.
async fn lock(
    tx: &mut Conn,
    actor: &Actor,
    path: &(String, String, String),
    seen: &IfMatch,
) -> Result<(UnitId, Listed)> {
    let id: OccupancyId = path.2.parse().map_err(|_| Code::NotFound)?;
    let unit = view::named(tx, actor.community_id(), &path.1).await?.id;
    db::occupancy::lock_unit(tx, actor.community_id(), unit).await?;
    let found = find(tx, actor, unit, id).await?;
    seen.check(found.occupancy.version)?;
    Ok((unit, found))
}

/// End a tie to a unit
///
/// From now on: yesterday was the last day, and what would only have begun today or later is forgotten. Whoever it tied
/// sees no more of the household at once.
#[utoipa::path(tag = "places",
    params(
        ("community" = String, Path, description = "Slug or id"),
        ("id" = String, Path, description = "Id or number"),
        ("occupancy" = OccupancyId, Path),
    ),
    responses((status = NO_CONTENT, description = "It has ended")))]
#[delete("/communities/{community}/units/{id}/occupancies/{occupancy}")]
pub async fn end_occupancy(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    seen: IfMatch,
) -> Result<HttpResponse> {
    let now = app.now();
    let today = local_day(&actor.community, now);
    let listed = app
        .db
        .transaction(async |tx| -> Result<_> {
            let (unit, found) = lock(tx, &actor, &path, &seen).await?;
            let tie = &found.occupancy;
            let is_over = tie.to_date.is_some_and(|last| last < today);
            if !is_over {
                match tie.from_date >= today {
                    true => db::occupancy::delete(tx, tie).await?,
                    false => {
                        let ended = Row { to_date: today.pred_opt(), ..tie.clone() };
                        db::occupancy::save(tx, &ended).await?;
                    }
                }
                let entry = Entry::new(AuditAction::OccupancyEnded, unit.0).asked_by(&request);
                record(tx, entry.meta(json!({ "member": tie.member_id })), now).await?;
            }
            Ok(found)
        })
        .await?;
    forget(&app, &actor, &listed);
    Ok(HttpResponse::NoContent().finish())
}
