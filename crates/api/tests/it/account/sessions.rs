//! The devices on which somebody is signed in, and ending them: here at once, elsewhere soon.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use contract::session::{LIST, REVOKE, REVOKE_ALL, SessionQuery, SessionSummary};
use domain::community::Settings;

use super::{ANOTHER, ann, change_password, is_signed_in, sign_in};
use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::given::PASSWORD;

async fn list(caller: &Caller) -> Vec<SessionSummary> {
    caller.find(&LIST, &[], &SessionQuery::default()).await.ok().data
}

#[actix_web::test]
async fn devices_are_listed_newest_first_in_pages() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    app.resident("bob").await;
    app.advance(TimeDelta::minutes(1));
    let request = ann.request(reqwest::Method::POST, "/api/v1/session").header("user-agent", "A phone");
    let body = super::credentials(&ann.person().email, PASSWORD);
    assert_eq!(crate::support::caller::Raw::of(request.json(&body)).await.status, 200);

    let all = list(&ann).await;
    let seen: Vec<_> = all.iter().map(|one| (one.user_agent.as_str(), one.is_current)).collect();
    assert_eq!(seen, [("A phone", false), ("", true)]);
    let page = ann.find(&LIST, &[], &SessionQuery { limit: Some(1), ..SessionQuery::default() }).await.ok();
    let rest = SessionQuery { cursor: page.next_cursor, limit: Some(1) };
    let rest = ann.find(&LIST, &[], &rest).await.ok();
    assert_eq!((page.data, rest.data), (all[..1].to_vec(), all[1..].to_vec()));
    app.query(
        "with it as (update sessions set last_used_at = last_used_at - interval '30 days' \
               where user_agent <> '' returning 1) select '' as text from it",
    )
    .await;
    assert_eq!(list(&ann).await.len(), 1, "nobody can come back to it");
}

#[actix_web::test]
async fn one_device_is_signed_out_and_nobody_elses() {
    let app = TestApp::start().await;
    let (ann, bob) = (ann(&app).await, app.resident("bob").await);
    let there = sign_in(&app, &ann.person().email, PASSWORD).await.ok();
    let there = app.anonymous().with_token(there.access_token);
    assert!(is_signed_in(&there).await);
    let id = list(&ann).await[0].id;
    assert_eq!(bob.call(&REVOKE, &[&id], &()).await.refusal(), "404 not_found");
    ann.call(&REVOKE, &[&id], &()).await.ok();
    assert!(!is_signed_in(&there).await && is_signed_in(&ann).await);
    assert_eq!(ann.call(&REVOKE, &[&id], &()).await.refusal(), "404 not_found");
    assert_eq!(ann.call(&REVOKE, &[&"x"], &()).await.refusal(), "404 not_found");
}

#[actix_web::test]
async fn signing_out_everywhere_ends_this_session_too() {
    let app = TestApp::start().await;
    let (ann, bob) = (ann(&app).await, app.resident("bob").await);
    let there = sign_in(&app, &ann.person().email, PASSWORD).await.ok();
    let answer = ann.call(&REVOKE_ALL, &[], &()).await;
    answer.ok();
    assert!(answer.raw.header("set-cookie").contains("Max-Age=0"));
    assert!(!is_signed_in(&ann).await && is_signed_in(&bob).await);
    assert!(!is_signed_in(&app.anonymous().with_token(there.access_token)).await);
}

#[actix_web::test]
async fn an_end_takes_effect_on_other_servers_as_soon_as_they_look_again() {
    let app = TestApp::configured(Settings::default(), |config| {
        config.remembered = Duration::from_millis(300);
    })
    .await;
    let other = app.another_server();
    let here = ann(&app).await;
    let email = here.person().email.clone();
    let device = async || {
        let session = sign_in(&app, &email, PASSWORD).await.ok();
        let there = other.with_token(session.access_token);
        assert!(is_signed_in(&there).await, "the other server knows the session now");
        there
    };
    let revoked = device().await;
    here.call(&REVOKE, &[&list(&here).await[0].id], &()).await.ok();
    ends(&revoked).await;
    let outlived = device().await;
    change_password(&here, PASSWORD, ANOTHER).await.ok();
    ends(&outlived).await;
    let last = other.with_token(here.token());
    assert!(is_signed_in(&last).await);
    here.call(&REVOKE_ALL, &[], &()).await.ok();
    ends(&last).await;
}

/// Asks until the server has noticed. The deadline is only there so that a failure ends.
async fn ends(caller: &Caller) {
    let asked = Instant::now();
    while is_signed_in(caller).await {
        assert!(asked.elapsed() < Duration::from_secs(20), "still signed in");
    }
}
