//! What follows a report by its secret: seeing it, acting for it, saying something.

use actix_web::web::{Data, Json, Path};
use actix_web::{get, post};
use contract::problem::Code;
use contract::public::{ActOnReport, NewReportComment, Report};
use db::Conn;
use db::community::Community;
use domain::id::ServiceRequestId;

use super::view;
use crate::app::App;
use crate::comment::say;
use crate::http::error::Result;
use crate::http::input::Body;
use crate::service_request::act;
use crate::session::token;

/// The report that a secret belongs to. It stays good when the community closes its public pages.
pub async fn held(conn: &mut Conn, path: &(String, String)) -> Result<(Community, ServiceRequestId)> {
    let (slug, secret) = path;
    let community = db::community::find_by_slug(conn, slug).await?.ok_or(Code::NotFound)?;
    let digest = token::secret_digest(secret);
    let id = db::service_request::find_by_secret(conn, community.id, &digest).await?;
    Ok((community, id.ok_or(Code::NotFound)?))
}

/// Show a report
///
/// To whoever holds its secret: where it stands, its story, and what they may do now.
#[utoipa::path(tag = "public",
    params(("community" = String, Path, description = "Slug"), ("secret" = String, Path)),
    responses((status = OK, body = Report)))]
#[get("/public/{community}/reports/{secret}")]
pub async fn show_report(app: Data<App>, path: Path<(String, String)>) -> Result<Json<Report>> {
    let conn = &mut *app.db.conn().await?;
    let (community, id) = held(conn, &path).await?;
    Ok(Json(view::report(conn, &app, &community, id).await?))
}

/// Act on a report
///
/// As its reporter: confirm or dispute what was done, answer a question, cancel. What can be done now stands in
/// `allowed_actions`.
#[utoipa::path(tag = "public", request_body = ActOnReport,
    params(("community" = String, Path, description = "Slug"), ("secret" = String, Path)),
    responses((status = OK, body = Report)))]
#[post("/public/{community}/reports/{secret}/actions")]
pub async fn act_on_report(
    app: Data<App>,
    path: Path<(String, String)>,
    body: Body<ActOnReport>,
) -> Result<Json<Report>> {
    let (community, id) = app
        .db
        .transaction(async |tx| -> Result<_> {
            let (community, id) = held(tx, &path).await?;
            act::by_holder(tx, &community, id, body.0, app.now()).await?;
            Ok((community, id))
        })
        .await?;
    app.outbox_bell.notify_one();
    Ok(Json(view::report(&mut *app.db.conn().await?, &app, &community, id).await?))
}

/// Comment on a report
///
/// As its reporter, to everybody who sees it.
#[utoipa::path(tag = "public", request_body = NewReportComment,
    params(("community" = String, Path, description = "Slug"), ("secret" = String, Path)),
    responses((status = OK, body = Report)))]
#[post("/public/{community}/reports/{secret}/comments")]
pub async fn comment_on_report(
    app: Data<App>,
    path: Path<(String, String)>,
    body: Body<NewReportComment>,
) -> Result<Json<Report>> {
    let (community, id) = app
        .db
        .transaction(async |tx| -> Result<_> {
            let (community, id) = held(tx, &path).await?;
            say::by_holder(tx, community.id, id, &body.0.body, app.now()).await?;
            Ok((community, id))
        })
        .await?;
    app.outbox_bell.notify_one();
    Ok(Json(view::report(&mut *app.db.conn().await?, &app, &community, id).await?))
}
