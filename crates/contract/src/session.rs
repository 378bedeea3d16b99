//! Signing in and out.

use chrono::{DateTime, Utc};
use contract_macros::wire;
use domain::id::SessionId;

use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;

pub const SIGN_IN: Endpoint<SignIn, Session> =
    Endpoint::new("sign_in", Method::Post, "/session", Access::Public).secret();
pub const REFRESH: Endpoint<RefreshSession, Session> =
    Endpoint::new("refresh_session", Method::Post, "/session/refresh", Access::Public).secret();
pub const SIGN_OUT: Endpoint<(), ()> =
    Endpoint::new("sign_out", Method::Delete, "/session", Access::SignedIn);
/// Query: [`SessionQuery`].
pub const LIST: Endpoint<(), Page<SessionSummary>> =
    Endpoint::new("list_sessions", Method::Get, "/account/sessions", Access::SignedIn);
pub const REVOKE: Endpoint<(), ()> =
    Endpoint::new("revoke_session", Method::Delete, "/account/sessions/{id}", Access::SignedIn);
/// Signs out everywhere, here too.
pub const REVOKE_ALL: Endpoint<(), ()> =
    Endpoint::new("revoke_all_sessions", Method::Delete, "/account/sessions", Access::SignedIn);

#[wire(input)]
pub struct SignIn {
    /// The e-mail address, or the sign-in name of somebody without one (`gate1@willow-park`).
    #[validate(custom(function = "rules::login"))]
    #[schema(example = "resident@demo.test")]
    pub email: String,
    #[validate(custom(function = "rules::password_given"))]
    #[schema(example = "demo-password-2026")]
    pub password: String,
    /// The code of the authenticator app, or a recovery code, where a second factor is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::second_factor"))]
    #[schema(example = "123456")]
    pub totp: Option<String>,
    /// Ask for the refresh token in the reply instead of in a cookie: for clients that are not browsers.
    #[serde(default)]
    pub refresh_token_in_body: bool,
}

#[wire(input)]
#[derive(Default)]
pub struct RefreshSession {
    /// Only for clients that asked for the token in the reply; browsers send their cookie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::refresh_token"))]
    pub refresh_token: Option<String>,
}

/// A signed-in session.
#[wire]
pub struct Session {
    /// Goes into `Authorization: Bearer …`.
    pub access_token: String,
    #[schema(example = "Bearer")]
    pub token_type: String,
    /// Seconds until the access token expires.
    #[schema(example = 600)]
    pub expires_in: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// Somebody else chose the password: nothing else is possible before it is changed.
    pub must_change_password: bool,
}

#[wire(query)]
#[derive(Default)]
pub struct SessionQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

/// A device on which the user is signed in.
#[wire]
pub struct SessionSummary {
    pub id: SessionId,
    /// What the device called itself (`User-Agent`).
    pub user_agent: String,
    pub created_at: DateTime<Utc>,
    pub last_used_at: DateTime<Utc>,
    /// The session that asks.
    pub is_current: bool,
}
