//! What else somebody may change of their account.

use contract::account::{Account, SHOW};
use domain::community::MemberStatus;
use domain::role::Role;
use reqwest::Method;
use serde_json::json;

use super::ann;
use crate::support::app::TestApp;
use crate::support::caller::{Caller, Raw, brief};
use crate::support::given;

async fn patch(caller: &Caller, if_match: Option<&str>, body: serde_json::Value) -> Raw {
    let request = caller.request(Method::PATCH, "/api/v1/account").json(&body);
    let request = match if_match {
        Some(tag) => request.header("if-match", tag),
        None => request,
    };
    Raw::of(request).await
}

#[actix_web::test]
async fn the_language_changes_for_whoever_has_seen_the_present_state() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let before = ann.call(&SHOW, &[], &()).await.ok();
    let tag = format!("\"{}\"", before.version);
    let changed = patch(&ann, Some(&tag), json!({ "locale": "en" })).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    let after: Account = serde_json::from_slice(&changed.body).unwrap();
    assert_eq!((after.locale.as_str(), after.version), ("en", before.version + 1));
    assert_eq!(
        brief(&patch(&ann, Some(&tag), json!({ "locale": "en" })).await.problem()),
        "412 precondition_failed"
    );
    assert_eq!(
        brief(&patch(&ann, None, json!({ "locale": "en" })).await.problem()),
        "428 precondition_required"
    );
}

#[actix_web::test]
async fn only_languages_that_the_server_speaks_and_nothing_that_is_not_theirs_to_change() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    for (body, refusal) in [
        (json!({ "locale": "tlh" }), "422 invalid: #/locale unknown_language"),
        (json!({ "is_operator": true }), "422 invalid: #/is_operator unknown_field"),
        (
            json!({ "email": "a@b.test", "must_change_password": false }),
            "422 invalid: #/email unknown_field, #/must_change_password unknown_field",
        ),
    ] {
        assert_eq!(brief(&patch(&ann, Some("*"), body).await.problem()), refusal);
    }
}

#[actix_web::test]
async fn what_somebody_asked_for_stands_beside_where_they_belong() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let elsewhere = app.elsewhere("elm-court").await;
    let mut conn = app.conn().await;
    given::join(&mut conn, &elsewhere, ann.person().user_id, "ann", &[Role::Resident], MemberStatus::Pending)
        .await;
    let account = ann.call(&SHOW, &[], &()).await.ok();
    let belongs: Vec<_> = account.memberships.iter().map(|one| one.community.slug.as_str()).collect();
    let asked: Vec<_> =
        account.applications.iter().map(|one| (one.community_slug.as_str(), one.status)).collect();
    assert_eq!((belongs, asked), (vec!["willow-park"], vec![("elm-court", MemberStatus::Pending)]));
}
