//! From an address to an account. The password is chosen behind the link of the mail, so that nobody can prepare an
//! account for somebody else.

use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use contract::account::{Register, VerifyAccount};
use contract::problem::Code;
use contract::session::Session;
use db::user::User;
use domain::account::TokenPurpose;
use domain::audit::AuditAction;
use domain::id::{InvitationId, UserId};
use domain::rule::normal_email;
use uuid::Uuid;

use super::link;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::http::error::{Error, Result};
use crate::http::input::Body;
use crate::session::{grant, password, throttle};

/// Register
///
/// Always answers 202, whether or not there is an account: the mail tells. At most three mails an hour go to an address.
#[utoipa::path(tag = "account", request_body = Register, responses((status = ACCEPTED, description = "Look at the mail")))]
#[post("/account")]
pub async fn register_account(
    app: Data<App>,
    request: HttpRequest,
    body: Body<Register>,
) -> Result<HttpResponse> {
    let Body(Register { email, invitation }) = body;
    let email = normal_email(&email);
    let new = link::New {
        purpose: TokenPurpose::Register,
        email: &email,
        locale: language(&app, &request),
        user: None,
        invitation: invitation.and_then(|link| app.vault.read_link("invitation", &link)).map(InvitationId),
    };
    app.db.transaction(async |tx| link::send(tx, &app, new).await).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// Make the account
///
/// Takes the link of the mail and a password; answers a first session. 410 where the link was used, is older than 24
/// hours, or the address has an account by now.
#[utoipa::path(tag = "account", request_body = VerifyAccount, responses((status = OK, body = Session)))]
#[post("/account/verification")]
pub async fn verify_account(
    app: Data<App>,
    request: HttpRequest,
    body: Body<VerifyAccount>,
) -> Result<HttpResponse> {
    let Body(VerifyAccount { token, password, refresh_token_in_body }) = body;
    let link = link::open(&mut *app.db.conn().await?, &app, TokenPurpose::Register, &token).await?;
    let hash = password::chosen(&app, password, vec![link.email.clone()]).await?;
    let now = app.now();
    let user = User {
        locale: language(&app, &request).into(),
        password_changed_at: Some(now),
        ..User::with_email(UserId(Uuid::now_v7()), link.email.clone(), Some(hash), now)
    };
    let grant = app
        .db
        .transaction(async |tx| -> Result<grant::Grant> {
            link.spend(tx, &app).await?;
            db::user::insert(tx, &user).await.map_err(|refused| match refused {
                db::Error::Conflict(_) => Error::from(Code::Gone),
                other => other.into(),
            })?;
            let entry = Entry::new(AuditAction::AccountRegistered, user.id.0).asked_by(&request);
            audit::record(tx, entry.user(user.id), now).await?;
            throttle::forgive(tx, &app, &link.email).await?;
            grant::begin(tx, &request, &user, now).await
        })
        .await?;
    grant::answer(&app, &user, grant, refresh_token_in_body)
}

/// What the caller's browser prefers of the languages that we speak.
pub fn language(app: &App, request: &HttpRequest) -> &'static str {
    let wishes = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    app.messages.negotiate(wishes)
}
