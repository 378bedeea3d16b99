//! Signing in and out.

use contract_macros::wire;

use crate::endpoint::{Access, Endpoint, Method};
#[cfg(feature = "server")]
use crate::rules;

pub const SIGN_IN: Endpoint<SignIn, Session> =
    Endpoint::new("sign_in", Method::Post, "/session", Access::Public).secret();
pub const REFRESH: Endpoint<RefreshSession, Session> =
    Endpoint::new("refresh_session", Method::Post, "/session/refresh", Access::Public).secret();
pub const SIGN_OUT: Endpoint<(), ()> =
    Endpoint::new("sign_out", Method::Delete, "/session", Access::SignedIn);

#[wire(input)]
pub struct SignIn {
    #[validate(custom(function = "rules::email"))]
    #[schema(format = "email", max_length = 254, example = "resident@demo.test")]
    pub email: String,
    #[validate(custom(function = "rules::password_given"))]
    #[schema(format = "password", min_length = 1, max_length = 200, example = "demo-password-2026")]
    pub password: String,
    /// Ask for the refresh token in the reply instead of in a cookie: for clients that are not browsers.
    #[serde(default)]
    pub refresh_token_in_body: bool,
}

#[wire(input)]
#[derive(Default)]
pub struct RefreshSession {
    /// Only for clients that asked for the token in the reply; browsers send their cookie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
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
}
