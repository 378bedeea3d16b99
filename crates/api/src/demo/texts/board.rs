//! What stands on a community's notice board, as its authors would write it, with `{dates}`: see [`dated`].

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use domain::role::Role;

use super::super::photos::Scene;

/// An announcement before it has a day.
#[derive(Debug, Clone, Copy)]
pub struct Notice {
    pub when: When,
    /// Its category's name.
    pub category: &'static str,
    pub by: Role,
    pub to: For,
    pub title: &'static str,
    pub body: &'static str,
    pub urgent: bool,
    pub pinned: bool,
    /// Its readers are asked to confirm it.
    pub asks: bool,
    /// After so many hours those are reminded who have not answered.
    pub reminds: Option<i64>,
    /// For so many days it holds.
    pub until: Option<i64>,
    /// What stands in it, and what stood there before somebody noticed.
    pub slip: Option<(&'static str, &'static str)>,
    pub file: Option<File>,
    /// Whether one may comment, and what was said.
    pub talk: Option<&'static [Said]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// So many hours ago: what could not wait for the office to open.
    Hours(i64),
    /// So many days ago, whatever the season.
    Ago(i64),
    /// Each year on this day of this month.
    Yearly(u32, u32),
    /// Nobody has decided yet.
    Draft,
    /// In so many days.
    Ahead(i64),
}

#[derive(Debug, Clone, Copy)]
pub enum For {
    Everybody,
    Owners,
    Tenants,
    Residents,
    Zone(&'static str),
    OwnersIn(&'static str),
    /// The units of a block.
    Block(&'static str),
    Roles(&'static [Role]),
    Tag(&'static str),
}

#[derive(Debug, Clone, Copy)]
pub enum File {
    Paper(&'static Paper),
    Photo(Scene),
}

/// A page to take home.
#[derive(Debug, Clone, Copy)]
pub struct Paper {
    pub name: &'static str,
    pub stored_name: &'static str,
    pub heading: &'static str,
    pub lines: &'static [&'static str],
}

/// Something that somebody says below it.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    pub voice: Voice,
    pub words: &'static str,
    /// Why a moderator took it away.
    pub removed: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// A neighbour who begins a thread.
    Begins,
    /// Another who joins in.
    JoinsIn,
    /// Whoever began it.
    Again,
    /// Whoever wrote the announcement.
    Author,
}

const fn said(voice: Voice, words: &'static str) -> Said {
    Said { voice, words, removed: None }
}

pub const fn begins(words: &'static str) -> Said {
    said(Voice::Begins, words)
}

pub const fn joins_in(words: &'static str) -> Said {
    said(Voice::JoinsIn, words)
}

pub const fn again(words: &'static str) -> Said {
    said(Voice::Again, words)
}

pub const fn author(words: &'static str) -> Said {
    said(Voice::Author, words)
}

pub const fn removed(words: &'static str, reason: &'static str) -> Said {
    Said { removed: Some(reason), ..said(Voice::JoinsIn, words) }
}

pub const fn notice(
    when: When,
    category: &'static str,
    by: Role,
    title: &'static str,
    body: &'static str,
) -> Notice {
    Notice {
        when,
        category,
        by,
        to: For::Everybody,
        title,
        body,
        urgent: false,
        pinned: false,
        asks: false,
        reminds: None,
        until: None,
        slip: None,
        file: None,
        talk: None,
    }
}

impl Notice {
    pub const fn to(self, to: For) -> Self {
        Self { to, ..self }
    }

    pub const fn urgent(self) -> Self {
        Self { urgent: true, ..self }
    }

    pub const fn pinned(self) -> Self {
        Self { pinned: true, ..self }
    }

    pub const fn asks(self) -> Self {
        Self { asks: true, ..self }
    }

    pub const fn reminds(self, hours: i64) -> Self {
        Self { reminds: Some(hours), ..self }
    }

    pub const fn until(self, days: i64) -> Self {
        Self { until: Some(days), ..self }
    }

    pub const fn slip(self, right: &'static str, wrong: &'static str) -> Self {
        Self { slip: Some((right, wrong)), ..self }
    }

    pub const fn file(self, file: File) -> Self {
        Self { file: Some(file), ..self }
    }

    pub const fn talk(self, all: &'static [Said]) -> Self {
        Self { talk: Some(all), ..self }
    }
}

/// Fills in dates. `{9}` is the day nine days later, `{9w}` the first working day from then on, `{9s}` the first Saturday,
/// `{9u}` the first Sunday; `{9b}` is the ninth working day after.
pub fn dated(text: &str, day: NaiveDate) -> String {
    let mut parts = text.split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((code, rest)) = part.split_once('}') else { continue };
        let number = code.trim_end_matches(char::is_alphabetic);
        let days: usize = number.parse().unwrap_or(0);
        let from = day + TimeDelta::days(days as i64);
        let works = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let to = match &code[number.len()..] {
            "w" => from.iter_days().find(works),
            "b" => day.iter_days().skip(1).filter(works).nth(days.saturating_sub(1)),
            "s" => from.iter_days().find(|day| day.weekday() == Weekday::Sat),
            "u" => from.iter_days().find(|day| day.weekday() == Weekday::Sun),
            _ => Some(from),
        };
        filled.push_str(&to.unwrap_or(from).format("%A %-d %B").to_string());
        filled.push_str(rest);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_filled_in_from_the_day_it_is_published() {
        let friday = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        assert_eq!(dated("{0}, {1w}", friday), "Friday 20 November, Monday 23 November");
        assert_eq!(dated("{1s} and {1u}", friday), "Saturday 21 November and Sunday 22 November");
        assert_eq!(dated("from {1b} to {6b}.", friday), "from Monday 23 November to Monday 30 November.");
    }
}
