//! `POST …/service-requests`, `GET …/{id}`, `POST …/{id}/actions`.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use contract::problem::Code;
use contract::service_request::{ActOnServiceRequest, NewServiceRequest, ServiceRequest};
use db::service_request::{Key, Sight};

use super::{act, report, view};
use crate::app::App;
use crate::http::caller::{Caller, CurrentActor};
use crate::http::error::Result;
use crate::http::input::Body;
use crate::http::precondition::versioned;

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
