//! Where the user is signed in.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get};
use contract::page::Page;
use contract::session::{SessionQuery, SessionSummary};
use domain::audit::AuditAction;
use domain::id::SessionId;

use super::{grant, token};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::http::caller::Caller;
use crate::http::error::Result;
use crate::http::input::Query;
use crate::http::page;

/// List sessions
///
/// The devices on which the user is signed in, the newest first.
#[utoipa::path(tag = "session", params(SessionQuery), responses((status = OK, body = Page<SessionSummary>)))]
#[get("/account/sessions")]
pub async fn list_sessions(
    app: Data<App>,
    caller: Caller,
    request: HttpRequest,
    query: Query<SessionQuery>,
) -> Result<HttpResponse> {
    let limit = page::limit(query.0.limit);
    let after = page::begin(query.0.cursor.as_deref())?;
    // Whoever did not come back for so long has no token that works.
    let since = app.now() - token::refresh_lifetime();
    let conn = &mut *app.db.conn().await?;
    let rows = db::session::list(conn, caller.user_id, since, after, limit + 1).await?;
    let view = |row: db::session::Session| {
        let db::session::Session { id, user_id: _, user_agent, created_at, last_used_at, revoked_at: _ } =
            row;
        SessionSummary { id, user_agent, created_at, last_used_at, is_current: id == caller.session_id }
    };
    Ok(page::answer(&request, &page::page(rows, limit, |row| row.id, view)))
}

/// End a session
///
/// Signs one device out. Its tokens work nowhere any more: here at once, on other servers within five seconds.
#[utoipa::path(
    tag = "session",
    params(("id" = SessionId, Path, description = "The session")),
    responses((status = NO_CONTENT, description = "Ended"))
)]
#[delete("/account/sessions/{id}")]
pub async fn revoke_session(
    app: Data<App>,
    caller: Caller,
    request: HttpRequest,
    id: Path<SessionId>,
) -> Result<HttpResponse> {
    let (now, id) = (app.now(), id.into_inner());
    app.db
        .transaction(async |tx| {
            db::session::revoke_own(tx, caller.user_id, id, now).await?;
            let entry = Entry::new(AuditAction::SessionRevoked, id.0).asked_by(&request);
            audit::record(tx, entry, now).await
        })
        .await?;
    app.forget_session(id);
    Ok(HttpResponse::NoContent().finish())
}

/// Sign out everywhere
///
/// Ends all sessions, this one too.
#[utoipa::path(tag = "session", responses((status = NO_CONTENT, description = "Signed out everywhere")))]
#[delete("/account/sessions")]
pub async fn revoke_all_sessions(
    app: Data<App>,
    caller: Caller,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let now = app.now();
    let ended = app
        .db
        .transaction(async |tx| {
            let ended = db::session::revoke_all(tx, caller.user_id, None, now).await?;
            let entry = Entry::new(AuditAction::SessionsRevoked, caller.user_id.0).asked_by(&request);
            audit::record(tx, entry, now).await.map(|()| ended)
        })
        .await?;
    app.forget_sessions(&ended);
    Ok(HttpResponse::NoContent().cookie(grant::no_cookie(&app)).finish())
}
