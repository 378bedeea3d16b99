//! What can wait.

use super::{Season, Topic, home, inside, outside};
use crate::demo::photos::Scene;

pub const TOPICS: &[Topic] = &[
    Topic {
        code: "general-maintenance",
        weight: 30,
        season: Season::Always,
        templates: &[
            home(
                Scene::Toolbox,
                "Please check the ventilation in the {wet}",
                "The fan runs but hardly draws a sheet of paper. The mirror stays fogged for an hour.",
            ),
            outside(
                Scene::Gutter,
                "Gutter full of leaves at {corner}",
                "When it rains the water shoots over the edge and down the wall.",
            ),
            home(
                Scene::Toolbox,
                "Balcony drain is slow",
                "After rain the water stands on the balcony for a day.",
            ),
            outside(
                Scene::Mailbox,
                "House number plate missing",
                "Couriers ask every day. The plate at {corner} has been gone {since}.",
            ),
            inside(
                Scene::Pump,
                "Clock of the stairwell lighting is an hour off",
                "The lights come on too late {when}, probably since the clocks changed.",
            ),
            home(
                Scene::Gutter,
                "Awning crank does not catch",
                "The crank turns without moving the awning on the {side} side.",
            ),
        ],
        fixes: &[
            "Duct cleaned and fan wheel washed, 60 cubic metres an hour measured.",
            "Gutter and downpipe cleared, leaf guard fitted.",
            "Drain opened with the spiral and grating replaced.",
            "New plate in the house style mounted.",
            "Timer replaced by one that follows the seasons.",
        ],
        parts: &["a leaf guard of 20 metres", "the awning gear"],
    },
    Topic {
        code: "cosmetic",
        weight: 18,
        season: Season::Always,
        templates: &[
            home(
                Scene::Wall,
                "Scratches on the door frame",
                "The movers left deep scratches on the {side} side of our entrance.",
            ),
            home(
                Scene::Cabinet,
                "Chip in the kitchen worktop",
                "A piece {size} has chipped off at the front edge.",
            ),
            inside(
                Scene::Wall,
                "Old notices and tape on the wall",
                "The wall by {corner} is full of tape marks and old screws.",
            ),
            home(
                Scene::Tile,
                "Discoloured joints in the {wet}",
                "The joints have turned brown and do not come clean.",
            ),
            inside(
                Scene::Mailbox,
                "Name plates do not match",
                "Half of the letter boxes have handwritten names. A uniform set would look so much better.",
            ),
            outside(
                Scene::Bench,
                "Planters at the entrance look shabby",
                "The paint is flaking off and two of them are cracked.",
            ),
        ],
        fixes: &[
            "Filled, sanded and touched up in the same colour.",
            "Edge repaired with hard wax, hardly to be seen.",
            "Wall cleaned, holes filled and painted.",
            "Joints cleaned with steam and coloured.",
            "New plates engraved for all households.",
        ],
        parts: &["engraved plates", "hard wax in stone grey"],
    },
    Topic {
        code: "minor-repairs",
        weight: 40,
        season: Season::Always,
        templates: &[
            home(
                Scene::Door,
                "Door handle in the {room} is loose|Handle comes off, {room} door",
                "It comes off in one's hand. The grub screw is missing.",
            ),
            home(
                Scene::Shower,
                "Towel rail fell off the wall",
                "Both plugs have come out in the {bath}, there are two holes {size} apart.",
            ),
            home(
                Scene::Cabinet,
                "Curtain rail came down in the {room}",
                "The plaster crumbles when I try to put the screws back.",
            ),
            inside(
                Scene::Railing,
                "Handrail bracket loose",
                "One bracket on the {floor} floor turns freely.",
            ),
            home(
                Scene::Mailbox,
                "Letter box flap hangs down",
                "The spring is gone, so the post gets wet when it rains.",
            ),
            outside(
                Scene::Bench,
                "Bicycle stand came loose",
                "The stand at {corner} can be lifted with the bicycle on it.",
            ),
            home(
                Scene::Toilet,
                "Toilet seat broken|Hinge of the toilet seat snapped",
                "The {side} hinge has snapped, the seat slides off.",
            ),
        ],
        fixes: &[
            "Handle fixed with a new pin and secured.",
            "Mounted again with chemical plugs, hangs firmly.",
            "Rail mounted into the lintel with longer screws.",
            "Bracket set with new anchor.",
            "Spring and hinge replaced.",
            "Seat replaced by one with metal hinges.",
        ],
        parts: &["the handle set", "anchors for hollow brick"],
    },
    Topic {
        code: "preventive-maintenance",
        weight: 22,
        season: Season::Always,
        templates: &[
            inside(
                Scene::Toolbox,
                "Yearly service of the booster pump",
                "Due this month according to the plan: oil, seals, pressure tank, test run. Room by {corner}.",
            ),
            inside(
                Scene::LiftPanel,
                "Monthly lift inspection",
                "Round of the lift company, with the check of the emergency call and the log entry.",
            ),
            inside(
                Scene::Extinguisher,
                "Half-yearly check of fire extinguishers",
                "All extinguishers between {corner} and the {floor} floor, with label and log.",
            ),
            outside(
                Scene::Gutter,
                "Clean gutters before the rainy season",
                "All roofs of the section, photos of the downpipes before and after.",
            ),
            inside(
                Scene::Boiler,
                "Service of the heating plant",
                "Burner, flue measurement, safety valves, water quality.",
            ),
            outside(
                Scene::Playground,
                "Quarterly playground inspection",
                "Chains, bolts, fall protection, wood; note what has to be replaced.",
            ),
        ],
        fixes: &[
            "Service done as planned, no findings. Next one is in the calendar.",
            "Inspection done; two small wear parts replaced, log signed.",
            "All checked and labelled, one cylinder exchanged.",
            "Cleaned along all roofs, photos attached.",
            "Values within the limits, measurement report filed.",
        ],
        parts: &["the service kit", "a set of seals"],
    },
    Topic {
        code: "other",
        weight: 22,
        season: Season::Always,
        templates: &[
            inside(
                Scene::Mailbox,
                "Wrong post in our boxes",
                "For weeks we have been getting the letters of the next building. Could a list be put up for the postman?",
            ),
            home(
                Scene::Speaker,
                "Loud humming {when}",
                "In the {room} one hears a deep hum {when}. I cannot tell where it comes from, perhaps from the pump.",
            ),
            outside(
                Scene::Toolbox,
                "Lost key ring found",
                "Found {count} keys with a red tag at {corner}, handed in at the gate.",
            ),
            outside(
                Scene::Bench,
                "More shade for the bench at {corner}",
                "In the afternoon nobody can sit there. A tree or a sail would be lovely.",
            ),
            home(
                Scene::Speaker,
                "Renovation noise on Sunday",
                "They have been drilling on the {floor} floor since eight on a Sunday. Could you remind them of the rules?",
            ),
            outside(
                Scene::Playground,
                "Ball stuck on the roof",
                "The children's ball, and by now two frisbees, lie on the flat roof by {corner}.",
            ),
        ],
        fixes: &[
            "Talked to the post office and put up a list of names.",
            "Traced to a loose cover of the ventilation; fixed with rubber.",
            "Handed over to the owner.",
            "Noted for the spring planting, the committee likes the idea.",
            "Spoke to the household, they will keep to the hours.",
            "Fetched with the ladder, three balls and two frisbees.",
        ],
        parts: &["a rubber mount", "the sun sail"],
    },
];
