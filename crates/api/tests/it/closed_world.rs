//! Every operation of the document, called by those who must not: nobody learns anything, nothing breaks, and the
//! checks come in the order that is documented.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::comment::NewComment;
use contract::endpoint::Access;
use contract::service_request::{ActOnServiceRequest, LIST, NewServiceRequest, ServiceRequestQuery};
use contract::session::SIGN_OUT;
use domain::community::MemberStatus;
use domain::role::Role;
use domain::service_request::RequestAction;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::calls::Subject;
use crate::support::cast::{Cast, about, act, assign, noted};
use crate::support::talk::words;
use crate::support::{given, photo};

/// The claims that a token carries.
fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

/// A token made of these parts, signed with this key.
fn forged(header: &Value, claims: &Value, key: &[u8]) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key).unwrap();
    mac.update(message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

fn with(claims: &Value, name: &str, value: Value) -> Value {
    let mut claims = claims.clone();
    claims[name] = value;
    claims
}

fn without(claims: &Value, name: &str) -> Value {
    let mut claims = claims.clone();
    claims.as_object_mut().unwrap().remove(name);
    claims
}

/// Tokens that must not be taken, each made from a good one of an admin.
async fn bad_tokens(app: &TestApp) -> Vec<(&'static str, String)> {
    let admin = app.member("alma", &[Role::Admin]).await;
    let other = app.resident("otto").await;
    let (good, strange) = (claims(admin.token()), claims(other.token()));
    let key = &app.shared.config.token_keys[0].secret;
    let header = json!({ "alg": "HS256", "typ": "JWT", "kid": "test" });
    let signed = |claims: &Value| forged(&header, claims, key);
    let [head, body, signature] = admin.token().split('.').collect::<Vec<_>>()[..] else { panic!() };
    let none = |alg: &str| {
        let header = URL_SAFE_NO_PAD.encode(json!({ "alg": alg, "typ": "JWT", "kid": "test" }).to_string());
        format!("{header}.{body}.")
    };
    let ended = app.member("emil", &[Role::Admin]).await;
    ended.call(&SIGN_OUT, &[], &()).await.ok();

    assert_eq!(admin.with_token(signed(&good)).send_raw("GET", "/api/v1/account", "", "").await.status, 200);
    vec![
        ("expired", signed(&with(&good, "exp", json!(app.now().timestamp())))),
        ("without expiry", signed(&without(&good, "exp"))),
        ("expiry as text", signed(&with(&good, "exp", json!("9999999999")))),
        ("forged signature", forged(&header, &good, &[8; 32])),
        ("signature cut off", format!("{head}.{body}.")),
        ("signature shortened", format!("{head}.{body}.{}", &signature[..20])),
        ("alg none", none("none")),
        ("alg NONE", none("NONE")),
        ("another algorithm", forged(&json!({ "alg": "HS512", "kid": "test" }), &good, key)),
        ("unknown key", forged(&json!({ "alg": "HS256", "kid": "other" }), &good, key)),
        ("no key named", forged(&json!({ "alg": "HS256" }), &good, key)),
        ("key by path", forged(&json!({ "alg": "HS256", "kid": "../../dev/null" }), &good, b"")),
        ("other audience", signed(&with(&good, "aud", json!("somebody-else")))),
        ("other issuer", signed(&with(&good, "iss", json!("somebody-else")))),
        ("another user's session", signed(&with(&good, "sid", strange["sid"].clone()))),
        ("unknown session", signed(&with(&good, "sid", json!(uuid::Uuid::nil())))),
        ("ended session", ended.token().to_owned()),
        ("no token at all", String::new()),
        ("garbage", "x.y.z".into()),
        ("long garbage", "a".repeat(6000)),
    ]
}

/// What no refusal may speak of.
const SECRETS: [&str; 5] = ["Radiator", "radiator", "Ann", "Willow", "MNT-"];

#[actix_web::test]
async fn no_bad_token_is_taken_anywhere() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let subject = Subject::of(&app, &cast).await;
    let calls = subject.calls(&app).await;
    let mut wrong = Vec::new();
    for (name, token) in bad_tokens(&app).await {
        let before = app.holdings().await;
        let caller = app.anonymous().with_token(token);
        for call in calls.iter().filter(|call| call.operation.access != Access::Public) {
            // Even before the body is looked at.
            for call in [call.clone(), call.with_garbage()] {
                let answer = call.send(&caller).await;
                let told = SECRETS.iter().any(|secret| answer.text().contains(secret));
                if answer.status != 401 || answer.problem().code.as_str() != "not_signed_in" || told {
                    wrong.push(format!("{name}: {} {} {}", call.operation.id, answer.status, answer.text()));
                }
            }
        }
        assert_eq!(app.holdings().await, before, "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn a_bad_token_does_no_harm_where_none_is_needed() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let subject = Subject::of(&app, &cast).await;
    for (name, token) in bad_tokens(&app).await {
        let caller = app.anonymous().with_token(token);
        let calls = subject.calls(&app).await;
        for call in calls.iter().filter(|call| call.operation.access == Access::Public) {
            let answer = call.send(&caller).await;
            let went = (200..300).contains(&answer.status);
            assert!(went, "{name}: {} {} {}", call.operation.id, answer.status, answer.text());
        }
    }
}

/// People who are signed in but have no business in the community.
async fn outsiders(app: &TestApp) -> Vec<(&'static str, Caller)> {
    let elsewhere = app.elsewhere("elm-court").await;
    let admin = app.member_of(&elsewhere, "stranger", &[Role::Admin]).await;
    let mut outsiders = vec![("admin of another community", admin.speaking_of(&app.place.slug))];
    for (name, status) in [
        ("pending", MemberStatus::Pending),
        ("suspended", MemberStatus::Suspended),
        ("archived", MemberStatus::Archived),
    ] {
        let email = format!("{name}@willow-park.test");
        let person = app
            .with_conn(async |conn| {
                let user = given::user(conn, &email, false).await;
                given::join(conn, &app.place, user, name, &[Role::Admin], status).await
            })
            .await;
        outsiders.push((name, app.sign_in(&app.place, person).await));
    }
    outsiders.push(("operator", app.operator().await));
    outsiders
}

#[actix_web::test]
async fn who_does_not_belong_to_a_community_does_not_learn_that_it_exists() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let subject = Subject::of(&app, &cast).await;
    let mut wrong = Vec::new();
    for (name, caller) in outsiders(&app).await {
        let calls = subject.calls(&app).await;
        let before = app.holdings().await;
        for call in calls {
            let operation = call.operation;
            // What is public has tests of its own.
            if !operation.path.starts_with("/communities/{community}") {
                continue;
            }
            let elsewhere = call.path.replace(&app.place.slug, "no-such-place");
            let by_id = call.path.replace(&app.place.slug, &app.place.id.to_string());
            for path in [call.path.clone(), by_id, elsewhere] {
                for call in [call.clone(), call.with_garbage()] {
                    let answer = caller
                        .send_raw(operation.method.as_str(), &path, &call.content_type, call.body)
                        .await;
                    let told = SECRETS.iter().any(|secret| answer.text().contains(secret));
                    if answer.status != 404 || answer.problem().code.as_str() != "not_found" || told {
                        wrong.push(format!("{name}: {path} {} {}", answer.status, answer.text()));
                    }
                }
            }
        }
        // Signing in leaves its mark in the audit.
        assert_eq!(without_audit(&app.holdings().await), without_audit(&before), "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn without_audit(holdings: &str) -> Vec<String> {
    holdings.split(", ").filter(|one| !one.starts_with("audit_events")).map(ToOwned::to_owned).collect()
}

#[actix_web::test]
async fn without_the_permission_nobody_learns_whether_what_they_sent_was_right() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let subject = Subject::of(&app, &cast).await;
    let nobody = app.member("nora", &[]).await;
    for call in subject.calls(&app).await {
        let Access::Needs(permission) = call.operation.access else { continue };
        for call in [call.clone(), call.with_garbage()] {
            let answer = call.send(&nobody).await;
            assert_eq!(answer.status, 403, "{permission}: {} {}", call.operation.id, answer.text());
            assert_eq!(answer.problem().code.as_str(), "not_allowed");
        }
    }
}

#[actix_web::test]
async fn an_object_of_another_community_is_not_found_under_ones_own() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let subject = Subject::of(&app, &cast).await;
    let elsewhere = app.elsewhere("elm-court").await;
    let admin = app.member_of(&elsewhere, "adam", &[Role::Admin, Role::Professional]).await;
    let before = app.holdings().await;
    for name in [subject.request.summary.id.to_string(), subject.request.summary.number.clone()] {
        let shown = admin.call(&contract::service_request::SHOW, &[&admin.slug, &name], &()).await;
        assert_eq!(shown.refusal(), "404 not_found", "{name}");
        let ask = noted(RequestAction::Ask, "Hello over there?");
        let acted = admin.call(&contract::service_request::ACT, &[&admin.slug, &name], &ask).await;
        assert_eq!(acted.refusal(), "404 not_found", "{name}");
        let said = words("Hello over there.");
        let acted = admin.call(&contract::comment::CREATE, &[&admin.slug, &name], &said).await;
        assert_eq!(acted.refusal(), "404 not_found", "{name}");
        let path = format!("/api/v1/communities/{}/professionals?fit_for={name}", admin.slug);
        let fitting = admin.send_raw("GET", &path, "", "").await;
        assert_eq!(crate::support::caller::brief(&fitting.problem()), "422 invalid: fit_for unknown");
    }
    assert_eq!(app.holdings().await, before);
}

#[actix_web::test]
async fn ids_of_another_community_are_unknown_in_ones_own() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let here = &app.place;
    let elsewhere = app.elsewhere("elm-court").await;
    let admin = app.member_of(&elsewhere, "adam", &[Role::Admin]).await;
    let photo = cast.ann.upload(photo::jpeg(8, 8)).await.ok();
    let before = app.holdings().await;

    let foreign = NewServiceRequest {
        unit_id: Some(here.flat_1),
        on_behalf_of: Some(cast.ann.person().member_id),
        attachment_ids: vec![photo.id],
        ..about(here.heating, "Made of foreign parts")
    };
    insta::assert_snapshot!(
        admin.report(&foreign).await.refusal(),
        @"422 invalid: #/category_id unknown, #/unit_id unknown, #/on_behalf_of unknown, #/attachment_ids not_yours");
    assert_eq!(app.holdings().await, before);

    let own = admin.report(&about(elsewhere.heating, "Our own")).await.ok();
    let triage = ActOnServiceRequest {
        category_id: Some(here.heating),
        zone_id: Some(here.north),
        ..act(RequestAction::Triage)
    };
    insta::assert_snapshot!(admin.act(&own, triage).await.refusal(), @"422 invalid: #/category_id unknown, #/zone_id unknown");
    let zoned = ActOnServiceRequest { zone_id: Some(elsewhere.north), ..assign(&cast.tess) };
    insta::assert_snapshot!(admin.act(&own, zoned).await.refusal(), @"409 assignee_unavailable (now new; could triage, ask, assign, hold, reject, cancel, merge, override, change_priority, change_category, change_zone, change_visibility, change_due)");
    let shown = NewComment { attachment_ids: vec![photo.id], ..words("Somebody else's photo.") };
    insta::assert_snapshot!(admin.say(&own, shown).await.refusal(), @"422 invalid: #/attachment_ids not_yours");
    let calling = NewComment { mention_ids: vec![cast.ann.person().member_id], ..words("@Ann") };
    insta::assert_snapshot!(admin.say(&own, calling).await.refusal(), @"422 invalid: #/mention_ids unknown");
    let there = cast.ann.say(&cast.report().await, words("Over here.")).await.ok();
    let before = app.holdings().await;
    let answering = NewComment { parent_id: Some(there.id), ..words("Over there.") };
    insta::assert_snapshot!(admin.say(&own, answering).await.refusal(), @"422 invalid: #/parent_id unknown");
    assert_eq!(app.holdings().await, before);

    for query in [
        ServiceRequestQuery { category_id: Some(here.heating), ..Default::default() },
        ServiceRequestQuery { zone_id: Some(here.north), ..Default::default() },
        ServiceRequestQuery { assignee_id: Some(cast.tess.person().member_id), ..Default::default() },
    ] {
        assert_eq!(admin.find(&LIST, &[&admin.slug], &query).await.ok().data, []);
    }
}

#[actix_web::test]
async fn what_is_not_an_address_of_the_api_is_answered_as_a_problem() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    for (method, path, expected) in [
        ("GET", "/api", "404 not_found"),
        ("GET", "/api/v1", "404 not_found"),
        ("GET", "/api/v1/nothing", "404 not_found"),
        ("GET", "/api/v2/account", "404 not_found"),
        ("GET", "/api/v1/account/", "404 not_found"),
        ("GET", "/api/v1//account", "404 not_found"),
        ("GET", "/api/v1/communities/willow-park/service-requests/x/y", "404 not_found"),
        ("PUT", "/api/v1/account", "405 method_not_allowed"),
        ("DELETE", "/api/v1/communities/willow-park/service-requests", "405 method_not_allowed"),
        ("PATCH", "/api/v1/session", "405 method_not_allowed"),
        ("TRACE", "/api/v1/session", "405 method_not_allowed"),
    ] {
        let answer = ann.send_raw(method, path, "", "").await;
        assert_eq!(crate::support::caller::brief(&answer.problem()), expected, "{method} {path}");
        assert_eq!(answer.status == 405, answer.headers.contains_key("allow"), "{method} {path}");
    }
}

#[actix_web::test]
async fn no_spelling_of_an_address_leads_past_the_gate() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let subject = Subject::of(&app, &cast).await;
    let nobody = app.anonymous();
    for call in subject.calls(&app).await.iter().filter(|call| call.operation.access != Access::Public) {
        for (plain, spelled) in
            [("/api/", "/%61pi/"), ("/v1/", "/%761/"), ("/v1/", "//v1/"), ("/api/", "/./api/")]
        {
            let path = call.path.replacen(plain, spelled, 1);
            let answer =
                nobody.send_raw(call.operation.method.as_str(), &path, "application/json", "{}").await;
            assert!([400, 401, 404].contains(&answer.status), "{path}: {} {}", answer.status, answer.text());
        }
    }
}
