//! Codes of authenticator apps (RFC 6238: SHA-1, six digits, 30 seconds) and recovery codes.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac};
use qrcode::QrCode;
use qrcode::render::svg;
use rand::RngCore;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

const STEP_SECONDS: i64 = 30;
/// What RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
const RECOVERY_CODES: usize = 10;
/// Eighty bits: too much to be guessed, so that a fast hash is enough.
const RECOVERY_BYTES: usize = 10;
const ISSUER: &str = "Kommunity";

pub fn new_secret() -> [u8; SECRET_BYTES] {
    random()
}

/// The step whose code this is: the present one or a neighbour, since clocks differ. Never one up to `used`.
pub fn matching_step(secret: &[u8], given: &str, used: i64, now: DateTime<Utc>) -> Option<i64> {
    let given: String = given.chars().filter(|c| !c.is_whitespace()).collect();
    let present = now.timestamp() / STEP_SECONDS;
    [present, present - 1, present + 1]
        .into_iter()
        .find(|step| *step > used && bool::from(code(secret, *step).as_bytes().ct_eq(given.as_bytes())))
}

/// The code of a step (RFC 4226, 5.3).
#[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
pub fn code(secret: &[u8], step: i64) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("a key of any length");
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[19] & 15);
    let number = u32::from_be_bytes([digest[at] & 127, digest[at + 1], digest[at + 2], digest[at + 3]]);
    format!("{:06}", number % 1_000_000)
}

/// What an authenticator app reads.
pub fn uri(secret: &[u8], account: &str) -> String {
    let account: String = form_urlencoded::byte_serialize(account.as_bytes()).collect();
    let secret = base32(secret);
    format!(
        "otpauth://totp/{ISSUER}:{account}?secret={secret}&issuer={ISSUER}&algorithm=SHA1&digits=6&period=30"
    )
}

/// A picture of it to scan.
pub fn qr_svg(uri: &str) -> anyhow::Result<String> {
    Ok(QrCode::new(uri)?.render::<svg::Color<'_>>().min_dimensions(240, 240).build())
}

/// New recovery codes as they are shown, like `abcd-efgh-ijkl-mnop`, each with the hash to keep.
pub fn new_recovery_codes() -> Vec<(String, Vec<u8>)> {
    let new = |_| {
        let plain = base32(&random::<RECOVERY_BYTES>()).to_lowercase();
        let groups: Vec<String> =
            plain.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
        let hash = recovery_hash(&plain);
        (groups.join("-"), hash)
    };
    (0..RECOVERY_CODES).map(new).collect()
}

/// However it is typed.
pub fn recovery_hash(code: &str) -> Vec<u8> {
    let plain: String = code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Sha256::digest(plain.as_bytes()).to_vec()
}

/// RFC 4648 without padding.
pub fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits = bytes.len() * 8;
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| usize::from(byte >> (7 - at % 8) & 1));
    (0..bits.div_ceil(5))
        .map(|letter| (0..5).fold(0, |value, at| value << 1 | bit(letter * 5 + at)))
        .map(|value| char::from(LETTERS[value]))
        .collect()
}

fn random<const BYTES: usize>() -> [u8; BYTES] {
    let mut bytes = [0; BYTES];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(SECRET, seconds / 30), expected);
        }
    }

    #[test]
    fn a_code_is_good_for_one_step_to_either_side_and_not_before_one_that_was_used() {
        let shown = code(SECRET, 100);
        for (seconds, expected) in [
            (2939, None),
            (2940 + 29, None),
            (2970, Some(100)),
            (3000, Some(100)),
            (3059, Some(100)),
            (3060, None),
        ] {
            assert_eq!(matching_step(SECRET, &shown, 0, at(seconds)), expected, "{seconds}");
        }
        assert_eq!(matching_step(SECRET, &shown, 100, at(3000)), None);
        assert_eq!(
            matching_step(SECRET, &format!("{} {}", &shown[..3], &shown[3..]), 0, at(3000)),
            Some(100)
        );
        for wrong in ["", "0", "abcdef", &shown[..5]] {
            assert_eq!(matching_step(SECRET, wrong, 0, at(3000)), None);
        }
    }

    #[test]
    fn base32_is_that_of_the_standard() {
        for (plain, encoded) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn recovery_codes_differ_and_are_recognised_however_they_are_typed() {
        let codes = new_recovery_codes();
        let mut hashes: Vec<_> = codes.iter().map(|(_, hash)| hash.clone()).collect();
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), RECOVERY_CODES);
        for (shown, hash) in codes {
            assert_eq!(shown.len(), 19, "{shown}");
            assert_eq!(recovery_hash(&format!(" {} ", shown.to_uppercase().replace('-', " "))), hash);
        }
    }
}
