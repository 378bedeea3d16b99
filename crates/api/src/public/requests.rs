//! `GET /public/{community}/service-requests` and `…/{number}`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use contract::page::Page;
use contract::problem::Code;
use contract::public::{PublicRequest, PublicRequestQuery, PublicRequestSummary};
use db::service_request::list::{Filter, Order, Position, list};
use db::service_request::{Key, Sight};
use domain::service_request::{RequestSort, RequestStatus};

use super::{open, view};
use crate::app::App;
use crate::http::error::Result;
use crate::http::input::Query;
use crate::http::page;
use crate::service_request::list::position;

/// List public requests
///
/// What the community shows to everybody, the newest first: public, and looked at by somebody of the community before. It
/// names nobody, and shows nobody's home.
#[utoipa::path(tag = "public", params(("community" = String, Path, description = "Slug"), PublicRequestQuery),
    responses((status = OK, body = Page<PublicRequestSummary>)))]
#[get("/public/{community}/service-requests")]
pub async fn list_public_requests(
    app: Data<App>,
    request: HttpRequest,
    path: Path<String>,
    query: Query<PublicRequestQuery>,
) -> Result<HttpResponse> {
    let PublicRequestQuery { open: is_open, category_id, cursor, limit } = query.0;
    let (limit, after) = (page::limit(limit), position(cursor.as_deref())?);
    let conn = &mut *app.db.conn().await?;
    let community = open(conn, &path).await?;
    let states = RequestStatus::ALL.iter().copied();
    let filter = Filter {
        statuses: is_open
            .map(|wanted| states.filter(|state| state.is_open() == wanted).collect())
            .unwrap_or_default(),
        category: category_id,
        ..Filter::default()
    };
    let rows = list(conn, community.id, &Sight::Public, &filter, after, limit + 1).await?;
    let at = |row: &_| Position::of(row, Order::By(RequestSort::Newest));
    Ok(page::answer(&request, &page::page(rows, limit, at, view::summary)))
}

/// Show a public request
///
/// By its number: what it is about, where it stands, its photos, and what was said to everybody.
#[utoipa::path(tag = "public",
    params(("community" = String, Path, description = "Slug"), ("number" = String, Path)),
    responses((status = OK, body = PublicRequest)))]
#[get("/public/{community}/service-requests/{number}")]
pub async fn show_public_request(
    app: Data<App>,
    path: Path<(String, String)>,
) -> Result<Json<PublicRequest>> {
    let conn = &mut *app.db.conn().await?;
    let community = open(conn, &path.0).await?;
    let key = Key::parse(&path.1).ok_or(Code::NotFound)?;
    let found = db::service_request::find(conn, community.id, &Sight::Public, &key).await?;
    Ok(Json(view::public(conn, &app, found.ok_or(Code::NotFound)?).await?))
}
