//! Lists of requests that somebody comes back to, kept under a name.

use contract_macros::wire;
use domain::id::SavedFilterId;
use domain::role::Permission;

use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;

pub const LIST: Endpoint<(), Page<SavedFilter>> = Endpoint::new(
    "list_saved_filters",
    Method::Get,
    "/communities/{community}/saved-filters",
    Access::Needs(Permission::RequestsViewOwn),
);
pub const CREATE: Endpoint<NewSavedFilter, SavedFilter> = Endpoint::new(
    "create_saved_filter",
    Method::Post,
    "/communities/{community}/saved-filters",
    Access::Needs(Permission::RequestsViewOwn),
);
pub const UPDATE: Endpoint<UpdateSavedFilter, SavedFilter> = Endpoint::new(
    "update_saved_filter",
    Method::Patch,
    "/communities/{community}/saved-filters/{id}",
    Access::Needs(Permission::RequestsViewOwn),
)
.versioned();
pub const DELETE: Endpoint<(), ()> = Endpoint::new(
    "delete_saved_filter",
    Method::Delete,
    "/communities/{community}/saved-filters/{id}",
    Access::Needs(Permission::RequestsViewOwn),
)
.versioned();

#[wire]
pub struct SavedFilter {
    pub id: SavedFilterId,
    #[schema(example = "Emergencies that nobody has")]
    pub name: String,
    /// The parameters of the list of service requests.
    #[schema(example = "status=new%2Ctriaged&priority=P1&unassigned=true")]
    pub query: String,
    /// Offered to all who see every request of the community.
    pub shared: bool,
    /// The caller keeps it; otherwise somebody shares it with them.
    pub own: bool,
    /// The caller may change and delete it.
    pub may_change: bool,
    pub version: i32,
}

#[wire(input)]
pub struct NewSavedFilter {
    #[validate(custom(function = "rules::filter_name"))]
    #[schema(example = "Emergencies that nobody has")]
    pub name: String,
    /// The parameters of the list of service requests, without `cursor`, `limit` and `updated_since`.
    #[validate(custom(function = "rules::filter_query"))]
    #[schema(example = "status=new%2Ctriaged&priority=P1&unassigned=true")]
    pub query: String,
    /// Offer it to all staff; only for those who triage.
    #[serde(default)]
    pub shared: bool,
}

/// What is left out stays as it is.
#[wire(patch)]
#[derive(Default)]
pub struct UpdateSavedFilter {
    #[validate(custom(function = "rules::filter_name"))]
    pub name: Option<String>,
    #[validate(custom(function = "rules::filter_query"))]
    pub query: Option<String>,
    pub shared: Option<bool>,
}
