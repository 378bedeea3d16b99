//! Who did what, when: only ever added to. Rows hold ids; names are looked up when they are read.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::{CommunityId, UserId};
use uuid::Uuid;

use crate::schema::audit_events;
use crate::{Conn, Result};

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = audit_events)]
pub struct Event {
    pub id: Uuid,
    /// None for acts on the platform itself.
    pub community_id: Option<CommunityId>,
    pub at: DateTime<Utc>,
    pub actor_user_id: Option<UserId>,
    /// Like `session.created`.
    pub action: String,
    pub entity_kind: String,
    pub entity_id: Option<Uuid>,
    pub meta: serde_json::Value,
}

pub async fn record(conn: &mut Conn, event: &Event) -> Result<()> {
    diesel::insert_into(audit_events::table).values(event).execute(conn).await?;
    Ok(())
}
