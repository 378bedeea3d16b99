//! The audit trail: who did what, when.

use chrono::{DateTime, Utc};
use contract_macros::wire;
use domain::audit::{ActorKind, EntityKind};
use domain::id::{MemberId, SessionId, UserId};
use domain::role::{Permission, Role};
use uuid::Uuid;

use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;

/// Query: [`AuditEventQuery`].
pub const LIST: Endpoint<(), Page<AuditEvent>> = Endpoint::new(
    "list_audit_events",
    Method::Get,
    "/communities/{community}/audit-events",
    Access::Needs(Permission::AuditView),
);
/// Query: [`AuditExportQuery`]. Answers CSV.
pub const EXPORT: Endpoint<(), ()> = Endpoint::new(
    "export_audit_events",
    Method::Get,
    "/communities/{community}/audit-events/export",
    Access::Needs(Permission::AuditView),
);
/// Query: [`AuditEventQuery`].
pub const LIST_OF_PLATFORM: Endpoint<(), Page<AuditEvent>> = Endpoint::new(
    "list_platform_audit_events",
    Method::Get,
    "/audit-events",
    Access::Needs(Permission::PlatformAudit),
);

/// How many events one export holds at most.
pub const EXPORT_MAX: i64 = 100_000;

#[wire(query)]
#[derive(Default)]
pub struct AuditEventQuery {
    /// Id of the member or user who acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Uuid>,
    /// An action, or what stands before its dot: `member.approved`, `member`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::search"))]
    #[schema(example = "member")]
    pub action: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(inline)]
    pub entity_kind: Option<EntityKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_id: Option<Uuid>,
    /// From this instant on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<DateTime<Utc>>,
    /// Part of an action, or of the name of a member who acted or was acted upon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::search"))]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

/// What of the trail to export: the same as for the list, but all of it at once.
#[wire(query)]
#[derive(Default)]
pub struct AuditExportQuery {
    /// Id of the member or user who acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Uuid>,
    /// An action, or what stands before its dot: `member.approved`, `member`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::search"))]
    #[schema(example = "member")]
    pub action: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(inline)]
    pub entity_kind: Option<EntityKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_id: Option<Uuid>,
    /// From this instant on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<DateTime<Utc>>,
    /// Part of an action, or of the name of a member who acted or was acted upon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::search"))]
    pub q: Option<String>,
}

/// One act. Names are those of today; where somebody is not (or no longer) known here, there is none.
#[wire]
pub struct AuditEvent {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    /// Like `member.approved`; more may come.
    #[schema(example = "member.approved")]
    pub action: String,
    /// The act as a sentence, in the language asked for.
    pub message: String,
    pub actor: AuditActor,
    /// What it was done to: `member`, `session`, `community`, …; more may come.
    #[schema(example = "member")]
    pub entity_kind: String,
    pub entity_id: Option<Uuid>,
    /// The name of a member or community, the number of a request.
    pub entity_name: Option<String>,
    /// What it was before, where that may be read.
    pub from: Option<serde_json::Value>,
    /// What it was afterwards.
    pub to: Option<serde_json::Value>,
    /// Further facts.
    #[schema(value_type = Object)]
    pub meta: serde_json::Value,
    /// The network that it came from.
    #[schema(example = "203.0.113.0/24")]
    pub client_network: Option<String>,
    /// The id of the request, as it stands in the server's log.
    pub request_id: Option<Uuid>,
    /// Whether it has its seal; that takes seconds.
    pub sealed: bool,
}

/// Who acted.
#[wire]
pub struct AuditActor {
    /// A user, or what acts without one; more kinds may come.
    pub kind: Option<ActorKind>,
    pub member_id: Option<MemberId>,
    pub display_name: Option<String>,
    /// What they may do today.
    pub roles: Vec<Role>,
    /// In the platform's trail only.
    pub user_id: Option<UserId>,
    /// In the platform's trail only.
    pub session_id: Option<SessionId>,
}
