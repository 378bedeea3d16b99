//! The register of zones. The list itself is [`crate::community::ZONES`].

use contract_macros::wire;
use domain::id::ZoneId;
use domain::role::Permission;

use crate::community::Zone;
use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;

pub const SHOW: Endpoint<(), Zone> =
    Endpoint::new("show_zone", Method::Get, "/communities/{community}/zones/{id}", Access::Member);
pub const CREATE: Endpoint<NewZone, Zone> = Endpoint::new(
    "create_zone",
    Method::Post,
    "/communities/{community}/zones",
    Access::Needs(Permission::UnitsManage),
);
pub const UPDATE: Endpoint<UpdateZone, Zone> = Endpoint::new(
    "update_zone",
    Method::Patch,
    "/communities/{community}/zones/{id}",
    Access::Needs(Permission::UnitsManage),
)
.versioned();
/// All zones in the order that they shall have. It decides to which of several a point belongs.
pub const ORDER: Endpoint<OrderZones, Page<Zone>> = Endpoint::new(
    "order_zones",
    Method::Post,
    "/communities/{community}/zones/order",
    Access::Needs(Permission::UnitsManage),
);

/// A GeoJSON geometry (RFC 7946) of the kind `Polygon`, with one ring and no holes.
#[wire]
#[derive(Default)]
#[schema(example = json!({
    "type": "Polygon",
    "coordinates": [[[-9.27, 38.77], [-9.26, 38.77], [-9.26, 38.78], [-9.27, 38.77]]]
}))]
pub struct Polygon {
    #[serde(rename = "type")]
    pub kind: PolygonKind,
    /// One ring of 4 to 500 `[lng, lat]` corners, of which the last is the first; it must not cross itself.
    #[schema(value_type = Vec<Vec<Vec<f64>>>, min_items = 1, max_items = 1)]
    pub coordinates: Vec<Vec<[f64; 2]>>,
}

/// The one kind of geometry.
#[wire]
#[derive(Copy, Default)]
pub enum PolygonKind {
    #[default]
    Polygon,
}

#[wire(input)]
pub struct NewZone {
    #[validate(custom(function = "rules::zone_name"))]
    #[schema(example = "North Gardens")]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::area"))]
    pub area: Option<Polygon>,
}

/// What is left out stays as it is. Requests and units keep the zone that they have.
#[wire(patch)]
#[derive(Default)]
pub struct UpdateZone {
    #[validate(custom(function = "rules::zone_name"))]
    pub name: Option<String>,
    /// Null takes the drawing away.
    #[validate(custom(function = "rules::area"))]
    pub area: Option<Option<Polygon>>,
}

#[wire(input)]
pub struct OrderZones {
    #[validate(custom(function = "rules::zone_ids"))]
    pub ids: Vec<ZoneId>,
}
