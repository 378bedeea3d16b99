//! The life of a membership, through its actions.

use contract::member::ActOnMember;
use domain::community::{MemberStatus, OccupancyKind};
use domain::member::MemberAction::{self, Approve, Archive, Reinstate, Reject, Restore, Suspend};
use domain::role::Role;

use super::{act, acts, asking, because, is_in, join, show};
use crate::support::app::TestApp;
use crate::support::fresh;

#[actix_web::test]
async fn a_member_is_kept_out_let_in_again_sent_away_and_brought_back() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let rosa = app.resident("rosa").await;
    let id = rosa.person().member_id;
    for (body, status, inside) in [
        (because(Suspend, "Unpaid fees."), MemberStatus::Suspended, false),
        (act(Reinstate), MemberStatus::Active, true),
        (because(Archive, "Moved out."), MemberStatus::Archived, false),
        (act(Restore), MemberStatus::Active, true),
    ] {
        let now = acts(&mia, id, &body).await.ok();
        assert_eq!((now.summary.status, now.reason), (status, body.reason));
        assert_eq!(is_in(&rosa).await, inside, "{status}");
    }
    let told = app.mailbox().await;
    assert_eq!(
        told,
        [
            "rosa@willow-park.test: You are back in Willow Park",
            "rosa@willow-park.test: You are back in Willow Park",
            "rosa@willow-park.test: Your membership in Willow Park has ended",
            "rosa@willow-park.test: Your membership in Willow Park is suspended",
        ]
    );
    let trail = "select action || ' ' || from_value::text || ' ' || to_value::text as text from audit_events \
                 where action like 'member.%' order by at, id";
    assert_eq!(
        app.query(trail).await,
        [
            "member.suspended \"active\" \"suspended\"",
            "member.reinstated \"suspended\" \"active\"",
            "member.archived \"active\" \"archived\"",
            "member.restored \"archived\" \"active\"",
        ]
    );
}

#[actix_web::test]
async fn what_does_not_fit_says_where_the_membership_stands() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let rosa = app.resident("rosa").await.person().member_id;
    let refusal = async |body: ActOnMember| acts(&mia, rosa, &body).await.refusal();
    assert_eq!(refusal(act(Approve)).await, "409 wrong_state (now active; could suspend, archive)");
    assert_eq!(refusal(act(Suspend)).await, "422 invalid: #/reason required");
    assert_eq!(refusal(because(Suspend, "  ")).await, "422 invalid: #/reason required");
    let dressed =
        ActOnMember { roles: Some(vec![Role::Guard]), tie: Some(OccupancyKind::Owner), ..act(Restore) };
    assert_eq!(refusal(dressed).await, "422 invalid: #/roles superfluous, #/tie superfluous");
    let nobody = domain::id::MemberId(uuid::Uuid::now_v7());
    assert_eq!(acts(&mia, nobody, &act(Approve)).await.refusal(), "404 not_found");
}

#[actix_web::test]
async fn an_approver_knows_better_where_somebody_lives_and_what_they_are() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let elsewhere = app.elsewhere("elm-court").await;
    let nina = app.newcomer("nina").await;
    let id = join(&nina, &asking("Nina", "willow-park")).await.ok().member_id;
    let approve = |roles: &[Role]| ActOnMember { roles: Some(roles.to_vec()), ..act(Approve) };
    let foreign = ActOnMember { unit_id: Some(elsewhere.flat_1), ..act(Approve) };
    assert_eq!(acts(&mia, id, &foreign).await.refusal(), "422 invalid: #/unit_id unknown");
    let homeless = ActOnMember { tie: Some(OccupancyKind::Family), ..act(Approve) };
    assert_eq!(acts(&mia, id, &homeless).await.refusal(), "422 invalid: #/unit_id required");
    assert_eq!(acts(&mia, id, &approve(&[])).await.refusal(), "422 invalid: #/roles required");
    let body = ActOnMember {
        unit_id: Some(app.place.flat_2),
        tie: Some(OccupancyKind::Family),
        ..approve(&[Role::Guard, Role::Resident, Role::Guard])
    };
    let approved = acts(&mia, id, &body).await.ok().summary;
    assert_eq!(approved.roles, [Role::Resident, Role::Guard]);
    assert_eq!((approved.units[0].number.as_str(), approved.units[0].tie), ("102", OccupancyKind::Family));
}

#[actix_web::test]
async fn nobody_decides_about_themselves_or_about_who_may_do_more() {
    let app = TestApp::start().await;
    let [alma, mia] = [app.member("alma", &[Role::Admin]).await, app.member("mia", &[Role::Manager]).await];
    let dora = app.dispatcher("dora").await;
    let rosa = app.resident("rosa").await.person().member_id;
    for (who, whom) in [(&alma, &alma), (&mia, &mia), (&mia, &alma)] {
        let refused = acts(who, whom.person().member_id, &because(Suspend, "Why not.")).await;
        assert_eq!(refused.refusal(), "403 not_allowed");
    }
    assert_eq!(acts(&dora, rosa, &because(Suspend, "Noise.")).await.refusal(), "403 not_allowed");
    let shown = show(&mia, alma.person().member_id).await.ok();
    assert!(shown.allowed_actions.is_empty() && !shown.may_set_roles && !shown.may_set_password);
    assert!(!shown.grantable_roles.contains(&Role::Admin));
}

#[actix_web::test]
async fn who_is_brought_back_after_a_rejection_is_a_resident() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let nina = app.newcomer("nina").await;
    let id = join(&nina, &asking("Nina", "willow-park")).await.ok().member_id;
    acts(&mia, id, &because(Reject, "A mistake.")).await.ok();
    let restored = acts(&mia, id, &act(Restore)).await.ok();
    assert_eq!((restored.summary.roles, restored.reason), (vec![Role::Resident], None));
    assert!(is_in(&nina).await);
}

#[actix_web::test]
async fn an_admin_who_was_archived_comes_back_by_an_admin_only() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let alma = app.member("alma", &[Role::Admin]).await;
    let former = app
        .with_conn(async |conn| {
            fresh::person(conn, &app.place, "former", MemberStatus::Archived, &[Role::Admin]).await
        })
        .await;
    assert_eq!(acts(&mia, former, &act(Restore)).await.refusal(), "403 not_allowed");
    assert_eq!(acts(&alma, former, &act(Restore)).await.ok().summary.roles, [Role::Admin]);
}

#[actix_web::test]
async fn of_two_who_decide_at_once_one_is_told_what_the_other_decided() {
    let app = TestApp::start().await;
    let managers = [app.member("mia", &[Role::Manager]).await, app.member("max", &[Role::Manager]).await];
    for nth in 0..5 {
        let nina = app.newcomer(&format!("nina{nth}")).await;
        let id = join(&nina, &asking("Nina", "willow-park")).await.ok().member_id;
        let (approve, reject) = (act(MemberAction::Approve), because(Reject, "Unknown."));
        let (one, other) =
            futures_util::future::join(acts(&managers[0], id, &approve), acts(&managers[1], id, &reject))
                .await;
        let mut statuses = [one.raw.status, other.raw.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        assert_eq!(is_in(&nina).await, one.raw.status == 200);
    }
}
