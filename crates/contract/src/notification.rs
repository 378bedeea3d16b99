//! What a user has been told, in the app.

use chrono::{DateTime, Utc};
use contract_macros::wire;
use domain::event::{EventGroup, MailChoice, SubjectKind};
use domain::id::NotificationId;
use uuid::Uuid;

use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;

/// Query: [`NotificationQuery`].
pub const LIST: Endpoint<(), Page<Notification>> =
    Endpoint::new("list_notifications", Method::Get, "/account/notifications", Access::SignedIn);
pub const MARK_READ: Endpoint<MarkRead, ()> =
    Endpoint::new("mark_notifications_read", Method::Post, "/account/notifications/read", Access::SignedIn);
pub const MARK_ONE: Endpoint<(), ()> = Endpoint::new(
    "mark_notification_read",
    Method::Post,
    "/account/notifications/{id}/read",
    Access::SignedIn,
);
pub const CHOICES: Endpoint<(), NotificationChoices> = Endpoint::new(
    "show_notification_choices",
    Method::Get,
    "/communities/{community}/notification-choices",
    Access::Member,
);
/// Stops mail of the kind that the link stood under.
pub const UNSUBSCRIBE: Endpoint<(), ()> =
    Endpoint::new("unsubscribe", Method::Post, "/unsubscribe/{link}", Access::Public);
pub const CHOOSE: Endpoint<NotificationChoice, NotificationChoices> = Endpoint::new(
    "choose_notifications",
    Method::Post,
    "/communities/{community}/notification-choices",
    Access::Member,
);

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
    /// Only what has not been read.
    #[serde(default)]
    pub unread: bool,
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
    pub subject_kind: SubjectKind,
    pub community_slug: String,
    pub community_name: String,
    /// The request that it is about, if it is about one.
    pub request_number: Option<String>,
    pub request_title: Option<String>,
    /// What it is about.
    pub subject_id: Uuid,
    /// What that is called, as far as the user may know of it.
    pub subject_title: Option<String>,
    /// Who did it; nobody for what happens by itself.
    pub actor: Option<String>,
    pub at: DateTime<Utc>,
    pub read: bool,
    /// How often the same happened before anybody looked: within five minutes it is told once.
    pub times: i32,
}

/// How somebody hears of a group of events by mail. In the app they always do.
#[wire(input)]
pub struct NotificationChoice {
    pub group: EventGroup,
    pub mail: MailChoice,
}

#[wire]
pub struct NotificationChoices {
    /// One for each group that can be chosen for.
    pub data: Vec<ChosenMail>,
}

/// What somebody hears by mail of one group.
#[wire]
pub struct ChosenMail {
    pub group: EventGroup,
    pub mail: MailChoice,
    /// These reach them in any case: without them they would not know what only they can do.
    pub always: Vec<String>,
}
