//! Roles: who may give which, and the last admin.

use contract::member::{Member, SET_ROLES, SetRoles, UPDATE, UpdateMember};
use domain::member::MemberAction::Suspend;
use domain::role::Role;
use futures_util::future::join;

use super::{acts, because, show};
use crate::support::app::TestApp;
use crate::support::caller::{Answer, Caller};

async fn set(who: &Caller, whom: &Caller, roles: &[Role]) -> Answer<Member> {
    let id = whom.person().member_id;
    let seen = show(who, id).await.ok().summary.version;
    set_seen(who, whom, seen, roles).await
}

async fn set_seen(who: &Caller, whom: &Caller, seen: i32, roles: &[Role]) -> Answer<Member> {
    let body = SetRoles { roles: roles.to_vec() };
    who.change(&SET_ROLES, &[&who.slug, &whom.person().member_id], seen, &body).await
}

async fn admins(app: &TestApp) -> usize {
    let sql = "select m.id::text as text from members m join member_roles r on r.member_id = m.id \
               where r.role = 'admin' and m.status = 'active'";
    app.query(sql).await.len()
}

#[actix_web::test]
async fn a_change_of_roles_names_the_version_that_was_seen_and_counts_at_once() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let rosa = app.resident("rosa").await;
    let path = [&mia.slug as &dyn std::fmt::Display, &rosa.person().member_id];
    let body = SetRoles { roles: vec![Role::Dispatcher, Role::Resident, Role::Resident] };
    assert_eq!(mia.call(&SET_ROLES, &path, &body).await.refusal(), "428 precondition_required");
    assert_eq!(mia.change(&SET_ROLES, &path, 7, &body).await.refusal(), "412 precondition_failed");
    assert_eq!(show(&rosa, mia.person().member_id).await.refusal(), "403 not_allowed");
    let changed = mia.change(&SET_ROLES, &path, 1, &body).await.ok();
    assert_eq!((changed.summary.roles, changed.summary.version), (vec![Role::Resident, Role::Dispatcher], 2));
    show(&rosa, mia.person().member_id).await.ok();
    assert_eq!(set_seen(&mia, &rosa, 1, &[Role::Resident]).await.refusal(), "412 precondition_failed");

    let trail = "select from_value::text || ' ' || to_value::text as text from audit_events where action = 'member.roles_changed'";
    assert_eq!(app.query(trail).await, [r#"["resident"] ["resident", "dispatcher"]"#]);
}

#[actix_web::test]
async fn a_name_is_changed_by_those_who_may_do_as_much_as_its_owner() {
    let app = TestApp::start().await;
    let [alma, mia] = [app.member("alma", &[Role::Admin]).await, app.member("mia", &[Role::Manager]).await];
    let rosa = app.resident("rosa").await;
    let named = |name: &str| UpdateMember { display_name: Some(name.into()), tags: None };
    let path = |whom: &Caller| whom.person().member_id;
    let renamed = mia.change(&UPDATE, &[&mia.slug, &path(&rosa)], 1, &named(" Rosa Berg ")).await.ok();
    assert_eq!((renamed.summary.display_name.as_str(), renamed.summary.version), ("Rosa Berg", 2));
    let same = mia.change(&UPDATE, &[&mia.slug, &path(&rosa)], 2, &UpdateMember::default()).await.ok();
    assert_eq!(same.summary.version, 2, "nothing has changed");
    let refused = mia.change(&UPDATE, &[&mia.slug, &path(&alma)], 1, &named("Nobody")).await;
    assert_eq!(refused.refusal(), "403 not_allowed");
    let stale = mia.change(&UPDATE, &[&mia.slug, &path(&rosa)], 1, &named("Rosa")).await;
    assert_eq!(stale.refusal(), "412 precondition_failed");
}

#[actix_web::test]
async fn a_manager_gives_and_takes_what_they_have_and_leaves_admins_alone() {
    let app = TestApp::start().await;
    let [alma, mia] = [app.member("alma", &[Role::Admin]).await, app.member("mia", &[Role::Manager]).await];
    let ada = app.member("ada", &[Role::Accountant, Role::Resident]).await;
    let rosa = app.resident("rosa").await;
    for (whom, roles) in [
        (&rosa, vec![Role::Admin]),
        (&rosa, vec![Role::Accountant]),
        (&mia, vec![Role::Manager, Role::Admin]),
        (&alma, vec![Role::Resident]),
        (&alma, vec![Role::Admin, Role::Guard]),
        // Not even an accountant's role is theirs to take: it may do what they may not.
        (&ada, vec![Role::Resident]),
    ] {
        assert_eq!(set(&mia, whom, &roles).await.refusal(), "403 not_allowed", "{roles:?}");
    }
    set(&mia, &rosa, &[Role::Resident, Role::Manager]).await.ok();
    set(&alma, &rosa, &[Role::Admin]).await.ok();
    assert_eq!(set(&mia, &rosa, &[Role::Resident]).await.refusal(), "403 not_allowed");
}

#[actix_web::test]
async fn the_last_admin_stays_admin() {
    let app = TestApp::start().await;
    let alma = app.member("alma", &[Role::Admin]).await;
    assert_eq!(set(&alma, &alma, &[Role::Manager]).await.refusal(), "409 last_admin");
    set(&alma, &alma, &[Role::Admin, Role::Resident]).await.ok();
    let ben = app.member("ben", &[Role::Admin]).await;
    set(&ben, &alma, &[Role::Resident]).await.ok();
    assert_eq!(set(&ben, &ben, &[Role::Resident]).await.refusal(), "409 last_admin");
}

#[actix_web::test]
async fn of_two_admins_who_depose_each_other_at_once_one_is_left() {
    let app = TestApp::start().await;
    for nth in 0..6 {
        let place = app.elsewhere(&format!("court-{nth}")).await;
        let one = app.member_of(&place, "one", &[Role::Admin]).await;
        let other = app.member_of(&place, "other", &[Role::Admin]).await;
        // Both are known to be admins, so that no gate stops them.
        show(&one, other.person().member_id).await.ok();
        show(&other, one.person().member_id).await.ok();
        let statuses = match nth % 2 {
            0 => {
                let (a, b) = join(
                    set_seen(&one, &other, 1, &[Role::Resident]),
                    set_seen(&other, &one, 1, &[Role::Resident]),
                )
                .await;
                [a.raw.status, b.raw.status]
            }
            _ => {
                let suspend = because(Suspend, "A coup.");
                let (a, b) = join(
                    acts(&one, other.person().member_id, &suspend),
                    acts(&other, one.person().member_id, &suspend),
                )
                .await;
                [a.raw.status, b.raw.status]
            }
        };
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [200, 403, 404, 409].contains(status)), "{statuses:?}");
        assert_eq!(admins(&app).await, nth + 1);
    }
}

#[actix_web::test]
async fn all_admins_who_step_back_at_once_leave_one() {
    let app = TestApp::start().await;
    let mut all = Vec::new();
    for nth in 0..5 {
        all.push(app.member(&format!("admin{nth}"), &[Role::Admin]).await);
    }
    let steps = all.iter().map(|one| set_seen(one, one, 1, &[Role::Resident]));
    let answers = futures_util::future::join_all(steps).await;
    let mut told: Vec<u16> = answers.iter().map(|answer| answer.raw.status).collect();
    told.sort_unstable();
    assert_eq!(told, [200, 200, 200, 200, 409]);
    assert_eq!(admins(&app).await, 1);
}
