//! What was sent to a user by mail, and what came of it.

use chrono::{DateTime, Utc};
use contract_macros::wire;
use domain::job::{DeliveryFault, DeliveryState};
use domain::role::Permission;
use uuid::Uuid;

use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;

/// Query: [`DeliveryQuery`].
pub const LIST: Endpoint<(), Page<Delivery>> =
    Endpoint::new("list_deliveries", Method::Get, "/account/deliveries", Access::SignedIn);

pub const FIGURES: Endpoint<(), DeliveryFigures> = Endpoint::new(
    "show_delivery_figures",
    Method::Get,
    "/communities/{community}/delivery-figures",
    Access::Needs(Permission::CommunitySettings),
);

#[wire(query)]
#[derive(Default)]
pub struct DeliveryQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

/// One mail. Neither its words nor the address that it went to are kept.
#[wire]
pub struct Delivery {
    pub id: Uuid,
    /// The event that it told of, or `digest`.
    #[schema(example = "request.assign")]
    pub event: String,
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i32,
    /// Why the last try came to nothing.
    pub fault: Option<DeliveryFault>,
    pub created_at: DateTime<Utc>,
    /// When it was sent or given up.
    pub ended_at: Option<DateTime<Utc>>,
    /// The community that it spoke of.
    pub community_slug: Option<String>,
    pub community_name: Option<String>,
    /// The request that it was about, and who did it, for those who are still a member there.
    pub request_number: Option<String>,
    pub request_title: Option<String>,
    /// What it was about, whatever that is.
    pub subject_title: Option<String>,
    pub actor: Option<String>,
}

/// How what happens in a community reaches its people. Figures only: what was sent to whom is for each to read.
#[wire]
pub struct DeliveryFigures {
    /// Since when it is counted: thirty days ago.
    pub since: DateTime<Utc>,
    /// Notifications in the app.
    pub told: i64,
    /// How many of those were read.
    pub read: i64,
    /// Each outcome that mail had.
    pub mail: Vec<MailFigure>,
}

#[wire]
pub struct MailFigure {
    pub state: DeliveryState,
    /// Why the last try came to nothing; what is queued with one is tried again.
    pub fault: Option<DeliveryFault>,
    pub count: i64,
}
