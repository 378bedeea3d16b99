//! `GET` and `POST …/service-requests`, `GET …/{id}`, `POST …/{id}/actions`.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use contract::page::Page;
use contract::problem::Code;
use contract::service_request::{
    ActOnServiceRequest, NewServiceRequest, ServiceRequest, ServiceRequestQuery, ServiceRequestSummary,
};
use db::service_request::{Filter, Key, Sight};
use domain::service_request::RequestStatus;

use super::{act, report, view};
use crate::app::{Actor, App};
use crate::http::caller::{Caller, CurrentActor};
use crate::http::error::{Error, Fault, Result};
use crate::http::input::{Body, Query};
use crate::http::page;
use crate::http::precondition::versioned;

/// List service requests
///
/// Those that the caller may see and that meet every condition, newest first; with `updated_since`, as they changed.
#[utoipa::path(tag = "service-requests",
    params(("community" = String, Path, description = "Slug or id"), ServiceRequestQuery),
    responses((status = OK, body = Page<ServiceRequestSummary>)))]
#[get("/communities/{community}/service-requests")]
pub async fn list_service_requests(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    query: Query<ServiceRequestQuery>,
) -> Result<HttpResponse> {
    let limit = page::limit(query.0.limit);
    let after = page::newest(query.0.cursor.as_deref())?;
    let by_change = query.0.updated_since.is_some();
    let filter = filter(query.0, &actor, &app)?;
    let conn = &mut *app.db.conn().await?;
    let rows =
        db::service_request::list(conn, actor.community_id(), &actor.sight(), &filter, after, limit + 1)
            .await?;
    let page = page::page(
        rows,
        limit,
        |row| match by_change {
            true => (row.request.updated_at, row.request.id),
            false => (row.request.created_at, row.request.id),
        },
        |row| view::summary(&actor, row),
    );
    Ok(page::answer(&request, &page))
}

fn filter(query: ServiceRequestQuery, actor: &Actor, app: &App) -> Result<Filter> {
    let ServiceRequestQuery {
        status,
        category_id,
        priority,
        zone_id,
        assignee_id,
        mine,
        assigned_to_me,
        unassigned,
        overdue,
        q,
        updated_since,
        cursor: _,
        limit: _,
    } = query;
    let words = status.as_deref().unwrap_or_default().split(',').filter(|word| !word.is_empty());
    let statuses = words
        .map(|word| word.trim().parse::<RequestStatus>())
        .collect::<std::result::Result<_, _>>()
        .map_err(|_| Error::invalid(vec![Fault::parameter("status", "wrong_type")]))?;
    let me = |wanted: Option<bool>| wanted.unwrap_or(false).then_some(actor.member_id);
    Ok(Filter {
        statuses,
        category: category_id,
        priority,
        zone: zone_id,
        assignee: me(assigned_to_me).or(assignee_id),
        reporter: me(mine),
        unassigned: unassigned.unwrap_or(false),
        overdue_at: overdue.unwrap_or(false).then(|| app.now()),
        updated_from: updated_since.map(page::since),
        text: q.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
    })
}

/// Report a service request
///
/// Stores the report under the next number of its community and tells the dispatchers.
#[utoipa::path(tag = "service-requests", request_body = NewServiceRequest, params(("community" = String, Path, description = "Slug or id")),
    responses((status = CREATED, body = ServiceRequest)))]
#[post("/communities/{community}/service-requests")]
pub async fn create_service_request(
    app: Data<App>,
    actor: CurrentActor,
    caller: Caller,
    body: Body<NewServiceRequest>,
) -> Result<HttpResponse> {
    let id = app.db.transaction(async |tx| report::report(tx, &app, &actor, body.0).await).await?;
    app.outbox_bell.notify_one();
    let conn = &mut *app.db.conn().await?;
    let shown = view::show(conn, &app, &actor, caller.session_id, &Sight::Everything, &Key::Id(id)).await?;
    let address = contract::service_request::SHOW.path(&[&actor.community.slug, &shown.summary.number]);
    let version = shown.version;
    Ok(versioned(HttpResponse::Created().insert_header((LOCATION, address)).json(shown), version))
}

/// Show a service request
///
/// By id or number: the request, its story as far as the caller may read it, and what they may do now.
#[utoipa::path(tag = "service-requests",
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number")),
    responses((status = OK, body = ServiceRequest)))]
#[get("/communities/{community}/service-requests/{id}")]
pub async fn show_service_request(
    app: Data<App>,
    actor: CurrentActor,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse> {
    let key = Key::parse(&path.1).ok_or(Code::NotFound)?;
    let conn = &mut *app.db.conn().await?;
    let shown = view::show(conn, &app, &actor, caller.session_id, &actor.sight(), &key).await?;
    Ok(answer(&shown))
}

/// Act on a service request
///
/// Moves it along its workflow. What the caller may do, and what each action takes, stands in the request's
/// `allowed_actions`. Of two people acting at once one wins; the other learns where the request stands now.
#[utoipa::path(tag = "service-requests", request_body = ActOnServiceRequest,
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number")),
    responses((status = OK, body = ServiceRequest)))]
#[post("/communities/{community}/service-requests/{id}/actions")]
pub async fn act_on_service_request(
    app: Data<App>,
    actor: CurrentActor,
    caller: Caller,
    path: Path<(String, String)>,
    body: Body<ActOnServiceRequest>,
) -> Result<HttpResponse> {
    let key = Key::parse(&path.1).ok_or(Code::NotFound)?;
    app.db.transaction(async |tx| act::by_member(tx, &app, &actor, &key, body.0).await).await?;
    app.outbox_bell.notify_one();
    let conn = &mut *app.db.conn().await?;
    // Whoever acted sees what became of it, even where it is theirs no longer.
    Ok(answer(&view::show(conn, &app, &actor, caller.session_id, &Sight::Everything, &key).await?))
}

pub(super) fn answer(shown: &ServiceRequest) -> HttpResponse {
    versioned(HttpResponse::Ok().json(shown), shown.version)
}
