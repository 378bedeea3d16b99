//! The checklist of a request: its category's, as it was when the request was taken up.

use chrono::{DateTime, Utc};
use contract_macros::wire;
use domain::id::ChecklistItemId;
use domain::role::Permission;

use crate::endpoint::{Access, Endpoint, Method};

/// Whoever does the work, and dispatchers.
pub const TICK: Endpoint<TickItem, ChecklistItem> = Endpoint::new(
    "tick_checklist_item",
    Method::Patch,
    "/communities/{community}/service-requests/{id}/checklist/{item}",
    Access::Needs(Permission::RequestsViewOwn),
)
.versioned();

#[wire(patch)]
#[derive(Default)]
pub struct TickItem {
    pub done: Option<bool>,
}

#[wire]
pub struct ChecklistItem {
    pub id: ChecklistItemId,
    pub text: String,
    pub done_at: Option<DateTime<Utc>>,
    /// The name of whoever did it.
    pub done_by: Option<String>,
    pub version: i32,
}
