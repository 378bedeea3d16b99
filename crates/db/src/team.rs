//! Teams: named groups of professionals that work can be given to.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::community::{MemberStatus, ProfessionalStatus};
use domain::id::{CommunityId, MemberId, ServiceRequestId, TeamId, ZoneId};
use domain::service_request::{RequestStatus, Shift};

use crate::schema::{
    members, professionals, request_declines, service_requests, team_members, team_zones, teams, zones,
};
use crate::{Conn, Error, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = teams, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
pub struct Team {
    pub id: TeamId,
    pub community_id: CommunityId,
    pub name: String,
    pub shift: Shift,
    /// Codes of categories.
    pub skills: Vec<String>,
    pub archived_at: Option<DateTime<Utc>>,
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A team with who works in it and where.
#[derive(Debug, Clone)]
pub struct Listed {
    pub team: Team,
    /// With their names; whether they could be given work now.
    pub members: Vec<(MemberId, String, bool)>,
    /// None means everywhere.
    pub zones: Vec<(ZoneId, String)>,
    /// Requests that it was given and that nobody has finished.
    pub open_load: i64,
}

impl Listed {
    pub fn covers(&self, zone: Option<ZoneId>) -> bool {
        self.zones.is_empty()
            || zone.is_none_or(|zone| self.zones.iter().any(|(covered, _)| *covered == zone))
    }

    /// Whether anybody of it could do the work.
    pub fn is_staffed(&self) -> bool {
        self.members.iter().any(|(_, _, present)| *present)
    }
}

pub async fn insert(conn: &mut Conn, team: &Team) -> Result<()> {
    diesel::insert_into(teams::table).values(team).execute(conn).await?;
    Ok(())
}

/// Writes a team as it is now to be, under its next version. [`Error::Stale`] if somebody was faster.
pub async fn save(conn: &mut Conn, team: &Team, now: DateTime<Utc>) -> Result<()> {
    let next = Team { version: team.version + 1, updated_at: now, ..team.clone() };
    let saved = diesel::update(teams::table)
        .filter(teams::community_id.eq(team.community_id).and(teams::id.eq(team.id)))
        .filter(teams::version.eq(team.version))
        .set(&next)
        .execute(conn)
        .await?;
    if saved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Locks a team that is still there, until the transaction ends.
pub async fn lock(conn: &mut Conn, community: CommunityId, id: TeamId) -> Result<Team> {
    Ok(teams::table
        .filter(teams::community_id.eq(community).and(teams::id.eq(id)))
        .filter(teams::archived_at.is_null())
        .for_no_key_update()
        .select(Team::as_select())
        .first(conn)
        .await?)
}

/// These professionals and no others.
pub async fn set_members(
    conn: &mut Conn,
    community: CommunityId,
    team: TeamId,
    ids: &[MemberId],
) -> Result<()> {
    use team_members::dsl;
    diesel::delete(team_members::table.filter(dsl::community_id.eq(community).and(dsl::team_id.eq(team))))
        .execute(conn)
        .await?;
    let rows: Vec<_> = ids
        .iter()
        .map(|id| (dsl::community_id.eq(community), dsl::team_id.eq(team), dsl::member_id.eq(*id)))
        .collect();
    diesel::insert_into(team_members::table).values(rows).execute(conn).await?;
    Ok(())
}

/// These zones and no others.
pub async fn set_zones(conn: &mut Conn, community: CommunityId, team: TeamId, ids: &[ZoneId]) -> Result<()> {
    use team_zones::dsl;
    diesel::delete(team_zones::table.filter(dsl::community_id.eq(community).and(dsl::team_id.eq(team))))
        .execute(conn)
        .await?;
    let rows: Vec<_> = ids
        .iter()
        .map(|id| (dsl::community_id.eq(community), dsl::team_id.eq(team), dsl::zone_id.eq(*id)))
        .collect();
    diesel::insert_into(team_zones::table).values(rows).execute(conn).await?;
    Ok(())
}

/// The teams that are there, by name, at most 200; only one of them if `only` is given.
pub async fn list(conn: &mut Conn, community: CommunityId, only: Option<TeamId>) -> Result<Vec<Listed>> {
    let mut query = teams::table
        .filter(teams::community_id.eq(community).and(teams::archived_at.is_null()))
        .order((teams::name, teams::id))
        .limit(200)
        .select(Team::as_select())
        .into_boxed();
    if let Some(only) = only {
        query = query.filter(teams::id.eq(only));
    }
    let rows: Vec<Team> = query.load(conn).await?;
    let ids: Vec<TeamId> = rows.iter().map(|team| team.id).collect();

    let people: Vec<(TeamId, MemberId, String, MemberStatus, ProfessionalStatus)> = team_members::table
        .inner_join(members::table.on(
            members::community_id.eq(team_members::community_id).and(members::id.eq(team_members::member_id)),
        ))
        .inner_join(
            professionals::table.on(professionals::community_id
                .eq(team_members::community_id)
                .and(professionals::member_id.eq(team_members::member_id))),
        )
        .filter(team_members::community_id.eq(community).and(team_members::team_id.eq_any(&ids)))
        .order((members::display_name, members::id))
        .select((
            team_members::team_id,
            members::id,
            members::display_name,
            members::status,
            professionals::status,
        ))
        .load(conn)
        .await?;
    let mut by_team: HashMap<TeamId, Vec<(MemberId, String, bool)>> = HashMap::new();
    for (team, member, name, status, standing) in people {
        let present = status == MemberStatus::Active && standing == ProfessionalStatus::Verified;
        by_team.entry(team).or_default().push((member, name, present));
    }

    let covered: Vec<(TeamId, ZoneId, String)> = team_zones::table
        .inner_join(
            zones::table
                .on(zones::community_id.eq(team_zones::community_id).and(zones::id.eq(team_zones::zone_id))),
        )
        .filter(team_zones::community_id.eq(community).and(team_zones::team_id.eq_any(&ids)))
        .order(zones::name)
        .select((team_zones::team_id, zones::id, zones::name))
        .load(conn)
        .await?;
    let mut by_zone: HashMap<TeamId, Vec<(ZoneId, String)>> = HashMap::new();
    for (team, zone, name) in covered {
        by_zone.entry(team).or_default().push((zone, name));
    }

    let loads: Vec<(Option<TeamId>, i64)> = service_requests::table
        .filter(service_requests::community_id.eq(community).and(service_requests::team_id.eq_any(&ids)))
        .filter(service_requests::status.eq_any(WORK))
        .group_by(service_requests::team_id)
        .select((service_requests::team_id, diesel::dsl::count_star()))
        .load(conn)
        .await?;
    let loads: HashMap<TeamId, i64> = loads.into_iter().filter_map(|(id, load)| Some((id?, load))).collect();
    Ok(rows
        .into_iter()
        .map(|team| Listed {
            members: by_team.remove(&team.id).unwrap_or_default(),
            zones: by_zone.remove(&team.id).unwrap_or_default(),
            open_load: loads.get(&team.id).copied().unwrap_or(0),
            team,
        })
        .collect())
}

/// The states in which somebody has work to do.
const WORK: [RequestStatus; 3] = [RequestStatus::Assigned, RequestStatus::InProgress, RequestStatus::OnHold];

/// The teams that a professional works in.
pub async fn of_member(conn: &mut Conn, community: CommunityId, member: MemberId) -> Result<Vec<TeamId>> {
    Ok(team_members::table
        .inner_join(
            teams::table.on(teams::community_id
                .eq(team_members::community_id)
                .and(teams::id.eq(team_members::team_id))),
        )
        .filter(team_members::community_id.eq(community).and(team_members::member_id.eq(member)))
        .filter(teams::archived_at.is_null())
        .order(teams::id)
        .limit(200)
        .select(teams::id)
        .load(conn)
        .await?)
}

/// What somebody has to do and has not finished.
pub async fn work_of(
    conn: &mut Conn,
    community: CommunityId,
    member: MemberId,
) -> Result<Vec<ServiceRequestId>> {
    Ok(service_requests::table
        .filter(service_requests::community_id.eq(community).and(service_requests::assignee_id.eq(member)))
        .filter(service_requests::status.eq_any(WORK))
        .order(service_requests::id)
        .select(service_requests::id)
        .load(conn)
        .await?)
}

/// What a team was given and nobody has made theirs.
pub async fn untaken_work(
    conn: &mut Conn,
    community: CommunityId,
    team: TeamId,
) -> Result<Vec<ServiceRequestId>> {
    Ok(service_requests::table
        .filter(service_requests::community_id.eq(community).and(service_requests::team_id.eq(team)))
        .filter(service_requests::status.eq_any(WORK).and(service_requests::assignee_id.is_null()))
        .order(service_requests::id)
        .select(service_requests::id)
        .load(conn)
        .await?)
}

/// Notes that somebody has said no to a request.
pub async fn remember_decline(
    conn: &mut Conn,
    community: CommunityId,
    request: ServiceRequestId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<()> {
    use request_declines::dsl;
    diesel::insert_into(request_declines::table)
        .values((
            dsl::community_id.eq(community),
            dsl::request_id.eq(request),
            dsl::member_id.eq(member),
            dsl::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(())
}

/// Who has said no to a request.
pub async fn declined(
    conn: &mut Conn,
    community: CommunityId,
    request: ServiceRequestId,
) -> Result<Vec<MemberId>> {
    Ok(request_declines::table
        .filter(request_declines::community_id.eq(community).and(request_declines::request_id.eq(request)))
        .limit(1000)
        .select(request_declines::member_id)
        .load(conn)
        .await?)
}
