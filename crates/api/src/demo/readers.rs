//! Who hears of an announcement, and how long it takes them to read it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use db::announcement::{Announcement, Recipient};
use domain::announcement::{ReadBy, unread_after};
use domain::audience::{MemberFilter, Tied};
use domain::community::MemberStatus;
use domain::id::{MemberId, UnitId, UserId};
use domain::role::Role;

use super::calendar::{self, Hours};
use super::dice::Dice;
use super::doorstep::Doorstep;
use super::world::World;

/// When people look at their telephones.
const WAKING: Hours = [7..23, 8..23, 8..23];
/// What came so lately the demo accounts have not read yet, and what came so lately they have not confirmed.
const UNREAD: TimeDelta = TimeDelta::days(5);
const UNCONFIRMED: TimeDelta = TimeDelta::days(10);

/// Somebody who may be told of something.
pub struct Reader {
    pub member_id: MemberId,
    pub user_id: Option<UserId>,
    pub name: String,
    pub habit: Habit,
    has_mail: bool,
    roles: Vec<Role>,
    tags: Vec<String>,
    homes: Vec<Home>,
    /// Since when they belong to the community, and until when, if they no longer do.
    from: DateTime<Utc>,
    to: Option<DateTime<Utc>>,
}

struct Home {
    tied: Tied,
    is_primary: bool,
    number: String,
    from: NaiveDate,
    to: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// Whoever tries the demo: reads everything but the newest.
    Visitor,
    Prompt,
    Usual,
    Rare,
}

/// Everybody who belongs to the community, and those at its door who do, or did until they were kept out.
pub fn gather(world: &World, doorstep: &Doorstep, accounts: &[UserId], dice: &mut Dice) -> Vec<Reader> {
    let inside = world.people.iter().map(|person| (&person.member, &person.roles));
    let at_the_door = doorstep
        .members
        .iter()
        .map(|(member, roles)| (member, roles))
        .filter(|(member, _)| member.community_id == world.community.id);
    let belongs = |status| matches!(status, MemberStatus::Active | MemberStatus::Suspended);
    let without_mail: Vec<UserId> =
        doorstep.users.iter().filter(|user| user.email.is_none()).map(|user| user.id).collect();
    inside
        .chain(at_the_door)
        .filter(|(member, _)| belongs(member.status))
        .map(|(member, roles)| {
            let habit = match member.user_id {
                Some(user) if accounts.contains(&user) => Habit::Visitor,
                _ => [Habit::Prompt, Habit::Usual, Habit::Rare][dice.weighted([56, 30, 14].into_iter())],
            };
            Reader {
                member_id: member.id,
                user_id: member.user_id,
                name: member.display_name.clone(),
                habit,
                has_mail: member.user_id.is_some_and(|user| !without_mail.contains(&user)),
                roles: roles.clone(),
                tags: member.tags.clone(),
                homes: homes(world, member.id),
                from: member.created_at,
                to: member.decided_at.filter(|_| member.status != MemberStatus::Active),
            }
        })
        .collect()
}

fn homes(world: &World, member: MemberId) -> Vec<Home> {
    let theirs = world.occupancies.iter().filter(|one| one.member_id == member);
    theirs
        .filter_map(|one| {
            let unit = world.units.iter().find(|unit| unit.id == one.unit_id)?;
            Some(Home {
                tied: Tied { kind: one.kind, resides: one.resides, unit: unit.id, zone: unit.zone_id },
                is_primary: one.is_primary,
                number: unit.number.clone(),
                from: one.from_date,
                to: one.to_date,
            })
        })
        .collect()
}

impl Reader {
    /// Whether something is for them that is published then, and because of which unit.
    pub fn hears(&self, audience: &MemberFilter, at: DateTime<Utc>, zone: Tz) -> Option<Option<UnitId>> {
        let day = at.with_timezone(&zone).date_naive();
        if self.from > at || self.to.is_some_and(|to| to <= at) {
            return None;
        }
        let homes: Vec<&Home> = self
            .homes
            .iter()
            .filter(|home| home.from <= day && home.to.is_none_or(|to| to >= day))
            .filter(|home| audience.takes(&self.roles, &self.tags, &[home.tied]))
            .collect();
        let first = homes.iter().min_by_key(|home| (!home.tied.resides, !home.is_primary, &home.number));
        match first {
            Some(home) => Some(Some(home.tied.unit)),
            None => audience.takes(&self.roles, &self.tags, &[]).then_some(None),
        }
    }

    /// What became of telling them.
    pub fn receive(
        &self,
        dice: &mut Dice,
        zone: Tz,
        announcement: &Announcement,
        unit_id: Option<UnitId>,
        now: DateTime<Utc>,
    ) -> Recipient {
        let told_at = announcement.published_at.unwrap_or(announcement.created_at);
        let mut receipt = Recipient {
            community_id: announcement.community_id,
            announcement_id: announcement.id,
            member_id: self.member_id,
            unit_id,
            told_at,
            read_at: None,
            read_by: None,
            acknowledged_at: None,
        };
        let waits = |limit: TimeDelta| self.habit == Habit::Visitor && told_at > now - limit;
        if let Some(delay) = self.delay(dice, announcement.urgent).filter(|_| !waits(UNREAD)) {
            let at = calendar::next_open(dice, zone, &WAKING, told_at + delay);
            let by = self.by(dice, announcement.urgent, at - told_at);
            let confirms = announcement.acknowledgement && dice.percent(self.confirming());
            let pause = if dice.percent(85) { dice.minutes(0.3, 5.0) } else { dice.minutes(60.0, 4000.0) };
            if at <= now {
                (receipt.read_at, receipt.read_by) = (Some(at), Some(by));
                receipt.acknowledged_at =
                    Some(at + pause).filter(|at| confirms && *at <= now && !waits(UNCONFIRMED));
            }
        }
        if let Some(reminded_at) = announcement.reminded_at.filter(|_| self.habit != Habit::Visitor) {
            self.answer_reminder(dice, zone, &mut receipt, reminded_at, now);
        }
        receipt
    }

    /// About half of those who are reminded do it then.
    fn answer_reminder(
        &self,
        dice: &mut Dice,
        zone: Tz,
        receipt: &mut Recipient,
        reminded_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) {
        if receipt.acknowledged_at.is_some_and(|at| at <= reminded_at) || !dice.percent(55) {
            return;
        }
        let later = reminded_at + dice.minutes(5.0, 1500.0);
        let at = calendar::next_open(dice, zone, &WAKING, later);
        let confirmed_at = at + dice.minutes(0.3, 4.0);
        if confirmed_at > now || receipt.acknowledged_at.is_some_and(|before| before <= confirmed_at) {
            return;
        }
        if receipt.read_at.is_none_or(|before| before > at) {
            let by = if self.has_mail && dice.percent(50) { ReadBy::Mail } else { ReadBy::App };
            (receipt.read_at, receipt.read_by) = (Some(at), Some(by));
        }
        receipt.acknowledged_at = Some(confirmed_at);
    }

    /// How long they take to read it; none if they never do.
    fn delay(&self, dice: &mut Dice, urgent: bool) -> Option<TimeDelta> {
        let (never, late) = match self.habit {
            Habit::Visitor => (0, 0),
            Habit::Prompt => (2, 5),
            Habit::Usual => (6, 16),
            Habit::Rare => (35, 40),
        };
        let (never, late) = if urgent { (never / 2, late / 2) } else { (never, late) };
        match dice.below(100) {
            throw if throw < never => None,
            throw if throw < never + late => Some(dice.minutes(2900.0, 20_000.0)),
            _ if urgent => Some(dice.minutes(1.0, 420.0)),
            _ => Some(dice.minutes(2.0, 2600.0)),
        }
    }

    /// What can wait is told by mail only to those who have not read it for a while.
    fn by(&self, dice: &mut Dice, urgent: bool, delay: TimeDelta) -> ReadBy {
        let chance = match (self.habit, delay > unread_after(urgent)) {
            (Habit::Visitor, _) => 0,
            (_, true) => 35,
            (_, false) if urgent => 20,
            (_, false) => 6,
        };
        if dice.percent(chance) && self.has_mail { ReadBy::Mail } else { ReadBy::App }
    }

    /// How many of a hundred that they read they also confirm.
    fn confirming(&self) -> u32 {
        match self.habit {
            Habit::Visitor => 100,
            Habit::Prompt => 96,
            Habit::Usual => 88,
            Habit::Rare => 65,
        }
    }
}
