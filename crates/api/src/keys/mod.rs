//! Rings of keys while the server runs: the first makes, all read, and a ring that lies in a file may grow meanwhile.

pub mod rotate;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use crate::config::TokenKey;
use crate::config::keys::read;

/// How often an unknown name makes us read the file again, at most: names come from strangers.
const READ_AGAIN: Duration = Duration::from_secs(1);

/// Keys by name, newest first, each in the form that its user needs.
pub struct Ring<K> {
    file: Option<PathBuf>,
    make: fn(&TokenKey) -> K,
    keys: RwLock<Arc<[(String, K)]>>,
    read_at: Mutex<Option<Instant>>,
}

impl<K> Ring<K> {
    pub fn new(keys: &[TokenKey], file: Option<&Path>, make: fn(&TokenKey) -> K) -> Self {
        let (file, keys) = (file.map(Path::to_owned), RwLock::new(made(keys, make)));
        Self { file, make, keys, read_at: Mutex::new(None) }
    }

    /// The keys of this moment.
    pub fn keys(&self) -> Arc<[(String, K)]> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What `with` makes of the keys; where that is nothing, the file may have newer ones.
    pub fn find<T>(&self, with: impl Fn(&[(String, K)]) -> Option<T>) -> Option<T> {
        with(&self.keys()).or_else(|| self.read_again().then(|| with(&self.keys()))?)
    }

    /// What `with` makes of the key of this name.
    pub fn named<T>(&self, name: &str, with: impl Fn(&K) -> Option<T>) -> Option<T> {
        let known = |keys: &[(String, K)]| keys.iter().any(|(known, _)| known == name).then_some(());
        self.find(known)?;
        self.keys().iter().find(|(known, _)| known == name).and_then(|(_, key)| with(key))
    }

    /// Reads the file anew, unless that was just done; answers whether it was.
    fn read_again(&self) -> bool {
        let Some(file) = &self.file else { return false };
        let mut read_at = self.read_at.lock().unwrap_or_else(PoisonError::into_inner);
        if read_at.is_some_and(|at| at.elapsed() < READ_AGAIN) {
            return false;
        }
        *read_at = Some(Instant::now());
        match read(file) {
            Ok(keys) => {
                *self.keys.write().unwrap_or_else(PoisonError::into_inner) = made(&keys, self.make);
                true
            }
            Err(error) => {
                tracing::error!(%error, "the keys cannot be read again; the ones in memory stay in use");
                false
            }
        }
    }
}

fn made<K>(keys: &[TokenKey], make: fn(&TokenKey) -> K) -> Arc<[(String, K)]> {
    keys.iter().map(|key| (key.name.clone(), make(key))).collect()
}
