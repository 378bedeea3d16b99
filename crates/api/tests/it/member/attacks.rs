//! What somebody might try who wants more than is theirs.

use contract::invitation::{CREATE, INVITE_MANY, InviteMany, NewInvitation, REVOKE};
use contract::member::{
    ADD, ActOnMember, NewMember, SET_PASSWORD, SET_ROLES, SetPassword, SetRoles, UPDATE, UpdateMember,
};
use domain::community::MemberStatus;
use domain::member::MemberAction::{Approve, Suspend};
use domain::role::Role;

use super::{acts, asking, because, join, show};
use crate::support::app::TestApp;
use crate::support::caller::brief;
use crate::support::fresh::{self, Fresh};

#[actix_web::test]
async fn members_of_another_community_are_not_found_under_ones_own() {
    let app = TestApp::start().await;
    let there = Fresh::of(&app).await;
    let elsewhere = app.elsewhere("elm-court").await;
    let eve = app.member_of(&elsewhere, "eve", &[Role::Admin]).await;
    let slug = &eve.slug;
    for id in [there.applicant, there.resident, there.guard] {
        let name = UpdateMember { display_name: Some("Mine".into()), tags: None };
        let roles = SetRoles { roles: vec![Role::Resident] };
        let password = SetPassword { password: "four-calm-herons-walk".into() };
        let refusals = [
            show(&eve, id).await.refusal(),
            acts(&eve, id, &super::act(Approve)).await.refusal(),
            acts(&eve, id, &because(Suspend, "Mine now.")).await.refusal(),
            eve.change(&UPDATE, &[slug, &id], 1, &name).await.refusal(),
            eve.change(&SET_ROLES, &[slug, &id], 1, &roles).await.refusal(),
            eve.call(&SET_PASSWORD, &[slug, &id], &password).await.refusal(),
        ];
        assert!(refusals.iter().all(|refusal| refusal == "404 not_found"), "{refusals:?}");
    }
    let revoked = eve.change(&REVOKE, &[slug, &there.invitation], 1, &()).await;
    assert_eq!(revoked.refusal(), "404 not_found");
    let listed = eve.send_raw("GET", &contract::member::LIST.path(&[slug]), "", "").await.text();
    assert!(!listed.contains(&there.word) && listed.contains("Eve"));
}

#[actix_web::test]
async fn nothing_is_changed_but_what_an_operation_takes() {
    let app = TestApp::start().await;
    let there = Fresh::of(&app).await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let path = UPDATE.path(&[&mia.slug, &there.resident]);
    let body =
        r#"{"display_name": "X", "status": "archived", "roles": ["admin"], "user_id": null, "version": 9}"#;
    let answer = mia.send_raw("PATCH", &path, "application/merge-patch+json", body).await;
    assert_eq!(
        brief(&answer.problem()),
        "422 invalid: #/roles unknown_field, #/status unknown_field, #/user_id unknown_field, #/version unknown_field"
    );
    let nina = app.newcomer("nina").await;
    let path = contract::account::JOIN.path(&[]);
    let body =
        r#"{"display_name": "Nina", "community": "willow-park", "roles": ["admin"], "status": "active"}"#;
    let answer = nina.send_raw("POST", &path, "application/json", body).await;
    assert_eq!(brief(&answer.problem()), "422 invalid: #/roles unknown_field, #/status unknown_field");
}

#[actix_web::test]
async fn no_way_leads_a_manager_to_make_an_admin() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let there = Fresh::of(&app).await;
    let nina = app.newcomer("nina").await;
    let asked = join(&nina, &asking("Nina", "willow-park")).await.ok().member_id;
    for role in [Role::Admin, Role::Accountant] {
        let roles = vec![Role::Resident, role];
        let link = NewInvitation {
            email: None,
            roles: roles.clone(),
            unit_id: None,
            tie: None,
            max_uses: None,
            expires_in_days: None,
        };
        let many =
            InviteMany { emails: vec!["x@example.com".into()], roles: roles.clone(), expires_in_days: None };
        let new = NewMember {
            display_name: "Eve".into(),
            sign_in_name: "eve".into(),
            password: "four-calm-herons-walk".into(),
            roles: roles.clone(),
            unit_id: None,
            tie: None,
        };
        let set = SetRoles { roles: roles.clone() };
        let approve = ActOnMember { roles: Some(roles), ..super::act(Approve) };
        let refusals = [
            mia.call(&CREATE, &[&mia.slug], &link).await.refusal(),
            mia.call(&INVITE_MANY, &[&mia.slug], &many).await.refusal(),
            mia.call(&ADD, &[&mia.slug], &new).await.refusal(),
            mia.change(&SET_ROLES, &[&mia.slug, &there.resident], 1, &set).await.refusal(),
            mia.change(&SET_ROLES, &[&mia.slug, &mia.person().member_id], 1, &set).await.refusal(),
            acts(&mia, asked, &approve).await.refusal(),
        ];
        assert!(refusals.iter().all(|refusal| refusal == "403 not_allowed"), "{role}: {refusals:?}");
    }
    let holders = "select role as text from member_roles where role in ('admin', 'accountant')";
    assert_eq!(app.query(holders).await, [] as [&str; 0]);
}

#[actix_web::test]
async fn rights_that_were_taken_a_moment_ago_decide_nothing_though_they_are_remembered() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let rosa = app.resident("rosa").await.person().member_id;
    show(&mia, rosa).await.ok();
    // As another server would do it: this one still remembers a manager.
    for (taken, expected) in [
        ("update member_roles set role = 'dispatcher'", "403 not_allowed"),
        ("update members set status = 'suspended'", "404 not_found"),
    ] {
        app.query(&format!(
            "with it as ({taken} where {} = '{}' returning 1) select '' as text from it",
            if taken.contains("member_roles") { "member_id" } else { "id" },
            mia.person().member_id
        ))
        .await;
        assert_eq!(acts(&mia, rosa, &because(Suspend, "Revenge.")).await.refusal(), expected);
    }
}

#[actix_web::test]
async fn an_earlier_role_does_not_come_back_by_asking_again() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let former = app
        .with_conn(async |conn| {
            fresh::person(conn, &app.place, "former", MemberStatus::Archived, &[Role::Admin]).await
        })
        .await;
    let session = app.caller_of("former@willow-park.test").await;
    let asked = join(&session, &asking("Former", "willow-park")).await.ok();
    assert_eq!(asked.member_id, former);
    let approved = acts(&mia, former, &super::act(Approve)).await.ok();
    assert_eq!(approved.summary.roles, [Role::Resident]);
}
