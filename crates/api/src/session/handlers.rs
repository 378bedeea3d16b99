//! `POST /session`, `POST /session/refresh`, `DELETE /session`.

use actix_web::http::header::ORIGIN;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, post};
use chrono::{DateTime, TimeDelta, Utc};
use contract::problem::Code;
use contract::session::{RefreshSession, Session, SignIn};
use db::Conn;
use db::user::{Identity, User};
use domain::account::AccountMail;
use domain::audit::AuditAction;
use domain::id::{SessionId, UserId};
use domain::rule::normal_email;

use super::grant::{self, Grant};
use super::second_factor::{self, Outcome};
use super::throttle::{self, Guess, Of};
use super::{password, token};
use crate::account::mail::{self, Mail};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::http::caller::Caller;
use crate::http::error::Result;
use crate::http::input::Body;
use crate::http::peer::{client_address, is_own_origin};

/// A token that was just replaced works so long, while its successor is unused: two tabs, a lost answer.
const GRACE: TimeDelta = TimeDelta::seconds(30);

/// Sign in
///
/// Answers an access token, and the refresh token as a cookie (or in the body, where asked for). After five wrong
/// guesses at an account, whether or not there is one, each further guess has to wait longer, up to 15 minutes.
#[utoipa::path(tag = "session", request_body = SignIn, responses((status = OK, body = Session)))]
#[post("/session")]
pub async fn sign_in(app: Data<App>, request: HttpRequest, body: Body<SignIn>) -> Result<HttpResponse> {
    let Body(SignIn { email, password, totp, refresh_token_in_body }) = body;
    let login = normal_email(&email);
    let guess = throttle::count(&app, &[Of::Login(&login), Of::Address(client_address(&request))]).await?;
    let identity = Identity::of_login(&login);
    let user = db::user::find_by_identity(&mut *app.db.conn().await?, &identity).await?;
    let known = user.as_ref().and_then(|user| user.password_hash.clone());
    let right = password::verify(&app, password, known.clone()).await?;
    let now = app.now();
    let Some(user) = user.as_ref().filter(|_| right) else {
        let guessed_at = user.map(|user| user.id);
        app.db.transaction(async |tx| note_guessing(tx, &request, &guess, guessed_at, now).await).await?;
        return Err(Code::BadCredentials.into());
    };
    let grant = app
        .db
        .transaction(async |tx| -> Result<std::result::Result<Grant, Code>> {
            let user = &db::user::lock(tx, user.id).await?;
            // Whoever chose another password meanwhile has ended all sessions, and wants no more of the old one's.
            if user.password_hash != known {
                note_guessing(tx, &request, &guess, Some(user.id), now).await?;
                return Ok(Err(Code::BadCredentials));
            }
            match second_factor::check(tx, &app, user, totp.as_deref(), now).await? {
                // Committed, so that asking for the code costs nobody a guess.
                Outcome::Missing => {
                    return guess.was_none(tx, &app).await.map(|()| Err(Code::SecondFactorRequired));
                }
                Outcome::Wrong => {
                    note_guessing(tx, &request, &guess, Some(user.id), now).await?;
                    return Ok(Err(Code::BadSecondFactor));
                }
                Outcome::RecoveryCode => {
                    let entry =
                        Entry::new(AuditAction::AccountRecoveryCodeUsed, user.id.0).asked_by(&request);
                    audit::record(tx, entry.user(user.id), now).await?;
                }
                Outcome::NotAsked | Outcome::Code => {}
            }
            let grant = grant::begin(tx, &request, user, now).await?;
            guess.was_right(tx, &app).await?;
            Ok(Ok(grant))
        })
        .await??;
    grant::answer(&app, user, grant, refresh_token_in_body)
}

/// The trail hears of guessing once, when it begins to be slowed down; also at logins that are nobody's, or the time that
/// writing takes would tell.
async fn note_guessing(
    tx: &mut Conn,
    request: &HttpRequest,
    guess: &Guess,
    at: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<()> {
    if !guess.is_last_free {
        return Ok(());
    }
    let entry = Entry::new(AuditAction::SessionFailed, at.map(|user| user.0)).asked_by(request);
    Ok(audit::record(tx, entry, now).await?)
}

/// Refresh a session
///
/// Trades the refresh token (from the cookie, or from the body) for a new one and a new access token. A token that was
/// replaced answers the same successor for 30 more seconds while that is unused; any other reuse ends the session.
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
    let cookie = || request.cookie(grant::COOKIE).map(|cookie| cookie.value().to_owned());
    let given = body.0.refresh_token.or_else(cookie).ok_or(Code::NotSignedIn)?;
    // An end that follows from a theft must be committed, and so is no error in here.
    match app.db.transaction(async |tx| renew(tx, &app, &request, &given).await).await? {
        Ok((user, grant)) => grant::answer(&app, &user, grant, in_body),
        Err(ended) => {
            app.forget_session(ended);
            Err(Code::NotSignedIn.into())
        }
    }
}

/// The next tokens; or the session that was ended, because a copy of its token turned up: whoever has one, has none any
/// more.
async fn renew(
    tx: &mut Conn,
    app: &App,
    request: &HttpRequest,
    given: &str,
) -> Result<std::result::Result<(User, Grant), SessionId>> {
    let (now, hash) = (app.now(), token::secret_digest(given));
    let known = db::session::find_token(tx, &hash).await?.ok_or(Code::NotSignedIn)?;
    let session = db::session::lock(tx, known.session_id).await?;
    // Read again under the lock: another tab may have used it meanwhile.
    let known = db::session::find_token(tx, &hash).await?.ok_or(Code::NotSignedIn)?;
    if session.revoked_at.is_some() || known.expires_at <= now {
        return Err(Code::NotSignedIn.into());
    }
    let user = db::user::get(tx, session.user_id).await?;
    let mut successors = grant::successors(&app.vault, given);
    let next = match (known.rotated_at, db::session::find_successor(tx, &hash).await?) {
        (None, _) => {
            let (next, next_hash) = successors.next().ok_or(Code::NotSignedIn)?;
            db::session::mark_rotated(tx, &hash, now).await?;
            db::session::insert_token(tx, &grant::fresh(session.id, next_hash, Some(hash), now)).await?;
            Some(next)
        }
        (Some(at), Some(heir)) if now - at <= GRACE && heir.rotated_at.is_none() => {
            let same = successors.find(|(_, hash)| *hash == heir.hash);
            Some(same.ok_or(Code::NotSignedIn)?.0)
        }
        (Some(_), _) => None,
    };
    let Some(refresh) = next else {
        db::session::revoke(tx, session.id, now).await?;
        let entry = Entry::new(AuditAction::SessionReuseDetected, session.id.0).asked_by(request);
        audit::record(tx, entry.user(user.id), now).await?;
        mail::enqueue(tx, app, Mail::to(AccountMail::SessionReuse, &user)).await?;
        return Ok(Err(session.id));
    };
    db::session::touch(tx, session.id, now).await?;
    Ok(Ok((user, Grant { session: session.id, refresh })))
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
    Ok(HttpResponse::NoContent().cookie(grant::no_cookie(&app)).finish())
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
