//! What a community tells its members: the life of an announcement, what may be changed when, and by what it is measured.

use chrono::{DateTime, TimeDelta, Utc};

use crate::category::Hue;
use crate::rule::{Range, Text};
use crate::text_enum::text_enum;

text_enum! {
    /// How far an announcement is.
    pub enum AnnouncementStatus {
        /// For those who publish.
        Draft = "draft",
        /// Publishes itself when its time has come.
        Scheduled = "scheduled",
        Published = "published",
        /// Over; still to be found.
        Archived = "archived",
    }
}

text_enum! {
    /// What is done with an announcement.
    pub enum AnnouncementAction {
        Schedule = "schedule",
        /// Back to a draft.
        Unschedule = "unschedule",
        Publish = "publish",
        Archive = "archive",
    }
}

text_enum! {
    /// What lists of announcements are for.
    pub enum AnnouncementView {
        /// What holds now: pinned first, then the newest.
        Current = "current",
        /// Drafts and what is scheduled, for those who publish.
        Prepared = "prepared",
        /// What is over.
        Archive = "archive",
    }
}

text_enum! {
    /// How somebody came to read an announcement.
    pub enum ReadBy {
        App = "app",
        /// By the link in the mail.
        Mail = "mail",
    }
}

text_enum! {
    /// Which of those whom an announcement was for.
    pub enum ReceiptState {
        Read = "read",
        Unread = "unread",
        Acknowledged = "acknowledged",
        /// Have not confirmed it, whether they read it or not.
        Unacknowledged = "unacknowledged",
    }
}

/// From any of these states, this action, to that state.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub from: &'static [AnnouncementStatus],
    pub action: AnnouncementAction,
    pub to: AnnouncementStatus,
    /// Whether time does it, too.
    pub by_clock: bool,
}

/// The whole life of an announcement. Those who publish do all of it; only a draft can be deleted.
#[rustfmt::skip]
pub const WORKFLOW: &[Step] = {
    use AnnouncementAction as A;
    use AnnouncementStatus::{Archived, Draft, Published, Scheduled};
    &[
        Step { from: &[Draft, Scheduled], action: A::Schedule,   to: Scheduled, by_clock: false },
        // By time where it would be over before it began.
        Step { from: &[Scheduled],        action: A::Unschedule, to: Draft,     by_clock: true },
        Step { from: &[Draft],            action: A::Publish,    to: Published, by_clock: false },
        Step { from: &[Scheduled],        action: A::Publish,    to: Published, by_clock: true },
        Step { from: &[Published],        action: A::Archive,    to: Archived,  by_clock: true },
    ]
};

/// Why the answer is no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("not in this state")]
    WrongState,
    /// It would be over before it began.
    #[error("the time lies in the past")]
    Past,
    #[error("it ends before it begins")]
    EndsFirst,
    #[error("a time is missing")]
    TimeMissing,
}

/// Where an action leads.
pub fn step(from: AnnouncementStatus, action: AnnouncementAction) -> Result<AnnouncementStatus, Refusal> {
    let fits = |step: &&Step| step.action == action && step.from.contains(&from);
    WORKFLOW.iter().find(fits).map(|step| step.to).ok_or(Refusal::WrongState)
}

pub fn allowed_actions(from: AnnouncementStatus) -> Vec<AnnouncementAction> {
    WORKFLOW.iter().filter(|step| step.from.contains(&from)).map(|step| step.action).collect()
}

/// Whether it may begin then, given when it ends: never in the past, never after its end.
pub fn begins(at: DateTime<Utc>, until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<(), Refusal> {
    match until {
        _ if at < now => Err(Refusal::Past),
        Some(until) if until <= at => Err(Refusal::EndsFirst),
        _ => Ok(()),
    }
}

impl AnnouncementStatus {
    /// Whether members have been told of it.
    pub const fn is_out(self) -> bool {
        matches!(self, AnnouncementStatus::Published | AnnouncementStatus::Archived)
    }

    /// Whether its words may be changed. Once it is out that is shown, and what was there before.
    pub const fn may_be_edited(self) -> bool {
        !matches!(self, AnnouncementStatus::Archived)
    }
}

/// The share of readers that is aimed at, and within what time of publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// In hundredths.
    pub percent: i64,
    pub within: TimeDelta,
}

pub const READ_TARGET: Target = Target { percent: 90, within: TimeDelta::hours(48) };
pub const ACKNOWLEDGED_TARGET: Target = Target { percent: 95, within: TimeDelta::hours(24) };

/// How long something may stay unread before its readers are told by their next channel.
pub const fn unread_after(urgent: bool) -> TimeDelta {
    if urgent { TimeDelta::hours(2) } else { TimeDelta::hours(24) }
}

/// So long nobody is reminded of the same again.
pub const REMIND_PAUSE: TimeDelta = TimeDelta::hours(1);

/// A share in hundredths, rounded down; none of nobody.
pub const fn percent(part: i64, whole: i64) -> Option<i64> {
    if whole <= 0 { None } else { Some(part * 100 / whole) }
}

pub const TITLE: Text = Text { min: 3, max: 160, lines: false };
/// Markdown.
pub const BODY: Text = Text { min: 1, max: 20_000, lines: true };
pub const CATEGORY_NAME: Text = Text { min: 1, max: 60, lines: false };
/// How many categories a community may have for its announcements.
pub const CATEGORIES_MAX: usize = 50;
/// Over how many days a community looks back on its announcements.
pub const FIGURE_DAYS: Range = Range { min: 1, max: 400 };

/// A category that a new community starts with.
#[derive(Debug, Clone, Copy)]
pub struct Starter {
    pub name: &'static str,
    pub icon: &'static str,
    pub color: Hue,
    pub urgent: bool,
}

const fn starter(name: &'static str, icon: &'static str, color: Hue, urgent: bool) -> Starter {
    Starter { name, icon, color, urgent }
}

pub const STARTERS: &[Starter] = &[
    starter("General", "info", Hue::Teal, false),
    starter("Safety", "shield-alert", Hue::Red, true),
    starter("Works and outages", "construction", Hue::Amber, false),
    starter("Meetings", "users", Hue::Violet, false),
    starter("Money", "clipboard-list", Hue::Green, false),
    starter("Community life", "sparkles", Hue::Pink, false),
];

/// The table as a page of the documentation.
#[cfg(test)]
pub fn document() -> String {
    use std::fmt::Write as _;
    let mut page = String::from(
        "# The life of an announcement\n\nGenerated from `crates/domain/src/announcement.rs`. Whoever has \
         `announcements.publish` does all of it; a draft can be deleted.\n\n```mermaid\nstateDiagram-v2\n    \
         [*] --> draft\n",
    );
    for step in WORKFLOW {
        for from in step.from {
            let _ = writeln!(page, "    {from} --> {}: {}", step.to, step.action);
        }
    }
    page.push_str("```\n\n| from | action | to | by time, too |\n|---|---|---|---|\n");
    for step in WORKFLOW {
        let from: Vec<&str> = step.from.iter().map(|status| status.as_str()).collect();
        let clock = if step.by_clock { "yes" } else { "" };
        let _ = writeln!(page, "| {} | {} | {} | {clock} |", from.join(", "), step.action, step.to);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::ICONS;

    #[test]
    fn every_action_is_in_the_table_and_leads_where_it_says() {
        for action in AnnouncementAction::ALL {
            assert!(WORKFLOW.iter().any(|step| step.action == *action), "{action}");
        }
        for from in AnnouncementStatus::ALL {
            for action in AnnouncementAction::ALL {
                let allowed = allowed_actions(*from).contains(action);
                assert_eq!(step(*from, *action).is_ok(), allowed, "{from} {action}");
            }
        }
    }

    #[test]
    fn what_is_out_never_becomes_a_draft_again() {
        for step in WORKFLOW {
            for from in step.from {
                assert!(!from.is_out() || step.to.is_out(), "{from} {}", step.action);
            }
        }
    }

    #[test]
    fn it_begins_neither_in_the_past_nor_after_its_end() {
        let now = DateTime::UNIX_EPOCH;
        let hour = TimeDelta::hours(1);
        assert_eq!(begins(now, None, now), Ok(()));
        assert_eq!(begins(now - hour, None, now), Err(Refusal::Past));
        assert_eq!(begins(now + hour, Some(now + hour), now), Err(Refusal::EndsFirst));
        assert_eq!(begins(now + hour, Some(now + hour * 2), now), Ok(()));
    }

    #[test]
    fn a_share_of_nobody_is_none_and_never_more_than_all() {
        assert_eq!(percent(0, 0), None);
        assert_eq!(percent(899, 1000), Some(89), "a target is not met by rounding");
        assert_eq!(percent(7, 7), Some(100));
    }

    #[test]
    fn every_starter_has_an_icon_that_can_be_chosen_and_a_name_of_its_own() {
        for (at, starter) in STARTERS.iter().enumerate() {
            assert!(ICONS.contains(&starter.icon), "{}", starter.icon);
            assert!(CATEGORY_NAME.check(starter.name).is_ok());
            assert!(STARTERS[..at].iter().all(|other| other.name != starter.name));
        }
    }
}
