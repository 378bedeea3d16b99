//! When the database is in trouble: a clear answer, and recovery without hands.

use contract::account;
use contract::service_request::{LIST, ServiceRequestQuery};
use diesel_async::SimpleAsyncConnection;
use futures_util::StreamExt;
use futures_util::future::join_all;
use futures_util::stream::FuturesUnordered;

use crate::support::app::TestApp;

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
