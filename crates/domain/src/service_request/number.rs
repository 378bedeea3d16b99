//! Numbers such as `MNT-2026-0007`: prefix of the community, year in its time zone, gap-free sequence.

/// The number of the `sequence`-th request of a year. Four digits, growing when they do not suffice.
pub fn format(prefix: &str, year: i32, sequence: i32) -> String {
    format!("{prefix}-{year}-{sequence:04}")
}

/// Whether a text has the form of a number, so that it can stand where an id is expected.
pub fn is_number(text: &str) -> bool {
    let mut parts = text.rsplitn(3, '-');
    let digits = |part: Option<&str>, least: usize| {
        part.is_some_and(|part| (least..=9).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    digits(parts.next(), 4)
        && digits(parts.next(), 4)
        && parts.next().is_some_and(|prefix| {
            (2..=6).contains(&prefix.len()) && prefix.bytes().all(|b| b.is_ascii_uppercase())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_formatted_is_recognised(prefix in "[A-Z]{2,6}", year in 2000..2999, sequence in 1..99_999_999) {
            prop_assert!(is_number(&format(&prefix, year, sequence)));
        }

        #[test]
        fn an_id_is_never_taken_for_a_number(bytes in any::<u128>()) {
            prop_assert!(!is_number(&uuid::Uuid::from_u128(bytes).to_string()));
        }
    }
}
