//! Seals come by themselves, one after the other, whoever is faster.

use api::app::App;
use api::audit::seal;
use api::audit::{Entry, record};
use chrono::TimeDelta;
use diesel_async::SimpleAsyncConnection;
use domain::audit::AuditAction;
use domain::role::Role;

use super::{acts, chain, findings, sealed, verified_with};
use crate::support::app::TestApp;
use crate::support::caller::Raw;

#[actix_web::test]
async fn two_sealers_at_once_make_one_chain_without_gaps() {
    let app = TestApp::start().await;
    let (one, other) = (App::new(&app.shared).unwrap(), App::new(&app.shared).unwrap());
    let work = async |sealer: &App| {
        let mut sealed = 0;
        for _ in 0..40 {
            sealed += seal::next(sealer, chain(&app)).await.unwrap().map_or(0, |(sealed, _)| sealed);
        }
        sealed
    };
    let (_, by_one, by_other) = tokio::join!(acts(&app, 100), work(&one), work(&other));
    let (rest, head) = seal::next(&one, chain(&app)).await.unwrap().unwrap();
    assert_eq!((by_one + by_other + rest, head.seq), (100, 100));
    let (counts, found) = verified_with(&app, &app.shared.vault, None).await;
    assert_eq!((counts.seals, counts.waiting, found), (100, 0, Vec::new()));
}

#[actix_web::test]
async fn what_is_committed_late_is_sealed_late_and_not_lost() {
    let app = TestApp::start().await;
    let mut slow = app.conn().await;
    slow.batch_execute("begin").await.unwrap();
    let early = Entry::new(AuditAction::MemberApproved, app.place.id.0).community(app.place.id);
    record(&mut slow, early, app.now()).await.unwrap();
    acts(&app, 2).await;
    app.run_outbox().await;
    assert_eq!(app.count("audit_seals").await, 2);
    slow.batch_execute("commit").await.unwrap();
    app.run_outbox().await;
    assert_eq!((app.count("audit_seals").await, app.count("audit_pending").await), (3, 0));
    assert_eq!(findings(&app).await, []);
}

#[actix_web::test]
async fn every_trail_has_a_chain_of_its_own() {
    let app = TestApp::start().await;
    app.resident("ann").await;
    acts(&app, 2).await;
    app.run_outbox().await;
    let chains =
        app.query("select chain || ' ' || count(*) as text from audit_seals group by chain order by 1").await;
    assert_eq!(chains, [format!("{} 1", uuid::Uuid::nil()), format!("{} 2", app.place.id)]);
    assert_eq!(findings(&app).await, []);
}

#[actix_web::test]
async fn each_day_on_which_something_happened_has_one_anchor() {
    let app = sealed(2).await;
    acts(&app, 1).await;
    app.run_outbox().await;
    let anchors = "select day || ' ' || seq || ' ' || sent_by as text from audit_anchors order by day";
    assert_eq!(app.query(anchors).await, ["2026-06-15 2 file"]);
    app.advance(TimeDelta::days(1));
    app.run_outbox().await;
    app.advance(TimeDelta::days(1));
    app.run_outbox().await;
    assert_eq!(app.query(anchors).await, ["2026-06-15 2 file", "2026-06-16 3 file"]);
    assert_eq!(findings(&app).await, []);
}

#[actix_web::test]
async fn an_anchor_is_mailed_where_somebody_keeps_them() {
    let app = TestApp::configured(Default::default(), |config| {
        config.anchor_mail = Some("auditor@example.org".into());
    })
    .await;
    acts(&app, 2).await;
    assert_eq!(app.mailbox().await, ["auditor@example.org: Audit anchor of 2026-06-15"]);
    let told = std::fs::read_to_string(app.shared.config.data_dir.join("audit/anchors.jsonl")).unwrap();
    let told: api::audit::anchor::Told = serde_json::from_str(told.trim()).unwrap();
    assert!(app.letters()[0].replace("=\r\n", "").contains(&told.digest), "{}", app.letters()[0]);
    assert_eq!(app.query("select sent_by as text from audit_anchors").await, ["mail"]);
}

#[actix_web::test]
async fn an_act_knows_its_session_its_request_and_its_network() {
    let app = TestApp::start().await;
    let admin = app.member("alma", &[Role::Admin]).await;
    let id = "01900000-0000-7000-8000-000000000000";
    let path = contract::audit::EXPORT.path(&[&app.place.slug]);
    let exported = admin.request(reqwest::Method::GET, &path).header("x-request-id", id);
    assert_eq!(Raw::of(exported).await.status, 200);
    let written = app
        .query(
            "select concat_ws(' ', action, actor_kind, actor_user_id, request_id, client_network, \
             actor_session_id = (select id from sessions)) as text from audit_events where community_id is not null",
        )
        .await;
    let user = admin.person().user_id;
    assert_eq!(written, [format!("audit.exported user {user} {id} 127.0.0.0/24 t")]);
}

#[actix_web::test]
async fn sessions_that_have_had_their_time_are_thrown_away_and_their_acts_stay() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    ann.call(&contract::session::SIGN_OUT, &[], &()).await.ok();
    app.resident("bob").await;
    for (days, sessions, tokens) in [(29, 2, 2), (2, 1, 0), (28, 1, 0), (2, 0, 0)] {
        app.advance(TimeDelta::days(days));
        app.run_outbox().await;
        assert_eq!((app.count("sessions").await, app.count("refresh_tokens").await), (sessions, tokens));
    }
    assert_eq!(app.count("audit_events").await, 3);
}
