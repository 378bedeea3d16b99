//! What requests are about: the catalogue that a new community starts with.

use crate::checklist;
use crate::community::CommunityKind;
use crate::question::{self, Question};
use crate::rule::{self, Fault, Range, Text};
use crate::service_request::{Priority, RequestVisibility};
use crate::text_enum::text_enum;

text_enum! {
    /// The colour of a category: one of eight of equal lightness.
    pub enum Hue {
        Teal = "teal",
        Blue = "blue",
        Violet = "violet",
        Pink = "pink",
        Red = "red",
        Amber = "amber",
        Green = "green",
        Cyan = "cyan",
    }
}

/// How far around a report others like it are looked for, in metres, unless the category says otherwise.
pub const DUPLICATE_RADIUS_M: u16 = 250;
/// How many days back.
pub const DUPLICATE_WINDOW_DAYS: u16 = 7;

/// A category of the starter catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Starter {
    /// Stable within a community, like `plumbing`.
    pub code: &'static str,
    pub name: &'static str,
    /// Name of a line icon.
    pub icon: &'static str,
    pub color: Hue,
    pub priority: Priority,
    /// Hours until it should be resolved.
    pub hours: u16,
    /// Whether resolving needs a photo of the finished work.
    pub evidence: bool,
    /// About the building itself: owners who live elsewhere see it.
    pub fabric: bool,
    /// Who sees what is reported, once it is triaged.
    pub visibility: RequestVisibility,
    pub anonymous: bool,
    pub radius_m: u16,
}

impl Starter {
    /// The priorities that a report may have: two steps around the usual one, and an emergency stays urgent.
    pub fn range(&self) -> (Priority, Priority) {
        match self.priority {
            P1 => (P1, P2),
            P2 => (P1, P4),
            P3 => (P1, P5),
            P4 | P5 => (P2, P5),
        }
    }

    const fn fabric(self) -> Self {
        Self { fabric: true, ..self }
    }

    /// About what all share: neighbours may see it.
    const fn shared(self) -> Self {
        Self { visibility: RequestVisibility::Community, ..self }
    }

    /// On a street: everybody may see it, and nobody needs an account to report it.
    const fn street(self, radius_m: u16) -> Self {
        Self { visibility: RequestVisibility::Public, anonymous: true, radius_m, ..self }
    }
}

const fn starter(
    code: &'static str,
    name: &'static str,
    (icon, color): (&'static str, Hue),
    priority: Priority,
    hours: u16,
    evidence: bool,
) -> Starter {
    Starter {
        code,
        name,
        icon,
        color,
        priority,
        hours,
        evidence,
        fabric: false,
        visibility: RequestVisibility::Private,
        anonymous: false,
        radius_m: DUPLICATE_RADIUS_M,
    }
}

use Hue::{Amber, Blue, Cyan, Green, Pink, Red, Teal, Violet};
use Priority::{P1, P2, P3, P4, P5};

const HOUSING: &[Starter] = &[
    starter("electrical-emergency", "Electrical emergency", ("zap", Amber), P1, 2, true).fabric(),
    starter("plumbing-emergency", "Plumbing emergency", ("droplets", Blue), P1, 4, true).fabric(),
    starter("gas-leak", "Gas leak", ("flame", Red), P1, 1, true).fabric(),
    starter("fire-safety", "Fire safety", ("flame-kindling", Red), P1, 2, true).fabric(),
    starter("security-breach", "Security breach", ("shield-alert", Violet), P1, 1, false),
    starter("structural-damage", "Structural damage", ("house", Red), P1, 6, true).fabric(),
    starter("electrical", "Electrical", ("plug", Amber), P2, 8, true).fabric(),
    starter("plumbing", "Plumbing", ("wrench", Blue), P2, 12, true).fabric(),
    starter("air-conditioning", "Air conditioning", ("fan", Cyan), P2, 24, false).fabric(),
    starter("heating", "Heating", ("thermometer", Red), P2, 24, false).fabric(),
    starter("water-supply", "Water supply", ("droplet", Blue), P2, 12, false).fabric(),
    starter("elevator", "Elevator", ("arrow-up-down", Violet), P2, 24, false).shared(),
    starter("doors-windows", "Doors and windows", ("door-open", Teal), P2, 24, true).fabric(),
    starter("appliance-repair", "Appliance repair", ("washing-machine", Cyan), P3, 48, false),
    starter("carpentry", "Carpentry", ("hammer", Amber), P3, 72, true),
    starter("painting", "Painting", ("paint-roller", Pink), P3, 96, true),
    starter("flooring", "Flooring", ("layers", Amber), P3, 72, true).fabric(),
    starter("pest-control", "Pest control", ("bug", Green), P3, 24, false),
    starter("cleaning", "Cleaning", ("sparkles", Cyan), P3, 8, true),
    starter("garden", "Garden", ("trees", Green), P3, 48, true).shared(),
    starter("common-area", "Common area", ("building", Teal), P3, 48, true).shared(),
    starter("parking", "Parking", ("car", Violet), P3, 24, false).shared(),
    starter("general-maintenance", "General maintenance", ("settings", Teal), P4, 168, false),
    starter("cosmetic", "Cosmetic", ("brush", Pink), P4, 120, false),
    starter("minor-repairs", "Minor repairs", ("screwdriver", Teal), P4, 72, false),
    starter("preventive-maintenance", "Preventive maintenance", ("calendar-check", Green), P4, 168, true),
    starter("other", "Other", ("circle-help", Violet), P4, 72, false),
];

const MUNICIPAL: &[Starter] = &[
    starter("pothole", "Pothole", ("construction", Amber), P2, 72, true).street(100),
    starter("road-sign", "Road sign", ("signpost", Blue), P3, 120, true).street(100),
    starter("traffic-light", "Traffic light", ("traffic-cone", Red), P1, 4, true).street(100),
    starter("street-lighting", "Street lighting", ("lamp", Amber), P3, 72, true).street(100),
    starter("waste", "Waste", ("trash-2", Green), P3, 48, true).street(DUPLICATE_RADIUS_M),
    starter("water-sewer", "Water and sewer", ("droplets", Blue), P1, 6, true).street(DUPLICATE_RADIUS_M),
    starter("trees", "Trees", ("trees", Green), P3, 120, true).street(100),
    starter("noise", "Noise", ("volume-2", Violet), P4, 72, false).street(500),
    starter("vandalism", "Vandalism", ("spray-can", Pink), P3, 96, true).street(DUPLICATE_RADIUS_M),
    starter("other", "Other", ("circle-help", Teal), P4, 120, false).street(DUPLICATE_RADIUS_M),
];

/// The catalogue that a new community of this kind starts with, most urgent first.
pub const fn starters(kind: CommunityKind) -> &'static [Starter] {
    match kind {
        CommunityKind::Municipal => MUNICIPAL,
        CommunityKind::Estate | CommunityKind::HousingSociety | CommunityKind::Building => HOUSING,
    }
}

/// The icons that a category can have.
#[rustfmt::skip]
pub const ICONS: &[&str] = &[
    "arrow-up-down", "brush", "bug", "building", "building-2", "calendar-check", "camera", "car", "circle-alert",
    "circle-help", "clipboard-list", "clock", "construction", "door-open", "droplet", "droplets", "fan", "flag", "flame",
    "flame-kindling", "hammer", "hard-hat", "house", "image", "info", "key-round", "lamp", "layers", "lock", "mail",
    "map-pin", "message-square", "monitor", "moon", "paint-roller", "plug", "printer", "screwdriver", "settings",
    "shield-alert", "shield-check", "signpost", "siren", "smartphone", "sparkles", "spray-can", "star", "sun",
    "thermometer", "traffic-cone", "trash-2", "trees", "triangle-alert", "user", "users", "volume-2", "washing-machine",
    "wrench", "zap",
];

/// How many categories a community may have.
pub const CATEGORIES_MAX: usize = 200;
pub const SKILLS_MAX: usize = 10;
pub const DESCRIPTION: Text = Text { min: 0, max: 300, lines: false };
/// Hours until something should be resolved: up to a year.
pub const TARGET_HOURS: Range = Range { min: 1, max: 8760 };
pub const RADIUS_M: Range = Range { min: 0, max: 1000 };
pub const WINDOW_DAYS: Range = Range { min: 0, max: 90 };

/// The parts of a category that have to fit each other.
#[derive(Debug, Clone)]
pub struct Definition<'a> {
    pub icon: &'a str,
    pub default_priority: Priority,
    pub priority_min: Priority,
    pub priority_max: Priority,
    pub required_skills: &'a [String],
    pub questions: &'a [Question],
    pub checklist: &'a [String],
    pub checklist_required: bool,
}

/// What is wrong with a category, each fault with where it is: `questions/0/label`.
pub fn faults(definition: &Definition<'_>) -> Vec<(String, Fault)> {
    let Definition {
        icon,
        default_priority,
        priority_min,
        priority_max,
        required_skills,
        questions,
        checklist,
        checklist_required,
    } = definition;
    let mut faults = Vec::new();
    let mut note = |field: String, good: bool, code| {
        if !good {
            faults.push((field, Fault::new(code)));
        }
    };
    note("icon".into(), ICONS.contains(icon), "unknown");
    note(
        "default_priority".into(),
        (priority_min..=priority_max).contains(&default_priority),
        "outside_its_range",
    );
    for (at, skill) in required_skills.iter().enumerate() {
        note(format!("required_skills/{at}"), rule::slug(skill).is_ok(), "not_a_slug");
    }
    note("checklist".into(), !checklist_required || !checklist.is_empty(), "required");
    faults.extend(
        question::faults(questions).into_iter().map(|(at, fault)| (format!("questions/{at}"), fault)),
    );
    faults.extend(
        checklist::faults(checklist).into_iter().map(|(at, fault)| (format!("checklist/{at}"), fault)),
    );
    faults
}

/// What a category hangs under, as far as it matters.
#[derive(Debug, Clone, Copy)]
pub struct Parent {
    pub is_itself: bool,
    pub is_top: bool,
    pub is_archived: bool,
}

/// Whether a category may hang under another: there are two levels and no more. `children` says whether others hang under it.
pub fn hang_under(parent: Option<Parent>, children: bool) -> Result<(), Fault> {
    match parent {
        None => Err(Fault::new("unknown")),
        Some(parent) if parent.is_archived => Err(Fault::new("archived")),
        Some(parent) if parent.is_itself || !parent.is_top || children => Err(Fault::new("too_deep")),
        Some(_) => Ok(()),
    }
}

/// A code out of a name: `Doors & windows` becomes `doors-windows`. Empty where a name has no letters that a code can have.
pub fn code_of(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut code = String::new();
    for word in words {
        if code.len() + word.len() < rule::SLUG_MAX {
            if !code.is_empty() {
                code.push('-');
            }
            code.push_str(word);
        }
    }
    code
}

text_enum! {
    /// What can be done with a category as a whole. None is ever deleted: requests keep theirs.
    pub enum CategoryAction {
        /// Nothing new can be about it, nor about those under it.
        Archive = "archive",
        Restore = "restore",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> Definition<'static> {
        Definition {
            icon: "wrench",
            default_priority: P3,
            priority_min: P2,
            priority_max: P4,
            required_skills: &[],
            questions: &[],
            checklist: &[],
            checklist_required: false,
        }
    }

    #[test]
    fn what_does_not_fit_together_is_told_with_where_it_is() {
        let (skills, items) = (["Not a code".to_owned()], ["x".to_owned()]);
        let bad = Definition {
            icon: "unicorn",
            default_priority: P1,
            required_skills: &skills,
            checklist: &items,
            ..sound()
        };
        let told: Vec<_> =
            faults(&bad).into_iter().map(|(at, fault)| format!("{at} {}", fault.code)).collect();
        assert_eq!(
            told,
            [
                "icon unknown",
                "default_priority outside_its_range",
                "required_skills/0 not_a_slug",
                "checklist/0 too_short"
            ]
        );
        assert_eq!(faults(&sound()), []);
        let empty = Definition { checklist_required: true, ..sound() };
        assert_eq!(faults(&empty)[0].1.code, "required", "an empty list cannot be demanded");
    }

    #[test]
    fn there_are_two_levels_and_no_more() {
        let top = Parent { is_itself: false, is_top: true, is_archived: false };
        assert_eq!(hang_under(Some(top), false), Ok(()));
        for (parent, children, code) in [
            (None, false, "unknown"),
            (Some(Parent { is_archived: true, ..top }), false, "archived"),
            (Some(Parent { is_top: false, ..top }), false, "too_deep"),
            (Some(Parent { is_itself: true, ..top }), false, "too_deep"),
            (Some(top), true, "too_deep"),
        ] {
            assert_eq!(hang_under(parent, children), Err(Fault::new(code)));
        }
    }

    #[test]
    fn a_name_makes_a_code() {
        assert_eq!(code_of("Doors & Windows"), "doors-windows");
        assert_eq!(code_of("\u{6c34}"), "");
        assert!(rule::slug(&code_of(&"long words ".repeat(20))).is_ok());
    }

    #[test]
    fn every_starter_has_an_icon_that_can_be_chosen() {
        for starter in CommunityKind::ALL.iter().flat_map(|kind| starters(*kind)) {
            assert!(ICONS.contains(&starter.icon), "{}", starter.icon);
        }
    }

    #[test]
    fn the_usual_priority_of_a_starter_is_within_its_range() {
        for starter in CommunityKind::ALL.iter().flat_map(|kind| starters(*kind)) {
            let (min, max) = starter.range();
            assert!((min..=max).contains(&starter.priority), "{}", starter.code);
        }
    }

    #[test]
    fn codes_are_unique_within_a_catalogue() {
        for kind in CommunityKind::ALL {
            let mut codes: Vec<_> = starters(*kind).iter().map(|starter| starter.code).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), starters(*kind).len(), "{kind}");
        }
    }
}
