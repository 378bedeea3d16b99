//! What announcements are about.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, get, patch, post};
use contract::announcement::{AnnouncementCategory, NewAnnouncementCategory, UpdateAnnouncementCategory};
use contract::page::Page;
use contract::problem::Code;
use db::announcement::Category;
use domain::announcement::CATEGORIES_MAX;
use domain::audit::AuditAction;
use domain::id::AnnouncementCategoryId;
use domain::role::Permission;
use domain::rule;
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::http::page;
use crate::http::precondition::{IfMatch, versioned};

/// List categories of announcements
///
/// By name; those that are archived only for whoever publishes, last.
#[utoipa::path(tag = "announcements", params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = Page<AnnouncementCategory>)))]
#[get("/communities/{community}/announcement-categories")]
pub async fn list_announcement_categories(
    app: Data<App>,
    actor: CurrentActor,
) -> Result<Json<Page<AnnouncementCategory>>> {
    let rows = db::announcement::list_categories(&mut *app.db.conn().await?, actor.community_id()).await?;
    let publishes = actor.can(Permission::AnnouncementsPublish);
    let seen = rows.into_iter().filter(|row| publishes || row.archived_at.is_none());
    Ok(Json(page::whole(seen.map(view).collect())))
}

/// Create a category of announcements
///
/// Names are unique, whatever their case.
#[utoipa::path(tag = "announcements", request_body = NewAnnouncementCategory,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = CREATED, body = AnnouncementCategory)))]
#[post("/communities/{community}/announcement-categories")]
pub async fn create_announcement_category(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    body: Body<NewAnnouncementCategory>,
) -> Result<HttpResponse> {
    let NewAnnouncementCategory { name, color, icon, urgent } = body.0;
    let row = Category {
        id: AnnouncementCategoryId(Uuid::now_v7()),
        community_id: actor.community_id(),
        name: rule::trimmed(&name).to_owned(),
        color,
        icon,
        urgent,
        archived_at: None,
        version: 1,
    };
    app.db
        .transaction(async |tx| -> Result<()> {
            // One at a time, or the last place could be taken twice.
            db::community::lock(tx, actor.community_id()).await?;
            let all = db::announcement::list_categories(tx, actor.community_id()).await?;
            if all.len() >= CATEGORIES_MAX {
                return Err(Error::invalid(vec![
                    Fault::field("name", "too_many").with("max", CATEGORIES_MAX),
                ]));
            }
            db::announcement::insert_categories(tx, std::slice::from_ref(&row)).await?;
            let entry = Entry::new(AuditAction::AnnouncementCategoryCreated, row.id.0).asked_by(&request);
            Ok(record(tx, entry.meta(json!({ "name": row.name })), app.now()).await?)
        })
        .await?;
    Ok(versioned(HttpResponse::Created().json(view(row)), 1))
}

/// Change a category of announcements
///
/// What is left out stays as it is. What was announced in one that is archived keeps it.
#[utoipa::path(tag = "announcements", request_body = UpdateAnnouncementCategory,
    params(("community" = String, Path, description = "Slug or id"), ("id" = AnnouncementCategoryId, Path)),
    responses((status = OK, body = AnnouncementCategory)))]
#[patch("/communities/{community}/announcement-categories/{id}")]
pub async fn update_announcement_category(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    seen: IfMatch,
    body: Body<UpdateAnnouncementCategory>,
) -> Result<HttpResponse> {
    let id: AnnouncementCategoryId = path.1.parse().map_err(|_| Code::NotFound)?;
    let UpdateAnnouncementCategory { name, color, icon, urgent, archived } = body.0;
    let shown = app
        .db
        .transaction(async |tx| -> Result<AnnouncementCategory> {
            let now = app.now();
            let found = db::announcement::find_category(tx, actor.community_id(), id).await?;
            let before = found.ok_or(Code::NotFound)?;
            seen.check(before.version)?;
            let after = Category {
                name: name.map_or_else(|| before.name.clone(), |name| rule::trimmed(&name).to_owned()),
                color: color.unwrap_or(before.color),
                icon: icon.unwrap_or_else(|| before.icon.clone()),
                urgent: urgent.unwrap_or(before.urgent),
                archived_at: match archived {
                    None => before.archived_at,
                    Some(true) => before.archived_at.or(Some(now)),
                    Some(false) => None,
                },
                ..before.clone()
            };
            if after == before {
                return Ok(view(before));
            }
            db::announcement::save_category(tx, &after).await?;
            let entry = Entry::new(AuditAction::AnnouncementCategoryChanged, id.0).asked_by(&request);
            record(tx, entry.meta(json!({ "name": after.name })), now).await?;
            Ok(view(Category { version: after.version + 1, ..after }))
        })
        .await?;
    let version = shown.version;
    Ok(versioned(HttpResponse::Ok().json(shown), version))
}

pub fn view(row: Category) -> AnnouncementCategory {
    let Category { id, community_id: _, name, color, icon, urgent, archived_at, version } = row;
    AnnouncementCategory { id, name, color, icon, urgent, archived: archived_at.is_some(), version }
}
