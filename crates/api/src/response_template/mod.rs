//! Texts that staff answer with again and again.

mod change;

use actix_web::get;
use actix_web::web::{Data, Json, Path};
use chrono_tz::Tz;
use contract::page::Page;
use contract::problem::Code;
use contract::response_template::{FilledTemplate, ResponseTemplate};
use db::response_template::ResponseTemplate as Row;
use db::service_request::{Key, Listed};
use domain::response_template::{Placeholder, render};
use serde_json::Map;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::{Actor, App};
use crate::http::caller::CurrentActor;
use crate::http::error::Result;
use crate::http::page;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_response_templates)
        .service(change::create_response_template)
        .service(change::update_response_template)
        .service(change::delete_response_template)
        .service(fill_response_templates);
}

fn view(row: Row) -> ResponseTemplate {
    let Row { id, community_id: _, category_id, title, body, version, created_at: _, updated_at: _ } = row;
    ResponseTemplate { id, category_id, title, body, version }
}

/// List response templates
///
/// By title.
#[utoipa::path(tag = "categories", params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = Page<ResponseTemplate>)))]
#[get("/communities/{community}/response-templates")]
async fn list_response_templates(
    app: Data<App>,
    actor: CurrentActor,
) -> Result<Json<Page<ResponseTemplate>>> {
    let rows = db::response_template::list(&mut *app.db.conn().await?, actor.community_id()).await?;
    Ok(Json(page::whole(rows.into_iter().map(view).collect())))
}

/// Fill in response templates
///
/// Those for every request and those for this one's category, with everything filled in, by title.
#[utoipa::path(tag = "service-requests",
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number")),
    responses((status = OK, body = Page<FilledTemplate>)))]
#[get("/communities/{community}/service-requests/{id}/response-templates")]
async fn fill_response_templates(
    app: Data<App>,
    actor: CurrentActor,
    path: Path<(String, String)>,
) -> Result<Json<Page<FilledTemplate>>> {
    let key = Key::parse(&path.1).ok_or(Code::NotFound)?;
    let conn = &mut *app.db.conn().await?;
    let found = db::service_request::find(conn, actor.community_id(), &actor.sight(), &key).await?;
    let found = found.ok_or(Code::NotFound)?;
    let category = found.request.progress().category;
    let rows = db::response_template::list(conn, actor.community_id()).await?;
    let fitting = rows.into_iter().filter(|row| row.category_id.is_none_or(|id| id == category));
    let filled = fitting.map(|row| FilledTemplate {
        id: row.id,
        text: render(&row.body, |placeholder| value(&app, &actor, &found, placeholder)),
        title: row.title,
    });
    Ok(Json(page::whole(filled.collect())))
}

fn value(app: &App, actor: &Actor, found: &Listed, placeholder: Placeholder) -> String {
    let words = |key: &str| app.messages.get(&actor.community.locale, key, &Map::new());
    match placeholder {
        Placeholder::Reporter => found.reporter.clone().unwrap_or_else(|| words("template.reporter")),
        Placeholder::Assignee => found.assignee.clone().unwrap_or_else(|| words("template.assignee")),
        Placeholder::Number => found.request.number.clone(),
        Placeholder::Title => found.request.title.clone(),
        Placeholder::Due => {
            let zone: Tz = actor.community.time_zone.parse().unwrap_or(chrono_tz::UTC);
            found.request.due_at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
        }
    }
}
