//! Asking to join, and asking again.

use chrono::TimeDelta;
use contract::account::JoinCommunity;
use contract::invitation::WELCOME;
use contract::member::{ActOnMember, MemberQuery};
use domain::community::{Joining, MemberStatus, OccupancyKind, Settings};
use domain::member::MemberAction::{Approve, Reinstate, Reject, Suspend};
use domain::role::Role;
use futures_util::future::join_all;

use super::{act, acts, asking, because, invited, is_in, join, listed, show};
use crate::support::app::TestApp;

#[actix_web::test]
async fn who_asks_waits_until_somebody_decides_and_is_in_at_once() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    app.member("alma", &[Role::Admin]).await;
    app.dispatcher("dora").await;
    let nina = app.newcomer("nina").await;
    let ask = JoinCommunity {
        unit_number: Some(" 101 ".into()),
        tie: Some(OccupancyKind::Owner),
        note: Some("We moved in last week.".into()),
        ..asking("Nina Lee", "willow-park")
    };
    let asked = join(&nina, &ask).await.ok();
    assert_eq!((asked.status, asked.community_name.as_str()), (MemberStatus::Pending, "Willow Park"));
    assert!(!is_in(&nina).await);
    let account = nina.call(&contract::account::SHOW, &[], &()).await.ok();
    assert_eq!((account.applications.as_slice(), account.memberships.len()), (&[asked.clone()][..], 0));
    assert_eq!(
        app.mailbox().await,
        [
            "alma@willow-park.test: Nina Lee asks to join Willow Park",
            "mia@willow-park.test: Nina Lee asks to join Willow Park"
        ]
    );

    let pending = MemberQuery { status: Some(MemberStatus::Pending), ..Default::default() };
    assert_eq!(listed(&mia, pending).await, ["Nina Lee"]);
    let waiting = show(&mia, asked.member_id).await.ok();
    let claim = waiting.summary.claim.unwrap();
    let unit = claim.unit.unwrap();
    assert_eq!((unit.number.as_str(), unit.tie), ("101", OccupancyKind::Owner));
    assert_eq!(
        (claim.note.as_str(), waiting.summary.email.as_deref()),
        ("We moved in last week.", Some("nina@newcomers.test"))
    );
    assert_eq!(waiting.allowed_actions, [Approve, Reject]);

    let approve = ActOnMember { unit_id: Some(unit.id), ..act(Approve) };
    let approved = acts(&mia, asked.member_id, &approve).await.ok();
    assert_eq!(
        (approved.summary.status, approved.summary.roles),
        (MemberStatus::Active, vec![Role::Resident])
    );
    let home = &approved.summary.units[0];
    assert_eq!((home.number.as_str(), home.tie), ("101", OccupancyKind::Owner));
    assert_eq!(approved.summary.claim, None);
    assert!(is_in(&nina).await);
    assert!(app.mailbox().await.contains(&"nina@newcomers.test: Welcome to Willow Park".to_owned()));
    let acts = app
        .query("select action as text from audit_events where action like 'member.%' order by at, id")
        .await;
    assert_eq!(acts, ["member.applied", "member.approved"]);
}

#[actix_web::test]
async fn who_is_waiting_or_in_need_not_ask_again_and_who_was_rejected_may_the_next_day() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let nina = app.newcomer("nina").await;
    let ask = JoinCommunity { note: Some("Please.".into()), ..asking("Nina", "willow-park") };
    let id = join(&nina, &ask).await.ok().member_id;
    assert_eq!(join(&nina, &ask).await.refusal(), "409 duplicate");
    let rejected = acts(&mia, id, &because(Reject, "Not in our register.")).await.ok();
    assert_eq!(
        (rejected.summary.status, rejected.reason.as_deref()),
        (MemberStatus::Archived, Some("Not in our register."))
    );
    assert!(
        app.mailbox().await.contains(&"nina@newcomers.test: Your request to join Willow Park".to_owned())
    );
    assert!(app.letters().iter().any(|letter| letter.contains("Not in our register.")));

    let known = nina.call(&contract::account::SHOW, &[], &()).await.ok().applications;
    assert_eq!(
        (known[0].status, known[0].reason.as_deref()),
        (MemberStatus::Archived, Some("Not in our register."))
    );
    let early = join(&nina, &ask).await;
    assert_eq!(early.refusal(), "429 too_many_requests");
    assert_eq!(early.raw.header("retry-after"), "86401");
    app.advance(TimeDelta::days(1));
    let nina = app.caller_of("nina@newcomers.test").await;
    let mia = app.again(&mia).await;
    let again = join(&nina, &ask).await.ok();
    assert_eq!((again.member_id, again.status, again.reason), (id, MemberStatus::Pending, None));
    acts(&mia, id, &act(Approve)).await.ok();
    assert_eq!(join(&nina, &ask).await.refusal(), "409 duplicate");

    acts(&mia, id, &because(Suspend, "Fees.")).await.ok();
    assert_eq!(join(&nina, &ask).await.refusal(), "403 not_allowed");
    acts(&mia, id, &act(Reinstate)).await.ok();
    assert!(is_in(&nina).await);
}

#[actix_web::test]
async fn a_community_that_takes_no_requests_is_as_good_as_unknown() {
    let closed = Settings { joining: Joining::ByInvitation, ..Settings::default() };
    let app = TestApp::start_with(closed).await;
    app.elsewhere("elm-court").await;
    let nina = app.newcomer("nina").await;
    for slug in ["willow-park", "no-such-place", "No Slug"] {
        assert_eq!(join(&nina, &asking("Nina", slug)).await.refusal(), "404 not_found", "{slug}");
        assert_eq!(app.anonymous().call(&WELCOME, &[&slug], &()).await.refusal(), "404 not_found", "{slug}");
    }
    let open = app.anonymous().call(&WELCOME, &[&"elm-court"], &()).await.ok();
    assert_eq!(open.name, "Elm Court");
}

#[actix_web::test]
async fn what_does_not_go_together_is_told() {
    let app = TestApp::start().await;
    let nina = app.newcomer("nina").await;
    let asked = asking("Nina", "willow-park");
    let link = "x".repeat(43);
    for (body, expected) in [
        (JoinCommunity { community: None, ..asked.clone() }, "422 invalid: #/community required"),
        (
            JoinCommunity { invitation: Some(link.clone()), ..asked.clone() },
            "422 invalid: #/community superfluous",
        ),
        (
            JoinCommunity { unit_number: Some("101".into()), ..invited("Nina", &link) },
            "422 invalid: #/unit_number superfluous",
        ),
        (
            JoinCommunity { unit_number: Some("999".into()), ..asked.clone() },
            "422 invalid: #/unit_number unknown",
        ),
        (
            JoinCommunity { unit_number: Some("1_1".into()), ..asked.clone() },
            "422 invalid: #/unit_number unknown",
        ),
        (
            JoinCommunity { tie: Some(OccupancyKind::Owner), ..asked.clone() },
            "422 invalid: #/unit_number required",
        ),
        (JoinCommunity { display_name: " ".into(), ..asked }, "422 invalid: #/display_name required"),
    ] {
        assert_eq!(join(&nina, &body).await.refusal(), expected);
    }
    assert_eq!(app.count("deliveries").await, 0);
}

#[actix_web::test]
async fn who_asks_many_times_at_once_asks_once() {
    let app = TestApp::start().await;
    let nina = app.newcomer("nina").await;
    let ask = asking("Nina", "willow-park");
    let devices: Vec<_> = (0..12).map(|_| nina.on_another_device()).collect();
    let answers = join_all(devices.iter().map(|device| join(device, &ask))).await;
    let made = answers.iter().filter(|answer| answer.raw.status == 201).count();
    let refused = answers.iter().filter(|answer| answer.raw.status == 409).count();
    assert_eq!((made, refused), (1, 11));
}

#[actix_web::test]
async fn who_waits_cannot_try_out_which_units_there_are() {
    let app = TestApp::start().await;
    let nina = app.newcomer("nina").await;
    join(&nina, &asking("Nina", "willow-park")).await.ok();
    for number in ["101", "no such unit"] {
        let ask = JoinCommunity { unit_number: Some(number.into()), ..asking("Nina", "willow-park") };
        assert_eq!(join(&nina, &ask).await.refusal(), "409 duplicate", "{number}");
    }
}

#[actix_web::test]
async fn a_unit_that_the_approver_leaves_out_is_nobodys_home() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let nina = app.newcomer("nina").await;
    let ask = JoinCommunity { unit_number: Some("101".into()), ..asking("Nina", "willow-park") };
    let id = join(&nina, &ask).await.ok().member_id;
    assert!(acts(&mia, id, &act(Approve)).await.ok().summary.units.is_empty());
    assert_eq!(app.count("occupancies").await, 0);
}
