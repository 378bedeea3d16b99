//! Commands that tell what they found or did, on standard output.

use std::io::Write as _;

use anyhow::{Context, bail};
use chrono::{DateTime, TimeDelta, Utc};
use db::Db;
use db::audit::chain::Chain;

use crate::audit::verify::{self, Counts, Question};
use crate::config::keys::print;
use crate::config::{Config, Settings};
use crate::keys::rotate;
use crate::vault::Vault;

/// What to verify.
#[derive(Debug, Clone, clap::Args)]
pub struct Verify {
    /// Only the trail of this community (a slug).
    #[arg(long)]
    pub community: Option<String>,
    /// The digest out of an anchor's mail: whether that anchor still holds.
    #[arg(long)]
    pub anchor: Option<String>,
    /// How many minutes an event may wait for its seal.
    #[arg(long, default_value_t = 10)]
    pub unsealed_minutes: u32,
}

/// A line for whoever runs the command.
pub fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// Verifies the audit trail; an error where there are findings.
pub async fn verify(db: &Db, settings: &Settings, asked: &Verify, now: DateTime<Utc>) -> anyhow::Result<()> {
    let (_, data_keys) = settings.rings()?;
    let vault = Vault::new(&data_keys, None);
    let only = match &asked.community {
        Some(slug) => {
            let found = db::community::find_by_slug(&mut *db.conn().await?, slug).await?;
            Some(Chain::of(found.with_context(|| format!("there is no community {slug}"))?.id))
        }
        None => None,
    };
    let question = Question {
        db,
        vault: &vault,
        data_dir: &settings.data_dir,
        only,
        anchor: asked.anchor.as_deref(),
        now,
        patience: TimeDelta::minutes(asked.unsealed_minutes.into()),
    };
    let mut told = Ok(());
    let counts = verify::verify(&question, |chain, finding| {
        let place = match chain {
            Some(Chain::PLATFORM) => "platform".to_owned(),
            Some(chain) => format!("community {}", chain.0),
            None => "anchors".to_owned(),
        };
        let line = say(&format!("FINDING {place}: {finding}"));
        told = std::mem::replace(&mut told, Ok(())).and(line);
    })
    .await?;
    told?;
    let Counts { chains, seals, waiting, anchors, findings, has_heads } = counts;
    say(&format!(
        "{chains} chains, {seals} seals, {anchors} anchors checked; {waiting} events wait for their seal; findings: {findings}"
    ))?;
    if !has_heads {
        say(
            "There is no file of heads in this data folder: a chain that was cut since the last anchor would not show.",
        )?;
    }
    if findings > 0 {
        bail!("the audit trail is not what it was; findings: {findings}");
    }
    Ok(())
}

/// Rotates the keys, and says what is left to do.
pub async fn rotate(db: &Db, config: &Config, drop_older: bool, now: DateTime<Utc>) -> anyhow::Result<()> {
    let rings = rotate::rotate(db, config, drop_older, now).await?;
    for ring in &rings {
        let newest = ring.keys.first().map(|key| key.name.as_str()).unwrap_or_default();
        match &ring.file {
            Some(file) => say(&format!("{}: {newest} now comes first in {}", ring.variable, file.display()))?,
            // On standard output only: what is logged is kept.
            None => say(&format!("Set {}={}", ring.variable, print(&ring.keys)))?,
        }
        if !ring.dropped.is_empty() {
            say(&format!("  dropped: {}", ring.dropped.join(", ")))?;
        }
        if !ring.needed.is_empty() {
            say(&format!("  kept, because something was sealed with them: {}", ring.needed.join(", ")))?;
        }
    }
    let [_, data] = &rings;
    if data.file.is_none() {
        return say(
            "Next: set the new values, restart servers and workers, then run `kommunity keys reseal`.",
        );
    }
    let vault = Vault::new(&data.keys, None);
    tell_resealed(rotate::reseal(db, &vault, now).await?)?;
    say(
        "Next: nothing. Servers read the files again when they meet a new key; from their next start on they use it.",
    )
}

/// Seals anew with the newest of the data keys.
pub async fn reseal(db: &Db, config: &Config, now: DateTime<Utc>) -> anyhow::Result<()> {
    let vault = Vault::new(&config.data_keys, None);
    tell_resealed(rotate::reseal(db, &vault, now).await?)
}

fn tell_resealed(rotate::Resealed { sealed, unreadable }: rotate::Resealed) -> anyhow::Result<()> {
    say(&format!("{sealed} secrets sealed with the newest key"))?;
    if unreadable > 0 {
        say(&format!("{unreadable} could not be opened: their key is gone, or they were changed"))?;
    }
    Ok(())
}
