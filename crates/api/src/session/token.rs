//! Access tokens (JWT, HS256) and refresh tokens (random, kept as hashes).

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use domain::id::{SessionId, UserId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rand::RngCore;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::config::TokenKey;
use crate::keys::Ring;

/// Seconds that an access token lasts.
pub const ACCESS_SECONDS: u32 = 600;
/// Days that a refresh token lasts when nobody uses it.
pub const REFRESH_DAYS: i64 = 30;

const ISSUER: &str = "kommunity";
const AUDIENCE: &str = "kommunity-api";

/// Who, and in which session; never what they may do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    pub sub: UserId,
    pub sid: SessionId,
    /// Seconds since 1970.
    pub iat: i64,
    pub exp: i64,
}

struct Key {
    signing: EncodingKey,
    verifying: DecodingKey,
}

pub struct Tokens {
    keys: Ring<Key>,
    validation: Validation,
}

impl Tokens {
    /// From a file, if there is one, newer keys are read when a token names one that is not known yet.
    pub fn new(keys: &[TokenKey], file: Option<&Path>) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // By our own clock, in `verify`.
        validation.validate_exp = false;
        let keys = Ring::new(keys, file, |key| Key {
            signing: EncodingKey::from_secret(&key.secret),
            verifying: DecodingKey::from_secret(&key.secret),
        });
        Self { keys, validation }
    }

    pub fn issue(&self, user: UserId, session: SessionId, now: DateTime<Utc>) -> anyhow::Result<String> {
        let keys = self.keys.keys();
        let (name, key) = keys.first().ok_or_else(|| anyhow::anyhow!("no token key"))?;
        let header = Header { kid: Some(name.clone()), ..Header::new(Algorithm::HS256) };
        let claims = Claims {
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
            sub: user,
            sid: session,
            iat: now.timestamp(),
            exp: now.timestamp() + i64::from(ACCESS_SECONDS),
        };
        Ok(jsonwebtoken::encode(&header, &claims, &key.signing)?)
    }

    /// What a token says, if it is one of ours and has not expired.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let kid = jsonwebtoken::decode_header(token).ok()?.kid?;
        let read = |key: &Key| jsonwebtoken::decode::<Claims>(token, &key.verifying, &self.validation).ok();
        let claims = self.keys.named(&kid, read)?.claims;
        (claims.exp > now.timestamp()).then_some(claims)
    }
}

/// A secret to hand out, and the digest to keep.
pub fn new_secret() -> (String, Vec<u8>) {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    let token = URL_SAFE_NO_PAD.encode(bytes);
    let hash = secret_digest(&token);
    (token, hash)
}

pub fn secret_digest(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

pub fn refresh_lifetime() -> TimeDelta {
    TimeDelta::days(REFRESH_DAYS)
}
