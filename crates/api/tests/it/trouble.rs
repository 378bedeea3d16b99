//! When something that the server needs is in trouble: a clear answer, nothing lost, and recovery without hands.

use chrono::TimeDelta;
use contract::account;
use contract::service_request::{LIST, ServiceRequestQuery};
use diesel_async::SimpleAsyncConnection;
use domain::community::Settings;
use futures_util::StreamExt;
use futures_util::future::join_all;
use futures_util::stream::FuturesUnordered;

use crate::support::app::TestApp;
use crate::support::cast::Cast;

#[actix_web::test]
async fn cut_connections_are_replaced_and_nobody_hears_more_than_try_again() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    join_all((0..20).map(|_| ann.call(&account::SHOW, &[], &()))).await;
    app.query(
        "select pg_terminate_backend(pid)::text as text from pg_stat_activity \
         where datname = current_database() and pid <> pg_backend_pid()",
    )
    .await;
    let mut recovered = 0;
    for _ in 0..60 {
        let answer = ann.call(&account::SHOW, &[], &()).await;
        if answer.raw.status == 200 {
            recovered += 1;
        } else {
            assert_eq!(answer.refusal(), "503 unavailable");
            recovered = 0;
        }
    }
    assert!(recovered >= 20, "still {recovered} in a row");
}

#[actix_web::test]
async fn when_every_connection_is_busy_the_rest_are_turned_away_and_told_when_to_return() {
    let app = TestApp::start().await;
    let dora = app.dispatcher("dora").await;
    let mut blocker = app.conn().await;
    blocker.batch_execute("begin; lock table service_requests").await.unwrap();

    let query = ServiceRequestQuery::default();
    let devices: Vec<_> = (0..60).map(|_| dora.on_another_device()).collect();
    let mut calls: FuturesUnordered<_> =
        devices.iter().map(|device| async { device.find(&LIST, &[&device.slug], &query).await }).collect();
    let turned_away = calls.next().await.unwrap();
    assert_eq!(turned_away.refusal(), "503 unavailable");
    assert_eq!(turned_away.raw.header("retry-after"), "2");
    assert_eq!(app.anonymous().send_raw("GET", "/health/live", "", "").await.status, 204);

    blocker.batch_execute("rollback").await.unwrap();
    let statuses: Vec<u16> = calls.map(|answer| answer.raw.status).collect().await;
    assert!(statuses.iter().all(|status| [200, 503].contains(status)), "{statuses:?}");
    assert!(statuses.contains(&200), "{statuses:?}");
    dora.find(&LIST, &[&dora.slug], &query).await.ok();
}

#[actix_web::test]
async fn mail_that_cannot_be_sent_is_tried_again_further_and_further_apart_and_then_given_up() {
    let nobody_listens =
        |config: &mut api::config::Config| config.smtp_url = Some("smtp://127.0.0.1:1".into());
    let app = TestApp::configured(Settings::default(), nobody_listens).await;
    let cast = Cast::of(&app).await;
    cast.report().await;
    let state = "select concat_ws(' ', d.attempts, d.state, j.attempts, j.failed_at is not null, \
                 j.run_at > j.created_at + (interval '30 seconds' * (1 << j.attempts))) as text \
                 from deliveries d join jobs j on j.args->>'delivery' = d.id::text";
    let mut states = Vec::new();
    for _ in 0..10 {
        app.run_outbox().await;
        states.extend(app.query(state).await);
        app.advance(TimeDelta::hours(10));
    }
    // Tries and state of the mail; tries of its job, whether it was given up, whether the next try waits long enough.
    insta::assert_snapshot!(states.join("\n"), @r"
    1 queued 1 f t
    2 queued 2 f t
    3 queued 3 f t
    4 queued 4 f t
    5 queued 5 f t
    6 queued 6 f t
    7 queued 7 f t
    8 failed 8 t t
    8 failed 8 t t
    8 failed 8 t t
    ");
    // In the app it has arrived all the same.
    assert_eq!(app.again(&cast.dora).await.call(&account::SHOW, &[], &()).await.ok().unread_notifications, 1);
}

#[actix_web::test]
async fn what_a_dead_worker_had_in_hand_another_takes_up_when_the_lease_ends() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    cast.report().await;
    app.with_conn(async |conn| {
        db::outbox::dispatch(conn, 10, app.now()).await.unwrap();
        db::job::claim(conn, domain::job::Lane::Inside, app.now()).await.unwrap()
    })
    .await
    .expect("an event");
    app.run_outbox().await;
    assert_eq!(app.count("notifications").await, 0);

    app.advance(TimeDelta::minutes(2) + TimeDelta::seconds(1));
    app.run_outbox().await;
    assert_eq!(app.count("notifications").await, 1);
    app.query("with it as (update outbox set done_at = null, seq = null returning id) select id::text as text from it").await;
    app.run_outbox().await;
    assert_eq!((app.count("notifications").await, app.letters().len()), (1, 1));
}
