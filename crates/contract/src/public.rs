//! What anybody sees and does without an account, in communities that want it so: public requests, reports, and what
//! follows a report by its secret link.

use chrono::{DateTime, Utc};
use contract_macros::wire;
use domain::category::Hue;
use domain::community::CommunityKind;
use domain::id::{AttachmentId, CategoryId, ZoneId};
use domain::place::Coordinates;
use domain::question::{Answers, Question};
use domain::service_request::{RequestAction, RequestStatus, Urgency, Voice};

use crate::attachment::Attachment;
use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;
use crate::service_request::AllowedAction;

pub const COMMUNITY: Endpoint<(), PublicCommunity> =
    Endpoint::new("show_public_community", Method::Get, "/public/{community}", Access::Public);
/// Query: [`PublicRequestQuery`].
pub const LIST: Endpoint<(), Page<PublicRequestSummary>> = Endpoint::new(
    "list_public_requests",
    Method::Get,
    "/public/{community}/service-requests",
    Access::Public,
);
pub const SHOW: Endpoint<(), PublicRequest> = Endpoint::new(
    "show_public_request",
    Method::Get,
    "/public/{community}/service-requests/{number}",
    Access::Public,
);
pub const REPORT: Endpoint<NewReport, ReportReceipt> =
    Endpoint::new("report_without_account", Method::Post, "/public/{community}/reports", Access::Public);
pub const SHOW_REPORT: Endpoint<(), Report> =
    Endpoint::new("show_report", Method::Get, "/public/{community}/reports/{secret}", Access::Public);
pub const ACT: Endpoint<ActOnReport, Report> = Endpoint::new(
    "act_on_report",
    Method::Post,
    "/public/{community}/reports/{secret}/actions",
    Access::Public,
);
pub const COMMENT: Endpoint<NewReportComment, Report> = Endpoint::new(
    "comment_on_report",
    Method::Post,
    "/public/{community}/reports/{secret}/comments",
    Access::Public,
);
/// Body: `multipart/form-data` with one part `file`, a photo. It belongs to the report at once.
pub const UPLOAD: Endpoint<(), Attachment> = Endpoint::new(
    "add_photo_to_report",
    Method::Post,
    "/public/{community}/reports/{secret}/attachments",
    Access::Public,
);

/// A community as strangers see it.
#[wire]
pub struct PublicCommunity {
    #[schema(example = "old-town")]
    pub slug: String,
    pub name: String,
    pub kind: CommunityKind,
    /// An IANA time zone, such as `Europe/Lisbon`.
    pub time_zone: String,
    /// Whether anybody may report without an account.
    pub takes_reports: bool,
    /// Whether anybody may ask to join.
    pub takes_members: bool,
    /// What can be reported without an account; empty where nothing can.
    pub categories: Vec<PublicCategory>,
    pub zones: Vec<PublicZone>,
}

#[wire]
pub struct PublicCategory {
    pub id: CategoryId,
    /// The category that it is a part of; there are two levels.
    pub parent_id: Option<CategoryId>,
    pub name: String,
    pub description: String,
    /// Name of a line icon.
    pub icon: String,
    pub color: Hue,
    /// What a report has to tell besides the usual, in order.
    pub questions: Vec<Question>,
}

#[wire]
pub struct PublicZone {
    pub id: ZoneId,
    pub name: String,
    /// A closed ring of `[lng, lat]` corners, if the zone has been drawn.
    #[schema(value_type = Option<Vec<Vec<f64>>>)]
    pub boundary: Option<Vec<[f64; 2]>>,
}

#[wire(query)]
#[derive(Default)]
pub struct PublicRequestQuery {
    /// Only what is still to be done; false: only what is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// Of this category or of one below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category_id: Option<CategoryId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

/// A public request as a line of a list. It names nobody.
#[wire]
pub struct PublicRequestSummary {
    #[schema(example = "OLD-2026-0007")]
    pub number: String,
    pub title: String,
    pub status: RequestStatus,
    pub category: String,
    pub category_icon: String,
    pub zone: Option<String>,
    /// Where, in a few words; never somebody's home.
    pub place: String,
    pub at: Option<Coordinates>,
    pub photos: i64,
    /// A member of the community reported it.
    pub verified: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A public request with what anybody may see of it.
#[wire]
pub struct PublicRequest {
    #[serde(flatten)]
    pub summary: PublicRequestSummary,
    pub description: String,
    /// What was done, in the words of whoever did it.
    pub resolution_note: Option<String>,
    /// Photos, each at an address that is good for ten to twenty minutes.
    pub attachments: Vec<Attachment>,
    /// Oldest first.
    pub timeline: Vec<PublicEntry>,
    /// What is said to everybody, the oldest first; at most 200.
    pub comments: Vec<PublicComment>,
}

/// One line of a story that names nobody.
#[wire]
pub struct PublicEntry {
    /// `report` for the first line, a milestone, or the action.
    #[schema(example = "start")]
    pub kind: String,
    pub at: DateTime<Utc>,
    pub by: Voice,
    pub from_status: Option<RequestStatus>,
    pub to_status: RequestStatus,
    /// What was said with it; on public pages only what was done, or why it was not.
    pub note: Option<String>,
    pub attachment_ids: Vec<AttachmentId>,
}

/// Something that was said to everybody.
#[wire]
pub struct PublicComment {
    pub at: DateTime<Utc>,
    pub by: Voice,
    /// Null once it has been removed.
    pub body: Option<String>,
    pub attachments: Vec<Attachment>,
}

/// What somebody without an account tells. It needs a place: a point, a hint in words, or both.
#[wire(input)]
pub struct NewReport {
    #[validate(custom(function = "rules::title"))]
    #[schema(example = "Pothole in front of the bakery")]
    pub title: String,
    #[serde(default)]
    #[validate(custom(function = "rules::description"))]
    pub description: String,
    pub category_id: CategoryId,
    /// How urgent it is in the reporter's eyes; default `normal`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::coordinates"))]
    pub at: Option<Coordinates>,
    /// Where exactly, in words.
    #[serde(default)]
    #[validate(custom(function = "rules::address_hint"))]
    pub address_hint: String,
    /// What the category asks, by the code of the question.
    #[serde(default, skip_serializing_if = "Answers::is_empty")]
    #[validate(custom(function = "rules::answers"))]
    #[schema(value_type = std::collections::BTreeMap<String, Vec<String>>)]
    pub answers: Answers,
}

/// What somebody without an account keeps of their report: nobody can tell them again.
#[wire]
pub struct ReportReceipt {
    #[schema(example = "OLD-2026-0007")]
    pub number: String,
    /// Whoever has it sees the report, and speaks for it.
    pub secret: String,
    /// When somebody answers at the latest.
    pub due_at: DateTime<Utc>,
}

/// Where a report goes on that is the same as another.
#[wire]
pub struct ReportMaster {
    #[schema(example = "OLD-2026-0003")]
    pub number: String,
    pub status: RequestStatus,
    /// It stands on the public pages.
    pub is_public: bool,
}

/// A report as whoever holds its secret sees it. It names nobody.
#[wire]
pub struct Report {
    #[schema(example = "OLD-2026-0007")]
    pub number: String,
    pub version: i32,
    pub title: String,
    pub description: String,
    pub status: RequestStatus,
    /// What it was merged into.
    pub master: Option<ReportMaster>,
    pub category: String,
    pub category_icon: String,
    pub zone: Option<String>,
    pub place: String,
    pub at: Option<Coordinates>,
    /// A question to the reporter is open.
    pub waiting_reporter: bool,
    pub resolution_note: Option<String>,
    /// Stars, 1 to 5, once they were given.
    pub rating: Option<i16>,
    /// Anybody can see it on the public pages.
    pub is_public: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// When it should be resolved.
    pub due_at: DateTime<Utc>,
    pub attachments: Vec<Attachment>,
    /// How many photos may still be added.
    pub photos_left: i64,
    /// Oldest first.
    pub timeline: Vec<PublicEntry>,
    /// What is said to everybody, the oldest first; at most 200.
    pub comments: Vec<PublicComment>,
    /// What the holder may do now, and what each action takes.
    pub allowed_actions: Vec<AllowedAction>,
}

/// One action of whoever holds the secret.
#[wire(input)]
#[schema(example = json!({ "action": "confirm", "rating": 5 }))]
pub struct ActOnReport {
    pub action: RequestAction,
    /// Reason or answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::note"))]
    pub note: Option<String>,
    /// Stars, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::stars"))]
    pub rating: Option<i16>,
}

#[wire(input)]
#[derive(Default)]
pub struct NewReportComment {
    #[validate(custom(function = "rules::comment"))]
    #[schema(example = "It is the second lamp post from the corner.")]
    pub body: String,
}
