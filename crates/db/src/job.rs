//! The queue of everything that is done outside of requests.
//!
//! Workers take jobs by lease: whoever dies with one gives it back when the lease ends. Each taking counts, and only who
//! took it last can finish it.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::job::{Job, Kind, LEASE, Lane};
use serde_json::Value;
use uuid::Uuid;

use crate::page::Keyset;
use crate::schema::jobs;
use crate::{Conn, Error, Result};

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = jobs, check_for_backend(diesel::pg::Pg))]
pub struct Row {
    pub id: Uuid,
    pub kind: Kind,
    pub args: Value,
    pub created_at: DateTime<Utc>,
    pub attempts: i32,
    pub failed_at: Option<DateTime<Utc>>,
    pub last_error: Option<String>,
}

impl Row {
    /// What is to be done; nothing where another version wrote it.
    pub fn job(&self) -> Option<Job> {
        serde_json::from_value(serde_json::json!({ "kind": self.kind, "args": self.args })).ok()
    }
}

/// So many mails at once are mail to many, and stand so much further behind.
const MANY: usize = 20;
const CROWD: i16 = 5;

/// Puts jobs into the queue, in the transaction of what they follow from. One whose key an unfinished job of its kind has
/// is there already.
pub async fn enqueue(conn: &mut Conn, all: &[(Job, Option<String>)], now: DateTime<Utc>) -> Result<()> {
    // What goes to many does not keep one person's password waiting.
    let later = if all.len() > MANY { CROWD } else { 0 };
    let rows: Vec<_> = all
        .iter()
        .map(|(job, unique_key)| {
            let args = serde_json::to_value(job).map(|mut stored| stored["args"].take());
            (
                jobs::id.eq(Uuid::now_v7()),
                jobs::kind.eq(job.kind()),
                jobs::args.eq(args.unwrap_or_default()),
                jobs::priority.eq(job.kind().priority() + if job.kind() == Kind::Mail { later } else { 0 }),
                jobs::unique_key.eq(unique_key.clone()),
                jobs::created_at.eq(now),
                jobs::run_at.eq(now),
            )
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    diesel::insert_into(jobs::table).values(rows).on_conflict_do_nothing().execute(conn).await?;
    Ok(())
}

/// Takes the most urgent job of a lane that is due and that nobody has.
pub async fn claim(conn: &mut Conn, lane: Lane, now: DateTime<Utc>) -> Result<Option<Row>> {
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| kind.lane() == lane).collect();
    let lease = TimeDelta::from_std(LEASE).unwrap_or_default();
    let next = jobs::table
        .filter(jobs::done_at.is_null().and(jobs::failed_at.is_null()).and(jobs::run_at.le(now)))
        .filter(jobs::leased_until.is_null().or(jobs::leased_until.lt(now)))
        .filter(jobs::kind.eq_any(kinds))
        .order((jobs::priority, jobs::run_at, jobs::id))
        .limit(1)
        .for_update()
        .skip_locked()
        .select(jobs::id);
    let Some(id) = next.first::<Uuid>(conn).await.optional()? else { return Ok(None) };
    Ok(diesel::update(jobs::table.find(id))
        .set((jobs::leased_until.eq(now + lease), jobs::attempts.eq(jobs::attempts + 1)))
        .returning(Row::as_returning())
        .get_result(conn)
        .await
        .optional()?)
}

/// What became of a try.
#[derive(Debug, Clone)]
pub enum Outcome {
    Done,
    /// Tried again then.
    Later(DateTime<Utc>, String),
    /// Nobody tries it again by itself.
    Failed(String),
    /// Not tried to its end: anybody may take it.
    GivenBack,
}

/// Writes down what became of a try, unless somebody else has taken the job since; answers whether it was written.
pub async fn settle(conn: &mut Conn, row: &Row, outcome: Outcome, now: DateTime<Utc>) -> Result<bool> {
    let mine = jobs::table.filter(
        jobs::id
            .eq(row.id)
            .and(jobs::attempts.eq(row.attempts))
            .and(jobs::done_at.is_null())
            .and(jobs::failed_at.is_null()),
    );
    let nobody = jobs::leased_until.eq(None::<DateTime<Utc>>);
    let row = diesel::update(mine);
    let written = match outcome {
        Outcome::Done => row.set((jobs::done_at.eq(now), nobody)).execute(conn).await?,
        Outcome::Later(at, error) => {
            row.set((jobs::run_at.eq(at), jobs::last_error.eq(error), nobody)).execute(conn).await?
        }
        Outcome::Failed(error) => {
            row.set((jobs::failed_at.eq(now), jobs::last_error.eq(error), nobody)).execute(conn).await?
        }
        Outcome::GivenBack => row.set(nobody).execute(conn).await?,
    };
    Ok(written == 1)
}

/// Throws away what was done before, and what has failed so long ago that nobody will ask any more.
pub async fn sweep(conn: &mut Conn, done: DateTime<Utc>, failed: DateTime<Utc>) -> Result<()> {
    let over = jobs::done_at.lt(done).or(jobs::failed_at.lt(failed));
    diesel::delete(jobs::table.filter(over)).execute(conn).await?;
    Ok(())
}

/// How a kind of work stands.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Standing {
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub kind: Kind,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pub waiting: i64,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pub running: i64,
    /// Tried before, and waiting for another try.
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pub retrying: i64,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pub failed: i64,
    #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Timestamptz>)]
    pub oldest: Option<DateTime<Utc>>,
}

/// How each kind of work stands of which there is any.
pub async fn standing(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<Standing>> {
    Ok(diesel::sql_query(
        "select kind, \
            count(*) filter (where failed_at is null and coalesce(leased_until <= $1, true)) as waiting, \
            count(*) filter (where failed_at is null and leased_until > $1) as running, \
            count(*) filter (where failed_at is null and attempts > 0 and coalesce(leased_until <= $1, true)) as retrying, \
            count(*) filter (where failed_at is not null) as failed, \
            min(created_at) filter (where failed_at is null) as oldest \
         from jobs where done_at is null group by kind order by kind",
    )
    .bind::<diesel::sql_types::Timestamptz, _>(now)
    .load(conn)
    .await?)
}

/// What nobody tries any more, the latest first.
pub async fn list_failed(conn: &mut Conn, after: Option<Keyset>, limit: i64) -> Result<Vec<Row>> {
    let mut query = jobs::table
        .filter(jobs::failed_at.is_not_null())
        .order((jobs::failed_at.desc(), jobs::id.desc()))
        .limit(limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(Keyset { created_at, id }) = after {
        query = query
            .filter(jobs::failed_at.lt(created_at).or(jobs::failed_at.eq(created_at).and(jobs::id.lt(id))));
    }
    Ok(query.load(conn).await?)
}

/// Has a failed job tried again, from the beginning of its patience.
pub async fn retry(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> Result<Row> {
    let failed = jobs::table.filter(jobs::id.eq(id).and(jobs::failed_at.is_not_null()));
    diesel::update(failed)
        .set((jobs::failed_at.eq(None::<DateTime<Utc>>), jobs::run_at.eq(now), jobs::attempts.eq(0)))
        .returning(Row::as_returning())
        .get_result(conn)
        .await
        .optional()?
        .ok_or(Error::NotFound)
}
