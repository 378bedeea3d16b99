//! Changing the password, knowing the present one or by a link in mail.

use chrono::TimeDelta;
use contract::account::{
    ASK_PASSWORD_RESET, AskPasswordReset, CHANGE_EMAIL, CONFIRM_EMAIL, ChangeEmail, ConfirmEmail, REGISTER,
    RESET_PASSWORD, Register, ResetPassword, SHOW,
};
use contract::session::{REFRESH, SIGN_IN};
use db::user::User;
use diesel_async::SimpleAsyncConnection;
use domain::id::UserId;
use uuid::Uuid;

use super::{ANOTHER, ann, change_password, is_signed_in, sign_in};
use crate::support::app::TestApp;
use crate::support::caller::Answer;
use crate::support::given::{self, PASSWORD};

async fn ask(app: &TestApp, email: &str) -> Answer<()> {
    app.anonymous().call(&ASK_PASSWORD_RESET, &[], &AskPasswordReset { email: email.into() }).await
}

async fn reset(app: &TestApp, token: &str, password: &str) -> Answer<()> {
    let body = ResetPassword { token: token.into(), password: password.into() };
    app.anonymous().call(&RESET_PASSWORD, &[], &body).await
}

#[actix_web::test]
async fn a_forgotten_password_is_chosen_anew_and_everybody_is_signed_out() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let email = ann.person().email.clone();
    assert!(is_signed_in(&ann).await);
    assert_eq!(ask(&app, &email).await.raw.status, 202);
    let token = app.link(&email, "/reset").await;
    reset(&app, &token, ANOTHER).await.ok();
    assert!(!is_signed_in(&ann).await);
    assert_eq!(sign_in(&app, &email, PASSWORD).await.refusal(), "401 bad_credentials");
    sign_in(&app, &email, ANOTHER).await.ok();
    assert_eq!(reset(&app, &token, PASSWORD).await.refusal(), "410 gone");
    let mails = app.mailbox().await;
    assert_eq!(mails, [format!("{email}: A new password"), format!("{email}: Your password was changed")]);
    let audited = app.query("select action as text from audit_events order by id").await;
    assert!(audited.contains(&"account.password_reset".to_owned()), "{audited:?}");
}

#[actix_web::test]
async fn nobody_gets_mail_at_an_address_without_an_account() {
    let app = TestApp::start().await;
    let answer = ask(&app, "nobody@example.test").await;
    assert_eq!((answer.raw.status, answer.raw.text().as_str()), (202, ""));
    assert_eq!(app.mailbox().await, [] as [&str; 0]);
    let open = app.query("select id::text as text from deliveries where state = 'queued'").await;
    assert_eq!(open, [] as [&str; 0], "and nothing is left to be tried again");
}

#[actix_web::test]
async fn a_reset_link_works_once_for_half_an_hour_and_only_for_the_password_it_was_asked_under() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let email = ann.person().email.clone();
    ask(&app, &email).await.ok();
    let late = app.link(&email, "/reset").await;
    app.advance(TimeDelta::minutes(30));
    assert_eq!(reset(&app, &late, ANOTHER).await.refusal(), "410 gone");

    ask(&app, &email).await.ok();
    let first = app.link(&email, "/reset").await;
    app.advance(TimeDelta::seconds(1));
    ask(&app, &email).await.ok();
    let second = app.link(&email, "/reset").await;
    assert_ne!(first, second);
    reset(&app, &second, ANOTHER).await.ok();
    assert_eq!(reset(&app, &first, PASSWORD).await.refusal(), "410 gone");
}

#[actix_web::test]
async fn of_two_links_followed_at_once_one_sets_the_password() {
    let app = TestApp::start().await;
    let email = ann(&app).await.person().email.clone();
    ask(&app, &email).await.ok();
    let token = app.link(&email, "/reset").await;
    let words: Vec<String> = (0..6).map(|at| format!("{at}-{ANOTHER}")).collect();
    let answers = futures_util::future::join_all(words.iter().map(|word| reset(&app, &token, word))).await;
    assert_eq!(answers.iter().filter(|answer| answer.raw.status == 204).count(), 1);
}

#[actix_web::test]
async fn the_throttle_is_lifted_for_whoever_proved_the_address() {
    let app = TestApp::start().await;
    let email = ann(&app).await.person().email.clone();
    for _ in 0..5 {
        sign_in(&app, &email, "wrong password").await.problem();
    }
    assert_eq!(sign_in(&app, &email, PASSWORD).await.raw.status, 429);
    ask(&app, &email).await.ok();
    reset(&app, &app.link(&email, "/reset").await, ANOTHER).await.ok();
    sign_in(&app, &email, ANOTHER).await.ok();
}

#[actix_web::test]
async fn a_changed_password_signs_out_everywhere_else() {
    let app = TestApp::start().await;
    let here = ann(&app).await;
    let email = here.person().email.clone();
    let there = sign_in(&app, &email, PASSWORD).await.ok();
    let elsewhere = app.anonymous().with_token(there.access_token);
    assert!(is_signed_in(&elsewhere).await);
    change_password(&here, PASSWORD, ANOTHER).await.ok();
    assert!(is_signed_in(&here).await && !is_signed_in(&elsewhere).await);
    let body = contract::session::RefreshSession { refresh_token: there.refresh_token };
    assert_eq!(app.anonymous().call(&REFRESH, &[], &body).await.refusal(), "401 not_signed_in");
    sign_in(&app, &email, ANOTHER).await.ok();
    assert_eq!(app.mailbox().await, [format!("{email}: Your password was changed")]);
}

#[actix_web::test]
async fn a_new_password_has_to_be_new_good_and_asked_for_with_the_old_one() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    for (current, new, refusal) in [
        ("wrong password", ANOTHER, "422 invalid: #/current_password wrong_password"),
        (PASSWORD, PASSWORD, "422 invalid: #/password unchanged"),
        (PASSWORD, "ann-willow-park", "422 invalid: #/password too_personal"),
        (PASSWORD, "qwertyuiop", "422 invalid: #/password too_common"),
    ] {
        assert_eq!(change_password(&ann, current, new).await.refusal(), refusal, "{new}");
    }
    assert_eq!(app.mailbox().await, [] as [&str; 0]);
}

#[actix_web::test]
async fn guesses_at_the_present_password_are_throttled_too() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    for _ in 0..5 {
        change_password(&ann, "wrong password", ANOTHER).await.problem();
    }
    let refused = change_password(&ann, PASSWORD, ANOTHER).await;
    assert_eq!(
        (refused.refusal().as_str(), refused.raw.header("retry-after")),
        ("429 too_many_requests", "1")
    );
    sign_in(&app, &ann.person().email, PASSWORD).await.ok();
    app.advance(TimeDelta::seconds(1));
    change_password(&ann, PASSWORD, ANOTHER).await.ok();
}

#[actix_web::test]
async fn a_change_of_address_that_a_thief_began_ends_with_the_password_they_knew() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let email = ann.person().email.clone();
    let body =
        ChangeEmail { current_password: PASSWORD.into(), email: "thief@example.test".into(), totp: None };
    ann.call(&CHANGE_EMAIL, &[], &body).await.ok();
    let thiefs = app.link("thief@example.test", "/email").await;
    ask(&app, &email).await.ok();
    reset(&app, &app.link(&email, "/reset").await, ANOTHER).await.ok();
    let confirmed = app.anonymous().call(&CONFIRM_EMAIL, &[], &ConfirmEmail { token: thiefs }).await;
    assert_eq!(confirmed.refusal(), "410 gone");
}

#[actix_web::test]
async fn whoever_got_a_password_from_somebody_else_changes_it_before_anything_else() {
    let app = TestApp::start().await;
    let hash = api::session::password::hash("first-words-of-gate1", 64).unwrap();
    let gate = User {
        email: None,
        sign_in_name: Some("gate1@willow-park".into()),
        must_change_password: true,
        ..User::with_email(UserId(Uuid::now_v7()), String::new(), Some(hash), given::morning())
    };
    app.with_conn(async |conn| db::user::insert(conn, &gate).await.unwrap()).await;
    let session = sign_in(&app, "Gate1@Willow-Park", "first-words-of-gate1").await.ok();
    assert!(session.must_change_password);
    let refresh = contract::session::RefreshSession { refresh_token: session.refresh_token };
    let session = app.anonymous().call(&REFRESH, &[], &refresh).await.ok();
    assert!(session.must_change_password);
    let guard = app.anonymous().with_token(session.access_token);
    for (method, path) in [
        ("GET", "/api/v1/account/notifications"),
        ("GET", "/api/v1/account/sessions"),
        ("PATCH", "/api/v1/account"),
        ("POST", "/api/v1/account/totp"),
        ("POST", "/api/v1/account/email"),
        ("GET", "/api/v1/communities/willow-park"),
        ("GET", "/api/v1/communities"),
    ] {
        let refused = guard.send_raw(method, path, "", "").await;
        let refused = crate::support::caller::brief(&refused.problem());
        assert_eq!(refused, "403 password_change_required", "{method} {path}");
    }
    let account = guard.call(&SHOW, &[], &()).await.ok();
    assert!(account.must_change_password);
    assert_eq!((account.email, account.sign_in_name.as_deref()), (None, Some("gate1@willow-park")));
    assert_eq!(
        change_password(&guard, "first-words-of-gate1", "gate1-gate1-1").await.refusal(),
        "422 invalid: #/password too_personal"
    );
    change_password(&guard, "first-words-of-gate1", ANOTHER).await.ok();
    assert!(!guard.call(&SHOW, &[], &()).await.ok().must_change_password);
    assert_eq!(guard.send_raw("GET", "/api/v1/account/sessions", "", "").await.status, 200);
    assert!(!sign_in(&app, "gate1@willow-park", ANOTHER).await.ok().must_change_password);
    assert_eq!(app.mailbox().await, [] as [&str; 0], "there is no address to write to");
}

/// Asks with the password that was right when it was looked at, and is another before anything is done.
async fn overtaken<T>(app: &TestApp, email: &str, ask: impl Future<Output = T> + 'static) -> T
where
    T: 'static,
{
    let mut change = app.conn().await;
    let lock = format!("begin; select 1 from users where email = '{email}' for update /* test */");
    change.batch_execute(&lock).await.unwrap();
    let asked = actix_web::rt::spawn(ask);
    app.until_it_waits().await;
    let changed = format!("update users set password_hash = 'another' where email = '{email}'; commit");
    change.batch_execute(&changed).await.unwrap();
    asked.await.unwrap()
}

#[actix_web::test]
async fn a_sign_in_that_a_new_password_overtakes_is_refused() {
    let app = TestApp::start().await;
    let email = ann(&app).await.person().email.clone();
    let (caller, body) = (app.anonymous(), super::credentials(&email, PASSWORD));
    let asked = async move { caller.call(&SIGN_IN, &[], &body).await.refusal() };
    assert_eq!(overtaken(&app, &email, asked).await, "401 bad_credentials");
}

#[actix_web::test]
async fn a_change_that_a_new_password_overtakes_is_refused() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let email = ann.person().email.clone();
    let asked = async move { change_password(&ann, PASSWORD, ANOTHER).await.refusal() };
    assert_eq!(overtaken(&app, &email, asked).await, "422 invalid: #/current_password wrong_password");
}

#[actix_web::test]
async fn whoever_registers_somebody_again_and_again_does_not_keep_their_lost_password_lost() {
    let app = TestApp::start().await;
    let email = ann(&app).await.person().email.clone();
    for _ in 0..5 {
        let body = Register { email: email.clone(), invitation: None };
        app.anonymous().call(&REGISTER, &[], &body).await.ok();
    }
    ask(&app, &email).await.ok();
    let token = app.link(&email, "/reset").await;
    reset(&app, &token, ANOTHER).await.ok();
}
