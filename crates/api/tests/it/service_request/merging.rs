//! Two reports of one thing.

use chrono::TimeDelta;
use contract::service_request::{ActOnServiceRequest, ServiceRequest};
use domain::service_request::RequestAction::*;
use domain::service_request::RequestStatus::*;

use crate::support::app::TestApp;
use crate::support::cast::{Cast, act, into, noted};

fn kinds(request: &ServiceRequest) -> Vec<&str> {
    request.timeline.iter().map(|entry| entry.kind.as_str()).collect()
}

#[actix_web::test]
async fn what_is_merged_ends_in_its_master_and_comes_apart_again() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let (master, double) = (cast.report().await, cast.report().await);
    cast.sue.act(&double, noted(Ask, "The same again?")).await.ok();
    let merged = cast.dora.act(&double, into(&master)).await.ok();
    assert_eq!(merged.summary.status, Duplicate);
    let named = merged.master.clone().unwrap();
    assert_eq!(
        (named.number, named.status, named.title.is_some()),
        (master.summary.number.clone(), New, true)
    );

    let shown = cast.dora.show(&master).await.ok();
    let [one] = &shown.duplicates[..] else { panic!("{:?}", shown.duplicates) };
    assert_eq!((&one.number, one.comments.len()), (&double.summary.number, 1));
    assert_eq!(kinds(&shown), ["report", "joined"]);
    // Whoever spoke for the double hears of the master from now on.
    assert!(cast.ann.show(&master).await.ok().following);

    let apart = cast.dora.act(&double, noted(Unmerge, "Another radiator.")).await.ok();
    assert_eq!((apart.summary.status, apart.master), (Triaged, None));
    let shown = cast.ann.show(&master).await.ok();
    assert!(shown.duplicates.is_empty() && !shown.following);
    assert_eq!(kinds(&shown), ["report", "joined", "parted"]);
    let audited = app
        .query("select action as text from audit_events where entity_kind = 'service_request' order by at")
        .await;
    assert_eq!(audited, ["service_request.merge", "service_request.unmerge"]);
}

#[actix_web::test]
async fn closing_the_master_closes_the_story_of_all_that_was_merged_into_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let master = cast.request(Resolved).await;
    let (double, doubles_double) = (cast.report().await, cast.report().await);
    cast.dora.act(&doubles_double, into(&double)).await.ok();
    // A resolved request takes in nothing; one that is reopened does.
    insta::assert_snapshot!(cast.dora.act(&double, into(&master)).await.refusal().split(" (").next().unwrap(), @"409 master_unfit");
    cast.ann.act(&master, noted(Dispute, "Still cold.")).await.ok();
    cast.dora.act(&double, into(&master)).await.ok();
    cast.tess.act(&master, noted(Resolve, "A new valve.")).await.ok();
    let closed = cast.ann.act(&master, act(Confirm)).await.ok();
    assert_eq!(closed.resolution_note.as_deref(), Some("A new valve."));
    for told in [&double, &doubles_double] {
        let shown = cast.ann.show(told).await.ok();
        assert_eq!(kinds(&shown).last(), Some(&"master_closed"), "{:?}", kinds(&shown));
    }
}

#[actix_web::test]
async fn a_master_is_open_or_closed_for_less_than_a_week_and_another_request() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let (request, closed) = (cast.report().await, cast.request(Closed).await);
    let unfit = |refusal: String| assert!(refusal.starts_with("409 master_unfit"), "{refusal}");
    unfit(cast.dora.act(&request, into(&request)).await.refusal());
    for status in [Rejected, Cancelled, Duplicate] {
        unfit(cast.dora.act(&request, into(&cast.request(status).await)).await.refusal());
    }
    let elsewhere = app.elsewhere("elm-court").await;
    let adam = app.member_of(&elsewhere, "adam", &[domain::role::Role::Admin]).await;
    let foreign = adam.report(&crate::support::cast::about(elsewhere.heating, "Elsewhere")).await.ok();
    insta::assert_snapshot!(cast.dora.act(&request, into(&foreign)).await.refusal(), @"422 invalid: #/master_id unknown");

    app.advance(TimeDelta::days(6));
    let dora = app.again(&cast.dora).await;
    assert_eq!(dora.act(&request, into(&closed)).await.ok().summary.status, Duplicate);
    dora.act(&request, noted(Unmerge, "No.")).await.ok();
    app.advance(TimeDelta::days(1));
    let dora = app.again(&dora).await;
    unfit(dora.act(&request, into(&closed)).await.refusal());
}

#[actix_web::test]
async fn of_two_requests_merged_into_each_other_at_once_one_remains() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    for _ in 0..8 {
        let (one, other) = (cast.report().await, cast.report().await);
        let (first, second) =
            tokio::join!(cast.dora.act(&one, into(&other)), cast.sue.act(&other, into(&one)));
        let mut statuses = [first.raw.status, second.raw.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", first.raw.text(), second.raw.text());
        let states = [
            cast.dora.show(&one).await.ok().summary.status,
            cast.dora.show(&other).await.ok().summary.status,
        ];
        assert!(states.contains(&New) && states.contains(&Duplicate), "{states:?}");
    }
}

#[actix_web::test]
async fn an_override_to_a_duplicate_names_its_master() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let (request, master) = (cast.request(Resolved).await, cast.report().await);
    let over = ActOnServiceRequest { target: Some(Duplicate), ..noted(Override, "Seen too late.") };
    insta::assert_snapshot!(cast.sue.act(&request, over.clone()).await.refusal(), @"422 invalid: #/master_id required");
    let named = ActOnServiceRequest { master_id: Some(master.summary.id), ..over };
    let merged = cast.sue.act(&request, named).await.ok();
    assert_eq!((merged.summary.status, merged.master.unwrap().number), (Duplicate, master.summary.number));
}
