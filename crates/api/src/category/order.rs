//! `POST …/categories/order` and `POST …/categories/{id}/actions`: what is about several categories at once.

use std::collections::BTreeSet;

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, post};
use contract::category::{ActOnCategory, OrderCategories};
use contract::community::Category;
use contract::page::Page;
use contract::problem::Code;
use db::category::Category as Row;
use domain::audit::AuditAction;
use domain::category::CategoryAction;
use domain::id::CategoryId;

use super::{answer, named, view};
use crate::app::App;
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::http::page;

/// Order categories
///
/// All categories of one level in the order that they shall have. If somebody has added one meanwhile, nothing changes.
#[utoipa::path(tag = "categories", request_body = OrderCategories,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = Page<Category>)))]
#[post("/communities/{community}/categories/order")]
pub async fn order_categories(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    body: Body<OrderCategories>,
) -> Result<Json<Page<Category>>> {
    let (community, ids) = (actor.community_id(), body.0.ids);
    let rows = app
        .db
        .transaction(async |tx| -> Result<_> {
            let all = db::category::lock_all(tx, community).await?;
            let first = all.iter().find(|row| ids.first() == Some(&row.id));
            let parent =
                first.ok_or_else(|| Error::invalid(vec![Fault::field("ids/0", "unknown")]))?.parent_id;
            let level = all.iter().filter(|row| row.parent_id == parent).map(|row| row.id);
            let (level, named) =
                (level.collect::<BTreeSet<_>>(), ids.iter().copied().collect::<BTreeSet<_>>());
            if level != named || named.len() != ids.len() {
                return Err(Code::Stale.into());
            }
            for (position, id) in (0..).zip(&ids) {
                db::category::place(tx, community, *id, position).await?;
            }
            record(tx, Entry::new(AuditAction::CategoriesOrdered, None).asked_by(&request), app.now())
                .await?;
            Ok(db::category::list(tx, community).await?)
        })
        .await?;
    Ok(Json(page::whole(rows.into_iter().map(view::category).collect())))
}

/// Archive or restore a category
///
/// Nothing new can be about a category that is archived, nor about those under it; what was reported keeps it. One under
/// another can be restored once that is.
#[utoipa::path(tag = "categories", request_body = ActOnCategory,
    params(("community" = String, Path, description = "Slug or id"), ("id" = CategoryId, Path)),
    responses((status = OK, body = Category)))]
#[post("/communities/{community}/categories/{id}/actions")]
pub async fn act_on_category(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    body: Body<ActOnCategory>,
) -> Result<HttpResponse> {
    let (community, id) = (actor.community_id(), named(&path.1)?);
    let row = app
        .db
        .transaction(async |tx| -> Result<_> {
            let now = app.now();
            let all = db::category::lock_all(tx, community).await?;
            let row = all.iter().find(|row| row.id == id).ok_or(Code::NotFound)?;
            let (changed, archived_at, audited) = match body.0.action {
                CategoryAction::Archive => {
                    (in_use_below(row, &all), Some(now), AuditAction::CategoryArchived)
                }
                CategoryAction::Restore => {
                    if is_archived(row.parent_id, &all) {
                        return Err(Error::invalid(vec![Fault::field("action", "archived")]));
                    }
                    (Vec::from_iter(row.archived_at.map(|_| row)), None, AuditAction::CategoryRestored)
                }
            };
            for row in &changed {
                db::category::save(tx, &Row { archived_at, ..(*row).clone() }).await?;
            }
            if !changed.is_empty() {
                record(tx, Entry::new(audited, id.0).asked_by(&request), now).await?;
            }
            Ok(db::category::find(tx, community, id).await?.ok_or(Code::NotFound)?)
        })
        .await?;
    Ok(answer(row))
}

/// A category and those under it, as far as they are not archived.
fn in_use_below<'a>(row: &'a Row, all: &'a [Row]) -> Vec<&'a Row> {
    let below = all.iter().filter(|other| other.id == row.id || other.parent_id == Some(row.id));
    below.filter(|row| row.archived_at.is_none()).collect()
}

fn is_archived(parent: Option<CategoryId>, all: &[Row]) -> bool {
    parent.is_some() && all.iter().any(|row| Some(row.id) == parent && row.archived_at.is_some())
}
