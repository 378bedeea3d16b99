//! Service requests: one thing somebody wants done, followed until everybody agrees that it is done.
//!
//! * [`workflow`]: the table of every step that exists
//! * [`decide`]: may this actor do this now, and what is the request afterwards?

pub mod decide;
pub mod number;
pub mod workflow;

use crate::text_enum::text_enum;

text_enum! {
    /// Where a request is in its life.
    pub enum RequestStatus {
        New = "new",
        Triaged = "triaged",
        Assigned = "assigned",
        InProgress = "in_progress",
        OnHold = "on_hold",
        Resolved = "resolved",
        Closed = "closed",
        Rejected = "rejected",
        Cancelled = "cancelled",
        Duplicate = "duplicate",
    }
}

impl RequestStatus {
    /// Somebody still has to do something about it.
    pub const fn is_open(self) -> bool {
        use RequestStatus::{Assigned, InProgress, New, OnHold, Triaged};
        matches!(self, New | Triaged | Assigned | InProgress | OnHold)
    }
}

text_enum! {
    /// What somebody does to a request.
    pub enum RequestAction {
        Triage = "triage",
        Ask = "ask",
        Answer = "answer",
        Assign = "assign",
        Claim = "claim",
        Accept = "accept",
        Decline = "decline",
        Reassign = "reassign",
        Unassign = "unassign",
        Arrive = "arrive",
        Start = "start",
        Hold = "hold",
        Resume = "resume",
        Resolve = "resolve",
        Confirm = "confirm",
        Dispute = "dispute",
        AutoClose = "auto_close",
        Close = "close",
        Reopen = "reopen",
        Reject = "reject",
        Cancel = "cancel",
        RequestCancel = "request_cancel",
        Merge = "merge",
        Unmerge = "unmerge",
        Override = "override",
        ChangePriority = "change_priority",
        ChangeCategory = "change_category",
        ChangeZone = "change_zone",
        ChangeVisibility = "change_visibility",
        ChangeDue = "change_due",
    }
}

text_enum! {
    /// What the timeline tells besides actions.
    pub enum Milestone {
        Report = "report",
        /// The reporter mended what they had told.
        Edit = "edit",
        /// Another request was merged into this one.
        Joined = "joined",
        /// It was one by itself after all.
        Parted = "parted",
        /// The request that this one was merged into is closed.
        MasterClosed = "master_closed",
    }
}

text_enum! {
    /// When a team works.
    pub enum Shift {
        Day = "day",
        Night = "night",
        Always = "always",
    }
}

text_enum! {
    /// How urgent a request is, from emergency to planned.
    pub enum Priority {
        P1 = "P1",
        P2 = "P2",
        P3 = "P3",
        P4 = "P4",
        P5 = "P5",
    }
}

text_enum! {
    /// How urgent the reporter says it is, in their words.
    pub enum Urgency {
        CanWait = "can_wait",
        Normal = "normal",
        Soon = "soon",
        Emergency = "emergency",
    }
}

impl Urgency {
    /// The priority that a category's usual one becomes when somebody says it is this urgent, within the range that the
    /// category allows. Only who says that it is an emergency can make it one; triage may change it.
    pub fn applied_to(self, usual: Priority, (most, least): (Priority, Priority)) -> Priority {
        let step = |by: isize| {
            let at = (usual as usize).saturating_add_signed(by).min(Priority::ALL.len() - 1);
            Priority::ALL[at]
        };
        let wished = match self {
            Self::CanWait => step(1),
            Self::Normal => usual,
            Self::Soon => step(-1).max(usual.min(Priority::P2)),
            Self::Emergency => step(-2),
        };
        wished.max(most).min(least)
    }
}

text_enum! {
    /// Why work stands still.
    pub enum HoldReason {
        WaitingReporter = "waiting_reporter",
        WaitingParts = "waiting_parts",
        WaitingThirdParty = "waiting_third_party",
        Weather = "weather",
        Scheduled = "scheduled",
    }
}

text_enum! {
    /// Why a request is not taken on.
    pub enum RejectReason {
        Spam = "spam",
        OutOfScope = "out_of_scope",
        NotReproducible = "not_reproducible",
        Other = "other",
    }
}

text_enum! {
    /// Who may see a request besides its reporter and staff.
    pub enum RequestVisibility {
        Private = "private",
        Community = "community",
        Public = "public",
    }
}

text_enum! {
    /// How a request reached us.
    pub enum RequestChannel {
        Web = "web",
        Telegram = "telegram",
        Open311 = "open311",
        Api = "api",
        Phone = "phone",
        Import = "import",
    }
}

text_enum! {
    /// What a file shows.
    pub enum AttachmentKind {
        Problem = "problem",
        Evidence = "evidence",
        Document = "document",
    }
}

text_enum! {
    /// The order of a list of requests.
    pub enum RequestSort {
        Newest = "newest",
        Oldest = "oldest",
        /// The most urgent first, of those the newest.
        Priority = "priority",
        /// What should be done soonest first.
        Due = "due",
        /// What changed last first.
        Updated = "updated",
    }
}

text_enum! {
    /// Who speaks, where nobody is named.
    pub enum Voice {
        Reporter = "reporter",
        /// Those who handle it, and everybody else of the community.
        Community = "community",
        /// Nobody: it happened by itself.
        Clock = "clock",
    }
}

text_enum! {
    /// Who reads a line of the timeline.
    pub enum Audience {
        /// Everybody who sees the request.
        Everyone = "everyone",
        /// Staff only.
        Staff = "staff",
    }
}

/// Who reads what an action leaves in the timeline, unless the actor says otherwise.
pub const fn audience(action: RequestAction) -> Audience {
    match action {
        RequestAction::Decline | RequestAction::ChangePriority => Audience::Staff,
        _ => Audience::Everyone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urgency_moves_a_priority_within_the_range_of_its_category() {
        let all = (Priority::P1, Priority::P5);
        for usual in Priority::ALL {
            for range in
                Priority::ALL.iter().flat_map(|most| Priority::ALL.iter().map(|least| (*most, *least)))
            {
                if !(range.0 <= *usual && *usual <= range.1) {
                    continue;
                }
                let said: Vec<_> =
                    Urgency::ALL.iter().map(|urgency| urgency.applied_to(*usual, range)).collect();
                assert!(said.is_sorted_by(|one, next| one >= next), "{usual} {said:?}");
                assert!(
                    said.iter().all(|priority| (range.0..=range.1).contains(priority)),
                    "{usual} {said:?}"
                );
                assert_eq!(Urgency::Normal.applied_to(*usual, range), *usual);
            }
            let soon = Urgency::Soon.applied_to(*usual, all);
            assert!(soon != Priority::P1 || *usual == Priority::P1, "{usual}");
        }
        assert_eq!(Urgency::Emergency.applied_to(Priority::P3, all), Priority::P1);
        assert_eq!(Urgency::Emergency.applied_to(Priority::P4, all), Priority::P2);
    }
}
