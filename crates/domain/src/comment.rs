//! What people say about a request: who may say what to whom, and who may change or remove it.
//!
//! Authors edit for [`EDITABLE_FOR`] after they wrote, staff like residents: long enough for a slip of the pen, too short
//! to turn an answer's question into another. They remove what they wrote at any time, and moderators what anybody wrote,
//! with a reason that is kept. Every text that a comment ever had stays in its history, for whoever reads the audit trail.

use chrono::{DateTime, TimeDelta, Utc};

use crate::role::{Permission, Rights};
use crate::service_request::Audience;

/// How long after writing an author may edit.
pub const EDITABLE_FOR: TimeDelta = TimeDelta::minutes(15);

/// Any of these may remove what others wrote.
const MODERATORS: [Permission; 2] = [Permission::ContentModerate, Permission::RequestsAssign];

/// What a decision about a comment must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub is_author: bool,
    pub rights: Rights,
    pub created_at: DateTime<Utc>,
    pub removed: bool,
}

/// Why the answer is no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("this is for others to do")]
    NotAllowed,
    #[error("the comment has been removed")]
    Removed,
    #[error("the time for this has passed")]
    TooLate,
    #[error("a reason is missing")]
    ReasonMissing,
}

pub fn edit(facts: Facts, now: DateTime<Utc>) -> Result<(), Refusal> {
    match facts {
        Facts { is_author: false, .. } => Err(Refusal::NotAllowed),
        Facts { removed: true, .. } => Err(Refusal::Removed),
        Facts { created_at, .. } if now - created_at >= EDITABLE_FOR => Err(Refusal::TooLate),
        Facts { .. } => Ok(()),
    }
}

/// Authors owe nobody a reason; moderators do.
pub fn remove(facts: Facts, has_reason: bool) -> Result<(), Refusal> {
    let moderates = MODERATORS.into_iter().any(|permission| facts.rights.can(permission));
    match facts {
        Facts { is_author: false, .. } if !moderates => Err(Refusal::NotAllowed),
        Facts { removed: true, .. } => Err(Refusal::Removed),
        Facts { is_author: false, .. } if !has_reason => Err(Refusal::ReasonMissing),
        Facts { .. } => Ok(()),
    }
}

/// Whom somebody may speak to: staff also among themselves.
pub const fn audiences(is_staff: bool) -> &'static [Audience] {
    if is_staff { &[Audience::Everyone, Audience::Staff] } else { &[Audience::Everyone] }
}

/// Who reads a reply: never more people than read what it answers.
pub const fn of_reply(parent: Audience, asked: Audience) -> Audience {
    match parent {
        Audience::Staff => Audience::Staff,
        Audience::Everyone => asked,
    }
}

/// Whether it stops the clock of the first response: what staff say so that the reporter reads it.
pub const fn responds(audience: Audience, is_staff: bool) -> bool {
    is_staff && matches!(audience, Audience::Everyone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(is_author: bool, rights: &[Permission]) -> Facts {
        let created_at = DateTime::UNIX_EPOCH;
        Facts { is_author, rights: rights.iter().copied().collect(), created_at, removed: false }
    }

    #[test]
    fn authors_edit_for_a_quarter_of_an_hour_and_nobody_else_at_all() {
        let start = DateTime::UNIX_EPOCH;
        let author = facts(true, &[]);
        assert_eq!(edit(author, start + EDITABLE_FOR - TimeDelta::milliseconds(1)), Ok(()));
        assert_eq!(edit(author, start + EDITABLE_FOR), Err(Refusal::TooLate));
        assert_eq!(edit(Facts { removed: true, ..author }, start), Err(Refusal::Removed));
        assert_eq!(edit(facts(false, Permission::ALL), start), Err(Refusal::NotAllowed));
    }

    #[test]
    fn moderators_remove_with_a_reason_and_authors_without() {
        assert_eq!(remove(facts(true, &[]), false), Ok(()));
        assert_eq!(remove(facts(false, &[]), true), Err(Refusal::NotAllowed));
        for moderator in MODERATORS {
            assert_eq!(remove(facts(false, &[moderator]), false), Err(Refusal::ReasonMissing));
            assert_eq!(remove(facts(false, &[moderator]), true), Ok(()));
        }
        assert_eq!(remove(Facts { removed: true, ..facts(true, &[]) }, true), Err(Refusal::Removed));
    }

    #[test]
    fn a_reply_is_never_read_by_more_people_than_what_it_answers() {
        for asked in Audience::ALL {
            assert_eq!(of_reply(Audience::Staff, *asked), Audience::Staff);
            assert_eq!(of_reply(Audience::Everyone, *asked), *asked);
        }
        assert!(!responds(Audience::Staff, true) && !responds(Audience::Everyone, false));
    }
}
