//! Chains of seals: one of each community, and one of the platform.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Date, Integer};
use diesel_async::RunQueryDsl;
use domain::audit::AnchorWay;
use domain::id::CommunityId;
use uuid::Uuid;

use super::Row;
use crate::schema::{audit_anchors, audit_events, audit_pending, audit_seals};
use crate::{Conn, Result};

/// Of whom a chain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chain(pub Uuid);

impl Chain {
    pub const PLATFORM: Chain = Chain(Uuid::nil());

    pub const fn of(community: CommunityId) -> Self {
        Self(community.0)
    }

    /// None for the platform's.
    pub fn community(self) -> Option<CommunityId> {
        (self != Self::PLATFORM).then_some(CommunityId(self.0))
    }
}

/// One link: that this event came after the one before, and what it said.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_seals, check_for_backend(diesel::pg::Pg))]
pub struct Seal {
    pub chain: Uuid,
    /// From 1, without gaps.
    pub seq: i64,
    pub event_id: Uuid,
    pub key_id: String,
    pub mac: Vec<u8>,
    pub sealed_at: DateTime<Utc>,
}

/// Where a chain ends, or ended once.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, QueryableByName)]
pub struct Head {
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    pub chain: Uuid,
    #[diesel(sql_type = BigInt)]
    pub seq: i64,
    #[diesel(sql_type = Binary)]
    pub mac: Vec<u8>,
}

/// Where a chain ended on a day, as it was told outside.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_anchors, check_for_backend(diesel::pg::Pg))]
pub struct Anchor {
    pub chain: Uuid,
    pub day: NaiveDate,
    pub seq: i64,
    pub mac: Vec<u8>,
    pub anchored_at: DateTime<Utc>,
    pub sent_by: AnchorWay,
}

diesel::define_sql_function! {
    fn pg_try_advisory_xact_lock(class: Integer, key: Integer) -> Bool;
}

/// The classes of our advisory locks, so that they never meet those of others.
const SEALING: i32 = 7_305_614;
const ANCHORING: i32 = 7_305_615;

/// Takes the chain for the rest of the transaction; false where another sealer has it.
pub async fn try_lock(conn: &mut Conn, chain: Chain) -> Result<bool> {
    // The end of a UUIDv7 is random. Two chains with the same number take turns, which does no harm.
    let [.., a, b, c, d] = *chain.0.as_bytes();
    lock(conn, SEALING, i32::from_be_bytes([a, b, c, d])).await
}

pub async fn try_lock_anchors(conn: &mut Conn) -> Result<bool> {
    lock(conn, ANCHORING, 0).await
}

async fn lock(conn: &mut Conn, class: i32, key: i32) -> Result<bool> {
    Ok(diesel::select(pg_try_advisory_xact_lock(class, key)).get_result(conn).await?)
}

/// Chains that have events without a seal.
pub async fn list_pending(conn: &mut Conn, limit: i64) -> Result<Vec<Chain>> {
    let chains: Vec<Uuid> =
        audit_pending::table.select(audit_pending::chain).distinct().limit(limit).load(conn).await?;
    Ok(chains.into_iter().map(Chain).collect())
}

/// The oldest events of a chain that wait for their seal.
pub async fn pending_events(conn: &mut Conn, chain: Chain, limit: i64) -> Result<Vec<Row>> {
    Ok(audit_pending::table
        .inner_join(audit_events::table.on(audit_events::id.eq(audit_pending::event_id)))
        .filter(audit_pending::chain.eq(chain.0))
        .filter(audit_events::community_id.is_not_distinct_from(chain.community()))
        .order(audit_pending::event_id)
        .limit(limit)
        .select(Row::as_select())
        .load(conn)
        .await?)
}

/// Adds seals to a chain; their events wait no more.
pub async fn append(conn: &mut Conn, chain: Chain, seals: &[Seal]) -> Result<()> {
    diesel::insert_into(audit_seals::table).values(seals).execute(conn).await?;
    let events: Vec<Uuid> = seals.iter().map(|seal| seal.event_id).collect();
    let waiting = audit_pending::table.filter(audit_pending::chain.eq(chain.0));
    diesel::delete(waiting.filter(audit_pending::event_id.eq_any(events))).execute(conn).await?;
    Ok(())
}

/// The last seal of a chain.
pub async fn head(conn: &mut Conn, chain: Chain) -> Result<Option<Head>> {
    Ok(audit_seals::table
        .filter(audit_seals::chain.eq(chain.0))
        .order(audit_seals::seq.desc())
        .select((audit_seals::chain, audit_seals::seq, audit_seals::mac))
        .first(conn)
        .await
        .optional()?)
}

/// The MAC of one seal.
pub async fn mac_at(conn: &mut Conn, chain: Chain, seq: i64) -> Result<Option<Vec<u8>>> {
    Ok(audit_seals::table.find((chain.0, seq)).select(audit_seals::mac).first(conn).await.optional()?)
}

pub async fn seals_after(conn: &mut Conn, chain: Chain, seq: i64, limit: i64) -> Result<Vec<Seal>> {
    Ok(audit_seals::table
        .filter(audit_seals::chain.eq(chain.0).and(audit_seals::seq.gt(seq)))
        .order(audit_seals::seq)
        .limit(limit)
        .select(Seal::as_select())
        .load(conn)
        .await?)
}

/// The events that seals name, whichever chain they stand in.
pub async fn sealed_events(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Row>> {
    Ok(audit_events::table.filter(audit_events::id.eq_any(ids)).select(Row::as_select()).load(conn).await?)
}

/// Events of a chain without a seal, after an id, with the instant at which they say they were written.
pub async fn unsealed_after(
    conn: &mut Conn,
    chain: Chain,
    after: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, DateTime<Utc>)>> {
    // A seal before the first is none: whoever walks along a chain never comes to it.
    let sealed =
        audit_seals::table.filter(audit_seals::event_id.eq(audit_events::id).and(audit_seals::seq.ge(1)));
    Ok(audit_events::table
        .filter(audit_events::community_id.is_not_distinct_from(chain.community()))
        .filter(audit_events::id.gt(after))
        .filter(diesel::dsl::not(diesel::dsl::exists(sealed)))
        .order(audit_events::id)
        .limit(limit)
        .select((audit_events::id, audit_events::at))
        .load(conn)
        .await?)
}

/// What waits for a seal but is not there any more.
pub async fn lost_before_sealing(conn: &mut Conn, chain: Chain, limit: i64) -> Result<Vec<Uuid>> {
    let written = audit_events::table
        .filter(audit_events::id.eq(audit_pending::event_id))
        .filter(audit_events::community_id.is_not_distinct_from(chain.community()));
    Ok(audit_pending::table
        .filter(audit_pending::chain.eq(chain.0))
        .filter(diesel::dsl::not(diesel::dsl::exists(written)))
        .limit(limit)
        .select(audit_pending::event_id)
        .load(conn)
        .await?)
}

/// Every chain after this one that has ever been sealed, one by one through the index.
pub async fn next_sealed(conn: &mut Conn, after: Option<Chain>) -> Result<Option<Chain>> {
    let mut query =
        audit_seals::table.order(audit_seals::chain).select(audit_seals::chain).limit(1).into_boxed();
    if let Some(after) = after {
        query = query.filter(audit_seals::chain.gt(after.0));
    }
    let chain: Option<Uuid> = query.first(conn).await.optional()?;
    Ok(chain.map(Chain))
}

pub async fn is_anchored(conn: &mut Conn, day: NaiveDate) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(audit_anchors::table.filter(audit_anchors::day.eq(day))))
        .get_result(conn)
        .await?)
}

/// The ends of all chains that have grown since they were last anchored.
pub async fn heads_to_anchor(conn: &mut Conn) -> Result<Vec<Head>> {
    let sql = "select s.chain, s.seq, s.mac \
               from (select id from communities union all select '00000000-0000-0000-0000-000000000000') c \
               cross join lateral (select chain, seq, mac from audit_seals \
                   where chain = c.id order by seq desc limit 1) s \
               where not exists (select from audit_anchors a where a.chain = s.chain and a.seq = s.seq) \
               order by s.chain";
    Ok(diesel::sql_query(sql).load(conn).await?)
}

pub async fn insert_anchors(conn: &mut Conn, anchors: &[Anchor]) -> Result<()> {
    for some in anchors.chunks(1000) {
        diesel::insert_into(audit_anchors::table).values(some).execute(conn).await?;
    }
    Ok(())
}

/// The anchors of a chain, oldest first: one a day at most.
pub async fn anchors_of(conn: &mut Conn, chain: Chain) -> Result<Vec<Anchor>> {
    Ok(audit_anchors::table
        .filter(audit_anchors::chain.eq(chain.0))
        .order(audit_anchors::day)
        .select(Anchor::as_select())
        .load(conn)
        .await?)
}

/// The anchors of a day after a chain.
pub async fn anchors_on(
    conn: &mut Conn,
    day: NaiveDate,
    after: Option<Chain>,
    limit: i64,
) -> Result<Vec<Anchor>> {
    let mut query = audit_anchors::table
        .filter(audit_anchors::day.eq(day))
        .order(audit_anchors::chain)
        .limit(limit)
        .select(Anchor::as_select())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(audit_anchors::chain.gt(after.0));
    }
    Ok(query.load(conn).await?)
}

#[derive(QueryableByName)]
struct Day {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
}

/// The days that have anchors, oldest first.
pub async fn anchored_days(conn: &mut Conn) -> Result<Vec<NaiveDate>> {
    let days: Vec<Day> =
        diesel::sql_query("select distinct day from audit_anchors order by day").load(conn).await?;
    Ok(days.into_iter().map(|row| row.day).collect())
}
