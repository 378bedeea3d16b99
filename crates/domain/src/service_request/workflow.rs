//! The whole life of a service request as one table. The server obeys it, the browser draws its buttons from it,
//! and `docs/lifecycles.md` is generated from it.

use super::{Milestone, RequestAction, RequestAction::*, RequestStatus, RequestStatus::*};
use crate::role::Permission;
use crate::text_enum::text_enum;

/// One or more rows of the workflow: from any of these states, this action, to that state.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub from: &'static [RequestStatus],
    pub action: RequestAction,
    pub to: To,
    /// Any one of these suffices.
    pub who: &'static [Who],
    pub needs: &'static [Need],
}

/// Where a step leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// Nowhere else.
    Same,
    State(RequestStatus),
    /// To where it was before it was put on hold.
    BeforeHold,
    /// To this state while its assignee is still there, to `triaged` otherwise.
    BackTo(RequestStatus),
    /// To the state that was asked for.
    Target,
}

/// What ties somebody to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Has this permission in the community.
    May(Permission),
    /// The person it was reported by or for.
    Reporter,
    /// The professional it is assigned to.
    Assignee,
    /// A professional of the team that it is assigned to.
    TeamMember,
    /// A professional with the skill, where the community lets them claim.
    Qualified,
    /// Time passing.
    Clock,
    /// The platform's own rules, such as auto-assignment.
    System,
}

text_enum! {
    /// Something that an action takes.
    pub enum Field {
        Note = "note",
        Category = "category_id",
        Priority = "priority",
        Zone = "zone_id",
        Assignee = "assignee_id",
        Team = "team_id",
        HoldReason = "hold_reason",
        HoldUntil = "hold_until",
        RejectReason = "reject_reason",
        Evidence = "attachment_ids",
        Rating = "rating",
        Master = "master_id",
        Target = "target",
        Visibility = "visibility",
        DueAt = "due_at",
        Place = "at",
    }
}

/// A field that an action takes, and whether it can do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    pub field: Field,
    pub when: When,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Always,
    /// Only while the request itself has no value for it (and, for a zone, the community has zones).
    IfUnknown,
    /// Only where the request's category demands it.
    IfDemanded,
    /// One at least of those that say so.
    OneOf,
    Optional,
}

const fn must(field: Field) -> Need {
    Need { field, when: When::Always }
}
const fn unknown(field: Field) -> Need {
    Need { field, when: When::IfUnknown }
}
const fn demanded(field: Field) -> Need {
    Need { field, when: When::IfDemanded }
}
const fn one_of(field: Field) -> Need {
    Need { field, when: When::OneOf }
}
const fn may(field: Field) -> Need {
    Need { field, when: When::Optional }
}
const fn step(
    from: &'static [RequestStatus],
    action: RequestAction,
    to: To,
    who: &'static [Who],
    needs: &'static [Need],
) -> Step {
    Step { from, action, to, who, needs }
}

const TRIAGER: Who = Who::May(Permission::RequestsTriage);
const ASSIGNER: Who = Who::May(Permission::RequestsAssign);
const CLOSER: Who = Who::May(Permission::RequestsClose);
const MERGER: Who = Who::May(Permission::RequestsMerge);
const OVERRIDER: Who = Who::May(Permission::RequestsOverride);
const MOVER: Who = Who::May(Permission::RequestsMoveDeadline);

const OPEN: &[RequestStatus] = &[New, Triaged, Assigned, InProgress, OnHold];
const ANY: &[RequestStatus] = RequestStatus::ALL;
const TRIAGE_NEEDS: &[Need] = &[
    unknown(Field::Category),
    unknown(Field::Priority),
    unknown(Field::Zone),
    may(Field::Category),
    may(Field::Priority),
    may(Field::Zone),
    may(Field::Note),
];
const REASON: &[Need] = &[must(Field::Note)];

#[rustfmt::skip]
pub const WORKFLOW: &[Step] = &[
    //   from                                  action          to                       who                             needs
    step(&[New],                               Triage,         To::State(Triaged),      &[TRIAGER, Who::Clock],         TRIAGE_NEEDS),
    step(&[New, Triaged],                      Ask,            To::Same,                &[TRIAGER],                     REASON),
    step(&[New, Triaged],                      Answer,         To::Same,                &[Who::Reporter],               &[must(Field::Note), may(Field::Evidence)]),
    step(&[OnHold],                            Answer,         To::BeforeHold,          &[Who::Reporter],               &[must(Field::Note), may(Field::Evidence)]),
    step(&[New],                               Assign,         To::State(Assigned),     &[ASSIGNER, Who::System],       &[one_of(Field::Assignee), one_of(Field::Team), unknown(Field::Category), unknown(Field::Priority), unknown(Field::Zone), may(Field::Category), may(Field::Priority), may(Field::Zone), may(Field::Note)]),
    step(&[Triaged],                           Assign,         To::State(Assigned),     &[ASSIGNER, Who::System],       &[one_of(Field::Assignee), one_of(Field::Team), may(Field::Note)]),
    step(&[Triaged],                           Claim,          To::State(Assigned),     &[Who::Qualified],              &[]),
    step(&[Assigned],                          Accept,         To::Same,                &[Who::Assignee, Who::TeamMember], &[may(Field::Note)]),
    step(&[Assigned],                          Decline,        To::State(Triaged),      &[Who::Assignee],               REASON),
    step(&[Assigned, InProgress, OnHold],      Reassign,       To::State(Assigned),     &[ASSIGNER],                    &[one_of(Field::Assignee), one_of(Field::Team), must(Field::Note)]),
    step(&[Assigned, InProgress, OnHold],      Unassign,       To::State(Triaged),      &[ASSIGNER, Who::System],       REASON),
    step(&[Assigned],                          Arrive,         To::Same,                &[Who::Assignee],               &[may(Field::Place), may(Field::Note)]),
    step(&[Assigned],                          Start,          To::State(InProgress),   &[Who::Assignee],               &[may(Field::Note)]),
    step(&[New, Triaged],                      Hold,           To::State(OnHold),       &[ASSIGNER],                    &[must(Field::HoldReason), may(Field::HoldUntil), may(Field::Note)]),
    step(&[Assigned, InProgress],              Hold,           To::State(OnHold),       &[Who::Assignee, ASSIGNER],     &[must(Field::HoldReason), may(Field::HoldUntil), may(Field::Note)]),
    step(&[OnHold],                            Resume,         To::BeforeHold,          &[Who::Assignee, ASSIGNER, Who::Clock], &[may(Field::Note)]),
    step(&[InProgress],                        Resolve,        To::State(Resolved),     &[Who::Assignee, ASSIGNER],     &[must(Field::Note), demanded(Field::Evidence), may(Field::Evidence)]),
    step(&[Resolved],                          Confirm,        To::State(Closed),       &[Who::Reporter],               &[may(Field::Rating), may(Field::Note)]),
    step(&[Resolved],                          Dispute,        To::BackTo(InProgress),  &[Who::Reporter],               &[must(Field::Note), may(Field::Evidence)]),
    step(&[Resolved],                          AutoClose,      To::State(Closed),       &[Who::Clock],                  &[]),
    step(&[Resolved],                          Close,          To::State(Closed),       &[CLOSER],                      REASON),
    step(&[Closed],                            Reopen,         To::BackTo(Assigned),    &[Who::Reporter, ASSIGNER],     &[must(Field::Note), may(Field::Evidence)]),
    step(&[New, Triaged],                      Reject,         To::State(Rejected),     &[TRIAGER],                     &[must(Field::RejectReason), must(Field::Note)]),
    step(&[New, Triaged, Assigned],            Cancel,         To::State(Cancelled),    &[Who::Reporter],               &[may(Field::Note)]),
    step(&[New, Triaged, Assigned, InProgress, OnHold], Cancel, To::State(Cancelled),   &[ASSIGNER],                    REASON),
    step(&[InProgress, OnHold],                RequestCancel,  To::Same,                &[Who::Reporter],               &[may(Field::Note)]),
    step(OPEN,                                 Merge,          To::State(Duplicate),    &[MERGER],                      &[must(Field::Master), may(Field::Note)]),
    step(&[Duplicate],                         Unmerge,        To::State(Triaged),      &[MERGER],                      REASON),
    step(ANY,                                  Override,       To::Target,              &[OVERRIDER],                   &[must(Field::Target), must(Field::Note), may(Field::Assignee), may(Field::Team), may(Field::HoldReason), may(Field::HoldUntil), may(Field::RejectReason), may(Field::Master)]),
    step(OPEN,                                 ChangePriority, To::Same,                &[TRIAGER],                     &[must(Field::Priority), must(Field::Note)]),
    step(OPEN,                                 ChangeCategory, To::Same,                &[TRIAGER],                     &[must(Field::Category), may(Field::Note)]),
    step(OPEN,                                 ChangeZone,     To::Same,                &[TRIAGER],                     &[must(Field::Zone), may(Field::Note)]),
    step(ANY,                                  ChangeVisibility, To::Same,              &[TRIAGER],                     &[must(Field::Visibility), may(Field::Note)]),
    step(OPEN,                                 ChangeDue,      To::Same,                &[MOVER],                       &[must(Field::DueAt), must(Field::Note)]),
];

/// The rows for an action in a state. More than one where different people need different things.
pub fn steps(from: RequestStatus, action: RequestAction) -> impl Iterator<Item = &'static Step> {
    WORKFLOW.iter().filter(move |step| step.action == action && step.from.contains(&from))
}

/// Whether a line of the story of this kind is one that reporters write: what they told, said and did.
pub fn is_of_reporter(kind: &str) -> bool {
    let told = [Milestone::Report.as_str(), Milestone::Edit.as_str(), "comment"].contains(&kind);
    told || WORKFLOW.iter().any(|step| step.action.as_str() == kind && step.who.contains(&Who::Reporter))
}

impl Who {
    /// In words, for the documentation.
    pub fn describe(self) -> String {
        match self {
            Who::May(permission) => format!("`{permission}`"),
            Who::Reporter => "the reporter".into(),
            Who::Assignee => "the assignee".into(),
            Who::TeamMember => "a member of the assigned team, who thereby becomes assignee".into(),
            Who::Qualified => "a professional with the skill".into(),
            Who::Clock => "the clock".into(),
            Who::System => "the system".into(),
        }
    }
}

impl To {
    fn describe(self) -> String {
        match self {
            To::Same => "same".into(),
            To::State(state) => state.to_string(),
            To::BeforeHold => "where it was".into(),
            To::BackTo(state) => format!("{state}, or triaged if the assignee is gone"),
            To::Target => "any".into(),
        }
    }
}

/// The table and its diagram as Markdown.
pub fn document() -> String {
    use std::fmt::Write as _;
    let mut page = String::from(
        "<!-- @generated from the tables in crates/domain/src (service_request/workflow.rs, member.rs, announcement.rs); `UPDATE_DOCS=1 cargo test -p domain` writes it anew -->\n\
         # The life of a service request\n\n```mermaid\nstateDiagram-v2\n  [*] --> new\n",
    );
    for step in WORKFLOW {
        let targets: &[RequestStatus] = match step.to {
            To::State(state) => &[state],
            To::BackTo(state) => &[state, Triaged],
            To::Same | To::BeforeHold | To::Target => &[],
        };
        for (from, to) in step.from.iter().flat_map(|from| targets.iter().map(move |to| (from, to))) {
            let _ = writeln!(page, "  {from} --> {to}: {}", step.action);
        }
    }
    page.push_str("```\n\n| from | action | to | who | takes |\n|---|---|---|---|---|\n");
    for step in WORKFLOW {
        let from = if step.from.len() == ANY.len() {
            "any".to_owned()
        } else {
            step.from.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(", ")
        };
        let who = step.who.iter().map(|who| who.describe()).collect::<Vec<_>>().join(", ");
        let needs: Vec<_> = step
            .needs
            .iter()
            .filter(|need| {
                need.when != When::Optional
                    || !step
                        .needs
                        .iter()
                        .any(|other| other.field == need.field && other.when != When::Optional)
            })
            .map(|need| match need.when {
                When::Always => need.field.to_string(),
                When::IfUnknown => format!("{} if not known", need.field),
                When::IfDemanded => format!("{} where the category demands it", need.field),
                When::OneOf => format!("{} (one of these)", need.field),
                When::Optional => format!("({})", need.field),
            })
            .collect();
        let _ = writeln!(
            page,
            "| {from} | {} | {} | {who} | {} |",
            step.action,
            step.to.describe(),
            needs.join(", ")
        );
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_can_be_reached_and_every_action_exists() {
        let reached = |state: RequestStatus| {
            WORKFLOW.iter().any(|step| match step.to {
                To::State(to) | To::BackTo(to) => to == state,
                _ => false,
            })
        };
        for state in RequestStatus::ALL.iter().filter(|state| **state != New) {
            assert!(reached(*state), "nothing leads to {state}");
        }
        for action in RequestAction::ALL {
            assert!(WORKFLOW.iter().any(|step| step.action == *action), "{action} is in no row");
        }
    }

    #[test]
    fn an_end_has_no_way_out_but_reopening_unmerging_and_override() {
        for end in [Closed, Rejected, Cancelled, Duplicate] {
            for step in WORKFLOW.iter().filter(|step| step.from.contains(&end) && step.to != To::Same) {
                assert!(matches!(step.action, Reopen | Unmerge | Override), "{end} {}", step.action);
            }
        }
    }

    #[test]
    fn the_documentation_is_what_the_table_says() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/lifecycles.md");
        let page = [document(), crate::member::document(), crate::announcement::document()].join("\n");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, &page).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(written == page, "docs/lifecycles.md is stale: run `UPDATE_DOCS=1 cargo test -p domain`");
    }
}
