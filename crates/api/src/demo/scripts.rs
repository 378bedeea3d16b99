//! Stories told for a purpose: whoever signs in with a demo account finds something to do, and every state exists.

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use domain::role::Role;
use domain::service_request::{HoldReason, RejectReason, RequestAction};

use super::dice::Dice;
use super::plots::{self, Course};
use super::reports::{self, Brief};
use super::teller::{Halt, Story};
use super::texts::{self, Topic};
use super::world::World;

/// Who takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cast {
    /// The demo resident reports.
    Resident,
    /// The demo professional gets it.
    Pro,
    /// Both.
    Both,
    /// Whoever fits.
    Others,
}

struct Script {
    cast: Cast,
    category: &'static str,
    /// Which of the topic's templates.
    template: usize,
    hours_ago: i64,
    /// How it goes on after the report; none stays new.
    course: Option<Course>,
    stop: Option<RequestAction>,
}

const fn script(
    cast: Cast,
    category: &'static str,
    template: usize,
    hours_ago: i64,
    course: Option<Course>,
    stop: Option<RequestAction>,
) -> Script {
    Script { cast, category, template, hours_ago, course, stop }
}

use Cast::{Both, Others, Pro, Resident};
use Course::{Asked, Direct, Disputed, Held, Planned, Rejected, Reopened, Straight};
use RequestAction::{Accept, Ask, Assign, Dispute, Hold, Reopen, Resolve, Start, Triage};

const ESTATE: &[Script] = &[
    script(Resident, "minor-repairs", 0, 1, None, None),
    script(Both, "plumbing", 0, 9, Some(Straight), Some(Assign)),
    script(Resident, "doors-windows", 0, 70, Some(Straight), Some(Resolve)),
    script(Resident, "painting", 5, 30, Some(Asked), Some(Ask)),
    script(Both, "appliance-repair", 1, 60, Some(Held(HoldReason::WaitingReporter)), Some(Hold)),
    script(Resident, "electrical", 1, 24 * 40, Some(Straight), None),
    script(Both, "plumbing", 2, 24 * 95, Some(Straight), None),
    script(Resident, "pest-control", 0, 24 * 150, Some(Disputed), None),
    script(Resident, "heating", 2, 24 * 260, Some(Straight), None),
    script(Resident, "cosmetic", 0, 24 * 64, Some(Rejected(RejectReason::OutOfScope)), None),
    script(Pro, "plumbing", 1, 5, Some(Direct), Some(Assign)),
    script(Pro, "minor-repairs", 6, 26, Some(Straight), Some(Assign)),
    script(Pro, "water-supply", 0, 8, Some(Direct), Some(Accept)),
    script(Pro, "plumbing", 3, 10, Some(Straight), Some(Accept)),
    script(Pro, "plumbing", 4, 11, Some(Straight), Some(Start)),
    script(Pro, "heating", 5, 20, Some(Straight), Some(Start)),
    script(Pro, "appliance-repair", 0, 96, Some(Held(HoldReason::WaitingParts)), Some(Hold)),
    script(Pro, "plumbing", 8, 11, Some(Held(HoldReason::Scheduled)), Some(Hold)),
    script(Pro, "plumbing", 6, 76, Some(Disputed), Some(Dispute)),
    script(Pro, "plumbing", 7, 80, Some(Straight), Some(Resolve)),
    script(Pro, "water-supply", 5, 100, Some(Straight), Some(Resolve)),
    script(Others, "garden", 0, 16, Some(Held(HoldReason::Weather)), Some(Hold)),
    script(Others, "elevator", 1, 21, Some(Held(HoldReason::WaitingThirdParty)), Some(Hold)),
    script(Others, "structural-damage", 1, 5, Some(Held(HoldReason::WaitingParts)), Some(Hold)),
    script(Others, "common-area", 3, 20, Some(Planned), Some(Hold)),
    script(Others, "electrical", 0, 3, None, None),
    script(Others, "cleaning", 0, 2, None, None),
    script(Others, "parking", 0, 6, None, None),
    script(Others, "garden", 3, 9, Some(Straight), Some(Triage)),
    script(Others, "doors-windows", 2, 12, Some(Straight), Some(Triage)),
    script(Others, "common-area", 0, 27, Some(Straight), Some(Triage)),
    script(Others, "flooring", 2, 8, Some(Asked), Some(Ask)),
    script(Others, "carpentry", 0, 24 * 12, Some(Reopened), Some(Reopen)),
    script(Others, "plumbing-emergency", 1, 1, Some(Direct), Some(Start)),
    script(Others, "elevator", 0, 3, Some(Direct), Some(Start)),
];

const CITY: &[Script] = &[
    script(Resident, "waste", 1, 3, None, None),
    script(Both, "pothole", 0, 30, Some(Straight), Some(Start)),
    script(Resident, "street-lighting", 0, 80, Some(Straight), Some(Resolve)),
    script(Resident, "trees", 0, 24 * 70, Some(Straight), None),
    script(Pro, "water-sewer", 4, 6, Some(Direct), Some(Assign)),
    script(Pro, "pothole", 3, 40, Some(Straight), Some(Accept)),
    script(Pro, "vandalism", 0, 60, Some(Held(HoldReason::WaitingParts)), Some(Hold)),
    script(Others, "trees", 4, 14, Some(Held(HoldReason::Weather)), Some(Hold)),
    script(Others, "noise", 3, 50, Some(Held(HoldReason::WaitingThirdParty)), Some(Hold)),
    script(Others, "road-sign", 0, 26, Some(Planned), Some(Hold)),
    script(Others, "vandalism", 2, 5, None, None),
    script(Others, "street-lighting", 1, 10, Some(Straight), Some(Triage)),
    script(Others, "waste", 0, 20, Some(Straight), Some(Assign)),
    script(Others, "traffic-light", 0, 2, Some(Direct), Some(Start)),
];

/// All scripted stories of a community.
pub fn tell_all(world: &World, dice: &mut Dice, now: DateTime<Utc>) -> Result<Vec<Story>, Halt> {
    let (scripts, topics): (_, Vec<&'static Topic>) = match world.units.is_empty() {
        true => (CITY, texts::municipal().collect()),
        false => (ESTATE, texts::housing().collect()),
    };
    let mut stories = Vec::new();
    for script in scripts {
        let Some(topic) = topics.iter().find(|topic| topic.code == script.category) else { continue };
        let brief = brief(world, dice, script, topic, now);
        let Some(mut teller) = reports::begin(world, dice, &brief, now) else { continue };
        let worker = matches!(script.cast, Pro | Both).then(|| world.workers[0].person);
        if let Some(course) = script.course {
            match plots::tell(&mut teller, course, worker) {
                Ok(()) | Err(Halt::Now | Halt::Stop) => {}
                Err(refused) => return Err(refused),
            }
        }
        stories.push(teller.end());
    }
    Ok(stories)
}

fn brief(
    world: &World,
    dice: &mut Dice,
    script: &Script,
    topic: &'static Topic,
    now: DateTime<Utc>,
) -> Brief {
    let template = &topic.templates[script.template];
    // Only places where the demo professional works.
    let known = &world.workers[0].zones;
    let covered = |ground: usize| known.contains(&world.grounds[ground].zone.id);
    let ground = loop {
        let ground = dice.below(world.grounds.len());
        if covered(ground) {
            break ground;
        }
    };
    let reporter = match script.cast {
        Resident | Both => world.with_role(Role::Resident).first().copied(),
        Pro | Others => loop {
            let Some(person) = reports::any_reporter(dice, world, topic, template) else { continue };
            let home = world.people[person].unit.and_then(|unit| world.units[unit].zone_id);
            if home.is_none_or(|zone| known.contains(&zone)) && person > 12 {
                break Some(person);
            }
        },
    };
    let mut at = now - TimeDelta::hours(script.hours_ago) - dice.minutes(0.0, 25.0);
    let hour = i64::from(at.with_timezone(&world.zone).hour());
    if hour < 7 && script.hours_ago > 12 {
        at -= TimeDelta::hours(hour + 3);
    }
    // Fast enough to have got to its stop by now.
    let pace = match script.hours_ago {
        0..12 => 0.04,
        12..200 => 0.2,
        _ => 1.0,
    };
    Brief { topic, template, at, reporter, ground: Some(ground), stop: script.stop, pace }
}
