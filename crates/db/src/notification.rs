//! What a user has been told, over all their communities.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::community::MemberStatus;
use domain::event::{Event, SubjectKind};
use domain::id::{CommunityId, MemberId, NotificationId, ServiceRequestId, UserId};
use domain::job::DeliveryState;
use uuid::Uuid;

use crate::schema::{announcements, communities, deliveries, members, notifications, service_requests};
use crate::{Conn, Result};

/// So long the same about the same is told once.
const STORM: TimeDelta = TimeDelta::minutes(5);

diesel::alias!(members as actors: Actors);

/// A notification with the words that go with its ids.
#[derive(Debug, Clone, Queryable)]
pub struct Told {
    pub id: NotificationId,
    pub event: Event,
    pub subject_kind: SubjectKind,
    pub subject_id: Uuid,
    pub times: i32,
    pub created_at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
    pub community_slug: String,
    pub community_name: String,
    /// Number and title of a request.
    pub request: Option<(String, String)>,
    /// Title of an announcement.
    pub announcement: Option<String>,
    pub actor: Option<String>,
}

impl Told {
    /// What it is about is called so.
    pub fn title(&self) -> Option<&str> {
        self.request.as_ref().map(|(_, title)| title.as_str()).or(self.announcement.as_deref())
    }
}

/// The query that both the inbox and the mail read from. Whoever is no active member any more is told nothing.
macro_rules! told {
    () => {
        notifications::table
            .inner_join(communities::table.on(communities::id.eq(notifications::community_id)))
            .left_join(
                service_requests::table.on(service_requests::community_id
                    .eq(notifications::community_id)
                    .and(service_requests::id.nullable().eq(notifications::request_id))),
            )
            .left_join(
                announcements::table.on(announcements::community_id
                    .eq(notifications::community_id)
                    .and(announcements::id.eq(notifications::subject_id))),
            )
            .inner_join(
                members::table.on(members::community_id
                    .eq(notifications::community_id)
                    .and(members::id.eq(notifications::member_id))
                    .and(members::status.eq(MemberStatus::Active))),
            )
            .left_join(
                actors.on(actors
                    .field(members::community_id)
                    .eq(notifications::community_id)
                    .and(actors.field(members::id).nullable().eq(notifications::actor_id))),
            )
    };
}

/// The columns of [`Told`].
macro_rules! columns {
    () => {
        (
            notifications::id,
            notifications::event,
            notifications::subject_kind,
            notifications::subject_id,
            notifications::times,
            notifications::created_at,
            notifications::read_at,
            communities::slug,
            communities::name,
            (service_requests::number, service_requests::title).nullable(),
            announcements::title.nullable(),
            actors.field(members::display_name).nullable(),
        )
    };
}

/// Newest first, after the notification `after`.
pub async fn list(
    conn: &mut Conn,
    user: UserId,
    only_unread: bool,
    after: Option<NotificationId>,
    limit: i64,
) -> Result<Vec<Told>> {
    let mut query = told!()
        .filter(notifications::user_id.eq(user))
        .order(notifications::id.desc())
        .limit(limit)
        .select(columns!())
        .into_boxed();
    if only_unread {
        query = query.filter(notifications::read_at.is_null());
    }
    if let Some(after) = after {
        query = query.filter(notifications::id.lt(after));
    }
    Ok(query.load(conn).await?)
}

/// How many notifications of a community were made since then, and how many of those were read.
pub async fn count_told_and_read(
    conn: &mut Conn,
    community: CommunityId,
    since: DateTime<Utc>,
) -> Result<(i64, i64)> {
    Ok(notifications::table
        .filter(notifications::community_id.eq(community).and(notifications::created_at.ge(since)))
        .select((diesel::dsl::count_star(), diesel::dsl::count(notifications::read_at)))
        .first(conn)
        .await?)
}

pub async fn count_unread(conn: &mut Conn, user: UserId) -> Result<i64> {
    Ok(notifications::table
        .inner_join(
            members::table.on(members::community_id
                .eq(notifications::community_id)
                .and(members::id.eq(notifications::member_id))
                .and(members::status.eq(MemberStatus::Active))),
        )
        .filter(notifications::user_id.eq(user).and(notifications::read_at.is_null()))
        .count()
        .get_result(conn)
        .await?)
}

/// Which of a user's notifications to mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marked {
    UpTo(NotificationId),
    One(NotificationId),
}

/// Marks as read. They get new numbers, so that the user's other devices hear of it.
pub async fn mark_read(conn: &mut Conn, user: UserId, which: Marked, at: DateTime<Utc>) -> Result<()> {
    let unread = notifications::user_id.eq(user).and(notifications::read_at.is_null());
    let read = (notifications::read_at.eq(at), notifications::seq.eq(None::<i64>));
    match which {
        Marked::UpTo(id) => {
            let all = notifications::table.filter(unread).filter(notifications::id.le(id));
            diesel::update(all).set(read).execute(conn).await?
        }
        Marked::One(id) => {
            let one = notifications::table.filter(unread).filter(notifications::id.eq(id));
            diesel::update(one).set(read).execute(conn).await?
        }
    };
    Ok(())
}

/// Marks everything that a user was told of something as read: they have looked at it.
pub async fn mark_read_about(
    conn: &mut Conn,
    community: CommunityId,
    member: MemberId,
    subject: Uuid,
    at: DateTime<Utc>,
) -> Result<usize> {
    let unread = notifications::table
        .filter(notifications::community_id.eq(community).and(notifications::member_id.eq(member)))
        .filter(notifications::subject_id.eq(subject).and(notifications::read_at.is_null()));
    let read = (notifications::read_at.eq(at), notifications::seq.eq(None::<i64>));
    Ok(diesel::update(unread).set(read).execute(conn).await?)
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = notifications)]
pub struct NewNotification {
    pub id: NotificationId,
    pub community_id: CommunityId,
    pub member_id: MemberId,
    pub user_id: UserId,
    pub outbox_id: Uuid,
    pub event: Event,
    pub subject_kind: SubjectKind,
    pub subject_id: Uuid,
    pub request_id: Option<ServiceRequestId>,
    pub actor_id: Option<MemberId>,
    pub created_at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
    /// Waits for the digest.
    pub held: bool,
}

/// What became of telling somebody something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    New,
    /// They have not yet looked at the same about the same of a moment ago: that counts once more.
    Again,
    /// This very event has been told them.
    Before,
}

/// Tells a member in the app, once for each event.
pub async fn tell(conn: &mut Conn, new: &NewNotification) -> Result<Heard> {
    use notifications::dsl;
    let same = notifications::table
        .filter(dsl::community_id.eq(new.community_id).and(dsl::member_id.eq(new.member_id)))
        .filter(dsl::subject_id.eq(new.subject_id).and(dsl::event.eq(new.event)))
        .filter(dsl::read_at.is_null().and(dsl::created_at.gt(new.created_at - STORM)))
        .filter(dsl::outbox_id.ne(new.outbox_id))
        .order(dsl::id.desc())
        .limit(1)
        .for_update()
        .select(dsl::id);
    if let Some(id) = same.first::<NotificationId>(conn).await.optional()? {
        diesel::update(
            notifications::table.filter(dsl::community_id.eq(new.community_id).and(dsl::id.eq(id))),
        )
        .set((dsl::times.eq(dsl::times + 1), dsl::actor_id.eq(new.actor_id), dsl::seq.eq(None::<i64>)))
        .execute(conn)
        .await?;
        return Ok(Heard::Again);
    }
    let inserted =
        diesel::insert_into(notifications::table).values(new).on_conflict_do_nothing().execute(conn).await?;
    Ok(if inserted == 1 { Heard::New } else { Heard::Before })
}

/// Tells many members of one event, each once. Answers whom it was news to: which of the notifications were made.
pub async fn tell_all(conn: &mut Conn, all: &[NewNotification]) -> Result<Vec<NotificationId>> {
    let mut told = Vec::with_capacity(all.len());
    for some in all.chunks(1000) {
        let inserted: Vec<NotificationId> = diesel::insert_into(notifications::table)
            .values(some)
            .on_conflict_do_nothing()
            .returning(notifications::id)
            .get_results(conn)
            .await?;
        told.extend(inserted);
    }
    Ok(told)
}

/// Which of these members had a mail of their own of any of these events about something, or are about to have one.
pub async fn list_mailed(
    conn: &mut Conn,
    community: CommunityId,
    members: &[MemberId],
    subject: Uuid,
    events: &[Event],
) -> Result<Vec<MemberId>> {
    Ok(notifications::table
        .inner_join(
            deliveries::table.on(deliveries::community_id
                .eq(notifications::community_id.nullable())
                .and(deliveries::notification_id.eq(notifications::id.nullable()))),
        )
        .filter(notifications::community_id.eq(community).and(notifications::member_id.eq_any(members)))
        .filter(notifications::subject_id.eq(subject).and(notifications::event.eq_any(events)))
        .filter(deliveries::state.eq_any([DeliveryState::Queued, DeliveryState::Sent]))
        .select(notifications::member_id)
        .distinct()
        .load(conn)
        .await?)
}

/// A notification as its mail needs it: the words, whom it is for, and of which request it is.
#[derive(Debug, Clone)]
pub struct ForMail {
    pub told: Told,
    pub user_id: UserId,
    pub member_id: MemberId,
    pub community_id: CommunityId,
    pub subject_id: Uuid,
}

pub async fn find_for_mail(
    conn: &mut Conn,
    community: CommunityId,
    id: NotificationId,
) -> Result<Option<ForMail>> {
    let row: Option<(Told, UserId, MemberId, Uuid)> = told!()
        .filter(notifications::community_id.eq(community).and(notifications::id.eq(id)))
        .select((columns!(), notifications::user_id, notifications::member_id, notifications::subject_id))
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(|(told, user_id, member_id, subject_id)| ForMail {
        told,
        user_id,
        member_id,
        community_id: community,
        subject_id,
    }))
}

/// The members of a community for whom something waits for the digest.
pub async fn list_held(conn: &mut Conn, community: CommunityId) -> Result<Vec<(MemberId, UserId)>> {
    Ok(notifications::table
        .filter(notifications::community_id.eq(community))
        .filter(notifications::held.and(notifications::digest_id.is_null()))
        .select((notifications::member_id, notifications::user_id))
        .distinct()
        .load(conn)
        .await?)
}

/// Puts what waits for a member into a digest; answers how much that is.
pub async fn put_into_digest(
    conn: &mut Conn,
    community: CommunityId,
    member: MemberId,
    digest: Uuid,
) -> Result<usize> {
    let waiting = notifications::table
        .filter(notifications::community_id.eq(community).and(notifications::member_id.eq(member)))
        .filter(notifications::held.and(notifications::digest_id.is_null()));
    Ok(diesel::update(waiting).set(notifications::digest_id.eq(digest)).execute(conn).await?)
}

/// What a digest tells, oldest first.
pub async fn list_of_digest(
    conn: &mut Conn,
    community: CommunityId,
    digest: Uuid,
    limit: i64,
) -> Result<Vec<Told>> {
    Ok(told!()
        .filter(notifications::community_id.eq(community).and(notifications::digest_id.eq(digest)))
        .order(notifications::id)
        .limit(limit)
        .select(columns!())
        .load(conn)
        .await?)
}
