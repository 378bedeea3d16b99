//! The signed-in user and where they belong.

use contract_macros::wire;
use domain::community::CommunityKind;
use domain::id::{CommunityId, MemberId, UserId};
use domain::role::{Permission, Role};

use crate::endpoint::{Access, Endpoint, Method};

pub const SHOW: Endpoint<(), Account> =
    Endpoint::new("show_account", Method::Get, "/account", Access::SignedIn);

/// The signed-in user.
#[wire]
pub struct Account {
    pub id: UserId,
    pub email: String,
    /// A language tag (BCP 47), such as `en`.
    pub locale: String,
    /// Runs the platform; belongs to no community by that.
    pub is_operator: bool,
    /// Active memberships, the oldest first.
    pub memberships: Vec<Membership>,
    pub unread_notifications: i64,
}

/// What the user is in one community.
#[wire]
pub struct Membership {
    pub member_id: MemberId,
    pub display_name: String,
    pub roles: Vec<Role>,
    pub permissions: Vec<Permission>,
    pub community: CommunityBrief,
}

/// What a screen needs to know of a community to speak of it rightly.
#[wire]
pub struct CommunityBrief {
    pub id: CommunityId,
    #[schema(example = "willow-park")]
    pub slug: String,
    pub name: String,
    pub kind: CommunityKind,
    /// An IANA time zone, such as `Europe/Lisbon`.
    pub time_zone: String,
    /// ISO 4217.
    pub currency: String,
    pub locale: String,
}
