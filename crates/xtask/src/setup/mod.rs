//! Finding what the project needs on this machine, and installing what is missing.

pub mod chromium;
pub mod node;
mod packages;
pub mod postgres;
pub mod schemathesis;
pub mod wasm;

use std::sync::OnceLock;

use anyhow::{Result, bail};

use crate::{environment, ui};

static YES: OnceLock<bool> = OnceLock::new();

/// Do not ask before something outside the project is installed.
pub fn answer_yes() {
    YES.get_or_init(|| true);
}

/// Lets the reader refuse that something outside the project changes.
fn permit(what: &str) -> Result<()> {
    let in_container = environment::is_root() && std::path::Path::new("/.dockerenv").exists();
    if YES.get().is_some() || !environment::interactive() || in_container {
        ui::note(format_args!("installing {what}"));
        return Ok(());
    }
    if ui::confirm(&format!("This needs {what}. Install it now?"))? {
        return Ok(());
    }
    bail!("{what} is needed; install it your own way and run the command again")
}
