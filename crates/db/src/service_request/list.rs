//! Which requests somebody looks at, and in which order.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types;
use diesel_async::RunQueryDsl;
use domain::id::{CategoryId, CommunityId, MemberId, ServiceRequestId, TeamId, UnitId, ZoneId};
use domain::service_request::{Priority, RequestSort, RequestStatus};
use serde::{Deserialize, Serialize};

use super::{Listed, Sight, load, near, visible};
use crate::schema::{categories, request_followers, service_requests};
use crate::{Conn, Result};

/// Which requests to list; `None`, `false` and empty mean no condition. All that is given must hold.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub statuses: Vec<RequestStatus>,
    /// Of this category or of one below it.
    pub category: Option<CategoryId>,
    pub priorities: Vec<Priority>,
    pub zone: Option<ZoneId>,
    pub unit: Option<UnitId>,
    pub assignee: Option<MemberId>,
    pub team: Option<TeamId>,
    /// Given to one of these teams, and nobody of it has taken it.
    pub untaken_of: Option<Vec<TeamId>>,
    /// Reported by or for them.
    pub reporter: Option<MemberId>,
    pub follower: Option<MemberId>,
    /// Open, and given to nobody.
    pub unassigned: bool,
    /// Open and due before this instant.
    pub overdue_at: Option<DateTime<Utc>>,
    pub with_photos: bool,
    pub tag: Option<String>,
    /// Reported in `[from, before)`.
    pub reported_from: Option<DateTime<Utc>>,
    pub reported_before: Option<DateTime<Utc>>,
    pub words: Option<Words>,
    pub order: Order,
}

/// What is searched for, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub typed: String,
    /// Also in what is said among staff.
    pub everywhere: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    By(RequestSort),
    /// What changed at or after this instant, in the order of the changes.
    ChangedSince(DateTime<Utc>),
}

impl Default for Order {
    fn default() -> Self {
        Order::By(RequestSort::Newest)
    }
}

/// Where a page begins: what the order goes by, of the last row of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub at: DateTime<Utc>,
    pub id: ServiceRequestId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
}

impl Position {
    pub fn of(row: &Listed, order: Order) -> Self {
        let request = &row.request;
        let (at, priority) = match order {
            Order::By(RequestSort::Newest | RequestSort::Oldest) => (request.created_at, None),
            Order::By(RequestSort::Priority) => (request.created_at, Some(request.columns.priority)),
            Order::By(RequestSort::Due) => (request.due_at, None),
            Order::By(RequestSort::Updated) | Order::ChangedSince(_) => (request.updated_at, None),
        };
        Self { at, id: request.id, priority }
    }
}

type Boxed<'a> = service_requests::BoxedQuery<'a, diesel::pg::Pg>;

/// In the order that the filter asks for, beginning after `after`.
pub async fn list(
    conn: &mut Conn,
    community: CommunityId,
    sight: &Sight,
    filter: &Filter,
    after: Option<Position>,
    limit: i64,
) -> Result<Vec<Listed>> {
    // The page is chosen from the one table first; only its rows are joined.
    let chosen = ordered(chosen(community, sight, filter), filter.order, after);
    let ids: Vec<ServiceRequestId> = chosen.limit(limit).select(service_requests::id).load(conn).await?;
    let mut rows = load(conn, community, &ids).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.request.id));
    Ok(rows)
}

/// How many there are; nobody counts further than `at_most`.
pub async fn count(
    conn: &mut Conn,
    community: CommunityId,
    sight: &Sight,
    filter: &Filter,
    at_most: i64,
) -> Result<i64> {
    let some = chosen(community, sight, filter).limit(at_most).select(service_requests::id);
    let ids: Vec<ServiceRequestId> = some.load(conn).await?;
    Ok(i64::try_from(ids.len()).unwrap_or(at_most))
}

/// Everything in the community that the caller may see and that meets the filter.
fn chosen<'a>(community: CommunityId, sight: &Sight, filter: &Filter) -> Boxed<'a> {
    use service_requests::dsl;
    let mut chosen = service_requests::table.filter(dsl::community_id.eq(community)).into_boxed();
    if let Some(condition) = visible(sight) {
        chosen = chosen.filter(condition);
    }
    if !filter.statuses.is_empty() {
        chosen = chosen.filter(dsl::status.eq_any(filter.statuses.clone()));
    }
    if let Some(category) = filter.category {
        let below = categories::table
            .filter(categories::community_id.eq(community))
            .filter(
                categories::id.eq(category).or(categories::parent_id.is_not_distinct_from(Some(category))),
            )
            .select(categories::id);
        chosen = chosen.filter(dsl::category_id.eq_any(below));
    }
    if !filter.priorities.is_empty() {
        chosen = chosen.filter(dsl::priority.eq_any(filter.priorities.clone()));
    }
    if let Some(zone) = filter.zone {
        chosen = chosen.filter(dsl::zone_id.eq(zone));
    }
    if let Some(unit) = filter.unit {
        chosen = chosen.filter(dsl::unit_id.eq(unit));
        // Where something is that everybody may see is not for everybody, and not to be found out by asking for it.
        chosen = match sight {
            Sight::Everything => chosen,
            Sight::Own { member, ties } => chosen.filter(near(*member, ties)),
            Sight::Public => chosen.filter(sql::<sql_types::Bool>("false")),
        };
    }
    if let Some(assignee) = filter.assignee {
        chosen = chosen.filter(dsl::assignee_id.eq(assignee));
    }
    if let Some(team) = filter.team {
        chosen = chosen.filter(dsl::team_id.eq(team));
    }
    if let Some(teams) = &filter.untaken_of {
        let untaken = dsl::team_id.eq_any(teams.clone()).and(dsl::assignee_id.is_null());
        chosen = chosen.filter(untaken.and(dsl::status.eq(RequestStatus::Assigned)));
    }
    if let Some(reporter) = filter.reporter {
        chosen = chosen.filter(dsl::reporter_id.eq(reporter).or(dsl::beneficiary_id.eq(reporter)));
    }
    if let Some(follower) = filter.follower {
        let followed = request_followers::table
            .filter(request_followers::community_id.eq(community))
            .filter(request_followers::member_id.eq(follower))
            .select(request_followers::request_id);
        chosen = chosen.filter(dsl::id.eq_any(followed));
    }
    if filter.unassigned {
        let nobody = dsl::assignee_id.is_null().and(dsl::team_id.is_null());
        chosen = chosen.filter(nobody.and(dsl::status.eq_any(open())));
    }
    if let Some(instant) = filter.overdue_at {
        chosen = chosen.filter(dsl::due_at.lt(instant).and(dsl::status.eq_any(open())));
    }
    if filter.with_photos {
        chosen = chosen.filter(dsl::photos.gt(0));
    }
    if let Some(tag) = &filter.tag {
        chosen = chosen.filter(dsl::tags.contains(vec![tag.clone()]));
    }
    if let Some(from) = filter.reported_from {
        chosen = chosen.filter(dsl::created_at.ge(from));
    }
    if let Some(before) = filter.reported_before {
        chosen = chosen.filter(dsl::created_at.lt(before));
    }
    if let Some(Words { typed, everywhere }) = &filter.words {
        let readable = match everywhere {
            true => " and everything @@ search_query(",
            false => " and shared @@ search_query(",
        };
        let found = sql::<sql_types::Bool>(
            "service_requests.id in (select request_id from request_search where community_id = ",
        )
        .bind::<sql_types::Uuid, _>(community)
        .sql(readable)
        .bind::<sql_types::Text, _>(typed.clone())
        .sql("))");
        chosen = chosen.filter(found);
    }
    match filter.order {
        Order::ChangedSince(instant) => chosen.filter(dsl::updated_at.ge(instant)),
        Order::By(_) => chosen,
    }
}

/// Puts the rows in order, those after `after`. The first comparison of each lets an index begin where the page does.
fn ordered<'a>(chosen: Boxed<'a>, order: Order, after: Option<Position>) -> Boxed<'a> {
    use service_requests::dsl;
    match (order, after) {
        (Order::By(RequestSort::Newest), None) => chosen.order((dsl::created_at.desc(), dsl::id.desc())),
        (Order::By(RequestSort::Newest), Some(Position { at, id, .. })) => chosen
            .filter(dsl::created_at.le(at).and(dsl::created_at.lt(at).or(dsl::id.lt(id))))
            .order((dsl::created_at.desc(), dsl::id.desc())),
        (Order::By(RequestSort::Oldest), None) => chosen.order((dsl::created_at.asc(), dsl::id.asc())),
        (Order::By(RequestSort::Oldest), Some(Position { at, id, .. })) => chosen
            .filter(dsl::created_at.ge(at).and(dsl::created_at.gt(at).or(dsl::id.gt(id))))
            .order((dsl::created_at.asc(), dsl::id.asc())),
        (Order::By(RequestSort::Due), None) => chosen.order((dsl::due_at.asc(), dsl::id.asc())),
        (Order::By(RequestSort::Due), Some(Position { at, id, .. })) => chosen
            .filter(dsl::due_at.ge(at).and(dsl::due_at.gt(at).or(dsl::id.gt(id))))
            .order((dsl::due_at.asc(), dsl::id.asc())),
        (Order::By(RequestSort::Updated), None) => chosen.order((dsl::updated_at.desc(), dsl::id.desc())),
        (Order::By(RequestSort::Updated), Some(Position { at, id, .. })) => chosen
            .filter(dsl::updated_at.le(at).and(dsl::updated_at.lt(at).or(dsl::id.lt(id))))
            .order((dsl::updated_at.desc(), dsl::id.desc())),
        (Order::ChangedSince(_), None) => chosen.order((dsl::updated_at.asc(), dsl::id.asc())),
        (Order::ChangedSince(_), Some(Position { at, id, .. })) => chosen
            .filter(dsl::updated_at.ge(at).and(dsl::updated_at.gt(at).or(dsl::id.gt(id))))
            .order((dsl::updated_at.asc(), dsl::id.asc())),
        (Order::By(RequestSort::Priority), None) => {
            chosen.order((dsl::priority.asc(), dsl::created_at.desc(), dsl::id.desc()))
        }
        (Order::By(RequestSort::Priority), Some(Position { at, id, priority })) => {
            let priority = priority.unwrap_or(Priority::P1);
            let newer = dsl::created_at.lt(at).or(dsl::created_at.eq(at).and(dsl::id.lt(id)));
            chosen.filter(dsl::priority.ge(priority).and(dsl::priority.gt(priority).or(newer))).order((
                dsl::priority.asc(),
                dsl::created_at.desc(),
                dsl::id.desc(),
            ))
        }
    }
}

fn open() -> Vec<RequestStatus> {
    RequestStatus::ALL.iter().copied().filter(|status| status.is_open()).collect()
}
