//! Methods: what each address takes, and what it says to the others.

use std::collections::{BTreeMap, BTreeSet};

use contract::OPERATIONS;
use contract::endpoint::Method;

use super::Stage;
use crate::support::caller::{Raw, brief};

const ALL: [&str; 6] = ["GET", "POST", "PATCH", "PUT", "DELETE", "TRACE"];

#[actix_web::test]
async fn every_address_names_the_methods_that_it_takes_to_whoever_tries_another() {
    let stage = Stage::new().await;
    let mut taken: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for operation in OPERATIONS {
        taken.entry(operation.path).or_default().insert(operation.method.as_str());
    }
    for call in stage.calls(|_| true).await {
        let mut methods = taken[call.operation.path].clone();
        for other in ALL.iter().filter(|method| !methods.contains(**method)) {
            let answer = stage.app.anonymous().send_raw(other, &call.path, "", "").await;
            assert_eq!(brief(&answer.problem()), "405 method_not_allowed", "{other} {}", call.path);
            let mut allowed = methods.clone();
            allowed.insert("OPTIONS");
            if methods.contains("GET") {
                allowed.insert("HEAD");
            }
            let told: BTreeSet<&str> = answer.header("allow").split(", ").collect();
            assert_eq!(told, allowed, "{}", call.path);
        }
        let options = stage.app.anonymous().send_raw("OPTIONS", &call.path, "", "").await;
        assert_eq!(options.status, 204, "{}", call.path);
        if methods.remove("PATCH") {
            assert!(options.header("accept-patch").contains("application/merge-patch+json"));
        }
    }
}

#[actix_web::test]
async fn a_head_is_answered_like_a_get_without_its_body() {
    let stage = Stage::new().await;
    let calls = stage.calls(|operation| operation.method == Method::Get).await;
    let paths = calls.iter().map(|call| call.path.as_str());
    for path in paths.chain(["/health/live", "/health/ready", "/openapi.json", "/docs", "/docs/"]) {
        let get = stage.get(path).await;
        let head = stage.all.send_raw("HEAD", path, "", "").await;
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{path}");
        for name in ["content-type", "etag", "cache-control", "vary", "content-length"] {
            assert_eq!(head.header(name), get.header(name), "{path}: {name}");
        }
    }
    let refused = stage.app.anonymous().send_raw("HEAD", "/api/v1/account", "", "").await;
    assert_eq!((refused.status, refused.body.len()), (401, 0));
}

#[actix_web::test]
async fn addresses_beside_the_api_are_for_reading() {
    let stage = Stage::new().await;
    for path in ["/health/live", "/health/ready", "/openapi.json", "/docs"] {
        let answer = stage.all.send_raw("POST", path, "", "").await;
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{path}");
    }
}

#[actix_web::test]
async fn a_head_of_a_compressed_answer_has_its_headers() {
    let stage = Stage::new().await;
    let request = stage.all.request(reqwest::Method::HEAD, "/api/v1/account").header("accept-encoding", "br");
    let head = Raw::of(request).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
}
