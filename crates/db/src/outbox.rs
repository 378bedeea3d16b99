//! What is still to be told, and the mail that is still to be sent.
//!
//! Workers take rows by lease: whoever dies with one gives it back when the lease ends. Handling an event twice does
//! no harm, because a member is told of it once by a unique key.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::event::{self, Noted, SubjectKind};
use domain::id::{CommunityId, MemberId, NotificationId, ServiceRequestId, UserId};
use uuid::Uuid;

use crate::schema::{mails, notifications, outbox};
use crate::{Conn, Result};

/// How long a worker may take before its work is given to another.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// After so many tries something stays undone until somebody looks at it.
pub const ATTEMPTS_MAX: i32 = 10;

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

    pub fn noting(self, noted: &Noted) -> Self {
        Self { noted: serde_json::to_value(noted).unwrap_or_default(), ..self }
    }

    pub fn noted(&self) -> Noted {
        serde_json::from_value(self.noted.clone()).unwrap_or_default()
    }
}

/// Writes down what happened, in the transaction in which it does.
pub async fn enqueue(conn: &mut Conn, event: &Event) -> Result<()> {
    diesel::insert_into(outbox::table).values(event).execute(conn).await?;
    Ok(())
}

/// Takes the oldest event that nobody has, for as long as a lease lasts.
pub async fn claim(conn: &mut Conn, now: DateTime<Utc>) -> Result<Option<Event>> {
    let next = outbox::table
        .filter(outbox::done_at.is_null().and(outbox::attempts.lt(ATTEMPTS_MAX)))
        .filter(outbox::leased_until.is_null().or(outbox::leased_until.lt(now)))
        .order(outbox::created_at)
        .limit(1)
        .for_update()
        .skip_locked()
        .select(outbox::id);
    let Some(id) = next.first::<Uuid>(conn).await.optional()? else { return Ok(None) };
    Ok(diesel::update(outbox::table.find(id))
        .set((outbox::leased_until.eq(now + LEASE), outbox::attempts.eq(outbox::attempts + 1)))
        .returning(Event::as_returning())
        .get_result(conn)
        .await
        .optional()?)
}

pub async fn done(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    diesel::update(outbox::table.find(id)).set(outbox::done_at.eq(now)).execute(conn).await?;
    Ok(())
}

pub async fn failed(conn: &mut Conn, id: Uuid, error: &str) -> Result<()> {
    diesel::update(outbox::table.find(id)).set(outbox::last_error.eq(error)).execute(conn).await?;
    Ok(())
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = notifications)]
pub struct NewNotification {
    pub id: NotificationId,
    pub community_id: CommunityId,
    pub member_id: MemberId,
    pub user_id: UserId,
    pub outbox_id: Uuid,
    pub event: event::Event,
    pub request_id: ServiceRequestId,
    pub actor_id: Option<MemberId>,
    pub created_at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
}

/// Tells a member, once, in the app and (where they have an address) by mail. Nothing happens if they have been told
/// already.
pub async fn tell(conn: &mut Conn, notification: &NewNotification, by_mail: bool) -> Result<()> {
    let inserted = diesel::insert_into(notifications::table)
        .values(notification)
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    if inserted == 1 && by_mail {
        diesel::insert_into(mails::table)
            .values((
                mails::id.eq(Uuid::now_v7()),
                mails::community_id.eq(notification.community_id),
                mails::notification_id.eq(notification.id),
                mails::created_at.eq(notification.created_at),
                mails::due_at.eq(notification.created_at),
            ))
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// A mail that is due.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = mails, check_for_backend(diesel::pg::Pg))]
pub struct Mail {
    pub id: Uuid,
    pub notification_id: NotificationId,
    pub attempts: i32,
}

/// Takes the mail that has been due longest and that nobody has.
pub async fn claim_mail(conn: &mut Conn, now: DateTime<Utc>) -> Result<Option<Mail>> {
    let next = mails::table
        .filter(mails::sent_at.is_null().and(mails::failed_at.is_null()).and(mails::due_at.le(now)))
        .filter(mails::leased_until.is_null().or(mails::leased_until.lt(now)))
        .order(mails::due_at)
        .limit(1)
        .for_update()
        .skip_locked()
        .select(mails::id);
    let Some(id) = next.first::<Uuid>(conn).await.optional()? else { return Ok(None) };
    Ok(diesel::update(mails::table.find(id))
        .set((mails::leased_until.eq(now + LEASE), mails::attempts.eq(mails::attempts + 1)))
        .returning(Mail::as_returning())
        .get_result(conn)
        .await
        .optional()?)
}

pub async fn mail_sent(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    diesel::update(mails::table.find(id)).set(mails::sent_at.eq(now)).execute(conn).await?;
    Ok(())
}

/// Puts a mail off until `retry_at`, or gives it up where there is none.
pub async fn mail_failed(
    conn: &mut Conn,
    id: Uuid,
    error: &str,
    retry_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = diesel::update(mails::table.find(id));
    let no_lease = mails::leased_until.eq(None::<DateTime<Utc>>);
    match retry_at {
        Some(at) => {
            row.set((mails::due_at.eq(at), mails::last_error.eq(error), no_lease)).execute(conn).await?
        }
        None => {
            row.set((mails::failed_at.eq(now), mails::last_error.eq(error), no_lease)).execute(conn).await?
        }
    };
    Ok(())
}
