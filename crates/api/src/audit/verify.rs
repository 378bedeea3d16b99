//! Verifying: every chain against its events, its anchors, and the ends that were noted outside the database.
//!
//! Reads batch by batch, so that the memory it takes does not grow with the trail.

mod explain;

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::path::Path;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use db::audit::Row;
use db::audit::chain::{self, Chain, Seal};
use db::{Conn, Db};
use uuid::Uuid;

use super::heads::Heads;
use super::{anchor, hex, seal};
use crate::vault::Vault;

const BATCH: i64 = 500;

/// Something that must not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The event does not say what was sealed. `genuine`: the next seal proves that the seal itself is right.
    Edited { seq: i64, event: Uuid, genuine: bool },
    /// A seal and its event fit another place of the chain.
    Reordered { seq: i64, event: Uuid },
    /// There is a seal for an event that is gone.
    Deleted { seq: i64, event: Uuid },
    /// An event of this chain stands in another trail now.
    Moved { seq: i64, event: Uuid },
    /// Seals are missing, these two included.
    Gap { from: i64, to: i64 },
    /// The chain ends before a place that it had reached.
    CutTail { end: i64, known: i64, witness: Witness },
    /// At this place there was another seal.
    Rewritten { seq: i64, witness: Witness },
    /// An event that should have a seal by now: written past the sealer, or the sealer stands still.
    Unsealed { event: Uuid, at: DateTime<Utc> },
    /// An event disappeared before it was sealed.
    Lost { event: Uuid },
    /// Nothing that this key sealed can be checked, beginning here.
    KeyGone { seq: i64, key: String },
    /// The anchors of a day are not those that were told outside.
    Anchors { day: NaiveDate },
    /// No day has anchors with the digest that was asked for.
    UnknownAnchor { digest: String },
}

/// What knows how far a chain had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Witness {
    HeadFile,
    Anchor(NaiveDate),
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Witness::HeadFile => write!(f, "the file of heads"),
            Witness::Anchor(day) => write!(f, "the anchor of {day}"),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::Edited { seq, event, genuine: true } => {
                write!(f, "seal {seq}: event {event} was edited")
            }
            Finding::Edited { seq, event, genuine: false } => {
                write!(f, "seal {seq}: event {event} was edited, or the seal is forged")
            }
            Finding::Reordered { seq, event } => {
                write!(f, "seal {seq}: event {event} belongs elsewhere: reordered")
            }
            Finding::Deleted { seq, event } => write!(f, "seal {seq}: event {event} was deleted"),
            Finding::Moved { seq, event } => {
                write!(f, "seal {seq}: event {event} was moved to another trail")
            }
            Finding::Gap { from, to } => write!(f, "seals {from} to {to} were deleted"),
            Finding::CutTail { end, known, witness } => {
                write!(f, "the chain ends at {end}, but {witness} knows seal {known}: its tail was cut")
            }
            Finding::Rewritten { seq, witness } => {
                write!(f, "seal {seq} is not the one that {witness} knows: the chain was rewritten")
            }
            Finding::Unsealed { event, at } => {
                write!(f, "event {event} of {at} has no seal: inserted past the sealer, or no worker runs")
            }
            Finding::Lost { event } => write!(f, "event {event} was deleted before it was sealed"),
            Finding::KeyGone { seq, key } => {
                write!(f, "from seal {seq}: the key {key:?} is gone, so its seals cannot be checked")
            }
            Finding::Anchors { day } => {
                write!(f, "the anchors of {day} are not those that were told outside")
            }
            Finding::UnknownAnchor { digest } => write!(f, "no day was anchored with the digest {digest}"),
        }
    }
}

/// What was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub chains: u64,
    pub seals: u64,
    /// Events that are too young to have a seal.
    pub waiting: u64,
    pub anchors: u64,
    pub findings: u64,
    /// Whether there was a file of heads to compare with.
    pub has_heads: bool,
}

/// What to verify, and against what.
pub struct Question<'a> {
    pub db: &'a Db,
    pub vault: &'a Vault,
    pub data_dir: &'a Path,
    /// Only this chain; all of them otherwise.
    pub only: Option<Chain>,
    /// The digest of an anchor, from a mail.
    pub anchor: Option<&'a str>,
    pub now: DateTime<Utc>,
    /// How long an event may wait for its seal.
    pub patience: TimeDelta,
}

/// Verifies; every finding is handed on as soon as it is made. A finding without a chain is of the anchors.
pub async fn verify(
    question: &Question<'_>,
    mut found: impl FnMut(Option<Chain>, Finding),
) -> anyhow::Result<Counts> {
    let conn = &mut *question.db.conn().await?;
    let heads = Heads::load(question.data_dir)?;
    let mut counts = Counts { has_heads: heads.is_some(), ..Counts::default() };
    let heads = heads.unwrap_or_default();
    let mut findings = 0;
    for chain in chains(conn, question.only, &heads).await? {
        counts.chains += 1;
        let mut tell = |finding| {
            findings += 1;
            found(Some(chain), finding);
        };
        counts.seals += walk(conn, question.vault, chain, &mut tell).await?;
        counts.anchors += witnesses(conn, chain, &heads, &mut tell).await?;
        counts.waiting += unsealed(conn, question, chain, &mut tell).await?;
    }
    for finding in anchors(conn, question).await? {
        findings += 1;
        found(None, finding);
    }
    Ok(Counts { findings, ..counts })
}

/// Every chain that is, was, or should be.
async fn chains(conn: &mut Conn, only: Option<Chain>, heads: &Heads) -> anyhow::Result<BTreeSet<Chain>> {
    if let Some(only) = only {
        return Ok(BTreeSet::from([only]));
    }
    let mut chains: BTreeSet<Chain> = heads.chains().chain([Chain::PLATFORM]).collect();
    let mut after = None;
    while let Some(sealed) = chain::next_sealed(conn, after).await? {
        chains.insert(sealed);
        after = Some(sealed);
    }
    let mut after = None;
    loop {
        let communities = db::community::ids_after(conn, after, BATCH).await?;
        let Some(last) = communities.last() else { return Ok(chains) };
        after = Some(*last);
        chains.extend(communities.into_iter().map(Chain::of));
    }
}

/// One seal with what it is about, and whether they fit.
struct Link {
    seal: Seal,
    event: Option<Row>,
    /// The MAC of the seal before; none after a gap.
    previous: Option<Vec<u8>>,
    /// None where it cannot be told.
    fits: Option<bool>,
}

/// Walks along a chain; answers how many seals it has.
async fn walk(
    conn: &mut Conn,
    vault: &Vault,
    chain: Chain,
    tell: &mut impl FnMut(Finding),
) -> anyhow::Result<u64> {
    let (mut count, mut seq, mut previous) = (0, 0, Some(Vec::new()));
    let mut keys_gone = BTreeSet::new();
    loop {
        let seals = chain::seals_after(conn, chain, seq, BATCH).await?;
        if seals.is_empty() {
            return Ok(count);
        }
        count += seals.len() as u64;
        let ids: Vec<Uuid> = seals.iter().map(|seal| seal.event_id).collect();
        let rows = chain::sealed_events(conn, &ids).await?;
        let mut events: HashMap<Uuid, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
        let mut links = Vec::with_capacity(seals.len());
        for one in seals {
            if one.seq != seq + 1 {
                tell(Finding::Gap { from: seq + 1, to: one.seq - 1 });
                previous = None;
            }
            let event = events.remove(&one.event_id);
            let expected = event
                .as_ref()
                .zip(previous.as_ref())
                .and_then(|(event, previous)| seal::mac(vault, &one.key_id, previous, one.seq, event));
            if vault.mac(&one.key_id, "", &[]).is_none() && keys_gone.insert(one.key_id.clone()) {
                tell(Finding::KeyGone { seq: one.seq, key: one.key_id.clone() });
            }
            let fits = expected.map(|expected| one.mac == expected);
            seq = one.seq;
            let before = previous.replace(one.mac.clone());
            links.push(Link { seal: one, event, previous: before, fits });
        }
        explain::explain(vault, chain, &links, tell);
    }
}

/// Compares a chain with what others know of it; answers how many anchors there were.
async fn witnesses(
    conn: &mut Conn,
    chain: Chain,
    heads: &Heads,
    tell: &mut impl FnMut(Finding),
) -> anyhow::Result<u64> {
    let end = chain::head(conn, chain).await?.map_or(0, |head| head.seq);
    let anchors = chain::anchors_of(conn, chain).await?;
    let count = anchors.len() as u64;
    let anchored = anchors.into_iter().map(|one| (one.seq, hex(&one.mac), Witness::Anchor(one.day)));
    let head = heads.end(chain).map(|(seq, mac)| (seq, mac.to_owned(), Witness::HeadFile));
    for (seq, mac, witness) in anchored.chain(head) {
        match chain::mac_at(conn, chain, seq).await? {
            Some(present) if hex(&present) == mac => {}
            Some(_) => tell(Finding::Rewritten { seq, witness }),
            None if seq > end => tell(Finding::CutTail { end, known: seq, witness }),
            // A gap, which has been told.
            None => {}
        }
    }
    Ok(count)
}

/// Events without a seal; answers how many of them may still wait.
async fn unsealed(
    conn: &mut Conn,
    question: &Question<'_>,
    chain: Chain,
    tell: &mut impl FnMut(Finding),
) -> anyhow::Result<u64> {
    let (mut waiting, mut after) = (0, Uuid::nil());
    loop {
        let events = chain::unsealed_after(conn, chain, after, BATCH).await?;
        let Some((last, _)) = events.last() else { break };
        after = *last;
        for (event, at) in events {
            // Nor may an event come from a time that has not been yet.
            match (question.now - at).abs() <= question.patience {
                true => waiting += 1,
                false => tell(Finding::Unsealed { event, at }),
            }
        }
    }
    for event in chain::lost_before_sealing(conn, chain, BATCH).await? {
        tell(Finding::Lost { event });
    }
    Ok(waiting)
}

/// The days' anchors against their digests outside.
async fn anchors(conn: &mut Conn, question: &Question<'_>) -> anyhow::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for told in anchor::told(question.data_dir)? {
        if anchor::digest(conn, told.day).await? != told.digest {
            findings.push(Finding::Anchors { day: told.day });
        }
    }
    if let Some(wanted) = question.anchor {
        for day in chain::anchored_days(conn).await? {
            if anchor::digest(conn, day).await?.eq_ignore_ascii_case(wanted) {
                return Ok(findings);
            }
        }
        findings.push(Finding::UnknownAnchor { digest: wanted.to_owned() });
    }
    Ok(findings)
}
