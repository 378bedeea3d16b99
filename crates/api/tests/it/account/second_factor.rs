//! Authenticator apps and recovery codes.

use api::session::totp;
use chrono::TimeDelta;
use contract::account::{
    CHANGE_EMAIL, CONFIRM_TOTP, ChangeEmail, ConfirmTotp, ProvePassword, REMOVE_TOTP, RENEW_RECOVERY_CODES,
    SHOW, START_TOTP, TotpSecret,
};
use contract::session::{SIGN_IN, Session, SignIn};
use futures_util::future::join_all;

use super::{ann, credentials, sign_in};
use crate::support::app::TestApp;
use crate::support::caller::{Answer, Caller};
use crate::support::given::PASSWORD;

fn proof() -> ProvePassword {
    ProvePassword { current_password: PASSWORD.into(), totp: None }
}

/// What an authenticator app makes of the secret.
fn bytes(secret: &str) -> Vec<u8> {
    let value = |letter: u8| if letter.is_ascii_digit() { letter - b'2' + 26 } else { letter - b'A' };
    let bits: Vec<u8> = secret.bytes().flat_map(|c| (0..5).rev().map(move |at| value(c) >> at & 1)).collect();
    bits.chunks_exact(8).map(|eight| eight.iter().fold(0, |byte, bit| byte << 1 | bit)).collect()
}

fn code(app: &TestApp, secret: &TotpSecret) -> String {
    totp::code(&bytes(&secret.secret), app.now().timestamp() / 30)
}

async fn confirm(caller: &Caller, code: String) -> Answer<contract::account::RecoveryCodes> {
    caller.call(&CONFIRM_TOTP, &[], &ConfirmTotp { code }).await
}

/// Turns it on; answers the secret and the recovery codes.
async fn on(app: &TestApp, caller: &Caller) -> (TotpSecret, Vec<String>) {
    let secret = caller.call(&START_TOTP, &[], &proof()).await.ok();
    let codes = confirm(caller, code(app, &secret)).await.ok().codes;
    (secret, codes)
}

async fn sign_in_with(app: &TestApp, email: &str, code: &str) -> Answer<Session> {
    let body = SignIn { totp: Some(code.into()), ..credentials(email, PASSWORD) };
    app.anonymous().call(&SIGN_IN, &[], &body).await
}

#[actix_web::test]
async fn once_it_is_confirmed_signing_in_takes_a_code_that_works_once() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let email = &ann.person().email;
    let secret = ann.call(&START_TOTP, &[], &proof()).await.ok();
    assert!(
        secret.uri.starts_with("otpauth://totp/Kommunity:ann%40willow-park.test?secret="),
        "{}",
        secret.uri
    );
    assert!(secret.qr_svg.contains("<svg"), "{}", secret.qr_svg);
    sign_in(&app, email, PASSWORD).await.ok();
    assert_eq!(confirm(&ann, "000000".into()).await.refusal(), "422 invalid: #/code wrong_code");
    let codes = confirm(&ann, code(&app, &secret)).await.ok().codes;
    assert_eq!(codes.len(), 10);
    let account = ann.call(&SHOW, &[], &()).await.ok();
    assert_eq!((account.has_totp, account.recovery_codes_left), (true, 10));

    assert_eq!(sign_in(&app, email, PASSWORD).await.refusal(), "401 second_factor_required");
    assert_eq!(sign_in(&app, email, "wrong password").await.refusal(), "401 bad_credentials");
    let used = code(&app, &secret);
    assert_eq!(
        sign_in_with(&app, email, &used).await.refusal(),
        "401 bad_second_factor",
        "it confirmed already"
    );
    app.advance(TimeDelta::seconds(30));
    let fresh = code(&app, &secret);
    sign_in_with(&app, email, &fresh).await.ok();
    assert_eq!(sign_in_with(&app, email, &fresh).await.refusal(), "401 bad_second_factor");
    assert_eq!(app.mailbox().await, [format!("{email}: The second factor is on")]);
}

#[actix_web::test]
async fn a_code_that_is_sent_many_times_at_once_signs_in_once() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let (secret, codes) = on(&app, &ann).await;
    app.advance(TimeDelta::seconds(30));
    let email = &ann.person().email;
    for given in [code(&app, &secret), codes[0].clone()] {
        let answers = join_all((0..5).map(|_| sign_in_with(&app, email, &given))).await;
        let in_ = answers.iter().filter(|answer| answer.raw.status == 200).count();
        assert_eq!(in_, 1, "{given}");
        app.advance(TimeDelta::hours(1));
    }
}

#[actix_web::test]
async fn a_recovery_code_signs_in_once_however_it_is_typed() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let (_, codes) = on(&app, &ann).await;
    let email = &ann.person().email;
    let typed = codes[3].to_uppercase().replace('-', " ");
    sign_in_with(&app, email, &typed).await.ok();
    assert_eq!(sign_in_with(&app, email, &codes[3]).await.refusal(), "401 bad_second_factor");
    assert_eq!(ann.call(&SHOW, &[], &()).await.ok().recovery_codes_left, 9);
    let audited = app.query("select action as text from audit_events where action like 'account.%'").await;
    assert_eq!(audited, ["account.totp_enabled", "account.recovery_code_used"]);

    let with_code = ProvePassword { totp: Some(codes[5].clone()), ..proof() };
    let renewed = ann.call(&RENEW_RECOVERY_CODES, &[], &with_code).await.ok().codes;
    assert_eq!(sign_in_with(&app, email, &codes[4]).await.refusal(), "401 bad_second_factor");
    sign_in_with(&app, email, &renewed[0]).await.ok();
}

#[actix_web::test]
async fn wrong_codes_are_throttled_like_wrong_passwords_and_a_right_password_clears_nothing() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let (secret, _) = on(&app, &ann).await;
    let email = &ann.person().email;
    for _ in 0..5 {
        // Asking for the code neither counts nor clears.
        assert_eq!(sign_in(&app, email, PASSWORD).await.refusal(), "401 second_factor_required");
        assert_eq!(sign_in_with(&app, email, "000000").await.refusal(), "401 bad_second_factor");
    }
    assert_eq!(sign_in(&app, email, PASSWORD).await.refusal(), "429 too_many_requests");
    app.advance(TimeDelta::seconds(30));
    sign_in_with(&app, email, &code(&app, &secret)).await.ok();
}

#[actix_web::test]
async fn turning_it_off_takes_password_and_code_and_leaves_no_codes() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let (_, codes) = on(&app, &ann).await;
    let email = &ann.person().email;
    let wrong = ProvePassword { current_password: "wrong password".into(), totp: None };
    for endpoint in [&REMOVE_TOTP.operation, &RENEW_RECOVERY_CODES.operation, &START_TOTP.operation] {
        let body = serde_json::to_vec(&wrong).unwrap();
        let refused = ann.send_raw("POST", &endpoint.path(&[]), "application/json", body).await;
        let refused = crate::support::caller::brief(&refused.problem());
        assert_eq!(refused, "422 invalid: #/current_password wrong_password", "{}", endpoint.id);
    }
    assert_eq!(
        ann.call(&START_TOTP, &[], &proof()).await.refusal(),
        "409 duplicate",
        "it would replace one that counts"
    );
    assert_eq!(ann.call(&REMOVE_TOTP, &[], &proof()).await.refusal(), "422 invalid: #/totp required");
    let guessed = ProvePassword { totp: Some("000000".into()), ..proof() };
    assert_eq!(ann.call(&REMOVE_TOTP, &[], &guessed).await.refusal(), "422 invalid: #/totp wrong_code");
    let with_code = ProvePassword { totp: Some(codes[1].clone()), ..proof() };
    ann.call(&REMOVE_TOTP, &[], &with_code).await.ok();
    ann.call(&REMOVE_TOTP, &[], &proof()).await.ok();
    sign_in(&app, email, PASSWORD).await.ok();
    assert_eq!(ann.call(&RENEW_RECOVERY_CODES, &[], &proof()).await.refusal(), "409 wrong_state");
    assert_eq!(confirm(&ann, codes[0].clone()).await.refusal(), "410 gone");
    assert_eq!(app.count("recovery_codes").await, 0);
    assert_eq!(
        app.mailbox().await,
        [format!("{email}: The second factor is off"), format!("{email}: The second factor is on")]
    );
}

#[actix_web::test]
async fn the_database_tells_neither_secret_nor_codes() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let (secret, codes) = on(&app, &ann).await;
    let rows = app.query("select u::text as text from users u").await.join("\n");
    assert!(!rows.contains(&secret.secret));
    let kept = app.query("select encode(hash, 'escape') as text from recovery_codes").await.join("\n");
    assert!(codes.iter().all(|code| !kept.contains(&code.replace('-', ""))));
}

#[actix_web::test]
async fn the_code_that_turns_it_on_is_not_guessed() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let secret = ann.call(&START_TOTP, &[], &proof()).await.ok();
    for _ in 0..5 {
        assert_eq!(confirm(&ann, "000000".into()).await.refusal(), "422 invalid: #/code wrong_code");
    }
    assert_eq!(confirm(&ann, code(&app, &secret)).await.refusal(), "429 too_many_requests");
}

#[actix_web::test]
async fn what_leads_past_it_takes_a_code_that_is_used_up_and_not_guessed() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let (secret, _) = on(&app, &ann).await;
    app.advance(TimeDelta::seconds(30));
    let right = ProvePassword { totp: Some(code(&app, &secret)), ..proof() };
    let mail = |totp: Option<String>| ChangeEmail {
        current_password: PASSWORD.into(),
        email: "thief@example.test".into(),
        totp,
    };
    assert_eq!(ann.call(&CHANGE_EMAIL, &[], &mail(None)).await.refusal(), "422 invalid: #/totp required");
    assert_eq!(ann.call(&RENEW_RECOVERY_CODES, &[], &right).await.ok().codes.len(), 10);
    assert_eq!(
        ann.call(&CHANGE_EMAIL, &[], &mail(right.totp.clone())).await.refusal(),
        "422 invalid: #/totp wrong_code",
        "it was used"
    );
    for _ in 0..3 {
        let refused = ann.call(&CHANGE_EMAIL, &[], &mail(Some("000000".into()))).await;
        assert_eq!(refused.refusal(), "422 invalid: #/totp wrong_code");
    }
    let still = ann.call(&SHOW, &[], &()).await.ok();
    assert_eq!(still.email.as_ref(), Some(&ann.person().email));
}
