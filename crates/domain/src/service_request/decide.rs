//! May this actor do this now, and what is the request afterwards? A pure function from state to state.

mod apply;

use apply::apply;
use chrono::{DateTime, TimeDelta, Utc};

use super::workflow::{Field, Need, Step, WORKFLOW, When, Who, steps};
use super::{HoldReason, Priority, RejectReason, RequestAction, RequestStatus};
use crate::community::Settings;
use crate::id::{CategoryId, MemberId, ServiceRequestId, TeamId, ZoneId};
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
    /// Whose members may make it theirs by accepting it.
    pub team: Option<TeamId>,
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
            team: None,
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
    /// Everything on its checklist is done, or the category does not insist.
    pub checklist_finished: bool,
    /// The category lets time triage what is told completely.
    pub auto_triage: bool,
    /// The professionals of the team that it is assigned to.
    pub team_members: Vec<MemberId>,
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
    /// Whoever holds the secret link of an anonymous report, and speaks for it as its reporter.
    Holder,
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
    /// Has said no to this request before.
    pub declined: bool,
}

/// A team that somebody wants to give work to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamCandidate {
    pub id: TeamId,
    /// Still exists, and has somebody who could do it.
    pub active: bool,
    pub covers_zone: bool,
}

/// A request that others are to be merged into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Master {
    pub id: ServiceRequestId,
    /// It is the very request that would be merged.
    pub itself: bool,
    pub status: RequestStatus,
    pub closed_at: Option<DateTime<Utc>>,
}

impl Master {
    /// Open, or closed a short while ago. Never a duplicate itself, so that no chain of them can bite its own tail.
    fn is_fit(self, now: DateTime<Utc>) -> bool {
        let fresh = self.status == RequestStatus::Closed && !passed(self.closed_at, MERGE_DAYS, now);
        !self.itself && (self.status.is_open() || fresh)
    }
}

/// How many days after its end a request still takes in others.
pub const MERGE_DAYS: u16 = 7;

/// What came along with the action.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    pub note: bool,
    pub category: Option<CategoryId>,
    pub priority: Option<Priority>,
    pub zone: Option<ZoneId>,
    pub assignee: Option<Candidate>,
    pub team: Option<TeamCandidate>,
    pub hold_reason: Option<HoldReason>,
    pub hold_until: Option<DateTime<Utc>>,
    pub reject_reason: Option<RejectReason>,
    pub evidence: bool,
    pub rating: bool,
    pub master: Option<Master>,
    pub target: Option<RequestStatus>,
    pub visibility: bool,
    pub due_at: bool,
    pub place: bool,
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
    #[error("one of some fields is missing")]
    MissingOneOf(Vec<Field>),
    #[error("some fields do not belong to this action")]
    Superfluous(Vec<Field>),
    #[error("the professional cannot be given work now")]
    AssigneeUnavailable,
    #[error("the professional does not work in this zone; say why it should be so all the same")]
    OutsideZone,
    #[error("the checklist is not finished")]
    ChecklistUnfinished,
    #[error("nothing can be merged into that request")]
    MasterUnfit,
    #[error("the time for this has passed")]
    TooLate,
}

/// Something that somebody may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    pub action: RequestAction,
    /// The fields that it takes.
    pub needs: Vec<Need>,
    /// The state that it leads to; none where that is for the asker to say.
    pub to: Option<RequestStatus>,
}

/// What this asker may do right now.
pub fn allowed_actions(
    progress: &Progress,
    facts: &Facts,
    asker: &Asker,
    now: DateTime<Utc>,
) -> Vec<Allowed> {
    RequestAction::ALL
        .iter()
        .filter_map(|action| {
            let step = find(progress, facts, asker, *action, now).ok()?;
            let mut needs: Vec<Need> = Vec::new();
            for need in step.needs {
                let when = match need.when {
                    When::OneOf => When::OneOf,
                    _ if required(need, progress, facts) => When::Always,
                    _ => When::Optional,
                };
                match needs.iter_mut().find(|known| known.field == need.field) {
                    Some(known) if when == When::Always => known.when = when,
                    Some(_) => {}
                    None => needs.push(Need { field: need.field, when }),
                }
            }
            Some(Allowed { action: *action, needs, to: apply::destination(step, progress, facts) })
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
    check_candidates(asker, given)?;
    if given.master.is_some_and(|master| !master.is_fit(now)) {
        return Err(Refusal::MasterUnfit);
    }
    if action == RequestAction::Resolve && !facts.checklist_finished {
        return Err(Refusal::ChecklistUnfinished);
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
        RequestAction::Reassign | RequestAction::Unassign
            if progress.assignee.is_none() && progress.team.is_none() =>
        {
            Err(wrong_state)
        }
        RequestAction::Triage if *asker == Asker::Clock && !facts.auto_triage => Err(wrong_state),
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
        (Asker::Holder, Who::Reporter) => true,
        (Asker::Holder | Asker::Clock | Asker::System, _) | (_, Who::Clock | Who::System) => false,
        (Asker::Member { rights, .. }, Who::May(permission)) => rights.can(permission),
        (Asker::Member { id, .. }, Who::Reporter) => facts.reporters.contains(id),
        (Asker::Member { id, rights, .. }, Who::Assignee) => {
            progress.assignee == Some(*id) && rights.can(Permission::RequestsWork)
        }
        (Asker::Member { id, rights, .. }, Who::TeamMember) => {
            facts.team_members.contains(id) && rights.can(Permission::RequestsWork)
        }
        (Asker::Member { rights, skilled, .. }, Who::Qualified) => {
            facts.settings.professionals_claim && *skilled && rights.can(Permission::RequestsWork)
        }
    }
}

fn required(need: &Need, progress: &Progress, facts: &Facts) -> bool {
    match need.when {
        When::Always => true,
        When::OneOf | When::Optional => false,
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
        Field::Team => given.team.is_some(),
        Field::HoldReason => given.hold_reason.is_some(),
        Field::HoldUntil => given.hold_until.is_some(),
        Field::RejectReason => given.reject_reason.is_some(),
        Field::Evidence => given.evidence,
        Field::Rating => given.rating,
        Field::Master => given.master.is_some(),
        Field::Target => given.target.is_some(),
        Field::Visibility => given.visibility,
        Field::DueAt => given.due_at,
        Field::Place => given.place,
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
    if !missing.is_empty() {
        return Err(Refusal::Missing(missing));
    }
    let choice: Vec<Field> =
        step.needs.iter().filter(|need| need.when == When::OneOf).map(|need| need.field).collect();
    match choice.is_empty() || choice.iter().any(|field| has(*field)) {
        true => Ok(()),
        false => Err(Refusal::MissingOneOf(choice)),
    }
}

fn check_candidates(asker: &Asker, given: &Given) -> Result<(), Refusal> {
    let person = given.assignee.map(|one| {
        // What somebody has declined is only offered to them again by a person.
        (one.active && !(one.declined && *asker == Asker::System), one.covers_zone)
    });
    let team = given.team.map(|team| (team.active, team.covers_zone));
    for (available, covers_zone) in person.into_iter().chain(team) {
        if !available {
            return Err(Refusal::AssigneeUnavailable);
        }
        if !covers_zone && !given.note {
            return Err(Refusal::OutsideZone);
        }
    }
    Ok(())
}

/// An override may go anywhere, but not to a state without what that state is about.
fn lacking(next: &Progress, facts: &Facts, given: &Given) -> Option<Field> {
    let somebody = given.assignee.is_some() || (next.assignee.is_some() && facts.assignee_present);
    match next.status {
        RequestStatus::Assigned if !somebody && given.team.is_none() => Some(Field::Assignee),
        RequestStatus::InProgress if !somebody => Some(Field::Assignee),
        RequestStatus::OnHold if next.hold_reason.is_none() => Some(Field::HoldReason),
        RequestStatus::Rejected if next.reject_reason.is_none() => Some(Field::RejectReason),
        RequestStatus::Duplicate if next.duplicate_of.is_none() => Some(Field::Master),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
