//! A community and what its requests hang on: categories, zones, units, professionals.

use chrono::{DateTime, Utc};
use contract_macros::wire;
use domain::category::Hue;
use domain::community::Joining;
use domain::id::{CategoryId, MemberId, UnitId, ZoneId};
use domain::place::Coordinates;
use domain::question::Question;
use domain::role::Permission;
use domain::service_request::{Priority, RequestVisibility};

use crate::account::CommunityBrief;
use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;

pub const VERSION: Endpoint<(), Version> =
    Endpoint::new("show_version", Method::Get, "/version", Access::Public);
/// Query: [`CommunityQuery`].
pub const LIST: Endpoint<(), Page<CommunitySummary>> = Endpoint::new(
    "list_communities",
    Method::Get,
    "/communities",
    Access::Needs(Permission::PlatformCommunities),
);
pub const SHOW: Endpoint<(), Community> =
    Endpoint::new("show_community", Method::Get, "/communities/{community}", Access::Member);
pub const SETTINGS: Endpoint<(), CommunitySettings> = Endpoint::new(
    "show_settings",
    Method::Get,
    "/communities/{community}/settings",
    Access::Needs(Permission::CommunitySettings),
);
/// Each setting for itself: two who change different ones at once are both heard.
pub const UPDATE_SETTINGS: Endpoint<UpdateCommunitySettings, CommunitySettings> = Endpoint::new(
    "update_settings",
    Method::Patch,
    "/communities/{community}/settings",
    Access::Needs(Permission::CommunitySettings),
);
/// Query: [`CategoryQuery`](crate::category::CategoryQuery).
pub const CATEGORIES: Endpoint<(), Page<Category>> = Endpoint::new(
    "list_categories",
    Method::Get,
    "/communities/{community}/categories",
    Access::Needs(Permission::RequestsReport),
);
pub const ZONES: Endpoint<(), Page<Zone>> =
    Endpoint::new("list_zones", Method::Get, "/communities/{community}/zones", Access::Member);
/// Query: [`UnitQuery`].
pub const UNITS: Endpoint<(), Page<Unit>> = Endpoint::new(
    "list_units",
    Method::Get,
    "/communities/{community}/units",
    Access::Needs(Permission::UnitsViewAddress),
);
/// Query: [`ProfessionalQuery`].
pub const PROFESSIONALS: Endpoint<(), Page<Professional>> = Endpoint::new(
    "list_professionals",
    Method::Get,
    "/communities/{community}/professionals",
    Access::Needs(Permission::RequestsAssign),
);

#[wire]
pub struct Version {
    #[schema(example = "0.1.0")]
    pub version: String,
    /// The API that this server speaks.
    #[schema(example = "v1")]
    pub api: String,
    /// Set while this is a demonstration with public passwords.
    pub demo: bool,
    /// Where maps get their pictures from; null where they do without.
    pub tiles: Option<Tiles>,
}

/// The pictures below a map.
#[wire]
pub struct Tiles {
    #[schema(example = "https://tile.openstreetmap.org/{z}/{x}/{y}.png")]
    pub url: String,
    /// Whom the map must name, as plain text.
    #[schema(example = "© OpenStreetMap contributors")]
    pub attribution: String,
}

#[wire(query)]
#[derive(Default)]
pub struct CommunityQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

/// A community as the operator sees it: no personal data.
#[wire]
pub struct CommunitySummary {
    #[serde(flatten)]
    pub community: CommunityBrief,
    pub members: i64,
    pub units: i64,
    pub requests: i64,
}

#[wire]
pub struct Community {
    #[serde(flatten)]
    pub community: CommunityBrief,
    /// Prefix of request numbers, such as `MNT`.
    pub request_prefix: String,
    /// Days after which a resolved request closes by itself.
    pub auto_close_days: u16,
    /// Days in which a closed request may be reopened by its reporter.
    pub reopen_days: u16,
    /// Requests must stand in a zone once they are triaged.
    pub has_zones: bool,
}

/// What a community decides for itself.
#[wire]
pub struct CommunitySettings {
    /// Committee members may triage.
    pub committee_triages: bool,
    /// Professionals may book facilities, list and post.
    pub professionals_take_part: bool,
    /// Residents may create events.
    pub residents_create_events: bool,
    /// Professionals may take triaged requests that match their skills.
    pub professionals_claim: bool,
    /// Days after which a resolved request closes by itself.
    pub auto_close_days: u16,
    /// Days in which a closed request may be reopened by its reporter.
    pub reopen_days: u16,
    pub joining: Joining,
    /// Anybody may read what is public, without an account.
    pub public_pages: bool,
    /// Anybody may report, without an account.
    pub anonymous_reports: bool,
}

/// What is left out stays as it is. Reports without an account need public pages.
#[wire(patch)]
#[derive(Default)]
pub struct UpdateCommunitySettings {
    pub committee_triages: Option<bool>,
    pub professionals_take_part: Option<bool>,
    pub residents_create_events: Option<bool>,
    pub professionals_claim: Option<bool>,
    #[validate(custom(function = "rules::auto_close_days"))]
    pub auto_close_days: Option<u16>,
    #[validate(custom(function = "rules::reopen_days"))]
    pub reopen_days: Option<u16>,
    pub joining: Option<Joining>,
    pub public_pages: Option<bool>,
    pub anonymous_reports: Option<bool>,
}

#[wire]
pub struct Category {
    pub id: CategoryId,
    /// The category that it is a part of; there are two levels.
    pub parent_id: Option<CategoryId>,
    /// Stable within the community, such as `plumbing`.
    pub code: String,
    pub name: String,
    pub description: String,
    /// Name of a line icon.
    pub icon: String,
    pub color: Hue,
    pub default_priority: Priority,
    /// The priorities that a report may have, from this one, where `P1` is the least …
    pub priority_min: Priority,
    /// … to this one.
    pub priority_max: Priority,
    /// Hours until it should be resolved.
    pub target_hours: i32,
    /// Resolving needs a photo of the finished work.
    pub evidence_required: bool,
    /// Resolving needs the whole checklist to be done.
    pub checklist_required: bool,
    /// What has to be done, in order: copied to each request when it is taken up.
    pub checklist: Vec<String>,
    /// What a report has to tell besides the usual, in order.
    pub questions: Vec<Question>,
    /// Reports are triaged without anybody looking at them first, but for those that everybody could read then.
    pub auto_triage: bool,
    /// About the building itself: owners who live elsewhere see it.
    pub building_fabric: bool,
    /// May be reported without an account.
    pub anonymous_allowed: bool,
    /// Who sees what is reported, once it is triaged.
    pub default_visibility: RequestVisibility,
    /// Codes of skills, of which a professional needs one; empty means the category's own code.
    pub required_skills: Vec<String>,
    /// How far around a report others like it are looked for, in metres; 0 looks for none.
    pub duplicate_radius_m: i32,
    /// How many days back.
    pub duplicate_window_days: i32,
    /// Since when nothing new can be about it.
    pub archived_at: Option<DateTime<Utc>>,
    pub version: i32,
}

#[wire]
pub struct Zone {
    pub id: ZoneId,
    pub name: String,
    /// A closed ring of `[lng, lat]` corners, if the zone has been drawn.
    #[schema(value_type = Option<Vec<Vec<f64>>>)]
    pub boundary: Option<Vec<[f64; 2]>>,
    pub units: i64,
    pub version: i32,
}

#[wire(query)]
#[derive(Default)]
pub struct UnitQuery {
    /// Only the units that the caller lives in or owns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mine: Option<bool>,
    /// Part of a number, block or street; for whoever may see members, of the name of somebody there, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::search"))]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone_id: Option<ZoneId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

/// An addressable property.
#[wire]
pub struct Unit {
    pub id: UnitId,
    pub number: String,
    pub block: Option<String>,
    /// With the number of the house.
    pub street: Option<String>,
    pub suburb: Option<String>,
    pub postal_code: Option<String>,
    pub zone_id: Option<ZoneId>,
    pub zone: Option<String>,
    pub at: Option<Coordinates>,
    /// Who lives there or owns it today. Only for whoever may see members.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub occupants: Vec<String>,
    pub version: i32,
}

#[wire(query)]
#[derive(Default)]
pub struct ProfessionalQuery {
    /// Id or number of a request: the professionals are ordered by how well they fit it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::request_name"))]
    pub fit_for: Option<String>,
}

/// Somebody who can be given work.
#[wire]
pub struct Professional {
    pub member_id: MemberId,
    pub display_name: String,
    /// Category codes.
    pub skills: Vec<String>,
    /// Names of the zones they work in; empty means all.
    pub zones: Vec<String>,
    /// Requests that are assigned to them and not finished.
    pub open_load: i64,
    /// Has the skill for the request that was asked about.
    pub skilled: Option<bool>,
    /// Works in the zone of the request that was asked about.
    pub covers_zone: Option<bool>,
    /// Has said no to the request that was asked about.
    pub declined: Option<bool>,
}
