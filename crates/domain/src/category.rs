//! What requests are about: the catalogue that a new community starts with.

use crate::community::CommunityKind;
use crate::service_request::Priority;

/// A category of the starter catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Starter {
    /// Stable within a community, like `plumbing`.
    pub code: &'static str,
    pub name: &'static str,
    /// Name of a line icon.
    pub icon: &'static str,
    pub priority: Priority,
    /// Hours until it should be resolved.
    pub hours: u16,
    /// Whether resolving needs a photo of the finished work.
    pub evidence: bool,
}

const fn starter(
    code: &'static str,
    name: &'static str,
    icon: &'static str,
    priority: Priority,
    hours: u16,
    evidence: bool,
) -> Starter {
    Starter { code, name, icon, priority, hours, evidence }
}

use Priority::{P1, P2, P3, P4};

const HOUSING: &[Starter] = &[
    starter("electrical-emergency", "Electrical emergency", "zap", P1, 2, true),
    starter("plumbing-emergency", "Plumbing emergency", "droplets", P1, 4, true),
    starter("gas-leak", "Gas leak", "flame", P1, 1, true),
    starter("fire-safety", "Fire safety", "flame-kindling", P1, 2, true),
    starter("security-breach", "Security breach", "shield-alert", P1, 1, false),
    starter("structural-damage", "Structural damage", "house", P1, 6, true),
    starter("electrical", "Electrical", "plug", P2, 8, true),
    starter("plumbing", "Plumbing", "wrench", P2, 12, true),
    starter("air-conditioning", "Air conditioning", "fan", P2, 24, false),
    starter("heating", "Heating", "thermometer", P2, 24, false),
    starter("water-supply", "Water supply", "droplet", P2, 12, false),
    starter("elevator", "Elevator", "arrow-up-down", P2, 24, false),
    starter("doors-windows", "Doors and windows", "door-open", P2, 24, true),
    starter("appliance-repair", "Appliance repair", "washing-machine", P3, 48, false),
    starter("carpentry", "Carpentry", "hammer", P3, 72, true),
    starter("painting", "Painting", "paint-roller", P3, 96, true),
    starter("flooring", "Flooring", "layers", P3, 72, true),
    starter("pest-control", "Pest control", "bug", P3, 24, false),
    starter("cleaning", "Cleaning", "sparkles", P3, 8, true),
    starter("garden", "Garden", "trees", P3, 48, true),
    starter("common-area", "Common area", "building", P3, 48, true),
    starter("parking", "Parking", "car", P3, 24, false),
    starter("general-maintenance", "General maintenance", "settings", P4, 168, false),
    starter("cosmetic", "Cosmetic", "brush", P4, 120, false),
    starter("minor-repairs", "Minor repairs", "screwdriver", P4, 72, false),
    starter("preventive-maintenance", "Preventive maintenance", "calendar-check", P4, 168, true),
    starter("other", "Other", "circle-help", P4, 72, false),
];

const MUNICIPAL: &[Starter] = &[
    starter("pothole", "Pothole", "construction", P2, 72, true),
    starter("road-sign", "Road sign", "signpost", P3, 120, true),
    starter("traffic-light", "Traffic light", "traffic-cone", P1, 4, true),
    starter("street-lighting", "Street lighting", "lamp", P3, 72, true),
    starter("waste", "Waste", "trash-2", P3, 48, true),
    starter("water-sewer", "Water and sewer", "droplets", P1, 6, true),
    starter("trees", "Trees", "trees", P3, 120, true),
    starter("noise", "Noise", "volume-2", P4, 72, false),
    starter("vandalism", "Vandalism", "spray-can", P3, 96, true),
    starter("other", "Other", "circle-help", P4, 120, false),
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
    fn codes_are_unique_within_a_catalogue() {
        for kind in CommunityKind::ALL {
            let mut codes: Vec<_> = starters(*kind).iter().map(|starter| starter.code).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), starters(*kind).len(), "{kind}");
        }
    }
}
