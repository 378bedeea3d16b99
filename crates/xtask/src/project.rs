//! Where things are in the checkout.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

/// The checkout's root folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map_or_else(PathBuf::new, Path::to_path_buf)
}

/// A path inside the checkout.
pub fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// A path inside `.local`, which holds everything that is made by running: databases, logs, tools, secrets.
pub fn local(relative: &str) -> Result<PathBuf> {
    let local = root().join(".local");
    fs::create_dir_all(&local).context("the checkout cannot be written to")?;
    Ok(local.join(relative))
}

/// A path as a person in the checkout would type it.
pub fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
