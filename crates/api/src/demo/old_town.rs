//! The old town of Porto: twelve quarters between the river and the market hall.

use chrono::{DateTime, TimeDelta, Utc};
use domain::community::CommunityKind;
use domain::role::Role;

use super::cast::{self, Account, GUESTS};
use super::dice::Dice;
use super::people::Registry;
use super::world::{Name, World};

pub const NAME: Name =
    Name { slug: "old-town", name: "Porto Old Town", kind: CommunityKind::Municipal, prefix: "OLD" };
const CITIZENS: usize = 260;

/// The corners that the quarters share, west to east, in rows from the river northwards.
const CORNERS: [[[f64; 2]; 5]; 4] = [
    [[-8.6222, 41.1434], [-8.6178, 41.1421], [-8.6135, 41.1407], [-8.6092, 41.1405], [-8.6045, 41.1412]],
    [[-8.6218, 41.1462], [-8.6172, 41.1448], [-8.6139, 41.1437], [-8.6098, 41.1432], [-8.6050, 41.1438]],
    [[-8.6212, 41.1488], [-8.6168, 41.1480], [-8.6131, 41.1470], [-8.6094, 41.1465], [-8.6052, 41.1468]],
    [[-8.6206, 41.1516], [-8.6165, 41.1513], [-8.6128, 41.1510], [-8.6096, 41.1504], [-8.6056, 41.1502]],
];

/// The quarters, in rows from the river northwards, with some of their streets.
const QUARTERS: [(&str, &[&str]); 12] = [
    (
        "Miragaia",
        &["Rua de Miragaia", "Rua da Arménia", "Rua de Tomás Gonzaga", "Largo de São Pedro de Miragaia"],
    ),
    (
        "São Nicolau",
        &["Rua de Belomonte", "Rua da Reboleira", "Rua do Infante Dom Henrique", "Largo de São João Novo"],
    ),
    ("Sé", &["Rua das Aldas", "Rua de Dom Hugo", "Rua da Bainharia", "Largo da Pena Ventosa"]),
    (
        "Guindais",
        &["Escadas dos Guindais", "Rua de Saraiva de Carvalho", "Rua de Arnaldo Gama", "Rua do Sol"],
    ),
    (
        "Virtudes",
        &[
            "Passeio das Virtudes",
            "Rua dos Fogueteiros",
            "Rua de Azevedo de Albuquerque",
            "Rua da Restauração",
        ],
    ),
    ("Vitória", &["Rua de São Bento da Vitória", "Rua dos Caldeireiros", "Rua da Vitória", "Rua das Taipas"]),
    (
        "São Bento",
        &["Rua das Flores", "Rua de Mouzinho da Silveira", "Rua do Loureiro", "Praça de Almeida Garrett"],
    ),
    (
        "Batalha",
        &["Praça da Batalha", "Rua de Santo Ildefonso", "Rua de Entreparedes", "Rua de Cimo de Vila"],
    ),
    (
        "Carregal",
        &[
            "Jardim do Carregal",
            "Rua de Clemente Meneres",
            "Rua do Professor Vicente José de Carvalho",
            "Rua do Rosário",
        ],
    ),
    (
        "Carlos Alberto",
        &["Praça de Carlos Alberto", "Rua de José Falcão", "Rua da Conceição", "Rua de Ceuta"],
    ),
    ("Aliados", &["Avenida dos Aliados", "Rua do Almada", "Praça de Dom João I", "Rua de Sá da Bandeira"]),
    ("Bolhão", &["Rua Formosa", "Rua de Santa Catarina", "Rua de Fernandes Tomás", "Rua de Alexandre Braga"]),
];

const SPOTS: &[&str] = &[
    "opposite the bakery",
    "at the corner by the chapel",
    "in front of the school",
    "beside the bus stop",
    "at the foot of the steps",
    "next to the fountain",
    "outside the grocer's",
    "by the tiled house",
    "near the viewpoint",
    "at the pharmacy",
    "by the tram rails",
    "under the arch",
];

pub fn build(dice: &mut Dice, accounts: &[Account], now: DateTime<Utc>) -> World {
    let founded = now - TimeDelta::days(370);
    let mut world = World::found(dice, &NAME, founded);
    for (nth, (name, streets)) in QUARTERS.into_iter().enumerate() {
        world.add_ground(dice, name, ring(nth / 4, nth % 4), streets, [SPOTS, &[]]);
    }
    let mut registry = Registry::new("oldtown.test");
    for (local, roles) in GUESTS {
        let address = cast::address(local);
        if let Some(account) = accounts.iter().find(|account| account.user.email.as_ref() == Some(&address)) {
            registry.reserve(account.name);
            // They came to the estate first, so that is where they start.
            world.add_person(dice, account.user.id, account.name, roles, founded + TimeDelta::days(2));
        }
    }
    for role in [Role::Dispatcher, Role::Dispatcher, Role::Supervisor, Role::Manager] {
        cast::add_colleague(&mut world, dice, &mut registry, &[role], founded);
    }
    let pro = world.with_role(Role::Professional).first().copied();
    cast::add_workers(&mut world, dice, &mut registry, cast::CITY_TRADES, pro, founded);
    for _ in 0..CITIZENS {
        cast::add_colleague(&mut world, dice, &mut registry, &[Role::Resident], founded);
    }
    world
}

/// The closed ring of a quarter. Neighbours share their corners and the bends between them, so nothing overlaps.
fn ring(row: usize, column: usize) -> Vec<[f64; 2]> {
    let corners = [
        CORNERS[row][column],
        CORNERS[row][column + 1],
        CORNERS[row + 1][column + 1],
        CORNERS[row + 1][column],
    ];
    let mut ring = Vec::new();
    for (nth, from) in corners.iter().enumerate() {
        ring.push(*from);
        ring.push(bend(*from, corners[(nth + 1) % 4]));
    }
    ring.push(corners[0]);
    ring
}

/// Where the border between two corners bends, the same from both sides.
fn bend(from: [f64; 2], to: [f64; 2]) -> [f64; 2] {
    let (sum_lng, sum_lat) = (from[0] + to[0], from[1] + to[1]);
    let sway = ((sum_lng * 7919.0).sin() * 0.00022, (sum_lat * 6007.0).cos() * 0.00016);
    let at = super::world::rounded(sum_lng / 2.0 + sway.0, sum_lat / 2.0 + sway.1);
    [at.lng, at.lat]
}
