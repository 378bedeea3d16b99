//! The audit trail: written in the transaction of the act, sealed soon after by the worker, read by those who may.
//!
//! * [`entry`]: writing an act down
//! * [`seal`]: the chain of seals, whose key the database does not know
//! * [`heads`], [`anchor`]: where the chains end, told outside the database
//! * [`verify`]: what all of that is good for

pub mod anchor;
mod entry;
pub mod heads;
pub mod seal;
pub mod verify;

pub use entry::{Entry, record};

use std::path::Path;

use anyhow::Context;

/// Bytes as text.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Puts a file in the place of another, readable for its owner only: there is the old one or the new one, never half
/// of one.
pub fn replace(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let shown = || file.display().to_string();
    let beside = file.with_extension(format!("new-{}", uuid::Uuid::now_v7()));
    let mut new = std::fs::File::options()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(&beside)
        .with_context(shown)?;
    new.write_all(bytes).with_context(shown)?;
    new.sync_all().with_context(shown)?;
    std::fs::rename(&beside, file).with_context(shown)
}
