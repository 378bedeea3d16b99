//! Invitations that are there: list, revoke, and what their links lead to.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get};
use contract::invitation::{Invitation, InvitationPreview, InvitationQuery, Welcome};
use contract::page::Page;
use contract::problem::Code;
use domain::audit::AuditAction;
use domain::id::InvitationId;

use super::{accept, view};
use crate::app::App;
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::Result;
use crate::http::input::Query;
use crate::http::page;
use crate::http::precondition::IfMatch;
use crate::member::join;

/// List invitations
///
/// Those that can still be used, the newest first.
#[utoipa::path(tag = "members",
    params(("community" = String, Path, description = "Slug or id"), InvitationQuery),
    responses((status = OK, body = Page<Invitation>)))]
#[get("/communities/{community}/invitations")]
pub async fn list_invitations(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    query: Query<InvitationQuery>,
) -> Result<HttpResponse> {
    let limit = page::limit(query.0.limit);
    let after = page::newest(query.0.cursor.as_deref())?;
    let conn = &mut *app.db.conn().await?;
    let rows = db::invitation::list_usable(conn, actor.community_id(), app.now(), after, limit + 1).await?;
    let page = page::page(
        rows,
        limit,
        |row| (row.invitation.created_at, row.invitation.id),
        |row| view::invitation(&app, row),
    );
    Ok(page::answer(&request, &page))
}

/// Take back an invitation
///
/// Nobody can use it any more. Those who have stay members.
#[utoipa::path(tag = "members",
    params(("community" = String, Path, description = "Slug or id"), ("id" = InvitationId, Path)),
    responses((status = NO_CONTENT, description = "It is taken back")))]
#[delete("/communities/{community}/invitations/{id}")]
pub async fn revoke_invitation(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    seen: IfMatch,
) -> Result<HttpResponse> {
    let id: InvitationId = path.1.parse().map_err(|_| Code::NotFound)?;
    app.db
        .transaction(async |tx| -> Result<()> {
            db::member::lock_all(tx, actor.community_id()).await?;
            let found = db::invitation::find(tx, actor.community_id(), id).await?.ok_or(Code::NotFound)?;
            seen.check(found.invitation.version)?;
            let now = app.now();
            if !found.invitation.is_usable(now) {
                return Err(Code::Gone.into());
            }
            db::invitation::revoke(tx, &found.invitation, now).await?;
            let entry = Entry::new(AuditAction::InvitationRevoked, id.0).asked_by(&request);
            Ok(record(tx, entry, now).await?)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Preview an invitation
///
/// What its link leads to, for whoever has it.
#[utoipa::path(tag = "members", params(("token" = String, Path, description = "Out of the link")),
    responses((status = OK, body = InvitationPreview)))]
#[get("/invitations/{token}")]
pub async fn preview_invitation(app: Data<App>, path: Path<String>) -> Result<Json<InvitationPreview>> {
    let conn = &mut *app.db.conn().await?;
    let (community, invitation) = accept::usable(conn, &app, &path).await?;
    let found = db::invitation::find(conn, community.id, invitation.id).await?.ok_or(Code::Gone)?;
    Ok(Json(InvitationPreview {
        community_name: community.name,
        community_slug: community.slug,
        kind: community.kind,
        roles: invitation.roles,
        unit_number: found.unit,
        is_personal: invitation.email_sealed.is_some(),
        expires_at: invitation.expires_at,
    }))
}

/// Look at a community from outside
///
/// The name of a community that takes requests to join. Any other is not found.
#[utoipa::path(tag = "communities", params(("slug" = String, Path)), responses((status = OK, body = Welcome)))]
#[get("/welcome/{slug}")]
pub async fn welcome_to_community(app: Data<App>, path: Path<String>) -> Result<Json<Welcome>> {
    let found = join::open_community(&mut *app.db.conn().await?, &path).await?.ok_or(Code::NotFound)?;
    Ok(Json(Welcome { slug: found.slug, name: found.name, kind: found.kind }))
}
