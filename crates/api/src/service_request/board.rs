//! `GET …/service-requests/board`: the same requests, by their states.

use actix_web::get;
use actix_web::web::{Data, Json};
use contract::bulk::{Board, BoardColumn};
use contract::service_request::ServiceRequestQuery;
use db::service_request::list::{Filter, Position};
use domain::service_request::RequestStatus;

use super::{list, view};
use crate::app::App;
use crate::http::caller::CurrentActor;
use crate::http::error::Result;
use crate::http::input::Query;
use crate::http::page;

/// Where work stands, in the order of the workflow; what is over has no column.
const COLUMNS: [RequestStatus; 6] = [
    RequestStatus::New,
    RequestStatus::Triaged,
    RequestStatus::Assigned,
    RequestStatus::InProgress,
    RequestStatus::OnHold,
    RequestStatus::Resolved,
];

/// No column is counted further.
const COUNTED: i64 = 1000;

/// Show the board
///
/// The first requests of each state that meet the conditions, and how many there are.
#[utoipa::path(tag = "service-requests",
    params(("community" = String, Path, description = "Slug or id"), ServiceRequestQuery),
    responses((status = OK, body = Board)))]
#[get("/communities/{community}/service-requests/board")]
pub async fn show_board(
    app: Data<App>,
    actor: CurrentActor,
    query: Query<ServiceRequestQuery>,
) -> Result<Json<Board>> {
    let limit = page::limit(query.0.limit);
    let filter = list::filter(query.0, &actor, app.now())?;
    let (community, sight) = (actor.community_id(), actor.sight());
    let conn = &mut *app.db.conn().await?;
    let mut columns = Vec::new();
    let wanted = |status: &RequestStatus| filter.statuses.is_empty() || filter.statuses.contains(status);
    for status in COLUMNS.into_iter().filter(wanted) {
        let filter = Filter { statuses: vec![status], ..filter.clone() };
        let count = db::service_request::list::count(conn, community, &sight, &filter, COUNTED).await?;
        let rows = db::service_request::list::list(conn, community, &sight, &filter, None, limit + 1).await?;
        let at = |row: &_| Position::of(row, filter.order);
        let page = page::page(rows, limit, at, |row| view::summary(&actor, row));
        columns.push(BoardColumn { status, count, data: page.data, next_cursor: page.next_cursor });
    }
    Ok(Json(Board { columns }))
}
