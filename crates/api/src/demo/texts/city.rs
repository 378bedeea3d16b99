//! What citizens report from the streets.

use super::{Season, Topic, shared};
use crate::demo::photos::Scene;

pub const TOPICS: &[Topic] = &[
    Topic {
        code: "pothole",
        weight: 150,
        season: Season::Cold,
        templates: &[
            shared(
                Scene::Pothole,
                "Deep pothole in {street}",
                "In the middle of the lane, {size} and deep enough to bend a rim. Scooters swerve into the oncoming traffic.",
            ),
            shared(
                Scene::Pothole,
                "Cobblestones missing, {street}",
                "{count} stones have come out and lie beside the hole. {who} fell here.",
            ),
            shared(
                Scene::Pothole,
                "Road sinks at the drain cover",
                "The cover stands {size} lower than the road. Every bus makes the windows shake.",
            ),
            shared(
                Scene::Tile,
                "Pavement slabs lifted by roots",
                "On the {side} side the slabs stand up like a ramp; prams and wheelchairs cannot pass.",
            ),
            shared(
                Scene::Pothole,
                "Trench of the cable works not closed properly",
                "The strip across {street} has sunk {since}. Cyclists get caught in it.",
            ),
            shared(
                Scene::Pothole,
                "Broken kerb at the crossing",
                "The lowered kerb has crumbled, exactly where blind people cross.",
            ),
        ],
        fixes: &[
            "Cut out, filled with hot asphalt and rolled. Open to traffic.",
            "Stones set again in sand and jointed, 3 square metres.",
            "Cover raised and bedded in fast mortar.",
            "Slabs taken up, root barrier set, laid level again.",
        ],
        parts: &["granite stones of the old format", "a cover frame class D400"],
    },
    Topic {
        code: "road-sign",
        weight: 70,
        season: Season::Always,
        templates: &[
            shared(
                Scene::RoadSign,
                "Traffic sign bent over in {street}",
                "The no-entry sign points at the ground; {count} cars came up the wrong way this morning.",
            ),
            shared(
                Scene::RoadSign,
                "Street name plate missing",
                "The plate at the corner of {street} has been gone {since}. Tourists and couriers keep asking.",
            ),
            shared(Scene::RoadSign, "Stop sign hidden by branches", "One sees it only from two metres away."),
            shared(
                Scene::Bollard,
                "Bollard knocked down in {street}",
                "It lies on the pavement, and vans now drive where people walk.",
            ),
            shared(
                Scene::RoadSign,
                "Zebra crossing worn off",
                "In front of the school the stripes are hardly visible, above all in the rain.",
            ),
            shared(
                Scene::RoadSign,
                "Parking sign turned around",
                "The sign for loading hours faces the wall, so everybody gets fined.",
            ),
        ],
        fixes: &[
            "Post straightened and set in concrete, sign replaced.",
            "New plate in the historic lettering mounted.",
            "Branches cut back, sign cleaned.",
            "Bollard replaced by one with a flexible base.",
            "Stripes renewed in thermoplastic at night.",
        ],
        parts: &["the enamel plate", "a flexible bollard"],
    },
    Topic {
        code: "traffic-light",
        weight: 36,
        season: Season::Always,
        templates: &[
            shared(
                Scene::TrafficLight,
                "Traffic light out at {street}",
                "All directions are dark {since}; drivers just push through.",
            ),
            shared(
                Scene::TrafficLight,
                "Pedestrian light never turns green",
                "I waited for ten minutes, the button does not react.",
            ),
            shared(
                Scene::TrafficLight,
                "Red lamp burnt out",
                "Coming uphill one cannot see whether it is red, only green and amber work.",
            ),
            shared(
                Scene::TrafficLight,
                "Green at the same time for both",
                "Cars and pedestrians have green together for some seconds. Very dangerous.",
            ),
            shared(
                Scene::TrafficLight,
                "Sound for the blind is switched off",
                "The ticking at the crossing with {street} has been silent {since}.",
            ),
            shared(
                Scene::TrafficLight,
                "Signal head twisted by the wind",
                "The light for {street} now faces the houses.",
            ),
        ],
        fixes: &[
            "Controller restarted and fuse replaced; watched for ten cycles.",
            "Push button replaced and phase extended to 18 seconds.",
            "LED insert replaced.",
            "Programme corrected and conflict monitor tested.",
            "Head aligned and bolts secured.",
        ],
        parts: &["an LED insert 200 mm", "the push-button unit"],
    },
    Topic {
        code: "street-lighting",
        weight: 130,
        season: Season::Cold,
        templates: &[
            shared(
                Scene::StreetLamp,
                "Street lamp dark in {street}",
                "The lamp opposite the bakery has not come on {since}. That stretch is really dark now.",
            ),
            shared(
                Scene::StreetLamp,
                "Whole row of lamps out",
                "{count} lamps in a row are dark in {street}, from the corner to the steps.",
            ),
            shared(
                Scene::StreetLamp,
                "Lamp flickers {when}",
                "It goes on and off every few seconds, right in front of our bedroom.",
            ),
            shared(
                Scene::StreetLamp,
                "Lamp burns all day",
                "The lantern in {street} is on in bright sunshine as well.",
            ),
            shared(
                Scene::Socket,
                "Door of the lamp post is open",
                "One can see the cables inside. Children play here.",
            ),
            shared(
                Scene::StreetLamp,
                "Lantern hangs by one screw",
                "The old iron lantern at {street} swings in the wind, above the tables of the café.",
            ),
        ],
        fixes: &[
            "Replaced by an LED of 2700 K, checked at dusk.",
            "Cable fault between two posts found and repaired; whole row works.",
            "Igniter replaced, burns steadily.",
            "Light sensor replaced and cleaned.",
            "Door closed and sealed, earth measured.",
        ],
        parts: &["the lantern glass", "an LED module 2700 K"],
    },
    Topic {
        code: "waste",
        weight: 190,
        season: Season::Hot,
        templates: &[
            shared(
                Scene::Bins,
                "Containers overflowing in {street}",
                "Bags are piled up around them {since} and the gulls tear them open.",
            ),
            shared(
                Scene::Mattress,
                "Mattress and furniture on the pavement",
                "In front of number 28 in {street} {since}. One has to walk on the road.",
            ),
            shared(
                Scene::Bags,
                "Rubbish bags put out at noon",
                "The shops in {street} put out their bags at midday, it stinks {when}.",
            ),
            shared(
                Scene::Bags,
                "Building rubble dumped",
                "{count} sacks of rubble lie at the foot of the steps.",
            ),
            shared(
                Scene::Bins,
                "Litter bin torn off",
                "The bin at the bus stop in {street} lies on the ground, everything is flying about.",
            ),
            shared(
                Scene::Bags,
                "Broken glass after the weekend",
                "The whole square by {street} is full of bottles and shards on Sunday mornings.",
            ),
            shared(
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
            shared(
                Scene::Manhole,
                "Water comes up through the manhole",
                "Since the heavy rain water has been bubbling out of the cover in {street} and runs into the shops.",
            ),
            shared(
                Scene::Puddle,
                "Water main leaking in {street}",
                "Clear water runs down the hill day and night {since}.",
            ),
            shared(
                Scene::Manhole,
                "Manhole cover missing",
                "There is an open hole on the {side} side of {street}. We have put a chair on it.",
            ),
            shared(
                Scene::Manhole,
                "Sewage smell from the drain",
                "It is unbearable {when}, the restaurant had to move its tables inside.",
            ),
            shared(
                Scene::Puddle,
                "Blocked gully, street under water",
                "The gully is full of leaves, after each rain there is a lake {size} deep at the kerb.",
            ),
            shared(
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
            shared(
                Scene::Branch,
                "Broken branch above the pavement",
                "A branch as thick as an arm hangs in the crown of the plane tree in {street}.",
            ),
            shared(
                Scene::Tree,
                "Dead tree at {street}",
                "It had no leaves this year and the bark is coming off.",
            ),
            shared(
                Scene::Tree,
                "Branches reach into the windows",
                "On the {floor} floor we can no longer open our shutters.",
            ),
            shared(
                Scene::Tree,
                "Empty tree pit",
                "The tree was felled last year and the pit is being used as an ashtray. Will a new one be planted?",
            ),
            shared(
                Scene::Branch,
                "Tree fell onto the wall",
                "After the storm it leans on the wall of {street}, the path below is not safe.",
            ),
            shared(
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
            shared(
                Scene::Speaker,
                "Music until four in the morning",
                "The bar in {street} leaves its door open {when}, the bass can be felt in bed.",
            ),
            shared(
                Scene::Speaker,
                "Deliveries at five in the morning",
                "Lorries with running cooling units stand under our windows in {street}.",
            ),
            shared(
                Scene::Speaker,
                "Street musician with amplifier",
                "The same four songs from noon to ten at night, {since}.",
            ),
            shared(
                Scene::AirCon,
                "Roaring ventilation on the roof",
                "The kitchen exhaust of the restaurant runs {when}, I measured 68 dB at the window.",
            ),
            shared(
                Scene::Speaker,
                "Building works before seven",
                "They start the breaker at half past six, Saturdays as well.",
            ),
            shared(
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
            shared(
                Scene::Graffiti,
                "Graffiti on the tiled façade",
                "Somebody sprayed over the historic tiles in {street}, about two metres wide.",
            ),
            shared(Scene::Bench, "Bench smashed in {street}", "Two slats are broken and nails stick out."),
            shared(
                Scene::Window,
                "Bus shelter glass broken",
                "The pane is in a thousand pieces on the seats and the ground.",
            ),
            shared(
                Scene::Graffiti,
                "Stickers and paint on the monument",
                "The base of the statue is covered with stickers and a blue tag.",
            ),
            shared(
                Scene::Railing,
                "Railing of the steps bent",
                "The iron railing beside the stairs has been bent outwards, it has a gap big enough for a child.",
            ),
            shared(
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
            shared(
                Scene::Car,
                "Abandoned car in {street}",
                "It has stood there {since} with a flat tyre and an open window.",
            ),
            shared(
                Scene::Bollard,
                "Scooters block the pavement",
                "{count} rental scooters lie across the pavement, no way through with a wheelchair.",
            ),
            shared(
                Scene::Wasps,
                "Pigeon feeding at the fountain",
                "Somebody empties bags of bread there every morning, the square is white with droppings.",
            ),
            shared(
                Scene::Mailbox,
                "Public notice board out of date",
                "The map at {street} shows a bus line that stopped years ago.",
            ),
            shared(
                Scene::Door,
                "Public toilet locked",
                "It should be open until eight, but it has been shut {since}.",
            ),
            shared(
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
