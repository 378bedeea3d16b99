//! Signed-in devices and their families of refresh tokens.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::{SessionId, UserId};

use crate::schema::{refresh_tokens, sessions, users};
use crate::{Conn, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions, check_for_backend(diesel::pg::Pg))]
pub struct Session {
    pub id: SessionId,
    pub user_id: UserId,
    pub user_agent: String,
    pub created_at: DateTime<Utc>,
    pub last_used_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = refresh_tokens, check_for_backend(diesel::pg::Pg))]
pub struct RefreshToken {
    /// SHA-256 of the token.
    pub hash: Vec<u8>,
    pub session_id: SessionId,
    pub parent: Option<Vec<u8>>,
    pub issued_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub rotated_at: Option<DateTime<Utc>>,
}

/// Who a session belongs to, as long as it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Holder {
    pub user_id: UserId,
    pub is_operator: bool,
    /// Somebody else chose their password.
    pub must_change_password: bool,
}

pub async fn insert(conn: &mut Conn, session: &Session) -> Result<()> {
    diesel::insert_into(sessions::table).values(session).execute(conn).await?;
    Ok(())
}

/// Whose session it is; nobody's once it is revoked.
pub async fn find_holder(conn: &mut Conn, id: SessionId) -> Result<Option<Holder>> {
    Ok(sessions::table
        .inner_join(users::table)
        .filter(sessions::id.eq(id).and(sessions::revoked_at.is_null()))
        .select((users::id, users::is_operator, users::must_change_password))
        .first(conn)
        .await
        .optional()?)
}

/// Locks the session, so that two uses of one refresh token take turns.
pub async fn lock(conn: &mut Conn, id: SessionId) -> Result<Session> {
    Ok(sessions::table.find(id).for_update().select(Session::as_select()).first(conn).await?)
}

pub async fn touch(conn: &mut Conn, id: SessionId, at: DateTime<Utc>) -> Result<()> {
    diesel::update(sessions::table.find(id)).set(sessions::last_used_at.eq(at)).execute(conn).await?;
    Ok(())
}

pub async fn revoke(conn: &mut Conn, id: SessionId, at: DateTime<Utc>) -> Result<()> {
    diesel::update(sessions::table.find(id).filter(sessions::revoked_at.is_null()))
        .set(sessions::revoked_at.eq(at))
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn find_token(conn: &mut Conn, hash: &[u8]) -> Result<Option<RefreshToken>> {
    Ok(refresh_tokens::table.find(hash).select(RefreshToken::as_select()).first(conn).await.optional()?)
}

pub async fn insert_token(conn: &mut Conn, token: &RefreshToken) -> Result<()> {
    diesel::insert_into(refresh_tokens::table).values(token).execute(conn).await?;
    Ok(())
}

pub async fn mark_rotated(conn: &mut Conn, hash: &[u8], at: DateTime<Utc>) -> Result<()> {
    diesel::update(refresh_tokens::table.find(hash).filter(refresh_tokens::rotated_at.is_null()))
        .set(refresh_tokens::rotated_at.eq(at))
        .execute(conn)
        .await?;
    Ok(())
}

/// The token that replaced this one.
pub async fn find_successor(conn: &mut Conn, hash: &[u8]) -> Result<Option<RefreshToken>> {
    Ok(refresh_tokens::table
        .filter(refresh_tokens::parent.eq(hash))
        .order(refresh_tokens::issued_at)
        .select(RefreshToken::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// The live sessions of a user that were used since, the newest first.
pub async fn list(
    conn: &mut Conn,
    user: UserId,
    used_since: DateTime<Utc>,
    after: Option<SessionId>,
    limit: i64,
) -> Result<Vec<Session>> {
    let mut query = sessions::table
        .filter(sessions::user_id.eq(user).and(sessions::revoked_at.is_null()))
        .filter(sessions::last_used_at.gt(used_since))
        .order(sessions::id.desc())
        .limit(limit)
        .select(Session::as_select())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(sessions::id.lt(after));
    }
    Ok(query.load(conn).await?)
}

/// Ends a session of this user; [`crate::Error::NotFound`] where they have no such live one.
pub async fn revoke_own(conn: &mut Conn, user: UserId, id: SessionId, at: DateTime<Utc>) -> Result<()> {
    let own = sessions::table.find(id).filter(sessions::user_id.eq(user).and(sessions::revoked_at.is_null()));
    match diesel::update(own).set(sessions::revoked_at.eq(at)).execute(conn).await? {
        0 => Err(crate::Error::NotFound),
        _ => Ok(()),
    }
}

/// Ends all sessions of a user but this one; answers which.
pub async fn revoke_all(
    conn: &mut Conn,
    user: UserId,
    but: Option<SessionId>,
    at: DateTime<Utc>,
) -> Result<Vec<SessionId>> {
    let mut theirs = diesel::update(sessions::table)
        .filter(sessions::user_id.eq(user).and(sessions::revoked_at.is_null()))
        .set(sessions::revoked_at.eq(at))
        .into_boxed();
    if let Some(but) = but {
        theirs = theirs.filter(sessions::id.ne(but));
    }
    Ok(theirs.returning(sessions::id).get_results(conn).await?)
}

/// Throws away tokens that have expired by now, sessions that ended before an instant, and those that were last used
/// before another.
pub async fn sweep(
    conn: &mut Conn,
    now: DateTime<Utc>,
    ended_before: DateTime<Utc>,
    used_before: DateTime<Utc>,
) -> Result<()> {
    diesel::delete(refresh_tokens::table.filter(refresh_tokens::expires_at.le(now))).execute(conn).await?;
    let ended = sessions::table.filter(sessions::revoked_at.lt(ended_before));
    diesel::delete(ended).execute(conn).await?;
    diesel::delete(sessions::table.filter(sessions::last_used_at.lt(used_before))).execute(conn).await?;
    Ok(())
}
