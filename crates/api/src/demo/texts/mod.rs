//! What people write: reports, questions, answers and notes, and what hangs on the notice board.

pub mod board;
pub mod city;
pub mod city_board;
pub mod emergencies;
pub mod equipment;
pub mod estate_lately;
pub mod estate_year;
pub mod grounds;
pub mod leftovers;
pub mod roads;
pub mod talk;
pub mod upkeep;

use super::dice::Dice;
use super::photos::Scene;

/// What requests of one category are about.
#[derive(Debug)]
pub struct Topic {
    /// The category's.
    pub code: &'static str,
    /// How many of a thousand requests are about it.
    pub weight: u32,
    pub season: Season,
    pub templates: &'static [Template],
}

/// When in the year a topic comes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Season {
    Always,
    Cold,
    Hot,
    Growing,
}

impl Season {
    /// How much likelier it is in a month, 1 to 12.
    pub fn factor(self, month: u32) -> u32 {
        match (self, month) {
            (Self::Always, _) => 3,
            (Self::Cold, 11 | 12 | 1 | 2) | (Self::Hot, 6..=9) => 7,
            (Self::Cold, 10 | 3) | (Self::Hot, 5) | (Self::Growing, 3..=10) => 4,
            (Self::Cold | Self::Hot, _) => 1,
            (Self::Growing, _) => 2,
        }
    }
}

/// One thing that can be wrong, in its reporter's words, with `{fillers}`.
#[derive(Debug)]
pub struct Template {
    pub scene: Scene,
    pub place: Place,
    /// Or several, divided by `|`.
    pub title: &'static str,
    pub text: &'static str,
    /// What was done in the end. Or several, divided by `|`.
    pub fix: &'static str,
    /// What may have to be ordered; empty where nothing in particular.
    pub part: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the reporter's own unit.
    Home,
    /// In a building that several share: staircases, lifts, cellars.
    Inside,
    /// Where everybody passes.
    Outside,
}

pub const fn home(
    scene: Scene,
    title: &'static str,
    text: &'static str,
    fix: &'static str,
    part: &'static str,
) -> Template {
    Template { scene, place: Place::Home, title, text, fix, part }
}

pub const fn inside(
    scene: Scene,
    title: &'static str,
    text: &'static str,
    fix: &'static str,
    part: &'static str,
) -> Template {
    Template { scene, place: Place::Inside, title, text, fix, part }
}

pub const fn outside(
    scene: Scene,
    title: &'static str,
    text: &'static str,
    fix: &'static str,
    part: &'static str,
) -> Template {
    Template { scene, place: Place::Outside, title, text, fix, part }
}

pub fn housing() -> impl Iterator<Item = &'static Topic> + Clone {
    [emergencies::TOPICS, equipment::TOPICS, upkeep::TOPICS, grounds::TOPICS, leftovers::TOPICS]
        .into_iter()
        .flatten()
}

pub fn municipal() -> impl Iterator<Item = &'static Topic> + Clone {
    roads::TOPICS.iter().chain(city::TOPICS)
}

/// Fills in what differs from one report to the next. The same report says the same in title and text.
pub fn fill(dice: &mut Dice, texts: [&str; 2], street: &str, corner: &str) -> [String; 2] {
    let [titles, text] = texts;
    let titles: Vec<&str> = titles.split('|').collect();
    let mut texts = [*dice.pick(&titles), text].map(str::to_owned);
    let fillers: [(&str, &[&str]); 10] = [
        ("{bath}", &["main bathroom", "guest bathroom", "upstairs bathroom", "shower room"]),
        (
            "{room}",
            &["kitchen", "main bathroom", "guest bathroom", "bedroom", "living room", "hallway", "study"],
        ),
        ("{wet}", &["kitchen", "main bathroom", "guest bathroom", "laundry corner", "utility room"]),
        ("{floor}", &["ground", "first", "second", "third", "fourth", "fifth"]),
        (
            "{since}",
            &[
                "since yesterday evening",
                "since this morning",
                "since the weekend",
                "since Monday",
                "for three days now",
                "since the rain on Tuesday",
                "for about a week",
                "since last night",
                "for two days",
                "since the storm",
            ],
        ),
        (
            "{when}",
            &[
                "at night",
                "in the evenings",
                "early in the morning",
                "on and off",
                "every few hours",
                "all day",
            ],
        ),
        ("{side}", &["left", "right", "north", "south", "street", "garden"]),
        ("{count}", &["two", "three", "four", "five", "at least six"]),
        (
            "{size}",
            &[
                "the size of a plate",
                "about 20 cm long",
                "half a metre wide",
                "as big as a hand",
                "a good metre long",
            ],
        ),
        (
            "{who}",
            &["my mother", "a neighbour", "one of the children", "an older lady", "the postman", "a cyclist"],
        ),
    ];
    for (name, words) in fillers {
        let word = *dice.pick(words);
        texts = texts.map(|text| text.replace(name, word));
    }
    texts.map(|text| capital(&text.replace("{street}", street).replace("{corner}", corner)))
}

/// With a capital at the start of every sentence, because some begin with a filler.
fn capital(text: &str) -> String {
    let (mut ended, mut start) = (false, true);
    text.chars()
        .map(|c| {
            let out = if start { c.to_uppercase().next().unwrap_or(c) } else { c };
            start = c.is_whitespace() && (ended || start);
            ended = matches!(c, '.' | '!' | '?') || (ended && c.is_whitespace());
            out
        })
        .collect()
}
