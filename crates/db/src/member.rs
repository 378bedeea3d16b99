//! Membership: who somebody is in a community.

mod roster;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::community::{MemberStatus, OccupancyKind};
use domain::id::{CommunityId, MemberId, UnitId, UserId};
use domain::role::Role;

use crate::community::Community;
use crate::schema::{communities, member_roles, members, occupancies, users};
use crate::{Conn, Error, Result};

pub use roster::{Filter, Listed, Tie, find, list};

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = members, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
pub struct Member {
    pub id: MemberId,
    pub community_id: CommunityId,
    pub user_id: Option<UserId>,
    pub display_name: String,
    pub status: MemberStatus,
    pub created_at: DateTime<Utc>,
    pub version: i32,
    /// None only in rows of a server that did not know it yet.
    pub updated_at: Option<DateTime<Utc>>,
    /// What they said who asked to join.
    pub claimed_unit_id: Option<UnitId>,
    pub claimed_tie: Option<OccupancyKind>,
    pub note: String,
    /// Why they were rejected, suspended or archived.
    pub reason: Option<String>,
    pub decided_by: Option<MemberId>,
    pub decided_at: Option<DateTime<Utc>>,
    /// By which audiences find them.
    pub tags: Vec<String>,
}

impl Member {
    pub fn new(
        id: MemberId,
        community_id: CommunityId,
        user_id: Option<UserId>,
        display_name: String,
        status: MemberStatus,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            community_id,
            user_id,
            display_name,
            status,
            created_at: now,
            version: 1,
            updated_at: Some(now),
            claimed_unit_id: None,
            claimed_tie: None,
            note: String::new(),
            reason: None,
            decided_by: None,
            decided_at: None,
            tags: Vec::new(),
        }
    }

    pub fn changed_at(&self) -> DateTime<Utc> {
        self.updated_at.unwrap_or(self.created_at)
    }
}

#[derive(Debug, Clone, Copy, Insertable)]
#[diesel(table_name = member_roles)]
pub struct NewRole {
    pub community_id: CommunityId,
    pub member_id: MemberId,
    pub role: Role,
}

/// A second membership of the same user is [`Error::Conflict`] on `members_community_id_user_id_key`.
pub async fn insert(conn: &mut Conn, member: &Member, roles: &[Role]) -> Result<()> {
    diesel::insert_into(members::table).values(member).execute(conn).await?;
    add_roles(conn, member.community_id, member.id, roles).await
}

async fn add_roles(conn: &mut Conn, community_id: CommunityId, id: MemberId, roles: &[Role]) -> Result<()> {
    let roles: Vec<NewRole> =
        roles.iter().map(|role| NewRole { community_id, member_id: id, role: *role }).collect();
    diesel::insert_into(member_roles::table).values(roles).execute(conn).await?;
    Ok(())
}

/// Writes a membership as it is now to be, under its next version. [`Error::Stale`] if somebody was faster, whatever
/// lock was taken or forgotten.
pub async fn save(conn: &mut Conn, member: &Member, now: DateTime<Utc>) -> Result<()> {
    let next = Member { version: member.version + 1, updated_at: Some(now), ..member.clone() };
    let saved = diesel::update(members::table)
        .filter(members::community_id.eq(member.community_id).and(members::id.eq(member.id)))
        .filter(members::version.eq(member.version))
        .set(&next)
        .execute(conn)
        .await?;
    if saved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// These roles and no others.
pub async fn replace_roles(
    conn: &mut Conn,
    community: CommunityId,
    id: MemberId,
    roles: &[Role],
) -> Result<()> {
    diesel::delete(member_roles::table)
        .filter(member_roles::community_id.eq(community).and(member_roles::member_id.eq(id)))
        .execute(conn)
        .await?;
    add_roles(conn, community, id, roles).await
}

/// One change of the memberships of a community at a time, until the transaction ends: so the count of its admins, and
/// the rights of whoever decides, are what they seem. A lock on the admins' own rows would not hold for those who become
/// admins meanwhile.
pub async fn lock_all(conn: &mut Conn, community: CommunityId) -> Result<()> {
    communities::table
        .find(community)
        .for_no_key_update()
        .select(communities::id)
        .first::<CommunityId>(conn)
        .await?;
    Ok(())
}

/// The active membership of a user in the community with this slug or id.
pub async fn find_access(
    conn: &mut Conn,
    user: UserId,
    community: &str,
) -> Result<Option<(Community, Member)>> {
    let named = match community.parse::<CommunityId>() {
        Ok(id) => communities::id.eq(id).or(communities::slug.eq(community)),
        Err(_) => communities::id.eq(CommunityId(uuid::Uuid::nil())).or(communities::slug.eq(community)),
    };
    Ok(members::table
        .inner_join(communities::table.on(communities::id.eq(members::community_id)))
        .filter(members::user_id.eq(user).and(members::status.eq(MemberStatus::Active)).and(named))
        .select((Community::as_select(), Member::as_select()))
        .first(conn)
        .await
        .optional()?)
}

/// All active memberships of a user with their roles, the oldest first.
pub async fn list_of_user(conn: &mut Conn, user: UserId) -> Result<Vec<(Community, Member, Vec<Role>)>> {
    let memberships: Vec<(Community, Member)> = members::table
        .inner_join(communities::table.on(communities::id.eq(members::community_id)))
        .filter(members::user_id.eq(user).and(members::status.eq(MemberStatus::Active)))
        .order((members::created_at, communities::name))
        .limit(200)
        .select((Community::as_select(), Member::as_select()))
        .load(conn)
        .await?;
    let (communities, ids): (Vec<CommunityId>, Vec<MemberId>) =
        memberships.iter().map(|(community, member)| (community.id, member.id)).unzip();
    let held: Vec<(MemberId, Role)> = member_roles::table
        .filter(member_roles::community_id.eq_any(communities).and(member_roles::member_id.eq_any(ids)))
        .order(member_roles::role)
        .select((member_roles::member_id, member_roles::role))
        .load(conn)
        .await?;
    Ok(memberships
        .into_iter()
        .map(|(community, member)| {
            let roles = held.iter().filter(|(id, _)| *id == member.id).map(|(_, role)| *role).collect();
            (community, member, roles)
        })
        .collect())
}

pub async fn roles(conn: &mut Conn, community: CommunityId, member: MemberId) -> Result<Vec<Role>> {
    Ok(member_roles::table
        .filter(member_roles::community_id.eq(community).and(member_roles::member_id.eq(member)))
        .order(member_roles::role)
        .select(member_roles::role)
        .load(conn)
        .await?)
}

pub async fn get(conn: &mut Conn, community: CommunityId, id: MemberId) -> Result<Member> {
    Ok(members::table
        .filter(members::community_id.eq(community).and(members::id.eq(id)))
        .select(Member::as_select())
        .first(conn)
        .await?)
}

pub async fn is_active(conn: &mut Conn, community: CommunityId, id: MemberId) -> Result<bool> {
    let active = members::table
        .filter(members::community_id.eq(community).and(members::id.eq(id)))
        .filter(members::status.eq(MemberStatus::Active));
    Ok(diesel::select(diesel::dsl::exists(active)).get_result(conn).await?)
}

/// Keeps a membership as it is until the transaction ends.
pub async fn hold(conn: &mut Conn, community: CommunityId, id: MemberId) -> Result<()> {
    members::table
        .filter(members::community_id.eq(community).and(members::id.eq(id)))
        .for_share()
        .select(members::id)
        .first::<MemberId>(conn)
        .await
        .optional()?;
    Ok(())
}

/// The membership of a user, whatever its status.
pub async fn find_of_user(conn: &mut Conn, community: CommunityId, user: UserId) -> Result<Option<Member>> {
    Ok(members::table
        .filter(members::community_id.eq(community).and(members::user_id.eq(user)))
        .select(Member::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// What a user asked for and does not have (yet, or any more): pending, rejected, suspended, archived; the newest first.
pub async fn applications_of_user(conn: &mut Conn, user: UserId) -> Result<Vec<(Community, Member)>> {
    Ok(members::table
        .inner_join(communities::table.on(communities::id.eq(members::community_id)))
        .filter(members::user_id.eq(user).and(members::status.ne(MemberStatus::Active)))
        .order((members::created_at.desc(), members::id.desc()))
        .limit(200)
        .select((Community::as_select(), Member::as_select()))
        .load(conn)
        .await?)
}

/// Whether a user belongs to another community, too, however it stands with them there.
pub async fn belongs_elsewhere(conn: &mut Conn, community: CommunityId, user: UserId) -> Result<bool> {
    let elsewhere = members::table.filter(members::user_id.eq(user).and(members::community_id.ne(community)));
    Ok(diesel::select(diesel::dsl::exists(elsewhere)).get_result(conn).await?)
}

/// Which of these addresses belong to members, those who have left apart.
pub async fn known_emails(
    conn: &mut Conn,
    community: CommunityId,
    emails: &[String],
) -> Result<Vec<Option<String>>> {
    Ok(members::table
        .inner_join(users::table.on(users::id.nullable().eq(members::user_id)))
        .filter(members::community_id.eq(community).and(members::status.ne(MemberStatus::Archived)))
        .filter(users::email.eq_any(emails))
        .select(users::email)
        .load(conn)
        .await?)
}

/// Ends what ties a member to units: the day before is the last. What would only have begun is forgotten.
pub async fn end_ties(conn: &mut Conn, community: CommunityId, id: MemberId, day: NaiveDate) -> Result<()> {
    let theirs = occupancies::community_id.eq(community).and(occupancies::member_id.eq(id));
    diesel::delete(occupancies::table)
        .filter(theirs.and(occupancies::from_date.ge(day)))
        .execute(conn)
        .await?;
    diesel::update(occupancies::table)
        .filter(theirs)
        .filter(occupancies::to_date.is_null().or(occupancies::to_date.ge(day)))
        .set(occupancies::to_date.eq(day.pred_opt()))
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether a tenant lives in a unit on a day.
pub async fn is_let(conn: &mut Conn, community: CommunityId, unit: UnitId, day: NaiveDate) -> Result<bool> {
    let tenants = occupancies::table
        .filter(occupancies::community_id.eq(community).and(occupancies::unit_id.eq(unit)))
        .filter(occupancies::kind.eq(OccupancyKind::Tenant).and(occupancies::resides))
        .filter(occupancies::from_date.le(day))
        .filter(occupancies::to_date.is_null().or(occupancies::to_date.ge(day)));
    Ok(diesel::select(diesel::dsl::exists(tenants)).get_result(conn).await?)
}

/// The units in which a member lives on a day, each with the day since when.
pub async fn household_units(
    conn: &mut Conn,
    community: CommunityId,
    member: MemberId,
    day: NaiveDate,
) -> Result<Vec<(UnitId, NaiveDate)>> {
    Ok(occupancies::table
        .filter(occupancies::community_id.eq(community).and(occupancies::member_id.eq(member)))
        .filter(occupancies::resides.and(occupancies::from_date.le(day)))
        .filter(occupancies::to_date.is_null().or(occupancies::to_date.ge(day)))
        .select((occupancies::unit_id, occupancies::from_date))
        .limit(100)
        .load(conn)
        .await?)
}

/// The units that a member owns on a day and does not live in, each with the day since when.
pub async fn owned_units(
    conn: &mut Conn,
    community: CommunityId,
    member: MemberId,
    day: NaiveDate,
) -> Result<Vec<(UnitId, NaiveDate)>> {
    Ok(occupancies::table
        .filter(occupancies::community_id.eq(community).and(occupancies::member_id.eq(member)))
        .filter(occupancies::kind.eq(OccupancyKind::Owner).and(occupancies::from_date.le(day)))
        .filter(diesel::dsl::not(occupancies::resides))
        .filter(occupancies::to_date.is_null().or(occupancies::to_date.ge(day)))
        .select((occupancies::unit_id, occupancies::from_date))
        .limit(100)
        .load(conn)
        .await?)
}

/// Who lives in a unit on a day, and has since another.
pub async fn household(
    conn: &mut Conn,
    community: CommunityId,
    unit: UnitId,
    day: NaiveDate,
    since: NaiveDate,
) -> Result<Vec<MemberId>> {
    Ok(occupancies::table
        .inner_join(members::table.on(
            members::community_id.eq(occupancies::community_id).and(members::id.eq(occupancies::member_id)),
        ))
        .filter(occupancies::community_id.eq(community).and(occupancies::unit_id.eq(unit)))
        .filter(members::status.eq(MemberStatus::Active))
        .filter(occupancies::resides)
        .filter(occupancies::from_date.le(since))
        .filter(occupancies::to_date.is_null().or(occupancies::to_date.ge(day)))
        .select(members::id)
        .distinct()
        .limit(100)
        .load(conn)
        .await?)
}

/// Somebody to tell something: their id, user, address and language.
#[derive(Debug, Clone, Queryable)]
pub struct Recipient {
    pub member_id: MemberId,
    pub user_id: UserId,
    /// None for people who sign in with a name that was made for them: they hear in the app only.
    pub email: Option<String>,
    pub display_name: String,
}

/// Which of these members can be told, because they are active and can sign in.
pub async fn recipients(conn: &mut Conn, community: CommunityId, ids: &[MemberId]) -> Result<Vec<Recipient>> {
    Ok(members::table
        .inner_join(users::table.on(users::id.nullable().eq(members::user_id)))
        .filter(members::community_id.eq(community).and(members::status.eq(MemberStatus::Active)))
        .filter(members::id.eq_any(ids))
        .select((members::id, users::id, users::email, members::display_name))
        .load(conn)
        .await?)
}

/// The active members who hold any of these roles.
pub async fn ids_with_role(conn: &mut Conn, community: CommunityId, roles: &[Role]) -> Result<Vec<MemberId>> {
    Ok(members::table
        .inner_join(member_roles::table.on(
            member_roles::community_id.eq(members::community_id).and(member_roles::member_id.eq(members::id)),
        ))
        .filter(members::community_id.eq(community).and(members::status.eq(MemberStatus::Active)))
        .filter(member_roles::role.eq_any(roles))
        .select(members::id)
        .distinct()
        .load(conn)
        .await?)
}
