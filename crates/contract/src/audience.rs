//! Whom something is for.

use contract_macros::wire;
pub use domain::audience::MemberFilter;
use domain::role::Permission;

use crate::endpoint::{Access, Endpoint, Method};
#[cfg(feature = "server")]
use crate::rules;

/// How many members a filter takes now. Nothing is kept.
pub const COUNT: Endpoint<AudienceCount, AudienceSize> = Endpoint::new(
    "count_audience",
    Method::Post,
    "/communities/{community}/audience-counts",
    Access::Needs(Permission::AnnouncementsPublish),
);

#[wire(input)]
#[derive(Default)]
pub struct AudienceCount {
    #[serde(default)]
    #[validate(custom(function = "rules::audience"))]
    pub audience: MemberFilter,
}

/// How many it would reach today.
#[wire]
pub struct AudienceSize {
    /// Active members that the filter takes.
    #[schema(example = 212)]
    pub members: i64,
    /// How many of them have an address that mail can be sent to.
    #[schema(example = 198)]
    pub with_mail: i64,
}
