//! What changes with a membership, and how soon.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use contract::member::{ActOnMember, SET_ROLES, SetRoles};
use contract::service_request::NewServiceRequest;
use domain::member::MemberAction::{Approve, Suspend};
use domain::role::Role;
use domain::service_request::RequestAction;
use domain::service_request::RequestStatus::{Assigned, InProgress, Triaged};

use super::{act, acts, asking, because, is_in, join, show};
use crate::support::app::TestApp;
use crate::support::cast::{Cast, act as acting, assign};

/// Asks again and again until it is so, within the time that is promised.
async fn soon(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(6);
    while !is_so().await {
        assert!(Instant::now() < deadline, "{what} took too long");
    }
}

#[actix_web::test]
async fn what_was_decided_on_one_server_counts_on_the_others_within_five_seconds() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let [rosa, dora] = [app.resident("rosa").await, app.dispatcher("dora").await];
    let there = app.another_server();
    let (rosa_there, dora_there) = (there.with_token(rosa.token()), there.with_token(dora.token()));
    assert!(is_in(&rosa_there).await);
    show(&dora_there, rosa.person().member_id).await.ok();

    acts(&mia, rosa.person().member_id, &because(Suspend, "Fees.")).await.ok();
    let demote = SetRoles { roles: vec![Role::Resident] };
    mia.change(&SET_ROLES, &[&mia.slug, &dora.person().member_id], 1, &demote).await.ok();
    assert!(!is_in(&rosa).await, "at once where it was decided");
    assert_eq!(show(&dora, mia.person().member_id).await.refusal(), "403 not_allowed");
    soon("the suspension", async || !is_in(&rosa_there).await).await;
    soon("the change of roles", async || show(&dora_there, mia.person().member_id).await.raw.status == 403)
        .await;
}

#[actix_web::test]
async fn a_new_occupant_reads_nothing_from_before_their_time() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let before = cast.report().await;
    app.advance(TimeDelta::days(1));
    let (nina, mia) = (app.newcomer("nina").await, app.again(&mia).await);
    let ask =
        contract::account::JoinCommunity { unit_number: Some("101".into()), ..asking("Nina", "willow-park") };
    let id = join(&nina, &ask).await.ok().member_id;
    let approve = ActOnMember { unit_id: Some(app.place.flat_1), ..act(Approve) };
    acts(&mia, id, &approve).await.ok();
    let ann = app.again(&cast.ann).await;
    let after =
        ann.report(&NewServiceRequest { title: "Tap drips".into(), ..cast.cold_radiator() }).await.ok();

    assert_eq!(nina.show(&before).await.refusal(), "404 not_found");
    nina.show(&after).await.ok();
    let query = contract::service_request::ServiceRequestQuery::default();
    let listed = nina.find(&contract::service_request::LIST, &[&nina.slug], &query).await.ok().data;
    let titles: Vec<&str> = listed.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["Tap drips"]);
    // Nor by way of what the community may see: the reporter's name stays with those whose household it was.
    app.query("with it as (update service_requests set visibility = 'community', status = 'triaged' returning id) select id::text as text from it").await;
    assert_eq!(nina.show(&before).await.ok().summary.reporter, None);
}

#[actix_web::test]
async fn work_of_who_is_suspended_goes_back_to_the_dispatchers_who_move_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let [open, begun] = [cast.request(Assigned).await, cast.request(InProgress).await];
    acts(&mia, cast.tess.person().member_id, &because(Suspend, "No insurance.")).await.ok();
    assert_eq!(cast.tess.show(&open).await.refusal(), "404 not_found");
    for request in [&open, &begun] {
        let seen = cast.dora.show(request).await.ok();
        assert_eq!((seen.summary.assignee, seen.summary.status), (None, Triaged));
        cast.dora.act(request, assign(&cast.theo)).await.ok();
    }
    let fresh = cast.report().await;
    let refused = cast.dora.act(&fresh, cast.assign_tess()).await.refusal();
    assert!(refused.starts_with("409 assignee_unavailable"), "{refused}");
    cast.dora.act(&fresh, acting(RequestAction::Triage)).await.ok();
}
