//! What is shared: gardens, cleaning, parking.

use super::{Season, Topic, home, inside, outside};
use crate::demo::photos::Scene;

pub const TOPICS: &[Topic] = &[
    Topic {
        code: "pest-control",
        weight: 30,
        season: Season::Hot,
        templates: &[
            home(
                Scene::Ants,
                "Ants in the {room}",
                "A whole trail of ants comes out of the gap by the window {since}. Bait from the shop changes nothing.",
            ),
            home(
                Scene::Ants,
                "Cockroaches in the kitchen {when}",
                "I have seen {count} this week, always near the drain. It cannot be the cleanliness.",
            ),
            outside(
                Scene::Bins,
                "Rats near {corner}",
                "I saw {count} of them in broad daylight, they live under the bin platform.",
            ),
            outside(
                Scene::Wasps,
                "Wasp nest above {corner}",
                "The nest is as big as a football. Somebody has been stung already.",
            ),
            home(
                Scene::Ants,
                "Silverfish in the bathroom",
                "They come out of the joint along the bath {when}. More and more of them.",
            ),
            outside(
                Scene::Wasps,
                "Pigeons nest on the ledge",
                "The ledge above the entrance is covered with droppings. Could we have spikes or a net there?",
            ),
        ],
        fixes: &[
            "Gel bait placed in three spots, entry sealed. Second visit in two weeks is planned.",
            "Drains treated, traps set in the kitchen and the shaft; leaflet left.",
            "Bait stations placed and burrows closed, check every week for a month.",
            "Nest removed at dusk, ledge treated.",
            "Ledge cleaned and disinfected, net mounted.",
        ],
        parts: &["bait stations with locks", "a pigeon net of 12 square metres"],
    },
    Topic {
        code: "cleaning",
        weight: 58,
        season: Season::Always,
        templates: &[
            outside(
                Scene::Bins,
                "Bins overflowing at {corner}|Rubbish piled up at {corner}|Bins full {since}",
                "The bins have been full {since}; bags are lying beside them and it smells.",
            ),
            inside(
                Scene::Puddle,
                "Sticky floor in the lift lobby",
                "Something was spilled in the lobby on the {floor} floor and never wiped up.",
            ),
            outside(
                Scene::Graffiti,
                "Graffiti at {corner}",
                "Somebody has sprayed large letters on the wall during the night.",
            ),
            outside(
                Scene::Puddle,
                "Dog mess on the path by {corner}|Dog dirt again at {corner}",
                "It is there almost every morning now. Could you clean it and remind people?",
            ),
            outside(
                Scene::Bins,
                "Bulky waste left at {corner}|Old furniture dumped at {corner}",
                "A mattress and {count} chairs have been standing there {since}.",
            ),
            inside(
                Scene::Window,
                "Stairwell windows very dirty",
                "The windows on the {floor} floor have not been cleaned for months, hardly any light comes in.",
            ),
            outside(
                Scene::Puddle,
                "Broken glass on the steps",
                "A bottle broke at {corner}. Children walk there barefoot from the pool.",
            ),
        ],
        fixes: &[
            "Bins emptied, platform washed with the pressure washer.",
            "Floor machine-cleaned and degreased.",
            "Removed with graffiti gel, wall coated so that it comes off easier next time.",
            "Cleaned; a bag dispenser has been put up.",
            "Collected with the van and taken to the recycling yard.",
            "Swept twice and rinsed, no glass left.",
        ],
        parts: &["graffiti remover", "a new 1100 litre bin"],
    },
    Topic {
        code: "garden",
        weight: 48,
        season: Season::Growing,
        templates: &[
            outside(
                Scene::Branch,
                "Branch hangs over the path at {corner}",
                "A thick branch has cracked {since} and hangs just above head height.",
            ),
            outside(
                Scene::Hedge,
                "Hedge grows over the pavement",
                "At {corner} one has to step onto the road because of the hedge, with a pram there is no way through.",
            ),
            outside(
                Scene::Sprinkler,
                "Sprinkler waters the street",
                "The sprinkler by {corner} points at the road and the cars and not at the lawn {when}.",
            ),
            outside(
                Scene::Sprinkler,
                "Irrigation does not start",
                "The beds near {corner} are dry and the new plants are dying.",
            ),
            outside(
                Scene::Branch,
                "Fallen tree after the storm",
                "A small tree lies across the path near {corner}. One has to climb over it.",
            ),
            outside(
                Scene::Hedge,
                "Palm fronds hang in the lamp",
                "The fronds cover the street lamp at {corner} so that the path is dark.",
            ),
            home(
                Scene::Hedge,
                "Ivy grows into our shutters",
                "The ivy on the {side} wall has reached the windows of the {room}. Could the gardeners cut it back?",
            ),
            outside(
                Scene::Playground,
                "Sand in the playground needs changing",
                "It is full of leaves and cigarette ends. Parents keep their children out of it.",
            ),
        ],
        fixes: &[
            "Branch taken down in pieces, cut treated, wood removed.",
            "Hedge cut back to the kerb and topped at 1.60 m.",
            "Nozzle replaced and angle set, tested one cycle.",
            "Valve of circuit 4 was stuck; cleaned and controller reprogrammed.",
            "Trunk cut up and taken away, path swept, root hole filled.",
            "Sand exchanged to a depth of 40 cm and sieved edges.",
        ],
        parts: &["a solenoid valve", "nozzles with 180 degrees"],
    },
    Topic {
        code: "common-area",
        weight: 44,
        season: Season::Always,
        templates: &[
            outside(
                Scene::Bench,
                "Bench at {corner} wobbles",
                "Two of its bolts are missing, it tips when somebody sits on the {side} end.",
            ),
            outside(
                Scene::Playground,
                "Swing chain is worn",
                "One link of the {side} swing is almost worn through. I have tied it up so that nobody uses it.",
            ),
            outside(
                Scene::Pool,
                "Pool water is cloudy",
                "One can no longer see the bottom at the deep end {since}. Several parents have asked about it.",
            ),
            inside(
                Scene::Mailbox,
                "Parcel shelf in the lobby is broken",
                "The shelf came off the wall under a heavy parcel. The plugs have been pulled out.",
            ),
            inside(
                Scene::Mailbox,
                "Notice board glass is loose",
                "The pane of the notice board at {corner} rattles and could fall out.",
            ),
            outside(
                Scene::Pool,
                "Shower at the pool runs non-stop",
                "The push button is stuck {since}, the water runs all day.",
            ),
            outside(
                Scene::Playground,
                "Slide has a sharp edge",
                "The joint at the bottom of the slide has opened. {who} has a cut on the hand.",
            ),
        ],
        fixes: &[
            "Bolts replaced and feet anchored anew.",
            "Both chains replaced, shackles secured, inspected the whole playground.",
            "Filter backwashed, chlorine and pH corrected; clear again, values on the board.",
            "Shelf mounted with through bolts, carries 80 kg.",
            "New clips and safety film on the pane.",
            "Push valve replaced, runs for twenty seconds now.",
        ],
        parts: &["stainless chains", "a self-closing shower valve", "filter sand"],
    },
    Topic {
        code: "parking",
        weight: 32,
        season: Season::Always,
        templates: &[
            outside(
                Scene::Barrier,
                "Barrier does not open with my tag",
                "I have to ring the guard every time {since}. The tag of my wife works.",
            ),
            outside(
                Scene::Car,
                "Car without plates stands at {corner}",
                "It has not moved for weeks and has two flat tyres.",
            ),
            outside(
                Scene::Car,
                "Someone parks in my place {when}",
                "A grey estate car stands in our numbered place {when}. I have left a note twice.",
            ),
            outside(
                Scene::Barrier,
                "Barrier arm broken off",
                "Somebody drove through it; the arm lies on the grass.",
            ),
            outside(
                Scene::Car,
                "Oil stain in the garage",
                "There is a large oil stain near {corner}, very slippery on the ramp.",
            ),
            outside(
                Scene::Barrier,
                "Garage door opens too slowly",
                "There is a queue out to the road in the mornings. It used to be twice as fast.",
            ),
        ],
        fixes: &[
            "Tag programmed anew and reader cleaned.",
            "Owner found through the police, car has been towed.",
            "Spoke to the owner of the car; visitors' places are marked more clearly now.",
            "New arm with breakaway joint fitted.",
            "Degreased and covered with binder, washed the day after.",
            "Springs balanced and speed set, opens in nine seconds.",
        ],
        parts: &["the barrier arm of 4 metres", "a pair of door springs"],
    },
];
