//! The database's own catalogue against what the code believes of it.

use std::collections::{BTreeMap, BTreeSet};

use diesel_async::AsyncPgConnection;
use domain::account::{IdentityProvider, TokenPurpose};
use domain::announcement::{AnnouncementStatus, ReadBy};
use domain::audit::{ActorKind, AnchorWay};
use domain::category::Hue;
use domain::community::{CommunityKind, MemberStatus, OccupancyKind, ProfessionalStatus};
use domain::event::{EventGroup, MailChoice, SubjectKind};
use domain::job::{DeliveryFault, DeliveryState};
use domain::role::Role;
use domain::service_request::{
    AttachmentKind, Audience, HoldReason, Priority, RejectReason, RequestChannel, RequestStatus,
    RequestVisibility, Shift, Urgency,
};

use crate::support::database::{Database, apart, names};
use crate::support::given;

/// Where a `check` lists the words that a column may hold: the enum that has the same words.
fn word_lists() -> BTreeMap<&'static str, Vec<&'static str>> {
    macro_rules! words {
        ($($column:literal = $words:ty,)*) => {
            BTreeMap::from([$(($column, <$words>::ALL.iter().map(|word| word.as_str()).collect()),)*])
        };
    }
    let mut lists = words! {
        "account_tokens.purpose" = TokenPurpose,
        "announcement_categories.color" = Hue,
        "announcement_recipients.read_by" = ReadBy,
        "announcements.status" = AnnouncementStatus,
        "audit_anchors.sent_by" = AnchorWay,
        "audit_events.actor_kind" = ActorKind,
        "attachments.kind" = AttachmentKind,
        "categories.color" = Hue,
        "categories.default_priority" = Priority,
        "categories.default_visibility" = RequestVisibility,
        "categories.priority_max" = Priority,
        "categories.priority_min" = Priority,
        "comments.audience" = Audience,
        "communities.kind" = CommunityKind,
        "identities.provider" = IdentityProvider,
        "invitations.tie" = OccupancyKind,
        "member_roles.role" = Role,
        "members.claimed_tie" = OccupancyKind,
        "members.status" = MemberStatus,
        "occupancies.kind" = OccupancyKind,
        "deliveries.fault" = DeliveryFault,
        "deliveries.state" = DeliveryState,
        "notification_choices.event_group" = EventGroup,
        "notification_choices.mail" = MailChoice,
        "notifications.subject_kind" = SubjectKind,
        "outbox.subject_kind" = SubjectKind,
        "professionals.status" = ProfessionalStatus,
        "request_events.audience" = Audience,
        "teams.shift" = Shift,
        "service_requests.channel" = RequestChannel,
        "service_requests.hold_reason" = HoldReason,
        "service_requests.priority" = Priority,
        "service_requests.reject_reason" = RejectReason,
        "service_requests.status" = RequestStatus,
        "service_requests.urgency" = Urgency,
        "service_requests.visibility" = RequestVisibility,
    };
    let before_hold = RequestStatus::ALL.iter().filter(|s| s.is_open() && **s != RequestStatus::OnHold);
    lists.insert("service_requests.held_from", before_hold.map(|status| status.as_str()).collect());
    lists
}

async fn fresh() -> (Database, AsyncPgConnection) {
    let database = Database::create().await;
    let conn = database.connect().await;
    (database, conn)
}

#[tokio::test]
async fn the_words_of_every_check_are_the_words_of_its_enum() {
    let (_database, mut conn) = fresh().await;
    let mut found = BTreeMap::new();
    let checks = names(
        &mut conn,
        "select conrelid::regclass || '.' || a.attname || '|' || pg_get_constraintdef(c.oid) as text \
         from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] \
         where contype = 'c' and connamespace = 'public'::regnamespace and cardinality(conkey) = 1",
    )
    .await;
    for check in &checks {
        let (column, definition) = check.split_once('|').unwrap();
        // A list of one is written as `= 'word'`.
        let list = definition.split_once("= ANY (ARRAY[").or_else(|| definition.split_once(" = "));
        if let Some((_, list)) = list.filter(|(_, list)| list.contains('\'')) {
            let words: BTreeSet<String> =
                list.split('\'').skip(1).step_by(2).map(ToOwned::to_owned).collect();
            found.insert(column.to_owned(), words);
        }
    }
    let expected: BTreeMap<String, BTreeSet<String>> = word_lists()
        .into_iter()
        .map(|(column, words)| (column.to_owned(), words.into_iter().map(ToOwned::to_owned).collect()))
        .collect();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn every_foreign_key_has_an_index() {
    let (_database, mut conn) = fresh().await;
    let bare = names(
        &mut conn,
        "select conrelid::regclass || ': ' || pg_get_constraintdef(c.oid) as text from pg_constraint c \
         where contype = 'f' and connamespace = 'public'::regnamespace and not exists ( \
             select from pg_index i where i.indrelid = c.conrelid and i.indpred is null \
             and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey)",
    )
    .await;
    assert_eq!(bare, [] as [&str; 0], "add an index that begins with these columns");
}

#[tokio::test]
async fn the_database_itself_cannot_tie_one_communitys_row_to_anothers() {
    let (_database, mut conn) = fresh().await;
    let of_community =
        "exists (select from pg_attribute a where a.attname = 'community_id' and a.attrelid = ";
    let loose = names(
        &mut conn,
        &format!(
            "select conrelid::regclass || ': ' || pg_get_constraintdef(c.oid) as text from pg_constraint c \
             where contype = 'f' and {of_community} c.conrelid) and {of_community} c.confrelid) \
             and pg_get_constraintdef(c.oid) !~ '\\(community_id, .*REFERENCES \\w+\\(community_id, '"
        ),
    )
    .await;
    assert_eq!(loose, [] as [&str; 0], "reference (community_id, id)");

    let optional = names(
        &mut conn,
        "select table_name::text as text from information_schema.columns where table_schema = 'public' \
         and column_name = 'community_id' and is_nullable = 'YES'",
    )
    .await;
    // What happens on the platform itself is audited, too; and mail about an account is of no community.
    let mut optional = optional;
    optional.sort();
    assert_eq!(optional, ["audit_events", "deliveries", "schedules"]);
}

/// Everything that a migration can make, as text.
const CATALOGUE: &str = "
    select 'column ' || table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable || ' '
        || coalesce(column_default, '') as text
        from information_schema.columns where table_schema = 'public'
    union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select 'function ' || p.oid::regprocedure from pg_proc p
        where pronamespace = 'public'::regnamespace
        and not exists (select from pg_depend where objid = p.oid and deptype = 'e')
    order by 1";

#[tokio::test]
async fn migrations_go_up_down_and_up_again_on_a_database_with_data() {
    let (database, mut conn) = fresh().await;
    given::stored_request(&mut conn).await;
    let before = names(&mut conn, CATALOGUE).await;
    drop(conn);

    let url = database.url().to_owned();
    let (reverted, applied) = apart(async move {
        let reverted = db::migrate::revert_all(&url).await.unwrap();
        let mut conn = crate::support::database::connect(&url).await;
        let left = names(&mut conn, CATALOGUE).await;
        let left: Vec<&String> =
            left.iter().filter(|line| !line.contains("__diesel_schema_migrations")).collect();
        assert!(left.is_empty(), "down leaves {left:#?}");
        (reverted, db::migrate::run(&url).await.unwrap())
    });
    assert!(!applied.is_empty() && applied.iter().rev().eq(&reverted), "{applied:?} {reverted:?}");

    let mut conn = database.connect().await;
    assert_eq!(names(&mut conn, CATALOGUE).await, before);
    given::stored_request(&mut conn).await;
}

#[tokio::test]
async fn what_diesel_believes_of_the_tables_is_true() {
    let (_database, mut conn) = fresh().await;
    let actual: BTreeSet<String> = names(
        &mut conn,
        // What is searched for words is kept by triggers: diesel has no type for it, and reads none of it.
        "select table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable as text \
         from information_schema.columns where table_schema = 'public' \
         and table_name not in ('__diesel_schema_migrations', 'request_search')",
    )
    .await
    .into_iter()
    .collect();
    let believed = believed();
    let columns: BTreeSet<String> = believed.iter().flat_map(|table| table.columns.clone()).collect();
    let difference = |one: &BTreeSet<String>, other: &BTreeSet<String>| -> Vec<String> {
        one.difference(other).cloned().collect()
    };
    assert_eq!(difference(&actual, &columns), [] as [&str; 0], "missing in crates/db/src/schema.rs");
    assert_eq!(difference(&columns, &actual), [] as [&str; 0], "only in crates/db/src/schema.rs");

    let actual: BTreeSet<String> = names(
        &mut conn,
        "select conrelid::regclass || pg_get_constraintdef(oid) as text from pg_constraint \
         where contype = 'p' and connamespace = 'public'::regnamespace",
    )
    .await
    .into_iter()
    .filter(|key| !key.starts_with("__diesel") && !key.starts_with("request_search"))
    .collect();
    let keys: BTreeSet<String> =
        believed.iter().map(|table| format!("{}PRIMARY KEY ({})", table.name, table.key)).collect();
    assert_eq!(actual, keys);
}

struct Table {
    name: String,
    key: String,
    /// Like `members.user_id uuid YES`.
    columns: Vec<String>,
}

/// What `crates/db/src/schema.rs` says.
fn believed() -> Vec<Table> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../db/src/schema.rs");
    let text = std::fs::read_to_string(path).unwrap();
    text.split("diesel::table! {")
        .skip(1)
        .map(|table| {
            let mut lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
            let (name, key) = lines.next().unwrap().split_once(" (").unwrap();
            let columns = lines
                .map_while(|line| line.strip_suffix(','))
                .map(|line| {
                    let (column, kind) = line.split_once(" -> ").unwrap();
                    let inner = kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
                    let nullable = if inner.is_some() { "YES" } else { "NO" };
                    format!("{name}.{column} {} {nullable}", in_postgres(inner.unwrap_or(kind)))
                })
                .collect();
            Table { name: name.into(), key: key.trim_end_matches(") {").into(), columns }
        })
        .collect()
}

fn in_postgres(kind: &str) -> String {
    if let Some(inner) = kind.strip_prefix("Array<") {
        return format!("_{}", in_postgres(inner.trim_end_matches('>')));
    }
    match kind {
        "Double" => "float8".into(),
        plain => plain.to_lowercase(),
    }
}
