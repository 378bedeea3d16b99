//! Lists: everything once, in order, and only what fits.

use chrono::TimeDelta;
use contract::service_request::{LIST, ServiceRequestQuery, ServiceRequestSummary};
use domain::service_request::{RequestAction, RequestStatus};

use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::cast::{Cast, about, act, noted};

type Query = ServiceRequestQuery;

async fn numbers(who: &Caller, query: Query) -> Vec<String> {
    let page = who.find(&LIST, &[&who.slug], &query).await.ok();
    page.data.iter().map(|one| one.number.trim_start_matches("MNT-2026-").to_owned()).collect()
}

/// Every page, beginning with the first.
async fn pages(who: &Caller, mut query: Query) -> Vec<Vec<ServiceRequestSummary>> {
    let mut pages = Vec::new();
    loop {
        let page = who.find(&LIST, &[&who.slug], &query).await.ok();
        pages.push(page.data);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return pages;
        }
    }
}

#[actix_web::test]
async fn pages_follow_each_other_without_gap_or_repetition_even_within_one_instant() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    for at in 0..11 {
        cast.report().await;
        if at % 4 == 3 {
            app.advance(TimeDelta::seconds(1));
        }
    }
    let whole: Vec<ServiceRequestSummary> = pages(&cast.dora, Query::default()).await.concat();
    assert_eq!(whole.len(), 11);
    assert!(whole.is_sorted_by_key(|one| std::cmp::Reverse(one.created_at)));
    for limit in [1, 2, 3, 10, 11, 12] {
        let pages = pages(&cast.dora, Query { limit: Some(limit), ..Query::default() }).await;
        let full = pages.iter().take(pages.len() - 1).all(|page| page.len() == usize::from(limit));
        assert!(full && pages.last().is_some_and(|page| !page.is_empty()), "limit {limit}");
        assert_eq!(pages.concat(), whole, "limit {limit}");
    }
}

#[actix_web::test]
async fn what_is_reported_meanwhile_shifts_no_page() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    for _ in 0..4 {
        cast.report().await;
    }
    let query = Query { limit: Some(2), ..Query::default() };
    let first = cast.dora.find(&LIST, &[&cast.dora.slug], &query).await.ok();
    cast.report().await;
    let rest = Query { cursor: first.next_cursor, ..query };
    assert_eq!(numbers(&cast.dora, rest).await, ["0002", "0001"]);
}

#[actix_web::test]
async fn the_next_page_stands_in_the_link_header_with_its_filters() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    for _ in 0..3 {
        cast.report().await;
    }
    let query = Query { limit: Some(2), status: Some("new".into()), ..Query::default() };
    let answer = cast.dora.find(&LIST, &[&cast.dora.slug], &query).await;
    let link = answer.raw.header("link").to_owned();
    let next = link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\"")).unwrap();
    assert!(next.contains("status=new") && next.contains("limit=2"), "{next}");
    let last = cast.dora.send_raw("GET", next, "", "").await;
    let page: contract::page::Page<ServiceRequestSummary> = serde_json::from_slice(&last.body).unwrap();
    assert_eq!((page.data.len(), page.next_cursor, last.header("link")), (1, None, ""));
}

#[actix_web::test]
async fn each_filter_finds_what_it_says_and_together_they_all_hold() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let place = &app.place;
    cast.request(RequestStatus::InProgress).await;
    let dora_reports = cast.dora.report(&about(place.security, "Gate stands open")).await.ok();
    cast.request(RequestStatus::Closed).await;
    app.advance(TimeDelta::hours(2));
    let dora = app.again(&cast.dora).await;
    let tess = app.again(&cast.tess).await;
    dora.act(
        &dora_reports,
        contract::service_request::ActOnServiceRequest {
            zone_id: Some(place.south),
            ..act(RequestAction::Triage)
        },
    )
    .await
    .ok();

    let none = Query::default;
    assert_eq!(numbers(&dora, none()).await, ["0003", "0002", "0001"]);
    let tess_id = Some(tess.person().member_id);
    for (name, query, expected) in [
        ("one state", Query { status: Some("closed".into()), ..none() }, vec!["0003"]),
        ("states", Query { status: Some("triaged,in_progress".into()), ..none() }, vec!["0002", "0001"]),
        ("category", Query { category_id: Some(place.heating), ..none() }, vec!["0003", "0001"]),
        ("priority", Query { priority: Some("P1".into()), ..none() }, vec!["0002"]),
        ("zone", Query { zone_id: Some(place.south), ..none() }, vec!["0002"]),
        ("assignee", Query { assignee_id: tess_id, ..none() }, vec!["0003", "0001"]),
        ("mine", Query { mine: Some(true), ..none() }, vec!["0002"]),
        ("not only mine", Query { mine: Some(false), ..none() }, vec!["0003", "0002", "0001"]),
        ("unassigned", Query { unassigned: Some(true), ..none() }, vec!["0002"]),
        ("overdue", Query { overdue: Some(true), ..none() }, vec!["0002"]),
        ("words", Query { q: Some(" GATE ".into()), ..none() }, vec!["0002"]),
        ("number", Query { q: Some("mnt-2026-0003".into()), ..none() }, vec!["0003"]),
        ("nothing but wildcards", Query { q: Some("%".into()), ..none() }, vec![]),
        ("an underscore", Query { q: Some("_".into()), ..none() }, vec![]),
        ("a backslash", Query { q: Some("\\".into()), ..none() }, vec![]),
        (
            "two at once",
            Query { category_id: Some(place.heating), status: Some("in_progress".into()), ..none() },
            vec!["0001"],
        ),
        ("what cannot be", Query { unassigned: Some(true), assignee_id: tess_id, ..none() }, vec![]),
    ] {
        assert_eq!(numbers(&dora, query).await, expected, "{name}");
    }
    let to_me = Query { assigned_to_me: Some(true), ..none() };
    assert_eq!(numbers(&tess, to_me.clone()).await, ["0003", "0001"]);
    assert_eq!(numbers(&dora, to_me).await, [] as [&str; 0]);
}

#[actix_web::test]
async fn a_filter_shows_nobody_more_than_they_may_see() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let assigned = cast.request(RequestStatus::Assigned).await;
    cast.dora.report(&about(app.place.heating, "Office is cold")).await.ok();
    assert_eq!(numbers(&cast.ann, Query::default()).await, ["0001"]);
    assert_eq!(numbers(&cast.tess, Query::default()).await, ["0001"]);
    assert_eq!(numbers(&cast.theo, Query::default()).await, [] as [&str; 0]);
    let all_of_category = Query { category_id: Some(app.place.heating), ..Query::default() };
    assert_eq!(numbers(&cast.ann, all_of_category).await, ["0001"]);
    // Given back, it is gone from the list.
    cast.tess.act(&assigned, noted(RequestAction::Decline, "I am ill.")).await.ok();
    assert_eq!(numbers(&cast.tess, Query::default()).await, [] as [&str; 0]);
}

#[actix_web::test]
async fn days_before_any_calendar_are_as_good_as_none() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    cast.report().await;
    let path = LIST.path(&[&app.place.slug]);
    for (query, found) in [("from=-262143-01-01", 1), ("to=-262143-01-01", 0), ("to=%2B262142-12-31", 1)] {
        let answer = cast.dora.send_raw("GET", &format!("{path}?{query}"), "", "").await;
        let page: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        assert!(page["data"].is_array(), "{query}: {page}");
        assert_eq!((answer.status, page["data"].as_array().unwrap().len()), (200, found), "{query}");
    }
}
