//! The register of units, and who lives in them. The list itself is [`crate::community::UNITS`].

use chrono::NaiveDate;
use contract_macros::wire;
use domain::community::OccupancyKind;
use domain::id::{MemberId, OccupancyId, ZoneId};
use domain::place::Coordinates;
use domain::role::Permission;

use crate::community::Unit;
use crate::endpoint::{Access, Endpoint, Method};
#[cfg(feature = "server")]
use crate::rules;

/// The id or the number stands for the unit.
pub const SHOW: Endpoint<(), UnitDetail> = Endpoint::new(
    "show_unit",
    Method::Get,
    "/communities/{community}/units/{id}",
    Access::Needs(Permission::UnitsViewAddress),
);
pub const CREATE: Endpoint<NewUnit, UnitDetail> = Endpoint::new(
    "create_unit",
    Method::Post,
    "/communities/{community}/units",
    Access::Needs(Permission::UnitsManage),
);
pub const UPDATE: Endpoint<UpdateUnit, UnitDetail> = Endpoint::new(
    "update_unit",
    Method::Patch,
    "/communities/{community}/units/{id}",
    Access::Needs(Permission::UnitsManage),
)
.versioned();
pub const ADD_OCCUPANCY: Endpoint<NewOccupancy, Occupancy> = Endpoint::new(
    "add_occupancy",
    Method::Post,
    "/communities/{community}/units/{id}/occupancies",
    Access::Needs(Permission::UnitsManage),
);
pub const UPDATE_OCCUPANCY: Endpoint<UpdateOccupancy, Occupancy> = Endpoint::new(
    "update_occupancy",
    Method::Patch,
    "/communities/{community}/units/{id}/occupancies/{occupancy}",
    Access::Needs(Permission::UnitsManage),
)
.versioned();
/// From now on: yesterday was the last day. What would only have begun is forgotten.
pub const END_OCCUPANCY: Endpoint<(), ()> = Endpoint::new(
    "end_occupancy",
    Method::Delete,
    "/communities/{community}/units/{id}/occupancies/{occupancy}",
    Access::Needs(Permission::UnitsManage),
)
.versioned();

/// A unit with who lives there.
#[wire]
pub struct UnitDetail {
    #[serde(flatten)]
    pub unit: Unit,
    /// Who lives there, lived there or will, the latest first. Only for whoever may see members.
    pub occupancies: Vec<Occupancy>,
}

/// That somebody lives in a unit, or owns it.
#[wire]
pub struct Occupancy {
    pub id: OccupancyId,
    pub member_id: MemberId,
    pub display_name: String,
    pub kind: OccupancyKind,
    /// Of several owners or tenants, the one whom it is about first.
    pub is_primary: bool,
    /// Lives there. An owner need not.
    pub resides: bool,
    pub from_date: NaiveDate,
    /// The last day.
    pub to_date: Option<NaiveDate>,
    /// Holds today.
    pub is_current: bool,
    pub version: i32,
}

#[wire(input)]
pub struct NewUnit {
    #[validate(custom(function = "rules::unit_number"))]
    #[schema(example = "B-12")]
    pub number: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::address"))]
    pub block: Option<String>,
    /// With the number of the house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::address"))]
    pub street: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::address"))]
    pub suburb: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::postal_code"))]
    pub postal_code: Option<String>,
    /// Default: the zone that the place is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone_id: Option<ZoneId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::coordinates"))]
    pub at: Option<Coordinates>,
}

/// What is left out stays as it is.
#[wire(patch)]
#[derive(Default)]
pub struct UpdateUnit {
    #[validate(custom(function = "rules::unit_number"))]
    pub number: Option<String>,
    #[validate(custom(function = "rules::address"))]
    pub block: Option<Option<String>>,
    #[validate(custom(function = "rules::address"))]
    pub street: Option<Option<String>>,
    #[validate(custom(function = "rules::address"))]
    pub suburb: Option<Option<String>>,
    #[validate(custom(function = "rules::postal_code"))]
    pub postal_code: Option<Option<String>>,
    pub zone_id: Option<Option<ZoneId>>,
    #[validate(custom(function = "rules::coordinates"))]
    pub at: Option<Option<Coordinates>>,
}

#[wire(input)]
pub struct NewOccupancy {
    pub member_id: MemberId,
    pub kind: OccupancyKind,
    /// Default: everybody but family.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_primary: Option<bool>,
    /// Default: yes, but for the owner of what somebody rents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resides: Option<bool>,
    /// Default: today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_date: Option<NaiveDate>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_date: Option<NaiveDate>,
}

/// What is left out stays as it is.
#[wire(patch)]
#[derive(Default)]
pub struct UpdateOccupancy {
    pub kind: Option<OccupancyKind>,
    pub is_primary: Option<bool>,
    pub resides: Option<bool>,
    pub from_date: Option<NaiveDate>,
    /// The last day; null for no end.
    pub to_date: Option<Option<NaiveDate>>,
}
