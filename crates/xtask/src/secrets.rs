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

/// The environment variables of the server that hold keys: what signs sessions, and what seals secrets in the database.
const RINGS: [&str; 2] = ["KOMMUNITY_TOKEN_KEYS", "KOMMUNITY_DATA_KEYS"];

/// Each variable with its keys, `id:key`. One that an older checkout did not know yet is made now.
pub fn keys() -> Result<Vec<(&'static str, String)>> {
    let file = project::local("secrets.env")?;
    let mut text = remembered(&file, || Ok(String::new()))?;
    for ring in RINGS {
        if !text.lines().any(|line| line.starts_with(ring)) {
            text = format!("{text}\n{ring}=local:{}", BASE64_STANDARD.encode(random()?)).trim().to_owned();
            fs::write(&file, &text).with_context(|| format!("{} cannot be written", file.display()))?;
        }
    }
    let value = |ring| text.lines().find_map(|line| line.strip_prefix(ring)?.strip_prefix('='));
    RINGS
        .into_iter()
        .map(|ring| {
            Ok((
                ring,
                value(ring).with_context(|| format!("no line {ring} in {}", file.display()))?.to_owned(),
            ))
        })
        .collect()
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
