//! Many at once: the board, and one action on many.

use contract::bulk::{ACT, ActInBulk, BOARD, BulkOutcome};
use contract::problem::Code;
use contract::service_request::{ActOnServiceRequest, ServiceRequestQuery};
use diesel_async::SimpleAsyncConnection;
use domain::service_request::{Priority, RequestAction, RequestStatus};
use futures_util::future::join_all;

use crate::support::app::TestApp;
use crate::support::caller::{Caller, Raw};
use crate::support::cast::{Cast, act, noted};

async fn bulk(who: &Caller, requests: &[&str], act: Option<ActOnServiceRequest>) -> BulkOutcome {
    let requests = requests.iter().map(|one| (*one).to_owned()).collect();
    who.call(&ACT, &[&who.slug], &ActInBulk { requests, act, add_tags: Vec::new() }).await.ok()
}

fn told(outcome: &BulkOutcome) -> Vec<(Option<RequestStatus>, Option<Code>)> {
    outcome.results.iter().map(|one| (one.status, one.problem.as_ref().map(|problem| problem.code))).collect()
}

#[actix_web::test]
async fn each_of_many_is_decided_for_itself_and_told_in_the_order_it_was_named() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let (new, closed) = (cast.report().await, cast.request(RequestStatus::Closed).await);
    let triaged = cast.request(RequestStatus::Triaged).await;
    let id = triaged.summary.id.to_string();
    let outcome = bulk(
        &cast.dora,
        &[&closed.summary.number, &id, "MNT-2026-0099", &new.summary.number, "nonsense"],
        Some(cast.assign_tess()),
    )
    .await;
    assert_eq!(
        told(&outcome),
        [
            (Some(RequestStatus::Closed), Some(Code::WrongState)),
            (Some(RequestStatus::Assigned), None),
            (None, Some(Code::NotFound)),
            // It needs a zone first: Ann's flat has one.
            (Some(RequestStatus::Assigned), None),
            (None, Some(Code::NotFound)),
        ]
    );
    assert_eq!(outcome.results[1].request, id);
    assert_eq!(outcome.results[1].number.as_ref(), Some(&triaged.summary.number));
}

#[actix_web::test]
async fn tags_are_added_to_those_that_are_there() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.report().await;
    let number = request.summary.number.clone();
    for tag in ["Warranty", "warranty", "roof"] {
        let body = ActInBulk { requests: vec![number.clone()], act: None, add_tags: vec![tag.into()] };
        cast.dora.call(&ACT, &[&cast.dora.slug], &body).await.ok();
    }
    let shown = cast.dora.show(&request).await.ok();
    assert_eq!(shown.tags, ["warranty", "roof"]);
    let nothing = ActInBulk { requests: vec![number], act: None, add_tags: Vec::new() };
    let refusal = cast.dora.call(&ACT, &[&cast.dora.slug], &nothing).await.refusal();
    assert_eq!(refusal, "422 invalid: #/act required");
}

#[actix_web::test]
async fn two_who_act_on_the_same_many_in_opposite_order_both_get_their_answer() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let mut requests = Vec::new();
    for _ in 0..6 {
        requests.push(cast.report().await);
    }
    let forth: Vec<&str> = requests.iter().map(|one| one.summary.number.as_str()).collect();
    let back: Vec<&str> = forth.iter().rev().copied().collect();
    let reject = |note: &str| ActOnServiceRequest {
        reject_reason: Some(domain::service_request::RejectReason::Other),
        ..noted(RequestAction::Reject, note)
    };
    let outcomes = join_all([
        bulk(&cast.dora, &forth, Some(act(RequestAction::Triage))),
        bulk(&cast.sue, &back, Some(reject("All one prank"))),
    ])
    .await;
    for (at, number) in forth.iter().enumerate() {
        let (triage, reject) = (&outcomes[0].results[at], &outcomes[1].results[5 - at]);
        assert_eq!((triage.request.as_str(), reject.request.as_str()), (*number, *number));
        // A triaged one can still be rejected; a rejected one cannot be triaged.
        assert!(reject.problem.is_none(), "{number}");
        assert_eq!(cast.dora.show(&requests[at]).await.ok().summary.status, RequestStatus::Rejected);
    }
}

#[actix_web::test]
async fn many_that_are_tagged_under_a_key_hold_up_nobody_who_holds_one_of_them_and_tags_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let (first, second) = (cast.report().await, cast.report().await);
    let numbers = vec![first.summary.number, second.summary.number];
    let body = ActInBulk { requests: numbers, act: None, add_tags: vec!["flood".into()] };
    let mut other = app.conn().await;
    let hold = format!("begin; select 1 from service_requests where id = '{}' for update", second.summary.id);
    other.batch_execute(&hold).await.unwrap();
    let dora = cast.dora.request(reqwest::Method::POST, &ACT.path(&[&cast.dora.slug]));
    let many = Raw::of(dora.header("idempotency-key", "one-key-for-all").json(&body));
    let tagging = async {
        app.until_it_waits().await;
        let tag = "insert into tags select id, 'flood', now() from communities; commit";
        other.batch_execute(tag).await
    };
    let (many, tagged) = futures_util::future::join(many, tagging).await;
    tagged.unwrap();
    assert_eq!(many.status, 200);
    assert!(!many.text().contains("unavailable"), "{}", many.text());
}

#[actix_web::test]
async fn a_retry_of_many_does_nothing_twice() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.report().await;
    let change = ActOnServiceRequest {
        priority: Some(Priority::P1),
        ..noted(RequestAction::ChangePriority, "It is freezing")
    };
    let body =
        ActInBulk { requests: vec![request.summary.number.clone()], act: Some(change), add_tags: Vec::new() };
    let send = async || {
        let request = cast.dora.request(reqwest::Method::POST, &ACT.path(&[&cast.dora.slug]));
        Raw::of(request.header("idempotency-key", "one-key-for-both").json(&body)).await
    };
    let (once, again) = (send().await, send().await);
    assert_eq!((once.status, once.text()), (200, again.text()));
    let lines = cast.dora.show(&request).await.ok().timeline;
    assert_eq!(lines.iter().filter(|line| line.kind == "change_priority").count(), 1);
}

#[actix_web::test]
async fn the_board_shows_each_state_with_its_count_and_where_its_list_goes_on() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    for status in [
        RequestStatus::New,
        RequestStatus::New,
        RequestStatus::New,
        RequestStatus::OnHold,
        RequestStatus::Closed,
    ] {
        cast.request(status).await;
    }
    let query = ServiceRequestQuery { limit: Some(2), ..ServiceRequestQuery::default() };
    let board = cast.dora.find(&BOARD, &[&cast.dora.slug], &query).await.ok();
    let told: Vec<_> =
        board.columns.iter().map(|one| (one.status.as_str(), one.count, one.data.len())).collect();
    assert_eq!(
        told,
        [
            ("new", 3, 2),
            ("triaged", 0, 0),
            ("assigned", 0, 0),
            ("in_progress", 0, 0),
            ("on_hold", 1, 1),
            ("resolved", 0, 0)
        ]
    );
    let rest = ServiceRequestQuery {
        status: Some("new".into()),
        cursor: board.columns[0].next_cursor.clone(),
        ..query.clone()
    };
    let rest = cast.dora.find(&contract::service_request::LIST, &[&cast.dora.slug], &rest).await.ok();
    assert_eq!(rest.data.len(), 1);
    let one = ServiceRequestQuery { status: Some("on_hold".into()), ..query };
    assert_eq!(cast.dora.find(&BOARD, &[&cast.dora.slug], &one).await.ok().columns.len(), 1);
    assert_eq!(cast.ann.find(&BOARD, &[&cast.ann.slug], &one).await.refusal(), "403 not_allowed");
}
