//! The file store, and the signed addresses of what lies in it.
//!
//! A file is written before the row that names it, and its row is deleted before it: whatever dies in between leaves a
//! file that nobody knows, which a daily round throws away.

use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use contract::attachment::SignedQuery;
use contract::problem::Code;
use domain::id::{AttachmentId, SessionId};
use futures_util::{Stream, StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{
    BackoffConfig, ClientOptions, GetResult, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig,
};
use rand::RngCore;
use subtle::ConstantTimeEq;

use crate::config::{Bucket, Config};
use crate::http::error::Error;
use crate::keys::Ring;
use crate::vault::mac;

/// How long an address is good at least, in seconds. Rounded up to a multiple, so that caches see the same address.
const GOOD_FOR: i64 = 600;

/// Seconds after which a store that did not answer may be tried again.
const RETRY_AFTER: u32 = 10;

/// The forms in which a file is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// A photo of at most 320 pixels a side.
    Thumbnail,
    /// A photo of at most 1600 pixels a side.
    Screen,
    /// A document as it came.
    Document,
}

impl Variant {
    pub const ALL: [Variant; 3] = [Variant::Thumbnail, Variant::Screen, Variant::Document];

    pub const fn as_str(self) -> &'static str {
        match self {
            Variant::Thumbnail => "thumbnail",
            Variant::Screen => "screen",
            Variant::Document => "document",
        }
    }

    pub const fn content_type(self) -> &'static str {
        match self {
            Variant::Thumbnail | Variant::Screen => "image/jpeg",
            Variant::Document => "application/pdf",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Variant::Thumbnail | Variant::Screen => "jpg",
            Variant::Document => "pdf",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variant| variant.as_str() == text)
    }
}

/// What the store could not do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the file {0} is missing from the store")]
    Missing(String),
    /// Unreachable, full, or not letting us in.
    #[error("the file store does not answer as it should: {0}")]
    Away(object_store::Error),
}

impl From<object_store::Error> for StoreError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { path, .. } => StoreError::Missing(path),
            other => StoreError::Away(other),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Missing(_) => Error::internal(error),
            StoreError::Away(_) => {
                tracing::warn!(%error, "file store unavailable");
                Error { retry_after: Some(RETRY_AFTER), ..Code::Unavailable.into() }
            }
        }
    }
}

pub type Result<T> = std::result::Result<T, StoreError>;

pub struct Store {
    files: Box<dyn ObjectStore>,
    /// Where it is, if that is a folder.
    folder: Option<PathBuf>,
    /// Derived from the token keys, so that no further secret has to be kept.
    keys: Ring<Vec<u8>>,
}

impl Store {
    /// Opens the bucket that is set, or the folder `files` of the data folder, made if need be.
    pub fn open(config: &Config) -> anyhow::Result<Self> {
        let (files, folder): (Box<dyn ObjectStore>, _) = match &config.bucket {
            Some(bucket) => (Box::new(open_bucket(bucket)?), None),
            None => {
                let folder = config.data_dir.join("files");
                make_private(&folder)?;
                let files = LocalFileSystem::new_with_prefix(&folder)
                    .with_context(|| format!("cannot use {}", folder.display()))?;
                (Box::new(files), Some(folder))
            }
        };
        let keys = Ring::new(&config.token_keys, config.token_keys_file.as_deref(), |key| {
            mac(&key.secret, &[b"signed file addresses"]).to_vec()
        });
        Ok(Self { files, folder, keys })
    }

    pub async fn put(&self, stored_name: &str, variant: Variant, bytes: Vec<u8>) -> Result<()> {
        self.files.put(&location(stored_name, variant), PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// Every form of a file, or none of it.
    pub async fn put_all(&self, stored_name: &str, variants: Vec<(Variant, Vec<u8>)>) -> Result<()> {
        for (variant, bytes) in variants {
            if let Err(error) = self.put(stored_name, variant, bytes).await {
                // What stays behind all the same is found by the daily round.
                let _ = self.remove(stored_name).await;
                return Err(error);
            }
        }
        Ok(())
    }

    /// A file, to be read piece by piece.
    pub async fn get(&self, stored_name: &str, variant: Variant) -> Result<GetResult> {
        Ok(self.files.get(&location(stored_name, variant)).await?)
    }

    /// Removes every form of a file; what is gone already is no fault.
    pub async fn remove(&self, stored_name: &str) -> Result<()> {
        for variant in Variant::ALL {
            match self.files.delete(&location(stored_name, variant)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// The stored names of everything that was last written before an instant, as the store lists them: a name comes once
    /// for each of its forms.
    pub fn names_before(&self, instant: DateTime<Utc>) -> impl Stream<Item = Result<String>> + '_ {
        self.files.list(None).map_err(StoreError::from).try_filter_map(move |object| async move {
            let name = object.location.parts().next().map(|part| part.as_ref().to_owned());
            Ok(name.filter(|_| object.last_modified < instant))
        })
    }

    /// Whether the store can be reached with what is set.
    pub async fn is_reachable(&self) -> Result<()> {
        if let Some(folder) = &self.folder
            && !folder.is_dir()
        {
            return Err(StoreError::Missing(folder.display().to_string()));
        }
        match self.files.list(Some(&Path::from("probe"))).next().await {
            Some(Err(error)) => Err(StoreError::Away(error)),
            None | Some(Ok(_)) => Ok(()),
        }
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

fn open_bucket(bucket: &Bucket) -> anyhow::Result<impl ObjectStore + use<>> {
    let Bucket { name, region, endpoint, access_key, secret_key, path_style, timeout } = bucket;
    let client =
        ClientOptions::new().with_timeout(*timeout).with_connect_timeout(*timeout).with_allow_http(true);
    let retry = RetryConfig {
        max_retries: 2,
        // All tries together, so that the caller's request does not end first.
        retry_timeout: *timeout * 2,
        backoff: BackoffConfig { init_backoff: Duration::from_millis(100), ..BackoffConfig::default() },
    };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(name)
        .with_region(region)
        .with_access_key_id(access_key)
        .with_secret_access_key(secret_key)
        .with_virtual_hosted_style_request(!path_style)
        // Deleting one by one is what every store can do.
        .with_disable_bulk_delete(true)
        .with_client_options(client)
        .with_retry(retry);
    if let Some(endpoint) = endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    builder.build().with_context(|| format!("cannot use the bucket {name}"))
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

/// The session of those who have none: for files that anybody may see, or whoever holds the secret of a report.
pub const ANYBODY: SessionId = SessionId(uuid::Uuid::nil());

/// A name that nobody can guess.
pub fn random_name() -> String {
    let mut bytes = [0; 18];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

fn location(stored_name: &str, variant: Variant) -> Path {
    Path::from(format!("{stored_name}/{}.{}", variant.as_str(), variant.ending()))
}
