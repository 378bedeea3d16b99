//! What a step makes of a request.

use chrono::{DateTime, Utc};

use super::super::workflow::{Step, To};
use super::super::{HoldReason, RequestAction, RequestStatus};
use super::{Asker, Facts, Given, Progress};

/// The request after a step that may be taken.
pub(super) fn apply(
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
                (None, Asker::Member { id, .. }) if step.action == RequestAction::Claim => Some(*id),
                (None, _) => None,
            };
            next.team = given.team.map(|team| team.id);
            if step.action == RequestAction::Claim {
                next.accepted_at = Some(now);
            }
        }
        RequestAction::Decline | RequestAction::Unassign => leave_work(&mut next),
        RequestAction::Ask => next.waiting_reporter = true,
        RequestAction::Answer => next.waiting_reporter = false,
        RequestAction::Accept => {
            if let Asker::Member { id, .. } = asker {
                next.assignee = Some(*id);
            }
            next.accepted_at = Some(now);
        }
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
        RequestAction::Merge => next.duplicate_of = given.master.map(|master| master.id),
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
            next.team = given.team.map(|team| team.id).or(next.team);
            next.duplicate_of = given.master.map(|master| master.id).or(next.duplicate_of);
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
        | RequestAction::RequestCancel
        | RequestAction::ChangePriority
        | RequestAction::ChangeCategory
        | RequestAction::ChangeZone
        | RequestAction::ChangeVisibility
        | RequestAction::ChangeDue => {}
    }
    settle(progress, &mut next, now);
    // A comment by staff responds too: see `domain::comment`.
    let responds = matches!(
        step.action,
        RequestAction::Triage
            | RequestAction::Assign
            | RequestAction::Accept
            | RequestAction::Claim
            | RequestAction::Ask
    );
    if responds {
        next.first_response_at = next.first_response_at.or(Some(now));
    }
    next
}

/// Whoever comes next starts from scratch.
fn leave_work(next: &mut Progress) {
    next.assignee = None;
    next.team = None;
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
