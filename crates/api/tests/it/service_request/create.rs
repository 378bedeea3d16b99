//! Reporting.

use chrono::TimeDelta;
use contract::service_request::NewServiceRequest;
use domain::place::Coordinates;
use domain::role::Role;
use domain::service_request::{Priority, RequestAction, RequestStatus, Urgency};

use crate::support::app::TestApp;
use crate::support::cast::{Cast, about, act};
use crate::support::given::Place;
use crate::support::photo;

#[actix_web::test]
async fn a_report_gets_a_number_a_place_a_priority_and_a_deadline() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let report = NewServiceRequest {
        description: "  Since Sunday.  ".into(),
        address_hint: "Bathroom".into(),
        ..cast.cold_radiator()
    };
    let answer = cast.ann.report(&report).await;
    assert_eq!(answer.raw.status, 201);
    assert_eq!(
        answer.raw.header("location"),
        "/api/v1/communities/willow-park/service-requests/MNT-2026-0001"
    );
    let request = answer.ok();
    let summary = &request.summary;
    assert_eq!((summary.number.as_str(), summary.status), ("MNT-2026-0001", RequestStatus::New));
    assert_eq!((summary.priority, request.urgency), (Priority::P3, Urgency::Normal));
    assert_eq!(
        (summary.place.as_str(), summary.zone.as_deref()),
        ("101, Willow Lane · Bathroom", Some("North"))
    );
    assert_eq!(summary.due_at, app.now() + TimeDelta::hours(24));
    assert_eq!(request.description, "Since Sunday.");
    assert_eq!(cast.ann.show(&request).await.ok(), request);
}

#[actix_web::test]
async fn numbers_begin_anew_each_year_of_the_communitys_own_calendar() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let report = about(app.place.heating, "Radiator stays cold");
    assert_eq!(ann.report(&report).await.ok().summary.number, "MNT-2026-0001");
    // Lisbon's new year is UTC's in winter; to the west it comes later.
    let new_year = "2027-01-01T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    app.advance(new_year - app.now() - TimeDelta::seconds(1));
    let ann = app.again(&ann).await;
    assert_eq!(ann.report(&report).await.ok().summary.number, "MNT-2026-0002");
    app.advance(TimeDelta::seconds(1));
    assert_eq!(ann.report(&report).await.ok().summary.number, "MNT-2027-0001");
}

#[actix_web::test]
async fn a_report_that_fails_takes_no_number() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let unknown = NewServiceRequest {
        attachment_ids: vec![app.place.flat_1.0.into()],
        ..about(app.place.heating, "With somebody else's photo")
    };
    for _ in 0..3 {
        assert_eq!(ann.report(&unknown).await.refusal(), "422 invalid: #/attachment_ids not_yours");
    }
    let good = ann.report(&about(app.place.heating, "Radiator stays cold")).await.ok();
    assert_eq!(good.summary.number, "MNT-2026-0001");
}

#[actix_web::test]
async fn urgency_moves_the_priority_within_its_category() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let mut lines = Vec::new();
    for (name, category) in
        [("heating", app.place.heating), ("plumbing", app.place.plumbing), ("security", app.place.security)]
    {
        for urgency in Urgency::ALL {
            let report = NewServiceRequest { urgency: Some(*urgency), ..about(category, "How soon?") };
            lines.push(format!("{name} {urgency}: {}", ann.report(&report).await.ok().summary.priority));
        }
    }
    insta::assert_snapshot!(lines.join("\n"), @r"
    heating can_wait: P4
    heating normal: P3
    heating soon: P2
    heating emergency: P1
    plumbing can_wait: P3
    plumbing normal: P2
    plumbing soon: P2
    plumbing emergency: P1
    security can_wait: P2
    security normal: P1
    security soon: P1
    security emergency: P1
    ");
}

#[actix_web::test]
async fn a_point_on_the_map_finds_its_zone() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let at = async |at: Coordinates| {
        let report = NewServiceRequest { at: Some(at), ..about(app.place.heating, "Out here") };
        ann.report(&report).await.ok().summary.zone
    };
    assert_eq!(at(Place::NORTHERN).await.as_deref(), Some("North"));
    assert_eq!(at(Coordinates { lng: 0.5, lat: 0.5 }).await.as_deref(), Some("South"));
    assert_eq!(at(Coordinates { lng: 9.0, lat: 9.0 }).await, None);
}

#[actix_web::test]
async fn residents_report_for_the_unit_they_live_in_and_staff_for_any() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let for_unit = |unit| NewServiceRequest { unit_id: Some(unit), ..about(app.place.heating, "It is cold") };
    let neighbours = cast.ann.report(&for_unit(app.place.flat_2)).await;
    assert_eq!(neighbours.refusal(), "422 invalid: #/unit_id not_yours");
    let guard = app.member("gus", &[Role::Guard]).await;
    for who in [&cast.dora, &cast.tess, &guard] {
        who.report(&for_unit(app.place.flat_2)).await.ok();
    }
    let gatehouse = cast.dora.report(&for_unit(app.place.gatehouse)).await.ok();
    assert_eq!((gatehouse.summary.zone, gatehouse.summary.at), (None, None));
}

#[actix_web::test]
async fn staff_report_on_behalf_of_somebody_who_then_speaks_for_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let on_behalf = NewServiceRequest {
        on_behalf_of: Some(cast.ann.person().member_id),
        ..about(app.place.heating, "Ann called: it is cold")
    };
    assert_eq!(cast.tess.report(&on_behalf).await.refusal(), "403 not_allowed");
    let request = cast.dora.report(&on_behalf).await.ok();
    assert_eq!(request.beneficiary.as_ref().map(|one| one.display_name.as_str()), Some("Ann"));
    let seen = cast.ann.show(&request).await.ok();
    assert!(seen.allowed_actions.iter().any(|one| one.action.as_str() == "cancel"));
}

#[actix_web::test]
async fn photos_come_along_in_the_order_they_were_taken() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let mut ids = Vec::new();
    for side in [10, 20, 30] {
        ids.push(cast.ann.upload(photo::jpeg(side, side)).await.ok().id);
    }
    let report = NewServiceRequest { attachment_ids: ids.clone(), ..cast.cold_radiator() };
    let request = cast.ann.report(&report).await.ok();
    assert_eq!(request.attachments.iter().map(|one| one.id).collect::<Vec<_>>(), ids);
    assert_eq!((request.summary.photos, &request.timeline[0].attachment_ids), (3, &ids));
}

#[actix_web::test]
async fn what_is_reported_in_a_town_is_for_all_to_see_once_it_is_triaged() {
    let app = TestApp::start().await;
    let town = app.elsewhere("old-town").await;
    app.query("with it as (update categories set default_visibility = 'public' where community_id = (select id from communities where slug = 'old-town') returning id) select id::text as text from it").await;
    let ann = app.member_of(&town, "ann", &[Role::Resident]).await;
    let bob = app.member_of(&town, "bob", &[Role::Resident]).await;
    let dora = app.member_of(&town, "dora", &[Role::Dispatcher]).await;
    let report = NewServiceRequest { at: Some(Place::NORTHERN), ..about(town.heating, "Hole in the road") };
    let request = ann.report(&report).await.ok();
    assert_eq!(bob.show(&request).await.refusal(), "404 not_found");
    dora.act(&request, act(RequestAction::Triage)).await.ok();
    let seen = bob.show(&request).await.ok();
    assert_eq!((seen.summary.reporter, seen.summary.at), (None, Some(Place::NORTHERN)));
    assert!(!serde_json::to_string(&seen.timeline).unwrap().contains("Ann"));
}
