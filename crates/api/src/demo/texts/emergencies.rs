//! What cannot wait.

use super::{Season, Topic, home, inside, outside};
use crate::demo::photos::Scene;

pub const TOPICS: &[Topic] = &[
    Topic {
        code: "electrical-emergency",
        weight: 14,
        season: Season::Always,
        templates: &[
            home(
                Scene::Socket,
                "Socket in the {room} sparks",
                "When I plugged in the kettle there was a bang and a blue flash. The socket in the {room} is black around the holes. I have switched off the breaker.",
            ),
            home(
                Scene::FuseBox,
                "Smell of burning from the fuse box",
                "There is a strong smell of burnt plastic near the fuse box in the hallway {since}. The cover feels warm.",
            ),
            home(
                Scene::FuseBox,
                "Whole flat without power",
                "Everything went dark at once. The neighbours have light. The main breaker does not stay up, it drops again immediately.",
            ),
            outside(
                Scene::Socket,
                "Open cable by {corner}",
                "A lamp has been torn off and {count} bare wires hang at the height of a child's head near {corner}.",
            ),
            home(
                Scene::Socket,
                "I got an electric shock from the {room} tap",
                "Touching the tap and the dishwasher at the same time gives a clear shock. We do not dare to use either of them.",
            ),
            inside(
                Scene::Corridor,
                "Staircase and lift without power",
                "The stairwell on the {floor} floor is pitch dark and the emergency lights went out after an hour. {who} nearly fell.",
            ),
        ],
        fixes: &[
            "Replaced the burnt socket and the last metre of cable, measured the insulation, all in order.",
            "A loose neutral in the distribution box was the cause. Tightened, checked with the thermal camera.",
            "Made the cable safe, fitted a new lamp with a guard and tested the breaker.",
            "Changed the main breaker and the residual current device, load spread over three phases.",
        ],
        parts: &["a 40 A residual current device", "the breaker for the old panel"],
    },
    Topic {
        code: "plumbing-emergency",
        weight: 22,
        season: Season::Cold,
        templates: &[
            home(
                Scene::Pipe,
                "Water is pouring out under the {wet} sink",
                "The pipe under the sink in the {wet} has burst. I closed the valve but it still runs, about a bucket every ten minutes.",
            ),
            home(
                Scene::Ceiling,
                "Water comes through the ceiling of the {room}",
                "Drops are falling from the ceiling lamp in the {room} and the stain is growing. Nobody opens upstairs.",
            ),
            inside(
                Scene::Puddle,
                "Burst pipe at {corner}",
                "Water is gushing out of the wall at {corner} and runs towards the lift. The floor is under water already.",
            ),
            home(
                Scene::Toilet,
                "Toilet overflows and does not stop",
                "The toilet in the {bath} overflows every time anybody in the house flushes. It is coming up from below.",
            ),
            home(
                Scene::Pipe,
                "Hot water pipe broken in the {wet}",
                "Hot water sprays from the joint behind the washing machine. I cannot reach the valve without getting scalded.",
            ),
            inside(
                Scene::Puddle,
                "Sewage in the basement corridor",
                "Black water stands about five centimetres deep in front of the store rooms {since} and it smells terrible.",
            ),
        ],
        fixes: &[
            "Cut out the cracked section of pipe and fitted a new one. Pressure held for half an hour.",
            "Cleared the main drain with the machine, wet wipes were the cause. Flushed through and disinfected.",
            "The flexible hose of the neighbour above had burst. Replaced; drying equipment is set up until Friday.",
            "Closed the riser, replaced the corroded joint, opened it again. No more drops after two hours.",
        ],
        parts: &["a 42 mm coupling", "the shut-off valve for the riser"],
    },
    Topic {
        code: "gas-leak",
        weight: 6,
        season: Season::Cold,
        templates: &[
            home(
                Scene::Gas,
                "Smell of gas in the {room}",
                "There is a faint but clear smell of gas {since}. The hob is off. I opened the windows and closed the tap at the meter.",
            ),
            outside(
                Scene::Gas,
                "It smells of gas by {corner}",
                "Whenever I pass {corner} it smells of gas, stronger {when}. Others have noticed it as well.",
            ),
            home(
                Scene::Gas,
                "Gas hob hisses although it is turned off",
                "The {side} burner keeps hissing after being turned off. I have closed the main tap and we are cooking with the kettle.",
            ),
            home(
                Scene::Boiler,
                "Boiler alarm: carbon monoxide",
                "The detector next to the boiler went off twice last night. We are staying with friends until somebody has checked it.",
            ),
            outside(
                Scene::Gas,
                "Gas meter cupboard damaged",
                "Somebody backed into the meter cupboard at {corner}. The door hangs loose and there is a smell.",
            ),
            home(
                Scene::Gas,
                "Gas hose behind the cooker is brittle",
                "While cleaning I saw that the hose has cracks all around. The date printed on it has long passed.",
            ),
        ],
        fixes: &[
            "Leak found at the union nut of the meter with foam spray. New seal, tightness test passed.",
            "Replaced the hose and the tap, tightness test with 150 mbar passed, report is in the file.",
            "Flue was blocked by a nest. Cleared, draught measured, detector reset and tested.",
        ],
        parts: &["the certified hose", "a seal set for the meter"],
    },
    Topic {
        code: "fire-safety",
        weight: 10,
        season: Season::Always,
        templates: &[
            inside(
                Scene::Extinguisher,
                "Fire extinguisher missing at {corner}",
                "The bracket at {corner} is empty {since}. Only the sign is still there.",
            ),
            inside(
                Scene::Extinguisher,
                "Extinguisher out of date",
                "The label of the extinguisher at {corner} says that the inspection was due in March.",
            ),
            inside(
                Scene::Door,
                "Fire door wedged open",
                "The fire door on the {floor} floor is held open with a brick again, and the closer has no force any more.",
            ),
            inside(
                Scene::Corridor,
                "Escape route sign does not light up",
                "The green sign above the exit at {corner} has been dark {since}.",
            ),
            home(
                Scene::Ceiling,
                "Smoke detector beeps all night",
                "The detector in the {room} beeps every minute and cannot be silenced. New batteries did not help.",
            ),
            inside(
                Scene::Extinguisher,
                "Escape stairs blocked with furniture",
                "Somebody has put a sofa and {count} boxes on the landing of the {floor} floor. There is hardly room to pass.",
            ),
        ],
        fixes: &[
            "New extinguisher hung up and sealed, entered in the log.",
            "Replaced the door closer, the door now shuts by itself from any angle.",
            "Sign has a new battery and tube, one-hour test passed.",
            "Landing cleared together with the owner, letter to all households sent.",
        ],
        parts: &["the door closer EN 4", "a 6 kg extinguisher"],
    },
    Topic {
        code: "security-breach",
        weight: 12,
        season: Season::Always,
        templates: &[
            outside(
                Scene::Fence,
                "Hole cut into the fence by {corner}",
                "Somebody has cut the mesh at {corner}. The opening is big enough for an adult to climb through.",
            ),
            outside(
                Scene::Barrier,
                "Vehicle gate stays open",
                "The gate no longer closes {since}; anybody can drive in. The guard puts out cones, but not at night.",
            ),
            home(
                Scene::Lock,
                "Somebody tried to break in",
                "We came home and found scratches and bent metal around our lock. Nothing is missing, but the door does not lock properly any more.",
            ),
            inside(
                Scene::Intercom,
                "Stranger sleeping in the bicycle store",
                "The door code seems to be known outside. This is the second night that a stranger sleeps near {corner}.",
            ),
            outside(
                Scene::Fence,
                "Camera at {corner} points at the sky",
                "Either the wind or somebody has turned the camera at {corner}. It does not see the path any more.",
            ),
            home(
                Scene::Window,
                "Ground floor window forced open",
                "The window of the {room} was levered open while we were out. The police have been here; it needs to be made safe today.",
            ),
        ],
        fixes: &[
            "Mesh replaced over three metres and secured with anti-cut wire. Guard informed.",
            "Gate motor reset, limit switch cleaned and aligned; closed properly twenty times in a row.",
            "New cylinder and security plate fitted, three keys handed over against signature.",
            "Codes changed, old tags blocked, residents informed.",
        ],
        parts: &["the limit switch of the gate motor", "a security cylinder 40/45"],
    },
    Topic {
        code: "structural-damage",
        weight: 9,
        season: Season::Cold,
        templates: &[
            home(
                Scene::Crack,
                "Crack in the wall of the {room} is getting wider",
                "The crack is {size} and I can now put a coin into it. It was a hair line in spring.",
            ),
            outside(
                Scene::Gutter,
                "Pieces of plaster fall from the balcony",
                "Chunks as big as a fist have come down near {corner}. Iron is showing underneath.",
            ),
            inside(
                Scene::Railing,
                "Railing on the {floor} floor is loose",
                "The handrail gives way when one leans on it. Two of the anchors have come out of the concrete.",
            ),
            home(
                Scene::Ceiling,
                "Ceiling in the {room} is sagging",
                "The ceiling hangs down by a few centimetres {since} and there is a cracking noise {when}.",
            ),
            outside(
                Scene::Crack,
                "Retaining wall leans over the path",
                "The wall near {corner} has moved after the rain. One can see earth coming through the joints.",
            ),
            outside(
                Scene::Gutter,
                "Roof tiles loose above the entrance",
                "{count} tiles have slipped and hang over the gutter, right above where everybody walks in.",
            ),
        ],
        fixes: &[
            "Engineer has seen it: not load-bearing. Crack opened, reinforced with mesh and closed; gauge left in place.",
            "Loose concrete removed, iron treated, repaired with mortar. Area below is open again.",
            "Railing set with chemical anchors, loaded with 100 kg for test.",
            "Tiles fixed with storm clips along the whole edge.",
        ],
        parts: &["the crack gauge", "stainless anchors M12"],
    },
];
