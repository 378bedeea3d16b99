//! What live streams read: what is new after a number, and what those who listen may see, for all of them at once.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};
use domain::community::{MemberStatus, OccupancyKind, ProfessionalStatus};
use domain::event::{Event, SubjectKind};
use domain::id::{AnnouncementId, CategoryId, CommunityId, MemberId, SessionId, TeamId, UnitId, UserId};
use domain::role::Role;
use futures_util::StreamExt as _;
use uuid::Uuid;

use crate::community::Community;
use crate::outbox::CHANNEL;
use crate::schema::{
    announcement_recipients, categories, communities, member_roles, members, notifications, occupancies,
    outbox, professionals, service_requests, sessions, team_members,
};
use crate::service_request::Seen;
use crate::{Conn, Result};

/// Something that happened, and what decides who may see it.
#[derive(Debug, Clone)]
pub struct Change {
    pub seq: i64,
    pub community_id: CommunityId,
    pub event: Event,
    pub about: About,
}

#[derive(Debug, Clone)]
pub enum About {
    Request {
        number: String,
        version: i32,
        seen: Seen,
    },
    Announcement {
        id: AnnouncementId,
        /// Who of those who listen was told of it. Besides them, those who publish may know.
        readers: HashSet<UserId>,
    },
}

/// What happened after a number, in order; of the readers of announcements only these users.
pub async fn list_changes(conn: &mut Conn, users: &[UserId], after: i64, limit: i64) -> Result<Vec<Change>> {
    type Row = (Option<i64>, CommunityId, Event, SubjectKind, Uuid, Option<(String, i32)>, Option<Seen>);
    let rows: Vec<Row> = outbox::table
        .left_join(
            service_requests::table.on(service_requests::community_id
                .eq(outbox::community_id)
                .and(service_requests::id.nullable().eq(outbox::request_id))),
        )
        .filter(outbox::seq.gt(after))
        .order(outbox::seq)
        .limit(limit)
        .select((
            outbox::seq,
            outbox::community_id,
            outbox::event,
            outbox::subject_kind,
            outbox::subject_id,
            (service_requests::number, service_requests::version).nullable(),
            Option::<Seen>::as_select(),
        ))
        .load(conn)
        .await?;
    let announced: Vec<(CommunityId, AnnouncementId)> = rows
        .iter()
        .filter(|(.., kind, _, _, _)| *kind == SubjectKind::Announcement)
        .map(|(_, community, .., id, _, _)| (*community, AnnouncementId(*id)))
        .collect();
    let readers = readers(conn, users, &announced).await?;
    let change = |(seq, community_id, event, kind, id, request, seen): Row| {
        let about = match (kind, request.zip(seen)) {
            (SubjectKind::ServiceRequest, request) => {
                let ((number, version), seen) = request?;
                About::Request { number, version, seen }
            }
            (SubjectKind::Announcement, _) => {
                let id = AnnouncementId(id);
                let of_it = readers.iter().filter(|(one, _)| *one == id).map(|(_, user)| *user);
                About::Announcement { id, readers: of_it.collect() }
            }
        };
        Some(Change { seq: seq.unwrap_or_default(), community_id, event, about })
    };
    Ok(rows.into_iter().filter_map(change).collect())
}

/// Which of these users was told of which of these announcements.
async fn readers(
    conn: &mut Conn,
    users: &[UserId],
    announced: &[(CommunityId, AnnouncementId)],
) -> Result<Vec<(AnnouncementId, UserId)>> {
    use announcement_recipients::dsl;
    if announced.is_empty() {
        return Ok(Vec::new());
    }
    let communities = announced.iter().map(|(community, _)| *community);
    let ids = announced.iter().map(|(_, id)| *id);
    Ok(announcement_recipients::table
        .inner_join(
            members::table
                .on(members::community_id.eq(dsl::community_id).and(members::id.eq(dsl::member_id))),
        )
        .filter(dsl::community_id.eq_any(communities).and(dsl::announcement_id.eq_any(ids)))
        .filter(members::user_id.eq_any(users))
        .select((dsl::announcement_id, members::user_id.assume_not_null()))
        .load(conn)
        .await?)
}

/// The numbers that streams are told of: the oldest that is kept, and the last.
pub async fn bounds(conn: &mut Conn) -> Result<(Option<i64>, Option<i64>)> {
    let all = outbox::table.filter(outbox::seq.gt(0));
    Ok(all.select((diesel::dsl::min(outbox::seq), diesel::dsl::max(outbox::seq))).first(conn).await?)
}

/// The number of the last notification of all.
pub async fn last_notification(conn: &mut Conn) -> Result<i64> {
    let last =
        notifications::table.filter(notifications::seq.gt(0)).select(diesel::dsl::max(notifications::seq));
    Ok(last.first::<Option<i64>>(conn).await?.unwrap_or_default())
}

/// Which of these users' notifications have changed after a number, and the last number of all that have.
pub async fn list_told(conn: &mut Conn, after: i64, limit: i64) -> Result<Vec<(UserId, i64)>> {
    let rows: Vec<(UserId, Option<i64>)> = notifications::table
        .filter(notifications::seq.gt(after))
        .order(notifications::seq)
        .limit(limit)
        .select((notifications::user_id, notifications::seq))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(user, seq)| (user, seq.unwrap_or_default())).collect())
}

/// How much each of these users has not read; who is not named has read everything.
pub async fn count_unread(conn: &mut Conn, users: &[UserId]) -> Result<Vec<(UserId, i64)>> {
    Ok(notifications::table
        .inner_join(
            members::table.on(members::community_id
                .eq(notifications::community_id)
                .and(members::id.eq(notifications::member_id))
                .and(members::status.eq(MemberStatus::Active))),
        )
        .filter(notifications::user_id.eq_any(users).and(notifications::read_at.is_null()))
        .group_by(notifications::user_id)
        .select((notifications::user_id, diesel::dsl::count_star()))
        .load(conn)
        .await?)
}

/// Which of these sessions have not ended.
pub async fn alive(conn: &mut Conn, ids: &[SessionId]) -> Result<Vec<SessionId>> {
    Ok(sessions::table
        .filter(sessions::id.eq_any(ids).and(sessions::revoked_at.is_null()))
        .select(sessions::id)
        .load(conn)
        .await?)
}

/// Somebody's place in a community, with everything that decides what they see there.
#[derive(Debug, Clone)]
pub struct Place {
    pub user_id: UserId,
    pub member_id: MemberId,
    pub community: Community,
    pub roles: Vec<Role>,
    /// Where they live, and from when until when.
    pub homes: Vec<(UnitId, NaiveDate, Option<NaiveDate>)>,
    /// What they own and do not live in, likewise.
    pub owned: Vec<(UnitId, NaiveDate, Option<NaiveDate>)>,
    /// What is about the fabric of the building, for those who own some of it elsewhere.
    pub fabric: Vec<CategoryId>,
    /// What they have the skills for.
    pub skilled: Vec<CategoryId>,
    /// The teams that they work in.
    pub teams: Vec<TeamId>,
}

/// The places of all these users.
pub async fn list_places(conn: &mut Conn, users: &[UserId]) -> Result<Vec<Place>> {
    let rows: Vec<(Option<UserId>, MemberId, Community)> = members::table
        .inner_join(communities::table.on(communities::id.eq(members::community_id)))
        .filter(members::user_id.eq_any(users).and(members::status.eq(MemberStatus::Active)))
        .select((members::user_id, members::id, Community::as_select()))
        .load(conn)
        .await?;
    let ids: Vec<MemberId> = rows.iter().map(|(_, id, _)| *id).collect();
    let mut places: Vec<CommunityId> = rows.iter().map(|(.., community)| community.id).collect();
    places.sort_unstable();
    places.dedup();
    let roles: Vec<(MemberId, Role)> = member_roles::table
        .filter(member_roles::community_id.eq_any(&places).and(member_roles::member_id.eq_any(&ids)))
        .order(member_roles::role)
        .select((member_roles::member_id, member_roles::role))
        .load(conn)
        .await?;
    type Home = (MemberId, bool, (UnitId, NaiveDate, Option<NaiveDate>));
    let homes: Vec<Home> = occupancies::table
        .filter(occupancies::community_id.eq_any(&places).and(occupancies::member_id.eq_any(&ids)))
        .filter(occupancies::resides.or(occupancies::kind.eq(OccupancyKind::Owner)))
        .select((
            occupancies::member_id,
            occupancies::resides,
            (occupancies::unit_id, occupancies::from_date, occupancies::to_date),
        ))
        .load(conn)
        .await?;
    let fabric: Vec<(CommunityId, CategoryId)> = match homes.iter().all(|(_, resides, _)| *resides) {
        true => Vec::new(),
        false => {
            categories::table
                .filter(categories::community_id.eq_any(&places).and(categories::building_fabric))
                .select((categories::community_id, categories::id))
                .load(conn)
                .await?
        }
    };
    let skills: Vec<(MemberId, Vec<String>)> = professionals::table
        .filter(professionals::community_id.eq_any(&places).and(professionals::member_id.eq_any(&ids)))
        .filter(professionals::status.eq(ProfessionalStatus::Verified))
        .select((professionals::member_id, professionals::skills))
        .load(conn)
        .await?;
    let categories: Vec<(CommunityId, CategoryId, String)> = if skills.is_empty() {
        Vec::new()
    } else {
        categories::table
            .filter(categories::community_id.eq_any(&places))
            .select((categories::community_id, categories::id, categories::code))
            .load(conn)
            .await?
    };
    let teams: Vec<(MemberId, TeamId)> = team_members::table
        .filter(team_members::community_id.eq_any(&places).and(team_members::member_id.eq_any(&ids)))
        .select((team_members::member_id, team_members::team_id))
        .load(conn)
        .await?;
    let place = |(user_id, member_id, community): (Option<UserId>, MemberId, Community)| {
        let skills = skills.iter().find(|(id, _)| *id == member_id).map_or(&[][..], |(_, skills)| skills);
        let fits =
            |(at, _, code): &&(CommunityId, CategoryId, String)| *at == community.id && skills.contains(code);
        let skilled = categories.iter().filter(fits).map(|(_, id, _)| *id).collect();
        let tied = |lives: bool| {
            let of_them = homes.iter().filter(move |(id, resides, _)| *id == member_id && *resides == lives);
            of_them.map(|(.., tie)| *tie).collect::<Vec<_>>()
        };
        let owned = tied(false);
        let of_fabric = fabric.iter().filter(|(at, _)| !owned.is_empty() && *at == community.id);
        Some(Place {
            user_id: user_id?,
            member_id,
            roles: roles.iter().filter(|(id, _)| *id == member_id).map(|(_, role)| *role).collect(),
            homes: tied(true),
            fabric: of_fabric.map(|(_, id)| *id).collect(),
            owned,
            skilled,
            teams: teams.iter().filter(|(id, _)| *id == member_id).map(|(_, team)| *team).collect(),
            community,
        })
    };
    Ok(rows.into_iter().filter_map(place).collect())
}

/// Listens until the connection breaks, and says each time that there is something new.
pub async fn listen(url: &str, heard: impl Fn()) -> Result<()> {
    let mut conn = Conn::establish(url).await.map_err(|gone| crate::Error::Unavailable(gone.to_string()))?;
    conn.batch_execute(&format!("listen {CHANNEL}")).await?;
    heard();
    let mut notes = std::pin::pin!(conn.notifications_stream());
    while let Some(note) = notes.next().await {
        note?;
        heard();
    }
    Ok(())
}
