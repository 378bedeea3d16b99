//! `updated_since`: copies that are kept up to date.

use chrono::{DateTime, TimeDelta, Utc};
use contract::member::{LIST as MEMBERS, MemberQuery, SET_ROLES, SetRoles};
use contract::service_request::{LIST, ServiceRequestQuery, ServiceRequestSummary};
use diesel_async::SimpleAsyncConnection;
use domain::role::Role;

use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::cast::Cast;
use crate::support::talk::words;

/// Everything new since an instant, page by page.
async fn changes(caller: &Caller, since: DateTime<Utc>) -> Vec<ServiceRequestSummary> {
    let mut all = Vec::new();
    let mut cursor = None;
    loop {
        let query =
            ServiceRequestQuery { updated_since: Some(since), cursor, limit: Some(2), ..Default::default() };
        let page = caller.find(&LIST, &[&caller.slug], &query).await.ok();
        all.extend(page.data);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return all;
        }
    }
}

#[actix_web::test]
async fn what_changed_comes_in_the_order_of_its_changes() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let mut all = Vec::new();
    for _ in 0..5 {
        all.push(cast.report().await);
        app.advance(TimeDelta::seconds(90));
    }
    let start = app.now();
    for index in [3, 0, 4] {
        cast.dora.say(&all[index], words("Seen.")).await.ok();
        app.advance(TimeDelta::seconds(1));
    }
    let told: Vec<_> = changes(&cast.dora, start).await.into_iter().map(|it| it.id).collect();
    assert_eq!(told, [3, 0, 4].map(|index| all[index].summary.id));
    assert_eq!(changes(&cast.dora, app.now() + TimeDelta::minutes(2)).await, []);
    assert_eq!(changes(&cast.dora, "0001-01-01T00:00:00Z".parse().unwrap()).await.len(), 5);
}

#[actix_web::test]
async fn what_is_committed_late_is_still_found() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let (slow, quick) = (cast.report().await, cast.report().await);
    app.advance(TimeDelta::minutes(5));
    let start = app.now();
    let mut blocker = app.conn().await;
    let id = slow.summary.id;
    let hold = format!("begin; select 1 from service_requests where id = '{id}' for update /* test */");
    blocker.batch_execute(&hold).await.unwrap();
    let (dora, acted) = (cast.dora.on_another_device(), slow.clone());
    let late =
        actix_web::rt::spawn(async move { dora.say(&acted, words("It takes me a while.")).await.raw.status });
    app.until_it_waits().await;

    app.advance(TimeDelta::seconds(25));
    cast.dora.say(&quick, words("I am quick.")).await.ok();
    let seen = changes(&cast.dora, start).await;
    assert_eq!(seen.iter().map(|it| it.id).collect::<Vec<_>>(), [quick.summary.id]);
    let newest = seen[0].updated_at;

    blocker.batch_execute("rollback").await.unwrap();
    assert_eq!(late.await.unwrap(), 201);
    let then = changes(&cast.dora, newest).await;
    assert!(then.iter().any(|it| it.id == id && it.updated_at < newest), "{then:#?}");
}

#[actix_web::test]
async fn members_that_changed_come_in_the_order_of_their_changes() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let people = [app.resident("ann").await, app.resident("bob").await, app.resident("cy").await];
    app.advance(TimeDelta::minutes(5));
    let start = app.now();
    for index in [2, 0] {
        let id = people[index].person().member_id;
        let body = SetRoles { roles: vec![Role::Resident, Role::Guard] };
        mia.change(&SET_ROLES, &[&mia.slug, &id], 1, &body).await.ok();
        app.advance(TimeDelta::seconds(1));
    }
    let (mut told, mut cursor) = (Vec::new(), None);
    loop {
        let query = MemberQuery { updated_since: Some(start), cursor, limit: Some(1), ..Default::default() };
        let page = mia.find(&MEMBERS, &[&mia.slug], &query).await.ok();
        told.extend(page.data.into_iter().map(|member| member.display_name));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(told, ["Cy", "Ann"]);
}
