//! What requests can be about: the catalogue, and keeping it.

mod change;
mod order;
pub mod view;

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get};
use contract::category::CategoryQuery;
use contract::community::Category;
use contract::page::Page;
use contract::problem::Code;
use domain::id::CategoryId;
use domain::role::Permission;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::http::caller::CurrentActor;
use crate::http::error::Result;
use crate::http::input::Query;
use crate::http::page;
use crate::http::precondition::versioned;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_categories)
        .service(order::order_categories)
        .service(show_category)
        .service(change::create_category)
        .service(change::update_category)
        .service(order::act_on_category);
}

/// List categories
///
/// What requests of this community can be about, in the order that the community gave them, both levels in one list.
#[utoipa::path(tag = "categories",
    params(("community" = String, Path, description = "Slug or id"), CategoryQuery),
    responses((status = OK, body = Page<Category>)))]
#[get("/communities/{community}/categories")]
async fn list_categories(
    app: Data<App>,
    actor: CurrentActor,
    query: Query<CategoryQuery>,
) -> Result<Json<Page<Category>>> {
    let all = query.0.archived.unwrap_or(false) && actor.can(Permission::CategoriesManage);
    let rows = db::category::list(&mut *app.db.conn().await?, actor.community_id()).await?;
    let shown = rows.into_iter().filter(|row| all || row.archived_at.is_none());
    Ok(Json(page::whole(shown.map(view::category).collect())))
}

/// Show a category
#[utoipa::path(tag = "categories",
    params(("community" = String, Path, description = "Slug or id"), ("id" = CategoryId, Path)),
    responses((status = OK, body = Category)))]
#[get("/communities/{community}/categories/{id}")]
async fn show_category(
    app: Data<App>,
    actor: CurrentActor,
    path: Path<(String, String)>,
) -> Result<HttpResponse> {
    let id = named(&path.1)?;
    let found = db::category::find(&mut *app.db.conn().await?, actor.community_id(), id).await?;
    Ok(answer(found.ok_or(Code::NotFound)?))
}

/// The category that a path names.
fn named(text: &str) -> Result<CategoryId> {
    Ok(text.parse().map_err(|_| Code::NotFound)?)
}

fn answer(row: db::category::Category) -> HttpResponse {
    let version = row.version;
    versioned(HttpResponse::Ok().json(view::category(row)), version)
}
