//! `POST /session`, `POST /session/refresh`, `DELETE /session`.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::{ORIGIN, USER_AGENT};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, post};
use chrono::{DateTime, TimeDelta, Utc};
use contract::problem::Code;
use contract::session::{RefreshSession, Session, SignIn};
use db::session::RefreshToken;
use domain::audit::AuditAction;
use domain::id::{SessionId, UserId};
use domain::rule::normal_email;
use uuid::Uuid;

use super::{password, token};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::http::caller::Caller;
use crate::http::error::{Error, Result};
use crate::http::input::Body;
use crate::http::peer::is_own_origin;

const COOKIE: &str = "kommunity_refresh";
const COOKIE_PATH: &str = "/api/v1/session";
/// A token that was just replaced works so long, while its successor is unused: two tabs, a lost answer.
const GRACE: TimeDelta = TimeDelta::seconds(30);

/// Sign in
///
/// Answers an access token, and the refresh token as a cookie (or in the body, where asked for).
#[utoipa::path(tag = "session", request_body = SignIn, responses((status = OK, body = Session)))]
#[post("/session")]
pub async fn sign_in(app: Data<App>, request: HttpRequest, body: Body<SignIn>) -> Result<HttpResponse> {
    let Body(SignIn { email, password, totp: _, refresh_token_in_body }) = body;
    let email = normal_email(&email);
    let user = db::user::find_by_email(&mut *app.db.conn().await?, &email).await?;
    let known = user.as_ref().and_then(|user| user.password_hash.clone());
    let right = password::verify(&app, password, known).await?;
    let user = user.filter(|_| right).ok_or(Code::BadCredentials)?;

    let now = app.now();
    let session = db::session::Session {
        id: SessionId(Uuid::now_v7()),
        user_id: user.id,
        user_agent: agent(&request),
        created_at: now,
        last_used_at: now,
        revoked_at: None,
    };
    let (refresh, hash) = token::new_refresh_token();
    app.db
        .transaction(async |tx| {
            db::session::insert(tx, &session).await?;
            db::session::insert_token(tx, &fresh(session.id, hash, None, now)).await?;
            let entry = Entry::new(AuditAction::SessionCreated, session.id.0).asked_by(&request);
            audit::record(tx, entry.user(user.id).session(session.id), now).await
        })
        .await?;
    answer(&app, user.id, session.id, refresh, refresh_token_in_body, now)
}

/// Refresh a session
///
/// Trades the refresh token (from the cookie, or from the body) for a new one and a new access token. A token that was
/// replaced works for 30 more seconds while its successor is unused; any other reuse ends the session.
#[utoipa::path(tag = "session", request_body = RefreshSession, responses((status = OK, body = Session)))]
#[post("/session/refresh")]
pub async fn refresh_session(
    app: Data<App>,
    request: HttpRequest,
    body: Body<RefreshSession>,
) -> Result<HttpResponse> {
    let in_body = body.0.refresh_token.is_some();
    if !in_body {
        check_origin(&app, &request)?;
    }
    let cookie = || request.cookie(COOKIE).map(|cookie| cookie.value().to_owned());
    let given = body.0.refresh_token.or_else(cookie).ok_or(Code::NotSignedIn)?;
    let now = app.now();
    let (refresh, hash) = token::new_refresh_token();
    // `None` where the session was ended because its token was stolen: that must be committed, too.
    let renewed = app
        .db
        .transaction(async |tx| -> Result<Option<(UserId, SessionId)>> {
            let given = token::refresh_hash(&given);
            let known = db::session::find_token(tx, &given).await?.ok_or(Code::NotSignedIn)?;
            let session = db::session::lock(tx, known.session_id).await?;
            // Read again under the lock: another tab may have used it meanwhile.
            let known = db::session::find_token(tx, &given).await?.ok_or(Code::NotSignedIn)?;
            if session.revoked_at.is_some() || known.expires_at <= now {
                return Err(Code::NotSignedIn.into());
            }
            let reused = match known.rotated_at {
                None => false,
                Some(at) => now - at > GRACE || db::session::successor_used(tx, &given).await?,
            };
            if reused {
                db::session::revoke(tx, session.id, now).await?;
                let entry = Entry::new(AuditAction::SessionReuseDetected, session.id.0).asked_by(&request);
                audit::record(tx, entry.user(session.user_id), now).await?;
                app.forget_session(session.id);
                return Ok(None);
            }
            db::session::mark_rotated(tx, &given, now).await?;
            db::session::insert_token(tx, &fresh(session.id, hash, Some(given), now)).await?;
            db::session::touch(tx, session.id, now).await?;
            Ok(Some((session.user_id, session.id)))
        })
        .await?;
    let (user, session) = renewed.ok_or(Code::NotSignedIn)?;
    answer(&app, user, session, refresh, in_body, now)
}

/// Sign out
///
/// Ends this session on this device; its tokens work nowhere any more.
#[utoipa::path(tag = "session", responses((status = NO_CONTENT, description = "Signed out")))]
#[delete("/session")]
pub async fn sign_out(app: Data<App>, caller: Caller, request: HttpRequest) -> Result<HttpResponse> {
    let now = app.now();
    app.db
        .transaction(async |tx| {
            db::session::revoke(tx, caller.session_id, now).await?;
            let entry = Entry::new(AuditAction::SessionEnded, caller.session_id.0).asked_by(&request);
            audit::record(tx, entry, now).await
        })
        .await?;
    app.forget_session(caller.session_id);
    let mut gone = cookie(&app, String::new());
    gone.set_max_age(Duration::ZERO);
    Ok(HttpResponse::NoContent().cookie(gone).finish())
}

fn fresh(session: SessionId, hash: Vec<u8>, parent: Option<Vec<u8>>, now: DateTime<Utc>) -> RefreshToken {
    RefreshToken {
        hash,
        session_id: session,
        parent,
        issued_at: now,
        expires_at: now + token::refresh_lifetime(),
        rotated_at: None,
    }
}

fn answer(
    app: &App,
    user: UserId,
    session: SessionId,
    refresh: String,
    in_body: bool,
    now: DateTime<Utc>,
) -> Result<HttpResponse> {
    let access_token = app.tokens.issue(user, session, now).map_err(Error::internal)?;
    let mut response = HttpResponse::Ok();
    if !in_body {
        response.cookie(cookie(app, refresh.clone()));
    }
    Ok(response.json(Session {
        access_token,
        token_type: "Bearer".into(),
        expires_in: token::ACCESS_SECONDS,
        refresh_token: in_body.then_some(refresh),
        must_change_password: false,
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

/// A cookie is only taken from our own pages. Clients that send no `Origin` are not browsers.
fn check_origin(app: &App, request: &HttpRequest) -> Result<()> {
    let Some(origin) = request.headers().get(ORIGIN) else { return Ok(()) };
    if is_own_origin(&app.config, origin.to_str().unwrap_or_default()) {
        Ok(())
    } else {
        Err(Code::NotAllowed.into())
    }
}

fn agent(request: &HttpRequest) -> String {
    let agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    agent.chars().take(200).collect()
}
