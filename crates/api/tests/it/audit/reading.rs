//! Who reads the trail, what they find there, and what not.

use contract::audit::{AuditEvent, AuditEventQuery, EXPORT, LIST, LIST_OF_PLATFORM};
use contract::page::Page;
use domain::audit::{AuditAction, EntityKind};
use domain::role::Role;
use serde_json::json;

use super::tamper;
use crate::support::app::TestApp;
use crate::support::caller::Caller;

struct Story {
    app: TestApp,
    alma: Caller,
    ann: Caller,
}

/// Alma lets Ann in, makes her a manager, and suspends Bob.
async fn story() -> Story {
    let app = TestApp::start().await;
    let alma = app.member("alma", &[Role::Admin]).await;
    let ann = app.resident("ann").await;
    let bob = app.resident("bob").await;
    for (minute, (action, whom)) in [
        (AuditAction::MemberApproved, &ann),
        (AuditAction::MemberRolesChanged, &ann),
        (AuditAction::MemberSuspended, &bob),
    ]
    .into_iter()
    .enumerate()
    {
        let entry = api::audit::Entry::new(action, whom.person().member_id.0).community(app.place.id);
        let entry = match action {
            AuditAction::MemberRolesChanged => entry.changed(["resident"], ["resident", "manager"]),
            _ => entry.meta(json!({ "reason": "=cmd" })),
        };
        let at = app.now() + chrono::TimeDelta::minutes(minute as i64);
        let entry = entry.user(alma.person().user_id);
        app.with_conn(async |conn| api::audit::record(conn, entry, at).await.unwrap()).await;
    }
    Story { app, alma, ann }
}

async fn list(caller: &Caller, query: AuditEventQuery) -> Page<AuditEvent> {
    caller.find(&LIST, &[&caller.slug], &query).await.ok()
}

fn sentences(page: &Page<AuditEvent>) -> Vec<&str> {
    page.data.iter().map(|event| event.message.as_str()).collect()
}

#[actix_web::test]
async fn an_admin_reads_who_did_what_with_todays_names() {
    let Story { app, alma, ann } = story().await;
    let page = list(&alma, AuditEventQuery::default()).await;
    assert_eq!(
        sentences(&page),
        ["Alma suspended Bob.", "Alma changed the roles of Ann.", "Alma let Ann in."]
    );
    let roles = &page.data[1];
    assert_eq!(roles.from, Some(json!(["resident"])));
    assert_eq!(roles.to, Some(json!(["resident", "manager"])));
    assert_eq!(roles.actor.member_id, Some(alma.person().member_id));
    assert_eq!((roles.actor.user_id, roles.actor.session_id), (None, None));
    assert_eq!((roles.entity_name.as_deref(), roles.sealed), (Some("Ann"), false));

    app.run_outbox().await;
    tamper(
        &app,
        &format!("update members set display_name = 'Anna' where id = '{}'", ann.person().member_id),
    )
    .await;
    tamper(&app, "delete from members where display_name = 'Bob'").await;
    let page = list(&alma, AuditEventQuery::default()).await;
    assert_eq!(
        sentences(&page)[..2],
        ["Alma suspended Somebody whose name is not known here.", "Alma changed the roles of Anna."]
    );
    assert_eq!(page.data[0].entity_name, None);
    assert!(page.data.iter().all(|event| event.sealed));
}

#[actix_web::test]
async fn the_trail_is_searched_by_actor_act_thing_time_and_words() {
    let Story { app, alma, ann } = story().await;
    let none = AuditEventQuery::default;
    let at = |minute: i64| Some(app.now() + chrono::TimeDelta::minutes(minute));
    let (alma_id, ann_id) = (alma.person(), ann.person().member_id.0);
    for (query, expected) in [
        (AuditEventQuery { actor: Some(alma_id.member_id.0), ..none() }, 3),
        (AuditEventQuery { actor: Some(alma_id.user_id.0), ..none() }, 3),
        (AuditEventQuery { actor: Some(ann_id), ..none() }, 0),
        (AuditEventQuery { action: Some("member".into()), ..none() }, 3),
        (AuditEventQuery { action: Some("member.".into()), ..none() }, 3),
        (AuditEventQuery { action: Some("mem".into()), ..none() }, 0),
        (AuditEventQuery { action: Some("member.suspended".into()), ..none() }, 1),
        (AuditEventQuery { action: Some("%".into()), ..none() }, 0),
        (AuditEventQuery { entity_kind: Some(EntityKind::Member), ..none() }, 3),
        (AuditEventQuery { entity_kind: Some(EntityKind::Invitation), ..none() }, 0),
        (AuditEventQuery { entity_id: Some(ann_id), ..none() }, 2),
        (AuditEventQuery { from: at(1), to: at(2), ..none() }, 1),
        (AuditEventQuery { q: Some("bob".into()), ..none() }, 1),
        (AuditEventQuery { q: Some("alma".into()), ..none() }, 3),
        (AuditEventQuery { q: Some("roles".into()), ..none() }, 1),
        (AuditEventQuery { q: Some("_".into()), ..none() }, 1),
    ] {
        let found = list(&alma, query.clone()).await;
        assert_eq!(found.data.len(), expected, "{query:?}");
    }
    let first = list(&alma, AuditEventQuery { limit: Some(2), ..none() }).await;
    let rest = list(&alma, AuditEventQuery { cursor: first.next_cursor.clone(), ..none() }).await;
    assert_eq!((first.data.len(), sentences(&rest)), (2, vec!["Alma let Ann in."]));
}

#[actix_web::test]
async fn a_community_never_reads_of_sessions_nor_of_another_community() {
    let Story { app, alma, .. } = story().await;
    let elsewhere = app.elsewhere("elm-court").await;
    let other = app.member_of(&elsewhere, "otto", &[Role::Admin]).await;
    let events = list(&alma, AuditEventQuery::default()).await;
    assert!(events.data.iter().all(|event| event.entity_kind == "member"), "{events:?}");
    for query in [
        AuditEventQuery::default(),
        AuditEventQuery { entity_kind: Some(EntityKind::Session), ..Default::default() },
        AuditEventQuery { actor: Some(alma.person().user_id.0), ..Default::default() },
        AuditEventQuery { actor: Some(alma.person().member_id.0), ..Default::default() },
        AuditEventQuery { q: Some("alma".into()), ..Default::default() },
    ] {
        assert_eq!(list(&other, query.clone()).await.data, [], "{query:?}");
    }
}

#[actix_web::test]
async fn an_operator_reads_the_platforms_trail_by_ids_only() {
    let Story { app, alma, .. } = story().await;
    let olga = app.operator().await;
    let page = olga.find(&LIST_OF_PLATFORM, &[], &AuditEventQuery::default()).await.ok();
    assert!(page.data.iter().all(|event| event.action == "session.created"));
    assert!(page.data.iter().any(|event| event.actor.user_id == Some(alma.person().user_id)));
    assert!(
        page.data.iter().all(|event| event.actor.display_name.is_none() && event.actor.session_id.is_some())
    );
    let of_alma = AuditEventQuery { actor: Some(alma.person().user_id.0), ..Default::default() };
    assert_eq!(olga.find(&LIST_OF_PLATFORM, &[], &of_alma).await.ok().data.len(), 1);
    for query in [
        AuditEventQuery { q: Some("alma".into()), ..Default::default() },
        AuditEventQuery { actor: Some(alma.person().member_id.0), ..Default::default() },
    ] {
        assert_eq!(olga.find(&LIST_OF_PLATFORM, &[], &query).await.ok().data, []);
    }
}

#[actix_web::test]
async fn an_export_is_a_table_without_formulas_and_is_audited_itself() {
    let Story { app, alma, ann } = story().await;
    let path = format!("{}?action=member", EXPORT.path(&[&app.place.slug]));
    let export = alma.send_raw("GET", &path, "", "").await;
    assert_eq!(export.status, 200, "{}", export.text());
    assert_eq!(export.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        export.header("content-disposition"),
        "attachment; filename=\"audit-willow-park-2026-06-15.csv\""
    );
    let text = export.text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "id,timestamp,type,actor_role,actor_email,entity_kind,entity_id,message,meta_json");
    assert_eq!(lines.len(), 4);
    let (_, line) = lines[2].split_once(',').unwrap();
    assert_eq!(
        line,
        format!(
            "2026-06-15T08:01:00.000000Z,member.roles_changed,admin,alma@willow-park.test,member,{},\
             Alma changed the roles of Ann.,\"{{\"\"from\"\":[\"\"resident\"\"],\"\"to\"\":[\"\"resident\"\",\"\"manager\"\"]}}\"",
            ann.person().member_id
        )
    );
    let exports = AuditEventQuery { action: Some("audit.exported".into()), ..Default::default() };
    assert_eq!(sentences(&list(&alma, exports).await), ["Alma exported the audit trail."]);
}

#[actix_web::test]
async fn nobody_whose_name_is_a_formula_gets_it_into_a_spreadsheet() {
    let Story { app, alma, .. } = story().await;
    tamper(
        &app,
        "update members set display_name = '=HYPERLINK(\"http://evil.test\")' where display_name = 'Alma'",
    )
    .await;
    let export = alma.send_raw("GET", &EXPORT.path(&[&app.place.slug]), "", "").await;
    let text = export.text();
    assert!(text.contains(",\"'=HYPERLINK("), "{text}");
    assert!(!text.contains(",=") && !text.contains(",\"="), "{text}");
}

#[actix_web::test]
async fn no_instant_upsets_the_search() {
    let Story { app: _app, alma, .. } = story().await;
    let dawn = "-9999-01-01T00:00:00Z".parse().unwrap();
    let from = list(&alma, AuditEventQuery { from: Some(dawn), ..Default::default() }).await;
    assert_eq!(from.data.len(), 3);
    let to = list(&alma, AuditEventQuery { to: Some(dawn), ..Default::default() }).await;
    assert_eq!(to.data.len(), 0);
    // `["-9999-01-01T00:00:00Z","00000000-0000-0000-0000-000000000000"]`
    let cursor = "WyItOTk5OS0wMS0wMVQwMDowMDowMFoiLCIwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDAiXQ";
    let query = AuditEventQuery { cursor: Some(cursor.into()), ..Default::default() };
    let refused = alma.find(&LIST, &[&alma.slug], &query).await;
    assert_eq!(refused.refusal(), "422 invalid: cursor bad_cursor");
}
