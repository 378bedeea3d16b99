//! Whom something is for: a filter on the members of a community, used wherever something has readers.

use serde::{Deserialize, Serialize};

use crate::community::OccupancyKind;
use crate::id::{UnitId, ZoneId};
use crate::role::Role;
use crate::text_enum::text_enum;

text_enum! {
    /// What ties somebody to a unit, as far as an audience asks.
    pub enum AudienceTie {
        Owner = "owner",
        Tenant = "tenant",
        Family = "family",
        /// Lives there, whatever else they are.
        Resident = "resident",
    }
}

impl AudienceTie {
    /// Whether a tie of this kind counts as it.
    pub const fn fits(self, kind: OccupancyKind, resides: bool) -> bool {
        match self {
            AudienceTie::Owner => matches!(kind, OccupancyKind::Owner),
            AudienceTie::Tenant => matches!(kind, OccupancyKind::Tenant),
            AudienceTie::Family => matches!(kind, OccupancyKind::Family),
            AudienceTie::Resident => resides,
        }
    }
}

/// How many zones, units or tags one audience may name.
pub const NAMED_MAX: usize = 200;

/// Which active members. What is empty asks for nothing: an empty filter is everybody. Of a list any one suffices, and
/// every list that is not empty must be met. Ties, zones and units speak of one and the same unit of today; zones and units
/// together name places, of which any suffices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({ "ties": ["owner"] })))]
#[serde(default)]
pub struct MemberFilter {
    #[cfg_attr(feature = "openapi", schema(max_items = 9))]
    pub roles: Vec<Role>,
    #[cfg_attr(feature = "openapi", schema(max_items = 4))]
    pub ties: Vec<AudienceTie>,
    #[cfg_attr(feature = "openapi", schema(max_items = 200))]
    pub zone_ids: Vec<ZoneId>,
    #[cfg_attr(feature = "openapi", schema(max_items = 200))]
    pub unit_ids: Vec<UnitId>,
    /// Tags of members.
    #[cfg_attr(feature = "openapi", schema(max_items = 200))]
    pub tags: Vec<String>,
}

/// One of somebody's units of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tied {
    pub kind: OccupancyKind,
    pub resides: bool,
    pub unit: UnitId,
    pub zone: Option<ZoneId>,
}

impl MemberFilter {
    pub fn is_everybody(&self) -> bool {
        let Self { roles, ties, zone_ids, unit_ids, tags } = self;
        roles.is_empty() && ties.is_empty() && zone_ids.is_empty() && unit_ids.is_empty() && tags.is_empty()
    }

    /// Whether an active member is one of them. The database asks the same of many at once; a test holds both together.
    pub fn takes(&self, roles: &[Role], tags: &[String], tied: &[Tied]) -> bool {
        let any_place = self.zone_ids.is_empty() && self.unit_ids.is_empty();
        let here = |one: &Tied| {
            any_place
                || self.unit_ids.contains(&one.unit)
                || one.zone.is_some_and(|zone| self.zone_ids.contains(&zone))
        };
        let so =
            |one: &Tied| self.ties.is_empty() || self.ties.iter().any(|tie| tie.fits(one.kind, one.resides));
        (self.roles.is_empty() || self.roles.iter().any(|role| roles.contains(role)))
            && (self.tags.is_empty() || self.tags.iter().any(|tag| tags.contains(tag)))
            && (any_place && self.ties.is_empty() || tied.iter().any(|one| here(one) && so(one)))
    }

    /// The same with each thing named once.
    pub fn tidied(mut self) -> Self {
        fn once<T: Ord>(list: &mut Vec<T>) {
            list.sort_unstable();
            list.dedup();
        }
        once(&mut self.roles);
        once(&mut self.ties);
        once(&mut self.zone_ids);
        once(&mut self.unit_ids);
        self.tags = crate::rule::tags(&self.tags);
        self
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn tied(kind: OccupancyKind, resides: bool, unit: u128, zone: Option<u128>) -> Tied {
        Tied {
            kind,
            resides,
            unit: UnitId(Uuid::from_u128(unit)),
            zone: zone.map(|zone| ZoneId(Uuid::from_u128(zone))),
        }
    }

    #[test]
    fn an_empty_filter_takes_everybody() {
        assert!(MemberFilter::default().is_everybody());
        assert!(MemberFilter::default().takes(&[], &[], &[]));
    }

    #[test]
    fn ties_and_places_speak_of_one_and_the_same_unit() {
        let owners_in_1 = MemberFilter {
            ties: vec![AudienceTie::Owner],
            zone_ids: vec![ZoneId(Uuid::from_u128(1))],
            ..MemberFilter::default()
        };
        let owner_there = tied(OccupancyKind::Owner, false, 7, Some(1));
        let owner_elsewhere = tied(OccupancyKind::Owner, true, 8, Some(2));
        let tenant_there = tied(OccupancyKind::Tenant, true, 9, Some(1));
        assert!(owners_in_1.takes(&[], &[], &[owner_there]));
        assert!(!owners_in_1.takes(&[], &[], &[owner_elsewhere, tenant_there]));
    }

    #[test]
    fn zones_and_units_together_name_places() {
        let places = MemberFilter {
            zone_ids: vec![ZoneId(Uuid::from_u128(1))],
            unit_ids: vec![UnitId(Uuid::from_u128(8))],
            ..MemberFilter::default()
        };
        assert!(places.takes(&[], &[], &[tied(OccupancyKind::Family, true, 8, None)]));
        assert!(places.takes(&[], &[], &[tied(OccupancyKind::Family, true, 7, Some(1))]));
        assert!(!places.takes(&[], &[], &[tied(OccupancyKind::Family, true, 7, Some(2))]));
        assert!(!places.takes(&[Role::Guard], &[], &[]), "who has no unit is in no place");
    }

    #[test]
    fn every_list_must_be_met_and_any_one_of_it_suffices() {
        let filter = MemberFilter {
            roles: vec![Role::Committee, Role::Guard],
            tags: vec!["garden".into()],
            ..MemberFilter::default()
        };
        assert!(filter.takes(&[Role::Guard], &["garden".into(), "pool".into()], &[]));
        assert!(!filter.takes(&[Role::Guard], &["pool".into()], &[]));
        assert!(!filter.takes(&[Role::Resident], &["garden".into()], &[]));
    }
}
