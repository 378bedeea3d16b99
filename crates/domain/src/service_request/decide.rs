//! May this actor do this now, and what is the request afterwards? A pure function from state to state.

use chrono::{DateTime, TimeDelta, Utc};

use super::workflow::{Field, Need, Step, To, WORKFLOW, When, Who, steps};
use super::{HoldReason, Priority, RejectReason, RequestAction, RequestStatus};
use crate::community::Settings;
use crate::id::{CategoryId, MemberId, ServiceRequestId, ZoneId};
use crate::role::{Permission, Rights};

/// The part of a request that actions change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub status: RequestStatus,
    /// While on hold: where it was.
    pub held_from: Option<RequestStatus>,
    pub hold_reason: Option<HoldReason>,
    pub hold_until: Option<DateTime<Utc>>,
    /// A question to the reporter is open.
    pub waiting_reporter: bool,
    pub category: CategoryId,
    pub priority: Priority,
    pub zone: Option<ZoneId>,
    pub assignee: Option<MemberId>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub arrived_at: Option<DateTime<Utc>>,
    pub started_at: Option<DateTime<Utc>>,
    /// The first of triage, assignment, acceptance or a public comment by staff.
    pub first_response_at: Option<DateTime<Utc>>,
    pub resolved_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub reject_reason: Option<RejectReason>,
    pub duplicate_of: Option<ServiceRequestId>,
    pub reopen_count: i32,
}

impl Progress {
    /// Where every request begins.
    pub fn reported(category: CategoryId, priority: Priority, zone: Option<ZoneId>) -> Self {
        Self {
            status: RequestStatus::New,
            held_from: None,
            hold_reason: None,
            hold_until: None,
            waiting_reporter: false,
            category,
            priority,
            zone,
            assignee: None,
            accepted_at: None,
            arrived_at: None,
            started_at: None,
            first_response_at: None,
            resolved_at: None,
            closed_at: None,
            reject_reason: None,
            duplicate_of: None,
            reopen_count: 0,
        }
    }
}

/// What a decision must know besides the request's progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Who reported it, and for whom it was reported.
    pub reporters: Vec<MemberId>,
    /// The assignee is still an active professional.
    pub assignee_present: bool,
    /// The category wants a photo before the work counts as done.
    pub evidence_demanded: bool,
    /// The community has zones, so a triaged request stands in one.
    pub zoned: bool,
    pub settings: Settings,
}

/// Who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asker {
    Member {
        id: MemberId,
        rights: Rights,
        /// Has the skill that the request's category asks for.
        skilled: bool,
    },
    /// Time passing.
    Clock,
    /// The platform's own rules.
    System,
}

/// A professional that somebody wants to give work to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    pub id: MemberId,
    /// A verified professional and an active member.
    pub active: bool,
    /// Works in the request's zone (or in all).
    pub covers_zone: bool,
}

/// What came along with the action.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    pub note: bool,
    pub category: Option<CategoryId>,
    pub priority: Option<Priority>,
    pub zone: Option<ZoneId>,
    pub assignee: Option<Candidate>,
    pub hold_reason: Option<HoldReason>,
    pub hold_until: Option<DateTime<Utc>>,
    pub reject_reason: Option<RejectReason>,
    pub evidence: bool,
    pub rating: bool,
    pub master: Option<ServiceRequestId>,
    pub target: Option<RequestStatus>,
}

/// Why the answer is no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("this is for others to do")]
    NotAllowed,
    #[error("a request that is {status} cannot take {action}")]
    WrongState { status: RequestStatus, action: RequestAction },
    #[error("some fields are missing")]
    Missing(Vec<Field>),
    #[error("some fields do not belong to this action")]
    Superfluous(Vec<Field>),
    #[error("the professional cannot be given work now")]
    AssigneeUnavailable,
    #[error("the professional does not work in this zone; say why it should be so all the same")]
    OutsideZone,
    #[error("the time for this has passed")]
    TooLate,
}

/// What this asker may do right now, each with the fields that it takes.
pub fn allowed_actions(
    progress: &Progress,
    facts: &Facts,
    asker: &Asker,
    now: DateTime<Utc>,
) -> Vec<(RequestAction, Vec<Need>)> {
    RequestAction::ALL
        .iter()
        .filter_map(|action| {
            let step = find(progress, facts, asker, *action, now).ok()?;
            let mut needs: Vec<Need> = Vec::new();
            for need in step.needs {
                let when = if required(need, progress, facts) { When::Always } else { When::Optional };
                match needs.iter_mut().find(|known| known.field == need.field) {
                    Some(known) if when == When::Always => known.when = when,
                    Some(_) => {}
                    None => needs.push(Need { field: need.field, when }),
                }
            }
            Some((*action, needs))
        })
        .collect()
}

/// May `asker` do `action` with what is `given`, and what is the request then?
pub fn decide(
    progress: &Progress,
    facts: &Facts,
    asker: &Asker,
    action: RequestAction,
    given: &Given,
    now: DateTime<Utc>,
) -> Result<Progress, Refusal> {
    let step = find(progress, facts, asker, action, now)?;
    check_fields(step, progress, facts, given)?;
    if let Some(candidate) = given.assignee {
        if !candidate.active {
            return Err(Refusal::AssigneeUnavailable);
        }
        if !candidate.covers_zone && !given.note {
            return Err(Refusal::OutsideZone);
        }
    }
    let next = apply(progress, facts, asker, step, given, now);
    if action == RequestAction::Override
        && let Some(field) = lacking(&next, facts, given)
    {
        return Err(Refusal::Missing(vec![field]));
    }
    Ok(next)
}

/// The row of the table that applies: refused as "not yours" before "not now".
fn find(
    progress: &Progress,
    facts: &Facts,
    asker: &Asker,
    action: RequestAction,
    now: DateTime<Utc>,
) -> Result<&'static Step, Refusal> {
    let is_one = |step: &Step| step.who.iter().any(|who| is(asker, *who, progress, facts));
    if !WORKFLOW.iter().any(|step| step.action == action && is_one(step)) {
        return Err(Refusal::NotAllowed);
    }
    let wrong_state = Refusal::WrongState { status: progress.status, action };
    let step = steps(progress.status, action).find(|step| is_one(step)).ok_or(wrong_state.clone())?;
    match action {
        RequestAction::Answer if !progress.waiting_reporter => Err(wrong_state),
        // Held before anybody had it: there is nobody to take it from.
        RequestAction::Reassign | RequestAction::Unassign if progress.assignee.is_none() => Err(wrong_state),
        RequestAction::Accept if progress.accepted_at.is_some() => Err(wrong_state),
        RequestAction::Arrive if progress.arrived_at.is_some() => Err(wrong_state),
        RequestAction::Resume
            if *asker == Asker::Clock && progress.hold_until.is_none_or(|until| until > now) =>
        {
            Err(wrong_state)
        }
        RequestAction::AutoClose if !passed(progress.resolved_at, facts.settings.auto_close_days, now) => {
            Err(wrong_state)
        }
        RequestAction::Reopen
            if !is(asker, Who::May(Permission::RequestsAssign), progress, facts)
                && passed(progress.closed_at, facts.settings.reopen_days, now) =>
        {
            Err(Refusal::TooLate)
        }
        _ => Ok(step),
    }
}

fn passed(since: Option<DateTime<Utc>>, days: u16, now: DateTime<Utc>) -> bool {
    since.is_some_and(|since| now - since >= TimeDelta::days(days.into()))
}

fn is(asker: &Asker, who: Who, progress: &Progress, facts: &Facts) -> bool {
    match (asker, who) {
        (Asker::Clock, Who::Clock) | (Asker::System, Who::System) => true,
        (Asker::Clock | Asker::System, _) | (_, Who::Clock | Who::System) => false,
        (Asker::Member { rights, .. }, Who::May(permission)) => rights.can(permission),
        (Asker::Member { id, .. }, Who::Reporter) => facts.reporters.contains(id),
        (Asker::Member { id, rights, .. }, Who::Assignee) => {
            progress.assignee == Some(*id) && rights.can(Permission::RequestsWork)
        }
        (Asker::Member { rights, skilled, .. }, Who::Qualified) => {
            facts.settings.professionals_claim && *skilled && rights.can(Permission::RequestsWork)
        }
    }
}

fn required(need: &Need, progress: &Progress, facts: &Facts) -> bool {
    match need.when {
        When::Always => true,
        When::Optional => false,
        When::IfDemanded => facts.evidence_demanded,
        // A request always has a category and a priority; its zone may be unknown.
        When::IfUnknown => need.field == Field::Zone && facts.zoned && progress.zone.is_none(),
    }
}

fn check_fields(step: &Step, progress: &Progress, facts: &Facts, given: &Given) -> Result<(), Refusal> {
    let has = |field: Field| match field {
        Field::Note => given.note,
        Field::Category => given.category.is_some(),
        Field::Priority => given.priority.is_some(),
        Field::Zone => given.zone.is_some(),
        Field::Assignee => given.assignee.is_some(),
        Field::HoldReason => given.hold_reason.is_some(),
        Field::HoldUntil => given.hold_until.is_some(),
        Field::RejectReason => given.reject_reason.is_some(),
        Field::Evidence => given.evidence,
        Field::Rating => given.rating,
        Field::Master => given.master.is_some(),
        Field::Target => given.target.is_some(),
    };
    let superfluous: Vec<Field> = Field::ALL
        .iter()
        .copied()
        .filter(|field| has(*field) && !step.needs.iter().any(|need| need.field == *field))
        .collect();
    if !superfluous.is_empty() {
        return Err(Refusal::Superfluous(superfluous));
    }
    let missing: Vec<Field> = Field::ALL
        .iter()
        .copied()
        .filter(|field| {
            !has(*field)
                && step.needs.iter().any(|need| need.field == *field && required(need, progress, facts))
        })
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(Refusal::Missing(missing)) }
}

/// An override may go anywhere, but not to a state without what that state is about.
fn lacking(next: &Progress, facts: &Facts, given: &Given) -> Option<Field> {
    let somebody = given.assignee.is_some() || (next.assignee.is_some() && facts.assignee_present);
    match next.status {
        RequestStatus::Assigned | RequestStatus::InProgress if !somebody => Some(Field::Assignee),
        RequestStatus::OnHold if next.hold_reason.is_none() => Some(Field::HoldReason),
        RequestStatus::Rejected if next.reject_reason.is_none() => Some(Field::RejectReason),
        RequestStatus::Duplicate if next.duplicate_of.is_none() => Some(Field::Master),
        _ => None,
    }
}

fn apply(
    progress: &Progress,
    facts: &Facts,
    asker: &Asker,
    step: &Step,
    given: &Given,
    now: DateTime<Utc>,
) -> Progress {
    let mut next = progress.clone();
    next.category = given.category.unwrap_or(progress.category);
    next.priority = given.priority.unwrap_or(progress.priority);
    next.zone = given.zone.or(progress.zone);
    next.status = match step.to {
        To::Same => progress.status,
        To::State(state) => state,
        To::BeforeHold => progress.held_from.unwrap_or(RequestStatus::Triaged),
        To::BackTo(state) if progress.assignee.is_some() && facts.assignee_present => state,
        To::BackTo(_) => RequestStatus::Triaged,
        To::Target => given.target.unwrap_or(progress.status),
    };
    match step.action {
        RequestAction::Assign | RequestAction::Reassign | RequestAction::Claim => {
            leave_work(&mut next);
            next.assignee = match (given.assignee, asker) {
                (Some(candidate), _) => Some(candidate.id),
                (None, Asker::Member { id, .. }) => Some(*id),
                (None, _) => None,
            };
            if step.action == RequestAction::Claim {
                next.accepted_at = Some(now);
            }
        }
        RequestAction::Decline | RequestAction::Unassign => leave_work(&mut next),
        RequestAction::Ask => next.waiting_reporter = true,
        RequestAction::Answer => next.waiting_reporter = false,
        RequestAction::Accept => next.accepted_at = Some(now),
        RequestAction::Arrive => next.arrived_at = Some(now),
        RequestAction::Start => {
            next.accepted_at = next.accepted_at.or(Some(now));
            next.started_at = Some(now);
        }
        RequestAction::Hold => {
            next.held_from = Some(progress.status);
            next.hold_reason = given.hold_reason;
            next.hold_until = given.hold_until;
            next.waiting_reporter |= given.hold_reason == Some(HoldReason::WaitingReporter);
        }
        RequestAction::Reject => next.reject_reason = given.reject_reason,
        RequestAction::Merge => next.duplicate_of = given.master,
        RequestAction::Unmerge => {
            leave_work(&mut next);
            next.duplicate_of = None;
        }
        RequestAction::Dispute => next.reopen_count += 1,
        RequestAction::Reopen => {
            next.reopen_count += 1;
            // It is gone to once more.
            next.arrived_at = None;
            next.started_at = None;
        }
        RequestAction::Override => {
            next.assignee = given.assignee.map(|one| one.id).or(next.assignee);
            next.hold_reason = given.hold_reason.or(next.hold_reason);
            next.hold_until = given.hold_until.or(next.hold_until);
            next.reject_reason = given.reject_reason.or(next.reject_reason);
        }
        RequestAction::Triage
        | RequestAction::Resume
        | RequestAction::Resolve
        | RequestAction::Confirm
        | RequestAction::AutoClose
        | RequestAction::Close
        | RequestAction::Cancel
        | RequestAction::ChangePriority => {}
    }
    settle(progress, &mut next, now);
    // A comment by staff responds too: see `domain::comment`.
    if matches!(
        step.action,
        RequestAction::Triage
            | RequestAction::Assign
            | RequestAction::Accept
            | RequestAction::Claim
            | RequestAction::Ask
    ) {
        next.first_response_at = next.first_response_at.or(Some(now));
    }
    next
}

/// Whoever comes next starts from scratch.
fn leave_work(next: &mut Progress) {
    next.assignee = None;
    next.accepted_at = None;
    next.arrived_at = None;
    next.started_at = None;
}

/// What follows from the state alone: its marks are there exactly while it lasts.
fn settle(before: &Progress, next: &mut Progress, now: DateTime<Utc>) {
    if matches!(next.status, RequestStatus::New | RequestStatus::Triaged) {
        // Not yet, or no longer, given to anybody.
        leave_work(next);
    }
    if next.status != RequestStatus::OnHold {
        next.held_from = None;
        next.hold_reason = None;
        next.hold_until = None;
        if before.status == RequestStatus::OnHold {
            next.waiting_reporter = false;
        }
    } else if next.held_from.is_none() {
        next.held_from = Some(if before.status.is_open() { before.status } else { RequestStatus::Triaged });
    }
    if !next.status.is_open() {
        next.waiting_reporter = false;
    }
    // An override may lead from one end to another: the time of each is when it was reached.
    let stays = next.status == before.status;
    let since = |mark: Option<DateTime<Utc>>| mark.filter(|_| stays).or(Some(now));
    (next.resolved_at, next.closed_at) = match next.status {
        RequestStatus::Resolved => (since(before.resolved_at), None),
        RequestStatus::Closed => (before.resolved_at.or(Some(now)), since(before.closed_at)),
        RequestStatus::Rejected | RequestStatus::Cancelled | RequestStatus::Duplicate => {
            (None, since(before.closed_at))
        }
        _ => (None, None),
    };
    if next.status != RequestStatus::Rejected {
        next.reject_reason = None;
    }
    if next.status != RequestStatus::Duplicate {
        next.duplicate_of = None;
    }
}

#[cfg(test)]
mod tests;
