//! The audit trail: written in the transaction of the act, sealed soon after by the worker, read by those who may.
//!
//! * [`entry`]: writing an act down
//! * [`seal`]: the chain of seals, whose key the database does not know
//! * [`heads`], [`anchor`]: where the chains end, told outside the database
//! * [`verify`]: what all of that is good for
//! * [`handlers`], [`export`]: reading, with the names of today ([`names`])

pub mod anchor;
mod entry;
mod export;
mod handlers;
pub mod heads;
mod names;
pub mod seal;
pub mod verify;

pub use entry::{Entry, record};

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_audit_events)
        .service(export::export_audit_events)
        .service(handlers::list_platform_audit_events);
}

use std::path::Path;

use anyhow::Context;

/// Bytes as text.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Puts a file in the place of another, readable for its owner only: there is the old one or the new one, never half
/// of one.
pub fn replace(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    replace_with(file, bytes, |_| Ok(()))
}

/// The same, with something done to the new file before it takes its place.
pub fn replace_with(
    file: &Path,
    bytes: &[u8],
    prepare: impl FnOnce(&Path) -> std::io::Result<()>,
) -> anyhow::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let beside = file.with_extension(format!("new-{}", uuid::Uuid::now_v7()));
    let written = || -> std::io::Result<()> {
        let mut new = std::fs::File::options().create_new(true).write(true).mode(0o600).open(&beside)?;
        new.write_all(bytes)?;
        new.sync_all()?;
        prepare(&beside)?;
        std::fs::rename(&beside, file)
    };
    written().inspect_err(|_| drop(std::fs::remove_file(&beside))).with_context(|| file.display().to_string())
}
