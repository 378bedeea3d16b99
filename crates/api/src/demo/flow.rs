//! The stretches that most stories have in common: taking on, working, agreeing that it is done.

use chrono::TimeDelta;
use domain::role::Role;
use domain::service_request::decide::Given;
use domain::service_request::{Priority, RequestAction, RequestStatus};

use super::teller::{By, Halt, Said, Teller};
use super::texts::talk;

type Told = Result<(), Halt>;

/// How many minutes each stretch takes, from at least to at most.
struct Waits {
    triage: (f64, f64),
    assign: (f64, f64),
    accept: (f64, f64),
    start: (f64, f64),
    work: (f64, f64),
}

const fn waits(priority: Priority) -> Waits {
    let (triage, assign, accept, start, work) = match priority {
        Priority::P1 => ((3.0, 20.0), (2.0, 12.0), (2.0, 15.0), (10.0, 60.0), (20.0, 150.0)),
        Priority::P2 => ((8.0, 90.0), (3.0, 70.0), (5.0, 90.0), (30.0, 620.0), (25.0, 240.0)),
        Priority::P3 => ((20.0, 300.0), (10.0, 700.0), (20.0, 500.0), (90.0, 2600.0), (25.0, 300.0)),
        Priority::P4 | Priority::P5 => {
            ((60.0, 1400.0), (30.0, 3600.0), (60.0, 2400.0), (300.0, 10_000.0), (20.0, 240.0))
        }
    };
    Waits { triage, assign, accept, start, work }
}

impl Teller<'_> {
    /// Somebody of the staff with this role.
    pub fn staff(&mut self, role: Role) -> By {
        let all = self.world.with_role(role);
        By::Staff(*self.dice.pick(&all))
    }

    pub fn say(&mut self, all: &[&str]) -> Said {
        Said::note(*self.dice.pick(all))
    }

    pub fn wait_for_triage(&mut self) {
        let (low, high) = waits(self.progress.priority).triage;
        self.wait_for_staff(low, high);
    }

    pub fn triage(&mut self) -> Told {
        self.wait_for_triage();
        let by = self.staff(Role::Dispatcher);
        let zone = self.missing_zone();
        self.act(
            by,
            RequestAction::Triage,
            Said { given: Given { zone, ..Given::default() }, ..Said::nothing() },
        )
    }

    /// Given to `worker`, or to whoever fits; from `new` this triages on the way.
    pub fn assign(&mut self, worker: Option<usize>) -> Told {
        if self.progress.status == RequestStatus::New {
            self.wait_for_triage();
        } else {
            let (low, high) = waits(self.progress.priority).assign;
            self.wait_for_staff(low, high);
        }
        let by = if self.dice.percent(12) { By::System } else { self.staff(Role::Dispatcher) };
        let zone = match self.progress.status {
            RequestStatus::New => self.missing_zone(),
            _ => None,
        };
        let said = self.give_to(worker);
        let given = Given { zone, ..said.given.clone() };
        self.act(by, RequestAction::Assign, Said { given, ..said })
    }

    /// The work is given to `worker`, or to whoever fits but does not have it now.
    pub fn give_to(&mut self, worker: Option<usize>) -> Said {
        let skill = self.topic.code;
        let mut fitting = self.world.workers_for(skill, self.progress.zone);
        if fitting.is_empty() {
            fitting = self.world.workers_for(skill, None);
        }
        fitting.retain(|worker| Some(self.world.people[worker.person].member.id) != self.progress.assignee);
        let worker = match worker {
            Some(worker) => worker,
            None if fitting.is_empty() => self.dice.pick(&self.world.workers).person,
            None => self.dice.pick(&fitting).person,
        };
        let candidate = self.candidate(worker);
        let note = (!candidate.covers_zone).then(|| (*self.dice.pick(talk::OUTSIDE_ZONE)).to_owned());
        Said { note, given: Given { assignee: Some(candidate), ..Given::default() }, ..Said::nothing() }
    }

    pub fn accept(&mut self) -> Told {
        let (low, high) = waits(self.progress.priority).accept;
        self.wait_for_staff(low, high);
        let said = if self.dice.percent(25) { self.say(talk::ACCEPTS) } else { Said::nothing() };
        self.act(By::Assignee, RequestAction::Accept, said)
    }

    pub fn start(&mut self) -> Told {
        let (low, high) = waits(self.progress.priority).start;
        self.wait_for_staff(low, high);
        if self.progress.arrived_at.is_none() && self.dice.percent(35) {
            self.act(By::Assignee, RequestAction::Arrive, Said::nothing())?;
            self.wait(2.0, 15.0);
        }
        self.act(By::Assignee, RequestAction::Start, Said::nothing())
    }

    /// What may be written of the finished work.
    pub fn fixes(&self) -> Vec<&'static str> {
        self.story.template.fix.split('|').collect()
    }

    pub fn resolve(&mut self, notes: &[&str]) -> Told {
        let (low, high) = waits(self.progress.priority).work;
        self.wait(low, high);
        let mut said = self.say(notes);
        let extra = self.dice.percent(12);
        said.photos = usize::from(self.facts.evidence_demanded || extra);
        let by = if self.progress.assignee.is_some() { By::Assignee } else { self.staff(Role::Dispatcher) };
        self.act(by, RequestAction::Resolve, said)
    }

    /// From triaged or new to resolved, as it mostly goes.
    pub fn work(&mut self, worker: Option<usize>) -> Told {
        if self.progress.status != RequestStatus::Assigned {
            self.assign(worker)?;
        }
        if self.progress.accepted_at.is_none() && self.dice.percent(88) {
            self.accept()?;
        }
        if self.dice.percent(14) {
            self.wait(5.0, 240.0);
            self.comment(By::Assignee, talk::ETAS)?;
        }
        self.start()?;
        self.resolve(&self.fixes())
    }

    /// The reporter is asked whether it is done; who has no account is not.
    pub fn agree(&mut self) -> Told {
        if self.reporter.is_none() {
            self.wait_in_time(600.0, 6000.0);
            let by = self.staff(Role::Supervisor);
            let said = self.say(talk::CLOSES);
            return self.act(by, RequestAction::Close, said);
        }
        if self.dice.percent(32) {
            let days = TimeDelta::days(self.facts.settings.auto_close_days.into());
            self.at += days + self.dice.minutes(0.0, 10.0);
            return self.act(By::Clock, RequestAction::AutoClose, Said::nothing());
        }
        self.wait_in_time(25.0, 7000.0);
        self.confirm()
    }

    pub fn confirm(&mut self) -> Told {
        let stars = [1_u32, 3, 9, 34, 53];
        let stars = self.dice.percent(72).then(|| self.dice.weighted(stars.iter().copied()) as i16 + 1);
        let note = match stars {
            Some(1..=3) => *self.dice.pick(talk::GRUMBLES),
            _ => *self.dice.pick(talk::THANKS),
        };
        let note = (!note.is_empty()).then(|| note.to_owned());
        self.act(By::Reporter, RequestAction::Confirm, Said { note, stars, ..Said::nothing() })
    }

    /// The zone to be named by triage, where the reporter did not say where it is.
    fn missing_zone(&mut self) -> Option<domain::id::ZoneId> {
        match self.progress.zone {
            Some(_) => None,
            None => Some(self.dice.pick(&self.world.grounds).zone.id),
        }
    }
}
