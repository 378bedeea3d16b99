//! Keys as they are set: in a variable, or in a file that only its owner reads.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Mode;

/// One key of a ring.
#[derive(Clone)]
pub struct TokenKey {
    /// Goes into each token as `kid`, and before each sealed text.
    pub name: String,
    pub secret: Vec<u8>,
}

/// A ring out of a variable or a file: newest first, never empty.
pub fn ring(
    variable: &str,
    text: Option<&str>,
    file: Option<&Path>,
    mode: Mode,
) -> anyhow::Result<Vec<TokenKey>> {
    let keys = match (text.filter(|text| !text.is_empty()), file) {
        (Some(_), Some(_)) => bail!("set {variable} or {variable}_FILE, not both"),
        (None, None) => bail!(
            "set {variable} to name:base64 of 32 random bytes, for example from `openssl rand -base64 32` \
             (or {variable}_FILE to a file that holds it)"
        ),
        (Some(text), None) => parse(text).context(variable.to_owned()),
        (None, Some(file)) => {
            check_private(file, mode)?;
            read(file)
        }
    }?;
    if mode == Mode::Production {
        for key in &keys {
            if let Some(why) = weakness(&key.secret) {
                bail!("{variable}: key {:?} {why}; production mode takes none but random bytes", key.name);
            }
        }
    }
    Ok(keys)
}

pub fn read(file: &Path) -> anyhow::Result<Vec<TokenKey>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    parse(&text).with_context(|| file.display().to_string())
}

/// `name:base64`, joined by commas or line breaks.
fn parse(text: &str) -> anyhow::Result<Vec<TokenKey>> {
    let keys = text.split([',', '\n']).map(str::trim).filter(|key| !key.is_empty());
    let keys: Vec<TokenKey> = keys.map(parse_key).collect::<anyhow::Result<_>>()?;
    ensure!(!keys.is_empty(), "there is no key");
    for (at, key) in keys.iter().enumerate() {
        ensure!(
            keys[..at].iter().all(|earlier| earlier.name != key.name),
            "two keys are named {:?}",
            key.name
        );
    }
    Ok(keys)
}

fn parse_key(text: &str) -> anyhow::Result<TokenKey> {
    let (name, secret) = text.split_once(':').context("each key is name:base64")?;
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    ensure!(!name.is_empty() && name.chars().all(fits), "a key is named with letters, digits, - and _");
    let secret = STANDARD.decode(secret).with_context(|| format!("key {name:?} is not base64"))?;
    ensure!(secret.len() >= 32, "key {name:?} has {} bytes; at least 32 are needed", secret.len());
    ensure!(secret.iter().any(|byte| *byte != secret[0]), "key {name:?} is not random");
    Ok(TokenKey { name: name.to_owned(), secret })
}

/// The form that [`ring`] reads.
pub fn print(keys: &[TokenKey]) -> String {
    let keys = keys.iter().map(|key| format!("{}:{}", key.name, STANDARD.encode(&key.secret)));
    keys.collect::<Vec<_>>().join(",")
}

/// Why bytes are not as if from a dice; none of 10⁹ random keys is refused by this.
fn weakness(secret: &[u8]) -> Option<&'static str> {
    let different = |bytes: &[u8]| {
        let mut seen = [false; 256];
        bytes.iter().for_each(|byte| seen[usize::from(*byte)] = true);
        seen.iter().filter(|seen| **seen).count()
    };
    let steps: Vec<u8> = secret.windows(2).map(|two| two[1].wrapping_sub(two[0])).collect();
    if std::str::from_utf8(secret).is_ok() {
        // The demonstration's keys are sentences, too.
        return Some("is a text that somebody wrote");
    }
    if different(secret) < 16 || different(&steps) < 16 {
        return Some("repeats itself");
    }
    None
}

/// Others on this machine must not read keys.
fn check_private(file: &Path, mode: Mode) -> anyhow::Result<()> {
    let metadata = file.metadata().with_context(|| format!("cannot read {}", file.display()))?;
    if metadata.permissions().mode() & 0o007 == 0 {
        return Ok(());
    }
    let file = file.display();
    ensure!(mode == Mode::Demo, "everybody on this machine may read {file}: run `chmod 600 {file}`");
    tracing::warn!(%file, "everybody on this machine may read these keys");
    Ok(())
}

#[cfg(test)]
mod tests {
    use rand::RngCore;

    use super::*;

    #[test]
    fn random_keys_are_taken_and_made_up_ones_are_not() {
        for _ in 0..2_000 {
            let mut secret = [0; 32];
            rand::rng().fill_bytes(&mut secret);
            assert_eq!(weakness(&secret), None, "{secret:?}");
        }
        let counted: Vec<u8> = (0..32).collect();
        let pattern: Vec<u8> = (0..32).map(|at| [3, 200, 77, 9][at % 4]).collect();
        for bad in [
            b"demo only: everybody knows this key".as_slice(),
            b"my very own sentence as the secret key\n",
            "a sentence with ä and ö in it, and then some".as_bytes(),
            &counted,
            &pattern,
            &[7; 64],
        ] {
            assert!(weakness(bad).is_some(), "{bad:?}");
        }
    }

    #[test]
    fn the_keys_of_the_demonstration_are_good_for_nothing_else() {
        let demo = include_str!("../../../../docker/demo.env");
        for variable in ["KOMMUNITY_TOKEN_KEYS", "KOMMUNITY_DATA_KEYS"] {
            let text = demo.lines().find_map(|line| line.strip_prefix(variable)?.strip_prefix('=')).unwrap();
            assert!(ring(variable, Some(text), None, Mode::Demo).is_ok());
            assert!(ring(variable, Some(text), None, Mode::Production).is_err(), "{variable}");
        }
    }

    #[test]
    fn a_file_that_everybody_may_read_is_refused_in_production() {
        let file = std::env::temp_dir().join(format!("kommunity-keys-{}", uuid::Uuid::now_v7()));
        let mut secret = [0; 32];
        rand::rng().fill_bytes(&mut secret);
        let keys = [TokenKey { name: "a".into(), secret: secret.to_vec() }];
        std::fs::write(&file, print(&keys)).unwrap();
        let mode = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        mode(0o644);
        assert!(ring("X", None, Some(&file), Mode::Production).is_err());
        assert!(ring("X", None, Some(&file), Mode::Demo).is_ok());
        mode(0o600);
        assert_eq!(ring("X", None, Some(&file), Mode::Production).unwrap()[0].secret, secret);
        std::fs::remove_file(&file).unwrap();
    }
}
