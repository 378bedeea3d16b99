//! What merging, unmerging and closing mean for the other requests that are tied to one.

use chrono::{DateTime, Utc};
use db::Conn;
use db::service_request::ServiceRequest;
use db::timeline::Entry;
use domain::event::Event;
use domain::id::{CommunityId, MemberId, ServiceRequestId};
use domain::service_request::decide::Progress;
use domain::service_request::{Milestone, RequestStatus};

use crate::app::Actor;
use crate::http::error::Result;

/// How long a chain of duplicates of duplicates is followed.
const DEPTH_MAX: usize = 20;

/// Tells the requests around one what became of it. The rows of the others are not changed, so nothing waits for their
/// locks.
pub async fn follow_up(
    tx: &mut Conn,
    request: &ServiceRequest,
    next: &Progress,
    reporters: &[MemberId],
    actor: Option<&Actor>,
    now: DateTime<Utc>,
) -> Result<()> {
    let (community, before) = (request.community_id, request.progress());
    if before.duplicate_of != next.duplicate_of {
        if let Some(master) = before.duplicate_of {
            db::follower::take_back(tx, community, request.id).await?;
            tell(tx, community, master, Milestone::Parted, &request.number, actor, now).await?;
        }
        if let Some(master) = next.duplicate_of {
            db::follower::bring(tx, community, request.id, reporters, master, now).await?;
            tell(tx, community, master, Milestone::Joined, &request.number, actor, now).await?;
        }
    }
    if next.status == RequestStatus::Closed && before.status != RequestStatus::Closed {
        let mut level = vec![request.id];
        for _ in 0..DEPTH_MAX {
            level = db::service_request::merged_into(tx, community, &level).await?;
            for duplicate in &level {
                tell(tx, community, *duplicate, Milestone::MasterClosed, &request.number, actor, now).await?;
            }
            if level.is_empty() {
                break;
            }
        }
    }
    Ok(())
}

/// A line in the story of another request, and its event.
async fn tell(
    tx: &mut Conn,
    community: CommunityId,
    id: ServiceRequestId,
    milestone: Milestone,
    number: &str,
    actor: Option<&Actor>,
    now: DateTime<Utc>,
) -> Result<()> {
    let (_, status) = db::service_request::standing(tx, community, id).await?;
    let plain = Entry::plain(community, id, milestone.to_string(), status, now);
    let entry = Entry {
        actor_id: actor.map(|actor| actor.member_id),
        actor_name: actor.map(|actor| actor.name.clone()),
        to_value: Some(number.to_owned()),
        ..plain
    };
    db::timeline::record(tx, &[entry]).await?;
    let event = Event::of_milestone(milestone);
    let actor = actor.map(|actor| actor.member_id);
    let event = db::outbox::Event::of_request(event, community, id, actor, now);
    db::outbox::enqueue(tx, &event).await?;
    Ok(())
}
