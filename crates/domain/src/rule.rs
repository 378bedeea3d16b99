//! Limits of what people type. The server validates with these rules and the browser warns with the same.

use crate::place::Coordinates;

/// What is wrong with one value: a stable code, and the figures that belong into its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `required`, `too_short`, `too_long`, `not_an_email`, …: what message files and clients key on.
    pub code: &'static str,
    /// Lower bound, where the code speaks of one.
    pub min: Option<usize>,
    /// Upper bound, where the code speaks of one.
    pub max: Option<usize>,
}

impl Fault {
    pub const fn new(code: &'static str) -> Self {
        Self { code, min: None, max: None }
    }
}

/// What takes up no ink, and so makes no text: joiners, marks of direction, fillers, tags.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// What turns around or breaks the line that a text stands in, and whatever stands there after it.
fn is_layout(c: char) -> bool {
    matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text without what cannot be seen at its ends.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// A text of so many characters (Unicode scalar values) after its ends are trimmed.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    pub min: usize,
    pub max: usize,
    /// May have more than one line. Of one that may not, nothing changes what stands beside it. No other control characters
    /// in any case.
    pub lines: bool,
}

impl Text {
    pub fn check(self, text: &str) -> Result<(), Fault> {
        let length = trimmed(text).chars().count();
        if length == 0 && self.min > 0 {
            return Err(Fault { min: Some(self.min), ..Fault::new("required") });
        }
        if length < self.min {
            return Err(Fault { min: Some(self.min), ..Fault::new("too_short") });
        }
        if text.chars().count() > self.max {
            return Err(Fault { max: Some(self.max), ..Fault::new("too_long") });
        }
        let several_lines = ['\n', '\r', '\t'];
        if text.chars().any(|c| match self.lines {
            true => c.is_control() && !several_lines.contains(&c),
            false => c.is_control() || is_layout(c),
        }) {
            return Err(Fault::new("not_text"));
        }
        Ok(())
    }
}

/// A whole number from here to there.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    pub min: u16,
    pub max: u16,
}

impl Range {
    pub fn check(self, number: impl Into<i64>) -> Result<(), Fault> {
        let (min, max) = (Some(self.min.into()), Some(self.max.into()));
        if (self.min.into()..=self.max.into()).contains(&number.into()) {
            return Ok(());
        }
        Err(Fault { code: "out_of_range", min, max })
    }
}

pub const TITLE: Text = Text { min: 3, max: 120, lines: false };
pub const DESCRIPTION: Text = Text { min: 0, max: 4000, lines: true };
pub const NOTE: Text = Text { min: 1, max: 2000, lines: true };
/// What somebody says about a request. Files may speak for themselves.
pub const COMMENT: Text = Text { min: 0, max: 4000, lines: true };
pub const ADDRESS_HINT: Text = Text { min: 0, max: 200, lines: false };
pub const SEARCH: Text = Text { min: 0, max: 100, lines: false };
pub const NAME: Text = Text { min: 1, max: 80, lines: false };
/// A password is long rather than complicated (NIST SP 800-63B).
pub const PASSWORD: Text = Text { min: 10, max: 200, lines: false };
pub const EMAIL_MAX: usize = 254;
pub const SIGN_IN_NAME_MIN: usize = 3;
pub const SIGN_IN_NAME_MAX: usize = 40;
pub const SLUG_MIN: usize = 2;
pub const SLUG_MAX: usize = 60;
/// Why somebody was rejected, suspended or archived.
pub const REASON: Text = Text { min: 0, max: 500, lines: true };
/// A code of an authenticator app (six digits), or a recovery code.
pub const SECOND_FACTOR: Text = Text { min: 6, max: 24, lines: false };
/// What follows in a link of ours.
pub const LINK: Text = Text { min: 20, max: 100, lines: false };
/// A password that is given, not set: any that could be one.
pub const PASSWORD_GIVEN: Text = Text { min: 1, ..PASSWORD };
/// A language tag (BCP 47).
pub const LANGUAGE: Text = Text { min: 2, max: 35, lines: false };
/// What is looked up by its slug, its number or its id.
pub const HANDLE: Text = Text { min: 1, max: SLUG_MAX, lines: false };
/// Several states, joined by commas.
pub const STATES: Text = Text { min: 0, max: 200, lines: false };
/// What only this server makes and reads: signatures, tokens, and, longer, where a page begins.
pub const SIGNATURE: Text = Text { min: 1, max: 100, lines: false };
pub const REFRESH_TOKEN: Text = Text { min: 0, max: 200, lines: false };
pub const CURSOR: Text = Text { min: 0, max: 1000, lines: false };
/// How many people one call may invite.
pub const INVITATIONS_MAX: usize = 200;
/// After how many days a resolved request closes by itself.
pub const AUTO_CLOSE_DAYS: Range = Range { min: 1, max: 90 };
/// In how many days its reporter may open a closed request again.
pub const REOPEN_DAYS: Range = Range { min: 0, max: 365 };
/// How many days an invitation may be good.
pub const INVITATION_DAYS: Range = Range { min: 1, max: 90 };
/// How many people may join by one link.
pub const INVITATION_USES: Range = Range { min: 1, max: 1000 };
/// How many rows a page may have.
pub const PAGE_SIZE: Range = Range { min: 1, max: 200 };
/// How many seconds a stream may be asked to last.
pub const STREAM_SECONDS: Range = Range { min: 0, max: 3600 };
/// What a reporter gives for the work.
pub const STARS: Range = Range { min: 1, max: 5 };
/// How many people one comment may call by name.
pub const MENTIONS_MAX: usize = 10;
/// What a document is called.
pub const FILE_NAME: Text = Text { min: 1, max: 120, lines: false };
/// How many files one message may carry.
pub const ATTACHMENTS_MAX: usize = 10;
/// How many requests one call may act on.
pub const BULK_MAX: usize = 100;
/// Photos of a report by somebody without an account, all together.
pub const ANONYMOUS_PHOTOS_MAX: i64 = 10;
/// What somebody without an account may say about their report, all together.
pub const ANONYMOUS_COMMENTS_MAX: i64 = 50;
/// How many tags a request may have, and how long one is.
pub const TAGS_MAX: usize = 10;
pub const TAG: Text = Text { min: 1, max: 40, lines: false };
/// How many members, zones or skills a team may have.
pub const TEAM_MAX: usize = 100;
/// The largest amount of money, in the smallest unit of its currency: whole in every JSON reader.
pub const COST_MAX: i64 = 1_000_000_000_000;
/// The largest upload, in bytes.
pub const UPLOAD_BYTES_MAX: usize = 10 * 1024 * 1024;
/// The largest side of a photo, in pixels, and the most pixels in all.
pub const PHOTO_SIDE_MAX: u32 = 12_000;
pub const PHOTO_PIXELS_MAX: u64 = 50_000_000;

/// Tags as they are kept: in small letters, without what cannot be seen at their ends, each once, in the order given.
pub fn tags(given: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for tag in given {
        let tag = trimmed(tag).to_lowercase();
        if !kept.contains(&tag) {
            kept.push(tag);
        }
    }
    kept
}

/// An amount of money that is asked for or paid.
pub fn cost(amount: i64) -> Result<(), Fault> {
    if (0..=COST_MAX).contains(&amount) {
        return Ok(());
    }
    Err(Fault { code: "out_of_range", min: Some(0), max: usize::try_from(COST_MAX).ok() })
}

/// An address that mail can be sent to: a dot-atom (RFC 5322, 3.2.3; RFC 6532), an `@`, and a domain with a dot. Whether it
/// exists, mail tells.
pub fn email(text: &str) -> Result<(), Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::new("required"));
    }
    if text.len() > EMAIL_MAX {
        return Err(Fault { max: Some(EMAIL_MAX), ..Fault::new("too_long") });
    }
    let plausible = text.rsplit_once('@').is_some_and(|(local, domain)| {
        local.len() <= 64
            && local.split('.').all(|atom| {
                !atom.is_empty()
                    && atom.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c))
            })
            && domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            })
    });
    if plausible { Ok(()) } else { Err(Fault::new("not_an_email")) }
}

/// The one form under which an address is stored and compared.
pub fn normal_email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The name of somebody without e-mail, as far as a manager chooses it: lower-case letters, digits, `.`, `_` and `-`,
/// 3 to 40 of them. They sign in with `name@community`.
pub fn sign_in_name(text: &str) -> Result<(), Fault> {
    let good = (SIGN_IN_NAME_MIN..=SIGN_IN_NAME_MAX).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b));
    if good { Ok(()) } else { Err(Fault::new("not_a_sign_in_name")) }
}

/// What somebody signs in with: an e-mail address, or a name that was made for them (`gate1@willow-park`).
pub fn login(text: &str) -> Result<(), Fault> {
    let named = text.trim().split_once('@').is_some_and(|(name, community)| {
        sign_in_name(&name.to_lowercase()).is_ok() && slug(&community.to_lowercase()).is_ok()
    });
    if named { Ok(()) } else { email(text) }
}

pub fn coordinates(at: Coordinates) -> Result<(), Fault> {
    if at.on_earth() { Ok(()) } else { Err(Fault::new("not_on_earth")) }
}

/// A community's name in addresses: lower-case words joined by hyphens, 2 to 60 characters.
pub fn slug(text: &str) -> Result<(), Fault> {
    let good = (SLUG_MIN..=SLUG_MAX).contains(&text.len())
        && text.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
    if good { Ok(()) } else { Err(Fault::new("not_a_slug")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn faults_carry_the_bound_that_was_missed() {
        assert_eq!(TITLE.check("  ").unwrap_err(), Fault { code: "required", min: Some(3), max: None });
        assert_eq!(TITLE.check("ab").unwrap_err(), Fault { code: "too_short", min: Some(3), max: None });
        assert_eq!(
            TITLE.check(&"x".repeat(121)).unwrap_err(),
            Fault { code: "too_long", min: None, max: Some(120) }
        );
        assert_eq!(DESCRIPTION.check("").ok(), Some(()));
    }

    #[test]
    fn addresses_need_both_halves_and_a_dot() {
        for good in ["ann@example.com", "a.b+c@mail.example.org", "ü@bücher.example"] {
            assert_eq!(email(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "ann",
            "@example.com",
            "ann@",
            "ann@example",
            "a b@example.com",
            "a@-x.com",
            "a@x..com",
            "a..b@x.com",
            ".a@x.com",
            "a\"b@x.com",
            "<a>@x.com",
            "a,b@x.com",
            "a@b@x.com",
        ] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn one_line_stays_one_line_in_its_own_direction() {
        for bad in ["tap\ndrips", "tap \u{202e}spird", "tap\u{2028}drips", "\u{2066}tap\u{2069} drips"] {
            assert_eq!(TITLE.check(bad), Err(Fault::new("not_text")), "{bad:?}");
        }
        assert_eq!(TITLE.check("\u{635}\u{646}\u{628}\u{648}\u{631} A\u{200f}"), Ok(()));
        assert_eq!(DESCRIPTION.check("tap\ndrips"), Ok(()));
    }

    #[test]
    fn slugs_are_lower_case_words_with_hyphens() {
        assert_eq!(slug("willow-park"), Ok(()));
        for bad in ["", "a", "Willow", "-a", "a-", "a--b", "a b", "ä-b"] {
            assert!(slug(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_text_within_its_bounds_is_accepted_and_no_other(text in "\\PC{0,140}") {
            let (seen, whole) = (trimmed(&text).chars().count(), text.chars().count());
            let plain = !text.chars().any(is_layout);
            prop_assert_eq!(TITLE.check(&text).is_ok(), seen >= TITLE.min && whole <= TITLE.max && plain);
        }

        #[test]
        fn no_text_whatever_upsets_the_email_rule(text in ".{0,300}") {
            let _ = email(&text);
        }
    }
}
