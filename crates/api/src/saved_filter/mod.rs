//! Lists of requests that somebody comes back to, kept under a name.

mod change;

use actix_web::get;
use actix_web::web::{Data, Json};
use contract::page::Page;
use contract::saved_filter::SavedFilter;
use db::saved_filter::SavedFilter as Row;
use domain::saved_filter::{READERS, SHARERS};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::{Actor, App};
use crate::http::caller::CurrentActor;
use crate::http::error::Result;
use crate::http::page;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_saved_filters)
        .service(change::create_saved_filter)
        .service(change::update_saved_filter)
        .service(change::delete_saved_filter);
}

/// Whether somebody may change a filter: their own, and what is shared if they may share.
fn may_change(actor: &Actor, row: &Row) -> bool {
    row.member_id == actor.member_id || (row.shared && actor.can(SHARERS))
}

fn view(actor: &Actor, row: Row) -> SavedFilter {
    let (own, may_change) = (row.member_id == actor.member_id, may_change(actor, &row));
    let Row { id, community_id: _, member_id: _, name, query, shared, version, created_at: _, updated_at: _ } =
        row;
    SavedFilter { id, name, query, shared, own, may_change, version }
}

/// List saved filters
///
/// The caller's own by name, then what others share with all staff.
#[utoipa::path(tag = "service-requests", params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = Page<SavedFilter>)))]
#[get("/communities/{community}/saved-filters")]
async fn list_saved_filters(app: Data<App>, actor: CurrentActor) -> Result<Json<Page<SavedFilter>>> {
    let conn = &mut *app.db.conn().await?;
    let (community, member) = (actor.community_id(), actor.member_id);
    let mut rows = db::saved_filter::list_own(conn, community, member).await?;
    if actor.can(READERS) {
        rows.extend(db::saved_filter::list_shared(conn, community, member).await?);
    }
    Ok(Json(page::whole(rows.into_iter().map(|row| view(&actor, row)).collect())))
}
