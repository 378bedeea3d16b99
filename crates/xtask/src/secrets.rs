//! Secrets of this checkout: made at random once, kept where only their owner can read them.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use anyhow::{Context as _, Result};
use base64::{Engine as _, prelude::BASE64_STANDARD};

use crate::project;

const TOKEN_KEYS: &str = "KOMMUNITY_TOKEN_KEYS=";

/// The keys that sign sessions: `id:key`.
pub fn token_keys() -> Result<String> {
    let file = project::local("secrets.env")?;
    let line = remembered(&file, || Ok(format!("{TOKEN_KEYS}local:{}", BASE64_STANDARD.encode(random()?))))?;
    let keys = line.lines().find_map(|line| line.strip_prefix(TOKEN_KEYS));
    Ok(keys.with_context(|| format!("{} does not have a line with {TOKEN_KEYS}", file.display()))?.to_owned())
}

/// The secret in a file, which is made the first time it is asked for.
pub fn remembered(file: &Path, make: impl FnOnce() -> Result<String>) -> Result<String> {
    if let Ok(secret) = fs::read_to_string(file) {
        return Ok(secret.trim().to_owned());
    }
    let secret = make()?;
    let mut new = OpenOptions::new().create_new(true).write(true).mode(0o600).open(file)?;
    new.write_all(secret.as_bytes()).with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(secret)
}

/// What nobody can guess.
pub fn random() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Bytes as text that needs no escaping anywhere.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
