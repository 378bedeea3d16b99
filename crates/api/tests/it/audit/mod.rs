//! The audit trail: sealed, found out when it is tampered with, and read by those who may.

mod keys;
mod reading;
mod sealing;
mod tampering;

use api::audit::verify::{self, Counts, Finding, Question};
use api::audit::{Entry, record};
use api::vault::Vault;
use chrono::TimeDelta;
use db::audit::chain::Chain;
use diesel_async::SimpleAsyncConnection;
use domain::audit::AuditAction;
use serde_json::json;
use uuid::Uuid;

use crate::support::app::TestApp;

/// Acts in the community's trail, as the transactions of handlers write them.
async fn acts(app: &TestApp, count: u32) {
    let mut conn = app.conn().await;
    for number in 0..count {
        let entry = Entry::new(AuditAction::MemberApproved, Uuid::now_v7()).community(app.place.id);
        record(&mut conn, entry.meta(json!({ "number": number })), app.now()).await.unwrap();
    }
}

/// A server with a sealed trail of so many acts in its community.
async fn sealed(count: u32) -> TestApp {
    let app = TestApp::start().await;
    acts(&app, count).await;
    app.run_outbox().await;
    app
}

/// What verifying finds, and how much it looked at.
async fn verified_with(app: &TestApp, vault: &Vault, anchor: Option<&str>) -> (Counts, Vec<Finding>) {
    let db = db::Db::new(&app.shared.config.database_url, 1).unwrap();
    let question = Question {
        db: &db,
        vault,
        data_dir: &app.shared.config.data_dir,
        only: None,
        anchor,
        now: app.now(),
        patience: TimeDelta::minutes(10),
    };
    let mut findings = Vec::new();
    let counts = verify::verify(&question, |_, finding| findings.push(finding)).await.unwrap();
    assert_eq!(counts.findings, findings.len() as u64);
    (counts, findings)
}

async fn findings(app: &TestApp) -> Vec<Finding> {
    verified_with(app, &app.shared.vault, None).await.1
}

/// Runs SQL as somebody who owns the database and has switched its triggers off.
async fn tamper(app: &TestApp, sql: &str) {
    let sql = format!("set session_replication_role = replica; {sql}");
    app.conn().await.batch_execute(&sql).await.unwrap();
}

/// The event that a seal of the community's chain names.
async fn event_at(app: &TestApp, seq: i64) -> Uuid {
    let chain = app.place.id;
    let sql =
        format!("select event_id::text as text from audit_seals where chain = '{chain}' and seq = {seq}");
    app.query(&sql).await[0].parse().unwrap()
}

fn chain(app: &TestApp) -> Chain {
    Chain::of(app.place.id)
}
