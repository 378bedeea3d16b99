//! Those who follow what is about their home without having asked to.

use chrono::{DateTime, NaiveDate, Utc};
use db::Conn;
use db::category::Category;
use db::community::Community;
use db::follower::Follower;
use db::service_request::ServiceRequest;
use domain::id::{MemberId, ServiceRequestId, UnitId};

use crate::app::local_day;

/// A request about a unit which is not personal.
#[derive(Debug, Clone, Copy)]
pub struct Home {
    pub request: ServiceRequestId,
    pub unit: UnitId,
    /// Whoever speaks for it hears of it anyway.
    pub speaker: Option<MemberId>,
    pub reported_at: DateTime<Utc>,
}

impl Home {
    /// The home that a request is about, if others than its reporter may know.
    pub fn of(request: &ServiceRequest) -> Option<Self> {
        let unit = request.unit_id.filter(|_| !request.personal)?;
        let speaker = request.reporters().first().copied();
        Some(Self { request: request.id, unit, speaker, reported_at: request.created_at })
    }

    fn since(self, community: &Community) -> NaiveDate {
        local_day(community, self.reported_at)
    }
}

/// Those who live in the unit follow what is reported about it; those who own it and live elsewhere, if it is about the
/// fabric of the building.
pub async fn follow(
    tx: &mut Conn,
    community: &Community,
    home: Home,
    category: &Category,
    now: DateTime<Utc>,
) -> db::Result<()> {
    let (day, since) = (local_day(community, now), home.since(community));
    let household = db::member::household(tx, community.id, home.unit, day, since).await?;
    enlist(tx, community, home, household, now).await?;
    follow_as_owners(tx, community, home, category, now).await
}

/// The owners alone: what became a matter of the fabric is theirs from now on. Those who live there have known it, and may
/// have stopped following.
pub async fn follow_as_owners(
    tx: &mut Conn,
    community: &Community,
    home: Home,
    category: &Category,
    now: DateTime<Utc>,
) -> db::Result<()> {
    if !category.building_fabric {
        return Ok(());
    }
    let (day, since) = (local_day(community, now), home.since(community));
    let owners = db::occupancy::owners_elsewhere(tx, community.id, home.unit, day, since).await?;
    enlist(tx, community, home, owners, now).await
}

async fn enlist(
    tx: &mut Conn,
    community: &Community,
    home: Home,
    members: Vec<MemberId>,
    now: DateTime<Utc>,
) -> db::Result<()> {
    let followers: Vec<Follower> = members
        .into_iter()
        .filter(|member| Some(*member) != home.speaker)
        .map(|member_id| Follower {
            community_id: community.id,
            request_id: home.request,
            member_id,
            merged_from: None,
            created_at: now,
        })
        .collect();
    db::follower::insert_all(tx, &followers).await
}
