//! Mail about accounts and memberships that is still to be sent. Rows hold ids and the sealed address; what it says is
//! looked up when it is written.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::account::AccountMail;
use domain::id::{CommunityId, InvitationId, MemberId, UserId};
use uuid::Uuid;

use crate::schema::account_mails;
use crate::{Conn, Result};

/// How long a worker may take before its work is given to another.
const LEASE: TimeDelta = TimeDelta::minutes(2);

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = account_mails, check_for_backend(diesel::pg::Pg))]
pub struct Mail {
    pub id: Uuid,
    pub template: AccountMail,
    /// In the context `account_mail:<id>`.
    pub address_sealed: String,
    /// For readers of whom no language is known.
    pub locale: String,
    pub user_id: Option<UserId>,
    pub token_id: Option<Uuid>,
    pub invitation_id: Option<InvitationId>,
    pub community_id: Option<CommunityId>,
    /// Of whom it speaks.
    pub member_id: Option<MemberId>,
    pub created_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub attempts: i32,
}

pub async fn enqueue(conn: &mut Conn, mails: &[Mail]) -> Result<()> {
    diesel::insert_into(account_mails::table).values(mails).execute(conn).await?;
    Ok(())
}

/// Takes the mail that has been due longest and that nobody has.
pub async fn claim(conn: &mut Conn, now: DateTime<Utc>) -> Result<Option<Mail>> {
    let next = account_mails::table
        .filter(account_mails::sent_at.is_null().and(account_mails::failed_at.is_null()))
        .filter(account_mails::due_at.le(now))
        .filter(account_mails::leased_until.is_null().or(account_mails::leased_until.lt(now)))
        .order(account_mails::due_at)
        .limit(1)
        .for_update()
        .skip_locked()
        .select(account_mails::id);
    let Some(id) = next.first::<Uuid>(conn).await.optional()? else { return Ok(None) };
    Ok(diesel::update(account_mails::table.find(id))
        .set((
            account_mails::leased_until.eq(now + LEASE),
            account_mails::attempts.eq(account_mails::attempts + 1),
        ))
        .returning(Mail::as_returning())
        .get_result(conn)
        .await
        .optional()?)
}

pub async fn sent(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    diesel::update(account_mails::table.find(id)).set(account_mails::sent_at.eq(now)).execute(conn).await?;
    Ok(())
}

/// Puts a mail off until `retry_at`, or gives it up where there is none.
pub async fn failed(
    conn: &mut Conn,
    id: Uuid,
    error: &str,
    retry_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    let given_up = retry_at.is_none().then_some(now);
    diesel::update(account_mails::table.find(id))
        .set((
            account_mails::due_at.eq(retry_at.unwrap_or(now)),
            account_mails::failed_at.eq(given_up),
            account_mails::last_error.eq(error),
            account_mails::leased_until.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Throws away what was sent or given up before.
pub async fn sweep(conn: &mut Conn, before: DateTime<Utc>) -> Result<()> {
    let over = account_mails::sent_at.lt(before).or(account_mails::failed_at.lt(before));
    diesel::delete(account_mails::table.filter(over)).execute(conn).await?;
    Ok(())
}
