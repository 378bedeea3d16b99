//! What sources and migrations must not say.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Complaints;
use crate::{files, project, ui};

/// Some words, where they are not wanted, and what to write instead.
struct Ban {
    words: &'static [&'static str],
    within: &'static [&'static str],
    extensions: &'static [&'static str],
    /// A line that carries this mark is an exception someone thought about.
    unless: Option<&'static str>,
    advice: &'static str,
}

/// Longer than this is worth a thought; a file is about one thing.
const LONG: usize = 400;

/// Longer than this does not land.
const TOO_LONG: usize = 700;

/// Files that are long by nature.
const MAY_BE_LONG: &[&str] = &["schema.rs", "icon_shapes.rs"];

/// What must spell the words it forbids.
const EXEMPT: &[&str] = &["crates/xtask/src/tidy/texts.rs"];

const BANS: &[Ban] = &[
    Ban {
        words: &["now()", "current_timestamp", "clock_timestamp"],
        within: &["migrations", "crates/db/src"],
        extensions: &["sql", "rs"],
        unless: Some("tidy: technical time"),
        advice: "time is an argument, so that tests can set it; a clock that only the machinery sees is marked \
                 `tidy: technical time` on its line",
    },
    Ban {
        words: &["contract::", "crate::api", "crate::session", "use contract"],
        within: &["frontend/src/ui"],
        extensions: &["rs"],
        unless: None,
        advice: "components know no feature: take values and callbacks instead",
    },
    Ban {
        words: &["#[allow(", "#![allow("],
        within: &["crates", "frontend/src"],
        extensions: &["rs"],
        unless: None,
        advice: "write #[expect(…, reason = \"…\")], which says why and complains when it is no longer needed",
    },
    Ban {
        words: &["TODO", "FIXME"],
        within: &["crates", "frontend", "migrations", "docs"],
        extensions: &["rs", "sql", "css", "js", "mjs", "html", "md"],
        unless: None,
        advice: "do it, or write an issue",
    },
    Ban {
        words: &["sleep("],
        within: &["crates/api/tests", "crates/db/tests", "frontend/e2e"],
        extensions: &["rs", "js", "mjs"],
        unless: None,
        advice: "wait for what you mean instead of for a while",
    },
];

pub fn complaints() -> Result<Complaints> {
    let mut complaints = Vec::new();
    for ban in BANS {
        for path in sources(ban.within, ban.extensions)? {
            complain_of_words(ban, &path, &files::read(&path)?, &mut complaints);
        }
    }
    complaints.extend(long_files()?);
    complaints.extend(half_migrations()?);
    Ok(complaints)
}

fn complain_of_words(ban: &Ban, path: &Path, text: &str, complaints: &mut Complaints) {
    for (number, line) in text.lines().enumerate() {
        let found = ban.words.iter().find(|word| says(line, word));
        if let Some(word) = found.filter(|_| ban.unless.is_none_or(|mark| !line.contains(mark))) {
            complaints.push(format!("{}:{}: `{word}`: {}", project::short(path), number + 1, ban.advice));
        }
    }
}

/// Whole words only: `is_now()` is not `now()`.
fn says(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !word.starts_with(char::is_alphabetic)
            || before.is_none_or(|before| !before.is_alphanumeric() && before != '_')
    })
}

fn long_files() -> Result<Complaints> {
    let mut complaints = Vec::new();
    for path in sources(&["crates", "frontend/src"], &["rs"])? {
        let lines = files::read(&path)?.lines().count();
        let by_nature = MAY_BE_LONG.iter().any(|name| path.ends_with(name));
        if lines > TOO_LONG && !by_nature {
            complaints
                .push(format!("{}: {lines} lines: split it by what it is about", project::short(&path)));
        } else if lines > LONG && !by_nature {
            ui::note(format_args!("{} has {lines} lines", project::short(&path)));
        }
    }
    Ok(complaints)
}

/// A migration goes both ways.
fn half_migrations() -> Result<Complaints> {
    let mut complaints = Vec::new();
    let mut folders: Vec<PathBuf> = files::under(&project::path("migrations"))?
        .iter()
        .filter_map(|file| file.parent())
        .map(Path::to_path_buf)
        .collect();
    folders.dedup();
    for folder in folders.iter().filter(|folder| **folder != project::path("migrations")) {
        for name in ["up.sql", "down.sql"] {
            let path = folder.join(name);
            if files::read(&path).unwrap_or_default().trim().is_empty() {
                complaints.push(format!(
                    "{} is missing or empty: a migration goes both ways",
                    project::short(&path)
                ));
            }
        }
    }
    Ok(complaints)
}

fn sources(within: &[&str], extensions: &[&str]) -> Result<Vec<PathBuf>> {
    let not_ours = |path: &Path| {
        ["node_modules", "dist", "target", "screenshots"].iter().any(|name| path.ends_with(name))
            || EXEMPT.iter().any(|exempt| path.ends_with(exempt))
    };
    let mut found = Vec::new();
    for folder in within {
        found.extend(files::under_except(&project::path(folder), &not_ours)?);
    }
    found.retain(|path| files::has_extension(path, extensions));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_inside_another_is_not_that_word() {
        assert!(says("default now()", "now()"));
        assert!(!says("clock.is_now()", "now()"));
        assert!(says("#[allow(dead_code)]", "#[allow("));
    }

    #[test]
    fn a_marked_line_is_an_exception() {
        let mut complaints = Vec::new();
        let text = "at timestamptz default now() -- tidy: technical time\nat timestamptz default now()\n";
        complain_of_words(&BANS[0], Path::new("up.sql"), text, &mut complaints);
        assert_eq!(complaints.len(), 1);
        assert!(complaints[0].starts_with("up.sql:2: `now()`"));
    }
}
