//! Bodies that are no JSON, of the wrong type, or against the rules.

use reqwest::Method;
use serde_json::{Value, json};

use super::Tries;
use crate::support::app::TestApp;
use crate::support::caller::{Raw, brief};
use crate::support::cast::{Cast, about};

const JSON: &str = "application/json";

fn with(body: &Value, name: &str, value: Value) -> String {
    let mut body = body.clone();
    body[name] = value;
    body.to_string()
}

#[actix_web::test]
async fn a_report_that_cannot_be_read_is_refused_as_a_whole() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let path = contract::service_request::CREATE.path(&[&app.place.slug]);
    let good = json!(about(app.place.heating, "Radiator stays cold"));
    let mut tries = Tries::of(&app, &cast.ann).await;
    for (name, content_type, body) in [
        ("nothing", JSON, Vec::new()),
        ("no content type", "", Vec::new()),
        ("text as text", "text/plain", good.to_string().into_bytes()),
        ("a form", "application/x-www-form-urlencoded", b"title=x".to_vec()),
        ("broken off", JSON, b"{\"title\": \"Rad".to_vec()),
        ("two of them", JSON, format!("{good}{good}").into_bytes()),
        ("null", JSON, b"null".to_vec()),
        ("a text", JSON, b"\"title\"".to_vec()),
        ("a list", JSON, b"[]".to_vec()),
        ("not UTF-8", JSON, b"{\"title\": \"\xff\xfe\"}".to_vec()),
        ("half a character", JSON, br#"{"title": "\ud800"}"#.to_vec()),
        ("NaN", JSON, b"{\"title\": NaN}".to_vec()),
        ("a number without end", JSON, format!("{{\"title\": {}}}", "9".repeat(100_000)).into_bytes()),
        ("a hundred thousand brackets", JSON, "[".repeat(100_000).into_bytes()),
        ("forty levels", JSON, with(&good, "x", nested(40)).into_bytes()),
        ("two megabytes", JSON, with(&good, "description", json!("x".repeat(2 << 20))).into_bytes()),
    ] {
        tries.send(name, "POST", &path, content_type, body).await;
    }
    insta::assert_snapshot!(tries.lines(), @r"
    nothing: 400 malformed
    no content type: 415 unsupported_media_type
    text as text: 415 unsupported_media_type
    a form: 415 unsupported_media_type
    broken off: 400 malformed
    two of them: 400 malformed
    null: 422 invalid: # wrong_type
    a text: 422 invalid: # wrong_type
    a list: 422 invalid: # wrong_type
    not UTF-8: 400 malformed
    half a character: 400 malformed
    NaN: 400 malformed
    a number without end: 400 malformed
    a hundred thousand brackets: 400 malformed
    forty levels: 400 malformed
    two megabytes: 413 too_large
    ");
}

fn nested(levels: usize) -> Value {
    (0..levels).fold(Value::Null, |inner, _| json!([inner]))
}

#[actix_web::test]
async fn a_value_of_the_wrong_type_is_named_by_its_pointer() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let path = contract::service_request::CREATE.path(&[&app.place.slug]);
    let good = json!(about(app.place.heating, "Radiator stays cold"));
    let mut tries = Tries::of(&app, &cast.ann).await;
    for (name, body) in [
        ("nothing in it", "{}".to_owned()),
        ("title as number", with(&good, "title", json!(5))),
        ("title as null", with(&good, "title", json!(null))),
        ("no such urgency", with(&good, "urgency", json!("NOW"))),
        ("category as text", with(&good, "category_id", json!("heating"))),
        ("place without latitude", with(&good, "at", json!({ "lng": 1.0 }))),
        ("latitude as text", with(&good, "at", json!({ "lng": 1.0, "lat": "north" }))),
        (
            "third photo no id",
            with(&good, "attachment_ids", json!([good["category_id"], good["category_id"], 3])),
        ),
        ("personal as text", with(&good, "personal", json!("yes"))),
        ("an endless number", with(&good, "at", json!({ "lng": 1e308, "lat": -1e308 }))),
    ] {
        tries.send(name, "POST", &path, JSON, body).await;
    }
    insta::assert_snapshot!(tries.lines(), @r"
    nothing in it: 422 invalid: #/title required
    title as number: 422 invalid: #/title wrong_type
    title as null: 422 invalid: #/title wrong_type
    no such urgency: 422 invalid: #/urgency wrong_type
    category as text: 422 invalid: #/category_id wrong_type
    place without latitude: 422 invalid: #/at/lat required
    latitude as text: 422 invalid: #/at/lat wrong_type
    third photo no id: 422 invalid: #/attachment_ids/2 wrong_type
    personal as text: 422 invalid: #/personal wrong_type
    an endless number: 422 invalid: #/at not_on_earth
    ");
}

#[actix_web::test]
async fn all_unknown_fields_and_all_broken_rules_are_told_at_once() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let path = contract::service_request::CREATE.path(&[&app.place.slug]);
    let body = json!({
        "title": " a ",
        "description": "x".repeat(4001),
        "category_id": app.place.heating,
        "address_hint": "here\u{0}there",
        "at": { "lng": 181.0, "lat": 0.0, "height": 3 },
        "attachment_ids": vec![app.place.heating; 11],
        "status": "closed",
        "reporter_id": app.place.heating,
        "a/b~c": 1,
    });
    let answer = cast.ann.send_raw("POST", &path, JSON, body.to_string()).await;
    let problem = answer.problem();
    let faults: Vec<String> = problem
        .errors
        .iter()
        .map(|error| {
            let params = serde_json::to_string(&error.params).unwrap();
            format!("{} {} {params} {}", error.pointer.as_deref().unwrap(), error.code, error.detail)
        })
        .collect();
    insta::assert_snapshot!(faults.join("\n"), @r#"
    #/address_hint not_text {} This contains characters that are not text.
    #/at not_on_earth {} The longitude lies between -180 and 180, the latitude between -90 and 90.
    #/at/height unknown_field {} There is no such field here.
    #/attachment_ids too_many {"max":10} Give at most 10.
    #/a~1b~0c unknown_field {} There is no such field here.
    #/description too_long {"max":4000} Use at most 4000 characters.
    #/reporter_id unknown_field {} There is no such field here.
    #/status unknown_field {} There is no such field here.
    #/title too_short {"min":3} Use at least 3 characters.
    "#);
    // What was sent is not repeated.
    assert!(!answer.text().contains("xxx") && !answer.text().contains("there"), "{}", answer.text());
    assert_eq!(app.count("service_requests").await, 0);
}

#[actix_web::test]
async fn an_action_that_makes_no_sense_changes_nothing() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.report().await;
    let path = contract::service_request::ACT.path(&[&app.place.slug, &request.summary.number]);
    let mut tries = Tries::of(&app, &cast.sue).await;
    for (name, body) in [
        ("no action", json!({ "note": "x" })),
        ("no such action", json!({ "action": "explode" })),
        ("an action of the clock", json!({ "action": "auto_close" })),
        ("empty note", json!({ "action": "ask", "note": "   " })),
        ("long note", json!({ "action": "ask", "note": "x".repeat(2001) })),
        ("note with NUL", json!({ "action": "ask", "note": "a\u{0}b" })),
        ("99 stars", json!({ "action": "confirm", "rating": 99 })),
        ("no stars", json!({ "action": "confirm", "rating": 0 })),
        ("too large to be stars", json!({ "action": "confirm", "rating": 99_999_999_999_u64 })),
        ("half a star", json!({ "action": "confirm", "rating": 4.5 })),
        (
            "a day that is none",
            json!({ "action": "hold", "hold_reason": "weather", "hold_until": "2026-02-30T00:00:00Z" }),
        ),
        (
            "an hour without zone",
            json!({ "action": "hold", "hold_reason": "weather", "hold_until": "2026-12-01T00:00:00" }),
        ),
        ("a comment", json!({ "action": "comment", "note": "x" })),
        ("a master", json!({ "action": "merge", "master_id": request.summary.id })),
    ] {
        tries.send(name, "POST", &path, JSON, body.to_string()).await;
    }
    insta::assert_snapshot!(tries.lines(), @r"
    no action: 422 invalid: #/action required
    no such action: 422 invalid: #/action wrong_type
    an action of the clock: 403 not_allowed
    empty note: 422 invalid: #/note required
    long note: 422 invalid: #/note too_long
    note with NUL: 422 invalid: #/note not_text
    99 stars: 422 invalid: #/rating out_of_range
    no stars: 422 invalid: #/rating out_of_range
    too large to be stars: 422 invalid: #/rating wrong_type
    half a star: 422 invalid: #/rating wrong_type
    a day that is none: 422 invalid: #/hold_until wrong_type
    an hour without zone: 422 invalid: #/hold_until wrong_type
    a comment: 422 invalid: #/action wrong_type
    a master: 409 master_unfit (now new; could triage, ask, assign, hold, reject, cancel, merge, override, change_priority, change_category, change_zone, change_visibility, change_due)
    ");
}

#[actix_web::test]
async fn credentials_that_are_none_are_refused() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let mut tries = Tries::of(&app, &anonymous).await;
    for (name, body) in [
        ("no password", json!({ "email": "ann@willow-park.test" })),
        ("no address", json!({ "email": "ann", "password": "x" })),
        ("empty", json!({ "email": "", "password": "" })),
        ("address with NUL", json!({ "email": "a\u{0}b@willow-park.test", "password": "x" })),
        ("password with NUL", json!({ "email": "ann@willow-park.test", "password": "a\u{0}b" })),
        ("long address", json!({ "email": format!("{}@x.test", "a".repeat(300)), "password": "x" })),
        ("long password", json!({ "email": "ann@willow-park.test", "password": "x".repeat(201) })),
        ("more than asked", json!({ "email": "ann@willow-park.test", "password": "x", "is_operator": true })),
        ("SQL", json!({ "email": "a'or'1'='1@willow-park.test", "password": "' or 1=1 --" })),
    ] {
        tries.send(name, "POST", "/api/v1/session", JSON, body.to_string()).await;
    }
    insta::assert_snapshot!(tries.lines(), @r"
    no password: 422 invalid: #/password required
    no address: 422 invalid: #/email not_an_email
    empty: 422 invalid: #/email required, #/password required
    address with NUL: 422 invalid: #/email not_an_email
    password with NUL: 422 invalid: #/password not_text
    long address: 422 invalid: #/email too_long
    long password: 422 invalid: #/password too_long
    more than asked: 422 invalid: #/is_operator unknown_field
    SQL: 401 bad_credentials
    ");
}

#[actix_web::test]
async fn an_answer_tells_of_so_many_faults_and_no_more() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let path = contract::service_request::CREATE.path(&[&app.place.slug]);
    let fields: Vec<String> = (0..5_000).map(|nth| format!("\"{nth}\":0,\"{nth}\":0")).collect();
    let body = format!("{{{}}}", fields.join(","));
    let problem = cast.ann.send_raw("POST", &path, JSON, body).await.problem();
    assert_eq!((problem.status, problem.errors.len()), (422, 100));
    let query: String = (0..5_000).map(|nth| format!("&p{nth}=1")).collect();
    let problem = cast.ann.send_raw("GET", &format!("{path}?{query}"), "", "").await.problem();
    assert_eq!((problem.status, problem.errors.len()), (422, 100));
}

#[actix_web::test]
async fn a_form_is_not_even_read_where_none_is_taken() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let path = contract::account::JOIN.path(&[]);
    let request = ann.request(Method::POST, &path);
    let request = request
        .header("content-type", "multipart/form-data; boundary=x")
        .header("idempotency-key", "12345678");
    let answer = Raw::of(request.body("--x")).await;
    assert_eq!(brief(&answer.problem()), "415 unsupported_media_type");
}
