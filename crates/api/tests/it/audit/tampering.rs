//! Somebody owns the database, has switched its triggers off, and changes the past.

use api::audit::verify::{Finding, Witness};
use chrono::TimeDelta;
use uuid::Uuid;

use super::{acts, event_at, findings, sealed, tamper, verified_with};

#[actix_web::test]
async fn a_trail_that_nobody_touched_has_no_findings() {
    let app = sealed(1200).await;
    let (counts, findings) = verified_with(&app, &app.shared.vault, None).await;
    assert_eq!(findings, []);
    assert_eq!((counts.chains, counts.seals, counts.waiting), (2, 1200, 0));
    assert!(counts.has_heads && counts.anchors == 1);
}

#[actix_web::test]
async fn an_edited_event_is_found_whichever_field_it_was() {
    let app = sealed(4).await;
    let event = event_at(&app, 2).await;
    for edit in [
        "meta = '{\"number\": 7}'",
        "at = at + interval '1 microsecond'",
        "action = 'member.rejected'",
        "entity_id = gen_random_uuid()",
        "actor_user_id = gen_random_uuid()",
        "actor_kind = 'worker'",
        "from_value = 'null'",
        "client_network = '10.0.0.0/24'",
    ] {
        let columns = "(meta, at, action, entity_id, actor_user_id, actor_kind, from_value, client_network)";
        tamper(
            &app,
            &format!(
                "create temp table before as select * from audit_events where id = '{event}'; \
             create table kept as select * from before; update audit_events set {edit} where id = '{event}'"
            ),
        )
        .await;
        assert_eq!(findings(&app).await, [Finding::Edited { seq: 2, event, genuine: true }], "{edit}");
        tamper(&app, &format!(
            "update audit_events e set {columns} = (select meta, at, action, entity_id, actor_user_id, actor_kind, \
             from_value, client_network from kept) where id = '{event}'; drop table kept"
        ))
        .await;
    }
    assert_eq!(findings(&app).await, []);
}

#[actix_web::test]
async fn a_deleted_event_is_found() {
    let app = sealed(4).await;
    let event = event_at(&app, 3).await;
    tamper(&app, &format!("delete from audit_events where id = '{event}'")).await;
    assert_eq!(findings(&app).await, [Finding::Deleted { seq: 3, event }]);
}

#[actix_web::test]
async fn an_event_that_was_deleted_with_its_seal_leaves_a_gap() {
    let app = sealed(5).await;
    let events = [event_at(&app, 2).await, event_at(&app, 3).await];
    for event in events {
        tamper(&app, &format!("delete from audit_events where id = '{event}'; delete from audit_seals where event_id = '{event}'")).await;
    }
    assert_eq!(findings(&app).await, [Finding::Gap { from: 2, to: 3 }]);
    // Nor does it help to close the ranks.
    tamper(&app, "update audit_seals set seq = seq - 2 where seq > 3").await;
    let found = findings(&app).await;
    assert!(found.contains(&Finding::CutTail { end: 3, known: 5, witness: Witness::HeadFile }), "{found:?}");
}

#[actix_web::test]
async fn exchanged_seals_are_found() {
    let app = sealed(6).await;
    let (third, fourth) = (event_at(&app, 3).await, event_at(&app, 4).await);
    // Their events change places …
    tamper(&app, "alter table audit_seals drop constraint audit_seals_event_id_key").await;
    tamper(&app, &format!(
        "update audit_seals set event_id = case seq when 3 then '{fourth}'::uuid else '{third}' end where seq in (3, 4)"
    ))
    .await;
    assert_eq!(
        findings(&app).await,
        [Finding::Reordered { seq: 3, event: fourth }, Finding::Reordered { seq: 4, event: third }]
    );
    // … or they themselves.
    tamper(&app, &format!(
        "update audit_seals set event_id = case seq when 3 then '{third}'::uuid else '{fourth}' end where seq in (3, 4); \
         update audit_seals set seq = 1003 where seq = 3; update audit_seals set seq = 3 where seq = 4; \
         update audit_seals set seq = 4 where seq = 1003"
    ))
    .await;
    let found = findings(&app).await;
    assert!(found.contains(&Finding::Reordered { seq: 4, event: third }), "{found:?}");
}

#[actix_web::test]
async fn a_cut_tail_is_found_even_after_new_events_have_been_sealed() {
    let app = sealed(5).await;
    for seq in [4, 5] {
        let event = event_at(&app, seq).await;
        tamper(&app, &format!("delete from audit_events where id = '{event}'; delete from audit_seals where event_id = '{event}'")).await;
    }
    let day = app.now().date_naive();
    let cut = |witness| Finding::CutTail { end: 3, known: 5, witness };
    assert_eq!(findings(&app).await, [cut(Witness::Anchor(day)), cut(Witness::HeadFile)]);
    acts(&app, 4).await;
    app.run_outbox().await;
    let rewritten = |witness| Finding::Rewritten { seq: 5, witness };
    assert_eq!(findings(&app).await, [rewritten(Witness::Anchor(day)), rewritten(Witness::HeadFile)]);
}

#[actix_web::test]
async fn a_seal_that_somebody_made_up_is_found() {
    let app = sealed(3).await;
    tamper(&app, &format!(
        "insert into audit_events (id, community_id, at, action, entity_kind) \
             values ('01900000-0000-7000-8000-000000000000', '{chain}', '2026-06-15T08:00:00Z', 'member.approved', 'member'); \
         insert into audit_seals (chain, seq, event_id, key_id, mac, sealed_at) \
             values ('{chain}', 4, '01900000-0000-7000-8000-000000000000', 'test', sha256('x'), '2026-06-15T08:00:00Z')",
        chain = app.place.id
    ))
    .await;
    let event = "01900000-0000-7000-8000-000000000000".parse().unwrap();
    assert_eq!(findings(&app).await, [Finding::Edited { seq: 4, event, genuine: false }]);
}

#[actix_web::test]
async fn an_event_that_slipped_past_the_sealer_is_found_when_its_time_is_up() {
    let app = sealed(2).await;
    let insert = |id: &str, at: &str| {
        format!(
            "insert into audit_events (id, community_id, at, action, entity_kind) \
             values ('{id}', '{}', '{at}', 'member.approved', 'member')",
            app.place.id
        )
    };
    let (recent, old, future) = (
        "01900000-0000-7000-8000-000000000001",
        "01900000-0000-7000-8000-000000000002",
        "01900000-0000-7000-8000-000000000003",
    );
    tamper(&app, &insert(recent, "2026-06-15T07:55:00Z")).await;
    tamper(&app, &insert(old, "2026-06-15T07:45:00Z")).await;
    tamper(&app, &insert(future, "2026-07-01T00:00:00Z")).await;
    let (counts, found) = verified_with(&app, &app.shared.vault, None).await;
    let unsealed =
        |event: &str, at: &str| Finding::Unsealed { event: event.parse().unwrap(), at: at.parse().unwrap() };
    assert_eq!(found, [unsealed(old, "2026-06-15T07:45:00Z"), unsealed(future, "2026-07-01T00:00:00Z")]);
    assert_eq!(counts.waiting, 1);
}

#[actix_web::test]
async fn an_event_that_went_before_it_was_sealed_is_found() {
    let app = sealed(2).await;
    acts(&app, 1).await;
    let event = app.query("select event_id::text as text from audit_pending").await[0].parse().unwrap();
    tamper(&app, &format!("delete from audit_events where id = '{event}'")).await;
    app.run_outbox().await;
    assert_eq!(findings(&app).await, [Finding::Lost { event }]);
}

#[actix_web::test]
async fn an_event_cannot_be_moved_to_another_trail() {
    let app = sealed(3).await;
    let elsewhere = app.elsewhere("elm-court").await;
    let event = event_at(&app, 2).await;
    tamper(&app, &format!("update audit_events set community_id = '{}' where id = '{event}'", elsewhere.id))
        .await;
    assert_eq!(findings(&app).await, [Finding::Moved { seq: 2, event }]);
}

#[actix_web::test]
async fn changed_anchors_are_found_and_a_mailed_digest_proves_itself() {
    let app = sealed(3).await;
    let told = std::fs::read_to_string(app.shared.config.data_dir.join("audit/anchors.jsonl")).unwrap();
    let told: api::audit::anchor::Told = serde_json::from_str(told.trim()).unwrap();
    assert_eq!((told.day, told.chains), (app.now().date_naive(), 1));
    assert_eq!(verified_with(&app, &app.shared.vault, Some(&told.digest)).await.1, []);
    let made_up = verified_with(&app, &app.shared.vault, Some("abc")).await.1;
    assert_eq!(made_up, [Finding::UnknownAnchor { digest: "abc".into() }]);

    tamper(&app, "update audit_anchors set seq = 2, mac = (select mac from audit_seals where seq = 2)").await;
    assert_eq!(findings(&app).await, [Finding::Anchors { day: told.day }]);
}

#[actix_web::test]
async fn a_seal_before_the_first_hides_no_event() {
    let app = sealed(2).await;
    let (chain, event) = (app.place.id, Uuid::now_v7());
    let at = app.now() - TimeDelta::hours(3);
    tamper(
        &app,
        &format!(
            "insert into audit_events (id, community_id, at, action, entity_kind) \
             values ('{event}', '{chain}', '{at}', 'member.suspended', 'member'); \
             alter table audit_seals drop constraint audit_seals_seq_check; \
             insert into audit_seals (chain, seq, event_id, key_id, mac, sealed_at) \
             values ('{chain}', -1, '{event}', 'test', sha256('x'), '{at}')"
        ),
    )
    .await;
    assert_eq!(findings(&app).await, [Finding::Unsealed { event, at }]);
}
