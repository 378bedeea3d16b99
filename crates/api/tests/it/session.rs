//! Signing in, staying signed in, and signing out.

use chrono::TimeDelta;
use contract::account;
use contract::session::{REFRESH, RefreshSession, SIGN_IN, SIGN_OUT, Session, SignIn};
use domain::role::Role;

use crate::support::app::TestApp;
use crate::support::caller::{Answer, Caller, Raw};
use crate::support::given;

fn credentials(email: &str, password: &str) -> SignIn {
    SignIn { email: email.into(), password: password.into(), totp: None, refresh_token_in_body: true }
}

async fn sign_in(app: &TestApp, email: &str) -> Session {
    app.anonymous().call(&SIGN_IN, &[], &credentials(email, given::PASSWORD)).await.ok()
}

async fn refresh(app: &TestApp, token: &str) -> Answer<Session> {
    let body = RefreshSession { refresh_token: Some(token.into()) };
    app.anonymous().call(&REFRESH, &[], &body).await
}

async fn is_signed_in(caller: &Caller) -> bool {
    caller.call(&account::SHOW, &[], &()).await.raw.status == 200
}

async fn ann(app: &TestApp) -> String {
    given::member(&mut app.conn().await, &app.place, "ann", &[Role::Resident]).await.email
}

#[actix_web::test]
async fn whoever_signs_in_sees_who_they_are_and_where_they_belong() {
    let app = TestApp::start().await;
    let email = ann(&app).await;
    let session = sign_in(&app, &email).await;
    assert_eq!((session.token_type.as_str(), session.expires_in), ("Bearer", 600));

    let account = app.anonymous().with_token(session.access_token).call(&account::SHOW, &[], &()).await.ok();
    assert_eq!((account.email, account.is_operator), (Some(email), false));
    let [willow] = &account.memberships[..] else { panic!("{:?}", account.memberships) };
    assert_eq!((willow.community.slug.as_str(), willow.display_name.as_str()), ("willow-park", "Ann"));
    assert_eq!(willow.roles, [Role::Resident]);
    let rights = domain::role::Rights::of(&willow.roles, &domain::community::Settings::default());
    assert!(willow.permissions.iter().copied().eq(rights.iter()));
}

#[actix_web::test]
async fn the_address_is_taken_however_it_is_spelled() {
    let app = TestApp::start().await;
    ann(&app).await;
    sign_in(&app, "  ANN@Willow-Park.TEST ").await;
}

#[actix_web::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let app = TestApp::start().await;
    let email = ann(&app).await;
    let answer = async |email: &str, password: &str| {
        let mut problem = app.anonymous().call(&SIGN_IN, &[], &credentials(email, password)).await.problem();
        problem.instance = String::new();
        serde_json::to_value(problem).unwrap()
    };
    let wrong = answer(&email, "not the password").await;
    assert_eq!(wrong, answer("nobody@willow-park.test", given::PASSWORD).await);
    insta::assert_json_snapshot!(wrong, @r#"
    {
      "code": "bad_credentials",
      "detail": "Check both and try again.",
      "instance": "",
      "status": 401,
      "title": "The e-mail address or the password is wrong",
      "type": "/problems/bad_credentials"
    }
    "#);
    assert_eq!(app.count("sessions").await, 0);
}

#[actix_web::test]
async fn an_access_token_lasts_ten_minutes() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    app.advance(TimeDelta::seconds(599));
    assert!(is_signed_in(&ann).await);
    app.advance(TimeDelta::seconds(1));
    let refused = ann.call(&account::SHOW, &[], &()).await;
    assert_eq!(refused.refusal(), "401 not_signed_in");
    assert_eq!(refused.raw.header("www-authenticate"), "Bearer");
}

#[actix_web::test]
async fn a_browser_keeps_its_refresh_token_in_a_cookie_that_scripts_cannot_read() {
    let app = TestApp::start().await;
    let email = ann(&app).await;
    let body = SignIn { refresh_token_in_body: false, ..credentials(&email, given::PASSWORD) };
    let answer = app.anonymous().call(&SIGN_IN, &[], &body).await;
    assert_eq!(answer.ok().refresh_token, None);
    assert_eq!(answer.raw.header("cache-control"), "private, no-store");
    let cookie = answer.raw.header("set-cookie").to_owned();
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    insta::assert_snapshot!(attributes, @"HttpOnly; SameSite=Strict; Path=/api/v1/session; Max-Age=2592000");

    let with_cookie = async |origin: &str| {
        let request = app.anonymous().request(reqwest::Method::POST, &REFRESH.path(&[]));
        let request = request.header("cookie", pair).header("origin", origin).json(&serde_json::json!({}));
        Raw::of(request).await
    };
    assert_eq!(with_cookie("https://evil.test").await.problem().status, 403);
    let renewed = with_cookie("http://kommunity.test").await;
    assert_eq!(renewed.status, 200);
    assert!(renewed.header("set-cookie").starts_with("kommunity_refresh="));
}

#[actix_web::test]
async fn refreshing_hands_out_new_tokens_and_the_next_one_works_as_well() {
    let app = TestApp::start().await;
    let email = ann(&app).await;
    let mut token = sign_in(&app, &email).await.refresh_token.unwrap();
    for _ in 0..5 {
        app.advance(TimeDelta::days(1));
        let renewed = refresh(&app, &token).await.ok();
        assert!(is_signed_in(&app.anonymous().with_token(renewed.access_token)).await);
        let next = renewed.refresh_token.unwrap();
        assert_ne!(next, token);
        token = next;
    }
    app.advance(TimeDelta::days(30));
    assert_eq!(refresh(&app, &token).await.refusal(), "401 not_signed_in");
}

#[actix_web::test]
async fn a_replaced_token_works_for_thirty_seconds_while_its_successor_is_unused() {
    let app = TestApp::start().await;
    let email = ann(&app).await;
    let first = sign_in(&app, &email).await.refresh_token.unwrap();
    refresh(&app, &first).await.ok();
    app.advance(TimeDelta::seconds(30));
    let second = refresh(&app, &first).await.ok();
    assert!(is_signed_in(&app.anonymous().with_token(second.access_token)).await);
}

#[actix_web::test]
async fn reuse_after_the_grace_ends_the_session_and_is_written_down() {
    let app = TestApp::start().await;
    let email = ann(&app).await;
    let first = sign_in(&app, &email).await.refresh_token.unwrap();
    let stolen = refresh(&app, &first).await.ok();
    app.advance(TimeDelta::seconds(31));
    assert_eq!(refresh(&app, &first).await.refusal(), "401 not_signed_in");

    let newest = stolen.refresh_token.unwrap();
    assert_eq!(refresh(&app, &newest).await.refusal(), "401 not_signed_in");
    assert!(!is_signed_in(&app.anonymous().with_token(stolen.access_token)).await);
    let written = app.query("select action as text from audit_events order by at, id").await;
    assert_eq!(written, ["session.created", "session.reuse_detected"]);
    assert_eq!(app.mailbox().await, [format!("{email}: A device was signed out")]);
    assert_eq!(refresh(&app, &first).await.refusal(), "401 not_signed_in");
    assert_eq!(app.mailbox().await.len(), 1, "once is enough");
}

#[actix_web::test]
async fn reuse_within_the_grace_ends_the_session_once_the_successor_was_used() {
    let app = TestApp::start().await;
    let email = ann(&app).await;
    let first = sign_in(&app, &email).await.refresh_token.unwrap();
    let second = refresh(&app, &first).await.ok().refresh_token.unwrap();
    let third = refresh(&app, &second).await.ok().refresh_token.unwrap();
    assert_eq!(refresh(&app, &first).await.refusal(), "401 not_signed_in");
    assert_eq!(refresh(&app, &third).await.refusal(), "401 not_signed_in");
}

#[actix_web::test]
async fn twenty_tabs_that_refresh_at_once_all_stay_signed_in_whichever_answer_the_browser_keeps() {
    let app = TestApp::start().await;
    let email = ann(&app).await;
    let mut token = sign_in(&app, &email).await.refresh_token.unwrap();
    let servers = [app.anonymous(), app.another_server()];
    for _ in 0..3 {
        let body = RefreshSession { refresh_token: Some(token.clone()) };
        let tabs = (0..20).map(|at| servers[at % 2].call(&REFRESH, &[], &body));
        let answers = futures_util::future::join_all(tabs).await;
        let mut kept = std::collections::BTreeSet::new();
        for answer in answers {
            let session = answer.ok();
            assert!(is_signed_in(&app.anonymous().with_token(session.access_token)).await);
            kept.insert(session.refresh_token.unwrap());
        }
        // The family has one line: whichever answer comes last, it is the same.
        assert_eq!(kept.len(), 1);
        token = kept.pop_first().unwrap();
        app.advance(TimeDelta::minutes(10));
    }
}

#[actix_web::test]
async fn a_thief_who_was_as_quick_as_a_second_tab_is_found_out_with_the_next_refresh() {
    let app = TestApp::start().await;
    let email = ann(&app).await;
    let first = sign_in(&app, &email).await.refresh_token.unwrap();
    let owners = refresh(&app, &first).await.ok().refresh_token.unwrap();
    let thiefs = refresh(&app, &first).await.ok().refresh_token.unwrap();
    app.advance(TimeDelta::minutes(10));
    let owners = refresh(&app, &owners).await.ok().refresh_token.unwrap();
    app.advance(TimeDelta::minutes(10));
    assert_eq!(refresh(&app, &thiefs).await.refusal(), "401 not_signed_in");
    assert_eq!(refresh(&app, &owners).await.refusal(), "401 not_signed_in");
}

#[actix_web::test]
async fn signing_out_takes_effect_at_once_on_this_device_only() {
    let app = TestApp::start().await;
    let email = ann(&app).await;
    let (here, there) = (sign_in(&app, &email).await, sign_in(&app, &email).await);
    let [here_caller, there_caller] =
        [&here, &there].map(|session| app.anonymous().with_token(session.access_token.clone()));
    assert!(is_signed_in(&here_caller).await);

    let answer = here_caller.call(&SIGN_OUT, &[], &()).await;
    answer.ok();
    assert!(answer.raw.header("set-cookie").contains("Max-Age=0"), "{:?}", answer.raw.headers);
    assert!(!is_signed_in(&here_caller).await);
    assert_eq!(refresh(&app, &here.refresh_token.unwrap()).await.refusal(), "401 not_signed_in");
    assert!(is_signed_in(&there_caller).await);
}

#[actix_web::test]
async fn what_was_never_a_token_of_ours_refreshes_nothing() {
    let app = TestApp::start().await;
    for token in ["", "x", "ÄÖÜ", &"x".repeat(200)] {
        assert_eq!(refresh(&app, token).await.refusal(), "401 not_signed_in", "{token}");
    }
    let none = app.anonymous().call(&REFRESH, &[], &RefreshSession::default()).await;
    assert_eq!(none.refusal(), "401 not_signed_in");
}
