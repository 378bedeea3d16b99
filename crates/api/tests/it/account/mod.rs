//! Getting an account, changing how one signs in, and what nobody may learn of it.

mod email;
mod enumeration;
mod identity;
mod password;
mod register;
mod second_factor;
mod sessions;
mod settings;
mod throttle;

use contract::account::{CHANGE_PASSWORD, ChangePassword};
use contract::session::{SIGN_IN, Session, SignIn};

use crate::support::app::TestApp;
use crate::support::caller::{Answer, Caller};
use crate::support::given;

/// A password that is good enough, and not everybody's.
pub const ANOTHER: &str = "four-calm-herons-walk";

pub fn credentials(login: &str, password: &str) -> SignIn {
    SignIn { email: login.into(), password: password.into(), totp: None, refresh_token_in_body: true }
}

pub async fn sign_in(app: &TestApp, login: &str, password: &str) -> Answer<Session> {
    app.anonymous().call(&SIGN_IN, &[], &credentials(login, password)).await
}

pub async fn change_password(caller: &Caller, current: &str, new: &str) -> Answer<()> {
    let body = ChangePassword { current_password: current.into(), password: new.into() };
    caller.call(&CHANGE_PASSWORD, &[], &body).await
}

pub async fn is_signed_in(caller: &Caller) -> bool {
    caller.call(&contract::account::SHOW, &[], &()).await.raw.status == 200
}

/// Somebody with an account, as a caller.
pub async fn ann(app: &TestApp) -> Caller {
    app.resident("ann").await
}

/// Somebody with an account; answers their address.
pub async fn user(app: &TestApp, email: &str) -> String {
    given::user(&mut app.conn().await, email, false).await;
    email.into()
}
