//! What people may do to a request, held against its description instead of against the table that is tested.
//!
//! * [`table`]: every state × action × kind of asker, and the fields that each step takes
//! * [`guards`]: what the table alone does not say, one by one
//! * [`walks`]: what holds after any sequence of legal steps

mod guards;
mod table;
mod walks;

use super::*;
use crate::role::Role;
use uuid::Uuid;

const REPORTER: MemberId = MemberId(Uuid::from_u128(1));
const NEIGHBOUR: MemberId = MemberId(Uuid::from_u128(2));
const ASSIGNEE: MemberId = MemberId(Uuid::from_u128(3));
const OTHER_PROFESSIONAL: MemberId = MemberId(Uuid::from_u128(4));
const TEAMMATE: MemberId = MemberId(Uuid::from_u128(6));
const STAFF: MemberId = MemberId(Uuid::from_u128(5));
const CATEGORY: CategoryId = CategoryId(Uuid::from_u128(10));
const OTHER_CATEGORY: CategoryId = CategoryId(Uuid::from_u128(11));
const ZONE: ZoneId = ZoneId(Uuid::from_u128(12));
const TEAM: TeamId = TeamId(Uuid::from_u128(14));
const MASTER: ServiceRequestId = ServiceRequestId(Uuid::from_u128(13));

fn now() -> DateTime<Utc> {
    "2026-06-15T12:00:00Z".parse().unwrap()
}

fn days_ago(days: i64) -> DateTime<Utc> {
    now() - TimeDelta::days(days)
}

/// A community in which everything that can be left to its settings is closed, or open.
fn settings(open: bool) -> Settings {
    Settings { committee_triages: open, professionals_claim: open, ..Settings::default() }
}

fn facts(settings: Settings) -> Facts {
    Facts {
        reporters: vec![REPORTER],
        assignee_present: true,
        evidence_demanded: false,
        checklist_finished: true,
        auto_triage: true,
        team_members: vec![TEAMMATE],
        zoned: false,
        settings,
    }
}

fn member(id: MemberId, role: Role, settings: &Settings) -> Asker {
    Asker::Member { id, rights: Rights::of(&[role], settings), skilled: role == Role::Professional }
}

fn resident(id: MemberId) -> Asker {
    member(id, Role::Resident, &Settings::default())
}

fn professional(id: MemberId) -> Asker {
    member(id, Role::Professional, &Settings::default())
}

fn staff(role: Role) -> Asker {
    member(STAFF, role, &Settings::default())
}

/// A request that has come to this state in the ordinary way: reported five days ago, held while in progress,
/// resolved or closed yesterday.
fn request(status: RequestStatus) -> Progress {
    use RequestStatus::{
        Assigned, Cancelled, Closed, Duplicate, InProgress, New, OnHold, Rejected, Resolved,
    };
    let after = |states: &[RequestStatus], at: DateTime<Utc>| states.contains(&status).then_some(at);
    Progress {
        status,
        held_from: (status == OnHold).then_some(InProgress),
        hold_reason: (status == OnHold).then_some(HoldReason::WaitingParts),
        hold_until: None,
        waiting_reporter: false,
        category: CATEGORY,
        priority: Priority::P3,
        zone: None,
        assignee: [Assigned, InProgress, OnHold, Resolved, Closed].contains(&status).then_some(ASSIGNEE),
        team: None,
        accepted_at: after(&[InProgress, OnHold, Resolved, Closed], days_ago(3)),
        arrived_at: after(&[InProgress, OnHold, Resolved, Closed], days_ago(2)),
        started_at: after(&[InProgress, OnHold, Resolved, Closed], days_ago(2)),
        first_response_at: (status != New).then_some(days_ago(4)),
        resolved_at: after(&[Resolved, Closed], days_ago(1)),
        closed_at: after(&[Closed, Rejected, Cancelled, Duplicate], days_ago(1)),
        reject_reason: (status == Rejected).then_some(RejectReason::Spam),
        duplicate_of: (status == Duplicate).then_some(MASTER),
        reopen_count: 0,
    }
}

fn candidate(id: MemberId) -> Candidate {
    Candidate { id, active: true, covers_zone: true, declined: false }
}

/// Another request, to merge into.
fn master(status: RequestStatus) -> Master {
    Master { id: MASTER, itself: false, status, closed_at: request(status).closed_at }
}

/// Puts a fitting value into one field.
fn fill(given: &mut Given, field: Field) {
    match field {
        Field::Note => given.note = true,
        Field::Category => given.category = Some(OTHER_CATEGORY),
        Field::Priority => given.priority = Some(Priority::P2),
        Field::Zone => given.zone = Some(ZONE),
        Field::Assignee => given.assignee = Some(candidate(OTHER_PROFESSIONAL)),
        Field::HoldReason => given.hold_reason = Some(HoldReason::Weather),
        Field::HoldUntil => given.hold_until = Some(now() + TimeDelta::days(2)),
        Field::RejectReason => given.reject_reason = Some(RejectReason::OutOfScope),
        Field::Evidence => given.evidence = true,
        Field::Rating => given.rating = true,
        Field::Team => given.team = Some(TeamCandidate { id: TEAM, active: true, covers_zone: true }),
        Field::Master => given.master = Some(master(RequestStatus::New)),
        Field::Target => given.target = Some(RequestStatus::Cancelled),
        Field::Visibility => given.visibility = true,
        Field::DueAt => given.due_at = true,
        Field::Place => given.place = true,
    }
}

fn given(fields: &[Field]) -> Given {
    let mut given = Given::default();
    for field in fields {
        fill(&mut given, *field);
    }
    given
}

/// An action on a request in a community with default settings.
fn act(
    before: &Progress,
    asker: &Asker,
    action: RequestAction,
    fields: &[Field],
) -> Result<Progress, Refusal> {
    decide(before, &facts(Settings::default()), asker, action, &given(fields), now())
}

fn wrong_state(status: RequestStatus, action: RequestAction) -> Refusal {
    Refusal::WrongState { status, action }
}
