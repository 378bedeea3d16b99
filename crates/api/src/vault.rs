//! Secrets at rest, and links that prove themselves.
//!
//! Fields that nobody should read in a stolen database are sealed with XChaCha20-Poly1305; links in mail carry a row's
//! id and its HMAC-SHA256, so that the database holds nothing that could be mailed by somebody else.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use rand::RngCore;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::config::TokenKey;
use crate::keys::Ring;

const NONCE_BYTES: usize = 24;

/// A column that holds something sealed. Sealing anew after a rotation walks [`SEALED`], so a column that is not listed
/// there would be lost with its key: seal and open with [`SealedColumn::context`] only.
#[derive(Debug, PartialEq, Eq)]
pub struct SealedColumn {
    pub table: &'static str,
    pub column: &'static str,
}

pub const TOTP_SECRET: SealedColumn = SealedColumn { table: "users", column: "totp_secret" };
pub const TOKEN_EMAIL: SealedColumn = SealedColumn { table: "account_tokens", column: "email_sealed" };
pub const MAIL_ADDRESS: SealedColumn = SealedColumn { table: "deliveries", column: "address_sealed" };
pub const INVITATION_EMAIL: SealedColumn = SealedColumn { table: "invitations", column: "email_sealed" };

/// Kept for a day and bound to what was asked, so never sealed anew: its keys stay as long as it does.
pub const KEPT_REPLY: SealedColumn = SealedColumn { table: "idempotency_keys", column: "reply" };

/// Everything else in the database that is sealed with a data key.
pub const SEALED: &[&SealedColumn] = &[&TOTP_SECRET, &TOKEN_EMAIL, &MAIL_ADDRESS, &INVITATION_EMAIL];

impl SealedColumn {
    /// What [`Vault::seal`] binds a value of this column to: where it stands, and the id of its row.
    pub fn context(&self, id: Uuid) -> String {
        format!("{}.{}:{id}", self.table, self.column)
    }
}

/// A ring of keys, newest first: the first seals, all open.
pub struct Vault {
    keys: Ring<Key>,
}

struct Key {
    sealing: XChaCha20Poly1305,
    /// The secret itself; what signs is derived from it, purpose by purpose.
    secret: Vec<u8>,
}

impl Vault {
    /// From a file, if there is one, newer keys are read when something names one that is not known yet.
    pub fn new(keys: &[TokenKey], file: Option<&Path>) -> Self {
        let keys = Ring::new(keys, file, |key| Key {
            sealing: XChaCha20Poly1305::new(&mac(&key.secret, &[b"sealed fields"]).into()),
            secret: key.secret.clone(),
        });
        Self { keys }
    }

    /// A text that only this server can read: `<key name>.<nonce and ciphertext>`. The context (what it is, and of
    /// which row) is bound to it, so that one row's secret cannot be put into another.
    pub fn seal(&self, context: &str, plain: &[u8]) -> anyhow::Result<String> {
        let keys = self.keys.keys();
        let (name, key) = keys.first().ok_or_else(|| anyhow::anyhow!("no data key"))?;
        let mut nonce = [0; NONCE_BYTES];
        rand::rng().fill_bytes(&mut nonce);
        let payload = Payload { msg: plain, aad: context.as_bytes() };
        let sealed = key.sealing.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| anyhow::anyhow!("cannot seal {context}"))?;
        Ok(format!("{name}.{}", URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat())))
    }

    /// What was sealed in this context; none where the key is gone or somebody changed it.
    pub fn open(&self, context: &str, sealed: &str) -> Option<Vec<u8>> {
        let (name, text) = sealed.rsplit_once('.')?;
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        self.keys.named(name, |key| {
            let payload = Payload { msg: sealed, aad: context.as_bytes() };
            key.sealing.decrypt(&XNonce::from(nonce), payload).ok()
        })
    }

    /// Whether the newest key sealed it.
    pub fn is_current(&self, sealed: &str) -> bool {
        key_name(sealed).is_some_and(|name| name == self.newest())
    }

    /// The name of the key that seals now.
    pub fn newest(&self) -> String {
        self.keys.keys().first().map(|(name, _)| name.clone()).unwrap_or_default()
    }

    /// A MAC over parts, for one purpose, with the key of this name; none where that key is gone.
    pub fn mac(&self, key: &str, purpose: &str, parts: &[&[u8]]) -> Option<[u8; 32]> {
        self.keys.named(key, |key| Some(mac(&mac(&key.secret, &[purpose.as_bytes()]), parts)))
    }

    /// What stands for some bytes where they must not be read: the same every time, and of no use without the key.
    pub fn fingerprint(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        self.fingerprints(purpose, bytes).first().copied().unwrap_or_default()
    }

    /// The same by each key, the newest first: for what was written before the newest came.
    pub fn fingerprints(&self, purpose: &str, bytes: &[u8]) -> Vec<[u8; 32]> {
        let by = |key: &Key| mac(&key.secret, &[b"fingerprint", purpose.as_bytes(), bytes]);
        self.keys.keys().iter().map(|(_, key)| by(key)).collect()
    }

    /// The secret of a link to a row: its id and a MAC over purpose and id, as text for an address.
    pub fn link(&self, purpose: &str, id: Uuid) -> String {
        let keys = self.keys.keys();
        let secret = keys.first().map_or(&[][..], |(_, key)| &key.secret);
        let mac = mac(secret, &[b"link", purpose.as_bytes(), id.as_bytes()]);
        URL_SAFE_NO_PAD.encode([&id.as_bytes()[..], &mac[..16]].concat())
    }

    /// The id in a link of ours; none where it is not, or is for another purpose.
    pub fn read_link(&self, purpose: &str, text: &str) -> Option<Uuid> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() == 32)?;
        let (id, given) = bytes.split_at(16);
        let is_by = |key: &Key| {
            let mac = mac(&key.secret, &[b"link", purpose.as_bytes(), id]);
            bool::from(mac[..16].ct_eq(given))
        };
        self.keys.find(|keys| keys.iter().any(|(_, key)| is_by(key)).then_some(()))?;
        Uuid::from_slice(id).ok()
    }
}

/// The name of the key that sealed something.
pub fn key_name(sealed: &str) -> Option<&str> {
    sealed.rsplit_once('.').map(|(name, _)| name)
}

/// HMAC-SHA256 over parts, each with its length before it, so that no two lists of parts read the same.
#[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
pub fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("a key of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(names: &[&str]) -> Vault {
        let key = |name: &&str| TokenKey { name: (*name).into(), secret: name.repeat(32).into_bytes() };
        Vault::new(&names.iter().map(key).collect::<Vec<_>>(), None)
    }

    #[test]
    fn what_is_sealed_opens_in_its_own_context_only() {
        let vault = vault(&["a"]);
        let sealed = vault.seal("totp:1", b"secret").unwrap();
        assert_eq!(vault.open("totp:1", &sealed).as_deref(), Some(&b"secret"[..]));
        assert_eq!(vault.open("totp:2", &sealed), None);
        assert!(!sealed.contains("secret"));
        assert_ne!(vault.seal("totp:1", b"secret").unwrap(), sealed);
        for broken in ["", "a", "a.", "a.x", &sealed[..sealed.len() - 2], &format!("{sealed}AA")] {
            assert_eq!(vault.open("totp:1", broken), None, "{broken}");
        }
    }

    #[test]
    fn an_older_key_still_opens_after_a_newer_one_has_come() {
        let (old, both, new) = (vault(&["a"]), vault(&["b", "a"]), vault(&["b"]));
        let sealed = old.seal("x", b"1").unwrap();
        assert!(both.open("x", &sealed).is_some() && !both.is_current(&sealed));
        assert_eq!(new.open("x", &sealed), None);
        let link = old.link("reset", Uuid::max());
        assert_eq!(both.read_link("reset", &link), Some(Uuid::max()));
        assert_eq!(new.read_link("reset", &link), None);
    }

    #[test]
    fn a_link_is_good_for_its_purpose_only_and_cannot_be_made_up() {
        let vault = vault(&["a"]);
        let link = vault.link("reset", Uuid::max());
        assert_eq!(vault.read_link("register", &link), None);
        let made_up = URL_SAFE_NO_PAD.encode([&Uuid::max().as_bytes()[..], &[0; 16]].concat());
        for bad in ["", "x", &link[..40], &made_up] {
            assert_eq!(vault.read_link("reset", bad), None, "{bad}");
        }
    }
}
