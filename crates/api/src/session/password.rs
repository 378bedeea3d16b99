//! Passwords: argon2id, a bounded number at a time.

use actix_web::web;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::app::App;
use crate::http::error::{Error, Result};

/// A hash in PHC form. The parameters are OWASP's for argon2id: so much memory, two passes, one lane.
pub fn hash(password: &str, memory_kib: u32) -> anyhow::Result<String> {
    let params = Params::new(memory_kib, 2, 1, None).map_err(|error| anyhow::anyhow!("{error}"))?;
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    Ok(hasher.hash_password(password.as_bytes()).map_err(|error| anyhow::anyhow!("{error}"))?.to_string())
}

/// Whether the password is right. Where there is no hash, as much work is done all the same, so that time does not
/// tell whether an account exists.
pub async fn verify(app: &App, password: String, known: Option<String>) -> Result<bool> {
    let _turn = app.hashing.acquire().await.map_err(Error::internal)?;
    let memory = app.config.argon2_memory_kib;
    web::block(move || match known.as_deref().map(PasswordHash::new) {
        Some(Ok(known)) => Argon2::default().verify_password(password.as_bytes(), &known).is_ok(),
        Some(Err(_)) | None => hash(&password, memory).is_err(),
    })
    .await
    .map_err(Error::internal)
}
