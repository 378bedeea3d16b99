//! Every SQL statement that the server sends in the tests, held against one rule: whoever touches a community's
//! table names the community.

use std::collections::BTreeSet;
use std::sync::{Mutex, Once};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

/// What may do without: table, how the statement is recognised, and why.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("notifications", r#""notifications"."user_id" = $"#, "a user's own, over all their communities"),
    ("outbox", r#"WHERE (("outbox"."id" = "#, "the event that a job names"),
    ("outbox", r#"WHERE ("outbox"."id" = "#, "the event that a job names"),
    ("outbox", r#""outbox"."seq" >"#, "one feed for all who listen, each of whom is told what they may see"),
    (
        "notifications",
        r#""notifications"."seq" >"#,
        "one feed for all who listen, each of whom is told of their own",
    ),
    (
        "notifications",
        r#""notifications"."user_id" = ANY("#,
        "a count for each of those who listen, over all their communities",
    ),
    ("members", r#""members"."user_id" = ANY("#, "where those who listen belong"),
    ("outbox", r#""outbox"."done_at" <"#, "time sweeps what was told, wherever that was"),
    ("deliveries", r#"WHERE (("deliveries"."id" = "#, "the mail that a job names"),
    ("deliveries", r#"WHERE ("deliveries"."id" = "#, "the mail that a job or a link of ours names"),
    ("deliveries", r#""deliveries"."ended_at" <"#, "time sweeps sent mail, of communities and of none"),
    ("schedules", r#""schedules"."community_id" IS NULL"#, "of no community"),
    ("schedules", r#""schedules"."next_at" <="#, "time starts what is due wherever that is"),
    ("schedules", r#"WHERE ("schedules"."id" = "#, "the schedule that is locked"),
    ("service_requests", r#""resolved_at" <="#, "time closes requests wherever they are"),
    ("service_requests", r#""hold_until" <="#, "time resumes requests wherever they are"),
    ("announcements", r#""publish_at" <="#, "time publishes what is scheduled, wherever that is"),
    ("announcements", r#""valid_until" <="#, "time archives what holds no longer, wherever that is"),
    ("announcements", r#""escalate_at" <="#, "time pursues what stays unread, wherever that is"),
    (
        "attachments",
        r#""attachments"."announcement_id" IS NULL)) AND ("attachments"."created_at" <"#,
        "time sweeps uploads wherever they are",
    ),
    ("attachments", r#"WHERE ("attachments"."removed_at" IS NOT NULL)"#, "time sweeps what was taken back"),
    ("attachments", r#"WHERE ("attachments"."stored_name" = ANY("#, "time sweeps files without a row"),
    (
        "attachments",
        r#"WHERE ("attachments"."id" = $1)"#,
        "behind a signed address: the signature is the scope",
    ),
    (
        "invitations",
        r#"FROM "invitations" WHERE ("invitations"."id" = $1)"#,
        "named by a link of ours: the signature is the scope",
    ),
    (
        "audit_events",
        r#"WHERE ("audit_events"."id" = ANY("#,
        "verifying asks in which trail the events that a chain's seals name stand",
    ),
];

static SENT: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

struct Recorder;

impl Instrumentation for Recorder {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            let statement = text.split("-- binds:").next().unwrap_or_default().trim();
            SENT.lock().unwrap().insert(statement.to_owned());
        }
    }
}

/// From now on, every statement of every connection of this process is noted.
pub fn record() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| set_default_instrumentation(|| Some(Box::new(Recorder))).unwrap());
}

/// The statements so far that touch one of these tables without naming its community.
pub fn unscoped(tenant_tables: &[String]) -> Vec<String> {
    let sent = SENT.lock().unwrap();
    sent.iter().filter(|statement| !scopes(statement, tenant_tables)).cloned().collect()
}

/// Whether each tenant table in a statement is tied to a community where rows are chosen, not just where columns are
/// listed: `"members"."community_id"` in a condition, for a table or its alias.
fn scopes(statement: &str, tenant_tables: &[String]) -> bool {
    let words: Vec<&str> = statement.split_whitespace().collect();
    let head = words.first().map(|word| word.to_uppercase()).unwrap_or_default();
    // The last is how diesel writes the insertion of no rows.
    let idle = statement.contains("/* test */") || statement.ends_with(" WHERE 1=0");
    if idle || !["SELECT", "UPDATE", "DELETE"].contains(&head.as_str()) {
        return true;
    }
    // What follows the list of columns; diesel writes keywords in capitals.
    let chosen = match head.as_str() {
        "SELECT" => statement.find(" FROM ").map_or("", |at| &statement[at..]),
        _ => statement.find(" WHERE ").map_or("", |at| &statement[at..]),
    };
    let chosen = chosen.split(" RETURNING ").next().unwrap_or_default();
    touched(&words, tenant_tables).into_iter().all(|(table, alias)| {
        let bare = head != "SELECT" && chosen.contains("community_id");
        bare || chosen.contains(&format!("\"{alias}\".\"community_id\""))
            || ALLOWED.iter().any(|(known, part, _)| *known == table && statement.contains(part))
    })
}

/// The tenant tables after `FROM`, `JOIN` and `UPDATE`, each with the name under which the statement speaks of it.
fn touched(words: &[&str], tenant_tables: &[String]) -> Vec<(String, String)> {
    let name = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_').to_owned();
    words
        .iter()
        .enumerate()
        .filter(|(at, _)| {
            let before = at.checked_sub(1).map(|before| words[before].trim_start_matches('('));
            matches!(before, Some("FROM" | "JOIN" | "UPDATE"))
        })
        .filter_map(|(at, word)| {
            // `FROM (("members" AS "reporters" …`
            let table = name(word);
            tenant_tables.contains(&table).then(|| match words.get(at + 1) {
                Some(&"AS") => (table.clone(), name(words[at + 2])),
                _ => (table.clone(), table),
            })
        })
        .collect()
}

#[test]
fn a_column_list_is_no_scope() {
    let tables = ["members".to_owned(), "units".to_owned()];
    for good in [
        r#"SELECT "users"."id" FROM "users" WHERE ("users"."id" = $1)"#,
        r#"SELECT "members"."id" FROM "members" WHERE ("members"."community_id" = $1)"#,
        r#"UPDATE "members" SET "status" = $1 WHERE ("members"."community_id" = $2) RETURNING "members"."id""#,
        r#"INSERT INTO "members" ("id", "community_id") VALUES ($1, $2)"#,
        r#"SELECT 1 FROM ("units" INNER JOIN "members" AS "m" ON ("m"."community_id" = "units"."community_id"))"#,
    ] {
        assert!(scopes(good, &tables), "{good}");
    }
    for bad in [
        r#"SELECT "members"."community_id" FROM "members" WHERE ("members"."id" = $1)"#,
        r#"UPDATE "members" SET "status" = $1 WHERE ("members"."id" = $2) RETURNING "members"."community_id""#,
        r#"DELETE FROM "members""#,
        r#"SELECT 1 FROM ("units" INNER JOIN "members" AS "m" ON ("m"."id" = $1)) WHERE "units"."community_id" = $2"#,
    ] {
        assert!(!scopes(bad, &tables), "{bad}");
    }
}
