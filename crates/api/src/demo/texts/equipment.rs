//! What the buildings run on: power, water, heat, lifts, doors.

use super::{Season, Topic, home, inside, outside};
use crate::demo::photos::Scene;

pub const TOPICS: &[Topic] = &[
    Topic {
        code: "electrical",
        weight: 78,
        season: Season::Always,
        templates: &[
            inside(
                Scene::Corridor,
                "Light in the {floor} floor corridor is out|Dark corridor on the {floor} floor|Corridor lamp broken, {floor} floor",
                "The lamp between the lift and {corner} has not worked {since}. It is completely dark there {when}.",
            ),
            home(
                Scene::Socket,
                "Sockets in the {room} are dead|No power on the {side} wall of the {room}",
                "None of the sockets on the {side} wall of the {room} work {since}. The lights are fine.",
            ),
            home(
                Scene::FuseBox,
                "Breaker trips {when}|Fuse of the {room} keeps tripping",
                "The breaker for the {room} trips {when}, even with nothing plugged in except the lamp.",
            ),
            inside(
                Scene::Corridor,
                "Motion sensor does not react",
                "At {corner} one has to wave for ten seconds before the light comes on.",
            ),
            home(
                Scene::Intercom,
                "Intercom is silent|Cannot hear visitors on the intercom|Intercom: no sound upstairs",
                "Visitors ring but we hear nothing. The door opener works when I press it blindly.",
            ),
            inside(
                Scene::Corridor,
                "Light flickers at {corner}|Flickering tube at {corner}",
                "The tube flickers {when}. It is tiring for everybody and {who} complained of a headache.",
            ),
            home(
                Scene::Corridor,
                "Dimmer in the {room} hums|Humming dimmer in the {room}",
                "The dimmer hums loudly and the lamp never goes quite off. It started {since}.",
            ),
            inside(
                Scene::Intercom,
                "Entry panel has no power",
                "The whole panel at the entrance is dark. Nobody can be called from outside {since}.",
            ),
        ],
        fixes: &[
            "Changed the ballast and both tubes for LED. Tested with the timer.",
            "A wire had come off in the junction box behind the wardrobe. Reconnected, all sockets measured.",
            "The outdoor socket had water in it. Dried, new seal, breaker holds.",
            "New handset fitted and paired with the panel, tested with the resident.",
            "Power supply of the panel replaced, volume of the street side turned up.",
        ],
        parts: &["the handset for the intercom", "an LED driver", "the power supply of the panel"],
    },
    Topic {
        code: "plumbing",
        weight: 112,
        season: Season::Always,
        templates: &[
            home(
                Scene::Tap,
                "{wet} tap drips|Tap in the {wet} will not stop dripping|Dripping tap",
                "The tap in the {wet} drips about once a second {since}. Closing it harder does not help any more.",
            ),
            home(
                Scene::Pipe,
                "Slow drain in the {wet}|{wet} drain blocked|Water stands in the {wet} sink",
                "The water takes several minutes to run off and gurgles. Drain cleaner from the shop made no difference.",
            ),
            home(
                Scene::Toilet,
                "Toilet keeps running|Cistern fills all night|Toilet in the {bath} runs without end",
                "The cistern in the {bath} never stops filling. One hears it all night and the meter is turning.",
            ),
            home(
                Scene::Pipe,
                "Damp cupboard under the {wet} sink|Leak under the sink|Trap in the {wet} drips",
                "There is always a small puddle at the back. I think the trap is leaking, the chipboard is already swelling.",
            ),
            home(
                Scene::Shower,
                "Shower head leaks and pressure is weak|Weak shower, stiff mixer|Shower hose leaks",
                "More water comes out of the hose than out of the head {since}. The mixer is hard to turn as well.",
            ),
            outside(
                Scene::Puddle,
                "Garden tap by {corner} cannot be closed",
                "Somebody must have forced it. A trickle runs down the path and it is slippery {when}.",
            ),
            home(
                Scene::Toilet,
                "Flush button stuck|Toilet flush jams|Small flush stays down",
                "The small button stays down and has to be pulled up with a fingernail. {who} cannot manage it.",
            ),
            home(
                Scene::Tap,
                "Tap in the {wet} came loose|Wobbly tap in the {wet}",
                "The whole tap turns around when one moves the lever. Water collects underneath it.",
            ),
            home(
                Scene::Shower,
                "Silicone round the bath is black and leaking|Water gets behind the bath|Bath joint needs renewing",
                "Water gets behind the bath every time we shower. The skirting board in the hall is getting dark.",
            ),
        ],
        fixes: &[
            "New cartridge fitted and aerator descaled. No more drops.",
            "Drain cleared over six metres, hair and a bottle cap. Runs freely.",
            "Filling valve and seal of the cistern replaced, water level adjusted.",
            "New trap and seals, cupboard dried, checked again after an hour.",
            "New hose, head and thermostat cartridge. Temperature set to 42 degrees.",
            "Old silicone removed, joint disinfected and sealed anew. Please do not shower before tomorrow.",
        ],
        parts: &["the mixer cartridge", "a flush valve for the built-in cistern", "a thermostat unit"],
    },
    Topic {
        code: "air-conditioning",
        weight: 44,
        season: Season::Hot,
        templates: &[
            home(
                Scene::AirCon,
                "Air conditioning in the {room} only blows warm",
                "It runs but the air is not cold {since}. The filter is clean, I washed it myself.",
            ),
            home(
                Scene::AirCon,
                "Air conditioner drips onto the floor",
                "Water drips from the {side} corner of the indoor unit in the {room}. I have put a bowl there.",
            ),
            home(
                Scene::AirCon,
                "Outdoor unit rattles {when}",
                "The unit on the balcony rattles so loudly that we cannot sleep with the window open.",
            ),
            home(
                Scene::Thermostat,
                "Remote shows error E6",
                "The unit in the {room} stops after ten minutes and shows E6. Switching the breaker off helps for an hour.",
            ),
            inside(
                Scene::AirCon,
                "Cooling of the common room has failed",
                "It was 31 degrees at the residents' meeting. The unit by {corner} does not start at all.",
            ),
            home(
                Scene::AirCon,
                "Bad smell from the air conditioner",
                "As soon as it starts there is a musty smell in the {room}. {who} coughs all the time.",
            ),
        ],
        fixes: &[
            "Leak at the flare nut repaired, vacuum drawn, 600 g of refrigerant added. Outlet air is at 9 degrees.",
            "Condensate drain was blocked. Blown through and treated, tray cleaned.",
            "New rubber feet and one fan bearing. Noise measured at 41 dB on the balcony.",
            "Control board replaced, error memory cleared, two hours of test run.",
            "Heat exchanger cleaned and disinfected, filters replaced.",
        ],
        parts: &["the control board", "a fan motor", "the drain pump"],
    },
    Topic {
        code: "heating",
        weight: 56,
        season: Season::Cold,
        templates: &[
            home(
                Scene::Radiator,
                "Radiator in the {room} stays cold|No heat in the {room}|Cold radiator, {room}",
                "The valve is fully open but only the pipe gets warm. All other radiators are fine.",
            ),
            home(
                Scene::Boiler,
                "Boiler shows a fault and gives no hot water|No hot water, boiler shows F28",
                "The display blinks F28 {since}. Resetting works for a few minutes only.",
            ),
            home(
                Scene::Radiator,
                "Radiator gurgles {when}|Knocking radiator in the {room}",
                "The radiator in the {room} gurgles and knocks {when}. I have bled it twice, only air comes out.",
            ),
            home(
                Scene::Thermostat,
                "Thermostat does not react|Room thermostat is blank",
                "Whatever I set, it stays at 17 degrees in the flat. The display is blank from time to time.",
            ),
            inside(
                Scene::Boiler,
                "No heating on the {floor} floor",
                "All {count} flats on our landing are cold {since}. The pipes in the corridor are cold as well.",
            ),
            home(
                Scene::Radiator,
                "Radiator valve leaks|Rusty drip at the radiator in the {room}",
                "A rusty drop forms at the valve in the {room}, about a cup a day. I have put a bowl underneath.",
            ),
            home(
                Scene::Boiler,
                "Boiler loses pressure|Boiler pressure drops every other day",
                "I have to fill it up every other day. It is at 0.4 bar again this morning.",
            ),
        ],
        fixes: &[
            "Valve pin was stuck. Freed, head replaced, radiator bled. Warm to the bottom.",
            "Ignition electrode and flue fan cleaned, gas pressure set. Three starts without fault.",
            "Expansion vessel filled to 1.0 bar and safety valve replaced. Pressure is stable.",
            "New room thermostat paired with the boiler, schedule set with the resident.",
            "Circulation pump of the riser replaced, system bled from the top.",
        ],
        parts: &["the circulation pump", "an ignition electrode", "an expansion vessel of 8 litres"],
    },
    Topic {
        code: "water-supply",
        weight: 30,
        season: Season::Always,
        templates: &[
            home(
                Scene::Tap,
                "Hardly any water pressure {when}",
                "In the {wet} only a thin stream comes out {when}. The neighbours on the same riser have the same.",
            ),
            home(
                Scene::Tap,
                "Brown water from all taps",
                "The water is brown for the first minutes {since}. We are drinking bottled water.",
            ),
            inside(
                Scene::Pump,
                "Booster pump makes a howling noise",
                "The pump in the room by {corner} howls {when} and starts every few seconds.",
            ),
            home(
                Scene::Meter,
                "Water meter turns although all is closed",
                "I closed every tap and the little wheel keeps turning. The last bill was twice as high.",
            ),
            inside(
                Scene::Meter,
                "No water in the whole building",
                "Nothing comes out {since}, in none of the flats I asked.",
            ),
            home(
                Scene::Pipe,
                "Main valve of the flat cannot be closed",
                "I wanted to replace a washer but the valve spins freely. In an emergency we could not close it.",
            ),
        ],
        fixes: &[
            "Pressure reducer cleaned and set to 3.5 bar, strainer was full of rust.",
            "Riser flushed for twenty minutes, sample is clear. Filter cartridge replaced.",
            "Pump bearings and non-return valve replaced, pressure tank filled. Quiet again.",
            "Leaking cistern found as the cause; the meter stands still now.",
            "New ball valve fitted in agreement with the neighbours.",
        ],
        parts: &["the pressure reducer", "a non-return valve DN 32", "pump bearings"],
    },
    Topic {
        code: "elevator",
        weight: 52,
        season: Season::Always,
        templates: &[
            inside(
                Scene::LiftPanel,
                "Lift stuck on the {floor} floor|Lift out of service again|Lift stands open on the {floor} floor",
                "The lift stands on the {floor} floor with its doors open and does not react to any button {since}.",
            ),
            inside(
                Scene::LiftPanel,
                "Button for the {floor} floor does not light up",
                "One has to press it very hard, and the lift then stops there only sometimes.",
            ),
            inside(
                Scene::LiftDoor,
                "Lift doors close too fast|Lift door hit {who}",
                "The doors shut while people are still walking in. {who} was hit on the shoulder.",
            ),
            inside(
                Scene::LiftDoor,
                "Lift stops a step below the landing",
                "On the {floor} floor it stops about five centimetres too low. With a pram one gets stuck.",
            ),
            inside(
                Scene::LiftPanel,
                "Grinding noise in the lift shaft",
                "Between the {floor} floor and the ground one hears metal on metal {when}.",
            ),
            inside(
                Scene::LiftPanel,
                "Emergency call in the lift does not answer",
                "I tried the bell as the notice asks us to. It rings, but nobody picks up.",
            ),
            inside(
                Scene::LiftDoor,
                "Light in the lift cabin is out",
                "Only the display gives some light. Several people take the stairs because of it.",
            ),
        ],
        fixes: &[
            "Door contact on the landing cleaned and adjusted, lift put back into service.",
            "Button panel replaced, all floors tested twice.",
            "Light curtain aligned and closing force reduced to what the standard asks.",
            "Levelling corrected, brake lining checked, within 5 mm on every floor.",
            "Guide shoes replaced and rails oiled. Noise is gone.",
            "Emergency line had been cut off by the provider; new SIM fitted, test call recorded.",
        ],
        parts: &["a set of guide shoes", "the button module", "the light curtain", "the door drive belt"],
    },
    Topic {
        code: "doors-windows",
        weight: 66,
        season: Season::Always,
        templates: &[
            home(
                Scene::Window,
                "Window in the {room} does not close|{room} window stands open a finger's width",
                "The handle turns but the {side} sash stands open by a finger's width. It rattles with every gust.",
            ),
            home(
                Scene::Lock,
                "Key turns hard in the front door|Front door hardly locks|Lock of the flat door jams",
                "One has to lift the door to lock it, and yesterday the key almost broke off.",
            ),
            inside(
                Scene::Door,
                "Entrance door does not shut by itself|Main door stays ajar {when}|Door closer at the entrance broken",
                "The main door near {corner} stays ajar {when}, anybody can walk in.",
            ),
            home(
                Scene::Window,
                "Cracked window pane in the {room}|Broken glass in the {room} window",
                "There is a crack right across the pane {since}. It is double glazing, only the outer one is broken.",
            ),
            home(
                Scene::Shutter,
                "Shutter in the {room} stuck half-way|Shutter strap snapped in the {room}",
                "The strap snapped and the shutter hangs crooked. It is dark in there all day.",
            ),
            inside(
                Scene::Door,
                "Garage door scrapes on the floor",
                "The side door to the garage drags and leaves a groove. It takes both hands to open it.",
            ),
            home(
                Scene::Window,
                "Draught from the balcony door|Rain comes in under the balcony door",
                "The rubber has shrunk; cold air comes in at the bottom and rain as well when it blows from the {side} side.",
            ),
            home(
                Scene::Lock,
                "Letter box lock broken|Cannot lock our letter box|Letter box key turns freely",
                "The key turns without catching. Post has been hanging half outside {since}.",
            ),
        ],
        fixes: &[
            "Hinges adjusted and striker moved, window closes with two fingers.",
            "Cylinder replaced, four keys handed over. Frame plate moved by 3 mm.",
            "Door closer set, latch oiled; shuts from any position.",
            "New pane fitted and sealed. Labels can come off after a week.",
            "Strap and spring replaced, shutter runs evenly.",
            "New seals all round, gap measured with a strip of paper: holds everywhere.",
        ],
        parts: &["the double-glazed pane", "a shutter strap with winder", "the hinge set"],
    },
];
