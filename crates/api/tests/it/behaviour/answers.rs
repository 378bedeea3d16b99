//! Headers: what every answer says beside its body.

use reqwest::Method;

use super::Stage;
use crate::support::caller::Raw;

/// What must be true of every answer of the API, good or bad.
fn complete(answer: &Raw, of: &str) {
    assert!(!answer.header("x-request-id").is_empty(), "{of}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("permissions-policy", "geolocation=(), camera=(), microphone=()"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{of}: {name}");
    }
    assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{of}");
    assert!(answer.header("cache-control").starts_with("private, "), "{of}");
    assert_eq!(answer.headers.get_all("vary").iter().count(), 1, "{of}");
    for name in ["Accept-Encoding", "Accept-Language", "Authorization"] {
        assert!(answer.header("vary").contains(name), "{of}: varies by {name}");
    }
    let (policy, limit) = (answer.header("ratelimit-policy"), answer.header("ratelimit"));
    assert!(policy.contains(";q=") && policy.contains(";w=60"), "{of}: {policy}");
    assert!(limit.contains(";r=") && limit.contains(";t="), "{of}: {limit}");
    assert_eq!(answer.headers.get("strict-transport-security"), None, "{of}: it came by http");
}

#[actix_web::test]
async fn every_answer_is_complete_whoever_asks_and_whatever_comes_of_it() {
    let stage = Stage::new().await;
    for call in stage.calls(|_| true).await {
        for (who, caller) in [("all", stage.all.clone()), ("nobody", stage.app.anonymous())] {
            complete(&call.with_garbage().send(&caller).await, &format!("{who}: bad {}", call.operation.id));
            complete(&call.send(&caller).await, &format!("{who}: {}", call.operation.id));
        }
    }
    for path in ["/api", "/api/v1/nothing", "/api/v2/account"] {
        complete(&stage.get(path).await, path);
    }
}

#[actix_web::test]
async fn every_other_route_says_how_long_it_may_be_kept() {
    let stage = Stage::new().await;
    for path in ["/health/live", "/health/ready", "/openapi.json", "/docs", "/docs/", "/", "/nothing"] {
        let answer = stage.get(path).await;
        assert!(!answer.header("cache-control").is_empty(), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
    }
}

#[actix_web::test]
async fn a_request_keeps_the_id_that_it_came_with() {
    let stage = Stage::new().await;
    for (given, kept) in [
        ("01900000-0000-7000-8000-000000000000", true),
        ("job:42.retry_1", true),
        ("short", false),
        ("with blanks in it", false),
        ("<script>alert(1)</script>", false),
    ] {
        let asked = stage.all.request(Method::GET, "/api/v1/nothing").header("x-request-id", given);
        let answer = Raw::of(asked).await;
        let id = answer.header("x-request-id");
        assert_eq!(id == given, kept, "{given}: {id}");
        assert!(kept || id.parse::<uuid::Uuid>().is_ok(), "{given}: {id}");
    }
}

#[actix_web::test]
async fn over_https_browsers_are_told_to_stay_there() {
    let set_up = |config: &mut api::config::Config| config.public_url = "https://kommunity.test".into();
    let app = crate::support::app::TestApp::configured(Default::default(), set_up).await;
    for path in ["/api/v1/version", "/health/live", "/docs/"] {
        let answer = app.anonymous().send_raw("GET", path, "", "").await;
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000", "{path}");
    }
}
