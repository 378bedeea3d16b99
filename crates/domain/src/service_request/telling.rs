//! Who hears of what: the people that each event of a request is told to, besides whoever caused it.

use super::{Audience, RequestAction};

/// A group of people around a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// The person it was reported by or for.
    Reporter,
    Assignee,
    /// Whoever had it before the action took it away.
    FormerAssignee,
    /// Who is called by name in a comment.
    Mentioned,
    /// The community's dispatchers.
    Dispatchers,
}

/// The name of the event that an action causes, like `request.resolve`.
pub fn event(action: RequestAction) -> String {
    format!("request.{action}")
}

/// The event of a comment.
pub const fn commented(audience: Audience) -> &'static str {
    match audience {
        Audience::Everyone => "request.comment",
        Audience::Staff => "request.note",
    }
}

/// The event of being called by name.
pub const MENTIONED: &str = "request.mention";

/// The event of a new report.
pub const REPORTED: &str = "request.report";

/// Who is told of an event.
pub fn told_of(event: &str) -> &'static [Party] {
    use Party::{Assignee, Dispatchers, FormerAssignee, Mentioned, Reporter};
    if event == REPORTED {
        return &[Dispatchers];
    }
    if event == MENTIONED {
        return &[Mentioned];
    }
    if event == commented(Audience::Everyone) {
        return &[Assignee, Reporter];
    }
    let Some(action) = event.strip_prefix("request.").and_then(|word| word.parse().ok()) else {
        // A note among staff.
        return &[Assignee, Dispatchers];
    };
    match action {
        RequestAction::Assign | RequestAction::Claim => &[Assignee, Reporter],
        RequestAction::Reassign | RequestAction::Unassign => &[Assignee, FormerAssignee, Reporter],
        RequestAction::Triage
        | RequestAction::Ask
        | RequestAction::Accept
        | RequestAction::Arrive
        | RequestAction::Start
        | RequestAction::Hold
        | RequestAction::Resume
        | RequestAction::Resolve
        | RequestAction::Reject
        | RequestAction::AutoClose
        | RequestAction::Merge
        | RequestAction::Unmerge => &[Reporter],
        RequestAction::Decline => &[Dispatchers],
        RequestAction::Answer | RequestAction::Dispute | RequestAction::Reopen => &[Assignee, Dispatchers],
        RequestAction::Confirm => &[Assignee],
        RequestAction::Close | RequestAction::Cancel | RequestAction::Override => &[Assignee, Reporter],
        RequestAction::ChangePriority => &[Assignee],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_is_told_to_somebody() {
        for action in RequestAction::ALL {
            assert!(!told_of(&event(*action)).is_empty());
        }
    }

    #[test]
    fn a_note_among_staff_never_reaches_the_reporter() {
        assert!(!told_of(commented(Audience::Staff)).contains(&Party::Reporter));
    }
}
