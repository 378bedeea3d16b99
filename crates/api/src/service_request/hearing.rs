//! Which followers hear of a request: those who may still see it.

use std::collections::HashSet;

use db::Conn;
use db::service_request::ServiceRequest;
use domain::id::MemberId;
use domain::role::{Permission, Rights, Role};
use domain::service_request::{RequestStatus, RequestVisibility};

use crate::app::local_day;

/// The followers who may see the request as it is now, at this instant.
pub async fn followers(
    conn: &mut Conn,
    request: &ServiceRequest,
    now: chrono::DateTime<chrono::Utc>,
) -> db::Result<Vec<MemberId>> {
    let (community, progress) = (request.community_id, request.progress());
    let followers = db::follower::list(conn, community, request.id).await?;
    let unseen = matches!(progress.status, RequestStatus::New | RequestStatus::Rejected);
    if followers.is_empty() || request.visibility != RequestVisibility::Private && !unseen {
        return Ok(followers);
    }
    let place = db::community::get(conn, community).await?;
    let settings = place.settings();
    let staff: Vec<Role> = Role::ALL
        .iter()
        .copied()
        .filter(|role| Rights::of(&[*role], &settings).can(Permission::RequestsViewAll))
        .collect();
    let mut seeing: HashSet<MemberId> =
        db::member::ids_with_role(conn, community, &staff).await?.into_iter().collect();
    seeing.extend([request.reporter_id, request.beneficiary_id, progress.assignee].into_iter().flatten());
    if let Some(unit) = request.unit_id.filter(|_| !request.personal) {
        let (today, then) = (local_day(&place, now), local_day(&place, request.created_at));
        seeing.extend(db::member::household(conn, community, unit, today, then).await?);
        let category = db::category::find(conn, community, progress.category).await?;
        if category.is_some_and(|category| category.building_fabric) {
            seeing.extend(db::member::owners_elsewhere(conn, community, unit, today, then).await?);
        }
    }
    Ok(followers.into_iter().filter(|member| seeing.contains(member)).collect())
}
