//! From an address to an account.

use chrono::TimeDelta;
use contract::account::{REGISTER, Register, VERIFY, VerifyAccount};
use contract::session::Session;
use futures_util::future::join_all;

use super::{ANOTHER, is_signed_in, sign_in, user};
use crate::support::app::TestApp;
use crate::support::caller::Answer;
use crate::support::given;

const NEW: &str = "nell@example.test";

async fn register(app: &TestApp, email: &str) -> Answer<()> {
    app.anonymous().call(&REGISTER, &[], &Register { email: email.into(), invitation: None }).await
}

async fn verify(app: &TestApp, token: &str, password: &str) -> Answer<Session> {
    let body = VerifyAccount { token: token.into(), password: password.into(), refresh_token_in_body: true };
    app.anonymous().call(&VERIFY, &[], &body).await
}

#[actix_web::test]
async fn an_address_becomes_an_account_by_the_link_in_its_mail() {
    let app = TestApp::start().await;
    let answer = register(&app, " Nell@Example.TEST ").await;
    assert_eq!((answer.raw.status, answer.raw.text().as_str()), (202, ""));
    assert_eq!(app.count("users").await, 0, "nobody has proven anything yet");
    assert_eq!(app.mailbox().await, ["nell@example.test: Your Kommunity account"]);

    let session = verify(&app, &app.link(NEW, "/verify").await, ANOTHER).await.ok();
    assert!(is_signed_in(&app.anonymous().with_token(session.access_token)).await);
    assert!(!session.must_change_password);
    sign_in(&app, NEW, ANOTHER).await.ok();
    let audited = app.query("select action as text from audit_events order by id").await;
    assert_eq!(audited[..2], ["account.registered", "session.created"]);
}

#[actix_web::test]
async fn whoever_registers_again_is_told_by_mail_that_they_have_an_account() {
    let app = TestApp::start().await;
    let email = user(&app, NEW).await;
    assert_eq!(register(&app, &email).await.raw.status, 202);
    assert_eq!(app.mailbox().await, ["nell@example.test: You have an account already"]);
    assert!(!app.letters()[0].contains("/verify"));
}

#[actix_web::test]
async fn a_link_works_once_and_for_a_day() {
    let app = TestApp::start().await;
    register(&app, NEW).await.ok();
    let used = app.link(NEW, "/verify").await;
    verify(&app, &used, ANOTHER).await.ok();
    assert_eq!(verify(&app, &used, ANOTHER).await.refusal(), "410 gone");

    register(&app, "otto@example.test").await.ok();
    let old = app.link("otto@example.test", "/verify").await;
    app.advance(TimeDelta::hours(24));
    assert_eq!(verify(&app, &old, ANOTHER).await.refusal(), "410 gone");
    let made_up = app.shared.vault.link("register", uuid::Uuid::max());
    let reset = app.shared.vault.link("reset_password", uuid::Uuid::max());
    for token in [made_up, reset, "x".repeat(43), format!("{}A", &used[..42])] {
        assert_eq!(verify(&app, &token, ANOTHER).await.refusal(), "410 gone", "{token}");
    }
}

#[actix_web::test]
async fn a_link_that_is_followed_many_times_at_once_makes_one_account() {
    let app = TestApp::start().await;
    register(&app, NEW).await.ok();
    let first = app.link(NEW, "/verify").await;
    register(&app, NEW).await.ok();
    let second = app.link(NEW, "/verify").await;
    let tries = (0..8).map(|at| verify(&app, if at % 2 == 0 { &first } else { &second }, ANOTHER));
    let made = join_all(tries).await.iter().filter(|answer| answer.raw.status == 200).count();
    assert_eq!((made, app.count("users").await, app.count("sessions").await), (1, 1, 1));
}

#[actix_web::test]
async fn a_password_that_is_too_easily_guessed_leaves_the_link_as_it_was() {
    let app = TestApp::start().await;
    register(&app, NEW).await.ok();
    let token = app.link(NEW, "/verify").await;
    for (password, fault) in
        [("nell@example.test", "too_personal"), ("password12", "too_common"), ("short", "too_short")]
    {
        assert_eq!(
            verify(&app, &token, password).await.refusal(),
            format!("422 invalid: #/password {fault}")
        );
    }
    verify(&app, &token, ANOTHER).await.ok();
}

#[actix_web::test]
async fn an_address_gets_three_mails_an_hour_and_nobody_learns_when_it_had_them() {
    let app = TestApp::start().await;
    for _ in 0..5 {
        let answer = register(&app, NEW).await;
        assert_eq!((answer.raw.status, answer.raw.text().as_str()), (202, ""));
    }
    assert_eq!(app.mailbox().await.len(), 3);
    join_all((0..6).map(|_| register(&app, "otto@example.test"))).await;
    assert_eq!(app.mailbox().await.len(), 6);
    app.advance(TimeDelta::hours(1));
    register(&app, NEW).await.ok();
    assert_eq!(app.mailbox().await.len(), 7);
}

#[actix_web::test]
async fn the_way_through_an_invitation_leads_back_to_it() {
    let app = TestApp::start().await;
    let invitation = app.shared.vault.link("invitation", uuid::Uuid::now_v7());
    let body = Register { email: NEW.into(), invitation: Some(invitation.clone()) };
    app.anonymous().call(&REGISTER, &[], &body).await.ok();
    let link = app.link(NEW, "/verify").await;
    let (token, onwards) = link.split_once("&join=").unwrap();
    assert_eq!(onwards, invitation);
    verify(&app, token, ANOTHER).await.ok();

    let known = Register { email: NEW.into(), invitation: Some(invitation.clone()) };
    app.anonymous().call(&REGISTER, &[], &known).await.ok();
    assert_eq!(app.link(NEW, "/join").await, invitation);
}

#[actix_web::test]
async fn nothing_in_the_database_tells_the_address_or_is_the_link() {
    let app = TestApp::start().await;
    register(&app, NEW).await.ok();
    let token = app.link(NEW, "/verify").await;
    for table in ["account_tokens", "deliveries", "throttles"] {
        let rows = app.query(&format!("select t::text as text from {table} t")).await.join("\n");
        assert!(!rows.is_empty() && !rows.contains("nell") && !rows.contains(&token), "{table}: {rows}");
    }
}

#[actix_web::test]
async fn what_has_had_its_time_is_thrown_away() {
    let app = TestApp::start().await;
    let email = user(&app, NEW).await;
    register(&app, &email).await.ok();
    sign_in(&app, &email, "wrong password").await.problem();
    app.run_outbox().await;
    app.advance(TimeDelta::days(6));
    app.run_outbox().await;
    let counts = async || {
        let (tokens, mails) = (app.count("account_tokens").await, app.count("deliveries").await);
        (tokens, mails, app.count("throttles").await)
    };
    assert_eq!(counts().await, (1, 1, 0));
    app.advance(TimeDelta::days(3));
    app.run_outbox().await;
    assert_eq!(counts().await, (0, 1, 0), "that there was mail is known for longer, but not to whom");
    assert_eq!(
        app.query("select id::text as text from deliveries where address_sealed is not null").await,
        [] as [&str; 0]
    );
    let person = app.resident("ann").await;
    super::change_password(&person, given::PASSWORD, ANOTHER).await.ok();
    app.run_outbox().await;
    assert_eq!(counts().await.1, 2);
    app.advance(TimeDelta::days(31));
    app.run_outbox().await;
    assert_eq!(counts().await.1, 0);
}
