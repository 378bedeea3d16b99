//! Work for several, and work that nobody has any more.

use contract::member::{ACT as ACT_ON_MEMBER, ActOnMember};
use contract::service_request::{ActOnServiceRequest, LIST, ServiceRequestQuery};
use contract::team::{self, NewTeam, UpdateTeam};
use domain::id::TeamId;
use domain::member::MemberAction;
use domain::role::Role;
use domain::service_request::RequestAction::*;
use domain::service_request::RequestStatus::*;
use domain::service_request::Shift;

use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::cast::{Cast, act, assign, noted};

fn night_watch(cast: &Cast) -> NewTeam {
    NewTeam {
        name: " Night watch ".into(),
        shift: Shift::Night,
        skills: vec!["heating".into()],
        member_ids: vec![cast.tess.person().member_id, cast.theo.person().member_id],
        zone_ids: Vec::new(),
    }
}

fn to_team(id: TeamId) -> ActOnServiceRequest {
    ActOnServiceRequest { team_id: Some(id), ..act(Assign) }
}

#[actix_web::test]
async fn a_team_is_made_changed_and_dissolved() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let slug = &app.place.slug;
    let made = cast.sue.call(&team::CREATE, &[slug], &night_watch(&cast)).await.ok();
    assert_eq!((made.name.as_str(), made.members.len(), made.zones.len()), ("Night watch", 2, 0));
    insta::assert_snapshot!(cast.sue.call(&team::CREATE, &[slug], &night_watch(&cast)).await.refusal(), @"409 duplicate");
    let strangers = NewTeam {
        name: "Strangers".into(),
        skills: vec!["witchcraft".into()],
        member_ids: vec![cast.ann.person().member_id],
        zone_ids: vec![domain::id::ZoneId(uuid::Uuid::nil())],
        ..night_watch(&cast)
    };
    insta::assert_snapshot!(
        cast.sue.call(&team::CREATE, &[slug], &strangers).await.refusal(),
        @"422 invalid: #/skills unknown, #/member_ids unknown, #/zone_ids unknown");

    let smaller =
        UpdateTeam { member_ids: Some(vec![cast.tess.person().member_id]), ..UpdateTeam::default() };
    let changed = cast.sue.change(&team::UPDATE, &[slug, &made.id], made.version, &smaller).await.ok();
    assert_eq!((changed.members.len(), changed.shift, changed.version), (1, Shift::Night, 2));
    insta::assert_snapshot!(
        cast.sue.change(&team::UPDATE, &[slug, &made.id], made.version, &smaller).await.refusal(),
        @"412 precondition_failed");
    let request = cast.request(Triaged).await;
    cast.dora.act(&request, to_team(made.id)).await.ok();
    cast.sue.change(&team::ARCHIVE, &[slug, &made.id], changed.version, &()).await.ok();
    let back = cast.dora.show(&request).await.ok();
    assert_eq!((back.summary.status, back.team), (Triaged, None));
    insta::assert_snapshot!(cast.dora.call(&team::SHOW, &[slug, &made.id], &()).await.refusal(), @"404 not_found");
    insta::assert_snapshot!(cast.dora.act(&request, to_team(made.id)).await.refusal(), @"422 invalid: #/team_id unknown");
}

#[actix_web::test]
async fn of_two_of_a_team_who_accept_at_once_one_has_the_work() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let made = cast.sue.call(&team::CREATE, &[&app.place.slug], &night_watch(&cast)).await.ok();
    // The rights of both are remembered from before the team was: a moment later they know.
    app.advance(chrono::TimeDelta::seconds(1));
    for round in 0..6 {
        let request = cast.request(Triaged).await;
        let given = cast.dora.act(&request, to_team(made.id)).await.ok();
        assert_eq!((given.summary.assignee, given.team.unwrap().name), (None, "Night watch".into()));
        let (one, other) =
            tokio::join!(cast.tess.act(&request, act(Accept)), cast.theo.act(&request, act(Accept)));
        let mut statuses = [one.raw.status, other.raw.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "round {round}: {} {}", one.raw.text(), other.raw.text());
        let winner = if one.raw.status == 200 { "Tess" } else { "Theo" };
        let taken = cast.dora.show(&request).await.ok();
        assert_eq!(taken.summary.assignee.unwrap().display_name, winner);
        assert!(taken.summary.accepted);
    }
}

#[actix_web::test]
async fn a_team_sees_what_it_was_given_until_one_of_it_takes_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let made = cast.sue.call(&team::CREATE, &[&app.place.slug], &night_watch(&cast)).await.ok();
    app.advance(chrono::TimeDelta::seconds(1));
    let request = cast.request(Triaged).await;
    cast.dora.act(&request, to_team(made.id)).await.ok();
    let for_team = async |who: &Caller| {
        let query = ServiceRequestQuery { for_my_teams: Some(true), ..Default::default() };
        let page = who.find(&LIST, &[&who.slug], &query).await.ok();
        page.data.into_iter().map(|it| it.number).collect::<Vec<_>>()
    };
    for member in [&cast.tess, &cast.theo] {
        assert_eq!(for_team(member).await, [request.summary.number.as_str()]);
    }
    assert_eq!(for_team(&cast.ann).await, [] as [&str; 0]);
    assert_eq!(for_team(&cast.dora).await, [] as [&str; 0], "she works in none");
    cast.theo.act(&request, act(Accept)).await.ok();
    assert_eq!(for_team(&cast.tess).await, [] as [&str; 0]);
}

#[actix_web::test]
async fn whoever_is_suspended_leaves_their_work_to_others() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let manager = app.member("meg", &[Role::Manager]).await;
    let (begun, done) = (cast.request(InProgress).await, cast.request(Resolved).await);
    let suspend = ActOnMember {
        action: MemberAction::Suspend,
        reason: Some("On leave.".into()),
        roles: None,
        unit_id: None,
        tie: None,
    };
    manager.call(&ACT_ON_MEMBER, &[&app.place.slug, &cast.tess.person().member_id], &suspend).await.ok();
    let left = cast.dora.show(&begun).await.ok();
    assert_eq!((left.summary.status, left.summary.assignee), (Triaged, None));
    let line = left.timeline.last().unwrap();
    assert_eq!((line.kind.as_str(), line.actor.is_none()), ("unassign", true));
    assert_eq!(cast.dora.show(&done).await.ok().summary.status, Resolved);
    // The reporter says that it is not done: nobody is there to go on.
    assert_eq!(cast.ann.act(&done, noted(Dispute, "Still cold.")).await.ok().summary.status, Triaged);
}

#[actix_web::test]
async fn who_said_no_is_remembered_and_comes_last() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    cast.tess.act(&request, noted(Decline, "I am ill.")).await.ok();
    let query = contract::community::ProfessionalQuery { fit_for: Some(request.summary.number.clone()) };
    let found = cast.dora.find(&contract::community::PROFESSIONALS, &[&app.place.slug], &query).await.ok();
    let declined: Vec<_> = found.data.iter().map(|one| (one.display_name.as_str(), one.declined)).collect();
    assert_eq!(declined, [("Theo", Some(false)), ("Tess", Some(true))]);
    // A person may ask again all the same.
    assert_eq!(cast.dora.act(&request, assign(&cast.tess)).await.ok().summary.status, Assigned);
}
