//! Keeping the templates.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, patch, post};
use contract::problem::Code;
use contract::response_template::{NewResponseTemplate, ResponseTemplate, UpdateResponseTemplate};
use db::Conn;
use db::response_template::ResponseTemplate as Row;
use domain::audit::AuditAction;
use domain::id::{CategoryId, CommunityId, ResponseTemplateId};
use domain::response_template::TEMPLATES_MAX;
use uuid::Uuid;

use super::view;
use crate::app::App;
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::http::precondition::{IfMatch, versioned};

/// Create a response template
///
/// Titles are unique. In braces only what can be filled in.
#[utoipa::path(tag = "categories", request_body = NewResponseTemplate,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = CREATED, body = ResponseTemplate)))]
#[post("/communities/{community}/response-templates")]
pub async fn create_response_template(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    body: Body<NewResponseTemplate>,
) -> Result<HttpResponse> {
    let NewResponseTemplate { category_id, title, body } = body.0;
    let (community, now) = (actor.community_id(), app.now());
    let row = Row {
        id: ResponseTemplateId(Uuid::now_v7()),
        community_id: community,
        category_id,
        title: title.trim().to_owned(),
        body: body.trim().to_owned(),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    app.db
        .transaction(async |tx| -> Result<()> {
            must_exist(tx, community, category_id).await?;
            if db::response_template::count(tx, community).await? >= TEMPLATES_MAX {
                let fault = Fault::field("title", "too_many").with("max", TEMPLATES_MAX);
                return Err(Error::invalid(vec![fault]));
            }
            db::response_template::insert_all(tx, std::slice::from_ref(&row)).await?;
            let entry = Entry::new(AuditAction::ResponseTemplateCreated, row.id.0).asked_by(&request);
            Ok(record(tx, entry, now).await?)
        })
        .await?;
    let list = contract::response_template::LIST.path(&[&actor.community.slug]);
    let address = format!("{list}/{}", row.id);
    Ok(versioned(HttpResponse::Created().insert_header((LOCATION, address)).json(view(row)), 1))
}

async fn must_exist(tx: &mut Conn, community: CommunityId, category: Option<CategoryId>) -> Result<()> {
    if let Some(id) = category
        && db::category::find(tx, community, id).await?.is_none()
    {
        return Err(Error::invalid(vec![Fault::field("category_id", "unknown")]));
    }
    Ok(())
}

/// Change a response template
///
/// What is left out stays as it is.
#[utoipa::path(tag = "categories", request_body = UpdateResponseTemplate,
    params(("community" = String, Path, description = "Slug or id"), ("id" = ResponseTemplateId, Path)),
    responses((status = OK, body = ResponseTemplate)))]
#[patch("/communities/{community}/response-templates/{id}")]
pub async fn update_response_template(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    seen: IfMatch,
    body: Body<UpdateResponseTemplate>,
) -> Result<HttpResponse> {
    let (community, id) = (actor.community_id(), named(&path.1)?);
    let UpdateResponseTemplate { category_id, title, body } = body.0;
    let row = app
        .db
        .transaction(async |tx| -> Result<_> {
            let before = db::response_template::find(tx, community, id).await?.ok_or(Code::NotFound)?;
            seen.check(before.version)?;
            must_exist(tx, community, category_id.flatten()).await?;
            let after = Row {
                category_id: category_id.unwrap_or(before.category_id),
                title: title.map_or_else(|| before.title.clone(), |title| title.trim().to_owned()),
                body: body.map_or_else(|| before.body.clone(), |body| body.trim().to_owned()),
                ..before.clone()
            };
            if after != before {
                let now = app.now();
                db::response_template::save(tx, &after, now).await?;
                let entry = Entry::new(AuditAction::ResponseTemplateChanged, id.0).asked_by(&request);
                record(tx, entry, now).await?;
            }
            Ok(db::response_template::find(tx, community, id).await?.ok_or(Code::NotFound)?)
        })
        .await?;
    let version = row.version;
    Ok(versioned(HttpResponse::Ok().json(view(row)), version))
}

/// Delete a response template
///
/// What was written with it stays as it is.
#[utoipa::path(tag = "categories",
    params(("community" = String, Path, description = "Slug or id"), ("id" = ResponseTemplateId, Path)),
    responses((status = NO_CONTENT, description = "It is gone")))]
#[delete("/communities/{community}/response-templates/{id}")]
pub async fn delete_response_template(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    seen: IfMatch,
) -> Result<HttpResponse> {
    let (community, id) = (actor.community_id(), named(&path.1)?);
    app.db
        .transaction(async |tx| -> Result<()> {
            let row = db::response_template::find(tx, community, id).await?.ok_or(Code::NotFound)?;
            seen.check(row.version)?;
            db::response_template::delete(tx, &row).await?;
            let entry = Entry::new(AuditAction::ResponseTemplateDeleted, id.0).asked_by(&request);
            Ok(record(tx, entry, app.now()).await?)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

fn named(text: &str) -> Result<ResponseTemplateId> {
    Ok(text.parse().map_err(|_| Code::NotFound)?)
}
