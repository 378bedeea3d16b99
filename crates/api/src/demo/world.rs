//! A demo community before anything happens in it: its places, its people and who can do what.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use db::category::Category;
use db::community::Community;
use db::member::Member;
use db::place::{Occupancy, Unit, Zone};
use db::user::User;
use domain::category::starters;
use domain::community::{CommunityKind, MemberStatus, Settings};
use domain::id::{CategoryId, CommunityId, MemberId, UserId, ZoneId};
use domain::place::Coordinates;
use domain::role::{Rights, Role};

use super::catalogue;
use super::dice::Dice;

pub struct World {
    pub community: Community,
    pub zone: Tz,
    pub settings: Settings,
    pub grounds: Vec<Ground>,
    pub units: Vec<Unit>,
    pub occupancies: Vec<Occupancy>,
    pub categories: Vec<Category>,
    pub people: Vec<Person>,
    pub workers: Vec<Worker>,
    /// Those of its people that no other community brought along.
    pub users: Vec<User>,
}

/// A zone with what one finds there.
pub struct Ground {
    pub zone: Zone,
    pub ring: Vec<[f64; 2]>,
    pub streets: &'static [&'static str],
    /// Places out of doors that belong to everybody.
    pub corners: &'static [&'static str],
    /// Places inside the buildings that several share; none where there are only houses.
    pub halls: &'static [&'static str],
}

pub struct Person {
    pub member: Member,
    pub roles: Vec<Role>,
    pub rights: Rights,
    /// Where they live, as a place in [`World::units`].
    pub unit: Option<usize>,
}

/// A professional.
pub struct Worker {
    /// A place in [`World::people`].
    pub person: usize,
    pub skills: &'static [&'static str],
    /// Where they work; none means everywhere.
    pub zones: Vec<ZoneId>,
}

/// What a community is called and where its clocks are set.
pub struct Name {
    pub slug: &'static str,
    pub name: &'static str,
    pub kind: CommunityKind,
    pub prefix: &'static str,
}

impl World {
    pub fn found(dice: &mut Dice, name: &Name, at: DateTime<Utc>) -> Self {
        let zone = chrono_tz::Europe::Lisbon;
        let id = CommunityId(dice.id(at));
        let open = name.kind == CommunityKind::Municipal;
        let settings = Settings { public_pages: open, anonymous_reports: open, ..Settings::default() };
        let community = Community {
            id,
            slug: name.slug.into(),
            name: name.name.into(),
            kind: name.kind,
            time_zone: zone.name().into(),
            currency: "EUR".into(),
            locale: "en".into(),
            request_prefix: name.prefix.into(),
            settings: serde_json::to_value(&settings).unwrap_or_default(),
            created_at: at,
        };
        let mut categories: Vec<Category> = (0..)
            .zip(starters(name.kind))
            .map(|(position, starter)| Category::starting(CategoryId(dice.id(at)), id, starter, position))
            .collect();
        catalogue::furnish(&mut categories);
        Self {
            community,
            zone,
            settings,
            grounds: Vec::new(),
            units: Vec::new(),
            occupancies: Vec::new(),
            categories,
            people: Vec::new(),
            workers: Vec::new(),
            users: Vec::new(),
        }
    }

    pub fn add_ground(
        &mut self,
        dice: &mut Dice,
        name: &str,
        ring: Vec<[f64; 2]>,
        streets: &'static [&'static str],
        [corners, halls]: [&'static [&'static str]; 2],
    ) {
        let zone = Zone {
            id: ZoneId(dice.id(self.community.created_at)),
            community_id: self.community.id,
            name: name.into(),
            boundary: Some(serde_json::json!(ring)),
            position: i32::try_from(self.grounds.len()).unwrap_or(i32::MAX),
            version: 1,
        };
        self.grounds.push(Ground { zone, ring, streets, corners, halls });
    }

    /// Adds a member who signs in as `user`; answers their place in [`World::people`].
    pub fn add_person(
        &mut self,
        dice: &mut Dice,
        user: UserId,
        name: &str,
        roles: &[Role],
        at: DateTime<Utc>,
    ) -> usize {
        let member = Member::new(
            MemberId(dice.id(at)),
            self.community.id,
            Some(user),
            name.into(),
            MemberStatus::Active,
            at,
        );
        let rights = Rights::of(roles, &self.settings);
        self.people.push(Person { member, roles: roles.to_vec(), rights, unit: None });
        self.people.len() - 1
    }

    pub fn category(&self, code: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.code == code)
    }

    pub fn name_of(&self, id: MemberId) -> Option<String> {
        let person = self.people.iter().find(|person| person.member.id == id)?;
        Some(person.member.display_name.clone())
    }

    pub fn with_role(&self, role: Role) -> Vec<usize> {
        (0..self.people.len()).filter(|at| self.people[*at].roles.contains(&role)).collect()
    }

    /// Those who have the skill and work there.
    pub fn workers_for(&self, skill: &str, zone: Option<ZoneId>) -> Vec<&Worker> {
        self.workers.iter().filter(|worker| worker.skills.contains(&skill) && worker.covers(zone)).collect()
    }
}

impl Worker {
    pub fn covers(&self, zone: Option<ZoneId>) -> bool {
        self.zones.is_empty() || zone.is_none_or(|zone| self.zones.contains(&zone))
    }
}

impl Ground {
    /// Some point of the zone.
    pub fn somewhere(&self, dice: &mut Dice) -> Coordinates {
        let span = |axis: usize| {
            let all = self.ring.iter().map(|corner| corner[axis]);
            (all.clone().fold(f64::MAX, f64::min), all.fold(f64::MIN, f64::max))
        };
        let ((west, east), (south, north)) = (span(0), span(1));
        for _ in 0..200 {
            let at = rounded(dice.between(west, east), dice.between(south, north));
            if at.within(&self.ring) {
                return at;
            }
        }
        rounded((west + east) / 2.0, (south + north) / 2.0)
    }
}

/// A point to the decimetre, as a phone would tell it.
pub fn rounded(lng: f64, lat: f64) -> Coordinates {
    Coordinates { lng: (lng * 1e6).round() / 1e6, lat: (lat * 1e6).round() / 1e6 }
}
