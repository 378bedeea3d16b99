//! Neither what is answered nor how long it takes tells whether there is an account.

use std::time::{Duration, Instant};

use contract::account::{ASK_PASSWORD_RESET, REGISTER};
use contract::session::SIGN_IN;
use domain::community::Settings;
use serde_json::json;

use super::user;
use crate::support::app::TestApp;
use crate::support::caller::Raw;

const KNOWN: &str = "known@example.test";
const UNKNOWN: &str = "other@example.test";

/// What anybody may ask about an address: path and body.
fn questions(email: &str) -> [(String, serde_json::Value); 3] {
    [
        (SIGN_IN.path(&[]), json!({ "email": email, "password": "wrong password" })),
        (REGISTER.path(&[]), json!({ "email": email })),
        (ASK_PASSWORD_RESET.path(&[]), json!({ "email": email })),
    ]
}

async fn ask(app: &TestApp, path: &str, body: &serde_json::Value) -> Raw {
    app.anonymous().send_raw("POST", path, "application/json", body.to_string()).await
}

/// Everything of an answer that does not differ from one call to the next anyway.
fn shape(answer: &Raw) -> String {
    let mut headers: Vec<&str> = answer.headers.keys().map(|name| name.as_str()).collect();
    headers.sort_unstable();
    let id = answer.header("x-request-id");
    let body = answer.text().replace(id, "<id>");
    format!("{} {headers:?} retry-after {:?} {body}", answer.status, answer.header("retry-after"))
}

#[actix_web::test]
async fn answers_are_the_same_for_addresses_with_and_without_an_account() {
    let app = TestApp::start().await;
    user(&app, KNOWN).await;
    for ((path, known), (_, unknown)) in questions(KNOWN).into_iter().zip(questions(UNKNOWN)) {
        // Also when it becomes too often.
        for round in 0..7 {
            let (known, unknown) = (ask(&app, &path, &known).await, ask(&app, &path, &unknown).await);
            assert_eq!(shape(&known), shape(&unknown), "{path}, round {round}");
        }
    }
}

/// Measured with the hashing that is used in earnest. Reported, not judged: a machine that does other things besides
/// would fail it.
#[actix_web::test]
#[ignore = "takes a while and prints figures: cargo test -p api --test it -- --ignored enumeration --nocapture"]
async fn how_long_answers_take_for_addresses_with_and_without_an_account() {
    const ROUNDS: usize = 200;
    let app = TestApp::configured(Settings::default(), |config| config.argon2_memory_kib = 19 * 1024).await;
    let hash = api::session::password::hash("some-good-password", 19 * 1024).unwrap();
    for at in 0..ROUNDS {
        let email = format!("known{at}@example.test");
        user(&app, &email).await;
    }
    app.query(&format!(
        "with it as (update users set password_hash = '{hash}' returning 1) select '' as text from it"
    ))
    .await;
    for question in 0..3 {
        let mut times: [Vec<Duration>; 2] = [Vec::new(), Vec::new()];
        for at in 0..ROUNDS {
            // No address is asked twice, or the counts of guesses would be what is measured.
            for (side, name) in ["known", "other"].into_iter().enumerate() {
                let (path, body) = &questions(&format!("{name}{at}@example.test"))[question];
                app.query("with it as (delete from throttles returning 1) select '' as text from it").await;
                let asked = Instant::now();
                ask(&app, path, body).await;
                times[side].push(asked.elapsed());
            }
        }
        let (path, _) = &questions("")[question];
        println!("{path}: {}", compared(times));
    }
}

/// Medians, and the Mann–Whitney statistic as the chance that an answer about a known address takes longer than one
/// about another: one half where nothing can be told.
fn compared([mut known, mut other]: [Vec<Duration>; 2]) -> String {
    let longer: f64 = known
        .iter()
        .flat_map(|a| {
            other.iter().map(move |b| {
                if a > b {
                    1.0
                } else if a == b {
                    0.5
                } else {
                    0.0
                }
            })
        })
        .sum();
    let (n, m) = (known.len() as f64, other.len() as f64);
    let chance = longer / (n * m);
    // How far from one half, in standard deviations of what chance alone would do.
    let z = (chance - 0.5) / ((n + m + 1.0) / (12.0 * n * m)).sqrt();
    known.sort();
    other.sort();
    let [known, other] = [&known, &other].map(|times| times[times.len() / 2]);
    format!(
        "median {known:?} known, {other:?} unknown; known takes longer with chance {chance:.3} (z = {z:.2})"
    )
}
