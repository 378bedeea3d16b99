//! Single-use links: a row that anybody may see, and a secret made from its id with a key of ours.

use chrono::TimeDelta;
use contract::problem::Code;
use db::Conn;
use db::account_token::Token;
use domain::account::{AccountMail, TokenPurpose};
use domain::id::{InvitationId, UserId};
use uuid::Uuid;

use super::mail::{self, Mail};
use crate::app::App;
use crate::http::error::{Error, Result};
use crate::session::throttle;
use crate::vault;

/// What a link will do, and for whom.
pub struct New<'a> {
    pub purpose: TokenPurpose,
    pub email: &'a str,
    /// For an address that belongs to no account.
    pub locale: &'a str,
    /// Whose account it changes; none where only the address will tell.
    pub user: Option<UserId>,
    pub invitation: Option<InvitationId>,
}

/// A link that can be used now.
pub struct Open {
    pub token: Token,
    pub email: String,
}

const fn lifetime(purpose: TokenPurpose) -> TimeDelta {
    match purpose {
        TokenPurpose::Register | TokenPurpose::ChangeEmail => TimeDelta::hours(24),
        TokenPurpose::ResetPassword => TimeDelta::minutes(30),
    }
}

const fn template(purpose: TokenPurpose) -> AccountMail {
    match purpose {
        TokenPurpose::Register => AccountMail::Verify,
        TokenPurpose::ResetPassword => AccountMail::ResetPassword,
        TokenPurpose::ChangeEmail => AccountMail::ChangeEmail,
    }
}

/// Makes a link and has it mailed; to an address that had enough mail for now, nothing goes. Nobody asks here whether
/// there is an account: the work is the same, and the worker writes what fits.
pub async fn send(tx: &mut Conn, app: &App, new: New<'_>) -> Result<()> {
    let New { purpose, email, locale, user, invitation } = new;
    if !throttle::may_mail(tx, app, purpose, email).await? {
        return Ok(());
    }
    let (id, now) = (Uuid::now_v7(), app.now());
    let context = vault::TOKEN_EMAIL.context(id);
    let token = Token {
        id,
        purpose,
        user_id: user,
        email_sealed: app.vault.seal(&context, email.as_bytes()).map_err(Error::internal)?,
        invitation_id: invitation,
        created_at: now,
        expires_at: now + lifetime(purpose),
        used_at: None,
    };
    db::account_token::insert(tx, &token).await?;
    let mail = Mail { user, token: Some(id), invitation, ..Mail::new(template(purpose), email, locale) };
    mail::enqueue(tx, app, [mail]).await
}

/// The row behind a link; 410 for one that is not ours, was used, or is too old: nobody learns which.
pub async fn open(conn: &mut Conn, app: &App, purpose: TokenPurpose, secret: &str) -> Result<Open> {
    let id = app.vault.read_link(purpose.as_str(), secret).ok_or(Code::Gone)?;
    let token = db::account_token::find(conn, id).await?.ok_or(Code::Gone)?;
    if token.used_at.is_some() || token.expires_at <= app.now() || token.purpose != purpose {
        return Err(Code::Gone.into());
    }
    let email = app.vault.open(&vault::TOKEN_EMAIL.context(id), &token.email_sealed).ok_or(Code::Gone)?;
    let email = String::from_utf8(email).map_err(Error::internal)?;
    Ok(Open { token, email })
}

impl Open {
    /// Uses it up; 410 for whoever comes second.
    pub async fn spend(&self, tx: &mut Conn, app: &App) -> Result<()> {
        match db::account_token::spend(tx, self.token.id, app.now()).await? {
            true => Ok(()),
            false => Err(Code::Gone.into()),
        }
    }

    /// A link is good for the password under which it was asked for: choosing a new one takes all others back, also those
    /// that a thief of the old one has asked for.
    pub fn fits(&self, user: &db::user::User) -> Result<()> {
        match user.password_changed_at.is_some_and(|at| at >= self.token.created_at) {
            true => Err(Code::Gone.into()),
            false => Ok(()),
        }
    }
}
