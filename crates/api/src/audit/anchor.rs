//! Anchors: once a day the ends of all chains that have grown are told to somebody outside the database.
//!
//! The rows stay in the database; their digest leaves it, into a file and, where an address is set, by mail. Whoever
//! rewrites a chain and its anchors cannot rewrite a mail that lies in somebody's mailbox.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context;
use chrono::NaiveDate;
use db::audit::chain::{self, Anchor, Chain};
use domain::audit::AnchorWay;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{heads, hex};
use crate::app::App;
use crate::files;
use crate::worker::mail::Mailer;

/// How many anchors are read at a time.
const BATCH: i64 = 1000;

/// One line of `anchors.jsonl`, and what the mail says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub day: NaiveDate,
    pub chains: usize,
    /// SHA-256 over the day's anchors, in hexadecimal.
    pub digest: String,
}

/// Anchors the day, unless that has been done or nothing has grown. All or nothing: what could not be mailed is not
/// anchored, and tried again.
pub async fn daily(app: &App, mailer: &Mailer) -> anyhow::Result<()> {
    let now = app.now();
    let day = now.date_naive();
    if chain::is_anchored(&mut *app.db.conn().await?, day).await? {
        return Ok(());
    }
    app.db
        .transaction(async |tx| -> anyhow::Result<()> {
            if !chain::try_lock_anchors(tx).await? || chain::is_anchored(tx, day).await? {
                return Ok(());
            }
            let sent_by = match app.config.anchor_mail {
                Some(_) => AnchorWay::Mail,
                None => AnchorWay::File,
            };
            let heads = chain::heads_to_anchor(tx).await?.into_iter();
            let anchors: Vec<Anchor> = heads
                .map(|head| {
                    let (chain, seq, mac) = (head.chain, head.seq, head.mac);
                    Anchor { chain, day, seq, mac, anchored_at: now, sent_by }
                })
                .collect();
            if anchors.is_empty() {
                return Ok(());
            }
            chain::insert_anchors(tx, &anchors).await?;
            let told = Told { day, chains: anchors.len(), digest: digest(tx, day).await? };
            tracing::info!(%day, chains = told.chains, digest = told.digest, "audit anchor");
            if let Some(address) = &app.config.anchor_mail {
                mail(app, mailer, address, &told).await?;
            }
            append(&app.config.data_dir, &told)
        })
        .await
}

/// The digest of a day's anchors as they stand in the database.
pub async fn digest(conn: &mut db::Conn, day: NaiveDate) -> anyhow::Result<String> {
    let mut digest = Sha256::new();
    let mut after = None;
    loop {
        let anchors = chain::anchors_on(conn, day, after, BATCH).await?;
        let Some(last) = anchors.last() else { break };
        after = Some(Chain(last.chain));
        for anchor in &anchors {
            digest.update(anchor.chain.as_bytes());
            digest.update(anchor.day.to_string());
            digest.update(anchor.seq.to_be_bytes());
            digest.update(&anchor.mac);
        }
    }
    Ok(hex(&digest.finalize()))
}

/// What was told by file, oldest first.
pub fn told(data_dir: &Path) -> anyhow::Result<Vec<Told>> {
    let file = heads::folder(data_dir).join("anchors.jsonl");
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(|| file.display().to_string()),
    };
    text.lines().map(|line| serde_json::from_str(line).with_context(|| file.display().to_string())).collect()
}

fn append(data_dir: &Path, told: &Told) -> anyhow::Result<()> {
    let folder = heads::folder(data_dir);
    files::make_private(&folder)?;
    let mut file = std::fs::File::options().create(true).append(true).open(folder.join("anchors.jsonl"))?;
    writeln!(file, "{}", serde_json::to_string(told)?)?;
    Ok(file.sync_all()?)
}

async fn mail(app: &App, mailer: &Mailer, address: &str, told: &Told) -> anyhow::Result<()> {
    let facts = json!({ "day": told.day, "chains": told.chains, "digest": told.digest, "url": app.config.public_url });
    let facts = facts.as_object().cloned().unwrap_or_default();
    let words = |key: &str| app.messages.get(app.messages.negotiate(None), key, &facts);
    mailer.send_plain(address, words("mail.anchor.subject"), words("mail.anchor.text")).await
}
