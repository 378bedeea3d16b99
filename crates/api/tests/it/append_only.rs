//! What is only ever added to, the database itself protects.

use diesel_async::SimpleAsyncConnection;

use crate::support::database::{Database, names};
use crate::support::given;

#[tokio::test]
async fn nobody_rewrites_history() {
    let database = Database::create().await;
    let mut conn = database.connect().await;
    given::audit_event(&mut conn).await;
    given::stored_request(&mut conn).await;
    let event = "from audit_events limit 1";
    for sql in [
        format!("insert into audit_seals select gen_random_uuid(), 1, id, 'k', 'x', at {event}"),
        format!("insert into audit_anchors select id, at::date, 1, 'x', at, 'file' {event}"),
    ] {
        conn.batch_execute(&sql).await.unwrap();
    }

    let mut answers = Vec::new();
    let tables = [
        ("request_events", "at", "id"),
        ("audit_events", "at", "id"),
        ("audit_seals", "sealed_at", "chain, seq"),
        ("audit_anchors", "anchored_at", "chain, day"),
    ];
    for (table, at, key) in tables {
        for sql in [
            format!("update {table} set {at} = now()"),
            format!("delete from {table}"),
            format!("truncate {table}"),
            format!("truncate {table} cascade"),
            format!(
                "insert into {table} select * from {table} on conflict ({key}) do update set {at} = now()"
            ),
            format!("merge into {table} t using (select 1) s on true when matched then delete"),
        ] {
            let before = names(&mut conn, &format!("select t::text as text from {table} t")).await;
            assert!(!before.is_empty(), "{table} has rows to lose");
            let answer = conn.batch_execute(&sql).await.expect_err(&sql).to_string();
            let after = names(&mut conn, &format!("select t::text as text from {table} t")).await;
            assert_eq!(before, after, "{sql}");
            answers.push(answer);
        }
    }
    answers.dedup();
    assert_eq!(answers, tables.map(|(table, ..)| format!("{table} is append-only")));
    // Nor by way of what it hangs on.
    let answer = conn.batch_execute("truncate service_requests, communities cascade").await.unwrap_err();
    assert!(answer.to_string().ends_with("is append-only"), "{answer}");
}
