//! Who hears of what: the people that each event of a request is told to, besides whoever caused it.

use super::{Audience, Milestone, RequestAction};

/// A group of people around a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// The person it was reported by or for.
    Reporter,
    Assignee,
    /// Whoever had it before the action took it away.
    FormerAssignee,
    /// The community's dispatchers.
    Dispatchers,
}

/// The name of the event that an action causes, like `request.resolve`.
pub fn event(action: RequestAction, audience: Audience) -> String {
    match (action, audience) {
        (RequestAction::Comment, Audience::Staff) => "request.note".to_owned(),
        _ => format!("request.{action}"),
    }
}

/// The name of the event that a milestone causes.
pub fn milestone(milestone: Milestone) -> String {
    format!("request.{milestone}")
}

/// The event of a new report.
pub const REPORTED: &str = "request.report";

/// Who is told of an event.
pub fn told_of(event: &str) -> &'static [Party] {
    use Party::{Assignee, Dispatchers, FormerAssignee, Reporter};
    if event == REPORTED {
        return &[Dispatchers];
    }
    match event.strip_prefix("request.").and_then(|word| word.parse().ok()) {
        Some(Milestone::Joined | Milestone::Parted) => return &[Reporter, Assignee],
        Some(Milestone::MasterClosed) => return &[Reporter],
        Some(Milestone::Edit) => return &[Dispatchers],
        Some(Milestone::Report) | None => {}
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
        RequestAction::Decline | RequestAction::RequestCancel => &[Dispatchers],
        RequestAction::Answer | RequestAction::Dispute | RequestAction::Reopen => &[Assignee, Dispatchers],
        RequestAction::Confirm => &[Assignee],
        RequestAction::Close | RequestAction::Cancel | RequestAction::Override | RequestAction::Comment => {
            &[Assignee, Reporter]
        }
        RequestAction::ChangePriority | RequestAction::ChangeZone => &[Assignee],
        RequestAction::ChangeCategory | RequestAction::ChangeVisibility | RequestAction::ChangeDue => {
            &[Assignee, Reporter]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_is_told_to_somebody() {
        for action in RequestAction::ALL {
            for audience in Audience::ALL {
                assert!(!told_of(&event(*action, *audience)).is_empty());
            }
        }
    }

    #[test]
    fn a_note_among_staff_never_reaches_the_reporter() {
        assert!(!told_of(&event(RequestAction::Comment, Audience::Staff)).contains(&Party::Reporter));
    }
}
