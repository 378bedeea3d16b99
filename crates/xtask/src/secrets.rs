//! Secrets of this checkout: made at random once, kept where only their owner can read them.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
};

use anyhow::{Context as _, Result};
use base64::{Engine as _, prelude::BASE64_STANDARD};

use crate::project;

/// The password of the checkout's own PostgreSQL.
pub fn database_password() -> Result<String> {
    // Part of an address, so nothing that would have to be escaped.
    remembered("KOMMUNITY_DATABASE_PASSWORD", || {
        Ok(random()?.iter().map(|byte| format!("{byte:02x}")).collect())
    })
}

/// The keys that sign sessions: `id:key`.
pub fn token_keys() -> Result<String> {
    remembered("KOMMUNITY_TOKEN_KEYS", || Ok(format!("local:{}", BASE64_STANDARD.encode(random()?))))
}

fn remembered(name: &str, make: impl FnOnce() -> Result<String>) -> Result<String> {
    let path = project::local("secrets.env")?;
    let known = fs::read_to_string(&path).unwrap_or_default();
    let line = known.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    if let Some(secret) = line {
        return Ok(secret.to_owned());
    }
    let secret = make()?;
    let mut file = OpenOptions::new().create(true).append(true).mode(0o600).open(&path)?;
    writeln!(file, "{name}={secret}").context(".local/secrets.env cannot be written")?;
    Ok(secret)
}

fn random() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes)
}
