//! What requests are about: the catalogue that a new community starts with.

use crate::community::CommunityKind;
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

#[cfg(test)]
mod tests {
    use super::*;

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
