//! Invitations: one address, many addresses, or a link for whoever gets it.

use chrono::{DateTime, Utc};
use contract_macros::wire;
use domain::community::{CommunityKind, OccupancyKind};
use domain::id::{InvitationId, UnitId};
use domain::role::{Permission, Role};

use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
use crate::problem::Code;
#[cfg(feature = "server")]
use crate::rules;

/// Query: [`InvitationQuery`]. Those that can still be used, the newest first.
pub const LIST: Endpoint<(), Page<Invitation>> = Endpoint::new(
    "list_invitations",
    Method::Get,
    "/communities/{community}/invitations",
    Access::Needs(Permission::MembersApprove),
);
/// One for an address (a mail goes out), or a link for whoever gets it.
pub const CREATE: Endpoint<NewInvitation, Invitation> = Endpoint::new(
    "create_invitation",
    Method::Post,
    "/communities/{community}/invitations",
    Access::Needs(Permission::MembersApprove),
)
.secret();
/// Many addresses at once, each with an answer of its own.
pub const INVITE_MANY: Endpoint<InviteMany, InvitedMany> = Endpoint::new(
    "invite_many",
    Method::Post,
    "/communities/{community}/invitations/bulk",
    Access::Needs(Permission::MembersApprove),
);
pub const REVOKE: Endpoint<(), ()> = Endpoint::new(
    "revoke_invitation",
    Method::Delete,
    "/communities/{community}/invitations/{id}",
    Access::Needs(Permission::MembersApprove),
)
.versioned();
/// What an invitation's link leads to, for whoever has it.
pub const PREVIEW: Endpoint<(), InvitationPreview> =
    Endpoint::new("preview_invitation", Method::Get, "/invitations/{token}", Access::Public);
/// A community that takes requests to join, as whoever knows its address sees it.
pub const WELCOME: Endpoint<(), Welcome> =
    Endpoint::new("welcome_to_community", Method::Get, "/welcome/{slug}", Access::Public);

#[wire(query)]
#[derive(Default)]
pub struct InvitationQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

#[wire]
pub struct Invitation {
    pub id: InvitationId,
    /// Whom it was sent to; none for a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The address to pass on; none for one that was sent by mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = "uri")]
    pub url: Option<String>,
    pub roles: Vec<Role>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "B-12")]
    pub unit_number: Option<String>,
    /// How many may join by it, and how many have.
    pub max_uses: u16,
    pub uses: u16,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// Whoever made it, as shown in the community.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
    pub version: i32,
}

#[wire(input)]
pub struct NewInvitation {
    /// Whom to invite by mail; left out for a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::email"))]
    #[schema(example = "ann@example.com")]
    pub email: Option<String>,
    /// What they will be; within what the inviter may grant.
    #[validate(custom(function = "rules::roles"))]
    pub roles: Vec<Role>,
    /// Where they will live.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
    /// Default: `tenant`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tie: Option<OccupancyKind>,
    /// For a link: how many may join by it, 1 to 1000; default 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::invitation_uses"))]
    pub max_uses: Option<u16>,
    /// Days until it ends, 1 to 90; default 14.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::invitation_days"))]
    pub expires_in_days: Option<u16>,
}

#[wire(input)]
pub struct InviteMany {
    /// Up to 200 addresses.
    #[validate(custom(function = "rules::invited"))]
    pub emails: Vec<String>,
    /// What they will be; within what the inviter may grant.
    #[validate(custom(function = "rules::roles"))]
    pub roles: Vec<Role>,
    /// Days until they end, 1 to 90; default 14.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::invitation_days"))]
    pub expires_in_days: Option<u16>,
}

#[wire]
pub struct InvitedMany {
    /// In the order of the addresses.
    pub data: Vec<Invited>,
}

/// What became of one address: an invitation, or why not.
#[wire]
pub struct Invited {
    pub email: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<Invitation>,
    /// `duplicate` where they are invited or a member already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Code>,
}

#[wire]
pub struct InvitationPreview {
    pub community_name: String,
    #[schema(example = "willow-park")]
    pub community_slug: String,
    pub kind: CommunityKind,
    pub roles: Vec<Role>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_number: Option<String>,
    /// It was sent to one address, and only that one can use it.
    pub is_personal: bool,
    pub expires_at: DateTime<Utc>,
}

#[wire]
pub struct Welcome {
    #[schema(example = "willow-park")]
    pub slug: String,
    pub name: String,
    pub kind: CommunityKind,
}
