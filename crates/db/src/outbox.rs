//! What has happened and is still to be told, and the one order in which everybody hears of it.
//!
//! Rows are written in the transaction of what they tell of. One dispatcher at a time numbers them after their commit:
//! ids and instants are made before, so they say nothing about which of two was there first.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use domain::event::{self, Noted, SubjectKind};
use domain::id::{AnnouncementId, CommunityId, MemberId, ServiceRequestId};
use domain::job::Job;
use uuid::Uuid;

use crate::schema::outbox;
use crate::{Conn, Result, job};

/// On which servers listen for what is new.
pub const CHANNEL: &str = "kommunity_events";
/// The dispatcher's own among the advisory locks.
const DISPATCHING: i32 = 0x6576_6e74;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = outbox, check_for_backend(diesel::pg::Pg))]
pub struct Event {
    pub id: Uuid,
    pub community_id: CommunityId,
    pub event: event::Event,
    pub subject_kind: SubjectKind,
    pub subject_id: Uuid,
    /// The request that it is about, if it is about one.
    pub request_id: Option<ServiceRequestId>,
    pub actor_id: Option<MemberId>,
    /// A [`Noted`]: ids that could not be looked up later.
    pub noted: serde_json::Value,
    pub created_at: DateTime<Utc>,
}

impl Event {
    /// Something happened to a request.
    pub fn of_request(
        event: event::Event,
        community_id: CommunityId,
        request: ServiceRequestId,
        actor_id: Option<MemberId>,
        created_at: DateTime<Utc>,
    ) -> Self {
        let (subject_kind, subject_id) = (SubjectKind::ServiceRequest, request.0);
        let (request_id, noted) = (Some(request), serde_json::json!({}));
        let id = Uuid::now_v7();
        Self { id, community_id, event, subject_kind, subject_id, request_id, actor_id, noted, created_at }
    }

    /// Something happened to an announcement.
    pub fn of_announcement(
        event: event::Event,
        community_id: CommunityId,
        announcement: AnnouncementId,
        actor_id: Option<MemberId>,
        created_at: DateTime<Utc>,
    ) -> Self {
        let (subject_kind, subject_id) = (SubjectKind::Announcement, announcement.0);
        let (id, noted) = (Uuid::now_v7(), serde_json::json!({}));
        Self {
            id,
            community_id,
            event,
            subject_kind,
            subject_id,
            request_id: None,
            actor_id,
            noted,
            created_at,
        }
    }

    pub fn noting(self, noted: &Noted) -> Self {
        Self { noted: serde_json::to_value(noted).unwrap_or_default(), ..self }
    }

    pub fn noted(&self) -> Noted {
        serde_json::from_value(self.noted.clone()).unwrap_or_default()
    }
}

/// Writes down what happened, in the transaction in which it does. That something looks different now is written once for
/// all that comes before the dispatcher has numbered it.
pub async fn enqueue(conn: &mut Conn, event: &Event) -> Result<()> {
    diesel::insert_into(outbox::table).values(event).on_conflict_do_nothing().execute(conn).await?;
    Ok(())
}

diesel::define_sql_function! { fn pg_try_advisory_xact_lock(class: Integer, key: Integer) -> Bool; }
diesel::define_sql_function! { fn pg_notify(channel: Text, payload: Text); }

#[derive(QueryableByName)]
struct Numbered {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = BigInt)]
    seq: i64,
}

/// Numbers what has been committed, events and notifications alike, queues the telling, and wakes those who listen.
/// Answers how much it was; nothing where somebody else is at it. Run it in a transaction.
pub async fn dispatch(conn: &mut Conn, limit: i32, now: DateTime<Utc>) -> Result<usize> {
    if !diesel::select(pg_try_advisory_xact_lock(DISPATCHING, 0)).get_result::<bool>(conn).await? {
        return Ok(0);
    }
    let events = number(conn, "outbox", "created_at, id", limit).await?;
    let notifications = number(conn, "notifications", "id", limit).await?;
    let jobs: Vec<_> =
        events.iter().map(|one| (Job::Tell { event: one.id }, Some(one.id.to_string()))).collect();
    job::enqueue(conn, &jobs, now).await?;
    let last = events.iter().chain(&notifications).map(|one| one.seq).max();
    if let Some(last) = last {
        diesel::select(pg_notify(CHANNEL, last.to_string())).execute(conn).await?;
    }
    Ok(events.len() + notifications.len())
}

/// Gives numbers to rows of any community that have none.
async fn number(conn: &mut Conn, table: &str, order: &str, limit: i32) -> Result<Vec<Numbered>> {
    let sql = format!(
        "with next as (select id from {table} where seq is null order by {order} limit $1), \
         numbered as (select id, nextval('outbox_seq') as seq from next) \
         update {table} set seq = numbered.seq from numbered where {table}.id = numbered.id \
         returning {table}.id, {table}.seq"
    );
    Ok(diesel::sql_query(sql).bind::<Integer, _>(limit).load(conn).await?)
}

/// An event that has not been told yet to everybody.
pub async fn find_untold(conn: &mut Conn, id: Uuid) -> Result<Option<Event>> {
    Ok(outbox::table
        .filter(outbox::id.eq(id).and(outbox::done_at.is_null()))
        .select(Event::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// Locks an event that has not been told yet: whoever tells it does so alone.
pub async fn lock_untold(conn: &mut Conn, id: Uuid) -> Result<Option<Event>> {
    Ok(outbox::table
        .filter(outbox::id.eq(id).and(outbox::done_at.is_null()))
        .for_update()
        .select(Event::as_select())
        .first(conn)
        .await
        .optional()?)
}

pub async fn done(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    diesel::update(outbox::table.filter(outbox::id.eq(id)))
        .set(outbox::done_at.eq(now))
        .execute(conn)
        .await?;
    Ok(())
}

/// Throws away what was told before.
pub async fn sweep(conn: &mut Conn, before: DateTime<Utc>) -> Result<()> {
    diesel::delete(outbox::table.filter(outbox::done_at.lt(before))).execute(conn).await?;
    Ok(())
}
