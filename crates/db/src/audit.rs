//! Who did what, when: only ever added to. Rows hold ids; names are looked up when they are read.

pub mod chain;
pub mod list;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::audit::{ActorKind, AuditAction, EntityKind};
use domain::id::{CommunityId, SessionId, UserId};
use uuid::Uuid;

use crate::schema::audit_events;
use crate::{Conn, Result};

/// An act as it is written, in the transaction of the act itself.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = audit_events)]
pub struct Event {
    pub id: Uuid,
    /// None for acts on the platform itself.
    pub community_id: Option<CommunityId>,
    pub at: DateTime<Utc>,
    pub actor_user_id: Option<UserId>,
    pub action: AuditAction,
    pub entity_kind: EntityKind,
    pub entity_id: Option<Uuid>,
    pub meta: serde_json::Value,
    pub actor_kind: ActorKind,
    pub actor_session_id: Option<SessionId>,
    pub from_value: Option<serde_json::Value>,
    pub to_value: Option<serde_json::Value>,
    pub client_network: Option<String>,
    pub request_id: Option<Uuid>,
}

pub async fn record(conn: &mut Conn, event: &Event) -> Result<()> {
    diesel::insert_into(audit_events::table).values(event).execute(conn).await?;
    Ok(())
}

/// An act as it is read. Its words are text: whoever checks the trail must be able to read what should not be there.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = audit_events, check_for_backend(diesel::pg::Pg))]
pub struct Row {
    pub id: Uuid,
    pub community_id: Option<CommunityId>,
    pub at: DateTime<Utc>,
    pub actor_user_id: Option<UserId>,
    pub action: String,
    pub entity_kind: String,
    pub entity_id: Option<Uuid>,
    pub meta: serde_json::Value,
    pub actor_kind: String,
    pub actor_session_id: Option<SessionId>,
    pub from_value: Option<serde_json::Value>,
    pub to_value: Option<serde_json::Value>,
    pub client_network: Option<String>,
    pub request_id: Option<Uuid>,
}
