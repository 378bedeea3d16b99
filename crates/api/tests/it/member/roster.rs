//! The list of members, and what of them whom may see.

use chrono::TimeDelta;
use contract::member::{LIST, MemberQuery};
use domain::community::MemberStatus;
use domain::role::Role;

use super::{listed, show};
use crate::support::app::TestApp;
use crate::support::{fresh, given};

#[actix_web::test]
async fn members_are_found_by_status_role_name_and_unit() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let rosa = app.resident("rosa").await;
    app.with_conn(async |conn| {
        given::home(conn, &app.place, rosa.person().member_id, app.place.flat_2).await;
        fresh::person(conn, &app.place, "gone", MemberStatus::Archived, &[Role::Resident]).await;
        fresh::named(conn, &app.place, "gil", &[Role::Guard]).await;
    })
    .await;
    let found = async |query: MemberQuery| {
        let mut names = listed(&mia, query).await;
        names.sort();
        names.join(", ")
    };
    let by = MemberQuery::default;
    assert_eq!(found(by()).await, "Gone, Mia, Rosa, gil");
    assert_eq!(found(MemberQuery { status: Some(MemberStatus::Archived), ..by() }).await, "Gone");
    assert_eq!(found(MemberQuery { role: Some(Role::Guard), ..by() }).await, "gil");
    assert_eq!(found(MemberQuery { q: Some("ROS".into()), ..by() }).await, "Rosa");
    assert_eq!(found(MemberQuery { q: Some("102".into()), ..by() }).await, "Rosa");
    assert_eq!(found(MemberQuery { q: Some("10_".into()), ..by() }).await, "");
    assert_eq!(found(MemberQuery { q: Some("102".into()), role: Some(Role::Guard), ..by() }).await, "");
}

#[actix_web::test]
async fn a_list_goes_on_where_it_ended_newest_first() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    app.with_conn(async |conn| {
        for nth in 0..4 {
            let id = fresh::named(conn, &app.place, &format!("guard{nth}"), &[Role::Guard]).await;
            let mut row = db::member::get(conn, app.place.id, id).await.unwrap();
            // Two of a kind at each instant.
            row.created_at = given::morning() + TimeDelta::minutes(1 + nth / 2);
            db::member::save(conn, &row, given::morning()).await.unwrap();
        }
    })
    .await;
    let mut names = Vec::new();
    let mut cursor = None;
    loop {
        let query = MemberQuery { cursor, limit: Some(2), ..Default::default() };
        let answer = mia.find(&LIST, &[&mia.slug], &query).await;
        let page = answer.ok();
        assert_eq!(answer.raw.header("link").is_empty(), page.next_cursor.is_none());
        names.extend(page.data.into_iter().map(|one| one.display_name));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(names, ["guard3", "guard2", "guard1", "guard0", "Mia"]);
    for bad in
        ["x", "W10", "WyIwMDAxLTAxLTAxVDAwOjAwOjAwWiIsIjAxOTAwMDAwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMCJd"]
    {
        let query = MemberQuery { cursor: Some(bad.into()), ..Default::default() };
        assert_eq!(mia.find(&LIST, &[&mia.slug], &query).await.refusal(), "422 invalid: cursor bad_cursor");
    }
}

#[actix_web::test]
async fn addresses_are_for_those_who_may_see_contacts() {
    let app = TestApp::start().await;
    let rosa = app.resident("rosa").await;
    let guard =
        app.with_conn(async |conn| fresh::named(conn, &app.place, "gate1", &[Role::Guard]).await).await;
    for (role, sees) in [
        (Role::Dispatcher, true),
        (Role::Supervisor, true),
        (Role::Committee, false),
        (Role::Accountant, true),
        (Role::Manager, true),
    ] {
        let who = app.member(&format!("a-{role}"), &[role]).await;
        let all = who.find(&LIST, &[&who.slug], &MemberQuery::default()).await.raw.text();
        let one = show(&who, rosa.person().member_id).await.raw.text();
        let named = show(&who, guard).await.raw.text();
        assert_eq!(
            all.contains("rosa@willow-park.test") && all.contains("gate1@willow-park"),
            sees,
            "{role}"
        );
        assert_eq!(one.contains("rosa@willow-park.test"), sees, "{role}");
        assert_eq!(named.contains("gate1@willow-park"), sees, "{role}");
        if !sees {
            assert!(!all.contains('@'), "{role}: {all}");
        }
    }
}

#[actix_web::test]
async fn who_asks_to_come_in_or_is_out_is_seen_by_those_who_decide() {
    let app = TestApp::start().await;
    let dora = app.dispatcher("dora").await;
    let ids = app
        .with_conn(async |conn| {
            let mut ids = Vec::new();
            for status in [MemberStatus::Pending, MemberStatus::Suspended, MemberStatus::Archived] {
                ids.push(fresh::person(conn, &app.place, status.as_str(), status, &[]).await);
            }
            ids
        })
        .await;
    assert_eq!(listed(&dora, MemberQuery::default()).await, ["Dora"]);
    let pending = MemberQuery { status: Some(MemberStatus::Pending), ..Default::default() };
    assert_eq!(listed(&dora, pending).await, [] as [&str; 0]);
    for id in ids {
        assert_eq!(show(&dora, id).await.refusal(), "404 not_found");
        assert_eq!(
            super::acts(&dora, id, &super::act(domain::member::MemberAction::Approve)).await.refusal(),
            "404 not_found"
        );
    }
}
