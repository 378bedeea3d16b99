//! The access token: in memory only, renewed by the session's cookie before it runs out.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use contract::problem::Code;
use contract::session::{self, RefreshSession, Session};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::set_timeout_with_handle;
use leptos::task::spawn_local;

use super::Failure;
use super::turn::{self, Turn};

/// Tabs take turns: each renewal replaces the cookie, and a cookie used twice ends the session.
const TURN: Turn = Turn { name: "kommunity-refresh", pause: 50 };
/// How long before its end a token is renewed.
const AHEAD_SECONDS: u32 = 60;

thread_local! {
    static TOKEN: RefCell<Option<String>> = const { RefCell::new(None) };
    /// Counts the tokens, so that a call that waited for its turn notices that another has renewed.
    static GENERATION: Cell<u32> = const { Cell::new(0) };
    static RENEWAL: Cell<Option<TimeoutHandle>> = const { Cell::new(None) };
}

pub fn token() -> Option<String> {
    TOKEN.with_borrow(Clone::clone)
}

/// Takes the token of a new session and plans its renewal.
pub fn adopt(session: Session) {
    let Session { access_token, expires_in, .. } = session;
    TOKEN.set(Some(access_token));
    GENERATION.set(GENERATION.get().wrapping_add(1));
    let wait = expires_in.saturating_sub(AHEAD_SECONDS).max(10);
    let renew = || {
        spawn_local(async {
            let _ = refresh().await;
        });
    };
    let planned = set_timeout_with_handle(renew, Duration::from_secs(wait.into())).ok();
    if let Some(earlier) = RENEWAL.replace(planned) {
        earlier.clear();
    }
}

pub fn drop_access() {
    TOKEN.set(None);
    if let Some(planned) = RENEWAL.take() {
        planned.clear();
    }
}

/// Gets a new token for the session's cookie. [`Failure::SignedOut`] when the session is over.
pub async fn refresh() -> Result<(), Failure> {
    let known = GENERATION.get();
    let renewal = async move {
        if GENERATION.get() != known {
            return Ok(());
        }
        match super::send_bare(&session::REFRESH, &RefreshSession::default()).await {
            Ok(session) => {
                adopt(session);
                Ok(())
            }
            Err(Failure::Problem(problem))
                if matches!(problem.code, Code::NotSignedIn | Code::BadCredentials | Code::Invalid) =>
            {
                drop_access();
                crate::session::ended();
                Err(Failure::SignedOut)
            }
            Err(other) => Err(other),
        }
    };
    turn::alone(&TURN, None, renewal).await.unwrap_or(Err(Failure::Offline))
}
