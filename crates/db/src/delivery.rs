//! The log of all mail: what is queued, what was sent and what failed, and why. Rows hold ids and, where the reader may
//! have no account, the sealed address; what it says is looked up when it is written.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::community::MemberStatus;
use domain::id::{CommunityId, InvitationId, MemberId, NotificationId, UserId};
use domain::job::{DeliveryFault, DeliveryState, Job};
use uuid::Uuid;

use crate::page::Keyset;
use crate::schema::{announcements, communities, deliveries, members, notifications, service_requests};
use crate::{Conn, Result, job};

diesel::alias!(members as actors: Actors);

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = deliveries, check_for_backend(diesel::pg::Pg))]
pub struct Delivery {
    pub id: Uuid,
    /// The event that it tells of, or [`DIGEST`].
    pub template: String,
    pub state: DeliveryState,
    pub created_at: DateTime<Utc>,
    pub user_id: Option<UserId>,
    pub community_id: Option<CommunityId>,
    /// Whom it is for, in that community.
    pub member_id: Option<MemberId>,
    /// Of whom it speaks.
    pub about_id: Option<MemberId>,
    pub notification_id: Option<NotificationId>,
    /// For mail that may go to somebody without an account.
    pub address_sealed: Option<String>,
    /// For readers of whom no language is known.
    pub locale: Option<String>,
    pub token_id: Option<Uuid>,
    pub invitation_id: Option<InvitationId>,
}

/// What waited for the day's mail.
pub const DIGEST: &str = "digest";

impl Delivery {
    pub fn new(id: Uuid, template: &str, created_at: DateTime<Utc>) -> Self {
        Self {
            id,
            template: template.to_owned(),
            state: DeliveryState::Queued,
            created_at,
            user_id: None,
            community_id: None,
            member_id: None,
            about_id: None,
            notification_id: None,
            address_sealed: None,
            locale: None,
            token_id: None,
            invitation_id: None,
        }
    }
}

/// Queues mail, in the transaction of what it tells of.
pub async fn enqueue(conn: &mut Conn, all: &[Delivery], now: DateTime<Utc>) -> Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    diesel::insert_into(deliveries::table).values(all).execute(conn).await?;
    let mail = |one: &Delivery| (Job::Mail { delivery: one.id }, Some(one.id.to_string()));
    job::enqueue(conn, &all.iter().map(mail).collect::<Vec<_>>(), now).await
}

pub async fn find(conn: &mut Conn, id: Uuid) -> Result<Option<Delivery>> {
    Ok(deliveries::table
        .filter(deliveries::id.eq(id))
        .select(Delivery::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// A mail as its reader sees it.
#[derive(Debug, Clone, Queryable)]
pub struct Logged {
    pub id: Uuid,
    pub template: String,
    pub state: DeliveryState,
    pub attempts: i32,
    pub fault: Option<DeliveryFault>,
    pub created_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    /// Slug and name.
    pub community: Option<(String, String)>,
    /// Number and title.
    pub request: Option<(String, String)>,
    /// Title of an announcement.
    pub announcement: Option<String>,
    pub actor: Option<String>,
    /// Nothing where they are no active member any more.
    pub member: Option<MemberId>,
}

/// What was sent to a user, newest first, after the mail `after`.
pub async fn list_of_user(
    conn: &mut Conn,
    user: UserId,
    after: Option<Keyset>,
    limit: i64,
) -> Result<Vec<Logged>> {
    let mut query = deliveries::table
        .left_join(communities::table.on(communities::id.nullable().eq(deliveries::community_id)))
        .left_join(
            notifications::table.on(notifications::community_id
                .nullable()
                .eq(deliveries::community_id)
                .and(notifications::id.nullable().eq(deliveries::notification_id))),
        )
        .left_join(
            service_requests::table.on(service_requests::community_id
                .nullable()
                .eq(deliveries::community_id)
                .and(service_requests::id.nullable().eq(notifications::request_id))),
        )
        .left_join(
            announcements::table.on(announcements::community_id
                .nullable()
                .eq(deliveries::community_id)
                .and(announcements::id.nullable().eq(notifications::subject_id.nullable()))),
        )
        .left_join(
            members::table.on(members::community_id
                .nullable()
                .eq(deliveries::community_id)
                .and(members::id.nullable().eq(deliveries::member_id))
                .and(members::status.eq(MemberStatus::Active))),
        )
        .left_join(
            actors.on(actors
                .field(members::community_id)
                .nullable()
                .eq(deliveries::community_id)
                .and(actors.field(members::id).nullable().eq(notifications::actor_id))),
        )
        .filter(deliveries::user_id.eq(user))
        .order((deliveries::created_at.desc(), deliveries::id.desc()))
        .limit(limit)
        .select((
            deliveries::id,
            deliveries::template,
            deliveries::state,
            deliveries::attempts,
            deliveries::fault,
            deliveries::created_at,
            deliveries::ended_at,
            (communities::slug, communities::name).nullable(),
            (service_requests::number, service_requests::title).nullable(),
            announcements::title.nullable(),
            actors.field(members::display_name).nullable(),
            members::id.nullable(),
        ))
        .into_boxed();
    if let Some(Keyset { created_at, id }) = after {
        // The first comparison lets the index begin where the page does.
        query = query.filter(
            deliveries::created_at
                .le(created_at)
                .and(deliveries::created_at.lt(created_at).or(deliveries::id.lt(id))),
        );
    }
    Ok(query.load(conn).await?)
}

/// How many mails of a community, made since then, came to which end, and why.
pub async fn count_by_outcome(
    conn: &mut Conn,
    community: CommunityId,
    since: DateTime<Utc>,
) -> Result<Vec<(DeliveryState, Option<DeliveryFault>, i64)>> {
    Ok(deliveries::table
        .filter(deliveries::community_id.eq(community).and(deliveries::created_at.ge(since)))
        .group_by((deliveries::state, deliveries::fault))
        .select((deliveries::state, deliveries::fault, diesel::dsl::count_star()))
        .order((deliveries::state, deliveries::fault))
        .load(conn)
        .await?)
}

/// What is still to be sent.
pub async fn find_queued(conn: &mut Conn, id: Uuid) -> Result<Option<Delivery>> {
    Ok(deliveries::table
        .filter(
            deliveries::id
                .eq(id)
                .and(deliveries::state.ne_all([DeliveryState::Sent, DeliveryState::Dropped])),
        )
        .select(Delivery::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// Somebody has the mail, or there was nobody to have it.
pub async fn ended(
    conn: &mut Conn,
    id: Uuid,
    state: DeliveryState,
    message_id: Option<&str>,
    at: DateTime<Utc>,
) -> Result<()> {
    diesel::update(deliveries::table.filter(deliveries::id.eq(id)))
        .set((
            deliveries::state.eq(state),
            deliveries::attempts.eq(deliveries::attempts + 1),
            deliveries::message_id.eq(message_id),
            // What went wrong before is over.
            deliveries::fault.eq(None::<DeliveryFault>),
            // Nobody needs it any more.
            deliveries::address_sealed.eq(None::<String>),
            deliveries::ended_at.eq(at),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Why a try came to nothing: for operators and for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub error: String,
    pub fault: DeliveryFault,
}

/// A try that came to nothing; the last one where `given_up` says when.
pub async fn tried(
    conn: &mut Conn,
    id: Uuid,
    failure: &Failure,
    given_up: Option<DateTime<Utc>>,
) -> Result<()> {
    let state = if given_up.is_some() { DeliveryState::Failed } else { DeliveryState::Queued };
    diesel::update(deliveries::table.filter(deliveries::id.eq(id)))
        .set((
            deliveries::state.eq(state),
            deliveries::attempts.eq(deliveries::attempts + 1),
            deliveries::last_error.eq(&failure.error),
            deliveries::fault.eq(failure.fault),
            deliveries::ended_at.eq(given_up),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Throws away what ended before.
pub async fn sweep(conn: &mut Conn, before: DateTime<Utc>) -> Result<()> {
    diesel::delete(deliveries::table.filter(deliveries::ended_at.lt(before))).execute(conn).await?;
    Ok(())
}
