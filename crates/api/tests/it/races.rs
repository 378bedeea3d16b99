//! Many people at once, over as many connections: one wins, nobody overtakes, nothing is lost.

use std::collections::BTreeSet;

use contract::problem::Code;
use contract::service_request::NewServiceRequest;
use domain::service_request::RequestAction::{Accept, Confirm};
use domain::service_request::RequestStatus::{Assigned, Resolved, Triaged};
use futures_util::future::join_all;

use crate::support::app::TestApp;
use crate::support::caller::{Answer, Caller};
use crate::support::cast::{Cast, about, act};
use crate::support::photo;

/// The same person on so many devices, each with connections of its own.
fn devices(caller: &Caller, count: usize) -> Vec<Caller> {
    (0..count).map(|_| caller.on_another_device()).collect()
}

/// How many of each status there are, like `1 x 200, 49 x 409`.
fn tally<R: serde::de::DeserializeOwned>(answers: &[Answer<R>]) -> String {
    let statuses: BTreeSet<u16> = answers.iter().map(|answer| answer.raw.status).collect();
    let count = |status: &u16| answers.iter().filter(|answer| answer.raw.status == *status).count();
    statuses.iter().map(|status| format!("{} x {status}", count(status))).collect::<Vec<_>>().join(", ")
}

#[actix_web::test]
async fn two_hundred_reports_at_once_get_two_hundred_numbers_without_a_gap() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let report = about(app.place.heating, "Everybody is cold");
    let devices = devices(&ann, 20);
    let answers = join_all((0..200).map(|at| devices[at % 20].report(&report))).await;
    let numbers: BTreeSet<String> = answers.into_iter().map(|answer| answer.ok().summary.number).collect();
    let expected: BTreeSet<String> = (1..=200).map(|n| format!("MNT-2026-{n:04}")).collect();
    assert_eq!(numbers, expected);
    assert_eq!(app.count("request_events").await, 200);
    assert_eq!(app.count("outbox").await, 200);
}

#[actix_web::test]
async fn each_community_counts_for_itself() {
    let app = TestApp::start().await;
    let elsewhere = app.elsewhere("elm-court").await;
    let ann = app.resident("ann").await;
    let bob = app.member_of(&elsewhere, "bob", &[domain::role::Role::Resident]).await;
    let (here, there) = (about(app.place.heating, "Cold here"), about(elsewhere.heating, "Cold there"));
    let calls = (0..10).map(|at| match at % 2 {
        0 => ann.report(&here),
        _ => bob.report(&there),
    });
    let mut numbers: Vec<String> =
        join_all(calls).await.into_iter().map(|answer| answer.ok().summary.number).collect();
    numbers.sort();
    let expected: Vec<String> = (1..=5).flat_map(|n| [n, n]).map(|n| format!("MNT-2026-{n:04}")).collect();
    assert_eq!(numbers, expected);
}

#[actix_web::test]
async fn of_fifty_who_act_at_once_one_wins_and_the_others_learn_where_it_stands() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    for (status, who, action) in [
        (Triaged, &cast.dora, cast.assign_tess()),
        (Assigned, &cast.tess, act(Accept)),
        (Resolved, &cast.ann, act(Confirm)),
    ] {
        let request = cast.request(status).await;
        let before = who.show(&request).await.ok();
        let devices = devices(who, 10);
        let answers = join_all((0..50).map(|at| devices[at % 10].act(&request, action.clone()))).await;
        assert_eq!(tally(&answers), "1 x 200, 49 x 409", "{}", action.action);

        let after = who.show(&request).await.ok();
        for loser in answers.iter().filter(|answer| answer.raw.status == 409) {
            let problem = loser.problem();
            assert_eq!(problem.code, Code::WrongState);
            assert_eq!(problem.current_status, Some(after.summary.status));
            assert!(problem.allowed_actions.is_some_and(|actions| !actions.contains(&action.action)));
        }
        assert_eq!(after.version, before.version + 1);
        assert_eq!(after.timeline.len(), before.timeline.len() + 1);
        let told = format!(
            "select event as text from outbox where request_id = '{}' and event = 'request.{}'",
            request.summary.id, action.action
        );
        assert_eq!(app.query(&told).await.len(), 1);
    }
}

#[actix_web::test]
async fn a_photo_belongs_to_the_first_who_names_it_and_the_others_leave_no_gap() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let photo = ann.upload(photo::jpeg(16, 16)).await.ok();
    let report =
        NewServiceRequest { attachment_ids: vec![photo.id], ..about(app.place.heating, "One photo") };
    let devices = devices(&ann, 10);
    let answers = join_all(devices.iter().map(|device| device.report(&report))).await;
    assert_eq!(tally(&answers), "1 x 201, 9 x 422");
    for loser in answers.iter().filter(|answer| answer.raw.status == 422) {
        assert_eq!(loser.refusal(), "422 invalid: #/attachment_ids not_yours");
    }
    assert_eq!((app.count("service_requests").await, app.count("outbox").await), (1, 1));
    let next = ann.report(&about(app.place.heating, "The next one")).await.ok();
    assert_eq!(next.summary.number, "MNT-2026-0002");
}

#[actix_web::test]
async fn workers_that_work_at_once_tell_nobody_twice() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    for _ in 0..5 {
        cast.request(Assigned).await;
    }
    join_all((0..4).map(|_| app.run_outbox())).await;
    app.run_outbox().await;
    assert_eq!(app.query("select id::text as text from outbox where done_at is null").await, [] as [&str; 0]);
    let twice =
        "select outbox_id::text as text from notifications group by outbox_id, member_id having count(*) > 1";
    assert_eq!(app.query(twice).await, [] as [&str; 0]);
    // Each mail once: as many letters as notifications.
    assert_eq!(app.letters().len(), usize::try_from(app.count("notifications").await).unwrap());
}
