//! Where the server meets the network: foreign pages, too many requests, slow ones.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};

use api::config::{Config, Rates};
use chrono::TimeDelta;
use contract::problem::Code;
use diesel_async::SimpleAsyncConnection;
use domain::community::Settings;
use reqwest::Method;
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::caller::{Caller, Raw, brief};

const APP: &str = "https://app.kommunity.test";

async fn with_origin(app: &TestApp, method: Method, origin: &str, wanted: Option<&str>) -> Raw {
    let mut request = app.anonymous().request(method, "/api/v1/version").header("origin", origin);
    if let Some(wanted) = wanted {
        request = request.header("access-control-request-method", wanted).header(
            "access-control-request-headers",
            "authorization, content-type, idempotency-key, if-match",
        );
    }
    Raw::of(request).await
}

#[actix_web::test]
async fn pages_of_origins_that_the_operator_named_may_call_and_no_others() {
    let set_up = |config: &mut Config| config.edge.cors_origins = vec![APP.into()];
    let app = TestApp::configured(Settings::default(), set_up).await;
    let asked = with_origin(&app, Method::OPTIONS, APP, Some("POST")).await;
    assert_eq!(asked.status, 200);
    assert_eq!(asked.header("access-control-allow-origin"), APP);
    assert_eq!(asked.header("access-control-allow-credentials"), "true");
    let answer = with_origin(&app, Method::GET, APP, None).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, APP));
    for header in ["etag", "link", "retry-after", "x-request-id", "ratelimit", "idempotent-replayed"] {
        let exposed = answer.header("access-control-expose-headers").to_lowercase();
        assert!(exposed.contains(header), "{header} in {exposed}");
    }
    assert!(answer.header("vary").contains("Origin"), "{}", answer.header("vary"));
    // Problems can be read as well.
    let request = app.anonymous().request(Method::GET, "/api/v1/account").header("origin", APP);
    let refused = Raw::of(request).await;
    assert_eq!((refused.status, refused.header("access-control-allow-origin")), (401, APP));
    for foreign in
        ["https://evil.test", "http://app.kommunity.test", "https://app.kommunity.test.evil.test", "null"]
    {
        for (method, wanted) in [(Method::GET, None), (Method::OPTIONS, Some("GET"))] {
            let answer = with_origin(&app, method, foreign, wanted).await;
            assert_eq!(answer.header("access-control-allow-origin"), "", "{foreign}");
        }
    }
}

async fn limited(rates: Rates) -> TestApp {
    TestApp::configured(Settings::default(), |config| config.edge.rates = rates).await
}

const PLENTY: Rates = Rates { user: 1000, address: 1000, sign_in: 1000 };

async fn show(caller: &Caller) -> Raw {
    caller.send_raw("GET", "/api/v1/account", "", "").await
}

#[actix_web::test]
async fn who_asks_too_often_is_told_when_to_come_back_and_others_are_not_held_up() {
    let app = limited(Rates { user: 3, ..PLENTY }).await;
    let (ann, ben) = (app.resident("ann").await, app.resident("ben").await);
    for left in ["2;t=20", "1;t=40", "0;t=60"] {
        let answer = show(&ann).await;
        assert_eq!((answer.status, answer.header("ratelimit")), (200, format!("\"user\";r={left}").as_str()));
        assert_eq!(answer.header("ratelimit-policy"), "\"user\";q=3;w=60");
    }
    let refused = show(&ann).await;
    let problem = refused.problem();
    assert_eq!(problem.code, Code::TooManyRequests);
    assert_eq!(problem.kind, "https://iana.org/assignments/http-problem-types#quota-exceeded");
    assert_eq!(problem.violated_policies, ["user"]);
    assert_eq!((refused.header("retry-after"), refused.header("ratelimit")), ("20", "\"user\";r=0;t=20"));
    assert_eq!(show(&ben).await.status, 200);
    app.advance(TimeDelta::seconds(20));
    assert_eq!(show(&ann).await.status, 200);
    assert_eq!(show(&ann).await.status, 429);
}

#[actix_web::test]
async fn passwords_cannot_be_tried_as_often_as_one_likes() {
    let app = limited(Rates { sign_in: 2, ..PLENTY }).await;
    let body = json!({ "email": "nobody@kommunity.test", "password": "a guess of mine" }).to_string();
    let guess = async |from: &str| {
        let request =
            app.anonymous().request(Method::POST, "/api/v1/session").header("x-forwarded-for", from);
        Raw::of(request.header("content-type", "application/json").body(body.clone())).await
    };
    for _ in 0..2 {
        assert_eq!(brief(&guess("198.51.100.1").await.problem()), "401 bad_credentials");
    }
    // Saying that one is somebody else does not help.
    let refused = guess("198.51.100.2").await;
    assert_eq!(brief(&refused.problem()), "429 too_many_requests");
    assert_eq!(refused.problem().violated_policies, ["sign-in"]);
    assert_eq!(show(&app.anonymous()).await.status, 401, "everything else goes on");
}

#[actix_web::test]
async fn a_proxy_of_ours_is_believed_about_who_is_calling() {
    let set_up = |config: &mut Config| {
        config.edge.rates = Rates { address: 1, ..PLENTY };
        config.edge.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    };
    let app = TestApp::configured(Settings::default(), set_up).await;
    let ask = async |from: &str| {
        let request = app.anonymous().request(Method::GET, "/api/v1/version").header("x-forwarded-for", from);
        Raw::of(request).await.status
    };
    assert_eq!(ask("198.51.100.1").await, 200);
    assert_eq!(ask("198.51.100.2").await, 200);
    assert_eq!(ask("203.0.113.7, 198.51.100.1").await, 429);
    assert_eq!(ask("2001:db8::1").await, 200);
    assert_eq!(ask("2001:db8::2").await, 429);
}

#[actix_web::test]
async fn what_is_too_much_is_turned_away_at_once_and_health_stays_green() {
    let app = TestApp::configured(Settings::default(), |config| config.edge.in_flight = 1).await;
    let ann = app.resident("ann").await;
    let turn = app.shared.in_flight.try_acquire().unwrap();
    let refused = show(&ann).await;
    let problem = refused.problem();
    assert_eq!(
        (problem.code, problem.kind.as_str()),
        (Code::Unavailable, "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity")
    );
    assert_eq!(refused.header("retry-after"), "2");
    assert_eq!(ann.send_raw("GET", "/health/ready", "", "").await.status, 200);
    drop(turn);
    assert_eq!(show(&ann).await.status, 200);
}

#[actix_web::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let soon = |config: &mut Config| config.edge.body_deadline = std::time::Duration::from_millis(50);
    let app = TestApp::configured(Settings::default(), soon).await;
    let ann = app.resident("ann").await;
    for key in ["x-no-key: 1", "idempotency-key: a-key-of-some-length"] {
        let path = contract::service_request::CREATE.path(&[&ann.slug]);
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n{key}\r\n\
             content-type: application/json\r\ncontent-length: 100\r\n\r\n{{\"title\":",
            ann.token()
        );
        let address = ann.address().to_owned();
        let answer = actix_web::rt::task::spawn_blocking(move || said_to(&address, &head)).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    }
}

/// What a server answers to the beginning of a request.
fn said_to(address: &str, beginning: &str) -> String {
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.write_all(beginning.as_bytes()).unwrap();
    let mut answer = vec![0; 4096];
    let length = stream.read(&mut answer).unwrap();
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

#[actix_web::test]
async fn what_takes_too_long_is_given_up_and_undone() {
    let soon = |config: &mut Config| {
        config.edge.request_deadline = std::time::Duration::from_millis(300);
        config.edge.cors_origins = vec![APP.into()];
    };
    let app = TestApp::configured(Settings::default(), soon).await;
    let ann = app.resident("ann").await;
    let mut blocker = app.conn().await;
    blocker.batch_execute("begin; lock table request_counters").await.unwrap();
    let path = contract::service_request::CREATE.path(&[&ann.slug]);
    let body = json!(crate::support::cast::about(app.place.heating, "Cold here"));
    let request = ann.request(Method::POST, &path).header("idempotency-key", "given-up-in-time").json(&body);
    let answer = Raw::of(request.header("origin", APP)).await;
    assert_eq!(brief(&answer.problem()), "503 unavailable");
    // It has the headers of every other answer.
    let other = Raw::of(ann.request(Method::GET, "/api/v1/account").header("origin", APP)).await;
    assert_eq!(answer.header("ratelimit-policy"), other.header("ratelimit-policy"));
    assert!(answer.header("ratelimit").starts_with("\"user\";r="), "{}", answer.header("ratelimit"));
    let words = |text: &str| text.split(',').map(|it| it.trim().to_lowercase()).collect::<BTreeSet<_>>();
    for header in [
        "access-control-allow-origin",
        "access-control-allow-credentials",
        "access-control-expose-headers",
        "vary",
    ] {
        assert_eq!(words(answer.header(header)), words(other.header(header)), "{header}");
        assert_ne!(answer.header(header), "", "{header}");
    }
    blocker.batch_execute("rollback").await.unwrap();
    assert_eq!((app.count("service_requests").await, app.count("idempotency_keys").await), (0, 0));
}
