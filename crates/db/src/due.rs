//! What time itself has to do, over all communities.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::{CommunityId, ServiceRequestId};
use domain::service_request::{RequestStatus, RequestVisibility};

use crate::schema::{categories, communities, service_requests, zones};
use crate::{Conn, Result};

/// Resolved requests of any community that nobody has answered for as long as their community waits (`default_days`
/// where it set nothing), oldest first: work for the clock.
pub async fn list_unanswered(
    conn: &mut Conn,
    now: DateTime<Utc>,
    default_days: u16,
    limit: i64,
) -> Result<Vec<(CommunityId, ServiceRequestId)>> {
    use diesel::sql_types::{Bool, Integer, Timestamptz};
    use service_requests::dsl;
    let waited = diesel::dsl::sql::<Bool>("service_requests.resolved_at + make_interval(days => coalesce((communities.settings->>'auto_close_days')::int, ")
        .bind::<Integer, _>(i32::from(default_days))
        .sql(")) <= ")
        .bind::<Timestamptz, _>(now);
    Ok(service_requests::table
        .inner_join(communities::table.on(communities::id.eq(dsl::community_id)))
        .filter(dsl::status.eq(RequestStatus::Resolved).and(waited))
        .order(dsl::resolved_at)
        .limit(limit)
        .select((dsl::community_id, dsl::id))
        .load(conn)
        .await?)
}

/// Held requests of any community whose time has come, oldest first: work for the clock.
pub async fn list_held_until(
    conn: &mut Conn,
    instant: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<(CommunityId, ServiceRequestId)>> {
    use service_requests::dsl;
    Ok(service_requests::table
        .filter(dsl::status.eq(RequestStatus::OnHold).and(dsl::hold_until.le(instant)))
        .order(dsl::hold_until)
        .limit(limit)
        .select((dsl::community_id, dsl::id))
        .load(conn)
        .await?)
}

/// New requests of any community that time may triage: their category says so, they are not for everybody to read, and
/// they stand in a zone if there are any.
/// Oldest first: work for the clock.
pub async fn list_to_triage(
    conn: &mut Conn,
    instant: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<(CommunityId, ServiceRequestId)>> {
    use service_requests::dsl;
    let zoned = zones::table.filter(zones::community_id.eq(dsl::community_id));
    Ok(service_requests::table
        .inner_join(
            categories::table
                .on(categories::community_id.eq(dsl::community_id).and(categories::id.eq(dsl::category_id))),
        )
        .filter(dsl::status.eq(RequestStatus::New).and(dsl::created_at.le(instant)))
        .filter(categories::auto_triage.and(dsl::visibility.ne(RequestVisibility::Public)))
        .filter(dsl::zone_id.is_not_null().or(diesel::dsl::not(diesel::dsl::exists(zoned))))
        .order(dsl::created_at)
        .limit(limit)
        .select((dsl::community_id, dsl::id))
        .load(conn)
        .await?)
}
