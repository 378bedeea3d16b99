//! `kommunity keys`: new keys in front of the rings, and everything that is sealed sealed anew.
//!
//! Nobody is signed out by it: older keys stay in their ring, and servers that run read a file again when they meet a
//! key that they do not know.

use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::{DateTime, Utc};
use db::Db;
use domain::audit::{ActorKind, AuditAction};
use rand::RngCore;
use serde_json::json;
use uuid::Uuid;

use crate::audit::{self, Entry};
use crate::config::keys::print;
use crate::config::{Config, TokenKey};
use crate::vault::{KEPT_REPLY, SEALED, SealedColumn, Vault};

/// How many values are sealed anew in one transaction.
const BATCH: i64 = 100;
/// How many keys of a ring always stay: what the one before the newest signed may still be on its way.
const KEPT: usize = 2;

/// A ring after its rotation.
pub struct Rotated {
    /// `KOMMUNITY_TOKEN_KEYS` or `KOMMUNITY_DATA_KEYS`.
    pub variable: &'static str,
    pub keys: Vec<TokenKey>,
    /// Where it was written; none where it is set in the environment, which only the operator can change.
    pub file: Option<PathBuf>,
    /// Names of the keys that were dropped, and of those that could not be, because something needs them.
    pub dropped: Vec<String>,
    pub needed: Vec<String>,
}

/// What came of sealing anew.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Resealed {
    pub sealed: u64,
    /// Whose key is gone, or which somebody changed.
    pub unreadable: u64,
}

/// Puts a fresh key in front of each ring. With `drop_older`, keys go that nothing uses any more, but never the one
/// that was the newest until now.
pub async fn rotate(
    db: &Db,
    config: &Config,
    drop_older: bool,
    now: DateTime<Utc>,
) -> anyhow::Result<[Rotated; 2]> {
    let used = match drop_older {
        true => keys_used(&mut *db.conn().await?).await?,
        false => Vec::new(),
    };
    let ring = |variable, old: &[TokenKey], file: &Option<PathBuf>, used: &[String]| {
        let fresh = fresh(old, now);
        let all: Vec<TokenKey> = std::iter::once(fresh).chain(old.iter().cloned()).collect();
        let (kept, older) = all.split_at(KEPT.min(all.len()));
        let is_needed = |key: &&TokenKey| !drop_older || used.contains(&key.name);
        let (needed, dropped): (Vec<&TokenKey>, Vec<&TokenKey>) = older.iter().partition(is_needed);
        let names = |keys: &[&TokenKey]| keys.iter().map(|key| key.name.clone()).collect();
        Rotated {
            variable,
            file: file.clone(),
            dropped: names(&dropped),
            needed: if drop_older { names(&needed) } else { Vec::new() },
            keys: kept.iter().chain(needed).cloned().collect(),
        }
    };
    let rings = [
        // Tokens last minutes: no key but the last two is ever needed.
        ring("KOMMUNITY_TOKEN_KEYS", &config.token_keys, &config.token_keys_file, &[]),
        ring("KOMMUNITY_DATA_KEYS", &config.data_keys, &config.data_keys_file, &used),
    ];
    for ring in &rings {
        if let Some(file) = &ring.file {
            store(file, &ring.keys)?;
        }
    }
    let facts = rings.iter().map(|ring| {
        (
            ring.variable.to_owned(),
            json!({ "newest": ring.keys.first().map(|key| &key.name), "dropped": ring.dropped }),
        )
    });
    let facts = serde_json::Value::Object(facts.collect());
    let was_dropped = rings.iter().any(|ring| !ring.dropped.is_empty());
    db.transaction(async |tx| -> db::Result<()> {
        let by_command = |action| Entry::new(action, None).kind(ActorKind::Command).meta(facts.clone());
        audit::record(tx, by_command(AuditAction::KeysRotated), now).await?;
        if was_dropped {
            audit::record(tx, by_command(AuditAction::KeysDropped), now).await?;
        }
        Ok(())
    })
    .await?;
    Ok(rings)
}

/// Seals everything anew that was sealed with an older key. Whoever stops it may start it again.
pub async fn reseal(db: &Db, vault: &Vault, now: DateTime<Utc>) -> anyhow::Result<Resealed> {
    let mut all = Resealed::default();
    for column in SEALED {
        let mut after = Uuid::nil();
        while let Some(last) = reseal_batch(db, vault, column, after, &mut all).await? {
            after = last;
        }
    }
    let facts = json!({ "key": vault.newest(), "sealed": all.sealed, "unreadable": all.unreadable });
    let entry = Entry::new(AuditAction::KeysResealed, None).kind(ActorKind::Command).meta(facts);
    db.transaction(async |tx| audit::record(tx, entry, now).await).await?;
    Ok(all)
}

/// Answers the last id that was looked at; none at the end.
async fn reseal_batch(
    db: &Db,
    vault: &Vault,
    column: &SealedColumn,
    after: Uuid,
    all: &mut Resealed,
) -> anyhow::Result<Option<Uuid>> {
    let (table, name) = (column.table, column.column);
    db.transaction(async |tx| {
        let rows = db::sealed::batch(tx, table, name, after, BATCH).await?;
        for row in rows.iter().filter(|row| !vault.is_current(&row.sealed)) {
            let context = column.context(row.id);
            let Some(plain) = vault.open(&context, &row.sealed) else {
                tracing::warn!(table, column = name, id = %row.id, "cannot be opened: its key is gone, or it was changed");
                all.unreadable += 1;
                continue;
            };
            let sealed = vault.seal(&context, &plain)?;
            all.sealed += u64::from(db::sealed::replace(tx, table, name, row, &sealed).await?);
        }
        Ok(rows.last().map(|row| row.id))
    })
    .await
}

/// The data keys that something in the database was sealed with: columns, and the audit trail, which cannot be sealed
/// anew and would not be verifiable without them.
async fn keys_used(conn: &mut db::Conn) -> db::Result<Vec<String>> {
    let mut used = db::sealed::keys_of_seals(conn).await?;
    for column in SEALED.iter().copied().chain([&KEPT_REPLY]) {
        used.extend(db::sealed::keys_used(conn, column.table, column.column).await?);
    }
    Ok(used)
}

/// A key of random bytes, named after the day; what tells two of one day apart is random, too.
fn fresh(others: &[TokenKey], now: DateTime<Utc>) -> TokenKey {
    let mut secret = vec![0; 32];
    rand::rng().fill_bytes(&mut secret);
    loop {
        let name = format!("{}-{:04x}", now.format("%Y%m%d"), rand::rng().next_u32() & 0xffff);
        if others.iter().all(|other| other.name != name) {
            return TokenKey { name, secret };
        }
    }
}

/// Replaces a file of keys by another of the same owner and with the same permissions, so that the server can read it
/// whoever ran the command.
fn store(file: &Path, keys: &[TokenKey]) -> anyhow::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let old = file.metadata().with_context(|| file.display().to_string())?;
    audit::replace_with(file, print(keys).replace(',', "\n").as_bytes(), |new| {
        let made = new.metadata()?;
        if (made.uid(), made.gid()) != (old.uid(), old.gid()) {
            chown(new, Some(old.uid()), Some(old.gid()))?;
        }
        std::fs::set_permissions(new, old.permissions())
    })
}
