//! Audiences in SQL: who is one of them, for one member and for all of a community at once.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use domain::audience::MemberFilter;
use domain::id::{CommunityId, MemberId, UnitId, UserId};
use uuid::Uuid;

use crate::schema::{units, zones};
use crate::{Conn, Result};

/// Somebody of an audience.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Taken {
    #[diesel(sql_type = SqlUuid)]
    pub member_id: MemberId,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub user_id: Option<UserId>,
    #[diesel(sql_type = Bool)]
    pub has_mail: bool,
    /// What makes them one of it; where the filter speaks of no unit, the one where they live.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub unit_id: Option<UnitId>,
}

/// Where a filter stands in a query: its lists, and the day for which it is asked, each as an expression.
pub(crate) struct Named<'a> {
    pub roles: &'a str,
    pub ties: &'a str,
    pub zone_ids: &'a str,
    pub unit_ids: &'a str,
    pub tags: &'a str,
    pub day: &'a str,
}

impl Named<'_> {
    /// Whether the row of `members` in hand is taken. The same as `domain::audience::MemberFilter::takes`, and a test holds
    /// both together.
    pub fn takes(&self) -> String {
        let Self { roles, ties, zone_ids, unit_ids, tags, day: _ } = self;
        let unit = self.unit("1");
        format!(
            "members.status = 'active' and (cardinality({roles}) = 0 or exists (select from member_roles where \
                member_roles.community_id = members.community_id and member_roles.member_id = members.id \
                and member_roles.role = any({roles}))) \
             and (cardinality({tags}) = 0 or members.tags && {tags}) \
             and (cardinality({ties}) + cardinality({zone_ids}) + cardinality({unit_ids}) = 0 or exists ({unit}))"
        )
    }

    /// Those of somebody's units of the day that the filter speaks of.
    fn unit(&self, what: &str) -> String {
        let Self { roles: _, ties, zone_ids, unit_ids, tags: _, day } = self;
        format!(
            "select {what} from occupancies join units on units.community_id = occupancies.community_id \
                and units.id = occupancies.unit_id \
             where occupancies.community_id = members.community_id and occupancies.member_id = members.id \
                and occupancies.from_date <= {day} \
                and (occupancies.to_date is null or occupancies.to_date >= {day}) \
                and (cardinality({ties}) = 0 or occupancies.kind = any({ties}) \
                    or occupancies.resides and 'resident' = any({ties})) \
                and (cardinality({zone_ids}) + cardinality({unit_ids}) = 0 or units.zone_id = any({zone_ids}) \
                    or units.id = any({unit_ids}))"
        )
    }

    /// The unit that made somebody one of the audience, as a subquery.
    fn why(&self) -> String {
        let units = self.unit("units.id");
        format!(
            "({units} order by occupancies.resides desc, occupancies.is_primary desc, units.number limit 1)"
        )
    }
}

/// As the functions below bind it, after the community.
const BOUND: Named<'static> =
    Named { roles: "$2", ties: "$3", zone_ids: "$4", unit_ids: "$5", tags: "$6", day: "$7" };

macro_rules! asked {
    ($sql:expr, $community:expr, $filter:expr, $day:expr) => {{
        let MemberFilter { roles, ties, zone_ids, unit_ids, tags } = $filter;
        diesel::sql_query($sql)
            .bind::<SqlUuid, _>($community)
            .bind::<Array<Text>, _>(roles)
            .bind::<Array<Text>, _>(ties)
            .bind::<Array<SqlUuid>, _>(zone_ids)
            .bind::<Array<SqlUuid>, _>(unit_ids)
            .bind::<Array<Text>, _>(tags)
            .bind::<Date, _>($day)
    }};
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    members: i64,
    #[diesel(sql_type = BigInt)]
    with_mail: i64,
}

/// How many who can sign in the filter takes on a day, and how many of them mail can be sent to.
pub async fn count(
    conn: &mut Conn,
    community: CommunityId,
    filter: &MemberFilter,
    day: NaiveDate,
) -> Result<(i64, i64)> {
    let sql = format!(
        "select count(*) as members, count(users.email) as with_mail from members \
         left join users on users.id = members.user_id where members.community_id = $1 and members.user_id is not null and {}",
        BOUND.takes()
    );
    let Counted { members, with_mail } = asked!(sql, community, filter, day).get_result(conn).await?;
    Ok((members, with_mail))
}

/// Whom of those who can sign in the filter takes on a day, those after a member, in the order of their ids.
pub async fn list(
    conn: &mut Conn,
    community: CommunityId,
    filter: &MemberFilter,
    day: NaiveDate,
    after: Option<MemberId>,
    limit: i64,
) -> Result<Vec<Taken>> {
    let sql = format!(
        "select members.id as member_id, members.user_id, users.email is not null as has_mail, {} as unit_id \
         from members left join users on users.id = members.user_id \
         where members.community_id = $1 and members.user_id is not null and {} and members.id > $8 order by members.id limit $9",
        BOUND.why(),
        BOUND.takes()
    );
    let after = after.map_or(Uuid::nil(), |after| after.0);
    let query = asked!(sql, community, filter, day).bind::<SqlUuid, _>(after).bind::<BigInt, _>(limit);
    Ok(query.load(conn).await?)
}

/// Whether the filter takes this member on a day, and because of which unit.
pub async fn find(
    conn: &mut Conn,
    community: CommunityId,
    filter: &MemberFilter,
    day: NaiveDate,
    member: MemberId,
) -> Result<Option<Taken>> {
    let sql = format!(
        "select members.id as member_id, members.user_id, users.email is not null as has_mail, {} as unit_id \
         from members left join users on users.id = members.user_id \
         where members.community_id = $1 and members.id = $8 and {}",
        BOUND.why(),
        BOUND.takes()
    );
    let query = asked!(sql, community, filter, day).bind::<SqlUuid, _>(member);
    Ok(query.get_result(conn).await.optional()?)
}

/// Which of its lists name something that the community does not have.
pub async fn unknown(
    conn: &mut Conn,
    community: CommunityId,
    filter: &MemberFilter,
) -> Result<Vec<&'static str>> {
    let mut unknown = Vec::new();
    let zones: i64 = zones::table
        .filter(zones::community_id.eq(community).and(zones::id.eq_any(&filter.zone_ids)))
        .count()
        .get_result(conn)
        .await?;
    if usize::try_from(zones).ok() != Some(filter.zone_ids.len()) {
        unknown.push("zone_ids");
    }
    let units: i64 = units::table
        .filter(units::community_id.eq(community).and(units::id.eq_any(&filter.unit_ids)))
        .count()
        .get_result(conn)
        .await?;
    if usize::try_from(units).ok() != Some(filter.unit_ids.len()) {
        unknown.push("unit_ids");
    }
    Ok(unknown)
}
