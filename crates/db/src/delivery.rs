//! The log of all mail: what is queued, what was sent and what failed, and why. Rows hold ids and, where the reader may
//! have no account, the sealed address; what it says is looked up when it is written.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::{CommunityId, InvitationId, MemberId, NotificationId, UserId};
use domain::job::{DeliveryState, Job};
use uuid::Uuid;

use crate::schema::deliveries;
use crate::{Conn, Result, job};

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
            // Nobody needs it any more.
            deliveries::address_sealed.eq(None::<String>),
            deliveries::ended_at.eq(at),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// A try that came to nothing; the last one where `given_up` says when.
pub async fn tried(conn: &mut Conn, id: Uuid, error: &str, given_up: Option<DateTime<Utc>>) -> Result<()> {
    let state = if given_up.is_some() { DeliveryState::Failed } else { DeliveryState::Queued };
    diesel::update(deliveries::table.filter(deliveries::id.eq(id)))
        .set((
            deliveries::state.eq(state),
            deliveries::attempts.eq(deliveries::attempts + 1),
            deliveries::last_error.eq(error),
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
