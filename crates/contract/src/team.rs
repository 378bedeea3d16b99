//! Teams: named groups of professionals that work can be given to.

use chrono::{DateTime, Utc};
use contract_macros::wire;
use domain::id::{MemberId, TeamId, ZoneId};
use domain::role::Permission;
use domain::service_request::Shift;

use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;

pub const LIST: Endpoint<(), Page<Team>> = Endpoint::new(
    "list_teams",
    Method::Get,
    "/communities/{community}/teams",
    Access::Needs(Permission::RequestsAssign),
);
pub const SHOW: Endpoint<(), Team> = Endpoint::new(
    "show_team",
    Method::Get,
    "/communities/{community}/teams/{id}",
    Access::Needs(Permission::RequestsAssign),
);
pub const CREATE: Endpoint<NewTeam, Team> = Endpoint::new(
    "create_team",
    Method::Post,
    "/communities/{community}/teams",
    Access::Needs(Permission::TeamsManage),
);
pub const UPDATE: Endpoint<UpdateTeam, Team> = Endpoint::new(
    "update_team",
    Method::Patch,
    "/communities/{community}/teams/{id}",
    Access::Needs(Permission::TeamsManage),
)
.versioned();
/// What the team was given and nobody has made theirs goes back to the dispatchers.
pub const ARCHIVE: Endpoint<(), ()> = Endpoint::new(
    "archive_team",
    Method::Delete,
    "/communities/{community}/teams/{id}",
    Access::Needs(Permission::TeamsManage),
)
.versioned();

/// A team of professionals.
#[wire]
pub struct Team {
    pub id: TeamId,
    #[schema(example = "Night watch")]
    pub name: String,
    pub shift: Shift,
    /// Codes of categories.
    pub skills: Vec<String>,
    pub members: Vec<TeamMember>,
    /// Where it works; empty means everywhere.
    pub zones: Vec<TeamZone>,
    /// Requests that it was given and that nobody has finished.
    pub open_load: i64,
    pub version: i32,
    pub updated_at: DateTime<Utc>,
}

#[wire]
pub struct TeamMember {
    pub member_id: MemberId,
    pub display_name: String,
    /// Could be given work now.
    pub available: bool,
}

#[wire]
pub struct TeamZone {
    pub id: ZoneId,
    pub name: String,
}

#[wire(input)]
pub struct NewTeam {
    #[validate(custom(function = "rules::name"))]
    #[schema(example = "Night watch")]
    pub name: String,
    pub shift: Shift,
    /// Codes of categories.
    #[serde(default)]
    #[validate(custom(function = "rules::skills"))]
    pub skills: Vec<String>,
    /// Professionals.
    #[serde(default)]
    #[validate(custom(function = "rules::team_members"))]
    pub member_ids: Vec<MemberId>,
    /// None means everywhere.
    #[serde(default)]
    #[validate(custom(function = "rules::team_zones"))]
    pub zone_ids: Vec<ZoneId>,
}

/// What is left out stays as it is.
#[wire(patch)]
#[derive(Default)]
pub struct UpdateTeam {
    #[validate(custom(function = "rules::name"))]
    pub name: Option<String>,
    pub shift: Option<Shift>,
    #[validate(custom(function = "rules::skills"))]
    pub skills: Option<Vec<String>>,
    #[validate(custom(function = "rules::team_members"))]
    pub member_ids: Option<Vec<MemberId>>,
    #[validate(custom(function = "rules::team_zones"))]
    pub zone_ids: Option<Vec<ZoneId>>,
}
