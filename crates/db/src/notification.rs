//! What a user has been told, over all their communities.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::community::MemberStatus;
use domain::id::{NotificationId, UserId};

use crate::schema::{communities, members, notifications, service_requests, users};
use crate::{Conn, Error, Result};

diesel::alias!(members as actors: Actors);

/// A notification with the words that go with its ids.
#[derive(Debug, Clone, Queryable)]
pub struct Told {
    pub id: NotificationId,
    pub event: String,
    pub created_at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
    pub community_slug: String,
    pub community_name: String,
    pub request_number: String,
    pub request_title: String,
    pub actor: Option<String>,
}

/// The query that both the inbox and the mail read from. Whoever is no active member any more is told nothing.
macro_rules! told {
    () => {
        notifications::table
            .inner_join(communities::table.on(communities::id.eq(notifications::community_id)))
            .inner_join(
                service_requests::table.on(service_requests::community_id
                    .eq(notifications::community_id)
                    .and(service_requests::id.eq(notifications::request_id))),
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
            notifications::created_at,
            notifications::read_at,
            communities::slug,
            communities::name,
            service_requests::number,
            service_requests::title,
            actors.field(members::display_name).nullable(),
        )
    };
}

/// Newest first, after the notification `after`.
pub async fn list(
    conn: &mut Conn,
    user: UserId,
    after: Option<NotificationId>,
    limit: i64,
) -> Result<Vec<Told>> {
    let mut query = told!()
        .filter(notifications::user_id.eq(user))
        .order(notifications::id.desc())
        .limit(limit)
        .select(columns!())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(notifications::id.lt(after));
    }
    Ok(query.load(conn).await?)
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

/// Marks everything up to and including `up_to` as read.
pub async fn mark_read(
    conn: &mut Conn,
    user: UserId,
    up_to: NotificationId,
    at: DateTime<Utc>,
) -> Result<()> {
    diesel::update(
        notifications::table
            .filter(notifications::user_id.eq(user).and(notifications::read_at.is_null()))
            .filter(notifications::id.le(up_to)),
    )
    .set(notifications::read_at.eq(at))
    .execute(conn)
    .await?;
    Ok(())
}

/// A notification as it is needed for its mail: the words, the address and the reader's name.
pub async fn get_for_mail(conn: &mut Conn, id: NotificationId) -> Result<(Told, String, String)> {
    let (told, user): (Told, UserId) = told!()
        .filter(notifications::id.eq(id))
        .select((columns!(), notifications::user_id))
        .first(conn)
        .await?;
    let (email, name): (Option<String>, String) = notifications::table
        .inner_join(users::table)
        .inner_join(
            members::table.on(members::community_id
                .eq(notifications::community_id)
                .and(members::id.eq(notifications::member_id))),
        )
        .filter(notifications::id.eq(id).and(notifications::user_id.eq(user)))
        .select((users::email, members::display_name))
        .first(conn)
        .await?;
    // An address that was taken away since leaves nobody to write to.
    Ok((told, email.ok_or(Error::NotFound)?, name))
}
