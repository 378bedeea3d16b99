//! Willow Park: an estate of four sections near Lisbon, with 300 homes and 450 members.

use chrono::{DateTime, TimeDelta, Utc};
use db::place::{Occupancy, Unit};
use domain::community::{CommunityKind, OccupancyKind};
use domain::id::UnitId;
use domain::place::Coordinates;
use domain::role::Role;

use super::cast::{self, Account};
use super::dice::Dice;
use super::people::Registry;
use super::world::{Name, World, rounded};

pub const NAME: Name =
    Name { slug: "willow-park", name: "Willow Park", kind: CommunityKind::Estate, prefix: "MNT" };
pub const MEMBERS: usize = 450;

struct Section {
    name: &'static str,
    ring: &'static [[f64; 2]],
    streets: &'static [&'static str],
    corners: &'static [&'static str],
    halls: &'static [&'static str],
    rows: &'static [Row],
}

/// 25 homes along a street, or above each other in one block (where both ends are the same point).
struct Row {
    street: &'static str,
    block: Option<&'static str>,
    letters: &'static str,
    from: [f64; 2],
    to: [f64; 2],
}

const fn street(name: &'static str, letters: &'static str, from: [f64; 2], to: [f64; 2]) -> Row {
    Row { street: name, block: None, letters, from, to }
}

const fn block(name: &'static str, street: &'static str, letters: &'static str, at: [f64; 2]) -> Row {
    Row { street, block: Some(name), letters, from: at, to: at }
}

const SECTIONS: &[Section] = &[
    Section {
        name: "North Gardens",
        ring: &[
            [-9.2705, 38.7792],
            [-9.2662, 38.7789],
            [-9.2659, 38.7818],
            [-9.2676, 38.7826],
            [-9.2700, 38.7820],
            [-9.2705, 38.7792],
        ],
        streets: &["Magnolia Avenue", "Jacaranda Walk", "Cypress Lane"],
        corners: &[
            "the north gate",
            "the rose garden",
            "the playground on Jacaranda Walk",
            "the bin house on Cypress Lane",
            "the tennis court",
            "the old well",
        ],
        halls: &[],
        rows: &[
            street("Magnolia Avenue", "M", [-9.2699, 38.7797], [-9.2667, 38.7794]),
            street("Jacaranda Walk", "J", [-9.2699, 38.7806], [-9.2667, 38.7804]),
            street("Cypress Lane", "C", [-9.2697, 38.7815], [-9.2667, 38.7813]),
        ],
    },
    Section {
        name: "Lakeside",
        ring: &[
            [-9.2656, 38.7789],
            [-9.2612, 38.7793],
            [-9.2606, 38.7812],
            [-9.2628, 38.7827],
            [-9.2653, 38.7819],
            [-9.2656, 38.7789],
        ],
        streets: &["Lake Drive", "Boathouse Path", "Willow Quay"],
        corners: &[
            "the boat jetty",
            "the pool terrace",
            "the garage ramp of Swan House",
            "the lake path",
            "the bin house on Lake Drive",
            "the car park of Heron House",
        ],
        halls: &[
            "the lobby of Heron House",
            "the lift of Kingfisher House",
            "the garage of Swan House",
            "the bicycle store of Heron House",
            "the mail room of Kingfisher House",
            "the staircase of Swan House",
        ],
        rows: &[
            block("Heron House", "Lake Drive", "H", [-9.2644, 38.7800]),
            block("Kingfisher House", "Boathouse Path", "K", [-9.2626, 38.7803]),
            block("Swan House", "Willow Quay", "S", [-9.2634, 38.7815]),
        ],
    },
    Section {
        name: "Orchard Court",
        ring: &[
            [-9.2657, 38.7752],
            [-9.2618, 38.7748],
            [-9.2604, 38.7766],
            [-9.2611, 38.7789],
            [-9.2656, 38.7785],
            [-9.2657, 38.7752],
        ],
        streets: &["Orchard Way", "Cider Row", "Blossom Court"],
        corners: &[
            "the community hall",
            "the car park on Orchard Way",
            "the recycling point on Cider Row",
            "the apple orchard",
            "the playground on Blossom Court",
            "the entrance of Pear Court",
        ],
        halls: &[
            "the lobby of Quince Court",
            "the lift of Pear Court",
            "the cellar of Cherry Court",
            "the laundry of Quince Court",
            "the staircase of Pear Court",
            "the mail room of Cherry Court",
        ],
        rows: &[
            block("Quince Court", "Orchard Way", "Q", [-9.2642, 38.7771]),
            block("Pear Court", "Cider Row", "P", [-9.2624, 38.7774]),
            block("Cherry Court", "Blossom Court", "Y", [-9.2634, 38.7759]),
        ],
    },
    Section {
        name: "South Terraces",
        ring: &[
            [-9.2708, 38.7760],
            [-9.2690, 38.7745],
            [-9.2661, 38.7750],
            [-9.2661, 38.7785],
            [-9.2706, 38.7788],
            [-9.2708, 38.7760],
        ],
        streets: &["Olive Terrace", "Almond Terrace", "Laurel Terrace"],
        corners: &[
            "the south gate",
            "the guard house",
            "the steps to Almond Terrace",
            "the vegetable plots",
            "the bus shelter",
            "the retaining wall on Olive Terrace",
        ],
        halls: &[],
        rows: &[
            street("Olive Terrace", "O", [-9.2691, 38.7755], [-9.2666, 38.7756]),
            street("Almond Terrace", "A", [-9.2700, 38.7768], [-9.2666, 38.7767]),
            street("Laurel Terrace", "L", [-9.2701, 38.7780], [-9.2666, 38.7778]),
        ],
    },
];

/// How many homes there are in a row; a block has five floors with five flats each.
const ROW: usize = 25;

pub fn build(dice: &mut Dice, accounts: &[Account], now: DateTime<Utc>) -> World {
    let founded = now - TimeDelta::days(370);
    let mut world = World::found(dice, &NAME, founded);
    for section in SECTIONS {
        world.add_ground(
            dice,
            section.name,
            section.ring.to_vec(),
            section.streets,
            [section.corners, section.halls],
        );
    }
    build_units(&mut world, dice);
    let mut registry = Registry::new("willow.test");
    for account in accounts {
        registry.reserve(account.name);
        world.add_person(dice, account.user.id, account.name, account.roles, founded);
    }
    for roles in [&[Role::Dispatcher][..], &[Role::Supervisor], &[Role::Guard], &[Role::Guard]] {
        cast::add_colleague(&mut world, dice, &mut registry, roles, founded);
    }
    let pro = accounts.iter().position(|account| account.roles.contains(&Role::Professional));
    cast::add_workers(&mut world, dice, &mut registry, cast::ESTATE_TRADES, pro, founded);
    move_in(&mut world, dice, &mut registry, accounts, now);
    world
}

fn build_units(world: &mut World, dice: &mut Dice) {
    for (section, ground) in SECTIONS.iter().zip(&world.grounds) {
        for row in section.rows {
            for nth in 0..ROW {
                let Coordinates { lng, lat } = place(dice, row, nth);
                let (number, address) = match row.block {
                    Some(_) => {
                        (format!("{}-{}0{}", row.letters, nth / 5, nth % 5 + 1), row.street.to_owned())
                    }
                    None => {
                        (format!("{}-{:02}", row.letters, nth + 1), format!("{} {}", row.street, nth + 1))
                    }
                };
                world.units.push(Unit {
                    id: UnitId(dice.id(world.community.created_at)),
                    community_id: world.community.id,
                    number,
                    block: row.block.map(str::to_owned),
                    street: Some(address),
                    zone_id: Some(ground.zone.id),
                    lng: Some(lng),
                    lat: Some(lat),
                    suburb: None,
                    postal_code: None,
                    version: 1,
                });
            }
        }
    }
}

/// Houses stand on both sides of their street, flats around the middle of their block.
fn place(dice: &mut Dice, row: &Row, nth: usize) -> Coordinates {
    let along = (nth as f64 + 0.5) / ROW as f64;
    let between = |axis: usize| row.from[axis] + (row.to[axis] - row.from[axis]) * along;
    match row.block {
        Some(_) => rounded(
            row.from[0] + dice.between(-0.00012, 0.00012),
            row.from[1] + dice.between(-0.00008, 0.00008),
        ),
        None => rounded(between(0), between(1) + if nth.is_multiple_of(2) { 0.00016 } else { -0.00016 }),
    }
}

/// Gives every unit an owner, some a tenant, and fills up with families until there are [`MEMBERS`].
fn move_in(
    world: &mut World,
    dice: &mut Dice,
    registry: &mut Registry,
    accounts: &[Account],
    now: DateTime<Utc>,
) {
    let mut at_home: Vec<usize> =
        (0..accounts.len()).filter(|account| accounts[*account].lives_there).collect();
    let mut owners: Vec<usize> = Vec::new();
    // Where the demo accounts live: one in each section.
    let homes: Vec<usize> = (0..at_home.len()).map(|nth| nth * 75 + 8).collect();
    for unit in 0..world.units.len() {
        let years = TimeDelta::days(dice.below(4000) as i64 + 400);
        let owner = if homes.contains(&unit) {
            at_home.remove(0)
        } else if unit > 40 && dice.percent(14) {
            *dice.pick(&owners)
        } else {
            newcomer(world, dice, registry, None, now)
        };
        owners.push(owner);
        let lives_there = world.people[owner].unit.is_none() && (homes.contains(&unit) || dice.percent(76));
        occupy(world, dice, (unit, owner), OccupancyKind::Owner, lives_there, now - years);
        if !lives_there && dice.percent(90) {
            let tenant = newcomer(world, dice, registry, None, now);
            let months = TimeDelta::days(dice.below(900) as i64 + 20);
            occupy(world, dice, (unit, tenant), OccupancyKind::Tenant, true, now - months);
        }
    }
    // Owners who live elsewhere are residents of nothing, but they still belong to the community.
    while world.people.len() < MEMBERS {
        let unit = dice.below(world.units.len());
        let head = world.people.iter().find(|person| person.unit == Some(unit));
        let Some(surname) = head.and_then(|head| head.member.display_name.split(' ').next_back()) else {
            continue;
        };
        let surname = dice.percent(80).then(|| surname.to_owned());
        let person = newcomer(world, dice, registry, surname.as_deref(), now);
        let since = TimeDelta::days(dice.below(900) as i64 + 20);
        occupy(world, dice, (unit, person), OccupancyKind::Family, true, now - since);
    }
}

fn newcomer(
    world: &mut World,
    dice: &mut Dice,
    registry: &mut Registry,
    surname: Option<&str>,
    now: DateTime<Utc>,
) -> usize {
    let joined = now - TimeDelta::days(dice.below(5) as i64 + 365);
    let (user, name) = registry.person(dice, surname, joined);
    let person = world.add_person(dice, user.id, &name, &[Role::Resident], joined);
    world.users.push(user);
    person
}

fn occupy(
    world: &mut World,
    dice: &mut Dice,
    (unit, person): (usize, usize),
    kind: OccupancyKind,
    resides: bool,
    since: DateTime<Utc>,
) {
    if resides {
        world.people[person].unit = Some(unit);
    }
    world.occupancies.push(Occupancy {
        id: dice.id(since),
        community_id: world.community.id,
        unit_id: world.units[unit].id,
        member_id: world.people[person].member.id,
        kind,
        is_primary: kind != OccupancyKind::Family,
        resides,
        from_date: since.with_timezone(&world.zone).date_naive(),
        to_date: None,
        version: 1,
    });
}
