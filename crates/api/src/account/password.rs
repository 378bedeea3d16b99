//! Changing the password, knowing the present one or by a link in mail.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use contract::account::{AskPasswordReset, ChangePassword, ResetPassword};
use contract::problem::Code;
use db::Conn;
use db::user::User;
use domain::account::{AccountMail, TokenPurpose};
use domain::audit::AuditAction;
use domain::id::SessionId;
use domain::rule::normal_email;

use super::mail::{self, Mail};
use super::register::language;
use super::{link, prove};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::http::caller::Caller;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::session::{password, throttle};

/// Ask for a new password
///
/// Always answers 202, whether or not there is an account: the mail tells. At most three mails an hour go to an address.
#[utoipa::path(tag = "account", request_body = AskPasswordReset, responses((status = ACCEPTED, description = "Look at the mail")))]
#[post("/account/password-reset")]
pub async fn ask_password_reset(
    app: Data<App>,
    request: HttpRequest,
    body: Body<AskPasswordReset>,
) -> Result<HttpResponse> {
    let email = normal_email(&body.0.email);
    let new = link::New {
        purpose: TokenPurpose::ResetPassword,
        email: &email,
        locale: language(&app, &request),
        user: None,
        invitation: None,
    };
    app.db.transaction(async |tx| link::send(tx, &app, new).await).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// Choose a new password
///
/// Takes the link of the mail, and signs out everywhere. 410 where the link was used or is older than 30 minutes, or the
/// password was changed since.
#[utoipa::path(tag = "account", request_body = ResetPassword, responses((status = NO_CONTENT, description = "Changed")))]
#[post("/account/password-reset/confirm")]
pub async fn reset_password(
    app: Data<App>,
    request: HttpRequest,
    body: Body<ResetPassword>,
) -> Result<HttpResponse> {
    let Body(ResetPassword { token, password }) = body;
    let (link, user) = {
        let conn = &mut *app.db.conn().await?;
        let link = link::open(conn, &app, TokenPurpose::ResetPassword, &token).await?;
        let user = db::user::find_by_email(conn, &link.email).await?.ok_or(Code::Gone)?;
        link.fits(&user)?;
        (link, user)
    };
    let own = prove::own_words(&app, &user).await?;
    let hash = password::chosen(&app, password, own).await?;
    let now = app.now();
    let ended = app
        .db
        .transaction(async |tx| -> Result<Vec<SessionId>> {
            link.spend(tx, &app).await?;
            let user = db::user::lock(tx, user.id).await?;
            link.fits(&user)?;
            let entry = Entry::new(AuditAction::AccountPasswordReset, user.id.0).asked_by(&request);
            audit::record(tx, entry.user(user.id), now).await?;
            let ended = set(tx, &app, &user, &hash, None).await?;
            throttle::forgive(tx, &app, &link.email).await?;
            Ok(ended)
        })
        .await?;
    app.forget_sessions(&ended);
    Ok(HttpResponse::NoContent().finish())
}

/// Change the password
///
/// Signs out everywhere else.
#[utoipa::path(tag = "account", request_body = ChangePassword, responses((status = NO_CONTENT, description = "Changed")))]
#[post("/account/password")]
pub async fn change_password(
    app: Data<App>,
    caller: Caller,
    request: HttpRequest,
    body: Body<ChangePassword>,
) -> Result<HttpResponse> {
    let Body(ChangePassword { current_password, password }) = body;
    let unchanged = current_password == password;
    let proven = prove::by_password(&app, caller, current_password).await?;
    if unchanged {
        return Err(Error::invalid(vec![Fault::field("password", "unchanged")]));
    }
    let own = prove::own_words(&app, &proven.user).await?;
    let hash = password::chosen(&app, password, own).await?;
    let now = app.now();
    let ended = app
        .db
        .transaction(async |tx| -> Result<Vec<SessionId>> {
            let user = proven.lock(tx).await?;
            let entry = Entry::new(AuditAction::AccountPasswordChanged, user.id.0).asked_by(&request);
            audit::record(tx, entry, now).await?;
            set(tx, &app, &user, &hash, Some(caller.session_id)).await
        })
        .await?;
    app.forget_sessions(&ended);
    // Here goes on whoever had to change it first.
    app.forget_session(caller.session_id);
    Ok(HttpResponse::NoContent().finish())
}

/// A password that its owner chose: ends all sessions but one, and tells the owner. Answers which ended.
async fn set(
    tx: &mut Conn,
    app: &App,
    user: &User,
    hash: &str,
    spared: Option<SessionId>,
) -> Result<Vec<SessionId>> {
    let now = app.now();
    db::user::set_password(tx, user.id, hash, true, now).await?;
    let ended = db::session::revoke_all(tx, user.id, spared, now).await?;
    mail::enqueue(tx, app, Mail::to(AccountMail::PasswordChanged, user)).await?;
    Ok(ended)
}
