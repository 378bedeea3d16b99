//! The access token: in memory only, renewed by the session's cookie before it runs out.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;
use std::time::Duration;

use contract::problem::Code;
use contract::session::{self, RefreshSession, Session};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::set_timeout_with_handle;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::Failure;
use crate::browser;

/// Tabs take turns: each renewal replaces the cookie, and a cookie used twice ends the session.
const TURN: &str = "kommunity-refresh";
/// How long somebody whose tab was closed in the middle keeps the others waiting, in milliseconds.
const TURN_AT_MOST: f64 = 10_000.0;
/// How long what one tab writes takes to reach the others, in milliseconds.
const TURN_SETTLES: i32 = 250;
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
    in_turn(async move {
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
    })
    .await
}

/// Runs the work while no other tab does the same.
async fn in_turn(work: impl Future<Output = Result<(), Failure>> + 'static) -> Result<(), Failure> {
    let Some((locks, request)) = browser::locks() else {
        let turn = take_turn().await;
        let outcome = work.await;
        if browser::recall(TURN).is_some_and(|(holder, _): Turn| holder == turn) {
            browser::forget(TURN);
        }
        return outcome;
    };
    let outcome = Rc::new(Cell::new(Err(Failure::Unexpected)));
    let kept = outcome.clone();
    let run = Closure::once_into_js(move || {
        wasm_bindgen_futures::future_to_promise(async move {
            kept.set(work.await);
            Ok(JsValue::UNDEFINED)
        })
    });
    if let Ok(promise) = request.call2(&locks, &TURN.into(), &run)
        && let Ok(promise) = promise.dyn_into::<js_sys::Promise>()
    {
        let _ = JsFuture::from(promise).await;
    }
    outcome.replace(Err(Failure::Unexpected))
}

/// Whose turn it is, and until when at most, in milliseconds since 1970.
type Turn = (String, f64);

/// Where the browser has no locks (an address without TLS): writes its name down, and goes ahead if it still stands there
/// a moment later.
async fn take_turn() -> String {
    let name = js_sys::Math::random().to_string();
    loop {
        let now = js_sys::Date::now();
        if browser::recall(TURN).is_none_or(|(_, until): Turn| until < now) {
            browser::keep(TURN, &(&name, now + TURN_AT_MOST));
            browser::pause(TURN_SETTLES).await;
            // Where nothing can be kept, nobody else can be seen either.
            if browser::recall(TURN).is_none_or(|(holder, _): Turn| holder == name) {
                return name;
            }
        }
        browser::pause(TURN_SETTLES).await;
    }
}
