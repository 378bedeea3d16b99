//! What a user has been told, in the app.

use chrono::{DateTime, Utc};
use contract_macros::wire;
use domain::id::NotificationId;

use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;

/// Query: [`NotificationQuery`].
pub const LIST: Endpoint<(), Page<Notification>> =
    Endpoint::new("list_notifications", Method::Get, "/account/notifications", Access::SignedIn);
pub const MARK_READ: Endpoint<MarkRead, ()> =
    Endpoint::new("mark_notifications_read", Method::Post, "/account/notifications/read", Access::SignedIn);

#[wire(query)]
#[derive(Default)]
pub struct NotificationQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

/// Everything up to and including one notification.
#[wire(input)]
pub struct MarkRead {
    pub up_to: NotificationId,
}

/// One thing that happened and concerns the user. Clients word it from `event` and the request's facts.
#[wire]
pub struct Notification {
    pub id: NotificationId,
    /// `request.created`, `request.assigned`, …
    #[schema(example = "request.assigned")]
    pub event: String,
    pub community_slug: String,
    pub community_name: String,
    /// The request that it is about.
    pub request_number: String,
    pub request_title: String,
    /// Who did it; nobody for what happens by itself.
    pub actor: Option<String>,
    pub at: DateTime<Utc>,
    pub read: bool,
}
