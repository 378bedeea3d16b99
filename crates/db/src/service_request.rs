//! Service requests as stored.

mod change;
pub mod list;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::{CategoryId, CommunityId, MemberId, ServiceRequestId, TeamId, UnitId, ZoneId};
use domain::role::{Permission, Rights};
use domain::service_request::decide::Progress;
use domain::service_request::{
    HoldReason, Priority, RejectReason, RequestChannel, RequestStatus, RequestVisibility, Urgency, number,
};

use crate::schema::{categories, members, service_requests, units, zones};
use crate::{Conn, Error, Result};

pub use change::{
    Besides, Edit, New, Rating, advance, edit, find_rating, insert, insert_history, rate, touch,
};

/// The columns that actions change.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = service_requests, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
pub struct Columns {
    status: RequestStatus,
    held_from: Option<RequestStatus>,
    hold_reason: Option<HoldReason>,
    hold_until: Option<DateTime<Utc>>,
    waiting_reporter: bool,
    category_id: CategoryId,
    priority: Priority,
    zone_id: Option<ZoneId>,
    assignee_id: Option<MemberId>,
    team_id: Option<TeamId>,
    accepted_at: Option<DateTime<Utc>>,
    arrived_at: Option<DateTime<Utc>>,
    started_at: Option<DateTime<Utc>>,
    first_response_at: Option<DateTime<Utc>>,
    resolved_at: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
    reject_reason: Option<RejectReason>,
    duplicate_of: Option<ServiceRequestId>,
    reopen_count: i32,
}

impl From<&Progress> for Columns {
    fn from(progress: &Progress) -> Self {
        Self {
            status: progress.status,
            held_from: progress.held_from,
            hold_reason: progress.hold_reason,
            hold_until: progress.hold_until,
            waiting_reporter: progress.waiting_reporter,
            category_id: progress.category,
            priority: progress.priority,
            zone_id: progress.zone,
            assignee_id: progress.assignee,
            team_id: progress.team,
            accepted_at: progress.accepted_at,
            arrived_at: progress.arrived_at,
            started_at: progress.started_at,
            first_response_at: progress.first_response_at,
            resolved_at: progress.resolved_at,
            closed_at: progress.closed_at,
            reject_reason: progress.reject_reason,
            duplicate_of: progress.duplicate_of,
            reopen_count: progress.reopen_count,
        }
    }
}

/// What those who handle a request add to it.
#[derive(Debug, Clone, Default, Queryable, Selectable, Insertable)]
#[diesel(table_name = service_requests, check_for_backend(diesel::pg::Pg))]
pub struct Handling {
    pub resolution_note: Option<String>,
    pub tags: Vec<String>,
    /// In the smallest unit of the community's currency.
    pub estimated_cost: Option<i64>,
    pub actual_cost: Option<i64>,
}

/// A request as stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = service_requests, check_for_backend(diesel::pg::Pg))]
pub struct ServiceRequest {
    pub id: ServiceRequestId,
    pub community_id: CommunityId,
    pub number: String,
    pub title: String,
    pub description: String,
    pub urgency: Urgency,
    pub unit_id: Option<UnitId>,
    pub lng: Option<f64>,
    pub lat: Option<f64>,
    pub address_hint: String,
    pub reporter_id: Option<MemberId>,
    pub beneficiary_id: Option<MemberId>,
    pub channel: RequestChannel,
    pub visibility: RequestVisibility,
    pub personal: bool,
    /// Only staff learn who reported it.
    pub name_hidden: bool,
    /// Somebody reported it without an account.
    #[diesel(select_expression = service_requests::secret_digest.is_not_null())]
    #[diesel(select_expression_type = diesel::dsl::IsNotNull<service_requests::secret_digest>)]
    pub anonymous: bool,
    #[diesel(embed)]
    pub handling: Handling,
    pub photos: i32,
    pub due_at: DateTime<Utc>,
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// When the community took it up: before, nobody else sees it. The database notes it.
    pub looked_at: Option<DateTime<Utc>>,
    #[diesel(embed)]
    columns: Columns,
}

impl ServiceRequest {
    pub fn progress(&self) -> Progress {
        let columns = &self.columns;
        Progress {
            status: columns.status,
            held_from: columns.held_from,
            hold_reason: columns.hold_reason,
            hold_until: columns.hold_until,
            waiting_reporter: columns.waiting_reporter,
            category: columns.category_id,
            priority: columns.priority,
            zone: columns.zone_id,
            assignee: columns.assignee_id,
            team: columns.team_id,
            accepted_at: columns.accepted_at,
            arrived_at: columns.arrived_at,
            started_at: columns.started_at,
            first_response_at: columns.first_response_at,
            resolved_at: columns.resolved_at,
            closed_at: columns.closed_at,
            reject_reason: columns.reject_reason,
            duplicate_of: columns.duplicate_of,
            reopen_count: columns.reopen_count,
        }
    }

    /// Who may speak for it as its reporter.
    pub fn reporters(&self) -> Vec<MemberId> {
        // Where somebody reported on behalf of another, the person named speaks for it.
        self.beneficiary_id.or(self.reporter_id).into_iter().collect()
    }
}

/// A request with the words that go with its ids.
#[derive(Debug, Clone)]
pub struct Listed {
    pub request: ServiceRequest,
    pub category: String,
    pub category_icon: String,
    pub zone: Option<String>,
    pub unit: Option<(String, Option<String>)>,
    pub reporter: Option<String>,
    pub assignee: Option<String>,
}

/// A unit where somebody lives. What was reported there before their time is not theirs to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Home {
    pub unit: UnitId,
    pub since: DateTime<Utc>,
}

impl Home {
    /// Whether something of this unit and this time is about their household.
    pub fn knows(&self, unit: UnitId, at: DateTime<Utc>) -> bool {
        self.unit == unit && self.since <= at
    }
}

/// What a caller may see of a community's requests.
#[derive(Debug, Clone)]
pub enum Sight {
    Everything,
    /// What anybody may read: public, and looked at by somebody of the community before.
    Public,
    /// What they reported, what is theirs to do or to take, what is about their household, and what the community
    /// may see.
    Own {
        member: MemberId,
        ties: Ties,
    },
}

/// What ties somebody to requests besides having reported them or having them to do.
#[derive(Debug, Clone, Default)]
pub struct Ties {
    pub household: Vec<Home>,
    /// What they own and do not live in: there they see what is about these categories, the fabric of the building.
    pub owned: Vec<Home>,
    pub fabric: Vec<CategoryId>,
    /// Teams that they work in.
    pub teams: Vec<TeamId>,
    /// Of these, triaged requests are theirs to take.
    pub claimable: Vec<CategoryId>,
}

impl Sight {
    /// What somebody with these rights sees.
    pub fn of(rights: Rights, member: MemberId, ties: Ties) -> Self {
        match rights.can(Permission::RequestsViewAll) {
            true => Sight::Everything,
            false => Sight::Own { member, ties },
        }
    }
}

/// The id or the number of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Id(ServiceRequestId),
    Number(String),
}

impl Key {
    /// What a path says; nothing where it can be neither.
    pub fn parse(text: &str) -> Option<Self> {
        if number::is_number(text) {
            return Some(Key::Number(text.to_owned()));
        }
        text.parse().ok().map(Key::Id)
    }
}

diesel::alias!(members as reporters: Reporters, members as assignees: Assignees);

type Condition = Box<
    dyn BoxableExpression<
            service_requests::table,
            diesel::pg::Pg,
            SqlType = diesel::sql_types::Nullable<diesel::sql_types::Bool>,
        >,
>;

fn visible(sight: &Sight) -> Option<Condition> {
    use service_requests::dsl;
    let (member, ties) = match sight {
        Sight::Everything => return None,
        Sight::Public => {
            let public = dsl::visibility
                .eq(RequestVisibility::Public)
                .and(dsl::personal.eq(false))
                .and(dsl::status.eq_any(PUBLISHED));
            return Some(Box::new(public.and(dsl::looked_at.is_not_null()).nullable()));
        }
        Sight::Own { member, ties } => (member, ties),
    };
    let shared = dsl::visibility
        .ne(RequestVisibility::Private)
        .and(dsl::personal.eq(false))
        .and(dsl::looked_at.is_not_null())
        .and(dsl::status.ne_all([RequestStatus::New, RequestStatus::Rejected]));
    let free = dsl::category_id.eq_any(ties.claimable.clone()).and(dsl::status.eq(RequestStatus::Triaged));
    let seen: Condition = Box::new(near(*member, ties).or(shared.nullable()).or(free.nullable()));
    Some(match ties.teams.is_empty() {
        true => seen,
        false => Box::new(seen.or(dsl::team_id.eq_any(ties.teams.clone()))),
    })
}

/// What is about somebody: what they reported or have to do, their household, and what they own.
fn near(member: MemberId, ties: &Ties) -> Condition {
    use service_requests::dsl;
    let Ties { household, owned, fabric, teams: _, claimable: _ } = ties;
    let mine = dsl::reporter_id.eq(member).or(dsl::beneficiary_id.eq(member)).or(dsl::assignee_id.eq(member));
    let mut seen: Condition = Box::new(mine);
    for home in household {
        let ours = dsl::unit_id.eq(home.unit).and(dsl::created_at.ge(home.since));
        seen = Box::new(seen.or(ours.and(dsl::personal.eq(false))));
    }
    for home in owned.iter().filter(|_| !fabric.is_empty()) {
        let theirs = dsl::unit_id.eq(home.unit).and(dsl::created_at.ge(home.since));
        let of_fabric = dsl::category_id.eq_any(fabric.clone()).and(dsl::personal.eq(false));
        seen = Box::new(seen.or(theirs.and(of_fabric)));
    }
    seen
}

/// The states in which what is public is on public pages.
const PUBLISHED: [RequestStatus; 6] = [
    RequestStatus::Triaged,
    RequestStatus::Assigned,
    RequestStatus::InProgress,
    RequestStatus::OnHold,
    RequestStatus::Resolved,
    RequestStatus::Closed,
];

/// What decides who sees a request.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = service_requests, check_for_backend(diesel::pg::Pg))]
pub struct Seen {
    pub id: ServiceRequestId,
    pub status: RequestStatus,
    pub looked_at: Option<DateTime<Utc>>,
    pub visibility: RequestVisibility,
    pub personal: bool,
    pub category_id: CategoryId,
    pub unit_id: Option<UnitId>,
    pub reporter_id: Option<MemberId>,
    pub beneficiary_id: Option<MemberId>,
    pub assignee_id: Option<MemberId>,
    pub team_id: Option<TeamId>,
    pub created_at: DateTime<Utc>,
}

impl Seen {
    pub fn of(request: &ServiceRequest) -> Self {
        Self {
            id: request.id,
            status: request.columns.status,
            looked_at: request.looked_at,
            visibility: request.visibility,
            personal: request.personal,
            category_id: request.columns.category_id,
            unit_id: request.unit_id,
            reporter_id: request.reporter_id,
            beneficiary_id: request.beneficiary_id,
            assignee_id: request.columns.assignee_id,
            team_id: request.columns.team_id,
            created_at: request.created_at,
        }
    }
}

/// The same as `visible`, for a request in hand: what is told to many is not asked of the database for each of them. A
/// test holds the two against each other.
pub fn sees(sight: &Sight, it: &Seen) -> bool {
    let (member, ties) = match sight {
        Sight::Everything => return true,
        Sight::Public => {
            let public = it.visibility == RequestVisibility::Public && !it.personal;
            return public && PUBLISHED.contains(&it.status) && it.looked_at.is_some();
        }
        Sight::Own { member, ties } => (member, ties),
    };
    let Ties { household, owned, fabric, teams, claimable } = ties;
    let is_mine = [it.reporter_id, it.beneficiary_id, it.assignee_id].contains(&Some(*member));
    let is_shared = it.visibility != RequestVisibility::Private
        && !it.personal
        && it.looked_at.is_some()
        && ![RequestStatus::New, RequestStatus::Rejected].contains(&it.status);
    let is_free = it.status == RequestStatus::Triaged && claimable.contains(&it.category_id);
    let is_ours = |home: &Home| it.unit_id == Some(home.unit) && it.created_at >= home.since && !it.personal;
    let is_theirs = it.team_id.is_some_and(|team| teams.contains(&team));
    let of_fabric = fabric.contains(&it.category_id) && owned.iter().any(is_ours);
    is_mine || is_shared || is_free || is_theirs || of_fabric || household.iter().any(is_ours)
}

/// One request that the caller may see, with its words.
pub async fn find(
    conn: &mut Conn,
    community: CommunityId,
    sight: &Sight,
    key: &Key,
) -> Result<Option<Listed>> {
    let Some(id) = find_id(conn, community, sight, key).await? else { return Ok(None) };
    Ok(load(conn, community, &[id]).await?.pop())
}

/// Whether somebody with this sight sees a request.
pub async fn is_seen(
    conn: &mut Conn,
    community: CommunityId,
    sight: &Sight,
    id: ServiceRequestId,
) -> Result<bool> {
    Ok(find_id(conn, community, sight, &Key::Id(id)).await?.is_some())
}

/// The id of a request that the caller may see.
pub async fn find_id(
    conn: &mut Conn,
    community: CommunityId,
    sight: &Sight,
    key: &Key,
) -> Result<Option<ServiceRequestId>> {
    use service_requests::dsl;
    let mut query =
        service_requests::table.filter(dsl::community_id.eq(community)).select(dsl::id).into_boxed();
    query = match key {
        Key::Id(id) => query.filter(dsl::id.eq(*id)),
        Key::Number(number) => query.filter(dsl::number.eq(number.clone())),
    };
    if let Some(condition) = visible(sight) {
        query = query.filter(condition);
    }
    Ok(query.first(conn).await.optional()?)
}

/// The report that a secret belongs to.
pub async fn find_by_secret(
    conn: &mut Conn,
    community: CommunityId,
    secret_digest: &[u8],
) -> Result<Option<ServiceRequestId>> {
    use service_requests::dsl;
    Ok(service_requests::table
        .filter(dsl::community_id.eq(community).and(dsl::secret_digest.eq(secret_digest)))
        .select(dsl::id)
        .first(conn)
        .await
        .optional()?)
}

/// These requests in this community with their words, in no order.
async fn load(conn: &mut Conn, community: CommunityId, ids: &[ServiceRequestId]) -> Result<Vec<Listed>> {
    use service_requests::dsl;
    type Row = (
        ServiceRequest,
        (String, String),
        Option<String>,
        Option<(String, Option<String>)>,
        Option<String>,
        Option<String>,
    );
    let rows: Vec<Row> = service_requests::table
        .inner_join(
            categories::table
                .on(categories::community_id.eq(dsl::community_id).and(categories::id.eq(dsl::category_id))),
        )
        .left_join(
            zones::table
                .on(zones::community_id.eq(dsl::community_id).and(zones::id.nullable().eq(dsl::zone_id))),
        )
        .left_join(
            units::table
                .on(units::community_id.eq(dsl::community_id).and(units::id.nullable().eq(dsl::unit_id))),
        )
        .left_join(
            reporters.on(reporters
                .field(members::community_id)
                .eq(dsl::community_id)
                .and(reporters.field(members::id).nullable().eq(dsl::reporter_id))),
        )
        .left_join(
            assignees.on(assignees
                .field(members::community_id)
                .eq(dsl::community_id)
                .and(assignees.field(members::id).nullable().eq(dsl::assignee_id))),
        )
        .filter(dsl::community_id.eq(community).and(dsl::id.eq_any(ids)))
        .select((
            ServiceRequest::as_select(),
            (categories::name, categories::icon),
            zones::name.nullable(),
            (units::number, units::street).nullable(),
            reporters.field(members::display_name).nullable(),
            assignees.field(members::display_name).nullable(),
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(request, (category, category_icon), zone, unit, reporter, assignee)| Listed {
            request,
            category,
            category_icon,
            zone,
            unit,
            reporter,
            assignee,
        })
        .collect())
}

/// Locks one request that the caller may see, until the transaction ends.
pub async fn lock(
    conn: &mut Conn,
    community: CommunityId,
    sight: &Sight,
    key: &Key,
) -> Result<ServiceRequest> {
    use service_requests::dsl;
    let id = find_id(conn, community, sight, key).await?.ok_or(Error::NotFound)?;
    Ok(service_requests::table
        .filter(dsl::community_id.eq(community).and(dsl::id.eq(id)))
        // Rows that point at it may be written meanwhile: they change nothing of it.
        .for_no_key_update()
        .select(ServiceRequest::as_select())
        .first(conn)
        .await?)
}

/// Locks two requests at once, in the order of their ids, so that two who name each other do not wait for each other.
/// The second is none where there is no such request that the caller may see.
pub async fn lock_two(
    conn: &mut Conn,
    community: CommunityId,
    sight: &Sight,
    key: &Key,
    other: ServiceRequestId,
) -> Result<(ServiceRequest, Option<ServiceRequest>)> {
    use service_requests::dsl;
    let id = find_id(conn, community, sight, key).await?.ok_or(Error::NotFound)?;
    let seen = find_id(conn, community, sight, &Key::Id(other)).await?;
    let rows: Vec<ServiceRequest> = service_requests::table
        .filter(dsl::community_id.eq(community).and(dsl::id.eq_any([Some(id), seen].into_iter().flatten())))
        .order(dsl::id)
        .for_no_key_update()
        .select(ServiceRequest::as_select())
        .load(conn)
        .await?;
    let one = |wanted: ServiceRequestId| rows.iter().find(|row| row.id == wanted).cloned();
    Ok((one(id).ok_or(Error::NotFound)?, seen.and_then(one)))
}

/// The number and the state of a request, whoever asks: for those who see another that was merged into it.
pub async fn standing(
    conn: &mut Conn,
    community: CommunityId,
    id: ServiceRequestId,
) -> Result<(String, RequestStatus)> {
    use service_requests::dsl;
    Ok(service_requests::table
        .filter(dsl::community_id.eq(community).and(dsl::id.eq(id)))
        .select((dsl::number, dsl::status))
        .first(conn)
        .await?)
}

/// The numbers and states of several.
pub async fn standings(
    conn: &mut Conn,
    community: CommunityId,
    ids: &[ServiceRequestId],
) -> Result<Vec<(ServiceRequestId, String, RequestStatus)>> {
    use service_requests::dsl;
    Ok(service_requests::table
        .filter(dsl::community_id.eq(community).and(dsl::id.eq_any(ids)))
        .select((dsl::id, dsl::number, dsl::status))
        .load(conn)
        .await?)
}

/// What was merged into a request, as far as the caller may see it: the oldest first, at most 50.
pub async fn duplicates(
    conn: &mut Conn,
    community: CommunityId,
    sight: &Sight,
    master: ServiceRequestId,
) -> Result<Vec<Listed>> {
    use service_requests::dsl;
    let mut query = service_requests::table
        .filter(dsl::community_id.eq(community).and(dsl::duplicate_of.eq(master)))
        .order((dsl::created_at, dsl::id))
        .limit(50)
        .select(dsl::id)
        .into_boxed();
    if let Some(condition) = visible(sight) {
        query = query.filter(condition);
    }
    let ids: Vec<ServiceRequestId> = query.load(conn).await?;
    let mut rows = load(conn, community, &ids).await?;
    rows.sort_by_key(|row| (row.request.created_at, row.request.id));
    Ok(rows)
}

/// What was merged into any of these.
pub async fn merged_into(
    conn: &mut Conn,
    community: CommunityId,
    masters: &[ServiceRequestId],
) -> Result<Vec<ServiceRequestId>> {
    use service_requests::dsl;
    Ok(service_requests::table
        .filter(dsl::community_id.eq(community).and(dsl::duplicate_of.eq_any(masters)))
        .order(dsl::id)
        .select(dsl::id)
        .load(conn)
        .await?)
}
