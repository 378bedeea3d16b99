//! What is asked beside the password.

use chrono::{DateTime, Utc};
use db::Conn;
use db::user::User;

use super::totp;
use crate::app::App;
use crate::http::error::{Error, Result};
use crate::vault;

/// How somebody came past it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// None is on.
    NotAsked,
    Code,
    RecoveryCode,
    Missing,
    Wrong,
}

/// Looks at a code, or a recovery code, and uses it up: each works once, also for two at the same time.
pub async fn check(
    tx: &mut Conn,
    app: &App,
    user: &User,
    given: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Outcome> {
    let Some(sealed) = user.totp_secret.as_deref().filter(|_| user.totp_confirmed_at.is_some()) else {
        return Ok(Outcome::NotAsked);
    };
    let Some(given) = given else { return Ok(Outcome::Missing) };
    let secret = open(app, user, sealed)?;
    if let Some(step) = totp::matching_step(&secret, given, user.totp_last_step, now) {
        let is_first = db::user::use_totp_step(tx, user.id, step).await?;
        return Ok(if is_first { Outcome::Code } else { Outcome::Wrong });
    }
    let was_there = db::recovery_code::spend(tx, user.id, &totp::recovery_hash(given), now).await?;
    Ok(if was_there { Outcome::RecoveryCode } else { Outcome::Wrong })
}

pub fn open(app: &App, user: &User, sealed: &str) -> Result<Vec<u8>> {
    let secret = app.vault.open(&vault::TOTP_SECRET.context(user.id.0), sealed);
    secret.ok_or_else(|| Error::internal("no key opens the secret of an authenticator app"))
}
