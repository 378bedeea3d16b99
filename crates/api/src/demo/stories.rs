//! A year of requests: scripted ones, those of chance, and the doubles of some of them.

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use domain::role::Role;
use domain::service_request::decide::{Given, Master};
use domain::service_request::{Priority, RequestAction, RequestStatus};

use super::calendar;
use super::dice::Dice;
use super::plots;
use super::reports::{self, Brief};
use super::scripts;
use super::teller::{Halt, Said, Story, Teller};
use super::texts::{self, Place, Topic, talk};
use super::world::World;

/// How many of a thousand requests tell what somebody else has told already.
const DOUBLES: usize = 28;

/// So many stories, in the order in which they were reported.
pub fn tell_year(
    world: &World,
    dice: &mut Dice,
    count: usize,
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<Story>> {
    let mut stories = scripts::tell_all(world, dice, now)?;
    let doubles = count * DOUBLES / 1000;
    let topics: Vec<&'static Topic> = match world.units.is_empty() {
        true => texts::municipal().collect(),
        false => texts::housing().collect(),
    };
    for at in calendar::moments(dice, world.zone, now, count - doubles - stories.len()) {
        let brief = Brief::any(dice, world, topics.iter().copied(), at);
        let course = plots::any(dice, brief.topic, brief.template.place);
        let mut teller = reports::begin(world, dice, &brief, now)
            .with_context(|| format!("no category {}", brief.topic.code))?;
        teller.pace = pace(&mut teller, now - at < TimeDelta::days(14));
        finish(plots::tell(&mut teller, course, None))?;
        stories.push(teller.end());
    }
    stories.sort_by_key(|story| story.new.created_at);
    let mut told = 0;
    while told < doubles {
        let master = dice.below(stories.len());
        if let Some(double) = tell_double(world, dice, &stories[master], now)? {
            stories.push(double);
            told += 1;
        }
    }
    stories.sort_by_key(|story| story.new.created_at);
    Ok(stories)
}

/// How long it takes, compared with the usual: less where the category asks for haste, and now and then much more;
/// lately more often, so that there is a backlog to work on.
fn pace(teller: &mut Teller<'_>, lately: bool) -> f64 {
    let hasty = teller.story.new.due_at - teller.at <= TimeDelta::hours(24);
    let slow = if lately { 20 } else { 7 };
    match teller.progress.priority {
        Priority::P1 | Priority::P2 => 1.0,
        _ if hasty => 0.4,
        _ if teller.dice.percent(slow) => 3.0,
        _ => 1.0,
    }
}

fn finish(told: Result<(), Halt>) -> Result<(), Halt> {
    match told {
        Ok(()) | Err(Halt::Now | Halt::Stop) => Ok(()),
        Err(refused) => Err(refused),
    }
}

/// The same thing reported by somebody else while it was open, and joined with the first report.
fn tell_double(
    world: &World,
    dice: &mut Dice,
    master: &Story,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<Story>> {
    let progress = &master.new.progress;
    let end = progress.closed_at.unwrap_or(now);
    let fits = master.template.place != Place::Home
        && master.new.lng.is_some()
        && !matches!(
            progress.status,
            RequestStatus::Rejected | RequestStatus::Cancelled | RequestStatus::Duplicate
        )
        && end - master.new.created_at > TimeDelta::hours(6);
    let Some(topic) = texts::housing()
        .chain(texts::municipal())
        .find(|topic| fits && topic.templates.iter().any(|one| std::ptr::eq(one, master.template)))
    else {
        return Ok(None);
    };
    let open_for = (end - master.new.created_at).num_minutes() as f64;
    let brief = Brief {
        topic,
        template: master.template,
        at: master.new.created_at + dice.minutes(25.0, (open_for * 0.5).min(2000.0)),
        reporter: reports::any_reporter(dice, world, topic, master.template),
        ground: world.grounds.iter().position(|ground| Some(ground.zone.id) == master.new.progress.zone),
        stop: None,
        pace: 0.5,
    };
    let mut teller = reports::begin(world, dice, &brief, now).context("a double without a category")?;
    let new = &mut teller.story.new;
    new.title.clone_from(&master.new.title);
    new.description = (*teller.dice.pick(talk::DOUBLES)).to_owned();
    new.address_hint.clone_from(&master.new.address_hint);
    (new.lng, new.lat) = (master.new.lng, master.new.lat);
    teller.progress.zone = master.new.progress.zone;
    teller.wait_for_triage();
    let by = teller.staff(Role::Dispatcher);
    let said = teller.say(talk::MERGES);
    let standing = Master {
        id: master.new.id,
        itself: false,
        // It was open then, or has been closed for less than a week.
        status: RequestStatus::Triaged,
        closed_at: None,
    };
    let given = Given { master: Some(standing), ..Given::default() };
    // A merge needs a master that was open less than a week ago.
    if teller.at >= end + TimeDelta::days(6) {
        return Ok(None);
    }
    finish(teller.act(by, RequestAction::Merge, Said { given, ..said }))?;
    let told = teller.progress.status == RequestStatus::Duplicate;
    Ok(told.then(|| teller.end()))
}
