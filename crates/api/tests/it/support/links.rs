//! What everybody needs to make each call about their own account, and links that can be followed once.

use api::session::totp;
use api::vault;
use chrono::TimeDelta;
use db::account_token::Token;
use domain::account::TokenPurpose;
use domain::id::UserId;
use uuid::Uuid;

use super::app::TestApp;
use super::given;

/// Everybody's authenticator app, started and not confirmed.
const SECRET: &[u8] = b"a secret for tests..";

/// Each can be followed once.
pub struct Links {
    pub verify: String,
    pub reset: String,
    pub email: String,
}

impl Links {
    pub async fn of(app: &TestApp) -> Self {
        let new = || format!("{}@example.test", Uuid::now_v7());
        let forgetful = new();
        given::user(&mut app.conn().await, &forgetful, false).await;
        let mover = given::user(&mut app.conn().await, &new(), false).await;
        Self {
            verify: link(app, TokenPurpose::Register, &new(), None).await,
            reset: link(app, TokenPurpose::ResetPassword, &forgetful, None).await,
            email: link(app, TokenPurpose::ChangeEmail, &new(), Some(mover)).await,
        }
    }
}

async fn link(app: &TestApp, purpose: TokenPurpose, email: &str, user_id: Option<UserId>) -> String {
    let (id, vault) = (Uuid::now_v7(), &app.shared.vault);
    let token = Token {
        id,
        purpose,
        user_id,
        email_sealed: vault.seal(&vault::TOKEN_EMAIL.context(id), email.as_bytes()).unwrap(),
        invitation_id: None,
        created_at: app.now(),
        expires_at: app.now() + TimeDelta::hours(1),
        used_at: None,
    };
    app.with_conn(async |conn| db::account_token::insert(conn, &token).await.unwrap()).await;
    vault.link(purpose.as_str(), id)
}

/// Everybody has the same password again, an authenticator app to confirm, and beside each session two more of the
/// same device that can be ended: see [`twin`].
pub async fn refill(app: &TestApp) {
    let hash = given::cheap_hash(given::PASSWORD);
    for id in app.query("select id::text as text from users").await {
        let id: Uuid = id.parse().unwrap();
        let sealed = app.shared.vault.seal(&vault::TOTP_SECRET.context(id), SECRET).unwrap();
        app.query(&format!(
            "with it as (update users set password_hash = '{hash}', totp_secret = '{sealed}', totp_last_step = 0, \
             totp_confirmed_at = null where id = '{id}' returning 1) select '' as text from it"
        ))
        .await;
    }
    for letter in ["e", "f"] {
        app.query(&format!(
            "with it as (insert into sessions (id, user_id, created_at, last_used_at) \
             select overlay(id::text placing '{letter}' from 1 for 1)::uuid, user_id, created_at, last_used_at \
             from sessions where revoked_at is null and id::text like '0%' \
             on conflict (id) do update set revoked_at = null returning 1) select '' as text from it"
        ))
        .await;
    }
}

/// The twin of a session: its id with another first letter.
pub fn twin(session: domain::id::SessionId, letter: &str) -> domain::id::SessionId {
    let mut text = session.to_string();
    text.replace_range(..1, letter);
    text.parse().unwrap()
}

/// What everybody's authenticator app shows so many steps from now: one to either side is taken, each once and in order.
pub fn code(app: &TestApp, steps: i64) -> String {
    totp::code(SECRET, app.now().timestamp() / 30 + steps)
}
