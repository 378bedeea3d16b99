//! The story of a request: only ever added to.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::{AttachmentId, CommunityId, MemberId, ServiceRequestId, TimelineId};
use domain::service_request::{Audience, Priority, RequestStatus};

use crate::schema::request_events;
use crate::{Conn, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = request_events, check_for_backend(diesel::pg::Pg))]
pub struct Entry {
    pub id: TimelineId,
    pub community_id: CommunityId,
    pub request_id: ServiceRequestId,
    /// `report`, or the action.
    pub kind: String,
    pub at: DateTime<Utc>,
    pub actor_id: Option<MemberId>,
    pub actor_name: Option<String>,
    pub from_status: Option<RequestStatus>,
    pub to_status: RequestStatus,
    pub note: Option<String>,
    pub audience: Audience,
    pub assignee_id: Option<MemberId>,
    pub assignee_name: Option<String>,
    pub priority: Option<Priority>,
    pub attachment_ids: Vec<AttachmentId>,
    /// What something was before, in words or, for what has names of its own, in those.
    pub from_value: Option<String>,
    pub to_value: Option<String>,
    pub lng: Option<f64>,
    pub lat: Option<f64>,
    pub team_name: Option<String>,
}

impl Entry {
    /// A line that says no more than that something happened while a request was in a state.
    pub fn plain(
        community_id: CommunityId,
        request_id: ServiceRequestId,
        kind: String,
        status: RequestStatus,
        at: DateTime<Utc>,
    ) -> Self {
        Self {
            id: TimelineId(uuid::Uuid::now_v7()),
            community_id,
            request_id,
            kind,
            at,
            actor_id: None,
            actor_name: None,
            from_status: Some(status),
            to_status: status,
            note: None,
            audience: Audience::Everyone,
            assignee_id: None,
            assignee_name: None,
            priority: None,
            attachment_ids: Vec::new(),
            from_value: None,
            to_value: None,
            lng: None,
            lat: None,
            team_name: None,
        }
    }
}

pub async fn record(conn: &mut Conn, entries: &[Entry]) -> Result<()> {
    for some in entries.chunks(1000) {
        diesel::insert_into(request_events::table).values(some).execute(conn).await?;
    }
    Ok(())
}

/// Oldest first; at most 500 lines. Staff's own lines only for staff.
pub async fn list(
    conn: &mut Conn,
    community: CommunityId,
    request: ServiceRequestId,
    staff: bool,
) -> Result<Vec<Entry>> {
    let mut query = request_events::table
        .filter(request_events::community_id.eq(community).and(request_events::request_id.eq(request)))
        .order((request_events::at, request_events::id))
        .limit(500)
        .select(Entry::as_select())
        .into_boxed();
    if !staff {
        query = query.filter(request_events::audience.eq(Audience::Everyone));
    }
    Ok(query.load(conn).await?)
}
