//! What citizens report of roads and their lights.

use super::{Season, Topic, outside};
use crate::demo::photos::Scene;

pub const TOPICS: &[Topic] = &[
    Topic {
        code: "pothole",
        weight: 150,
        season: Season::Cold,
        templates: &[
            outside(
                Scene::Pothole,
                "Deep pothole in {street}|Pothole, {street}|Dangerous hole in the road",
                "In the middle of the lane, {size} and deep enough to bend a rim. Scooters swerve into the oncoming traffic.",
            ),
            outside(
                Scene::Pothole,
                "Cobblestones missing, {street}|Loose paving stones in {street}",
                "{count} stones have come out and lie beside the hole. {who} fell here.",
            ),
            outside(
                Scene::Pothole,
                "Road sinks at the drain cover|Drain cover far too low, {street}",
                "The cover stands {size} lower than the road. Every bus makes the windows shake.",
            ),
            outside(
                Scene::Tile,
                "Pavement slabs lifted by roots",
                "On the {side} side the slabs stand up like a ramp; prams and wheelchairs cannot pass.",
            ),
            outside(
                Scene::Pothole,
                "Trench of the cable works not closed properly",
                "The strip across {street} has sunk {since}. Cyclists get caught in it.",
            ),
            outside(
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
            outside(
                Scene::RoadSign,
                "Traffic sign bent over in {street}",
                "The no-entry sign points at the ground; {count} cars came up the wrong way this morning.",
            ),
            outside(
                Scene::RoadSign,
                "Street name plate missing",
                "The plate at the corner of {street} has been gone {since}. Tourists and couriers keep asking.",
            ),
            outside(
                Scene::RoadSign,
                "Stop sign hidden by branches",
                "One sees it only from two metres away.",
            ),
            outside(
                Scene::Bollard,
                "Bollard knocked down in {street}",
                "It lies on the pavement, and vans now drive where people walk.",
            ),
            outside(
                Scene::RoadSign,
                "Zebra crossing worn off",
                "In front of the school the stripes are hardly visible, above all in the rain.",
            ),
            outside(
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
            outside(
                Scene::TrafficLight,
                "Traffic light out at {street}",
                "All directions are dark {since}; drivers just push through.",
            ),
            outside(
                Scene::TrafficLight,
                "Pedestrian light never turns green",
                "I waited for ten minutes, the button does not react.",
            ),
            outside(
                Scene::TrafficLight,
                "Red lamp burnt out",
                "Coming uphill one cannot see whether it is red, only green and amber work.",
            ),
            outside(
                Scene::TrafficLight,
                "Green at the same time for both",
                "Cars and pedestrians have green together for some seconds. Very dangerous.",
            ),
            outside(
                Scene::TrafficLight,
                "Sound for the blind is switched off",
                "The ticking at the crossing with {street} has been silent {since}.",
            ),
            outside(
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
            outside(
                Scene::StreetLamp,
                "Street lamp dark in {street}|Lamp does not come on, {street}|No light in {street}",
                "The lamp opposite the bakery has not come on {since}. That stretch is really dark now.",
            ),
            outside(
                Scene::StreetLamp,
                "Whole row of lamps out|{street} in the dark",
                "{count} lamps in a row are dark in {street}, from the corner to the steps.",
            ),
            outside(
                Scene::StreetLamp,
                "Lamp flickers {when}|Flickering street lamp in {street}",
                "It goes on and off every few seconds, right in front of our bedroom.",
            ),
            outside(
                Scene::StreetLamp,
                "Lamp burns all day|Lantern on in bright sunshine",
                "The lantern in {street} is on in bright sunshine as well.",
            ),
            outside(
                Scene::Socket,
                "Door of the lamp post is open",
                "One can see the cables inside. Children play here.",
            ),
            outside(
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
];
