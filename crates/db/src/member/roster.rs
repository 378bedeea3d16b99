//! Members with everything that a list shows of them.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz};
use diesel_async::RunQueryDsl;
use domain::community::{MemberStatus, OccupancyKind};
use domain::id::{CommunityId, MemberId, UnitId};
use domain::role::Role;

use super::Member;
use crate::page::Keyset;
use crate::place::like_escaped;
use crate::schema::{member_roles, members, occupancies, units, users};
use crate::{Conn, Result};

/// A member with their roles, their units, and how they sign in.
#[derive(Debug, Clone)]
pub struct Listed {
    pub member: Member,
    pub roles: Vec<Role>,
    /// What they are tied to today, by number.
    pub ties: Vec<Tie>,
    /// Number of the unit that they named when they asked to join.
    pub claimed_unit: Option<String>,
    pub email: Option<String>,
    pub sign_in_name: Option<String>,
}

/// What ties somebody to a unit.
#[derive(Debug, Clone, Queryable)]
pub struct Tie {
    pub unit_id: UnitId,
    pub number: String,
    pub kind: OccupancyKind,
}

/// Which members to list; `None` means no condition.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub status: Option<MemberStatus>,
    pub role: Option<Role>,
    /// Part of the name, or of the number of a unit that they are tied to or named.
    pub text: Option<String>,
    /// Changed at this instant or later; then in the order of the changes.
    pub updated_from: Option<DateTime<Utc>>,
}

#[diesel::declare_sql_function]
extern "SQL" {
    fn coalesce(known: Nullable<Timestamptz>, otherwise: Timestamptz) -> Timestamptz;
}

/// In the order that the filter asks for, beginning after `after`; ties as they are on `day`.
pub async fn list(
    conn: &mut Conn,
    community: CommunityId,
    filter: &Filter,
    day: NaiveDate,
    after: Option<Keyset>,
    limit: i64,
) -> Result<Vec<Listed>> {
    let mut chosen = members::table.filter(members::community_id.eq(community)).into_boxed();
    if let Some(status) = filter.status {
        chosen = chosen.filter(members::status.eq(status));
    }
    if let Some(role) = filter.role {
        let holders = member_roles::table
            .filter(member_roles::community_id.eq(community).and(member_roles::role.eq(role)))
            .select(member_roles::member_id);
        chosen = chosen.filter(members::id.eq_any(holders));
    }
    if let Some(text) = &filter.text {
        let pattern = format!("%{}%", like_escaped(text));
        let named = units::table
            .filter(units::community_id.eq(community).and(units::number.ilike(pattern.clone())))
            .select(units::id);
        let tied = occupancies::table
            .filter(occupancies::community_id.eq(community).and(occupancies::unit_id.eq_any(named)))
            .filter(occupancies::from_date.le(day))
            .filter(occupancies::to_date.is_null().or(occupancies::to_date.ge(day)))
            .select(occupancies::member_id);
        let claimed = units::table
            .filter(units::community_id.eq(community).and(units::number.ilike(pattern.clone())))
            .select(units::id.nullable());
        chosen = chosen.filter(
            members::display_name.ilike(pattern).or(members::id.eq_any(tied)).or(members::status
                .eq(MemberStatus::Pending)
                .and(members::claimed_unit_id.eq_any(claimed))
                .is_not_distinct_from(true)),
        );
    }
    let after = after.map(|Keyset { created_at, id }| (created_at, MemberId(id)));
    let changed = coalesce(members::updated_at, members::created_at);
    chosen = match (filter.updated_from, after) {
        (None, None) => chosen,
        (None, Some((at, id))) => chosen
            .filter(members::created_at.le(at))
            .filter(members::created_at.lt(at).or(members::id.lt(id))),
        (Some(from), None) => chosen.filter(changed.ge(from)),
        (Some(_), Some((at, id))) => {
            chosen.filter(changed.ge(at)).filter(changed.gt(at).or(members::id.gt(id)))
        }
    };
    let chosen = match filter.updated_from {
        None => chosen.order((members::created_at.desc(), members::id.desc())),
        Some(_) => chosen.order((changed.asc(), members::id.asc())),
    };
    let ids: Vec<MemberId> = chosen.limit(limit).select(members::id).load(conn).await?;
    let mut rows = load(conn, community, &ids, day).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.member.id));
    Ok(rows)
}

pub async fn find(
    conn: &mut Conn,
    community: CommunityId,
    id: MemberId,
    day: NaiveDate,
) -> Result<Option<Listed>> {
    Ok(load(conn, community, &[id], day).await?.pop())
}

/// These members with their words, in no order: one query each for members, roles and ties.
async fn load(
    conn: &mut Conn,
    community: CommunityId,
    ids: &[MemberId],
    day: NaiveDate,
) -> Result<Vec<Listed>> {
    type Row = (Member, Option<String>, Option<String>, Option<String>);
    let rows: Vec<Row> = members::table
        .left_join(users::table.on(users::id.nullable().eq(members::user_id)))
        .left_join(
            units::table.on(units::community_id
                .eq(members::community_id)
                .and(units::id.nullable().eq(members::claimed_unit_id))),
        )
        .filter(members::community_id.eq(community).and(members::id.eq_any(ids)))
        .select((
            Member::as_select(),
            units::number.nullable(),
            users::email.nullable(),
            users::sign_in_name.nullable(),
        ))
        .load(conn)
        .await?;
    let held: Vec<(MemberId, Role)> = member_roles::table
        .filter(member_roles::community_id.eq(community).and(member_roles::member_id.eq_any(ids)))
        .select((member_roles::member_id, member_roles::role))
        .load(conn)
        .await?;
    let tied: Vec<(MemberId, Tie)> =
        occupancies::table
            .inner_join(units::table.on(
                units::community_id.eq(occupancies::community_id).and(units::id.eq(occupancies::unit_id)),
            ))
            .filter(occupancies::community_id.eq(community).and(occupancies::member_id.eq_any(ids)))
            .filter(occupancies::from_date.le(day))
            .filter(occupancies::to_date.is_null().or(occupancies::to_date.ge(day)))
            .order((units::number, occupancies::from_date))
            .select((occupancies::member_id, (units::id, units::number, occupancies::kind)))
            .load(conn)
            .await?;
    Ok(rows
        .into_iter()
        .map(|(member, claimed_unit, email, sign_in_name)| {
            let mut roles: Vec<Role> =
                held.iter().filter(|(id, _)| *id == member.id).map(|(_, role)| *role).collect();
            roles.sort_unstable();
            let ties = tied.iter().filter(|(id, _)| *id == member.id).map(|(_, tie)| tie.clone()).collect();
            Listed { member, roles, ties, claimed_unit, email, sign_in_name }
        })
        .collect())
}
