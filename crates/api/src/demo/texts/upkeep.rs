//! What keeps homes and grounds in shape.

use super::{Season, Topic, home, shared};
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
            shared(
                Scene::Bench,
                "Bench at {corner} has a broken slat",
                "One slat is split lengthwise and a screw sticks out. {who} tore a coat on it.",
            ),
            home(
                Scene::Cabinet,
                "Worktop swollen next to the sink",
                "The edge has come up by half a centimetre and the laminate is lifting.",
            ),
            shared(
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
            shared(
                Scene::Wall,
                "Stairwell walls badly scuffed",
                "Since the last move there are black marks from the ground to the {floor} floor.",
            ),
            home(
                Scene::Ceiling,
                "Yellow stain left after the leak",
                "The leak upstairs was repaired in summer, but the stain in the {room} is still there. Could it be painted over now?",
            ),
            shared(
                Scene::Railing,
                "Railing rusts through the paint",
                "At {corner} the paint blisters and rust runs down the wall.",
            ),
            shared(
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
            shared(
                Scene::Tile,
                "Loose step at {corner}",
                "The stone of the second step wobbles. {who} stumbled there.",
            ),
            home(
                Scene::Parquet,
                "Floor creaks loudly in the hallway",
                "One board creaks so much that it wakes the children {when}.",
            ),
            shared(
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
            shared(
                Scene::Bins,
                "Rats near {corner}",
                "I saw {count} of them in broad daylight, they live under the bin platform.",
            ),
            shared(
                Scene::Wasps,
                "Wasp nest above {corner}",
                "The nest is as big as a football. Somebody has been stung already.",
            ),
            home(
                Scene::Ants,
                "Silverfish in the bathroom",
                "They come out of the joint along the bath {when}. More and more of them.",
            ),
            shared(
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
            shared(
                Scene::Bins,
                "Bins overflowing at {corner}",
                "The bins have been full {since}; bags are lying beside them and it smells.",
            ),
            shared(
                Scene::Puddle,
                "Sticky floor in the lift lobby",
                "Something was spilled in the lobby on the {floor} floor and never wiped up.",
            ),
            shared(
                Scene::Graffiti,
                "Graffiti at {corner}",
                "Somebody has sprayed large letters on the wall during the night.",
            ),
            shared(
                Scene::Puddle,
                "Dog mess on the path by {corner}",
                "It is there almost every morning now. Could you clean it and remind people?",
            ),
            shared(
                Scene::Bins,
                "Bulky waste left at {corner}",
                "A mattress and {count} chairs have been standing there {since}.",
            ),
            shared(
                Scene::Window,
                "Stairwell windows very dirty",
                "The windows on the {floor} floor have not been cleaned for months, hardly any light comes in.",
            ),
            shared(
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
            shared(
                Scene::Branch,
                "Branch hangs over the path at {corner}",
                "A thick branch has cracked {since} and hangs just above head height.",
            ),
            shared(
                Scene::Hedge,
                "Hedge grows over the pavement",
                "At {corner} one has to step onto the road because of the hedge, with a pram there is no way through.",
            ),
            shared(
                Scene::Sprinkler,
                "Sprinkler waters the street",
                "The sprinkler by {corner} points at the road and the cars and not at the lawn {when}.",
            ),
            shared(
                Scene::Sprinkler,
                "Irrigation does not start",
                "The beds near {corner} are dry and the new plants are dying.",
            ),
            shared(
                Scene::Branch,
                "Fallen tree after the storm",
                "A small tree lies across the path near {corner}. One has to climb over it.",
            ),
            shared(
                Scene::Hedge,
                "Palm fronds hang in the lamp",
                "The fronds cover the street lamp at {corner} so that the path is dark.",
            ),
            home(
                Scene::Hedge,
                "Ivy grows into our shutters",
                "The ivy on the {side} wall has reached the windows of the {room}. Could the gardeners cut it back?",
            ),
            shared(
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
            shared(
                Scene::Bench,
                "Bench at {corner} wobbles",
                "Two of its bolts are missing, it tips when somebody sits on the {side} end.",
            ),
            shared(
                Scene::Playground,
                "Swing chain is worn",
                "One link of the {side} swing is almost worn through. I have tied it up so that nobody uses it.",
            ),
            shared(
                Scene::Pool,
                "Pool water is cloudy",
                "One can no longer see the bottom at the deep end {since}. Several parents have asked about it.",
            ),
            shared(
                Scene::Mailbox,
                "Parcel shelf in the lobby is broken",
                "The shelf came off the wall under a heavy parcel. The plugs have been pulled out.",
            ),
            shared(
                Scene::Mailbox,
                "Notice board glass is loose",
                "The pane of the notice board at {corner} rattles and could fall out.",
            ),
            shared(
                Scene::Pool,
                "Shower at the pool runs non-stop",
                "The push button is stuck {since}, the water runs all day.",
            ),
            shared(
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
            shared(
                Scene::Barrier,
                "Barrier does not open with my tag",
                "I have to ring the guard every time {since}. The tag of my wife works.",
            ),
            shared(
                Scene::Car,
                "Car without plates stands at {corner}",
                "It has not moved for weeks and has two flat tyres.",
            ),
            shared(
                Scene::Car,
                "Someone parks in my place {when}",
                "A grey estate car stands in our numbered place {when}. I have left a note twice.",
            ),
            shared(
                Scene::Barrier,
                "Barrier arm broken off",
                "Somebody drove through it; the arm lies on the grass.",
            ),
            shared(
                Scene::Car,
                "Oil stain in the garage",
                "There is a large oil stain near {corner}, very slippery on the ramp.",
            ),
            shared(
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
