//! Changing the address that somebody signs in with.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use contract::account::{ChangeEmail, ConfirmEmail};
use contract::problem::Code;
use domain::account::{AccountMail, TokenPurpose};
use domain::audit::AuditAction;
use domain::rule::normal_email;

use super::mail::{self, Mail};
use super::{link, prove};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::http::caller::Caller;
use crate::http::error::{Error, Result};
use crate::http::input::Body;

/// Change the e-mail address
///
/// Takes the password, and a code where a second factor is on. Answers 202, also for an address that is somebody's: the mail tells. The address changes when the link in it is
/// followed; the present one gets a warning. Asking again takes earlier links back.
#[utoipa::path(tag = "account", request_body = ChangeEmail, responses((status = ACCEPTED, description = "Look at the mail")))]
#[post("/account/email")]
pub async fn change_email(
    app: Data<App>,
    caller: Caller,
    request: HttpRequest,
    body: Body<ChangeEmail>,
) -> Result<HttpResponse> {
    let Body(ChangeEmail { current_password, email, totp }) = body;
    let proven = prove::by_both(&app, caller, &request, current_password, totp).await?;
    let email = normal_email(&email);
    app.db
        .transaction(async |tx| -> Result<()> {
            let user = proven.lock(tx).await?;
            // The last address that was asked for counts: a link to a mistyped one is in somebody else's hands.
            db::account_token::take_back(tx, user.id, TokenPurpose::ChangeEmail, app.now()).await?;
            let new = link::New {
                purpose: TokenPurpose::ChangeEmail,
                email: &email,
                locale: &user.locale,
                user: Some(user.id),
                invitation: None,
            };
            link::send(tx, &app, new).await?;
            mail::enqueue(tx, &app, Mail::to(AccountMail::EmailChangeWarning, &user)).await
        })
        .await?;
    Ok(HttpResponse::Accepted().finish())
}

/// Confirm the new e-mail address
///
/// Takes the link of the mail. 410 where it was used or is older than 24 hours, another address was asked for or the
/// password changed since, or the address belongs to somebody by now.
#[utoipa::path(tag = "account", request_body = ConfirmEmail, responses((status = NO_CONTENT, description = "Changed")))]
#[post("/account/email/confirm")]
pub async fn confirm_email(
    app: Data<App>,
    request: HttpRequest,
    body: Body<ConfirmEmail>,
) -> Result<HttpResponse> {
    let link = {
        let conn = &mut *app.db.conn().await?;
        link::open(conn, &app, TokenPurpose::ChangeEmail, &body.0.token).await?
    };
    let user_id = link.token.user_id.ok_or(Code::Gone)?;
    let now = app.now();
    app.db
        .transaction(async |tx| -> Result<()> {
            link.spend(tx, &app).await?;
            let user = db::user::lock(tx, user_id).await?;
            link.fits(&user)?;
            db::user::set_email(tx, user.id, &link.email, now).await.map_err(|refused| match refused {
                db::Error::Conflict(_) => Error::from(Code::Gone),
                other => other.into(),
            })?;
            let entry = Entry::new(AuditAction::AccountEmailChanged, user.id.0).asked_by(&request);
            Ok(audit::record(tx, entry.user(user.id), now).await?)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
