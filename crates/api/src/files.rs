//! The file store, and the signed addresses of what lies in it.

use std::os::unix::fs::DirBuilderExt;

use anyhow::Context;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use contract::attachment::SignedQuery;
use domain::id::{AttachmentId, SessionId};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use rand::RngCore;
use subtle::ConstantTimeEq;

use crate::config::Config;
use crate::keys::Ring;
use crate::vault::mac;

/// How long an address is good at least, in seconds. Rounded up to a multiple, so that caches see the same address.
const GOOD_FOR: i64 = 600;

/// The sizes in which a photo is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// At most 320 pixels a side.
    Thumbnail,
    /// At most 1600 pixels a side.
    Screen,
}

impl Variant {
    pub const ALL: [Variant; 2] = [Variant::Thumbnail, Variant::Screen];

    pub const fn as_str(self) -> &'static str {
        match self {
            Variant::Thumbnail => "thumbnail",
            Variant::Screen => "screen",
        }
    }

    /// The longest side, in pixels.
    pub const fn side(self) -> u32 {
        match self {
            Variant::Thumbnail => 320,
            Variant::Screen => 1600,
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variant| variant.as_str() == text)
    }
}

pub struct Store {
    files: LocalFileSystem,
    /// Derived from the token keys, so that no further secret has to be kept.
    keys: Ring<Vec<u8>>,
}

impl Store {
    /// Opens the folder `files` of the data folder, made if need be.
    pub fn open(config: &Config) -> anyhow::Result<Self> {
        let folder = config.data_dir.join("files");
        make_private(&folder)?;
        let files = LocalFileSystem::new_with_prefix(&folder)
            .with_context(|| format!("cannot use {}", folder.display()))?;
        let keys = Ring::new(&config.token_keys, config.token_keys_file.as_deref(), |key| {
            mac(&key.secret, &[b"signed file addresses"]).to_vec()
        });
        Ok(Self { files, keys })
    }

    pub async fn put(&self, stored_name: &str, variant: Variant, bytes: Vec<u8>) -> anyhow::Result<()> {
        self.files.put(&location(stored_name, variant), PutPayload::from(bytes)).await?;
        Ok(())
    }

    pub async fn get(&self, stored_name: &str, variant: Variant) -> anyhow::Result<Vec<u8>> {
        Ok(self.files.get(&location(stored_name, variant)).await?.bytes().await?.to_vec())
    }

    /// Removes every size of a file; what is gone already is no fault.
    pub async fn remove(&self, stored_name: &str) -> anyhow::Result<()> {
        for variant in Variant::ALL {
            match self.files.delete(&location(stored_name, variant)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// The address of a file for one session, good for ten to twenty minutes.
    pub fn address(
        &self,
        id: AttachmentId,
        variant: Variant,
        session: SessionId,
        now: DateTime<Utc>,
    ) -> String {
        let exp = (now.timestamp() / GOOD_FOR + 2) * GOOD_FOR;
        let sig = self.keys.keys().first().map(|(_, key)| sign(key, id, variant, session, exp));
        let sig = sig.unwrap_or_default();
        let query = SignedQuery { sid: session, exp, sig };
        contract::attachment::DOWNLOAD.path_with(&[&id, &variant.as_str()], &query)
    }

    /// Whether an address was made here, for this file, and is still good.
    pub fn verify(
        &self,
        id: AttachmentId,
        variant: Variant,
        query: &SignedQuery,
        now: DateTime<Utc>,
    ) -> bool {
        let is_by = |key: &[u8]| {
            let expected = sign(key, id, variant, query.sid, query.exp);
            bool::from(expected.as_bytes().ct_eq(query.sig.as_bytes()))
        };
        query.exp > now.timestamp()
            && self.keys.find(|keys| keys.iter().any(|(_, key)| is_by(key)).then_some(())).is_some()
    }
}

fn sign(key: &[u8], id: AttachmentId, variant: Variant, session: SessionId, exp: i64) -> String {
    let parts: [&[u8]; 4] =
        [id.0.as_bytes(), variant.as_str().as_bytes(), session.0.as_bytes(), &exp.to_be_bytes()];
    URL_SAFE_NO_PAD.encode(mac(key, &parts))
}

/// Makes a folder, where there is none yet, that nobody else on this machine can look into.
pub fn make_private(folder: &std::path::Path) -> anyhow::Result<()> {
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.with_context(|| format!("cannot make {}", folder.display()))
}

/// A name that nobody can guess.
pub fn random_name() -> String {
    let mut bytes = [0; 18];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

fn location(stored_name: &str, variant: Variant) -> Path {
    Path::from(format!("{stored_name}/{}.jpg", variant.as_str()))
}
