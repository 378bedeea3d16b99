//! Answers that staff give again and again: a text with holes that each request fills in its own way.

use crate::rule::{self, Fault, Text};
use crate::text_enum::text_enum;

text_enum! {
    /// What a hole in a response template stands for; it is written in braces.
    pub enum Placeholder {
        Reporter = "reporter",
        Number = "number",
        Title = "title",
        Assignee = "assignee",
        /// When it should be resolved.
        Due = "due",
    }
}

/// How many templates a community may have.
pub const TEMPLATES_MAX: i64 = 200;
pub const TITLE: Text = Text { min: 2, max: 80, lines: false };
/// What is filled in may be longer than its hole, and the whole has to fit into a comment.
pub const BODY: Text = Text { min: 1, max: 1500, lines: true };

/// A text taken apart: what stands there as it is, and what has to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part<'a> {
    Words(&'a str),
    Hole(Placeholder),
}

/// Whether a body has the right length, and in braces only what can be filled in.
pub fn check(body: &str) -> Result<(), Fault> {
    BODY.check(body)?;
    parts(body).map(drop)
}

/// The body with everything filled in.
pub fn render(body: &str, value: impl Fn(Placeholder) -> String) -> String {
    let parts = parts(body).unwrap_or_else(|_| vec![Part::Words(body)]);
    let text: String = parts
        .into_iter()
        .map(|part| match part {
            Part::Words(words) => words.to_owned(),
            Part::Hole(placeholder) => value(placeholder),
        })
        .collect();
    text.chars().take(rule::NOTE.max).collect()
}

fn parts(body: &str) -> Result<Vec<Part<'_>>, Fault> {
    let unknown = || Fault::new("unknown_placeholder");
    let mut parts = Vec::new();
    let mut rest = body;
    while let Some((words, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or_else(unknown)?;
        parts.extend([Part::Words(words), Part::Hole(name.parse().map_err(|_| unknown())?)]);
        rest = after;
    }
    parts.push(Part::Words(rest));
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn holes_are_filled_and_strange_ones_refused() {
        let text = render("Dear {reporter}, {number} is due {due}.", |it| format!("<{it}>"));
        assert_eq!(text, "Dear <reporter>, <number> is due <due>.");
        for bad in ["Dear {name}", "Dear {reporter", "{}", "{{reporter}}"] {
            assert_eq!(check(bad), Err(Fault::new("unknown_placeholder")), "{bad}");
        }
        assert_eq!(check("We are on our way."), Ok(()));
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        assert_eq!(render("{title}", |_| "{number}".into()), "{number}");
    }

    proptest! {
        #[test]
        fn no_body_whatever_upsets_the_check_and_every_good_one_fits_into_a_comment(body in ".{0,200}") {
            let good = check(&body).is_ok();
            let text = render(&body, |_| "x".repeat(3000));
            prop_assert!(!good || text.chars().count() <= rule::NOTE.max);
        }
    }
}
