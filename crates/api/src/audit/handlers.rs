//! `GET …/audit-events`.

use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use contract::audit::{AuditEvent, AuditEventQuery};
use contract::page::Page;
use db::audit::chain::Chain;
use db::audit::list::{self, Filter};

use super::names::Names;
use crate::app::App;
use crate::http::caller::CurrentActor;
use crate::http::error::Result;
use crate::http::input::Query;
use crate::http::page;

/// List audit events
///
/// Who did what in this community, newest first. Names are those of today.
#[utoipa::path(tag = "audit",
    params(("community" = String, Path, description = "Slug or id"), AuditEventQuery),
    responses((status = OK, body = Page<AuditEvent>)))]
#[get("/communities/{community}/audit-events")]
pub async fn list_audit_events(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    query: Query<AuditEventQuery>,
) -> Result<HttpResponse> {
    answer(&app, Chain::of(actor.community_id()), &request, query.0).await
}

/// List audit events of the platform
///
/// For operators: sessions, accounts and keys, newest first; ids only, no personal data.
#[utoipa::path(tag = "audit", params(AuditEventQuery), responses((status = OK, body = Page<AuditEvent>)))]
#[get("/audit-events")]
pub async fn list_platform_audit_events(
    app: Data<App>,
    request: HttpRequest,
    query: Query<AuditEventQuery>,
) -> Result<HttpResponse> {
    answer(&app, Chain::PLATFORM, &request, query.0).await
}

async fn answer(
    app: &App,
    chain: Chain,
    request: &HttpRequest,
    query: AuditEventQuery,
) -> Result<HttpResponse> {
    let AuditEventQuery { actor, action, entity_kind, entity_id, from, to, q, cursor, limit } = query;
    let filter = Filter { actor, action, entity_kind, entity_id, from, to, q };
    let limit = page::limit(limit);
    let after = page::newest(cursor.as_deref())?;
    let conn = &mut *app.db.conn().await?;
    let rows = list::list(conn, chain, &filter, after, limit + 1).await?;
    let names = Names::of(conn, chain, &rows).await?;
    let sealed = list::sealed(conn, &rows.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let language = language(app, request);
    let page = page::page(
        rows,
        limit,
        |row| (row.at, row.id),
        |row| {
            let sealed = sealed.contains(&row.id);
            names.view(&app.messages, language, row, sealed)
        },
    );
    Ok(page::answer(request, &page))
}

/// The language that a caller asks for.
pub fn language(app: &App, request: &HttpRequest) -> &'static str {
    let accepted = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    app.messages.negotiate(accepted)
}
