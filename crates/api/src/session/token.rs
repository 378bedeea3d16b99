//! Access tokens (JWT, HS256) and refresh tokens (random, kept as hashes).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use domain::id::{SessionId, UserId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rand::RngCore;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::config::TokenKey;

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

pub struct Tokens {
    keys: Vec<(String, EncodingKey, DecodingKey)>,
    validation: Validation,
}

impl Tokens {
    pub fn new(keys: &[TokenKey]) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // By our own clock, in `verify`.
        validation.validate_exp = false;
        let keys = keys
            .iter()
            .map(|key| {
                let (encoding, decoding) =
                    (EncodingKey::from_secret(&key.secret), DecodingKey::from_secret(&key.secret));
                (key.name.clone(), encoding, decoding)
            })
            .collect();
        Self { keys, validation }
    }

    pub fn issue(&self, user: UserId, session: SessionId, now: DateTime<Utc>) -> anyhow::Result<String> {
        let (name, key, _) = self.keys.first().ok_or_else(|| anyhow::anyhow!("no token key"))?;
        let header = Header { kid: Some(name.clone()), ..Header::new(Algorithm::HS256) };
        let claims = Claims {
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
            sub: user,
            sid: session,
            iat: now.timestamp(),
            exp: now.timestamp() + i64::from(ACCESS_SECONDS),
        };
        Ok(jsonwebtoken::encode(&header, &claims, key)?)
    }

    /// What a token says, if it is one of ours and has not expired.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let kid = jsonwebtoken::decode_header(token).ok()?.kid?;
        let (.., key) = self.keys.iter().find(|(name, ..)| *name == kid)?;
        let claims = jsonwebtoken::decode::<Claims>(token, key, &self.validation).ok()?.claims;
        (claims.exp > now.timestamp()).then_some(claims)
    }
}

/// A refresh token to hand out, and the hash to keep.
pub fn new_refresh_token() -> (String, Vec<u8>) {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    let token = URL_SAFE_NO_PAD.encode(bytes);
    let hash = refresh_hash(&token);
    (token, hash)
}

pub fn refresh_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

pub fn refresh_lifetime() -> TimeDelta {
    TimeDelta::days(REFRESH_DAYS)
}
