//! Many requests at once: looked at as a board, and acted on together.

use contract_macros::wire;
use domain::role::Permission;
use domain::service_request::RequestStatus;
#[cfg(feature = "server")]
use validator::Validate as _;

use crate::endpoint::{Access, Endpoint, Method};
use crate::problem::Problem;
#[cfg(feature = "server")]
use crate::rules;
use crate::service_request::{ActOnServiceRequest, ServiceRequestSummary};

/// Query: [`ServiceRequestQuery`](crate::service_request::ServiceRequestQuery), whose `cursor` has no meaning here.
pub const BOARD: Endpoint<(), Board> = Endpoint::new(
    "show_board",
    Method::Get,
    "/communities/{community}/service-requests/board",
    Access::Needs(Permission::RequestsViewAll),
);
pub const ACT: Endpoint<ActInBulk, BulkOutcome> = Endpoint::new(
    "act_on_service_requests",
    Method::Post,
    "/communities/{community}/service-requests/bulk",
    Access::Needs(Permission::RequestsBulk),
);

/// The same for each of several requests.
#[wire(input)]
pub struct ActInBulk {
    /// Ids or numbers.
    #[validate(custom(function = "rules::bulk"))]
    #[schema(example = json!(["MNT-2026-0007", "MNT-2026-0009"]))]
    pub requests: Vec<String>,
    /// What to do with each; every one is decided for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub act: Option<ActOnServiceRequest>,
    /// Tags that each gets besides its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(custom(function = "rules::tags"))]
    pub add_tags: Vec<String>,
}

/// What became of each, in the order in which they were named.
#[wire]
pub struct BulkOutcome {
    pub results: Vec<BulkResult>,
}

#[wire]
pub struct BulkResult {
    /// As it was named.
    #[schema(example = "MNT-2026-0007")]
    pub request: String,
    /// Its number, if the caller may see it.
    pub number: Option<String>,
    /// Where it stands now.
    pub status: Option<RequestStatus>,
    /// Why nothing was done with it; null where all was done.
    pub problem: Option<Problem>,
}

/// Requests by their states.
#[wire]
pub struct Board {
    /// In the order of the workflow.
    pub columns: Vec<BoardColumn>,
}

#[wire]
pub struct BoardColumn {
    pub status: RequestStatus,
    /// How many there are; counted up to 1000.
    pub count: i64,
    pub data: Vec<ServiceRequestSummary>,
    /// For the rest of the column: of the list with this `status` and the same query.
    pub next_cursor: Option<String>,
}
