//! Turning the second factor on and off.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, post};
use contract::account::{ConfirmTotp, ProvePassword, RecoveryCodes, TotpSecret};
use contract::problem::Code;
use db::Conn;
use db::user::User;
use domain::account::AccountMail;
use domain::audit::AuditAction;

use super::mail::{self, Mail};
use super::prove;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::http::caller::Caller;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::session::throttle::{self, Of};
use crate::session::{second_factor, totp};
use crate::vault;

/// Start an authenticator app
///
/// Answers a new secret. It counts from the moment in which a code of it was confirmed; until then, it can be started
/// anew. 409 where one is on already: turn that off first.
#[utoipa::path(tag = "account", request_body = ProvePassword, responses((status = OK, body = TotpSecret)))]
#[post("/account/totp")]
pub async fn start_totp(
    app: Data<App>,
    caller: Caller,
    body: Body<ProvePassword>,
) -> Result<Json<TotpSecret>> {
    let proven = prove::by_password(&app, caller, body.0.current_password).await?;
    let secret = totp::new_secret();
    let sealed =
        app.vault.seal(&vault::TOTP_SECRET.context(proven.user.id.0), &secret).map_err(Error::internal)?;
    app.db
        .transaction(async |tx| -> Result<()> {
            let user = proven.lock(tx).await?;
            match user.totp_confirmed_at {
                Some(_) => Err(Code::Duplicate.into()),
                None => Ok(db::user::set_totp(tx, user.id, Some(&sealed), None).await?),
            }
        })
        .await?;
    let account = proven.user.email.or(proven.user.sign_in_name).unwrap_or_default();
    let uri = totp::uri(&secret, &account);
    let qr_svg = totp::qr_svg(&uri).map_err(Error::internal)?;
    Ok(Json(TotpSecret { secret: totp::base32(&secret), uri, qr_svg }))
}

/// Confirm the authenticator app
///
/// Takes a code that it shows. From now on it is asked for when signing in. Answers recovery codes, this one time.
#[utoipa::path(tag = "account", request_body = ConfirmTotp, responses((status = OK, body = RecoveryCodes)))]
#[post("/account/totp/confirm")]
pub async fn confirm_totp(
    app: Data<App>,
    caller: Caller,
    request: HttpRequest,
    body: Body<ConfirmTotp>,
) -> Result<Json<RecoveryCodes>> {
    let now = app.now();
    let guess = throttle::count(&app, &[Of::User(caller.user_id)]).await?;
    let codes = app
        .db
        .transaction(async |tx| -> Result<RecoveryCodes> {
            let user = db::user::lock(tx, caller.user_id).await?;
            if user.totp_confirmed_at.is_some() {
                return Err(Code::Duplicate.into());
            }
            let sealed = user.totp_secret.clone().ok_or(Code::Gone)?;
            let secret = second_factor::open(&app, &user, &sealed)?;
            let step = totp::matching_step(&secret, &body.0.code, user.totp_last_step, now)
                .ok_or_else(|| Error::invalid(vec![Fault::field("code", "wrong_code")]))?;
            db::user::use_totp_step(tx, user.id, step).await?;
            db::user::set_totp(tx, user.id, Some(&sealed), Some(now)).await?;
            let entry = Entry::new(AuditAction::AccountTotpEnabled, user.id.0).asked_by(&request);
            audit::record(tx, entry, now).await?;
            mail::enqueue(tx, &app, Mail::to(AccountMail::TotpEnabled, &user)).await?;
            guess.was_right(tx, &app).await?;
            renew(tx, &user).await
        })
        .await?;
    Ok(Json(codes))
}

/// Turn the authenticator app off
///
/// Takes the password and a code. Signing in needs only the password again; its recovery codes work no more.
#[utoipa::path(tag = "account", request_body = ProvePassword, responses((status = NO_CONTENT, description = "Off")))]
#[post("/account/totp/remove")]
pub async fn remove_totp(
    app: Data<App>,
    caller: Caller,
    request: HttpRequest,
    body: Body<ProvePassword>,
) -> Result<HttpResponse> {
    let ProvePassword { current_password, totp } = body.0;
    let proven = prove::by_both(&app, caller, &request, current_password, totp).await?;
    let now = app.now();
    app.db
        .transaction(async |tx| -> Result<()> {
            let user = proven.lock(tx).await?;
            if user.totp_secret.is_none() {
                return Ok(());
            }
            db::user::set_totp(tx, user.id, None, None).await?;
            db::recovery_code::replace(tx, user.id, &[]).await?;
            // One that was only started never counted, and so is no news.
            if user.totp_confirmed_at.is_none() {
                return Ok(());
            }
            let entry = Entry::new(AuditAction::AccountTotpDisabled, user.id.0).asked_by(&request);
            audit::record(tx, entry, now).await?;
            mail::enqueue(tx, &app, Mail::to(AccountMail::TotpDisabled, &user)).await
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Renew the recovery codes
///
/// Takes the password and a code. Answers new ones, this one time; the old ones work no more. 409 where no authenticator app is on.
#[utoipa::path(tag = "account", request_body = ProvePassword, responses((status = OK, body = RecoveryCodes)))]
#[post("/account/recovery-codes")]
pub async fn renew_recovery_codes(
    app: Data<App>,
    caller: Caller,
    request: HttpRequest,
    body: Body<ProvePassword>,
) -> Result<Json<RecoveryCodes>> {
    let ProvePassword { current_password, totp } = body.0;
    let proven = prove::by_both(&app, caller, &request, current_password, totp).await?;
    let now = app.now();
    let codes = app
        .db
        .transaction(async |tx| -> Result<RecoveryCodes> {
            let user = proven.lock(tx).await?;
            if user.totp_confirmed_at.is_none() {
                return Err(Code::WrongState.into());
            }
            let entry = Entry::new(AuditAction::AccountRecoveryCodesMade, user.id.0).asked_by(&request);
            audit::record(tx, entry, now).await?;
            renew(tx, &user).await
        })
        .await?;
    Ok(Json(codes))
}

async fn renew(tx: &mut Conn, user: &User) -> Result<RecoveryCodes> {
    let (codes, hashes): (Vec<String>, Vec<Vec<u8>>) = totp::new_recovery_codes().into_iter().unzip();
    db::recovery_code::replace(tx, user.id, &hashes).await?;
    Ok(RecoveryCodes { codes })
}
