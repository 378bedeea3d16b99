//! Guessing is counted, on all servers together, before anybody looks whether it was right.

use chrono::TimeDelta;
use contract::session::SIGN_IN;
use futures_util::future::join_all;

use super::{ann, credentials, sign_in};
use crate::support::app::TestApp;
use crate::support::given::PASSWORD;

const WRONG: &str = "wrong password";
const NOBODY: &str = "nobody@willow-park.test";

#[actix_web::test]
async fn after_five_wrong_guesses_each_further_one_waits_longer_whether_or_not_there_is_an_account() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    for login in [ann.person().email.as_str(), NOBODY, "nobody@willow-park"] {
        let mut story = Vec::new();
        for _ in 0..8 {
            story.push(sign_in(&app, login, WRONG).await.raw.status.to_string());
            let next = sign_in(&app, login, WRONG).await;
            if next.raw.status == 429 {
                let wait = next.raw.header("retry-after").to_owned();
                app.advance(TimeDelta::seconds(wait.parse().unwrap()));
                story.push(format!("{wait} s"));
            }
        }
        let expected = "401 401 401 1 s 401 2 s 401 4 s 401 8 s 401 16 s 401 32 s";
        assert_eq!(story.join(" "), expected, "{login}");
    }
    let noted = "select coalesce(entity_id::text, 'nobody') as text from audit_events \
                 where action = 'session.failed' order by id";
    assert_eq!(app.query(noted).await, [ann.person().user_id.to_string().as_str(), "nobody", "nobody"]);
}

#[actix_web::test]
async fn the_right_password_has_to_wait_as_well_and_then_clears_the_count() {
    let app = TestApp::start().await;
    let email = ann(&app).await.person().email.clone();
    for _ in 0..5 {
        assert_eq!(sign_in(&app, &email, WRONG).await.refusal(), "401 bad_credentials");
    }
    assert_eq!(sign_in(&app, &email, PASSWORD).await.refusal(), "429 too_many_requests");
    app.advance(TimeDelta::seconds(1));
    sign_in(&app, &email, PASSWORD).await.ok();
    for _ in 0..5 {
        assert_eq!(sign_in(&app, &email, WRONG).await.refusal(), "401 bad_credentials");
    }
}

#[actix_web::test]
async fn guesses_at_the_same_time_on_several_servers_count_together() {
    let app = TestApp::start().await;
    let email = ann(&app).await.person().email.clone();
    let servers = [app.anonymous(), app.another_server()];
    let body = credentials(&email, WRONG);
    let guesses = (0..20).map(|at| servers[at % 2].call(&SIGN_IN, &[], &body));
    let answers = join_all(guesses).await;
    let count = |status: u16| answers.iter().filter(|answer| answer.raw.status == status).count();
    assert_eq!((count(401), count(429)), (5, 15));
}

#[actix_web::test]
async fn one_address_may_guess_thirty_times_at_whomever_and_an_account_of_its_own_does_not_help() {
    let app = TestApp::start().await;
    let email = ann(&app).await.person().email.clone();
    for at in 0..30 {
        sign_in(&app, &email, PASSWORD).await.ok();
        let refused = sign_in(&app, &format!("nobody{at}@willow-park.test"), WRONG).await;
        assert_eq!(refused.refusal(), "401 bad_credentials", "{at}");
    }
    let refused = sign_in(&app, "nobody@elsewhere.test", WRONG).await;
    assert_eq!(
        (refused.refusal().as_str(), refused.raw.header("retry-after")),
        ("429 too_many_requests", "1")
    );
    app.advance(TimeDelta::hours(1));
    sign_in(&app, &email, PASSWORD).await.ok();
}

#[actix_web::test]
async fn nobody_is_locked_out_for_good() {
    let app = TestApp::start().await;
    let email = ann(&app).await.person().email.clone();
    for _ in 0..60 {
        sign_in(&app, &email, WRONG).await.problem();
        app.advance(TimeDelta::minutes(15));
    }
    sign_in(&app, &email, PASSWORD).await.ok();
}
