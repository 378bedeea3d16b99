//! Service requests on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use contract_macros::wire;
use domain::id::{AttachmentId, CategoryId, MemberId, ServiceRequestId, TeamId, TimelineId, UnitId, ZoneId};
use domain::place::Coordinates;
use domain::question::{Answered, Answers};
use domain::role::Permission;
use domain::service_request::workflow::Field;
use domain::service_request::{
    Audience, HoldReason, Priority, RejectReason, RequestAction, RequestChannel, RequestSort, RequestStatus,
    RequestVisibility, Urgency,
};

use crate::attachment::Attachment;
use crate::checklist::ChecklistItem;
use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;

/// Query: [`ServiceRequestQuery`].
pub const LIST: Endpoint<(), Page<ServiceRequestSummary>> = Endpoint::new(
    "list_service_requests",
    Method::Get,
    "/communities/{community}/service-requests",
    Access::Needs(Permission::RequestsViewOwn),
);
pub const CREATE: Endpoint<NewServiceRequest, ServiceRequest> = Endpoint::new(
    "create_service_request",
    Method::Post,
    "/communities/{community}/service-requests",
    Access::Needs(Permission::RequestsReport),
);
/// The id or the number stands for the request.
pub const SHOW: Endpoint<(), ServiceRequest> = Endpoint::new(
    "show_service_request",
    Method::Get,
    "/communities/{community}/service-requests/{id}",
    Access::Needs(Permission::RequestsViewOwn),
);
/// Who may do which action is the workflow's business.
pub const ACT: Endpoint<ActOnServiceRequest, ServiceRequest> = Endpoint::new(
    "act_on_service_request",
    Method::Post,
    "/communities/{community}/service-requests/{id}/actions",
    Access::Needs(Permission::RequestsViewOwn),
);

/// What the reporter told, mended by them while nobody has looked at it.
pub const UPDATE: Endpoint<UpdateServiceRequest, ServiceRequest> = Endpoint::new(
    "update_service_request",
    Method::Patch,
    "/communities/{community}/service-requests/{id}",
    Access::Needs(Permission::RequestsReport),
)
.versioned();
/// What staff note about a request besides its story.
pub const UPDATE_HANDLING: Endpoint<UpdateHandling, ServiceRequest> = Endpoint::new(
    "update_service_request_handling",
    Method::Patch,
    "/communities/{community}/service-requests/{id}/handling",
    Access::Needs(Permission::RequestsTriage),
)
.versioned();
pub const FOLLOW: Endpoint<(), Following> = Endpoint::new(
    "follow_service_request",
    Method::Put,
    "/communities/{community}/service-requests/{id}/follower",
    Access::Needs(Permission::RequestsFollow),
);
pub const UNFOLLOW: Endpoint<(), Following> = Endpoint::new(
    "unfollow_service_request",
    Method::Delete,
    "/communities/{community}/service-requests/{id}/follower",
    Access::Needs(Permission::RequestsFollow),
);
/// Query: [`TagQuery`].
pub const TAGS: Endpoint<(), Page<Tag>> = Endpoint::new(
    "list_tags",
    Method::Get,
    "/communities/{community}/tags",
    Access::Needs(Permission::RequestsViewAll),
);

/// What a reporter tells.
#[wire(input)]
pub struct NewServiceRequest {
    /// What is wrong, in a few words.
    #[validate(custom(function = "rules::title"))]
    #[schema(example = "Kitchen tap drips")]
    pub title: String,
    #[serde(default)]
    #[validate(custom(function = "rules::description"))]
    pub description: String,
    pub category_id: CategoryId,
    /// How urgent it is in the reporter's eyes; default `normal`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
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
    /// Hide it from the other people of the unit.
    #[serde(default)]
    pub personal: bool,
    /// Tell only staff who reported it.
    #[serde(default)]
    pub name_hidden: bool,
    /// Photos that the caller uploaded before.
    #[serde(default)]
    #[validate(custom(function = "rules::attachments"))]
    pub attachment_ids: Vec<AttachmentId>,
    /// Staff only: the member whom it is reported for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<MemberId>,
    /// Staff only: how it reached them; `phone` unless they say so when it is reported for somebody, `web` otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<RequestChannel>,
}

/// What is left out stays as it is.
#[wire(patch)]
#[derive(Default)]
pub struct UpdateServiceRequest {
    #[validate(custom(function = "rules::title"))]
    pub title: Option<String>,
    #[validate(custom(function = "rules::description"))]
    pub description: Option<String>,
    /// Photos that the caller uploaded before, to be added.
    #[validate(custom(function = "rules::attachments"))]
    pub attachment_ids: Option<Vec<AttachmentId>>,
}

/// What is left out stays as it is; null empties a cost.
#[wire(patch)]
#[derive(Default)]
pub struct UpdateHandling {
    /// All of them from now on; kept in small letters, each once.
    #[validate(custom(function = "rules::tags"))]
    pub tags: Option<Vec<String>>,
    /// In the smallest unit of the community's currency.
    #[validate(custom(function = "rules::cost"))]
    pub estimated_cost: Option<Option<i64>>,
    #[validate(custom(function = "rules::cost"))]
    pub actual_cost: Option<Option<i64>>,
}

/// Whether the caller hears of a request, and how many do.
#[wire]
pub struct Following {
    pub following: bool,
    pub followers: i64,
}

#[wire(query)]
#[derive(Default)]
pub struct TagQuery {
    /// How it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::search"))]
    pub q: Option<String>,
}

/// A tag that the community uses.
#[wire]
pub struct Tag {
    #[schema(example = "warranty")]
    pub tag: String,
}

/// One action on a request; which fields it takes stands in the request's `allowed_actions`.
#[wire(input)]
#[schema(example = json!({ "action": "triage" }))]
pub struct ActOnServiceRequest {
    pub action: RequestAction,
    /// Reason, question, answer or resolution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::note"))]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category_id: Option<CategoryId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone_id: Option<ZoneId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee_id: Option<MemberId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<TeamId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold_reason: Option<HoldReason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold_until: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reject_reason: Option<RejectReason>,
    /// Photos that the caller uploaded before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(custom(function = "rules::attachments"))]
    pub attachment_ids: Vec<AttachmentId>,
    /// Stars, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::stars"))]
    pub rating: Option<i16>,
    /// For an override: the state that it shall have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<RequestStatus>,
    /// For merging: the request that remains.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub master_id: Option<ServiceRequestId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<RequestVisibility>,
    /// When it should be resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
    /// Where the caller is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::coordinates"))]
    pub at: Option<Coordinates>,
}

impl ActOnServiceRequest {
    pub fn new(action: RequestAction) -> Self {
        Self {
            action,
            note: None,
            category_id: None,
            priority: None,
            zone_id: None,
            assignee_id: None,
            team_id: None,
            hold_reason: None,
            hold_until: None,
            reject_reason: None,
            attachment_ids: Vec::new(),
            rating: None,
            target: None,
            master_id: None,
            visibility: None,
            due_at: None,
            at: None,
        }
    }
}

/// Which requests to list. All conditions must hold.
#[wire(query)]
#[derive(Default)]
pub struct ServiceRequestQuery {
    /// States, joined by commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::states"))]
    #[schema(example = "new,triaged")]
    pub status: Option<String>,
    /// Of this category or of one below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category_id: Option<CategoryId>,
    /// Priorities, joined by commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::priorities"))]
    #[schema(example = "P1,P2")]
    pub priority: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone_id: Option<ZoneId>,
    /// About this unit, as far as the caller is told where a request is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee_id: Option<MemberId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<TeamId>,
    /// Staff only: reported by or for this member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter_id: Option<MemberId>,
    /// Only what the caller reported (or was reported for them).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mine: Option<bool>,
    /// Only what is assigned to the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned_to_me: Option<bool>,
    /// Only what a team of the caller was given, and nobody of it has taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_my_teams: Option<bool>,
    /// Only what the caller follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub following: Option<bool>,
    /// Only what nobody has been given yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unassigned: Option<bool>,
    /// Only what is open and past its deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue: Option<bool>,
    /// Only what has photos.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photos: Option<bool>,
    /// Staff only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::search"))]
    pub tag: Option<String>,
    /// Reported on this day of the community's calendar or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Reported on this day of the community's calendar or earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// Words of the title, the description, the comments that the caller may read, or the number. All must be there, whatever
    /// their accents and case; the last one may go on; "in quotes" they stand side by side; with a minus they are not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::search"))]
    pub q: Option<String>,
    /// Default `newest`; not together with `updated_since`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<RequestSort>,
    /// For copies that are kept up to date: what changed at or after this instant, the longest unchanged first. Give the
    /// largest `updated_at` that you have seen; some that you have come again, so that none is ever missed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_since: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

/// A request as a line of a list.
#[wire]
pub struct ServiceRequestSummary {
    pub id: ServiceRequestId,
    #[schema(example = "MNT-2026-0007")]
    pub number: String,
    pub title: String,
    pub status: RequestStatus,
    pub priority: Priority,
    pub category: String,
    pub category_icon: String,
    /// Where, in a few words.
    pub place: String,
    pub zone: Option<String>,
    pub reporter: Option<PersonBrief>,
    pub assignee: Option<PersonBrief>,
    /// The assignee has said yes.
    pub accepted: bool,
    pub waiting_reporter: bool,
    pub photos: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// When it should be resolved.
    pub due_at: DateTime<Utc>,
    pub at: Option<Coordinates>,
}

/// Somebody, as far as the caller may know.
#[wire]
pub struct PersonBrief {
    pub member_id: MemberId,
    pub display_name: String,
}

/// A request with everything that the caller may see of it.
#[wire]
pub struct ServiceRequest {
    #[serde(flatten)]
    pub summary: ServiceRequestSummary,
    /// Rises with every change.
    pub version: i32,
    pub description: String,
    pub category_id: CategoryId,
    pub zone_id: Option<ZoneId>,
    pub unit: Option<String>,
    pub address_hint: String,
    pub urgency: Urgency,
    pub channel: RequestChannel,
    pub visibility: RequestVisibility,
    pub personal: bool,
    /// Only staff learn who reported it.
    pub name_hidden: bool,
    /// Whoever reported it is a member whom the community knows.
    pub verified: bool,
    /// Somebody reported it without an account, and follows it by a secret link.
    pub anonymous: bool,
    /// For whom it was reported, if by somebody else.
    pub beneficiary: Option<PersonBrief>,
    pub evidence_required: bool,
    pub hold_reason: Option<HoldReason>,
    pub hold_until: Option<DateTime<Utc>>,
    pub reject_reason: Option<RejectReason>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub arrived_at: Option<DateTime<Utc>>,
    pub started_at: Option<DateTime<Utc>>,
    pub first_response_at: Option<DateTime<Utc>>,
    pub resolved_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub reopen_count: i32,
    /// The team that it was given to.
    pub team: Option<TeamBrief>,
    /// What was done, in the words of whoever resolved it last.
    pub resolution_note: Option<String>,
    /// The caller hears of it because they asked to.
    pub following: bool,
    pub followers: i64,
    /// For staff only, like the costs.
    pub tags: Vec<String>,
    /// In the smallest unit of the community's currency; also for the assignee.
    pub estimated_cost: Option<i64>,
    pub actual_cost: Option<i64>,
    /// The request that this one was merged into.
    pub master: Option<MasterBrief>,
    /// What was merged into it, as far as the caller may see that.
    pub duplicates: Vec<Merged>,
    /// The caller may mend what they told.
    pub may_edit: bool,
    /// The caller may set tags and costs.
    pub may_handle: bool,
    /// Stars, 1 to 5, once the reporter gave some.
    pub rating: Option<i16>,
    /// What the category asked, as it was asked then.
    pub answers: Vec<Answered>,
    /// What has to be done; empty before the request is taken up.
    pub checklist: Vec<ChecklistItem>,
    /// Resolving needs the whole checklist to be done.
    pub checklist_required: bool,
    /// This caller may tick the items of the checklist.
    pub may_tick: bool,
    /// Those of the report and its story; the others come with the comments.
    pub attachments: Vec<Attachment>,
    /// To whom the caller may speak in comments: staff also among themselves.
    pub comment_audiences: Vec<Audience>,
    /// Oldest first. Of comments it only says that there was one.
    pub timeline: Vec<TimelineEntry>,
    /// What this caller may do now, and what each action takes.
    pub allowed_actions: Vec<AllowedAction>,
}

/// Something that the caller may do now.
#[wire]
pub struct AllowedAction {
    pub action: RequestAction,
    /// The state that it leads to; null where the caller chooses.
    pub to: Option<RequestStatus>,
    pub fields: Vec<ActionField>,
}

#[wire]
pub struct ActionField {
    pub name: Field,
    pub required: bool,
    /// One at least of the fields that say so is needed.
    pub one_of: bool,
}

#[wire]
pub struct TeamBrief {
    pub id: TeamId,
    pub name: String,
}

/// The request that others were merged into.
#[wire]
pub struct MasterBrief {
    pub id: ServiceRequestId,
    #[schema(example = "MNT-2026-0007")]
    pub number: String,
    pub status: RequestStatus,
    /// Only where the caller may see that request, too.
    pub title: Option<String>,
}

/// A request that was merged into another, with what remains of it there.
#[wire]
pub struct Merged {
    pub id: ServiceRequestId,
    #[schema(example = "MNT-2026-0008")]
    pub number: String,
    pub title: String,
    pub reporter: Option<PersonBrief>,
    pub created_at: DateTime<Utc>,
    pub attachments: Vec<Attachment>,
    /// What was asked and answered about it, the oldest first.
    pub comments: Vec<TimelineEntry>,
}

impl AllowedAction {
    pub fn takes(&self, field: Field) -> bool {
        self.fields.iter().any(|known| known.name == field)
    }

    pub fn requires(&self, field: Field) -> bool {
        self.fields.iter().any(|known| known.name == field && known.required)
    }
}

/// One line of a request's story. Never changed, never deleted.
#[wire]
pub struct TimelineEntry {
    pub id: TimelineId,
    /// `report` for the first line, a milestone such as `joined`, or the action.
    #[schema(example = "assign")]
    pub kind: String,
    pub at: DateTime<Utc>,
    /// Who did it; nobody for what happens by itself.
    pub actor: Option<PersonBrief>,
    pub from_status: Option<RequestStatus>,
    pub to_status: RequestStatus,
    pub note: Option<String>,
    pub audience: Audience,
    /// The professional it was given to, for the lines that give it to somebody.
    pub assignee: Option<PersonBrief>,
    /// The new priority, for the lines that change it.
    pub priority: Option<Priority>,
    pub attachment_ids: Vec<AttachmentId>,
    /// What something was before, for the lines that change it.
    pub from_value: Option<String>,
    pub to_value: Option<String>,
    /// Where somebody arrived.
    pub at_place: Option<Coordinates>,
    /// The team it was given to, by its name.
    pub team: Option<String>,
}
