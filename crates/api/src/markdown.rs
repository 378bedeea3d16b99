//! Text that people write with marks (CommonMark, with tables and strikethrough), made harmless.
//!
//! What a browser is given has passed a list of what may be there: nothing runs, nothing is fetched from elsewhere, and
//! links lead out of the app in the open. Everything else is thrown away, its words kept.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// What may stand in a text. No images: they would tell others who reads it, and when.
const TAGS: [&str; 22] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h3",
    "h4",
    "h5",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::empty();
    cleaner
        .tags(HashSet::from(TAGS))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"));
    cleaner
});

const MARKS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

fn parse(text: &str) -> impl Iterator<Item = Event<'_>> {
    let levels = Parser::new_ext(text, MARKS).filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level),
        _ => None,
    });
    let first = levels.min().unwrap_or(HeadingLevel::H1);
    // HTML in it is text: what somebody wrote in angle brackets is shown, not obeyed.
    Parser::new_ext(text, MARKS).map(move |event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        // A page has headings of the first two levels itself; those of a text go on from there, however it begins.
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: below(level, first), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level, first))),
        // One line break is one.
        Event::SoftBreak => Event::HardBreak,
        other => other,
    })
}

const fn below(level: HeadingLevel, first: HeadingLevel) -> HeadingLevel {
    match level as usize - first as usize {
        0 => HeadingLevel::H3,
        1 => HeadingLevel::H4,
        _ => HeadingLevel::H5,
    }
}

/// How deep a text may be nested, and of how many parts it may be made: some marks make far more than they are.
const DEPTH_MAX: usize = 20;
const PARTS_MAX: usize = 8_000;

/// Whether a text is made so that it can be shown: neither nested too deep nor of too many parts.
pub fn is_plain_enough(text: &str) -> bool {
    let mut depth = 0_usize;
    for (part, event) in Parser::new_ext(text, MARKS).enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH_MAX || part >= PARTS_MAX {
            return false;
        }
    }
    true
}

/// As HTML that can stand in a page of ours. What is not plain enough stands there as it was written.
pub fn to_html(text: &str) -> String {
    let mut written = String::with_capacity(text.len() * 2);
    match is_plain_enough(text) {
        true => html::push_html(&mut written, parse(text)),
        false => html::push_html(&mut written, [Event::Text(text.into())].into_iter()),
    }
    CLEANER.clean(&written).to_string()
}

/// The words alone, as far as so many characters; cut between words, with an ellipsis.
pub fn excerpt(text: &str, length: usize) -> String {
    // Marks take room, too: what comes after several times as much is not looked at.
    let beginning: String = text.chars().take(length * 8).collect();
    let mut words = String::new();
    for event in Parser::new_ext(&beginning, MARKS).take(PARTS_MAX) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                words.push_str(&text);
            }
            // Marks within a line do not part its words.
            Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Link) => {}
            Event::SoftBreak | Event::HardBreak | Event::Rule | Event::End(_) => words.push(' '),
            _ => {}
        }
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= length {
        return words;
    }
    let cut: String = words.chars().take(length.saturating_sub(1)).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_become_what_they_mean() {
        for (text, html) in [
            ("**Thursday**, 9 to 12", "<p><strong>Thursday</strong>, 9 to 12</p>"),
            ("# Water", "<h3>Water</h3>"),
            ("## Water\n### Hot", "<h3>Water</h3>\n<h4>Hot</h4>"),
            ("one\ntwo", "<p>one<br>\ntwo</p>"),
            (
                "[the plan](https://example.com/plan)",
                "<p><a href=\"https://example.com/plan\" rel=\"noopener noreferrer nofollow\">the plan</a></p>",
            ),
        ] {
            assert_eq!(to_html(text).trim(), html);
        }
        assert!(to_html("| a | b |\n|---|---|\n| 1 | 2 |").contains("<td>1</td>"));
    }

    #[test]
    fn nothing_in_it_runs_and_nothing_is_fetched() {
        for text in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![x](https://tracker.example/x.png)",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,<script>alert(1)</script>)",
            "[x](//elsewhere.example)",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<svg/onload=alert(1)>",
            "<style>*{display:none}</style>",
            "<iframe src=https://elsewhere.example></iframe>",
        ] {
            let html = to_html(text);
            for evil in [
                "<script",
                "<img",
                "<svg",
                "<style",
                "<iframe",
                "<a href=\"javascript",
                "<a href=\"data",
                "<a href=\"//",
            ] {
                assert!(!html.to_lowercase().contains(evil), "{text}: {html}");
            }
        }
        assert!(to_html("<b>bold</b>").contains("&lt;b&gt;"), "what stood in brackets is shown");
    }

    #[test]
    fn an_excerpt_has_words_and_no_marks() {
        assert_eq!(
            excerpt("# Water\n\nOff on **Thursday**, [plan](https://x.example).", 200),
            "Water Off on Thursday, plan."
        );
        assert_eq!(excerpt("one two three", 9), "one two…");
    }

    /// As deep as a text may go, on no more of a stack than a thread of the server has.
    #[test]
    fn what_is_nested_as_deep_as_can_be_breaks_nothing() {
        let most = domain::announcement::BODY.max;
        for mark in [">", "> ", "- ", "[", "![", "*a ", "**a", "~~a", "`", "<a>", "(", "|a", "1. "] {
            let text = mark.repeat(most / mark.len());
            let made =
                std::thread::Builder::new().stack_size(1024 * 1024).spawn(move || to_html(&text).len());
            assert!(made.unwrap().join().unwrap() < 20 * most, "{mark}");
        }
        let table = format!("{}\n{}\n{}", "|a".repeat(300), "|-".repeat(300), "a\n".repeat(700));
        assert!(!is_plain_enough(&table) && to_html(&table).len() < 20 * table.len(), "rows are filled up");
        assert!(
            is_plain_enough(&"- a **b** [c](https://d.example)\n".repeat(400)),
            "a long list is no trick"
        );
    }

    proptest! {
        #[test]
        fn whatever_is_written_only_what_may_stand_there_comes_out(text in ".{0,400}") {
            let html = to_html(&text);
            prop_assert_eq!(CLEANER.clean(&html).to_string(), html.clone(), "cleaning again changes nothing");
            prop_assert!(excerpt(&text, 200).chars().count() <= 200);
        }
    }
}
