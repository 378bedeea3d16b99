//! Where each chain ended when it was last sealed, in a file beside the database: whoever cuts the end off a chain in
//! the database alone is found out by it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use db::audit::chain::{self, Chain, Head};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::hex;
use crate::files;

#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Heads {
    chains: BTreeMap<Uuid, End>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct End {
    seq: i64,
    mac: String,
}

/// The folder of everything that is kept of the trail outside the database.
pub fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("audit")
}

impl Heads {
    /// What the file says; none where there is no such file.
    pub fn load(data_dir: &Path) -> anyhow::Result<Option<Self>> {
        let file = folder(data_dir).join("heads.json");
        match std::fs::read(&file) {
            Ok(text) => Ok(Some(serde_json::from_slice(&text).with_context(|| file.display().to_string())?)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| file.display().to_string()),
        }
    }

    /// Replaces the file as a whole, so that nobody ever reads half of one.
    pub fn store(&self, data_dir: &Path) -> anyhow::Result<()> {
        let folder = folder(data_dir);
        files::make_private(&folder)?;
        super::replace(&folder.join("heads.json"), &serde_json::to_vec_pretty(self)?)
    }

    pub fn chains(&self) -> impl Iterator<Item = Chain> {
        self.chains.keys().map(|id| Chain(*id))
    }

    /// Number and MAC (in hexadecimal) of the end of a chain.
    pub fn end(&self, chain: Chain) -> Option<(i64, &str)> {
        self.chains.get(&chain.0).map(|end| (end.seq, end.mac.as_str()))
    }

    /// Moves an end on, if the chain still runs through where it was. If not, the old end stays, as evidence.
    pub async fn advance(&mut self, conn: &mut db::Conn, head: &Head) -> anyhow::Result<()> {
        let chain = Chain(head.chain);
        if let Some(old) = self.chains.get(&head.chain) {
            let present = chain::mac_at(conn, chain, old.seq).await?;
            if present.map(|mac| hex(&mac)).as_deref() != Some(&old.mac) {
                tracing::error!(
                    chain = %head.chain,
                    seq = old.seq,
                    "THE AUDIT TRAIL WAS CUT OR REWRITTEN (or an older backup restored): run `kommunity audit verify`"
                );
                return Ok(());
            }
        }
        self.chains.insert(head.chain, End { seq: head.seq, mac: hex(&head.mac) });
        Ok(())
    }
}
