//! How a story begins: what somebody reports, where and how.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use db::service_request::{Handling, New};
use domain::id::ServiceRequestId;
use domain::role::Role;
use domain::service_request::decide::{Facts, Progress};
use domain::service_request::{Priority, RequestAction, RequestChannel, RequestVisibility, Urgency};

use super::dice::Dice;
use super::teller::{Story, Teller};
use super::texts::{self, Place, Template, Topic, talk};
use super::world::{Ground, World};

/// What is settled before a story begins; the rest is chance.
pub struct Brief {
    pub topic: &'static Topic,
    pub template: &'static Template,
    pub at: DateTime<Utc>,
    /// As a place in [`World::people`].
    pub reporter: Option<usize>,
    /// Where it is, as a place in [`World::grounds`].
    pub ground: Option<usize>,
    pub stop: Option<RequestAction>,
    pub pace: f64,
}

impl Brief {
    /// Something that comes up at this time of the year.
    pub fn any(
        dice: &mut Dice,
        world: &World,
        topics: impl Iterator<Item = &'static Topic> + Clone,
        at: DateTime<Utc>,
    ) -> Self {
        let month = at.with_timezone(&world.zone).month();
        let weights = topics.clone().map(|topic| topic.weight * topic.season.factor(month));
        let topics: Vec<_> = topics.collect();
        let topic = topics[dice.weighted(weights)];
        let template = dice.pick(topic.templates);
        let reporter = any_reporter(dice, world, topic, template);
        Self { topic, template, at, reporter, ground: None, stop: None, pace: 1.0 }
    }
}

pub fn any_reporter(dice: &mut Dice, world: &World, topic: &Topic, template: &Template) -> Option<usize> {
    if topic.code == "preventive-maintenance" {
        return Some(*dice.pick(&world.with_role(Role::Supervisor)));
    }
    if world.units.is_empty() && dice.percent(18) {
        return None;
    }
    loop {
        let person = dice.below(world.people.len());
        let known = &world.people[person];
        let fits = known.unit.is_some() || template.place != Place::Home;
        if fits && known.roles.contains(&Role::Resident) {
            return Some(person);
        }
    }
}

/// A story whose first line has been told; none where the community does not know the category.
pub fn begin<'a>(
    world: &'a World,
    dice: &'a mut Dice,
    brief: &Brief,
    now: DateTime<Utc>,
) -> Option<Teller<'a>> {
    let category = world.category(brief.topic.code)?;
    let city = world.units.is_empty();
    let home = (brief.template.place == Place::Home)
        .then(|| brief.reporter.and_then(|person| world.people[person].unit))
        .flatten();
    let unit = home.map(|unit| &world.units[unit]);
    let ground = match unit {
        Some(unit) => world.grounds.iter().find(|ground| Some(ground.zone.id) == unit.zone_id)?,
        None => common_ground(world, dice, brief),
    };
    let street = *dice.pick(ground.streets);
    let corner = match brief.template.place {
        Place::Inside if !ground.halls.is_empty() => *dice.pick(ground.halls),
        _ => *dice.pick(ground.corners),
    };
    let [title, text] = texts::fill(dice, [brief.template.title, brief.template.text], street, corner);
    // Some forget to say where it is; triage then finds out.
    let lost = unit.is_none() && !city && brief.stop.is_none() && dice.percent(4);
    let at = match unit {
        Some(unit) => unit.at(),
        None if lost => None,
        None => Some(ground.somewhere(dice)),
    };
    let zone = (!lost).then_some(ground.zone.id);
    let urgency = urgency(dice, category.default_priority);
    let (channel, on_behalf) = channel(dice, city, brief);
    let caller = on_behalf.then(|| *dice.pick(&world.with_role(Role::Dispatcher)));
    let member = |person: Option<usize>| person.map(|person| world.people[person].member.id);
    let progress = Progress::reported(
        category.id,
        urgency.applied_to(category.default_priority, (category.priority_min, category.priority_max)),
        zone,
    );
    let new = New {
        secret_digest: brief.reporter.is_none().then(|| crate::session::token::new_secret().1),
        id: ServiceRequestId(dice.id(brief.at)),
        community_id: world.community.id,
        title,
        description: with_extras(dice, text, unit.is_some()),
        progress: progress.clone(),
        urgency,
        unit_id: unit.map(|unit| unit.id),
        lng: at.map(|at| at.lng),
        lat: at.map(|at| at.lat),
        address_hint: match (city, unit) {
            (true, _) => format!("{street} {}, {corner}", dice.below(140) + 1),
            (false, Some(_)) => String::new(),
            (false, None) => format!("{}, {}", ground.zone.name, spot(brief.template, street, corner)),
        },
        reporter_id: member(caller.or(brief.reporter)),
        beneficiary_id: caller.and_then(|_| member(brief.reporter)),
        channel,
        visibility: match (city, unit.is_some()) {
            (true, _) => RequestVisibility::Public,
            (false, true) => RequestVisibility::Private,
            (false, false) => RequestVisibility::Community,
        },
        personal: unit.is_some() && dice.percent(5),
        name_hidden: false,
        handling: handling(dice, brief.topic.code),
        photos: 0,
        due_at: brief.at + TimeDelta::hours(category.target_hours.into()),
        created_at: brief.at,
    };
    let photos = dice.weighted([if city { 38 } else { 48 }, 42, 10].into_iter());
    let mut teller = Teller {
        world,
        topic: brief.topic,
        now,
        at: brief.at,
        stop: brief.stop,
        pace: brief.pace,
        progress,
        facts: Facts {
            reporters: member(brief.reporter).into_iter().collect(),
            assignee_present: true,
            evidence_demanded: category.evidence_required,
            checklist_finished: true,
            auto_triage: false,
            team_members: Vec::new(),
            zoned: true,
            settings: world.settings.clone(),
        },
        reporter: brief.reporter,
        story: Story {
            new,
            entries: Vec::new(),
            attachments: Vec::new(),
            comments: Vec::new(),
            versions: Vec::new(),
            mentions: Vec::new(),
            rating: None,
            template: brief.template,
        },
        dice,
    };
    teller.report(photos);
    Some(teller)
}

fn urgency(dice: &mut Dice, default: Priority) -> Urgency {
    let weights: [u32; 4] = match default {
        Priority::P1 => [0, 0, 30, 70],
        Priority::P2 => [10, 45, 38, 7],
        Priority::P3 => [15, 65, 18, 2],
        Priority::P4 | Priority::P5 => [42, 52, 6, 0],
    };
    Urgency::ALL[dice.weighted(weights.into_iter())]
}

/// The way it came in, and whether somebody of the staff wrote it down for the caller.
fn channel(dice: &mut Dice, city: bool, brief: &Brief) -> (RequestChannel, bool) {
    if brief.reporter.is_none() {
        let open = dice.percent(60);
        return (if open { RequestChannel::Open311 } else { RequestChannel::Web }, false);
    }
    if brief.stop.is_some() || brief.topic.code == "preventive-maintenance" {
        return (RequestChannel::Web, false);
    }
    let weights: [u32; 4] = if city { [58, 20, 14, 8] } else { [74, 16, 1, 9] };
    match dice.weighted(weights.into_iter()) {
        0 => (RequestChannel::Web, false),
        1 => (RequestChannel::Telegram, false),
        2 => (RequestChannel::Open311, false),
        _ => (RequestChannel::Phone, true),
    }
}

fn with_extras(dice: &mut Dice, text: String, at_home: bool) -> String {
    let mut text = text;
    let (extra, chance) = if at_home { (talk::TRIED, 36) } else { (talk::NOTICED, 34) };
    if dice.percent(chance) {
        text = format!("{text} {}", dice.pick(extra));
    }
    if at_home && dice.percent(45) {
        text = format!("{text}\n\n{}", dice.pick(talk::AVAILABLE));
    }
    text
}

/// Where that can be which is in no unit.
fn common_ground<'a>(world: &'a World, dice: &mut Dice, brief: &Brief) -> &'a Ground {
    let fits = |ground: &&Ground| brief.template.place != Place::Inside || !ground.halls.is_empty();
    let wished = brief.ground.map(|ground| &world.grounds[ground]).filter(fits);
    wished.unwrap_or_else(|| {
        let fitting: Vec<&Ground> = world.grounds.iter().filter(fits).collect();
        if fitting.is_empty() { dice.pick(&world.grounds) } else { dice.pick::<&Ground>(&fitting) }
    })
}

/// Where exactly: the corner that the report speaks of, or else the building or the street.
fn spot<'a>(template: &Template, street: &'a str, corner: &'a str) -> &'a str {
    let named = template.title.contains("{corner}") || template.text.contains("{corner}");
    match (template.place, corner.split_once(" of ")) {
        (Place::Inside, Some((_, building))) if !named => building,
        (Place::Outside, _) if !named => street,
        _ => corner.trim_start_matches("the "),
    }
}

/// What staff noted besides the story: some of them do, most do not.
fn handling(dice: &mut Dice, code: &str) -> Handling {
    const TAGS: [&str; 6] =
        ["warranty", "insurance", "spare part ordered", "recurring", "contractor", "key at reception"];
    let mut tags: Vec<String> = Vec::new();
    for _ in 0..dice.weighted([70, 22, 8].into_iter()) {
        let tag = (*dice.pick(&TAGS)).to_owned();
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let dear = matches!(code, "elevator" | "structural-damage" | "pothole" | "water-sewer");
    let units = if dear { 40 + dice.below(160) } else { 2 + dice.below(28) };
    let estimate = i64::try_from(units).unwrap_or_default() * 1000;
    let estimated = dice.percent(35).then_some(estimate);
    let actual = estimated
        .filter(|_| dice.percent(60))
        .map(|cost| cost * (80 + i64::try_from(dice.below(50)).unwrap_or(0)) / 100);
    Handling { resolution_note: None, tags, estimated_cost: estimated, actual_cost: actual }
}
