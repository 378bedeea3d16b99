//! The accounts that everybody may sign in with, and the people who work for a community.

use chrono::{DateTime, Utc};
use db::user::User;
use domain::id::ZoneId;
use domain::role::Role;

use super::dice::Dice;
use super::people::{self, Registry};
use super::world::{Worker, World};

/// A demo account.
pub struct Account {
    pub user: User,
    pub name: &'static str,
    pub roles: &'static [Role],
    /// Has a unit in the estate.
    pub lives_there: bool,
}

/// What stands before the `@`, the name, the roles, and whether they live in the estate.
const ACCOUNTS: &[(&str, &str, &[Role], bool)] = &[
    ("resident", "Nora Lindqvist", &[Role::Resident], true),
    ("pro", "Tomás Ribeiro", &[Role::Professional], false),
    ("dispatcher", "Dora Almeida", &[Role::Dispatcher], false),
    ("supervisor", "Samuel Okafor", &[Role::Supervisor], false),
    ("committee", "Clara Jensen", &[Role::Committee, Role::Resident], true),
    ("guard", "Gil Mateus", &[Role::Guard], false),
    ("accountant", "Aisha Rahman", &[Role::Accountant, Role::Resident], true),
    ("manager", "Miguel Santos", &[Role::Manager], false),
    ("admin", "Adele Laurent", &[Role::Admin, Role::Resident], true),
];

/// Those who also belong to the second community.
pub const GUESTS: &[(&str, &[Role])] = &[
    ("resident", &[Role::Resident]),
    ("pro", &[Role::Professional]),
    ("dispatcher", &[Role::Dispatcher]),
    ("admin", &[Role::Admin]),
];

pub fn accounts(dice: &mut Dice, password_hash: &str, at: DateTime<Utc>) -> Vec<Account> {
    ACCOUNTS
        .iter()
        .map(|&(local, name, roles, lives_there)| Account {
            user: people::user(dice, address(local), Some(password_hash), false, at),
            name,
            roles,
            lives_there,
        })
        .collect()
}

pub fn operator(dice: &mut Dice, password_hash: &str, at: DateTime<Utc>) -> User {
    people::user(dice, address("operator"), Some(password_hash), true, at)
}

pub fn addresses() -> Vec<String> {
    ACCOUNTS.iter().map(|(local, ..)| address(local)).chain([address("operator")]).collect()
}

pub fn address(local: &str) -> String {
    format!("{local}@demo.test")
}

/// What a professional can do, and in which of the zones (none means everywhere).
pub type Trade = (&'static [&'static str], &'static [usize]);

/// Trades of an estate. The first is the demo account's.
pub const ESTATE_TRADES: &[Trade] = &[
    (
        &["plumbing", "plumbing-emergency", "water-supply", "minor-repairs", "appliance-repair", "heating"],
        &[0, 1, 2],
    ),
    (&["plumbing", "plumbing-emergency", "water-supply", "heating", "gas-leak"], &[]),
    (&["plumbing", "heating", "water-supply", "gas-leak", "preventive-maintenance"], &[2, 3]),
    (&["electrical", "electrical-emergency", "fire-safety", "appliance-repair"], &[]),
    (&["electrical", "electrical-emergency", "security-breach", "parking"], &[0, 1]),
    (&["air-conditioning", "heating", "appliance-repair"], &[]),
    (&["elevator", "preventive-maintenance"], &[]),
    (&["doors-windows", "carpentry", "minor-repairs", "flooring"], &[]),
    (&["doors-windows", "carpentry", "flooring"], &[1, 3]),
    (&["painting", "cosmetic", "flooring", "common-area"], &[]),
    (&["garden", "common-area", "pest-control"], &[]),
    (&["garden", "parking", "other"], &[0, 3]),
    (&["cleaning", "common-area", "pest-control"], &[]),
    (&["cleaning", "cosmetic", "other"], &[1, 2]),
    (&["security-breach", "fire-safety", "parking"], &[]),
    (&["structural-damage", "general-maintenance", "minor-repairs", "other"], &[]),
    (&["general-maintenance", "preventive-maintenance", "parking", "other"], &[]),
];

/// Trades of a city's works department. The first is the demo account's.
pub const CITY_TRADES: &[Trade] = &[
    (&["water-sewer", "pothole", "vandalism", "other"], &[0, 1, 2, 4, 5, 6]),
    (&["water-sewer"], &[]),
    (&["pothole", "road-sign"], &[]),
    (&["pothole", "vandalism"], &[3, 6, 7, 10, 11]),
    (&["road-sign", "traffic-light"], &[]),
    (&["street-lighting", "traffic-light"], &[]),
    (&["street-lighting"], &[0, 1, 2, 3]),
    (&["waste"], &[]),
    (&["waste", "other"], &[2, 5, 6, 9, 10]),
    (&["trees"], &[]),
    (&["noise", "other"], &[]),
    (&["vandalism", "waste"], &[]),
];

/// Adds the professionals: `first` is there already, the others are made up.
pub fn add_workers(
    world: &mut World,
    dice: &mut Dice,
    registry: &mut Registry,
    trades: &[Trade],
    first: Option<usize>,
    at: DateTime<Utc>,
) {
    for (nth, &(skills, zones)) in trades.iter().enumerate() {
        let person = match first {
            Some(person) if nth == 0 => person,
            _ => add_colleague(world, dice, registry, &[Role::Professional], at),
        };
        let zones: Vec<ZoneId> = zones.iter().map(|zone| world.grounds[*zone].zone.id).collect();
        world.workers.push(Worker { person, skills, zones });
    }
}

/// Adds somebody who does not live there.
pub fn add_colleague(
    world: &mut World,
    dice: &mut Dice,
    registry: &mut Registry,
    roles: &[Role],
    at: DateTime<Utc>,
) -> usize {
    let (user, name) = registry.person(dice, None, at);
    let person = world.add_person(dice, user.id, &name, roles, at);
    world.users.push(user);
    person
}
