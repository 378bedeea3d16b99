//! The members of a community: who asks to come in, who is in, and as what.

use chrono::{DateTime, Utc};
use contract_macros::wire;
use domain::community::{MemberStatus, OccupancyKind};
use domain::id::{MemberId, UnitId};
use domain::member::MemberAction;
use domain::role::{Permission, Role};

use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;

/// Query: [`MemberQuery`].
pub const LIST: Endpoint<(), Page<MemberSummary>> = Endpoint::new(
    "list_members",
    Method::Get,
    "/communities/{community}/members",
    Access::Needs(Permission::MembersView),
);
pub const SHOW: Endpoint<(), Member> = Endpoint::new(
    "show_member",
    Method::Get,
    "/communities/{community}/members/{id}",
    Access::Needs(Permission::MembersView),
);
/// For people without e-mail: a sign-in name, and a first password that must be changed.
pub const ADD: Endpoint<NewMember, Member> = Endpoint::new(
    "add_member",
    Method::Post,
    "/communities/{community}/members",
    Access::Needs(Permission::MembersEdit),
)
.secret();
pub const UPDATE: Endpoint<UpdateMember, Member> = Endpoint::new(
    "update_member",
    Method::Patch,
    "/communities/{community}/members/{id}",
    Access::Needs(Permission::MembersEdit),
)
.versioned();
pub const SET_ROLES: Endpoint<SetRoles, Member> = Endpoint::new(
    "set_member_roles",
    Method::Put,
    "/communities/{community}/members/{id}/roles",
    Access::Needs(Permission::MembersGrantRoles),
)
.versioned();
/// Each action needs its own permission: see the table of `domain::member`.
pub const ACT: Endpoint<ActOnMember, Member> = Endpoint::new(
    "act_on_member",
    Method::Post,
    "/communities/{community}/members/{id}/actions",
    Access::Needs(Permission::MembersView),
);
/// A new first password for somebody without e-mail. Signs them out everywhere.
pub const SET_PASSWORD: Endpoint<SetPassword, ()> = Endpoint::new(
    "set_member_password",
    Method::Post,
    "/communities/{community}/members/{id}/password",
    Access::Needs(Permission::MembersEdit),
)
.secret();

#[wire(query)]
#[derive(Default)]
pub struct MemberQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<MemberStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Part of the name or of a unit's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::search"))]
    pub q: Option<String>,
    /// Only what changed since then (with a minute of overlap), in the order of the changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_since: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

/// A member in a list.
#[wire]
pub struct MemberSummary {
    pub id: MemberId,
    pub display_name: String,
    pub status: MemberStatus,
    pub roles: Vec<Role>,
    pub units: Vec<MemberUnit>,
    /// By which announcements and the like find them, in small letters.
    pub tags: Vec<String>,
    /// Only for whoever may see contacts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Of people without e-mail. Only for whoever may see contacts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_in_name: Option<String>,
    /// What somebody who asks to join says of themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
    /// When they asked or were added.
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub version: i32,
}

/// A unit that a member is tied to today.
#[wire]
pub struct MemberUnit {
    pub id: UnitId,
    #[schema(example = "B-12")]
    pub number: String,
    pub tie: OccupancyKind,
}

/// What somebody says who asks to join.
#[wire]
pub struct Claim {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<MemberUnit>,
    pub note: String,
}

/// A member with what can be done.
#[wire]
pub struct Member {
    #[serde(flatten)]
    pub summary: MemberSummary,
    /// Why they were rejected, suspended or archived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// They can sign in.
    pub has_login: bool,
    /// What this caller could do with them now.
    pub allowed_actions: Vec<MemberAction>,
    /// The roles that this caller could give and take.
    pub grantable_roles: Vec<Role>,
    /// Whether this caller may change the roles of this member at all.
    pub may_set_roles: bool,
    /// Whether this caller may set a first password: they have no e-mail, and belong to this community alone.
    pub may_set_password: bool,
}

#[wire(input)]
pub struct NewMember {
    #[validate(custom(function = "rules::name"))]
    #[schema(example = "Gabriel at the gate")]
    pub display_name: String,
    /// They sign in with it and the community's slug: `gate1@willow-park`.
    #[validate(custom(function = "rules::sign_in_name"))]
    #[schema(example = "gate1")]
    pub sign_in_name: String,
    /// They must choose another when they first sign in.
    #[validate(custom(function = "rules::password"))]
    #[schema(example = "four-calm-herons-walk")]
    pub password: String,
    /// One or more.
    #[validate(custom(function = "rules::roles"))]
    pub roles: Vec<Role>,
    /// Where they live.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
    /// Default: `tenant`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tie: Option<OccupancyKind>,
}

/// What is left out stays as it is.
#[wire(patch)]
#[derive(Default)]
pub struct UpdateMember {
    #[validate(custom(function = "rules::name"))]
    #[schema(example = "Ann Lee")]
    pub display_name: Option<String>,
    /// All of them.
    #[validate(custom(function = "rules::tags"))]
    pub tags: Option<Vec<String>>,
}

#[wire(input)]
pub struct SetRoles {
    /// All roles that they have from now on; at least one.
    #[validate(custom(function = "rules::roles"))]
    pub roles: Vec<Role>,
}

#[wire(input)]
pub struct ActOnMember {
    pub action: MemberAction,
    /// Told to the member. Needed to reject, suspend or archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::reason"))]
    #[schema(example = "We could not find you in our register.")]
    pub reason: Option<String>,
    /// To approve: the roles they get; default `resident`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::roles"))]
    pub roles: Option<Vec<Role>>,
    /// To approve: the unit they are tied to; none without it, whatever they named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
    /// To approve: how they are tied to it; default: as they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tie: Option<OccupancyKind>,
}

#[wire(input)]
pub struct SetPassword {
    #[validate(custom(function = "rules::password"))]
    #[schema(example = "four-calm-herons-walk")]
    pub password: String,
}
