//! What a community tells its members, who has read it, and what they say about it.

use chrono::{DateTime, NaiveDate, Utc};
use contract_macros::wire;
use domain::announcement::{AnnouncementAction, AnnouncementStatus, AnnouncementView, ReadBy, ReceiptState};
use domain::audience::MemberFilter;
use domain::category::Hue;
use domain::id::{AnnouncementCategoryId, AnnouncementId, AttachmentId, CommentId, MemberId, ZoneId};
use domain::role::Permission;

use crate::attachment::Attachment;
use crate::comment::Comment;
use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;

const READ: Access = Access::Needs(Permission::AnnouncementsRead);
const PUBLISH: Access = Access::Needs(Permission::AnnouncementsPublish);

pub const CATEGORIES: Endpoint<(), Page<AnnouncementCategory>> = Endpoint::new(
    "list_announcement_categories",
    Method::Get,
    "/communities/{community}/announcement-categories",
    READ,
);
pub const CREATE_CATEGORY: Endpoint<NewAnnouncementCategory, AnnouncementCategory> = Endpoint::new(
    "create_announcement_category",
    Method::Post,
    "/communities/{community}/announcement-categories",
    PUBLISH,
);
pub const UPDATE_CATEGORY: Endpoint<UpdateAnnouncementCategory, AnnouncementCategory> = Endpoint::new(
    "update_announcement_category",
    Method::Patch,
    "/communities/{community}/announcement-categories/{id}",
    PUBLISH,
)
.versioned();
/// Query: [`AnnouncementQuery`]. Being in a list is not being read.
pub const LIST: Endpoint<(), Page<AnnouncementSummary>> =
    Endpoint::new("list_announcements", Method::Get, "/communities/{community}/announcements", READ);
/// A draft: nobody but those who publish sees it.
pub const CREATE: Endpoint<NewAnnouncement, Announcement> =
    Endpoint::new("create_announcement", Method::Post, "/communities/{community}/announcements", PUBLISH);
/// Showing changes nothing; [`RECEIVE`] notes that somebody has read it.
pub const SHOW: Endpoint<(), Announcement> =
    Endpoint::new("show_announcement", Method::Get, "/communities/{community}/announcements/{id}", READ);
pub const UPDATE: Endpoint<UpdateAnnouncement, Announcement> = Endpoint::new(
    "update_announcement",
    Method::Patch,
    "/communities/{community}/announcements/{id}",
    PUBLISH,
)
.versioned();
/// Drafts only; what was published is archived.
pub const DELETE: Endpoint<(), ()> = Endpoint::new(
    "delete_announcement",
    Method::Delete,
    "/communities/{community}/announcements/{id}",
    PUBLISH,
)
.versioned();
pub const ACT: Endpoint<ActOnAnnouncement, Announcement> = Endpoint::new(
    "act_on_announcement",
    Method::Post,
    "/communities/{community}/announcements/{id}/actions",
    PUBLISH,
);
/// Markdown as its readers will see it. Nothing is kept.
pub const PREVIEW: Endpoint<MarkdownText, MarkdownShown> =
    Endpoint::new("preview_markdown", Method::Post, "/communities/{community}/markdown-previews", PUBLISH);
/// The caller has read it, and confirms it if they say so. Done again, it does nothing more.
pub const RECEIVE: Endpoint<Receipt, Announcement> = Endpoint::new(
    "receive_announcement",
    Method::Put,
    "/communities/{community}/announcements/{id}/receipt",
    READ,
);
/// The same by the link in a mail, which proves itself: for whoever got the mail, signed in or not.
pub const OPEN_MAILED: Endpoint<Receipt, MailedAnnouncement> =
    Endpoint::new("open_mailed_announcement", Method::Post, "/mailed-announcements/{link}", Access::Public)
        .secret();
pub const UNREAD: Endpoint<(), UnreadAnnouncements> = Endpoint::new(
    "count_unread_announcements",
    Method::Get,
    "/communities/{community}/unread-announcements",
    READ,
);
pub const FIGURES: Endpoint<(), AnnouncementFigures> = Endpoint::new(
    "show_announcement_figures",
    Method::Get,
    "/communities/{community}/announcements/{id}/figures",
    PUBLISH,
);
/// Query: [`RecipientQuery`].
pub const RECIPIENTS: Endpoint<(), Page<Recipient>> = Endpoint::new(
    "list_announcement_recipients",
    Method::Get,
    "/communities/{community}/announcements/{id}/recipients",
    PUBLISH,
);
/// Tells those once more who have not read it, or not confirmed it where that is asked. At most once an hour.
pub const REMIND: Endpoint<(), Reminded> = Endpoint::new(
    "remind_of_announcement",
    Method::Post,
    "/communities/{community}/announcements/{id}/reminders",
    PUBLISH,
);
/// What it said before it was changed. Query: [`VersionQuery`].
pub const VERSIONS: Endpoint<(), Page<AnnouncementVersion>> = Endpoint::new(
    "list_announcement_versions",
    Method::Get,
    "/communities/{community}/announcements/{id}/versions",
    READ,
);
/// Query: [`CommunicationQuery`].
pub const COMMUNICATION: Endpoint<(), CommunicationFigures> = Endpoint::new(
    "show_communication_figures",
    Method::Get,
    "/communities/{community}/communication-figures",
    PUBLISH,
);
/// Query: [`crate::comment::CommentQuery`].
pub const COMMENTS: Endpoint<(), Page<Comment>> = Endpoint::new(
    "list_announcement_comments",
    Method::Get,
    "/communities/{community}/announcements/{id}/comments",
    READ,
);
pub const COMMENT: Endpoint<NewAnnouncementComment, Comment> = Endpoint::new(
    "create_announcement_comment",
    Method::Post,
    "/communities/{community}/announcements/{id}/comments",
    READ,
);
/// By its author, for a quarter of an hour.
pub const UPDATE_COMMENT: Endpoint<ChangeAnnouncementComment, Comment> = Endpoint::new(
    "update_announcement_comment",
    Method::Patch,
    "/communities/{community}/announcements/{id}/comments/{comment}",
    READ,
)
.versioned();
/// Query: [`crate::comment::RemovalQuery`]. By its author, or by moderators with a reason. That there was one stays.
pub const REMOVE_COMMENT: Endpoint<(), ()> = Endpoint::new(
    "remove_announcement_comment",
    Method::Delete,
    "/communities/{community}/announcements/{id}/comments/{comment}",
    READ,
)
.versioned();

/// What announcements are about.
#[wire]
pub struct AnnouncementCategory {
    pub id: AnnouncementCategoryId,
    #[schema(example = "Works and outages")]
    pub name: String,
    pub color: Hue,
    /// Name of a line icon.
    #[schema(example = "construction")]
    pub icon: String,
    /// What is announced in it is urgent unless it says otherwise.
    pub urgent: bool,
    /// Nothing new can be announced in it.
    pub archived: bool,
    pub version: i32,
}

#[wire(input)]
pub struct NewAnnouncementCategory {
    #[validate(custom(function = "rules::announcement_category_name"))]
    #[schema(example = "Works and outages")]
    pub name: String,
    pub color: Hue,
    #[validate(custom(function = "rules::icon"))]
    #[schema(example = "construction")]
    pub icon: String,
    #[serde(default)]
    pub urgent: bool,
}

/// What is left out stays as it is.
#[wire(patch)]
#[derive(Default)]
pub struct UpdateAnnouncementCategory {
    #[validate(custom(function = "rules::announcement_category_name"))]
    #[schema(example = "Works and outages")]
    pub name: Option<String>,
    pub color: Option<Hue>,
    #[validate(custom(function = "rules::icon"))]
    #[schema(example = "construction")]
    pub icon: Option<String>,
    pub urgent: Option<bool>,
    pub archived: Option<bool>,
}

/// Which announcements to list; all that is given must hold.
#[wire(query)]
#[derive(Default)]
pub struct AnnouncementQuery {
    /// Default `current`. `prepared` is for those who publish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<AnnouncementView>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category_id: Option<AnnouncementCategoryId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgent: Option<bool>,
    /// What the caller has read, or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<bool>,
    /// Words of the title or the text, as in the search of requests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::search"))]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

/// An announcement in a list.
#[wire]
pub struct AnnouncementSummary {
    pub id: AnnouncementId,
    #[schema(example = "Water off on Thursday, 9 to 12")]
    pub title: String,
    /// The beginning of the text, without its marks; at most 200 characters.
    pub excerpt: String,
    pub category: AnnouncementCategory,
    pub status: AnnouncementStatus,
    pub urgent: bool,
    pub pinned: bool,
    /// Readers are asked to confirm that they have read it.
    pub acknowledgement: bool,
    /// Who wrote it, by name.
    pub author: String,
    /// When it publishes itself.
    pub publish_at: Option<DateTime<Utc>>,
    pub published_at: Option<DateTime<Utc>>,
    /// From then on it is archived.
    pub valid_until: Option<DateTime<Utc>>,
    /// When its words were changed after it was published.
    pub edited_at: Option<DateTime<Utc>>,
    /// Whether the caller is one of its readers; who only publishes, or wrote it, is not.
    pub for_me: bool,
    /// When the caller read it.
    pub read_at: Option<DateTime<Utc>>,
    /// When the caller confirmed it.
    pub acknowledged_at: Option<DateTime<Utc>>,
    pub attachments: i32,
    pub comments: i32,
    /// Only for those who publish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<Reach>,
    pub version: i32,
}

/// How many it was for, and how many of them have read and confirmed it.
#[wire]
#[derive(Copy, Default)]
pub struct Reach {
    pub recipients: i64,
    pub read: i64,
    /// Within 48 hours of publishing.
    pub read_in_time: i64,
    pub acknowledged: i64,
    /// Within 24 hours of publishing.
    pub acknowledged_in_time: i64,
}

/// An announcement with everything that the caller may see of it.
#[wire]
pub struct Announcement {
    #[serde(flatten)]
    pub summary: AnnouncementSummary,
    /// The text as it was written: Markdown (CommonMark, with tables and strikethrough).
    pub body: String,
    /// The text as HTML in which nothing runs: only paragraphs, headings, lists, tables, quotes, code, emphasis and links.
    pub body_html: String,
    pub files: Vec<Attachment>,
    pub comments_allowed: bool,
    /// The caller may say something about it now.
    pub may_comment: bool,
    /// How many texts it had before.
    pub earlier_versions: i32,
    /// Whom it is for. Only for those who publish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<MemberFilter>,
    /// What the caller could do with it now; empty for whoever does not publish.
    pub allowed_actions: Vec<AnnouncementAction>,
    pub may_edit: bool,
    pub may_delete: bool,
    /// From when on its readers can be reminded; none where nobody is to be reminded.
    pub may_remind_from: Option<DateTime<Utc>>,
}

#[wire(input)]
pub struct NewAnnouncement {
    pub category_id: AnnouncementCategoryId,
    #[validate(custom(function = "rules::announcement_title"))]
    #[schema(example = "Water off on Thursday, 9 to 12")]
    pub title: String,
    /// Markdown.
    #[validate(custom(function = "rules::announcement_body"))]
    #[schema(example = "The mains in **North Gardens** are being replaced.")]
    pub body: String,
    /// Default: everybody.
    #[serde(default)]
    #[validate(custom(function = "rules::audience"))]
    pub audience: MemberFilter,
    /// Default: as its category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgent: Option<bool>,
    #[serde(default)]
    pub pinned: bool,
    #[serde(default)]
    pub acknowledgement: bool,
    #[serde(default)]
    pub comments_allowed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<DateTime<Utc>>,
    /// Files that the caller uploaded before.
    #[serde(default)]
    #[validate(custom(function = "rules::attachments"))]
    pub attachment_ids: Vec<AttachmentId>,
}

/// What is left out stays as it is. Once it is out, whom it is for, whether it is urgent and whether it asks to be
/// confirmed is settled: people have been told.
#[wire(patch)]
#[derive(Default)]
pub struct UpdateAnnouncement {
    pub category_id: Option<AnnouncementCategoryId>,
    #[validate(custom(function = "rules::announcement_title"))]
    #[schema(example = "Water off on Thursday, 9 to 12")]
    pub title: Option<String>,
    #[validate(custom(function = "rules::announcement_body"))]
    #[schema(example = "The mains in **North Gardens** are being replaced.")]
    pub body: Option<String>,
    #[validate(custom(function = "rules::audience"))]
    pub audience: Option<MemberFilter>,
    pub urgent: Option<bool>,
    pub pinned: Option<bool>,
    pub acknowledgement: Option<bool>,
    pub comments_allowed: Option<bool>,
    pub valid_until: Option<Option<DateTime<Utc>>>,
    /// All of its files: those that it has and shall keep, and new uploads.
    #[validate(custom(function = "rules::attachments"))]
    pub attachment_ids: Option<Vec<AttachmentId>>,
}

#[wire(input)]
pub struct ActOnAnnouncement {
    pub action: AnnouncementAction,
    /// To schedule: when it publishes itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publish_at: Option<DateTime<Utc>>,
}

#[wire(input)]
pub struct MarkdownText {
    #[validate(custom(function = "rules::announcement_body"))]
    #[schema(example = "**Thursday**, 9 to 12")]
    pub text: String,
}

#[wire]
pub struct MarkdownShown {
    #[schema(example = "<p><strong>Thursday</strong>, 9 to 12</p>")]
    pub html: String,
}

#[wire(input)]
#[derive(Default)]
pub struct Receipt {
    /// Whether they confirm it, too. What was confirmed stays so.
    #[serde(default)]
    pub acknowledged: bool,
}

/// An announcement as its mail's link shows it.
#[wire]
pub struct MailedAnnouncement {
    pub id: AnnouncementId,
    pub community_slug: String,
    pub community_name: String,
    /// The community's, as IANA names it.
    pub time_zone: String,
    pub title: String,
    pub body_html: String,
    pub urgent: bool,
    pub published_at: DateTime<Utc>,
    pub edited_at: Option<DateTime<Utc>>,
    pub acknowledgement: bool,
    pub acknowledged_at: Option<DateTime<Utc>>,
}

/// What waits for the caller.
#[wire]
pub struct UnreadAnnouncements {
    /// Current ones that they have not read.
    pub unread: i64,
    /// Current ones that ask to be confirmed, and that they have not.
    pub unacknowledged: i64,
}

/// Who has read an announcement, and when.
#[wire]
pub struct AnnouncementFigures {
    pub reach: Reach,
    pub published_at: DateTime<Utc>,
    /// In hundredths; none where it was for nobody.
    pub read_percent: Option<i64>,
    pub acknowledged_percent: Option<i64>,
    /// The share that is aimed at, in hundredths, and within how many hours of publishing.
    pub read_target: Aim,
    /// None where nobody is asked to confirm it.
    pub acknowledged_target: Option<Aim>,
    /// How many had, so many hours after it was published: every hour of the first two days, then every day, up to now.
    pub over_time: Vec<ReachAt>,
    /// By the zone of the unit that made each of them its reader; none stands for those without.
    pub by_zone: Vec<ReachOfZone>,
    /// The same by block.
    pub by_block: Vec<ReachOfBlock>,
    /// How many read it by the link in their mail.
    pub read_by_mail: i64,
    pub reminded_at: Option<DateTime<Utc>>,
}

#[wire]
#[derive(Copy)]
pub struct Aim {
    pub percent: i64,
    pub hours: i64,
}

#[wire]
#[derive(Copy)]
pub struct ReachAt {
    /// Since it was published.
    pub hours: i64,
    pub read: i64,
    pub acknowledged: i64,
}

#[wire]
pub struct ReachOfZone {
    pub zone_id: Option<ZoneId>,
    pub name: Option<String>,
    pub recipients: i64,
    pub read: i64,
    pub acknowledged: i64,
}

#[wire]
pub struct ReachOfBlock {
    pub block: Option<String>,
    pub recipients: i64,
    pub read: i64,
    pub acknowledged: i64,
}

#[wire(query)]
#[derive(Default)]
pub struct RecipientQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ReceiptState>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone_id: Option<ZoneId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::address"))]
    pub block: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

/// Somebody whom an announcement was for.
#[wire]
pub struct Recipient {
    pub member_id: MemberId,
    pub display_name: String,
    /// Number of the unit that made them its reader.
    pub unit: Option<String>,
    pub read_at: Option<DateTime<Utc>>,
    pub read_by: Option<ReadBy>,
    pub acknowledged_at: Option<DateTime<Utc>>,
}

#[wire]
pub struct Reminded {
    /// How many are being told.
    pub members: i64,
}

#[wire(query)]
#[derive(Default)]
pub struct VersionQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

/// Words that an announcement had before.
#[wire]
pub struct AnnouncementVersion {
    pub version: i32,
    pub title: String,
    pub body_html: String,
    /// When they were changed.
    pub until: DateTime<Utc>,
}

#[wire(query)]
#[derive(Default)]
pub struct CommunicationQuery {
    /// How many days back: 1 to 400, default 90.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::figure_days"))]
    pub days: Option<u16>,
}

/// How well a community reaches its members.
#[wire]
pub struct CommunicationFigures {
    pub from: NaiveDate,
    /// Announcements published since then.
    pub published: i64,
    /// Readers of all of them together.
    pub reach: Reach,
    /// Of all readers, those who read within 48 hours; in hundredths.
    pub read_in_time_percent: Option<i64>,
    pub read_target: Aim,
    /// Of those who were asked to confirm, those who did within 24 hours; in hundredths.
    pub acknowledged_in_time_percent: Option<i64>,
    pub acknowledged_target: Aim,
}

#[wire(input)]
pub struct NewAnnouncementComment {
    #[validate(custom(function = "rules::note"))]
    #[schema(example = "Will the water be back by noon?")]
    pub body: String,
    /// The comment that it answers. A reply to a reply belongs to the same thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<CommentId>,
}

#[wire(patch)]
#[derive(Default)]
pub struct ChangeAnnouncementComment {
    #[validate(custom(function = "rules::note"))]
    #[schema(example = "Will the water be back by noon?")]
    pub body: Option<String>,
}
