//! The catalogue of categories, what it asks and demands, and the registers of units and zones.

use chrono::Days;
use contract::category::{ACT, ActOnCategory, NewCategory, UPDATE, UpdateCategory};
use contract::checklist::{TICK, TickItem};
use contract::community::Category;
use contract::service_request::NewServiceRequest;
use contract::unit::{self, NewOccupancy, UpdateOccupancy};
use contract::{category, community, response_template, zone};
use domain::category::{CategoryAction, Hue};
use domain::community::OccupancyKind;
use domain::question::{Answers, Question, QuestionKind};
use domain::role::Role;
use domain::service_request::{Priority, RequestAction, RequestStatus, Urgency};

use crate::support::app::TestApp;
use crate::support::caller::{Answer, Caller};
use crate::support::cast::{Cast, about, act, noted};
use crate::support::given::{self, Place};

fn question(code: &str, kind: QuestionKind, options: &[&str]) -> Question {
    Question {
        code: code.into(),
        kind,
        label: format!("Which {code}?"),
        help: String::new(),
        required: true,
        options: options.iter().map(|option| (*option).to_owned()).collect(),
    }
}

async fn change(app: &TestApp, who: &Caller, body: &UpdateCategory) -> Answer<Category> {
    let shown = who.call(&category::SHOW, &[&who.slug, &app.place.heating], &()).await.ok();
    who.change(&UPDATE, &[&who.slug, &app.place.heating], shown.version, body).await
}

fn answered(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(code, value)| ((*code).to_owned(), vec![(*value).to_owned()])).collect()
}

#[actix_web::test]
async fn a_category_asks_and_a_report_keeps_the_question_with_its_answer() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let asks = |questions: Vec<Question>| UpdateCategory { questions: Some(questions), ..Default::default() };
    let room = question("room", QuestionKind::Single, &["Bath", "Kitchen"]);
    let since = question("since", QuestionKind::Datetime, &[]);
    change(&app, &cast.sue, &asks(vec![room, since])).await.ok();

    let report = |answers| NewServiceRequest { answers, ..cast.cold_radiator() };
    let wrong = report(answered(&[("room", "Garage"), ("colour", "red")]));
    insta::assert_snapshot!(
        cast.ann.report(&wrong).await.refusal(),
        @"422 invalid: #/answers/colour unknown, #/answers/room not_an_option, #/answers/since required");

    let good = report(answered(&[("since", "2026-06-14T20:00"), ("room", " Bath ")]));
    let request = cast.ann.report(&good).await.ok();
    let told = |request: &contract::service_request::ServiceRequest| -> Vec<String> {
        let line =
            |it: &domain::question::Answered| format!("{} {}", it.question.label, it.values.join(", "));
        request.answers.iter().map(line).collect()
    };
    assert_eq!(told(&request), ["Which room? Bath", "Which since? 2026-06-14T20:00"]);

    // Whatever is asked later, this is what was asked then.
    change(&app, &cast.sue, &asks(vec![question("colour", QuestionKind::String, &[])])).await.ok();
    assert_eq!(told(&cast.dora.show(&request).await.ok()), told(&request));
}

#[actix_web::test]
async fn what_is_wrong_with_a_category_is_told_with_where_it_is() {
    let app = TestApp::start().await;
    let sue = app.member("sue", &[Role::Supervisor]).await;
    let body = UpdateCategory {
        default_priority: Some(Priority::P1),
        priority_min: Some(Priority::P2),
        checklist: Some(vec!["x".into()]),
        questions: Some(vec![question("room", QuestionKind::Single, &["Bath"])]),
        ..Default::default()
    };
    insta::assert_snapshot!(
        change(&app, &sue, &body).await.refusal(),
        @"422 invalid: #/default_priority outside_its_range, #/questions/0/options too_few, #/checklist/0 too_short");
}

#[actix_web::test]
async fn a_category_is_never_deleted_but_archived_with_those_below_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let sue = &cast.sue;
    let request = cast.report().await;
    let new = NewCategory {
        code: None,
        parent_id: Some(app.place.heating),
        name: "Thermostat".into(),
        icon: "thermometer".into(),
        color: Hue::Red,
        default_priority: Priority::P3,
        target_hours: 24,
    };
    let below = sue.call(&category::CREATE, &[&sue.slug], &new).await.ok();
    assert_eq!((below.code.as_str(), below.parent_id), ("thermostat", Some(app.place.heating)));
    let deeper = NewCategory { parent_id: Some(below.id), name: "Valve".into(), ..new };
    let refused = sue.call(&category::CREATE, &[&sue.slug], &deeper).await;
    assert_eq!(refused.refusal(), "422 invalid: #/parent_id too_deep");

    let archive = ActOnCategory { action: CategoryAction::Archive };
    sue.call(&ACT, &[&sue.slug, &app.place.heating], &archive).await.ok();
    let listed = cast.ann.call(&community::CATEGORIES, &[&sue.slug], &()).await.ok().data;
    assert!(listed.iter().all(|it| it.id != below.id && it.id != app.place.heating));
    let late = cast.ann.report(&cast.cold_radiator()).await;
    assert_eq!(late.refusal(), "422 invalid: #/category_id unknown");
    assert_eq!(cast.ann.show(&request).await.ok().summary.category, "Heating");

    let restore = ActOnCategory { action: CategoryAction::Restore };
    let alone = sue.call(&ACT, &[&sue.slug, &below.id], &restore).await;
    assert_eq!(alone.refusal(), "422 invalid: #/action archived");
    sue.call(&ACT, &[&sue.slug, &app.place.heating], &restore).await.ok();
    sue.call(&ACT, &[&sue.slug, &below.id], &restore).await.ok();
}

#[actix_web::test]
async fn the_urgency_of_a_report_stays_within_the_range_of_its_category() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let range = UpdateCategory { priority_min: Some(Priority::P3), ..Default::default() };
    change(&app, &cast.sue, &range).await.ok();
    let report = NewServiceRequest { urgency: Some(Urgency::Emergency), ..cast.cold_radiator() };
    assert_eq!(cast.ann.report(&report).await.ok().summary.priority, Priority::P3);
}

#[actix_web::test]
async fn a_checklist_comes_when_the_request_is_taken_up_and_is_ticked_by_whoever_does_the_work() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let list = UpdateCategory {
        checklist: Some(vec!["Bleed the radiator".into(), "Check the valve".into()]),
        checklist_required: Some(true),
        ..Default::default()
    };
    change(&app, &cast.sue, &list).await.ok();
    let request = cast.report().await;
    assert_eq!(request.checklist, []);
    let request = cast.dora.act(&request, cast.assign_tess()).await.ok();
    let shown = cast.tess.show(&request).await.ok();
    assert_eq!((shown.checklist.len(), shown.may_tick), (2, true));
    assert!(!cast.ann.show(&request).await.ok().may_tick);

    let item = &shown.checklist[0];
    let path: [&dyn std::fmt::Display; 3] = [&cast.tess.slug, &shown.summary.number, &item.id];
    let done = TickItem { done: Some(true) };
    assert_eq!(cast.ann.change(&TICK, &path, 1, &done).await.refusal(), "403 not_allowed");
    let ticked = cast.tess.change(&TICK, &path, 1, &done).await.ok();
    assert_eq!((ticked.done_at, ticked.version), (Some(app.now()), 2));
    assert!(ticked.done_by.is_some());
    assert_eq!(cast.dora.change(&TICK, &path, 1, &done).await.refusal(), "412 precondition_failed");
    let undone = cast.dora.change(&TICK, &path, 2, &TickItem { done: Some(false) }).await.ok();
    assert_eq!((undone.done_at, undone.done_by), (None, None));

    cast.tess.act(&request, act(RequestAction::Accept)).await.ok();
    cast.tess.act(&request, act(RequestAction::Start)).await.ok();
    let resolve = noted(RequestAction::Resolve, "It is warm again.");
    let refused = cast.tess.act(&request, resolve.clone()).await.refusal();
    assert!(refused.starts_with("409 checklist_unfinished"), "{refused}");
    for item in cast.tess.show(&request).await.ok().checklist {
        let path: [&dyn std::fmt::Display; 3] = [&cast.tess.slug, &request.summary.number, &item.id];
        cast.tess.change(&TICK, &path, item.version, &done).await.ok();
    }
    let resolved = cast.tess.act(&request, resolve).await.ok();
    assert!(!resolved.may_tick, "what is done is done");
}

#[actix_web::test]
async fn a_template_is_offered_filled_in_for_requests_of_its_category() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    app.with_conn(async |conn| {
        let [every, heating, plumbing] = [
            (None, "Every", "{number}: {assignee} takes care of it, {reporter}."),
            (Some(app.place.heating), "Heating", "About {title}."),
            (Some(app.place.plumbing), "Plumbing", "Turn the water off."),
        ]
        .map(|(category, title, body)| given::template(&app.place, category, title, body));
        db::response_template::insert_all(conn, &[every, heating, plumbing]).await.unwrap();
    })
    .await;
    let request = cast.request(RequestStatus::Assigned).await;
    let path: [&dyn std::fmt::Display; 2] = [&cast.dora.slug, &request.summary.number];
    let filled = cast.dora.call(&response_template::FILLED, &path, &()).await.ok().data;
    let texts: Vec<&str> = filled.iter().map(|it| it.text.as_str()).collect();
    let who = request.summary.assignee.unwrap().display_name;
    let reporter = cast.dora.show(&cast.report().await).await.ok().summary.reporter.unwrap().display_name;
    let number = request.summary.number;
    assert_eq!(
        texts,
        [
            format!("{number}: {who} takes care of it, {reporter}."),
            format!("About {}.", request.summary.title)
        ]
    );
}

#[actix_web::test]
async fn whoever_is_no_longer_tied_to_a_unit_sees_no_more_of_it_at_once() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let amy = app.resident("amy").await;
    let tie = NewOccupancy {
        member_id: amy.person().member_id,
        kind: OccupancyKind::Tenant,
        is_primary: None,
        resides: None,
        from_date: Some(app.now().date_naive() - Days::new(30)),
        to_date: None,
    };
    assert_eq!(amy.show(&cast.report().await).await.refusal(), "404 not_found");
    let path: [&dyn std::fmt::Display; 2] = [&mia.slug, &app.place.flat_1];
    let made = mia.call(&unit::ADD_OCCUPANCY, &path, &tie).await.ok();
    assert_eq!(mia.call(&unit::ADD_OCCUPANCY, &path, &tie).await.refusal(), "409 duplicate");
    let request = cast.report().await;
    amy.show(&request).await.ok();

    let ended: [&dyn std::fmt::Display; 3] = [&mia.slug, &app.place.flat_1, &made.id];
    let backwards =
        UpdateOccupancy { to_date: Some(Some(app.now().date_naive() - Days::new(60))), ..Default::default() };
    let refused = mia.change(&unit::UPDATE_OCCUPANCY, &ended, made.version, &backwards).await;
    assert_eq!(refused.refusal(), "422 invalid: #/to_date before_its_beginning");
    mia.change(&unit::END_OCCUPANCY, &ended, made.version, &()).await.ok();
    assert_eq!(amy.show(&request).await.refusal(), "404 not_found");

    let shown = mia.call(&unit::SHOW, &path, &()).await.ok();
    assert!(shown.occupancies.iter().any(|it| it.id == made.id && !it.is_current));
    assert_eq!(amy.call(&unit::SHOW, &path, &()).await.ok().occupancies, [], "who lives there is for staff");
}

#[actix_web::test]
async fn two_who_tie_somebody_to_a_unit_at_once_tie_them_once() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let amy = app.resident("amy").await;
    let tie = NewOccupancy {
        member_id: amy.person().member_id,
        kind: OccupancyKind::Tenant,
        is_primary: None,
        resides: None,
        from_date: None,
        to_date: None,
    };
    let path: [&dyn std::fmt::Display; 2] = [&mia.slug, &app.place.flat_2];
    let one = mia.call(&unit::ADD_OCCUPANCY, &path, &tie);
    let other = mia.call(&unit::ADD_OCCUPANCY, &path, &tie);
    let (one, other) = futures_util::future::join(one, other).await;
    let mut statuses = [one.raw.status, other.raw.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
}

#[actix_web::test]
async fn the_order_of_the_zones_decides_about_what_several_of_them_have() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let mia = app.member("mia", &[Role::Manager]).await;
    // On the border between the north and the south.
    let at = domain::place::Coordinates { lng: 0.5, lat: 1.0 };
    let report = NewServiceRequest { at: Some(at), ..about(app.place.heating, "On the border") };
    assert_eq!(cast.ann.report(&report).await.ok().zone_id, Some(app.place.north));
    let turned = zone::OrderZones { ids: vec![app.place.south, app.place.north] };
    mia.call(&zone::ORDER, &[&mia.slug], &turned).await.ok();
    assert_eq!(cast.ann.report(&report).await.ok().zone_id, Some(app.place.south));
    let one = zone::OrderZones { ids: vec![app.place.south] };
    assert_eq!(mia.call(&zone::ORDER, &[&mia.slug], &one).await.refusal(), "409 stale");

    let bow_tie = zone::Polygon {
        kind: zone::PolygonKind::Polygon,
        coordinates: vec![vec![[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.0], [0.0, 0.0]]],
    };
    let body = zone::UpdateZone { name: None, area: Some(Some(bow_tie)) };
    let refused = mia.change(&zone::UPDATE, &[&mia.slug, &app.place.north], 1, &body).await;
    assert_eq!(refused.refusal(), "422 invalid: #/area crosses_itself");
    let kept = Place::NORTHERN;
    let triaged = cast.ann.report(&NewServiceRequest { at: Some(kept), ..report }).await.ok();
    cast.dora.act(&triaged, act(RequestAction::Triage)).await.ok();
}
