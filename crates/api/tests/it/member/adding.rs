//! People without e-mail.

use contract::member::{ADD, Member, NewMember, SET_PASSWORD, SetPassword};
use domain::community::{MemberStatus, OccupancyKind};
use domain::id::MemberId;
use domain::role::Role;

use super::show;
use crate::account::sign_in;
use crate::support::app::TestApp;
use crate::support::caller::{Answer, Caller};
use crate::support::{fresh, given};

const FIRST: &str = "four-calm-herons-walk";

fn gabriel() -> NewMember {
    NewMember {
        display_name: "Gabriel at the gate".into(),
        sign_in_name: "gate1".into(),
        password: FIRST.into(),
        roles: vec![Role::Guard],
        unit_id: None,
        tie: None,
    }
}

async fn add(who: &Caller, new: &NewMember) -> Answer<Member> {
    who.call(&ADD, &[&who.slug], new).await
}

async fn set_password(who: &Caller, id: MemberId, password: &str) -> Answer<()> {
    who.call(&SET_PASSWORD, &[&who.slug, &id], &SetPassword { password: password.into() }).await
}

#[actix_web::test]
async fn somebody_without_e_mail_signs_in_with_a_name_and_a_first_password() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let new = NewMember { unit_id: Some(app.place.gatehouse), tie: Some(OccupancyKind::Tenant), ..gabriel() };
    let answer = add(&mia, &new).await;
    let added = answer.ok();
    assert_eq!(answer.raw.status, 201);
    let id = added.summary.id;
    assert_eq!(answer.raw.header("location"), format!("/api/v1/communities/willow-park/members/{id}"));
    assert_eq!(added.summary.sign_in_name.as_deref(), Some("gate1@willow-park"));
    assert_eq!((added.summary.status, added.summary.roles), (MemberStatus::Active, vec![Role::Guard]));
    assert_eq!(added.summary.units[0].number, "Gatehouse");
    assert!(added.may_set_password);
    assert!(!answer.raw.text().contains(FIRST));

    let session = sign_in(&app, "Gate1@Willow-Park", FIRST).await.ok();
    assert!(session.must_change_password);
    assert_eq!(
        app.query("select action as text from audit_events where action like 'member.%'").await,
        ["member.added"]
    );
}

#[actix_web::test]
async fn a_new_first_password_signs_its_owner_out_everywhere() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let id = app.with_conn(async |conn| fresh::named(conn, &app.place, "gate1", &[Role::Guard]).await).await;
    let session = sign_in(&app, "gate1@willow-park", given::PASSWORD).await.ok();
    let guard = app.anonymous().with_token(session.access_token);
    assert!(super::is_in(&guard).await);
    set_password(&mia, id, FIRST).await.ok();
    assert_eq!(guard.call(&contract::account::SHOW, &[], &()).await.refusal(), "401 not_signed_in");
    assert_eq!(sign_in(&app, "gate1@willow-park", given::PASSWORD).await.refusal(), "401 bad_credentials");
    assert!(sign_in(&app, "gate1@willow-park", FIRST).await.ok().must_change_password);
}

#[actix_web::test]
async fn a_name_is_given_once_and_a_first_password_is_a_good_one() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    add(&mia, &gabriel()).await.ok();
    for (new, expected) in [
        (gabriel(), "422 invalid: #/sign_in_name taken"),
        (
            NewMember { sign_in_name: "Gate 1".into(), ..gabriel() },
            "422 invalid: #/sign_in_name not_a_sign_in_name",
        ),
        (NewMember { password: "short".into(), ..gabriel() }, "422 invalid: #/password too_short"),
        (NewMember { password: "password12".into(), ..gabriel() }, "422 invalid: #/password too_common"),
        (NewMember { password: "Gabriel-gate1".into(), ..gabriel() }, "422 invalid: #/password too_personal"),
        (NewMember { roles: vec![], ..gabriel() }, "422 invalid: #/roles required"),
        (NewMember { tie: Some(OccupancyKind::Owner), ..gabriel() }, "422 invalid: #/unit_id required"),
        (NewMember { roles: vec![Role::Admin], ..gabriel() }, "403 not_allowed"),
    ] {
        assert_eq!(add(&mia, &new).await.refusal(), expected);
    }
    let elsewhere = app.elsewhere("elm-court").await;
    let foreign = NewMember { unit_id: Some(elsewhere.flat_1), sign_in_name: "gate2".into(), ..gabriel() };
    assert_eq!(add(&mia, &foreign).await.refusal(), "422 invalid: #/unit_id unknown");
    // The same name in another community is another name.
    let emma = app.member_of(&elsewhere, "emma", &[Role::Manager]).await;
    add(&emma, &gabriel()).await.ok();
}

#[actix_web::test]
async fn twenty_who_want_one_name_make_one_member() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let devices: Vec<_> = (0..10).map(|_| mia.on_another_device()).collect();
    let new = gabriel();
    let answers = futures_util::future::join_all(devices.iter().map(|device| add(device, &new))).await;
    assert_eq!(answers.iter().filter(|answer| answer.raw.status == 201).count(), 1);
    assert!(answers.iter().all(|answer| [201, 422].contains(&answer.raw.status)));
}

#[actix_web::test]
async fn nobody_sets_the_password_of_who_has_mail_belongs_elsewhere_too_or_may_do_more() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let rosa = app.resident("rosa").await.person().member_id;
    let elsewhere = app.elsewhere("elm-court").await;
    let (shared, chief) = app
        .with_conn(async |conn| {
            let shared = fresh::named(conn, &app.place, "shared", &[Role::Guard]).await;
            let user = db::member::get(conn, app.place.id, shared).await.unwrap().user_id.unwrap();
            let there = db::member::Member::new(
                MemberId(uuid::Uuid::now_v7()),
                elsewhere.id,
                Some(user),
                "Shared".into(),
                MemberStatus::Suspended,
                given::morning(),
            );
            db::member::insert(conn, &there, &[]).await.unwrap();
            (shared, fresh::named(conn, &app.place, "chief", &[Role::Admin]).await)
        })
        .await;
    for id in [rosa, shared, chief, mia.person().member_id] {
        assert!(!show(&mia, id).await.ok().may_set_password);
        assert_eq!(set_password(&mia, id, FIRST).await.refusal(), "403 not_allowed");
    }
}
