//! Which language the app speaks. It is settled once per visit: a change reloads the page.

/// What can be chosen, each by its own name.
pub const KNOWN: [(&str, &str); 1] = [("en", "English")];

/// The place of the language in the build script's list.
pub fn current() -> usize {
    0
}

/// How dates and spans are written: day before month, a clock of 24 hours.
pub fn formats() -> &'static str {
    "en-GB"
}

/// The plural form that a count takes.
pub fn plural_form(count: i64) -> &'static str {
    if count == 1 { "one" } else { "other" }
}
