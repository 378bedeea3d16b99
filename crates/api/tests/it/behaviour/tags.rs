//! Entity tags and preconditions.

use chrono::TimeDelta;
use contract::endpoint::Method;
use contract::service_request::SHOW;
use domain::service_request::RequestAction;

use super::Stage;
use crate::support::caller::{Raw, brief};
use crate::support::cast::noted;

#[actix_web::test]
async fn every_get_is_tagged_and_not_sent_again_to_whoever_has_it() {
    let stage = Stage::new().await;
    for call in stage.calls(|operation| operation.method == Method::Get).await {
        let id = call.operation.id;
        let first = Raw::of(stage.request(&call)).await;
        assert_eq!(first.status, 200, "{id}");
        if first.header("content-type") != "application/json" {
            continue;
        }
        let tag = first.header("etag");
        assert!(tag.starts_with('"') && tag.ends_with('"') && tag.contains('.'), "{id}: {tag}");
        for known in [tag, &format!("\"other\", W/{tag}"), "*"] {
            let again = Raw::of(stage.request(&call).header("if-none-match", known)).await;
            assert_eq!((again.status, again.body.len()), (304, 0), "{id}: {known}");
            assert_eq!(again.header("etag"), tag, "{id}");
            assert_eq!(again.header("cache-control"), first.header("cache-control"), "{id}");
            assert_eq!(again.header("vary"), first.header("vary"), "{id}");
        }
        let other = Raw::of(stage.request(&call).header("if-none-match", "\"1.other\"")).await;
        assert_eq!((other.status, other.text()), (200, first.text()), "{id}");
    }
}

#[actix_web::test]
async fn every_change_of_a_versioned_resource_asks_which_version_was_seen() {
    let stage = Stage::new().await;
    for call in stage.calls(|operation| operation.versioned).await {
        let id = call.operation.id;
        let unsaid = Raw::of(stage.request(&call.without("if-match"))).await;
        assert_eq!(brief(&unsaid.problem()), "428 precondition_required", "{id}");
        for stale in ["\"0.x\"", "W/\"1.x\"", "\"x\"", "1", ""] {
            let answer = Raw::of(stage.request(&call.without("if-match")).header("if-match", stale)).await;
            assert_eq!(brief(&answer.problem()), "412 precondition_failed", "{id}: {stale}");
        }
        let any = Raw::of(stage.request(&call.without("if-match")).header("if-match", "*")).await;
        assert!((200..300).contains(&any.status), "{id}: {} {}", any.status, any.text());
    }
}

#[actix_web::test]
async fn a_tag_tells_the_version_and_changes_with_it_but_not_with_time() {
    let stage = Stage::new().await;
    let path = SHOW.path(&[&stage.app.place.slug, &stage.subject.request.summary.number]);
    let version = stage.subject.request.version;
    let before = stage.cast.ann.send_raw("GET", &path, "", "").await;
    assert!(before.header("etag").starts_with(&format!("\"{version}.")), "{}", before.header("etag"));
    stage.app.advance(TimeDelta::minutes(25));
    let ann = stage.app.again(&stage.cast.ann).await;
    let later = ann.send_raw("GET", &path, "", "").await;
    assert_ne!(later.text(), before.text(), "photos have new addresses");
    assert_eq!(later.header("etag"), before.header("etag"));
    let acted = ann.act(&stage.subject.request, noted(RequestAction::Cancel, "Warm again.")).await;
    let after = ann.send_raw("GET", &path, "", "").await;
    assert!(after.header("etag").starts_with(&format!("\"{}.", version + 1)));
    assert_eq!(acted.raw.header("etag"), after.header("etag"));
}

#[actix_web::test]
async fn compression_changes_no_tag() {
    let stage = Stage::new().await;
    let plain = stage.get("/api/v1/account").await;
    for coding in ["br", "gzip", "zstd"] {
        let get =
            || stage.all.request(reqwest::Method::GET, "/api/v1/account").header("accept-encoding", coding);
        let packed = Raw::of(get()).await;
        assert_eq!(packed.header("content-encoding"), coding);
        assert_eq!(packed.header("etag"), plain.header("etag"));
        assert_eq!(packed.header("vary"), plain.header("vary"));
        let again = Raw::of(get().header("if-none-match", plain.header("etag"))).await;
        assert_eq!(again.status, 304);
    }
}
