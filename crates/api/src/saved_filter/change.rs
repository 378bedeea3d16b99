//! Keeping filters.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, patch, post};
use contract::endpoint::query_string;
use contract::problem::Code;
use contract::saved_filter::{NewSavedFilter, SavedFilter, UpdateSavedFilter};
use contract::service_request::ServiceRequestQuery;
use db::Conn;
use db::saved_filter::SavedFilter as Row;
use domain::audit::AuditAction;
use domain::id::SavedFilterId;
use domain::saved_filter::{FILTERS_MAX, READERS, SHARERS};
use uuid::Uuid;

use super::{may_change, view};
use crate::app::{Actor, App};
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Place, Result};
use crate::http::input::{Body, read_query};
use crate::http::precondition::{IfMatch, versioned};
use crate::service_request::list::filter;

/// Save a filter
///
/// Keeps what narrows a list of service requests under a name. Each of a member's names is there once; whoever triages may
/// share a filter with all staff.
#[utoipa::path(tag = "service-requests", request_body = NewSavedFilter,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = CREATED, body = SavedFilter)))]
#[post("/communities/{community}/saved-filters")]
pub async fn create_saved_filter(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    body: Body<NewSavedFilter>,
) -> Result<HttpResponse> {
    let NewSavedFilter { name, query, shared } = body.0;
    let (community, now) = (actor.community_id(), app.now());
    let row = Row {
        id: SavedFilterId(Uuid::now_v7()),
        community_id: community,
        member_id: actor.member_id,
        name: name.trim().to_owned(),
        query: normal(&app, &actor, &query)?,
        shared,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    may_share(&actor, shared)?;
    app.db
        .transaction(async |tx| -> Result<()> {
            if db::saved_filter::count_locked(tx, community, actor.member_id).await? >= FILTERS_MAX {
                let fault = Fault::field("name", "too_many").with("max", FILTERS_MAX);
                return Err(Error::invalid(vec![fault]));
            }
            db::saved_filter::insert_all(tx, std::slice::from_ref(&row)).await?;
            note(tx, &request, &row, AuditAction::SavedFilterShared).await
        })
        .await?;
    Ok(versioned(HttpResponse::Created().json(view(&actor, row)), 1))
}

/// Change a saved filter
///
/// What is left out stays as it is. Shared ones are changed by their keepers and by all who may share.
#[utoipa::path(tag = "service-requests", request_body = UpdateSavedFilter,
    params(("community" = String, Path, description = "Slug or id"), ("id" = SavedFilterId, Path)),
    responses((status = OK, body = SavedFilter)))]
#[patch("/communities/{community}/saved-filters/{id}")]
pub async fn update_saved_filter(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    seen: IfMatch,
    body: Body<UpdateSavedFilter>,
) -> Result<HttpResponse> {
    let UpdateSavedFilter { name, query, shared } = body.0;
    let query = query.as_deref().map(|query| normal(&app, &actor, query)).transpose()?;
    let row = app
        .db
        .transaction(async |tx| -> Result<_> {
            let before = changeable(tx, &actor, &path.1).await?;
            seen.check(before.version)?;
            let after = Row {
                name: name.map_or_else(|| before.name.clone(), |name| name.trim().to_owned()),
                query: query.unwrap_or_else(|| before.query.clone()),
                shared: shared.unwrap_or(before.shared),
                ..before.clone()
            };
            may_share(&actor, after.shared && !before.shared)?;
            // Nobody takes for themselves what another keeps.
            if before.shared && !after.shared && before.member_id != actor.member_id {
                return Err(Code::NotAllowed.into());
            }
            if after == before {
                return Ok(before);
            }
            let after = db::saved_filter::save(tx, &after, app.now()).await?;
            match (before.shared, after.shared) {
                (true, _) => note(tx, &request, &before, AuditAction::SavedFilterChanged).await?,
                (false, true) => note(tx, &request, &after, AuditAction::SavedFilterShared).await?,
                (false, false) => {}
            }
            Ok(after)
        })
        .await?;
    let version = row.version;
    Ok(versioned(HttpResponse::Ok().json(view(&actor, row)), version))
}

/// Delete a saved filter
///
/// A shared one is gone for everybody.
#[utoipa::path(tag = "service-requests",
    params(("community" = String, Path, description = "Slug or id"), ("id" = SavedFilterId, Path)),
    responses((status = NO_CONTENT, description = "It is gone")))]
#[delete("/communities/{community}/saved-filters/{id}")]
pub async fn delete_saved_filter(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    seen: IfMatch,
) -> Result<HttpResponse> {
    app.db
        .transaction(async |tx| -> Result<()> {
            let row = changeable(tx, &actor, &path.1).await?;
            seen.check(row.version)?;
            db::saved_filter::delete(tx, &row).await?;
            note(tx, &request, &row, AuditAction::SavedFilterDeleted).await
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A filter that the caller may change. What they are not offered is not found.
async fn changeable(tx: &mut Conn, actor: &Actor, id: &str) -> Result<Row> {
    let id: SavedFilterId = id.parse().map_err(|_| Code::NotFound)?;
    let row = db::saved_filter::find(tx, actor.community_id(), id).await?.ok_or(Code::NotFound)?;
    match may_change(actor, &row) {
        true => Ok(row),
        false if row.shared && actor.can(READERS) => Err(Code::NotAllowed.into()),
        false => Err(Code::NotFound.into()),
    }
}

fn may_share(actor: &Actor, share: bool) -> Result<()> {
    if share && !actor.can(SHARERS) { Err(Code::NotAllowed.into()) } else { Ok(()) }
}

/// The parameters as the list reads them. What the list would refuse is refused here, and so is what belongs to one page.
fn normal(app: &App, actor: &Actor, query: &str) -> Result<String> {
    let fault = |code| Fault::field("query", code);
    let here = |error: Error| match error.faults.is_empty() {
        true => Error::invalid(vec![fault("wrong_type")]),
        false => {
            let place = || Place::Body("/query".to_owned());
            Error::invalid(error.faults.into_iter().map(|it| Fault { place: place(), ..it }).collect())
        }
    };
    let read = read_query::<ServiceRequestQuery>(query.trim_start_matches('?')).map_err(here)?;
    filter(read.clone(), actor, app.now()).map_err(here)?;
    if read.cursor.is_some() || read.limit.is_some() || read.updated_since.is_some() {
        return Err(Error::invalid(vec![fault("one_page")]));
    }
    match query_string(&read) {
        query if query.is_empty() => Err(Error::invalid(vec![fault("required")])),
        query => Ok(query),
    }
}

/// What is among staff stands in the trail; what somebody keeps for themselves is nobody's business.
async fn note(tx: &mut Conn, request: &HttpRequest, row: &Row, act: AuditAction) -> Result<()> {
    if row.shared {
        record(tx, Entry::new(act, row.id.0).asked_by(request), row.updated_at).await?;
    }
    Ok(())
}
