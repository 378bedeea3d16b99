//! Who sees what of a request, and of whom it speaks.

use contract::service_request::{NewServiceRequest, ServiceRequest};
use domain::community::OccupancyKind;
use domain::role::Role;
use domain::service_request::Audience;
use domain::service_request::RequestAction::Triage;
use domain::service_request::RequestStatus::{Assigned, New, Rejected, Triaged};

use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::cast::{Cast, about, act};
use crate::support::given;
use crate::support::talk::words;

async fn sees(who: &Caller, request: &ServiceRequest) -> bool {
    let answer = who.show(request).await;
    match answer.raw.status {
        200 => true,
        _ => {
            assert_eq!(answer.refusal(), "404 not_found");
            false
        }
    }
}

async fn open_to(app: &TestApp, visibility: &str) {
    app.query(&format!(
        "with it as (update service_requests set visibility = '{visibility}' returning id) \
         select id::text as text from it"
    ))
    .await;
}

#[actix_web::test]
async fn a_private_request_is_for_its_reporter_its_assignee_and_staff() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    for who in [&cast.ann, &cast.tess, &cast.dora, &cast.sue] {
        assert!(sees(who, &request).await);
    }
    for role in [Role::Committee, Role::Manager, Role::Admin] {
        assert!(sees(&app.member(&format!("a-{role}"), &[role]).await, &request).await, "{role}");
    }
    for role in [Role::Resident, Role::Guard, Role::Accountant, Role::Professional] {
        let other = app.member(&format!("a-{role}"), &[role]).await;
        assert!(!sees(&other, &request).await, "{role}");
        // Nor can they act on what they do not see.
        let comment = other.say(&request, words("What about this?")).await;
        assert_eq!(comment.refusal(), "404 not_found", "{role}");
    }
    assert!(!sees(&cast.theo, &request).await);
}

#[actix_web::test]
async fn the_household_sees_what_is_about_its_unit_unless_it_is_personal() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let [amy, owen] = [app.resident("amy").await, app.resident("owen").await];
    app.with_conn(async |conn| {
        given::home(conn, &app.place, amy.person().member_id, app.place.flat_1).await;
        let (owner, unit) = (owen.person().member_id, app.place.flat_1);
        given::occupancy(conn, &app.place, owner, unit, OccupancyKind::Owner, false).await;
    })
    .await;
    let shared = cast.report().await;
    let personal = cast.ann.report(&NewServiceRequest { personal: true, ..cast.cold_radiator() }).await.ok();
    assert!(sees(&amy, &shared).await && !sees(&amy, &personal).await);
    assert!(!sees(&owen, &shared).await, "who owns the flat does not live there");
    // The pipes are theirs, wherever they live.
    let about_pipes =
        NewServiceRequest { unit_id: Some(app.place.flat_1), ..about(app.place.plumbing, "Wet wall") };
    let wet = cast.ann.report(&about_pipes).await.ok();
    assert!(sees(&owen, &wet).await && sees(&amy, &wet).await);
    let hidden = cast.ann.report(&NewServiceRequest { personal: true, ..about_pipes }).await.ok();
    assert!(!sees(&owen, &hidden).await);
    assert!(sees(&cast.ann, &personal).await && sees(&cast.dora, &personal).await);
    // They follow it, but it is not theirs to cancel.
    let seen = amy.show(&shared).await.ok();
    assert_eq!(seen.summary.reporter.unwrap().display_name, "Ann");
    let offered: Vec<&str> = seen.allowed_actions.iter().map(|one| one.action.as_str()).collect();
    assert_eq!(offered, [] as [&str; 0]);
    assert_eq!(seen.comment_audiences, [Audience::Everyone]);
}

#[actix_web::test]
async fn who_moved_out_sees_no_more_of_the_unit() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let amy = app.resident("amy").await;
    given::home(&mut app.conn().await, &app.place, amy.person().member_id, app.place.flat_1).await;
    app.query(&format!(
        "with it as (update occupancies set to_date = '2026-06-14' where member_id = '{}' returning id) \
         select id::text as text from it",
        amy.person().member_id
    ))
    .await;
    assert!(!sees(&amy, &cast.report().await).await);
}

#[actix_web::test]
async fn what_the_community_may_see_names_neither_the_reporter_nor_where_they_live() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let bob = app.resident("bob").await;
    let request = cast.report().await;
    open_to(&app, "community").await;
    assert!(!sees(&bob, &request).await, "nobody has looked at it yet");
    cast.dora.act(&request, act(Triage)).await.ok();
    cast.ann.say(&request, words("The key is with the guard.")).await.ok();

    let seen = bob.show(&request).await.ok();
    assert_eq!((seen.summary.reporter, seen.unit, seen.summary.at), (None, None, None));
    assert_eq!(seen.summary.place, "");
    let whole = bob.show(&request).await.raw.text();
    assert!(!whole.contains(&cast.ann.person().member_id.to_string()), "the reporter's id in {whole}");
    // Ids are random, and some have a unit's number in them by chance.
    let words: Vec<&str> = whole.split('"').filter(|word| word.parse::<uuid::Uuid>().is_err()).collect();
    for secret in ["Ann", "101", "Willow Lane"] {
        assert!(!words.iter().any(|word| word.contains(secret)), "{secret} in {whole}");
    }
    let talk = bob.hears(&request).await;
    assert_eq!(talk[0].author, None);
    assert!(!format!("{talk:?}").contains("Ann"));
    let near = cast.tess.show(&request).await.raw.text();
    assert!(!near.contains("Ann"), "a professional who has nothing to do with it: {near}");
}

#[actix_web::test]
async fn what_was_rejected_is_shown_to_nobody_else() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let bob = app.resident("bob").await;
    for (status, public) in [(New, false), (Triaged, true), (Rejected, false)] {
        let request = cast.request(status).await;
        open_to(&app, "public").await;
        assert_eq!(sees(&bob, &request).await, public, "{status}");
    }
}
