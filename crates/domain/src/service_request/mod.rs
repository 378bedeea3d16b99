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
        Merge = "merge",
        Unmerge = "unmerge",
        Override = "override",
        ChangePriority = "change_priority",
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
    /// The priority that a category's default becomes when somebody says it is this urgent: at most one step away,
    /// and only a category of emergencies yields [`Priority::P1`]; triage may change it.
    pub fn applied_to(self, default: Priority) -> Priority {
        let step = |by: isize| {
            let at = (default as usize).saturating_add_signed(by).min(Priority::ALL.len() - 1);
            Priority::ALL[at]
        };
        match (self, default) {
            (Self::Normal, _) | (Self::Soon | Self::Emergency, Priority::P1 | Priority::P2) => default,
            (Self::CanWait, Priority::P1) => default,
            (Self::CanWait, _) => step(1),
            (Self::Soon | Self::Emergency, _) => step(-1),
        }
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
    fn urgency_moves_a_priority_by_one_step_and_never_makes_an_emergency() {
        for default in Priority::ALL {
            for urgency in Urgency::ALL {
                let priority = urgency.applied_to(*default);
                assert!((priority as i8 - *default as i8).abs() <= 1, "{urgency} {default}");
                assert!(priority != Priority::P1 || *default == Priority::P1, "{urgency} {default}");
            }
        }
    }
}
