//! The courses that a story can take.

use chrono::TimeDelta;
use domain::role::Role;
use domain::service_request::decide::Given;
use domain::service_request::{HoldReason, Priority, RejectReason, RequestAction, RequestStatus};

use super::calendar;
use super::dice::Dice;
use super::teller::{By, Halt, Said, Teller};
use super::texts::{Place, Topic, talk};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// Triaged, assigned, done.
    Straight,
    /// Given to somebody without much ado.
    Direct,
    Asked,
    Held(HoldReason),
    /// On hold before anybody was given it.
    Planned,
    Reprioritised,
    Declined,
    Reassigned,
    Unassigned,
    Disputed,
    Reopened,
    ClosedByStaff,
    Overridden,
    Rejected(RejectReason),
    Withdrawn,
    CalledOff,
}

/// How many of a thousand stories take each course.
const COURSES: &[(Course, u32)] = &[
    (Course::Straight, 430),
    (Course::Direct, 170),
    (Course::Asked, 70),
    (Course::Held(HoldReason::WaitingReporter), 22),
    (Course::Held(HoldReason::WaitingParts), 50),
    (Course::Held(HoldReason::WaitingThirdParty), 16),
    (Course::Held(HoldReason::Weather), 12),
    (Course::Held(HoldReason::Scheduled), 12),
    (Course::Planned, 12),
    (Course::Reprioritised, 34),
    (Course::Declined, 26),
    (Course::Reassigned, 18),
    (Course::Unassigned, 6),
    (Course::Disputed, 30),
    (Course::Reopened, 20),
    (Course::ClosedByStaff, 12),
    (Course::Overridden, 3),
    (Course::Rejected(RejectReason::OutOfScope), 13),
    (Course::Rejected(RejectReason::NotReproducible), 12),
    (Course::Rejected(RejectReason::Spam), 4),
    (Course::Rejected(RejectReason::Other), 6),
    (Course::Withdrawn, 20),
    (Course::CalledOff, 10),
];

/// A course that something of this topic may take.
pub fn any(dice: &mut Dice, topic: &Topic, place: Place) -> Course {
    match (COURSES[dice.weighted(COURSES.iter().map(|(_, weight)| *weight))].0, place) {
        // What was planned is done.
        _ if topic.code == "preventive-maintenance" => Course::Straight,
        // Indoors the weather stops nobody.
        (Course::Held(HoldReason::Weather), Place::Home | Place::Inside) => {
            Course::Held(HoldReason::WaitingParts)
        }
        (course, _) => course,
    }
}

/// Tells a reported story to its end, or as far as it has got. `worker` gets the work, if given.
pub fn tell(t: &mut Teller<'_>, course: Course, worker: Option<usize>) -> Result<(), Halt> {
    match course {
        Course::Straight => {
            t.triage()?;
            t.chat()?;
            t.work(worker)?;
            t.agree()
        }
        Course::Direct => {
            t.work(worker)?;
            t.agree()
        }
        Course::Asked => asked(t, worker),
        Course::Held(reason) => held(t, reason, worker),
        Course::Planned => planned(t, worker),
        Course::Reprioritised => reprioritised(t, worker),
        Course::Declined => declined(t, worker),
        Course::Reassigned => reassigned(t),
        Course::Unassigned => unassigned(t),
        Course::Disputed => disputed(t, worker),
        Course::Reopened => reopened(t, worker),
        Course::ClosedByStaff => closed_by_staff(t, worker),
        Course::Overridden => overridden(t, worker),
        Course::Rejected(reason) => rejected(t, reason),
        Course::Withdrawn => withdrawn(t),
        Course::CalledOff => called_off(t, worker),
    }
}

fn asked(t: &mut Teller<'_>, worker: Option<usize>) -> Result<(), Halt> {
    if t.dice.percent(50) {
        t.triage()?;
        t.wait_for_staff(5.0, 120.0);
    } else {
        t.wait_for_triage();
    }
    let questions = match t.story.template.place {
        Place::Home => talk::QUESTIONS,
        Place::Inside | Place::Outside if !t.world.units.is_empty() => talk::SHARED_QUESTIONS,
        Place::Inside | Place::Outside => talk::CITY_QUESTIONS,
    };
    let (question, answer) = *t.dice.pick(questions);
    let by = t.staff(Role::Dispatcher);
    t.act(by, RequestAction::Ask, Said::note(question))?;
    if t.reporter.is_some() {
        t.wait(15.0, 2200.0);
        let photos = usize::from(answer.contains("dded"));
        t.act(By::Reporter, RequestAction::Answer, Said { photos, ..Said::note(answer) })?;
    }
    t.work(worker)?;
    t.agree()
}

fn held(t: &mut Teller<'_>, reason: HoldReason, worker: Option<usize>) -> Result<(), Halt> {
    if t.dice.percent(70) {
        t.triage()?;
    }
    t.assign(worker)?;
    t.accept()?;
    if t.dice.percent(60) {
        t.start()?;
    }
    t.wait_for_staff(20.0, 600.0);
    hold(t, By::Assignee, reason)?;
    t.resolve_held()?;
    t.agree()
}

fn hold(t: &mut Teller<'_>, by: By, reason: HoldReason) -> Result<(), Halt> {
    let (notes, days) = match reason {
        HoldReason::WaitingReporter => (talk::WAITING_REPORTER, None),
        HoldReason::WaitingParts => (talk::WAITING_PARTS, None),
        HoldReason::WaitingThirdParty => (talk::WAITING_THIRD_PARTY, None),
        HoldReason::Weather => (talk::WEATHER, Some(t.dice.below(4) + 1)),
        HoldReason::Scheduled => (talk::SCHEDULED, Some(t.dice.below(12) + 3)),
    };
    let part = match t.story.template.part {
        "" => *t.dice.pick(talk::PARTS),
        part => part,
    };
    let note = t.dice.pick::<&str>(notes).replace("{part}", part);
    let mut first = note.chars();
    let note: String = first.next().into_iter().flat_map(char::to_uppercase).chain(first).collect();
    let until = days.map(|days| calendar::morning(t.world.zone, t.at + TimeDelta::days(days as i64)));
    let given = Given { hold_reason: Some(reason), hold_until: until, ..Given::default() };
    t.act(by, RequestAction::Hold, Said { given, ..Said::note(note) })
}

fn planned(t: &mut Teller<'_>, worker: Option<usize>) -> Result<(), Halt> {
    t.triage()?;
    t.wait_for_staff(5.0, 300.0);
    let by = t.staff(Role::Dispatcher);
    hold(t, by, HoldReason::Scheduled)?;
    t.resume()?;
    t.work(worker)?;
    t.agree()
}

fn reprioritised(t: &mut Teller<'_>, worker: Option<usize>) -> Result<(), Halt> {
    t.triage()?;
    t.wait(2.0, 90.0);
    let priority = match t.progress.priority {
        Priority::P1 | Priority::P3 => Priority::P2,
        Priority::P2 => Priority::P3,
        Priority::P4 | Priority::P5 => Priority::P3,
    };
    let by = t.staff(Role::Dispatcher);
    let said = t.say(talk::PRIORITY_REASONS);
    let given = Given { priority: Some(priority), ..Given::default() };
    t.act(by, RequestAction::ChangePriority, Said { given, ..said })?;
    t.work(worker)?;
    t.agree()
}

fn declined(t: &mut Teller<'_>, worker: Option<usize>) -> Result<(), Halt> {
    t.triage()?;
    t.assign(None)?;
    t.wait_for_staff(10.0, 400.0);
    let said = t.say(talk::DECLINES);
    t.act(By::Assignee, RequestAction::Decline, said)?;
    t.work(worker)?;
    t.agree()
}

fn reassigned(t: &mut Teller<'_>) -> Result<(), Halt> {
    t.triage()?;
    t.assign(None)?;
    t.accept()?;
    t.wait_for_staff(30.0, 1500.0);
    let by = t.staff(Role::Dispatcher);
    let to = t.give_to(None);
    let said = t.say(talk::REASSIGNS);
    t.act(by, RequestAction::Reassign, Said { given: to.given, ..said })?;
    t.work(None)?;
    t.agree()
}

fn unassigned(t: &mut Teller<'_>) -> Result<(), Halt> {
    t.triage()?;
    t.assign(None)?;
    t.accept()?;
    t.wait_for_staff(300.0, 4000.0);
    let by = t.staff(Role::Dispatcher);
    let said = t.say(talk::UNASSIGNS);
    t.act(by, RequestAction::Unassign, said)?;
    t.wait_for_staff(2000.0, 9000.0);
    t.work(None)?;
    t.agree()
}

fn disputed(t: &mut Teller<'_>, worker: Option<usize>) -> Result<(), Halt> {
    t.triage()?;
    t.work(worker)?;
    if t.reporter.is_none() {
        return t.agree();
    }
    t.wait_in_time(60.0, 3000.0);
    let said = t.say(talk::DISPUTES);
    let photos = usize::from(t.dice.percent(50));
    t.act(By::Reporter, RequestAction::Dispute, Said { photos, ..said })?;
    t.wait_for_staff(120.0, 2500.0);
    t.resolve(talk::SECOND_FIXES)?;
    t.agree()
}

fn reopened(t: &mut Teller<'_>, worker: Option<usize>) -> Result<(), Halt> {
    t.triage()?;
    t.work(worker)?;
    t.agree()?;
    t.wait_in_time(1500.0, f64::from(t.facts.settings.reopen_days) * 1300.0);
    let by = if t.reporter.is_some() { By::Reporter } else { t.staff(Role::Dispatcher) };
    let said = t.say(talk::REOPENS);
    t.act(by, RequestAction::Reopen, said)?;
    t.start()?;
    t.resolve(talk::SECOND_FIXES)?;
    t.agree()
}

fn closed_by_staff(t: &mut Teller<'_>, worker: Option<usize>) -> Result<(), Halt> {
    t.work(worker)?;
    t.wait_in_time(600.0, 4000.0);
    let by = t.staff(Role::Supervisor);
    let said = t.say(talk::CLOSES);
    t.act(by, RequestAction::Close, said)
}

fn overridden(t: &mut Teller<'_>, worker: Option<usize>) -> Result<(), Halt> {
    t.assign(worker)?;
    t.accept()?;
    t.wait_for_staff(3000.0, 12_000.0);
    let by = t.staff(Role::Supervisor);
    let given = Given { target: Some(RequestStatus::Closed), ..Given::default() };
    let said = Said::note("The job was done but never marked as such; confirmed on the weekly round.");
    t.act(by, RequestAction::Override, Said { given, ..said })
}

fn rejected(t: &mut Teller<'_>, reason: RejectReason) -> Result<(), Halt> {
    let notes = match reason {
        RejectReason::Spam => talk::SPAM,
        RejectReason::OutOfScope if t.story.template.place == Place::Home => talk::OUT_OF_SCOPE,
        RejectReason::OutOfScope => talk::NOT_OURS,
        RejectReason::NotReproducible => talk::NOT_REPRODUCIBLE,
        RejectReason::Other => talk::REJECT_OTHER,
    };
    if reason == RejectReason::NotReproducible {
        t.triage()?;
    }
    t.wait_for_triage();
    let by = t.staff(Role::Dispatcher);
    let said = t.say(notes);
    let given = Given { reject_reason: Some(reason), ..Given::default() };
    t.act(by, RequestAction::Reject, Said { given, ..said })
}

fn withdrawn(t: &mut Teller<'_>) -> Result<(), Halt> {
    if t.reporter.is_none() {
        return called_off(t, None);
    }
    if t.dice.percent(50) {
        t.triage()?;
    }
    t.wait(20.0, 1500.0);
    let said = t.say(match t.story.template.place {
        Place::Home => talk::REPORTER_CANCELS,
        Place::Inside | Place::Outside => talk::PASSER_BY_CANCELS,
    });
    t.act(By::Reporter, RequestAction::Cancel, said)
}

fn called_off(t: &mut Teller<'_>, worker: Option<usize>) -> Result<(), Halt> {
    t.triage()?;
    t.assign(worker)?;
    t.wait_for_staff(400.0, 6000.0);
    let by = t.staff(Role::Dispatcher);
    let said = t.say(talk::STAFF_CANCELS);
    t.act(by, RequestAction::Cancel, said)
}

impl Teller<'_> {
    /// Off hold again: when its time has come, when the reporter answers, or when what was missing is there.
    fn resume(&mut self) -> Result<(), Halt> {
        match (self.progress.hold_reason, self.progress.hold_until) {
            (_, Some(until)) => {
                self.at = until;
                self.act(By::Clock, RequestAction::Resume, Said::nothing())
            }
            (Some(HoldReason::WaitingReporter), None) if self.reporter.is_some() => {
                self.wait(60.0, 5000.0);
                let said = self.say(talk::ANSWERS_ON_HOLD);
                self.act(By::Reporter, RequestAction::Answer, said)
            }
            _ => {
                self.wait_for_staff(1000.0, 9000.0);
                let said = self.say(talk::RESUMES);
                self.act(By::Assignee, RequestAction::Resume, said)
            }
        }
    }

    fn resolve_held(&mut self) -> Result<(), Halt> {
        self.resume()?;
        if self.progress.status == RequestStatus::Assigned {
            self.start()?;
        } else {
            self.wait_for_staff(20.0, 900.0);
        }
        self.resolve(&self.fixes())
    }
}
