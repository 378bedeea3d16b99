//! Which language the app speaks. It is settled once per visit: a change reloads the page.

/// The place of the language in the build script's list.
pub fn current() -> usize {
    0
}

/// The tag that `Intl` and the `lang` attribute want.
pub fn tag() -> &'static str {
    "en"
}

/// The plural form that a count takes.
pub fn plural_form(count: i64) -> &'static str {
    if count == 1 { "one" } else { "other" }
}
