//! The browser that the browser tests drive.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::packages::{self, Packages};
use crate::environment;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const ON_MACOS: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// With a typeface that has Arabic letters, which ours has not.
const PACKAGES: Packages =
    Packages { apt: &["chromium", "fonts-dejavu-core"], brew: &["--cask", "chromium"] };

/// Finds a browser or installs one.
pub fn chromium() -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    packages::install("Chromium for the browser tests", &PACKAGES)?;
    find().context("Chromium was installed but is not to be found; say where it is with CHROMIUM=/path/to/it")
}

fn find() -> Option<PathBuf> {
    let on_macos =
        || ON_MACOS.iter().map(Path::new).find(|path| environment::is_program(path)).map(Path::to_path_buf);
    environment::chromium()
        .or_else(|| NAMES.iter().find_map(|name| environment::which(name)))
        .or_else(on_macos)
}
