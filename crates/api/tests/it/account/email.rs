//! Changing the address that somebody signs in with.

use chrono::TimeDelta;
use contract::account::{CHANGE_EMAIL, CONFIRM_EMAIL, ChangeEmail, ConfirmEmail, SHOW};

use super::{ann, sign_in, user};
use crate::support::app::TestApp;
use crate::support::caller::{Answer, Caller};
use crate::support::given::PASSWORD;

const NEW: &str = "ann.lee@example.test";

async fn change(caller: &Caller, password: &str, email: &str) -> Answer<()> {
    let body = ChangeEmail { current_password: password.into(), email: email.into(), totp: None };
    caller.call(&CHANGE_EMAIL, &[], &body).await
}

async fn confirm(app: &TestApp, token: &str) -> Answer<()> {
    app.anonymous().call(&CONFIRM_EMAIL, &[], &ConfirmEmail { token: token.into() }).await
}

#[actix_web::test]
async fn an_address_changes_once_it_is_confirmed_and_the_old_one_is_warned() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let old = ann.person().email.clone();
    assert_eq!(change(&ann, PASSWORD, " Ann.Lee@Example.test").await.raw.status, 202);
    assert_eq!(
        app.mailbox().await,
        [format!("{NEW}: Confirm your new address"), format!("{old}: Your address is about to change")]
    );
    assert_eq!(ann.call(&SHOW, &[], &()).await.ok().email, Some(old.clone()));

    let token = app.link(NEW, "/email").await;
    confirm(&app, &token).await.ok();
    assert_eq!(confirm(&app, &token).await.refusal(), "410 gone");
    assert_eq!(ann.call(&SHOW, &[], &()).await.ok().email.as_deref(), Some(NEW));
    sign_in(&app, NEW, PASSWORD).await.ok();
    assert_eq!(sign_in(&app, &old, PASSWORD).await.refusal(), "401 bad_credentials");
    let identities = app.query("select subject as text from identities").await;
    assert_eq!(identities, [NEW]);
}

#[actix_web::test]
async fn an_address_that_is_somebodys_stays_theirs_and_they_are_told() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let taken = user(&app, "bob@example.test").await;
    assert_eq!(change(&ann, PASSWORD, &taken).await.raw.status, 202);
    let mails = app.mailbox().await;
    assert!(
        mails.contains(&"bob@example.test: This address belongs to your account".to_owned()),
        "{mails:?}"
    );
    assert!(!app.letters().iter().any(|letter| letter.contains("/email#")));
}

#[actix_web::test]
async fn an_address_that_was_taken_meanwhile_is_not_taken_over() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    change(&ann, PASSWORD, NEW).await.ok();
    let token = app.link(NEW, "/email").await;
    user(&app, NEW).await;
    assert_eq!(confirm(&app, &token).await.refusal(), "410 gone");
    assert_ne!(ann.call(&SHOW, &[], &()).await.ok().email.as_deref(), Some(NEW));
}

#[actix_web::test]
async fn it_needs_the_password_and_a_link_that_is_not_older_than_a_day() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    assert_eq!(
        change(&ann, "wrong password", NEW).await.refusal(),
        "422 invalid: #/current_password wrong_password"
    );
    assert_eq!(app.mailbox().await, [] as [&str; 0]);
    change(&ann, PASSWORD, NEW).await.ok();
    let token = app.link(NEW, "/email").await;
    app.advance(TimeDelta::hours(24));
    assert_eq!(confirm(&app, &token).await.refusal(), "410 gone");
}

#[actix_web::test]
async fn asking_for_another_address_takes_the_link_to_the_mistyped_one_back() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    change(&ann, PASSWORD, "anm.lee@example.test").await.ok();
    let mistyped = app.link("anm.lee@example.test", "/email").await;
    change(&ann, PASSWORD, NEW).await.ok();
    let meant = app.link(NEW, "/email").await;
    assert_eq!(confirm(&app, &mistyped).await.refusal(), "410 gone");
    confirm(&app, &meant).await.ok();
    assert_eq!(confirm(&app, &mistyped).await.refusal(), "410 gone");
    assert_eq!(ann.call(&SHOW, &[], &()).await.ok().email.as_deref(), Some(NEW));
}
