//! Single-use links. The secret of a link is made from the row's id with a key that the database does not know.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::account::TokenPurpose;
use domain::id::{InvitationId, UserId};
use uuid::Uuid;

use crate::schema::account_tokens;
use crate::{Conn, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = account_tokens, check_for_backend(diesel::pg::Pg))]
pub struct Token {
    pub id: Uuid,
    pub purpose: TokenPurpose,
    /// None where it is only known by the address whether there is an account.
    pub user_id: Option<UserId>,
    /// In the context `account_token:<id>`.
    pub email_sealed: String,
    pub invitation_id: Option<InvitationId>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
}

pub async fn insert(conn: &mut Conn, token: &Token) -> Result<()> {
    diesel::insert_into(account_tokens::table).values(token).execute(conn).await?;
    Ok(())
}

pub async fn find(conn: &mut Conn, id: Uuid) -> Result<Option<Token>> {
    Ok(account_tokens::table.find(id).select(Token::as_select()).first(conn).await.optional()?)
}

/// Uses it up; answers whether it was still there to be used. Of two at the same time, one is told so.
pub async fn spend(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
    let unused = account_tokens::used_at.is_null().and(account_tokens::expires_at.gt(now));
    let spent = diesel::update(account_tokens::table.find(id).filter(unused))
        .set(account_tokens::used_at.eq(now))
        .execute(conn)
        .await?;
    Ok(spent == 1)
}

/// Takes back all that this user has open for a purpose.
pub async fn take_back(
    conn: &mut Conn,
    user: UserId,
    purpose: TokenPurpose,
    now: DateTime<Utc>,
) -> Result<()> {
    let open = account_tokens::user_id
        .eq(user)
        .and(account_tokens::purpose.eq(purpose))
        .and(account_tokens::used_at.is_null());
    diesel::update(account_tokens::table.filter(open))
        .set(account_tokens::used_at.eq(now))
        .execute(conn)
        .await?;
    Ok(())
}

/// Throws away what was used or ran out before, and the mail that carried it.
pub async fn sweep(conn: &mut Conn, before: DateTime<Utc>) -> Result<()> {
    let over = account_tokens::used_at.lt(before).or(account_tokens::expires_at.lt(before));
    diesel::delete(account_tokens::table.filter(over)).execute(conn).await?;
    Ok(())
}
