//! What keeps homes in shape.

use super::{Season, Topic, home, inside, outside};
use crate::demo::photos::Scene;

pub const TOPICS: &[Topic] = &[
    Topic {
        code: "appliance-repair",
        weight: 34,
        season: Season::Always,
        templates: &[
            home(
                Scene::Oven,
                "Oven does not get hot",
                "The built-in oven stays at about 80 degrees whatever I set. The light and the fan work.",
            ),
            home(
                Scene::Washer,
                "Washing machine stops before spinning",
                "It stands still with the water inside and shows three blinking lights. This is the machine that belongs to the flat.",
            ),
            home(
                Scene::Washer,
                "Dishwasher leaves water at the bottom",
                "After every programme there are two fingers of water inside. The filter is clean.",
            ),
            home(
                Scene::Oven,
                "Extractor hood makes a terrible noise",
                "It grinds on level two and three {since}. Level one still works, but hardly draws any air.",
            ),
            home(
                Scene::Fridge,
                "Fridge is warm at the back",
                "The freezer works, but milk turns sour within two days. There is ice behind the {side} panel.",
            ),
            home(
                Scene::Oven,
                "One ring of the hob is dead",
                "The front {side} ring does not react {since}. The glass is not cracked.",
            ),
        ],
        fixes: &[
            "Lower heating element replaced, oven reaches 220 degrees in nine minutes.",
            "Drain pump was blocked by a coin. Removed, full programme run.",
            "Fan motor of the hood replaced and grease filter renewed.",
            "Thermostat and door seal replaced, 5 degrees measured after three hours.",
            "Radiant element of the ring replaced, all four tested.",
        ],
        parts: &["the heating element", "a drain pump", "the fan motor"],
    },
    Topic {
        code: "carpentry",
        weight: 28,
        season: Season::Always,
        templates: &[
            home(
                Scene::Cabinet,
                "Kitchen cupboard door came off",
                "The upper hinge has torn out of the chipboard. I have leaned the door against the wall.",
            ),
            home(
                Scene::Cabinet,
                "Drawer in the {room} is stuck",
                "The built-in drawer cannot be pulled out further than a hand {since}. The runner is bent.",
            ),
            home(
                Scene::Door,
                "Door of the {room} scrapes",
                "It touches the floor and can only be closed with force. It started {since}.",
            ),
            outside(
                Scene::Bench,
                "Bench at {corner} has a broken slat",
                "One slat is split lengthwise and a screw sticks out. {who} tore a coat on it.",
            ),
            home(
                Scene::Cabinet,
                "Worktop swollen next to the sink",
                "The edge has come up by half a centimetre and the laminate is lifting.",
            ),
            inside(
                Scene::Railing,
                "Wooden handrail splintered on the {floor} floor",
                "There are long splinters on the {side} side of the handrail, at the height of children's hands.",
            ),
        ],
        fixes: &[
            "Hinge set with repair plate, door adjusted, soft close works again.",
            "Both runners replaced, drawer runs over its full length.",
            "Door planed by 4 mm and sealed underneath.",
            "Three slats replaced in hardwood, all screws countersunk, oiled.",
            "Edge cut back, new strip glued and sealed.",
        ],
        parts: &["a pair of drawer runners", "hardwood slats", "the worktop strip"],
    },
    Topic {
        code: "painting",
        weight: 24,
        season: Season::Hot,
        templates: &[
            home(
                Scene::Wall,
                "Paint peels off in the {room}",
                "It comes off in flakes {size} above the skirting board. The wall feels dry.",
            ),
            inside(
                Scene::Wall,
                "Stairwell walls badly scuffed",
                "Since the last move there are black marks from the ground to the {floor} floor.",
            ),
            home(
                Scene::Ceiling,
                "Yellow stain left after the leak",
                "The leak upstairs was repaired in summer, but the stain in the {room} is still there. Could it be painted over now?",
            ),
            outside(
                Scene::Railing,
                "Railing rusts through the paint",
                "At {corner} the paint blisters and rust runs down the wall.",
            ),
            outside(
                Scene::Wall,
                "Parking lines hardly visible",
                "The lines near {corner} have worn off, people park across two places.",
            ),
            home(
                Scene::Wall,
                "Mould spots in the corner of the {room}",
                "Small black spots come back although I wipe them off every month. We air the room twice a day.",
            ),
        ],
        fixes: &[
            "Loose paint scraped off, primed and painted twice in the same white.",
            "Stairwell washed and painted up to shoulder height with washable paint.",
            "Stain blocker and two coats on the whole ceiling.",
            "Rust ground off, primer and two coats of iron paint.",
            "Treated with anti-mould solution and silicate paint; leaflet about airing left.",
        ],
        parts: &["washable paint in the house colour", "rust primer"],
    },
    Topic {
        code: "flooring",
        weight: 22,
        season: Season::Always,
        templates: &[
            home(
                Scene::Tile,
                "Cracked tile in the {wet}",
                "One tile is broken right through and the pieces move. We have cut our feet on it already.",
            ),
            home(
                Scene::Parquet,
                "Parquet lifts in the {room}",
                "Several boards stand up by half a centimetre {since}, an area {size}.",
            ),
            outside(
                Scene::Tile,
                "Loose step at {corner}",
                "The stone of the second step wobbles. {who} stumbled there.",
            ),
            home(
                Scene::Parquet,
                "Floor creaks loudly in the hallway",
                "One board creaks so much that it wakes the children {when}.",
            ),
            inside(
                Scene::Tile,
                "Tiles missing in the lobby",
                "{count} tiles have come off near {corner}; the edges are sharp.",
            ),
            home(
                Scene::Tile,
                "Joints washed out in the shower",
                "The grout between the floor tiles is gone in places and water gets under them.",
            ),
        ],
        fixes: &[
            "Tile replaced from the reserve in the cellar, grouted. Please do not step on it until tomorrow.",
            "Boards taken up, subfloor dried and levelled, boards laid again and sanded.",
            "Step bedded in new mortar, edge strip screwed on.",
            "Tiles laid again and grouted, barrier removed.",
            "Grout scraped out and renewed with epoxy.",
        ],
        parts: &["matching tiles", "oak boards 14 mm", "the anti-slip edge strip"],
    },
];
