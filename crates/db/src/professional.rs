//! Who can be given work.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::community::{MemberStatus, ProfessionalStatus};
use domain::id::{CategoryId, CommunityId, MemberId, ZoneId};
use domain::service_request::RequestStatus;

use crate::schema::{categories, members, professional_zones, professionals, service_requests, zones};
use crate::{Conn, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = professionals, check_for_backend(diesel::pg::Pg))]
pub struct Professional {
    pub community_id: CommunityId,
    pub member_id: MemberId,
    pub status: ProfessionalStatus,
    /// Codes of categories.
    pub skills: Vec<String>,
}

#[derive(Debug, Clone, Copy, Queryable, Selectable, Insertable)]
#[diesel(table_name = professional_zones, check_for_backend(diesel::pg::Pg))]
pub struct CoveredZone {
    pub community_id: CommunityId,
    pub member_id: MemberId,
    pub zone_id: ZoneId,
}

/// A professional with what a dispatcher weighs.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub member_id: MemberId,
    pub display_name: String,
    pub skills: Vec<String>,
    /// Where they work; none means everywhere.
    pub zones: Vec<(ZoneId, String)>,
    /// Requests that are assigned to them and not finished.
    pub open_load: i64,
}

impl Candidate {
    pub fn covers(&self, zone: Option<ZoneId>) -> bool {
        self.zones.is_empty()
            || zone.is_none_or(|zone| self.zones.iter().any(|(covered, _)| *covered == zone))
    }
}

pub async fn insert_all(conn: &mut Conn, all: &[Professional], covered: &[CoveredZone]) -> Result<()> {
    diesel::insert_into(professionals::table).values(all).execute(conn).await?;
    diesel::insert_into(professional_zones::table).values(covered).execute(conn).await?;
    Ok(())
}

/// What a verified professional has the skills for.
pub async fn skilled_categories(
    conn: &mut Conn,
    community: CommunityId,
    member: MemberId,
) -> Result<Vec<CategoryId>> {
    let skills = professionals::table
        .filter(professionals::community_id.eq(community).and(professionals::member_id.eq(member)))
        .filter(professionals::status.eq(ProfessionalStatus::Verified))
        .select(professionals::skills)
        .first::<Vec<String>>(conn)
        .await
        .optional()?;
    Ok(categories::table
        .filter(categories::community_id.eq(community))
        .filter(categories::code.eq_any(skills.unwrap_or_default()))
        .select(categories::id)
        .load(conn)
        .await?)
}

/// Whether a member can be given work: verified as a professional, and active.
pub async fn is_active(conn: &mut Conn, community: CommunityId, member: MemberId) -> Result<bool> {
    let active = professionals::table
        .inner_join(
            members::table.on(members::community_id
                .eq(professionals::community_id)
                .and(members::id.eq(professionals::member_id))),
        )
        .filter(professionals::community_id.eq(community).and(members::id.eq(member)))
        .filter(
            professionals::status
                .eq(ProfessionalStatus::Verified)
                .and(members::status.eq(MemberStatus::Active)),
        );
    Ok(diesel::select(diesel::dsl::exists(active)).get_result(conn).await?)
}

/// The verified professionals among the active members, by name; only one of them if `only` is given.
pub async fn list(conn: &mut Conn, community: CommunityId, only: Option<MemberId>) -> Result<Vec<Candidate>> {
    let mut query = professionals::table
        .inner_join(
            members::table.on(members::community_id
                .eq(professionals::community_id)
                .and(members::id.eq(professionals::member_id))),
        )
        .filter(professionals::community_id.eq(community))
        .filter(
            professionals::status
                .eq(ProfessionalStatus::Verified)
                .and(members::status.eq(MemberStatus::Active)),
        )
        .order(members::display_name)
        .limit(500)
        .select((members::id, members::display_name, professionals::skills))
        .into_boxed();
    if let Some(only) = only {
        query = query.filter(members::id.eq(only));
    }
    let people: Vec<(MemberId, String, Vec<String>)> = query.load(conn).await?;
    let ids: Vec<MemberId> = people.iter().map(|(id, ..)| *id).collect();

    let covered: Vec<(MemberId, ZoneId, String)> = professional_zones::table
        .inner_join(
            zones::table.on(zones::community_id
                .eq(professional_zones::community_id)
                .and(zones::id.eq(professional_zones::zone_id))),
        )
        .filter(
            professional_zones::community_id.eq(community).and(professional_zones::member_id.eq_any(&ids)),
        )
        .order(zones::name)
        .select((professional_zones::member_id, zones::id, zones::name))
        .load(conn)
        .await?;
    let mut zones: HashMap<MemberId, Vec<(ZoneId, String)>> = HashMap::new();
    for (member, zone, name) in covered {
        zones.entry(member).or_default().push((zone, name));
    }
    let loads: Vec<(Option<MemberId>, i64)> = service_requests::table
        .filter(service_requests::community_id.eq(community).and(service_requests::assignee_id.eq_any(&ids)))
        .filter(service_requests::status.eq_any([
            RequestStatus::Assigned,
            RequestStatus::InProgress,
            RequestStatus::OnHold,
        ]))
        .group_by(service_requests::assignee_id)
        .select((service_requests::assignee_id, diesel::dsl::count_star()))
        .load(conn)
        .await?;
    let loads: HashMap<MemberId, i64> =
        loads.into_iter().filter_map(|(id, load)| Some((id?, load))).collect();
    Ok(people
        .into_iter()
        .map(|(member_id, display_name, skills)| Candidate {
            member_id,
            display_name,
            skills,
            zones: zones.remove(&member_id).unwrap_or_default(),
            open_load: loads.get(&member_id).copied().unwrap_or(0),
        })
        .collect())
}
