//! Queries, cursors and ids that nobody handed out.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::Tries;
use crate::support::app::TestApp;
use crate::support::cast::Cast;

#[actix_web::test]
async fn a_filter_that_cannot_be_is_named() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    cast.report().await;
    let list = contract::service_request::LIST.path(&[&app.place.slug]);
    let mut tries = Tries::of(&app, &cast.dora).await;
    let long = format!("q={}", "x".repeat(101));
    for query in [
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=ten",
        "limit=99999999999999999999",
        "limit=10&limit=20",
        "status=open",
        "status=new,%00",
        "priority=P9",
        "category_id=heating",
        "zone_id=%00",
        "mine=maybe",
        "q=a%00b",
        &long,
        "order=title&offset=10",
        "limit=0&order=title&status=open",
    ] {
        let name = &query[..query.len().min(40)];
        tries.send(name, "GET", &format!("{list}?{query}"), "", "").await;
    }
    insta::assert_snapshot!(tries.lines(), @r"
    limit=0: 422 invalid: limit out_of_range
    limit=201: 422 invalid: limit out_of_range
    limit=-1: 422 invalid: limit wrong_type
    limit=ten: 422 invalid: limit wrong_type
    limit=99999999999999999999: 422 invalid: limit wrong_type
    limit=10&limit=20: 422 invalid: limit too_many
    status=open: 422 invalid: status wrong_type
    status=new,%00: 422 invalid: status wrong_type
    priority=P9: 422 invalid: priority wrong_type
    category_id=heating: 422 invalid: category_id wrong_type
    zone_id=%00: 422 invalid: zone_id wrong_type
    mine=maybe: 422 invalid: mine wrong_type
    q=a%00b: 422 invalid: q not_text
    q=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: 422 invalid: q too_long
    order=title&offset=10: 422 invalid: offset unknown_parameter, order unknown_parameter
    limit=0&order=title&status=open: 422 invalid: limit out_of_range, order unknown_parameter
    ");
}

#[actix_web::test]
async fn a_cursor_that_we_did_not_make_is_refused() {
    let app = TestApp::start().await;
    let operator = app.operator().await;
    let dora = app.dispatcher("dora").await;
    let cursor = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let id = uuid::Uuid::nil();
    let requests = contract::service_request::LIST.path(&[&app.place.slug]);
    let units = contract::community::UNITS.path(&[&app.place.slug]);
    let notifications = contract::notification::LIST.path(&[]);
    let mut tries = Tries::of(&app, &dora).await;
    for (name, path, cursor) in [
        ("not base64", &requests, "%%%25".to_owned()),
        ("not JSON", &requests, URL_SAFE_NO_PAD.encode("{")),
        ("of another list", &requests, cursor(json!("101"))),
        ("of another list, too", &notifications, cursor(json!("101"))),
        ("no time", &requests, cursor(json!(["yesterday", id]))),
        ("before all time", &requests, cursor(json!(["-262000-01-01T00:00:00Z", id]))),
        ("with NUL", &units, cursor(json!("a\u{0}b"))),
        ("very long", &requests, "A".repeat(3000)),
    ] {
        tries.send(name, "GET", &format!("{path}?cursor={cursor}"), "", "").await;
    }
    insta::assert_snapshot!(tries.lines(), @r"
    not base64: 422 invalid: cursor bad_cursor
    not JSON: 422 invalid: cursor bad_cursor
    of another list: 422 invalid: cursor bad_cursor
    of another list, too: 422 invalid: cursor bad_cursor
    no time: 422 invalid: cursor bad_cursor
    before all time: 422 invalid: cursor bad_cursor
    with NUL: 422 invalid: cursor bad_cursor
    very long: 422 invalid: cursor bad_cursor
    ");
    let communities = contract::community::LIST.path(&[]);
    let mut tries = Tries::of(&app, &operator).await;
    let path = format!("{communities}?cursor={}", cursor(json!("a\u{0}b")));
    tries.send("communities with NUL", "GET", &path, "", "").await;
    insta::assert_snapshot!(tries.lines(), @"communities with NUL: 422 invalid: cursor bad_cursor");
}

#[actix_web::test]
async fn what_is_no_id_is_not_found() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.report().await;
    let number = &request.summary.number;
    let mut tries = Tries::of(&app, &cast.dora).await;
    let here = format!("/api/v1/communities/{}/service-requests", app.place.slug);
    let long = "9".repeat(2000);
    for id in [
        "x",
        "MNT-2026-9999",
        "MNT-2026-999999999",
        "mnt-2026-0001",
        &format!("{number}%00"),
        &format!("{number}%20"),
        "%00",
        "..%2f..%2fsession",
        "%27%20or%20true--",
        "%ff%fe",
        "00000000-0000-0000-0000-000000000000",
        &long,
    ] {
        let name = &id[..id.len().min(40)];
        tries.send(name, "GET", &format!("{here}/{id}"), "", "").await;
        let comment = json!({ "action": "ask", "note": "x" }).to_string();
        let path = format!("{here}/{id}/actions");
        tries.send(name, "POST", &path, "application/json", comment).await;
    }
    for community in ["%00", "willow-park%00", "Willow-Park", "%ff", &long] {
        let name = &community[..community.len().min(40)];
        tries.send(name, "GET", &format!("/api/v1/communities/{community}"), "", "").await;
    }
    let lines = tries.lines();
    let other: Vec<&str> = lines.lines().filter(|line| !line.ends_with("404 not_found")).collect();
    assert!(other.is_empty(), "{other:#?}");
}
