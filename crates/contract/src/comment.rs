//! What people say about a service request.

use chrono::{DateTime, Utc};
use contract_macros::wire;
use domain::id::{AttachmentId, CommentId, MemberId};
use domain::role::Permission;
use domain::service_request::Audience;

use crate::attachment::Attachment;
use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;
use crate::service_request::PersonBrief;

/// Query: [`CommentQuery`]. The id or the number stands for the request.
pub const LIST: Endpoint<(), Page<Comment>> = Endpoint::new(
    "list_comments",
    Method::Get,
    "/communities/{community}/service-requests/{id}/comments",
    Access::Needs(Permission::RequestsViewOwn),
);
pub const CREATE: Endpoint<NewComment, Comment> = Endpoint::new(
    "create_comment",
    Method::Post,
    "/communities/{community}/service-requests/{id}/comments",
    Access::Needs(Permission::RequestsFollow),
);
/// By its author, for a quarter of an hour.
pub const UPDATE: Endpoint<ChangeComment, Comment> = Endpoint::new(
    "update_comment",
    Method::Patch,
    "/communities/{community}/service-requests/{id}/comments/{comment}",
    Access::Needs(Permission::RequestsFollow),
)
.versioned();
/// Query: [`RemovalQuery`]. By its author, or by moderators with a reason. That there was a comment stays.
pub const REMOVE: Endpoint<(), ()> = Endpoint::new(
    "remove_comment",
    Method::Delete,
    "/communities/{community}/service-requests/{id}/comments/{comment}",
    Access::Needs(Permission::RequestsFollow),
)
.versioned();
/// Query: [`HistoryQuery`].
pub const HISTORY: Endpoint<(), Page<CommentVersion>> = Endpoint::new(
    "list_comment_versions",
    Method::Get,
    "/communities/{community}/service-requests/{id}/comments/{comment}/versions",
    Access::Needs(Permission::AuditView),
);
/// Query: [`PeopleQuery`].
pub const PEOPLE: Endpoint<(), Page<PersonBrief>> = Endpoint::new(
    "list_people_to_mention",
    Method::Get,
    "/communities/{community}/service-requests/{id}/people",
    Access::Needs(Permission::RequestsFollow),
);

/// Something to say: words, files, or both.
#[wire(input)]
#[derive(Default)]
pub struct NewComment {
    #[serde(default)]
    #[validate(custom(function = "rules::comment"))]
    #[schema(example = "The key is with the guard.")]
    pub body: String,
    /// Who reads it; `staff` is for staff to say. Default `everyone`; a reply to what staff say among themselves stays there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Audience>,
    /// The comment that it answers. A reply to a reply belongs to the same thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<CommentId>,
    /// Files that the caller uploaded before.
    #[serde(default)]
    #[validate(custom(function = "rules::attachments"))]
    pub attachment_ids: Vec<AttachmentId>,
    /// The members who are called by name in the words, as `@` and their name.
    #[serde(default)]
    #[validate(custom(function = "rules::mentions"))]
    pub mention_ids: Vec<MemberId>,
}

/// Other words.
#[wire(patch)]
#[derive(Default)]
pub struct ChangeComment {
    #[validate(custom(function = "rules::comment"))]
    pub body: Option<String>,
    /// Who is called by name now; only those who were not before are told.
    #[validate(custom(function = "rules::mentions"))]
    pub mention_ids: Option<Vec<MemberId>>,
}

/// Which comments to list.
#[wire(query)]
#[derive(Default)]
pub struct CommentQuery {
    /// Begin with the newest; otherwise the oldest come first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest_first: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

#[wire(query)]
#[derive(Default)]
pub struct RemovalQuery {
    /// Why; needed for what somebody else wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::reason"))]
    pub reason: Option<String>,
}

#[wire(query)]
#[derive(Default)]
pub struct HistoryQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

/// Whom the caller may call by name.
#[wire(query)]
#[derive(Default)]
pub struct PeopleQuery {
    /// Who will read the comment; default `everyone`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Audience>,
    /// The beginning of any word of the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::search"))]
    pub q: Option<String>,
}

/// Something that somebody said.
#[wire]
pub struct Comment {
    pub id: CommentId,
    /// Rises with every change.
    pub version: i32,
    /// The comment that began the thread; null for one that begins a thread itself.
    pub parent_id: Option<CommentId>,
    /// Nobody where the caller may not know who it was.
    pub author: Option<PersonBrief>,
    pub audience: Audience,
    /// Null once it has been removed.
    pub body: Option<String>,
    /// Who is called by name in it, as the name stands there.
    pub mentions: Vec<PersonBrief>,
    pub attachments: Vec<Attachment>,
    pub created_at: DateTime<Utc>,
    pub edited_at: Option<DateTime<Utc>>,
    pub removed_at: Option<DateTime<Utc>>,
    /// Whether somebody else than the author removed it.
    pub moderated: bool,
    /// Why; for staff and the author.
    pub removal_reason: Option<String>,
    /// What this caller may do with it now.
    pub may_edit: bool,
    pub may_remove: bool,
    pub may_read_versions: bool,
}

/// A text that a comment had before.
#[wire]
pub struct CommentVersion {
    pub version: i32,
    pub body: String,
    /// When it was edited or removed.
    pub until: DateTime<Utc>,
}
