//! Handing out tokens: a session begins, and goes on.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::USER_AGENT;
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use contract::session::Session;
use db::Conn;
use db::session::RefreshToken;
use db::user::User;
use domain::audit::AuditAction;
use domain::id::SessionId;
use uuid::Uuid;

use super::token;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::http::error::{Error, Result};
use crate::vault::Vault;

pub const COOKIE: &str = "kommunity_refresh";
const COOKIE_PATH: &str = "/api/v1/session";

/// A session and the refresh token that keeps it.
pub struct Grant {
    pub session: SessionId,
    pub refresh: String,
}

/// A new session for somebody who has proven who they are.
pub async fn begin(tx: &mut Conn, request: &HttpRequest, user: &User, now: DateTime<Utc>) -> Result<Grant> {
    let session = db::session::Session {
        id: SessionId(Uuid::now_v7()),
        user_id: user.id,
        user_agent: agent(request),
        created_at: now,
        last_used_at: now,
        revoked_at: None,
    };
    let (refresh, hash) = token::new_secret();
    db::session::insert(tx, &session).await?;
    db::session::insert_token(tx, &fresh(session.id, hash, None, now)).await?;
    let entry = Entry::new(AuditAction::SessionCreated, session.id.0).asked_by(request);
    audit::record(tx, entry.user(user.id).session(session.id), now).await?;
    Ok(Grant { session: session.id, refresh })
}

/// The tokens that may follow this one, by each key of ours, the newest first. Whoever asks again with the same token
/// gets the same answer: so a family never has two lines, and a thief's next use of theirs shows.
pub fn successors(vault: &Vault, refresh: &str) -> impl Iterator<Item = (String, Vec<u8>)> {
    vault.fingerprints("refresh token", refresh.as_bytes()).into_iter().map(|bytes| {
        let next = URL_SAFE_NO_PAD.encode(bytes);
        let hash = token::secret_digest(&next);
        (next, hash)
    })
}

pub fn fresh(session: SessionId, hash: Vec<u8>, parent: Option<Vec<u8>>, now: DateTime<Utc>) -> RefreshToken {
    RefreshToken {
        hash,
        session_id: session,
        parent,
        issued_at: now,
        expires_at: now + token::refresh_lifetime(),
        rotated_at: None,
    }
}

pub fn answer(app: &App, user: &User, grant: Grant, in_body: bool) -> Result<HttpResponse> {
    let Grant { session, refresh } = grant;
    let access_token = app.tokens.issue(user.id, session, app.now()).map_err(Error::internal)?;
    let mut response = HttpResponse::Ok();
    if !in_body {
        response.cookie(cookie(app, refresh.clone()));
    }
    Ok(response.json(Session {
        access_token,
        token_type: "Bearer".into(),
        expires_in: token::ACCESS_SECONDS,
        refresh_token: in_body.then_some(refresh),
        must_change_password: user.must_change_password,
    }))
}

fn cookie(app: &App, value: String) -> Cookie<'static> {
    Cookie::build(COOKIE, value)
        .path(COOKIE_PATH)
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(app.config.public_url.starts_with("https://"))
        .max_age(Duration::days(token::REFRESH_DAYS))
        .finish()
}

/// Takes the cookie away from the browser.
pub fn no_cookie(app: &App) -> Cookie<'static> {
    let mut gone = cookie(app, String::new());
    gone.set_max_age(Duration::ZERO);
    gone
}

fn agent(request: &HttpRequest) -> String {
    let agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    agent.chars().take(200).collect()
}
