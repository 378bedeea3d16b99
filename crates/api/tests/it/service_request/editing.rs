//! What people change about a request without moving it along.

use contract::service_request::ActOnServiceRequest;
use contract::service_request::{
    FOLLOW, NewServiceRequest, ServiceRequest, TAGS, TagQuery, UNFOLLOW, UPDATE, UPDATE_HANDLING,
    UpdateHandling, UpdateServiceRequest,
};
use domain::community::OccupancyKind;
use domain::service_request::RequestAction::*;
use domain::service_request::RequestStatus::*;
use domain::service_request::{RequestChannel, RequestVisibility};

use crate::support::app::TestApp;
use crate::support::caller::{Answer, Caller};
use crate::support::cast::{Cast, about, act, noted};
use crate::support::given;

fn colder() -> UpdateServiceRequest {
    UpdateServiceRequest { title: Some("Radiator is ice".into()), ..UpdateServiceRequest::default() }
}

async fn mend(who: &Caller, request: &ServiceRequest, seen: i32) -> Answer<ServiceRequest> {
    who.change(&UPDATE, &[&who.slug(), &request.summary.id], seen, &colder()).await
}

#[actix_web::test]
async fn reporters_mend_what_they_told_until_somebody_has_looked_at_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.report().await;
    assert!(request.may_edit);
    insta::assert_snapshot!(mend(&cast.dora, &request, 1).await.refusal(), @"403 not_allowed");
    insta::assert_snapshot!(mend(&cast.theo, &request, 1).await.refusal(), @"404 not_found");
    let mended = mend(&cast.ann, &request, 1).await.ok();
    assert_eq!((mended.summary.title.as_str(), mended.version), ("Radiator is ice", 2));
    let line = mended.timeline.last().unwrap();
    assert_eq!((line.kind.as_str(), line.from_value.as_deref()), ("edit", Some("Radiator stays cold")));
    insta::assert_snapshot!(mend(&cast.ann, &request, 1).await.refusal(), @"412 precondition_failed");
    cast.dora.act(&request, act(Triage)).await.ok();
    insta::assert_snapshot!(mend(&cast.ann, &request, 3).await.refusal(), @"409 wrong_state (now triaged; could )");
}

#[actix_web::test]
async fn of_a_mended_and_a_triaged_report_neither_hides_the_other() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    for _ in 0..6 {
        let request = cast.report().await;
        let (mended, triaged) =
            tokio::join!(mend(&cast.ann, &request, 1), cast.dora.act(&request, act(Triage)));
        triaged.ok();
        let now = cast.dora.show(&request).await.ok();
        assert_eq!(now.summary.status, Triaged);
        match mended.raw.status {
            200 => assert_eq!((now.summary.title.as_str(), now.version), ("Radiator is ice", 3)),
            status => {
                assert!([409, 412].contains(&status), "{}", mended.raw.text());
                assert_eq!((now.summary.title.as_str(), now.version), ("Radiator stays cold", 2));
            }
        }
    }
}

#[actix_web::test]
async fn following_twice_at_once_is_following_once() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let amy = app.resident("amy").await;
    let request = cast.request(Triaged).await;
    app.run_outbox().await;
    let follow = async || amy.call(&FOLLOW, &[&app.place.slug, &request.summary.id], &()).await;
    insta::assert_snapshot!(follow().await.refusal(), @"404 not_found");
    let open =
        ActOnServiceRequest { visibility: Some(RequestVisibility::Community), ..act(ChangeVisibility) };
    cast.dora.act(&request, open).await.ok();
    let (one, other) = tokio::join!(follow(), follow());
    assert!(one.ok().following && other.ok().following);
    let shown = amy.show(&request).await.ok();
    assert_eq!((shown.following, shown.followers), (true, 1));

    // They hear how it goes on, as long as they may see it.
    let heard = async || {
        app.run_outbox().await;
        let member = amy.person().member_id;
        app.query(&format!(
            "select event as text from notifications where member_id = '{member}' order by created_at, id"
        ))
        .await
    };
    cast.dora.act(&request, cast.assign_tess()).await.ok();
    assert_eq!(heard().await, ["request.assign"]);
    let shut = ActOnServiceRequest { visibility: Some(RequestVisibility::Private), ..act(ChangeVisibility) };
    cast.dora.act(&request, shut).await.ok();
    cast.tess.act(&request, act(Start)).await.ok();
    assert_eq!(heard().await, ["request.assign"]);
    let gone = amy.call(&UNFOLLOW, &[&app.place.slug, &request.summary.id], &()).await;
    insta::assert_snapshot!(gone.refusal(), @"404 not_found");
}

#[actix_web::test]
async fn the_household_follows_what_is_reported_about_its_unit() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let amy = app.resident("amy").await;
    given::home(&mut app.conn().await, &app.place, amy.person().member_id, app.place.flat_1).await;
    let amy = app.again(&amy).await;
    let shared = cast.report().await;
    assert!(amy.show(&shared).await.ok().following);
    assert_eq!((shared.following, shared.followers), (false, 1));
    let personal = cast.ann.report(&NewServiceRequest { personal: true, ..cast.cold_radiator() }).await.ok();
    assert_eq!(personal.followers, 0);
}

#[actix_web::test]
async fn owners_who_live_elsewhere_follow_what_is_about_the_fabric_and_hear_of_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let (owen, former) = (app.resident("owen").await, app.resident("fred").await);
    app.with_conn(async |conn| {
        for (owner, unit) in [(&owen, app.place.flat_1), (&former, app.place.flat_2)] {
            let owner = owner.person().member_id;
            given::occupancy(conn, &app.place, owner, unit, OccupancyKind::Owner, false).await;
        }
    })
    .await;
    let [owen, former] = [app.again(&owen).await, app.again(&former).await];
    let in_flat_1 =
        |category, title| NewServiceRequest { unit_id: Some(app.place.flat_1), ..about(category, title) };
    let wet = cast.ann.report(&in_flat_1(app.place.plumbing, "Wet wall")).await.ok();
    assert_eq!((owen.show(&wet).await.ok().following, wet.followers), (true, 1));
    let cold = cast.report().await;
    let personal = NewServiceRequest { personal: true, ..in_flat_1(app.place.plumbing, "My bath") };
    let personal = cast.ann.report(&personal).await.ok();
    assert_eq!((cold.followers, personal.followers), (0, 0));
    // What turns out to be about the fabric becomes theirs, too.
    let pipes = ActOnServiceRequest {
        category_id: Some(app.place.plumbing),
        ..noted(ChangeCategory, "It is the pipe in the wall.")
    };
    cast.dora.act(&cold, act(Triage)).await.ok();
    app.run_outbox().await;
    cast.dora.act(&cold, pipes).await.ok();
    assert!(owen.show(&cold).await.ok().following);
    // They hear how it goes on, for as long as it is theirs.
    let heard = async |who: &Caller| {
        let who = who.person().member_id;
        let sql = "select event || ' ' || r.number as text from notifications n join service_requests r on r.id = n.request_id";
        app.query(&format!("{sql} where n.member_id = '{who}' order by n.created_at, n.id")).await
    };
    for request in [&wet, &cold, &personal] {
        let request = cast.dora.show(request).await.ok();
        if request.summary.status == New {
            cast.dora.act(&request, act(Triage)).await.ok();
        }
        cast.dora.act(&request, cast.assign_tess()).await.ok();
    }
    app.run_outbox().await;
    let mut told = heard(&owen).await;
    told.sort_unstable();
    let [wet_number, cold_number] = [&wet, &cold].map(|request| request.summary.number.clone());
    assert_eq!(
        told,
        [
            format!("request.assign {wet_number}"),
            format!("request.assign {cold_number}"),
            format!("request.triage {wet_number}"),
        ]
    );
    assert_eq!(heard(&former).await, [] as [&str; 0]);
    app.query(&format!(
        "with it as (update occupancies set to_date = '2026-06-14' where member_id = '{}' returning id) select id::text as text from it",
        owen.person().member_id
    ))
    .await;
    cast.tess.act(&wet, act(Start)).await.ok();
    app.run_outbox().await;
    assert_eq!(heard(&owen).await.len(), 3, "who sold it hears no more");
}

#[actix_web::test]
async fn a_hidden_name_is_for_staff() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let amy = app.resident("amy").await;
    given::home(&mut app.conn().await, &app.place, amy.person().member_id, app.place.flat_1).await;
    let amy = app.again(&amy).await;
    let hidden = NewServiceRequest { name_hidden: true, ..cast.cold_radiator() };
    let request = cast.ann.report(&hidden).await.ok();
    let text = async |who: &Caller| serde_json::to_string(&who.show(&request).await.ok()).unwrap();
    assert!(!text(&amy).await.contains("\"Ann\"") && text(&amy).await.contains("\"verified\":true"));
    assert!(text(&cast.dora).await.contains("\"Ann\"") && text(&cast.ann).await.contains("\"Ann\""));
}

#[actix_web::test]
async fn staff_write_down_what_others_tell_them() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let ann = Some(cast.ann.person().member_id);
    let told = NewServiceRequest { on_behalf_of: ann, ..about(app.place.heating, "Cold hall") };
    let request = cast.dora.report(&told).await.ok();
    assert_eq!(request.channel, RequestChannel::Phone);
    let said = NewServiceRequest { channel: Some(RequestChannel::Import), ..told.clone() };
    assert_eq!(cast.dora.report(&said).await.ok().channel, RequestChannel::Import);
    insta::assert_snapshot!(
        cast.ann.report(&NewServiceRequest { on_behalf_of: None, ..said }).await.refusal(),
        @"403 not_allowed");
    // The person named speaks for it.
    let offered = |request: &ServiceRequest| request.allowed_actions.iter().any(|one| one.action == Cancel);
    assert!(offered(&cast.ann.show(&request).await.ok()));
    assert!(mend(&cast.ann, &request, 1).await.raw.status == 200);
}

#[actix_web::test]
async fn tags_and_costs_are_for_staff() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let slug = &app.place.slug;
    let request = cast.request(Assigned).await;
    let body = UpdateHandling {
        tags: Some(vec![" Warranty".into(), "warranty".into(), "Boiler".into()]),
        estimated_cost: Some(Some(12_050)),
        actual_cost: None,
    };
    let handle = |who: &Caller, body: UpdateHandling| {
        let (who, id) = (who.clone(), request.summary.id);
        async move { who.change(&UPDATE_HANDLING, &[&who.slug(), &id], request.version, &body).await }
    };
    insta::assert_snapshot!(handle(&cast.ann, body.clone()).await.refusal(), @"403 not_allowed");
    let many = UpdateHandling { tags: Some(vec!["x".into(); 11]), ..UpdateHandling::default() };
    insta::assert_snapshot!(handle(&cast.dora, many).await.refusal(), @"422 invalid: #/tags too_many");
    let dear = UpdateHandling { actual_cost: Some(Some(-1)), ..UpdateHandling::default() };
    insta::assert_snapshot!(handle(&cast.dora, dear).await.refusal(), @"422 invalid: #/actual_cost out_of_range");
    let handled = handle(&cast.dora, body).await.ok();
    assert_eq!(
        (handled.tags, handled.estimated_cost),
        (vec!["warranty".into(), "boiler".into()], Some(12_050))
    );
    let (ann, tess) = (cast.ann.show(&request).await.ok(), cast.tess.show(&request).await.ok());
    assert_eq!((ann.tags.len(), ann.estimated_cost, tess.estimated_cost), (0, None, Some(12_050)));
    let query = TagQuery { q: Some("WAR".into()) };
    let found = cast.dora.find(&TAGS, &[slug], &query).await.ok();
    assert_eq!(found.data.into_iter().map(|one| one.tag).collect::<Vec<_>>(), ["warranty"]);
}

#[actix_web::test]
async fn time_triages_what_its_category_leaves_to_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    app.query("with it as (update categories set auto_triage = true where code = 'heating' returning id) select id::text as text from it").await;
    let (placed, nowhere) =
        (cast.report().await, cast.dora.report(&about(app.place.heating, "Somewhere cold")).await.ok());
    app.run_outbox().await;
    assert_eq!(cast.dora.show(&placed).await.ok().summary.status, Triaged);
    assert_eq!(cast.dora.show(&nowhere).await.ok().summary.status, New, "it stands in no zone");
}

#[actix_web::test]
async fn a_moved_deadline_needs_a_reason_and_a_supervisor_and_is_audited() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.report().await;
    let due_at = Some(app.now() + chrono::TimeDelta::days(9));
    let moved = ActOnServiceRequest { due_at, ..noted(ChangeDue, "The part comes late.") };
    insta::assert_snapshot!(cast.dora.act(&request, moved.clone()).await.refusal(), @"403 not_allowed");
    let past = ActOnServiceRequest { due_at: Some(app.now()), ..moved.clone() };
    insta::assert_snapshot!(cast.sue.act(&request, past).await.refusal(), @"422 invalid: #/due_at in_the_past");
    assert_eq!(Some(cast.sue.act(&request, moved).await.ok().summary.due_at), due_at);
    let audited =
        app.query("select action as text from audit_events where entity_kind = 'service_request'").await;
    assert_eq!(audited, ["service_request.move_deadline"]);
}
