//! Calling people by name in a text: `@` and the name. Plain text, so that it reads well wherever it goes.

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Words(String),
    /// Somebody called by name, with the `@`.
    Name(String),
}

/// How long the beginning of a name may be that is looked for.
const ASKED_MAX: usize = 30;

/// The beginning of a name that is being written right before the caret: after an `@` that begins a word.
pub fn asked(before: &str) -> Option<&str> {
    let at = before.rfind('@')?;
    let beginning = &before[at + 1..];
    let begins_word = before[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    let fits = beginning.chars().count() <= ASKED_MAX
        && !beginning.starts_with(char::is_whitespace)
        && !beginning.contains(['\n', '@'])
        && beginning.matches(' ').count() <= 2;
    (begins_word && fits).then_some(beginning)
}

/// The text with the name that was chosen in place of its beginning, and how much of it stands before the caret then.
pub fn filled(before: &str, after: &str, name: &str) -> (String, usize) {
    let at = before.rfind('@').unwrap_or(before.len());
    let head = format!("{}@{name} ", &before[..at]);
    let caret = head.encode_utf16().count();
    (head + after.trim_start_matches(' '), caret)
}

/// A text in pieces, with those names apart that are called in it.
pub fn parts(text: &str, names: &[String]) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut words, mut rest) = (String::new(), text);
    while let Some(at) = rest.find('@') {
        words.push_str(&rest[..at]);
        let called = &rest[at + 1..];
        // Of `Ann` and `Ann Lee`, whichever is longer.
        let name = names.iter().filter(|name| is_called(called, name)).max_by_key(|name| name.len());
        match name {
            Some(name) => {
                if !words.is_empty() {
                    parts.push(Part::Words(std::mem::take(&mut words)));
                }
                parts.push(Part::Name(format!("@{name}")));
                rest = &called[name.len()..];
            }
            None => {
                words.push('@');
                rest = called;
            }
        }
    }
    words.push_str(rest);
    if !words.is_empty() {
        parts.push(Part::Words(words));
    }
    parts
}

/// Whether a text begins with this name, and with no longer word.
fn is_called(text: &str, name: &str) -> bool {
    text.strip_prefix(name).is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric()))
}

/// Whether a text calls somebody of this name.
pub fn calls(text: &str, name: &str) -> bool {
    text.match_indices('@').any(|(at, _)| is_called(&text[at + 1..], name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_asked_for_where_a_word_begins_with_an_at() {
        for (before, beginning) in [
            ("@", Some("")),
            ("Hello @An", Some("An")),
            ("Hello @Ann L", Some("Ann L")),
            ("(@t", Some("t")),
            ("me@example", None),
            ("Hello", None),
            ("@ Ann", None),
            ("@Ann\nnext", None),
            ("@Ann is at home today", None),
        ] {
            assert_eq!(asked(before), beginning, "{before}");
        }
    }

    #[test]
    fn what_was_chosen_takes_the_place_of_its_beginning() {
        assert_eq!(filled("Hello @Te", " please", "Tess Moss"), ("Hello @Tess Moss please".into(), 17));
        assert_eq!(filled("ü🙂 @", "", "Ann"), ("ü🙂 @Ann ".into(), 9));
    }

    #[test]
    fn names_stand_apart_from_words_and_the_longest_wins() {
        let names = ["Ann".to_owned(), "Ann Lee".to_owned()];
        let words = |text: &str| Part::Words(text.into());
        let name = |text: &str| Part::Name(text.into());
        assert_eq!(
            parts("@Ann Lee and @Ann, not @Anna or a@Ann", &names),
            [name("@Ann Lee"), words(" and "), name("@Ann"), words(", not @Anna or a"), name("@Ann")]
        );
        assert_eq!(parts("nobody @ all", &names), [words("nobody @ all")]);
        assert!(calls("Hello @Ann!", "Ann") && !calls("Hello @Anna", "Ann") && !calls("Ann", "Ann"));
    }
}
