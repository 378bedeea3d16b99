//! Passwords: argon2id, a bounded number at a time; and which ones are too easily guessed.

use actix_web::web;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::rule::{self, Fault as RuleFault};
use zxcvbn::{Score, zxcvbn};

use crate::app::App;
use crate::http::error::{Error, Fault, Result};

/// zxcvbn's scale ends at 4. Below this one, a program that tries the usual things first finds it soon.
const SCORE_MIN: Score = Score::Two;
/// An own name shorter than this is part of too many other words.
const OWN_WORD_MIN: usize = 3;

/// A hash in PHC form. The parameters are OWASP's for argon2id: so much memory, two passes, one lane.
pub fn hash(password: &str, memory_kib: u32) -> anyhow::Result<String> {
    let params = Params::new(memory_kib, 2, 1, None).map_err(|error| anyhow::anyhow!("{error}"))?;
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    Ok(hasher.hash_password(password.as_bytes()).map_err(|error| anyhow::anyhow!("{error}"))?.to_string())
}

/// Whether the password is right. Where there is no hash, as much work is done all the same, so that time does not
/// tell whether an account exists.
pub async fn verify(app: &App, password: String, known: Option<String>) -> Result<bool> {
    let memory = app.config.argon2_memory_kib;
    in_turn(app, move || match known.as_deref().map(PasswordHash::new) {
        Some(Ok(known)) => Argon2::default().verify_password(password.as_bytes(), &known).is_ok(),
        Some(Err(_)) | None => hash(&password, memory).is_err(),
    })
    .await
}

/// The hash of a password that somebody chose; a fault of the body's field `password` where it is too easily guessed.
pub async fn chosen(app: &App, password: String, own: Vec<String>) -> Result<String> {
    let memory = app.config.argon2_memory_kib;
    in_turn(app, move || {
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        check(&password, &own).map_err(|fault| {
            let limits = [("min", fault.min), ("max", fault.max)];
            let told =
                limits.into_iter().fold(Fault::field("password", fault.code), |told, (name, limit)| {
                    limit.map_or(told.clone(), |limit| told.with(name, limit))
                });
            Error::invalid(vec![told])
        })?;
        hash(&password, memory).map_err(Error::internal)
    })
    .await?
}

/// Long enough, not made of what is known of its owner (their names and addresses), and not one of those that are tried
/// first.
pub fn check(password: &str, own: &[&str]) -> std::result::Result<(), RuleFault> {
    rule::PASSWORD.check(password)?;
    let own = own_words(own);
    let mut rest = password.to_lowercase();
    for word in &own {
        rest = rest.replace(word, "");
    }
    let is_shorter = rest.chars().count() < password.to_lowercase().chars().count();
    if is_shorter && rest.chars().filter(|c| c.is_alphanumeric()).count() < rule::PASSWORD.min {
        return Err(RuleFault::new("too_personal"));
    }
    let inputs: Vec<&str> = own.iter().map(String::as_str).chain(["kommunity"]).collect();
    if zxcvbn(password, &inputs).score() < SCORE_MIN {
        return Err(RuleFault::new("too_common"));
    }
    Ok(())
}

/// Names and addresses, whole and in their parts; the longest first, so that taking one out leaves nothing of another.
fn own_words(own: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = own
        .iter()
        .flat_map(|text| {
            let text = text.to_lowercase();
            let parts: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
            parts.into_iter().chain([text])
        })
        .filter(|word| word.chars().count() >= OWN_WORD_MIN)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    words
}

/// Does something that takes a core and memory, a bounded number at a time and on no thread that answers requests.
async fn in_turn<T: Send + 'static>(app: &App, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _turn = app.hashing.acquire().await.map_err(Error::internal)?;
    web::block(work).await.map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_first_or_made_of_its_owner_is_refused() {
        let own = ["ann.lee@willow-park.test", "Ann Lee"];
        let told = |password: &str| check(password, &own).err().map(|fault| fault.code);
        for common in ["password12", "1234567890", "qwertyuiop", "aaaaaaaaaaaa", "kommunity1", "iloveyou12"] {
            assert_eq!(told(common), Some("too_common"), "{common}");
        }
        for personal in ["ann.lee@willow-park.test", "AnnLee2026!", "willow-park-ann", "Lee-Ann-Lee-Ann"] {
            assert_eq!(told(personal), Some("too_personal"), "{personal}");
        }
        for good in
            ["four-calm-herons-walk", "ann-saw-four-calm-herons", "a password for tests", "zk3-Qw9_plovers"]
        {
            assert_eq!(told(good), None, "{good}");
        }
        assert_eq!(told("short"), Some("too_short"));
        assert_eq!(told(&"long ".repeat(50)), Some("too_long"));
    }

    #[test]
    fn no_password_whatever_takes_long_to_look_at() {
        for hostile in ["a1".repeat(100), "passwordpassword".repeat(12), "\u{1F468}\u{200D}".repeat(100)] {
            let _ = check(&hostile, &["hostile@example.test"]);
        }
    }
}
