//! What else citizens report from the streets.

use super::{Season, Topic, outside};
use crate::demo::photos::Scene;

pub const TOPICS: &[Topic] = &[
    Topic {
        code: "waste",
        weight: 190,
        season: Season::Hot,
        templates: &[
            outside(
                Scene::Bins,
                "Containers overflowing in {street}|Rubbish around the containers, {street}|Full containers {since}",
                "Bags are piled up around them {since} and the gulls tear them open.",
            ),
            outside(
                Scene::Mattress,
                "Mattress and furniture on the pavement|Furniture dumped in {street}|Old mattress in {street}",
                "In front of number 28 in {street} {since}. One has to walk on the road.",
            ),
            outside(
                Scene::Bags,
                "Rubbish bags put out at noon|Shops put their rubbish out too early",
                "The shops in {street} put out their bags at midday, it stinks {when}.",
            ),
            outside(
                Scene::Bags,
                "Building rubble dumped|Sacks of rubble in {street}",
                "{count} sacks of rubble lie at the foot of the steps.",
            ),
            outside(
                Scene::Bins,
                "Litter bin torn off",
                "The bin at the bus stop in {street} lies on the ground, everything is flying about.",
            ),
            outside(
                Scene::Bags,
                "Broken glass after the weekend",
                "The whole square by {street} is full of bottles and shards on Sunday mornings.",
            ),
            outside(
                Scene::Bins,
                "Underground container jammed",
                "The flap for glass does not open, so people leave the bottles beside it.",
            ),
        ],
        fixes: &[
            "Emptied in an extra round and washed; one more container from next week.",
            "Collected by the bulky waste team.",
            "Spoke to the shops about the hours, area cleaned.",
            "Rubble removed and reported to the municipal police.",
            "New bin mounted on the lamp post.",
            "Swept by hand and washed with the small machine.",
        ],
        parts: &["a litter bin of 50 litres", "the flap mechanism"],
    },
    Topic {
        code: "water-sewer",
        weight: 70,
        season: Season::Cold,
        templates: &[
            outside(
                Scene::Manhole,
                "Water comes up through the manhole",
                "Since the heavy rain water has been bubbling out of the cover in {street} and runs into the shops.",
            ),
            outside(
                Scene::Puddle,
                "Water main leaking in {street}",
                "Clear water runs down the hill day and night {since}.",
            ),
            outside(
                Scene::Manhole,
                "Manhole cover missing",
                "There is an open hole on the {side} side of {street}. We have put a chair on it.",
            ),
            outside(
                Scene::Manhole,
                "Sewage smell from the drain",
                "It is unbearable {when}, the restaurant had to move its tables inside.",
            ),
            outside(
                Scene::Puddle,
                "Blocked gully, street under water",
                "The gully is full of leaves, after each rain there is a lake {size} deep at the kerb.",
            ),
            outside(
                Scene::Tap,
                "Public fountain runs over",
                "The basin of the old fountain in {street} overflows onto the steps, green and slippery.",
            ),
        ],
        fixes: &[
            "Sewer flushed over 60 metres, roots cut out.",
            "Main closed for three hours, collar fitted, road surface restored.",
            "New cover set and locked.",
            "Odour trap fitted and line disinfected.",
            "Gully emptied with the suction truck.",
            "Float valve of the fountain replaced, steps washed.",
        ],
        parts: &["a repair collar DN 100", "the odour trap"],
    },
    Topic {
        code: "trees",
        weight: 80,
        season: Season::Growing,
        templates: &[
            outside(
                Scene::Branch,
                "Broken branch above the pavement|Branch about to fall, {street}",
                "A branch as thick as an arm hangs in the crown of the plane tree in {street}.",
            ),
            outside(
                Scene::Tree,
                "Dead tree at {street}",
                "It had no leaves this year and the bark is coming off.",
            ),
            outside(
                Scene::Tree,
                "Branches reach into the windows",
                "On the {floor} floor we can no longer open our shutters.",
            ),
            outside(
                Scene::Tree,
                "Empty tree pit",
                "The tree was felled last year and the pit is being used as an ashtray. Will a new one be planted?",
            ),
            outside(
                Scene::Branch,
                "Tree fell onto the wall",
                "After the storm it leans on the wall of {street}, the path below is not safe.",
            ),
            outside(
                Scene::Tree,
                "Sticky leaves and aphids",
                "Everything under the lime trees is covered with a sticky film, cars, benches and people.",
            ),
        ],
        fixes: &[
            "Dead wood removed with the platform, crown checked.",
            "Felled; a new hornbeam will be planted in February.",
            "Cut back from the façade by two metres.",
            "New tree planted with watering bag and guard.",
            "Tree removed, wall inspected, no damage.",
        ],
        parts: &["a young tree of 18 cm girth", "the tree guard"],
    },
    Topic {
        code: "noise",
        weight: 70,
        season: Season::Hot,
        templates: &[
            outside(
                Scene::Speaker,
                "Music until four in the morning|Loud bar in {street} {when}",
                "The bar in {street} leaves its door open {when}, the bass can be felt in bed.",
            ),
            outside(
                Scene::Speaker,
                "Deliveries at five in the morning",
                "Lorries with running cooling units stand under our windows in {street}.",
            ),
            outside(
                Scene::Speaker,
                "Street musician with amplifier",
                "The same four songs from noon to ten at night, {since}.",
            ),
            outside(
                Scene::AirCon,
                "Roaring ventilation on the roof",
                "The kitchen exhaust of the restaurant runs {when}, I measured 68 dB at the window.",
            ),
            outside(
                Scene::Speaker,
                "Building works before seven",
                "They start the breaker at half past six, Saturdays as well.",
            ),
            outside(
                Scene::Manhole,
                "Loose cover bangs with every car",
                "In {street} the cover bangs all night long, right in the bend.",
            ),
        ],
        fixes: &[
            "Visited twice at night with the meter; the owner has fitted a limiter and a second door.",
            "Delivery hours agreed in writing, from seven on.",
            "Musicians informed about the rules, officers check the spot.",
            "Exhaust fitted with a silencer, 49 dB measured.",
            "Cover bedded on a rubber ring.",
        ],
        parts: &["a rubber ring for the cover", "a sound limiter"],
    },
    Topic {
        code: "vandalism",
        weight: 96,
        season: Season::Always,
        templates: &[
            outside(
                Scene::Graffiti,
                "Graffiti on the tiled façade|Historic tiles sprayed in {street}",
                "Somebody sprayed over the historic tiles in {street}, about two metres wide.",
            ),
            outside(Scene::Bench, "Bench smashed in {street}", "Two slats are broken and nails stick out."),
            outside(
                Scene::Window,
                "Bus shelter glass broken",
                "The pane is in a thousand pieces on the seats and the ground.",
            ),
            outside(
                Scene::Graffiti,
                "Stickers and paint on the monument",
                "The base of the statue is covered with stickers and a blue tag.",
            ),
            outside(
                Scene::Railing,
                "Railing of the steps bent",
                "The iron railing beside the stairs has been bent outwards, it has a gap big enough for a child.",
            ),
            outside(
                Scene::Playground,
                "Playground set on fire",
                "The rubber floor under the climbing frame is burnt {size}.",
            ),
        ],
        fixes: &[
            "Removed with a compress, tiles undamaged, protective wax applied.",
            "Slats replaced, bench anchored.",
            "Pane replaced, shards vacuumed up.",
            "Stickers removed with steam, stone cleaned.",
            "Railing straightened, welded and painted.",
            "Floor cut out and cast anew, open again.",
        ],
        parts: &["toughened glass for the shelter", "rubber granulate"],
    },
    Topic {
        code: "other",
        weight: 60,
        season: Season::Always,
        templates: &[
            outside(
                Scene::Car,
                "Abandoned car in {street}",
                "It has stood there {since} with a flat tyre and an open window.",
            ),
            outside(
                Scene::Bollard,
                "Scooters block the pavement",
                "{count} rental scooters lie across the pavement, no way through with a wheelchair.",
            ),
            outside(
                Scene::Wasps,
                "Pigeon feeding at the fountain",
                "Somebody empties bags of bread there every morning, the square is white with droppings.",
            ),
            outside(
                Scene::Mailbox,
                "Public notice board out of date",
                "The map at {street} shows a bus line that stopped years ago.",
            ),
            outside(
                Scene::Door,
                "Public toilet locked",
                "It should be open until eight, but it has been shut {since}.",
            ),
            outside(
                Scene::Tap,
                "Drinking fountain does not work",
                "In this heat it would be badly needed, {street}, by the steps.",
            ),
        ],
        fixes: &[
            "Owner notified, car removed by the tow service.",
            "Operator has taken them away, a parking bay for scooters is being marked.",
            "Area washed, signs put up.",
            "New map printed and mounted.",
            "Lock repaired, opening hours on the door.",
            "Valve replaced, water tested and running.",
        ],
        parts: &["the push valve", "a printed panel"],
    },
];
