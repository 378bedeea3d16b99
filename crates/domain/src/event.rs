//! Every event that somebody is told of: who hears, how soon, and by which words.
//!
//! An event is written into the outbox in the transaction of what it tells of. [`CATALOGUE`] is the only place that says
//! who hears of it; its words are the messages `event.<name>` (requests) and `account_mail.<name>.*` (mail about accounts),
//! and `docs/events.md` is generated from it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::AccountMail;
use crate::id::MemberId;
use crate::service_request::{Audience, Milestone, RequestAction};
use crate::text_enum::text_enum;

text_enum! {
    /// Something that happened and that somebody is told of.
    pub enum Event {
        RequestReport = "request.report",
        RequestTriage = "request.triage",
        RequestAsk = "request.ask",
        RequestAnswer = "request.answer",
        RequestAssign = "request.assign",
        RequestClaim = "request.claim",
        RequestAccept = "request.accept",
        RequestDecline = "request.decline",
        RequestReassign = "request.reassign",
        RequestUnassign = "request.unassign",
        RequestArrive = "request.arrive",
        RequestStart = "request.start",
        RequestHold = "request.hold",
        RequestResume = "request.resume",
        RequestResolve = "request.resolve",
        RequestConfirm = "request.confirm",
        RequestDispute = "request.dispute",
        RequestAutoClose = "request.auto_close",
        RequestClose = "request.close",
        RequestReopen = "request.reopen",
        RequestReject = "request.reject",
        RequestCancel = "request.cancel",
        RequestMerge = "request.merge",
        RequestUnmerge = "request.unmerge",
        RequestOverride = "request.override",
        RequestChangePriority = "request.change_priority",
        RequestChangeCategory = "request.change_category",
        RequestChangeZone = "request.change_zone",
        RequestChangeVisibility = "request.change_visibility",
        RequestChangeDue = "request.change_due",
        /// The reporter would like it to be cancelled.
        RequestRequestCancel = "request.request_cancel",
        /// The reporter mended what they had told.
        RequestEdit = "request.edit",
        /// Another request was merged into it.
        RequestJoined = "request.joined",
        RequestParted = "request.parted",
        /// What it was merged into is closed.
        RequestMasterClosed = "request.master_closed",
        RequestComment = "request.comment",
        /// A comment among staff.
        RequestNote = "request.note",
        /// Somebody is called by name in a comment.
        RequestMention = "request.mention",
        AnnouncementPublish = "announcement.publish",
        /// The same of one that cannot wait.
        AnnouncementUrgent = "announcement.urgent",
        /// Its readers have not read it for so long that they are told by another channel.
        AnnouncementUnread = "announcement.unread",
        /// Whoever publishes asks those who have not read it, or not confirmed it.
        AnnouncementReminder = "announcement.reminder",
        AnnouncementComment = "announcement.comment",
        /// Something about it looks different now: its words, its end, what is said of it.
        AnnouncementChange = "announcement.change",
        /// Somebody has read or confirmed it: who publishes sees the figures move.
        AnnouncementReceipt = "announcement.receipt",
        AccountVerify = "account.verify",
        AccountAlreadyRegistered = "account.already_registered",
        AccountResetPassword = "account.reset_password",
        AccountPasswordChanged = "account.password_changed",
        AccountChangeEmail = "account.change_email",
        AccountEmailChangeWarning = "account.email_change_warning",
        AccountEmailTaken = "account.email_taken",
        AccountSessionReuse = "account.session_reuse",
        AccountTotpEnabled = "account.totp_enabled",
        AccountTotpDisabled = "account.totp_disabled",
        AccountInvitation = "account.invitation",
        AccountApplicationReceived = "account.application_received",
        AccountApplicationApproved = "account.application_approved",
        AccountApplicationRejected = "account.application_rejected",
        AccountMemberSuspended = "account.member_suspended",
        AccountMemberReinstated = "account.member_reinstated",
        AccountMemberArchived = "account.member_archived",
    }
}

text_enum! {
    /// What an event is about.
    pub enum SubjectKind {
        ServiceRequest = "service_request",
        Announcement = "announcement",
    }
}

text_enum! {
    /// What people choose by how they hear: events that belong together.
    pub enum EventGroup {
        /// Work that waits for somebody: new reports, assignments, answers, disputes.
        Work = "work",
        /// How one's own requests, and those that one follows, go on.
        Progress = "progress",
        /// What people write.
        Conversation = "conversation",
        /// What the community tells its members.
        Announcements = "announcements",
        /// One's account and memberships.
        Account = "account",
    }
}

text_enum! {
    /// How soon somebody should hear.
    pub enum Soon {
        /// It waits for nothing.
        Now = "now",
        /// With the rest, if somebody wants it so.
        Later = "later",
    }
}

text_enum! {
    /// How a member hears of a group of events by mail. In the app they always do.
    pub enum MailChoice {
        Now = "now",
        /// All of a day in one mail.
        Daily = "daily",
        Off = "off",
    }
}

/// A group of people around what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// The person it was reported by or for.
    Reporter,
    /// Those who asked to hear how it goes on.
    Followers,
    Assignee,
    /// The team that it was given to, while none of them has made it theirs.
    Team,
    /// Whoever had it before the action took it away; noted with the event, because later nobody knows.
    FormerAssignee,
    /// The community's dispatchers; where there are none, who manages it.
    Dispatchers,
    /// Those whom the event itself names.
    Mentioned,
    /// Whom an announcement is for.
    Audience,
    /// Those of them who have not read it, or not confirmed it where that is asked.
    Silent,
    /// Who wrote the announcement, and what the comment answers.
    Answered,
    /// Whoever looks at it in this moment; nobody is told afterwards.
    Watching,
    /// Whoever's address the mail goes to: of an account, or of somebody who has none yet.
    Addressee,
}

impl Party {
    /// Whether it may hear what is said among staff.
    pub const fn is_staff(self) -> bool {
        match self {
            Party::Assignee | Party::Team | Party::FormerAssignee | Party::Dispatchers | Party::Mentioned => {
                true
            }
            Party::Reporter
            | Party::Followers
            | Party::Audience
            | Party::Silent
            | Party::Answered
            | Party::Watching
            | Party::Addressee => false,
        }
    }
}

/// What is known of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub event: Event,
    pub told: &'static [Party],
    pub soon: Soon,
    pub group: EventGroup,
    /// Cannot be switched off: without it somebody could not do what is theirs to do, or would not know of a danger.
    pub essential: bool,
}

const fn row(event: Event, told: &'static [Party], soon: Soon, group: EventGroup) -> Row {
    Row { event, told, soon, group, essential: false }
}

const fn essential(event: Event, told: &'static [Party], group: EventGroup) -> Row {
    Row { event, told, soon: Soon::Now, group, essential: true }
}

/// Who hears of what, besides whoever did it. One row an event, in the order of [`Event`].
pub const CATALOGUE: &[Row] = {
    use Event as E;
    use EventGroup::{Account, Announcements, Conversation, Progress, Work};
    use Party::{
        Addressee, Answered, Assignee, Audience, Dispatchers, Followers, FormerAssignee, Mentioned, Reporter,
        Silent, Team, Watching,
    };
    use Soon::{Later, Now};
    &[
        row(E::RequestReport, &[Dispatchers], Now, Work),
        row(E::RequestTriage, &[Reporter, Followers], Later, Progress),
        essential(E::RequestAsk, &[Reporter], Progress),
        row(E::RequestAnswer, &[Assignee, Dispatchers], Now, Work),
        row(E::RequestAssign, &[Assignee, Team, Reporter, Followers], Now, Work),
        row(E::RequestClaim, &[Assignee, Reporter, Followers], Later, Progress),
        row(E::RequestAccept, &[Reporter, Followers], Later, Progress),
        row(E::RequestDecline, &[Dispatchers], Now, Work),
        row(E::RequestReassign, &[Assignee, Team, FormerAssignee, Reporter, Followers], Now, Work),
        row(E::RequestUnassign, &[Assignee, FormerAssignee, Reporter, Followers], Now, Work),
        row(E::RequestArrive, &[Reporter], Now, Progress),
        row(E::RequestStart, &[Reporter, Followers], Later, Progress),
        row(E::RequestHold, &[Reporter, Followers], Later, Progress),
        row(E::RequestResume, &[Reporter, Followers], Later, Progress),
        row(E::RequestResolve, &[Reporter, Followers], Now, Progress),
        row(E::RequestConfirm, &[Assignee, Followers], Later, Progress),
        row(E::RequestDispute, &[Assignee, Dispatchers, Followers], Now, Work),
        row(E::RequestAutoClose, &[Reporter, Followers], Later, Progress),
        row(E::RequestClose, &[Assignee, Reporter, Followers], Later, Progress),
        row(E::RequestReopen, &[Assignee, Dispatchers, Followers], Now, Work),
        row(E::RequestReject, &[Reporter, Followers], Now, Progress),
        row(E::RequestCancel, &[Assignee, Reporter, Followers], Now, Progress),
        row(E::RequestMerge, &[Reporter, Followers], Later, Progress),
        row(E::RequestUnmerge, &[Reporter, Followers], Later, Progress),
        row(E::RequestOverride, &[Assignee, Reporter, Followers], Now, Progress),
        row(E::RequestChangePriority, &[Assignee], Later, Work),
        row(E::RequestChangeCategory, &[Assignee, Reporter], Later, Progress),
        row(E::RequestChangeZone, &[Assignee], Later, Work),
        row(E::RequestChangeVisibility, &[Reporter], Later, Progress),
        row(E::RequestChangeDue, &[Assignee, Reporter, Followers], Later, Progress),
        row(E::RequestRequestCancel, &[Assignee, Dispatchers], Now, Work),
        row(E::RequestEdit, &[Dispatchers], Later, Work),
        row(E::RequestJoined, &[Assignee, Reporter], Later, Progress),
        row(E::RequestParted, &[Assignee, Reporter], Later, Progress),
        row(E::RequestMasterClosed, &[Reporter, Followers], Later, Progress),
        row(E::RequestComment, &[Assignee, Reporter, Followers], Now, Conversation),
        row(E::RequestNote, &[Assignee, Dispatchers], Now, Conversation),
        row(E::RequestMention, &[Mentioned], Now, Conversation),
        row(E::AnnouncementPublish, &[Audience], Later, Announcements),
        essential(E::AnnouncementUrgent, &[Audience], Announcements),
        row(E::AnnouncementUnread, &[Silent], Now, Announcements),
        row(E::AnnouncementReminder, &[Silent], Now, Announcements),
        row(E::AnnouncementComment, &[Answered], Now, Conversation),
        row(E::AnnouncementChange, &[Watching], Later, Announcements),
        row(E::AnnouncementReceipt, &[Watching], Later, Announcements),
        essential(E::AccountVerify, &[Addressee], Account),
        essential(E::AccountAlreadyRegistered, &[Addressee], Account),
        essential(E::AccountResetPassword, &[Addressee], Account),
        essential(E::AccountPasswordChanged, &[Addressee], Account),
        essential(E::AccountChangeEmail, &[Addressee], Account),
        essential(E::AccountEmailChangeWarning, &[Addressee], Account),
        essential(E::AccountEmailTaken, &[Addressee], Account),
        essential(E::AccountSessionReuse, &[Addressee], Account),
        essential(E::AccountTotpEnabled, &[Addressee], Account),
        essential(E::AccountTotpDisabled, &[Addressee], Account),
        essential(E::AccountInvitation, &[Addressee], Account),
        essential(E::AccountApplicationReceived, &[Addressee], Account),
        essential(E::AccountApplicationApproved, &[Addressee], Account),
        essential(E::AccountApplicationRejected, &[Addressee], Account),
        essential(E::AccountMemberSuspended, &[Addressee], Account),
        essential(E::AccountMemberReinstated, &[Addressee], Account),
        essential(E::AccountMemberArchived, &[Addressee], Account),
    ]
};

/// An id that an event must remember, because when it is told it can no longer be looked up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Noted {
    /// Who had the request before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former_assignee: Option<MemberId>,
    /// Whom a comment names: they are told that, and not besides that there was a comment.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mentioned: Vec<MemberId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<Uuid>,
}

impl Event {
    pub const fn row(self) -> &'static Row {
        &CATALOGUE[self as usize]
    }

    /// Whether only staff is told of it.
    pub fn is_among_staff(self) -> bool {
        self.row().told.iter().all(|party| party.is_staff())
    }

    /// What an action on a request causes.
    pub const fn of_action(action: RequestAction) -> Self {
        use RequestAction as A;
        match action {
            A::Triage => Event::RequestTriage,
            A::Ask => Event::RequestAsk,
            A::Answer => Event::RequestAnswer,
            A::Assign => Event::RequestAssign,
            A::Claim => Event::RequestClaim,
            A::Accept => Event::RequestAccept,
            A::Decline => Event::RequestDecline,
            A::Reassign => Event::RequestReassign,
            A::Unassign => Event::RequestUnassign,
            A::Arrive => Event::RequestArrive,
            A::Start => Event::RequestStart,
            A::Hold => Event::RequestHold,
            A::Resume => Event::RequestResume,
            A::Resolve => Event::RequestResolve,
            A::Confirm => Event::RequestConfirm,
            A::Dispute => Event::RequestDispute,
            A::AutoClose => Event::RequestAutoClose,
            A::Close => Event::RequestClose,
            A::Reopen => Event::RequestReopen,
            A::Reject => Event::RequestReject,
            A::Cancel => Event::RequestCancel,
            A::Merge => Event::RequestMerge,
            A::Unmerge => Event::RequestUnmerge,
            A::Override => Event::RequestOverride,
            A::ChangePriority => Event::RequestChangePriority,
            A::ChangeCategory => Event::RequestChangeCategory,
            A::ChangeZone => Event::RequestChangeZone,
            A::ChangeVisibility => Event::RequestChangeVisibility,
            A::ChangeDue => Event::RequestChangeDue,
            A::RequestCancel => Event::RequestRequestCancel,
        }
    }

    /// What a comment causes. One for staff is another event than one for everybody.
    pub const fn of_comment(audience: Audience) -> Self {
        match audience {
            Audience::Everyone => Event::RequestComment,
            Audience::Staff => Event::RequestNote,
        }
    }

    /// What those are told for whom an announcement is.
    pub const fn of_announcement(urgent: bool) -> Self {
        if urgent { Event::AnnouncementUrgent } else { Event::AnnouncementPublish }
    }

    /// What happens to a request besides actions.
    pub const fn of_milestone(milestone: Milestone) -> Self {
        match milestone {
            Milestone::Report => Event::RequestReport,
            Milestone::Edit => Event::RequestEdit,
            Milestone::Joined => Event::RequestJoined,
            Milestone::Parted => Event::RequestParted,
            Milestone::MasterClosed => Event::RequestMasterClosed,
        }
    }

    /// What a mail about an account or a membership tells.
    pub const fn of_mail(mail: AccountMail) -> Self {
        use AccountMail as M;
        match mail {
            M::Verify => Event::AccountVerify,
            M::AlreadyRegistered => Event::AccountAlreadyRegistered,
            M::ResetPassword => Event::AccountResetPassword,
            M::PasswordChanged => Event::AccountPasswordChanged,
            M::ChangeEmail => Event::AccountChangeEmail,
            M::EmailChangeWarning => Event::AccountEmailChangeWarning,
            M::EmailTaken => Event::AccountEmailTaken,
            M::SessionReuse => Event::AccountSessionReuse,
            M::TotpEnabled => Event::AccountTotpEnabled,
            M::TotpDisabled => Event::AccountTotpDisabled,
            M::Invitation => Event::AccountInvitation,
            M::ApplicationReceived => Event::AccountApplicationReceived,
            M::ApplicationApproved => Event::AccountApplicationApproved,
            M::ApplicationRejected => Event::AccountApplicationRejected,
            M::MemberSuspended => Event::AccountMemberSuspended,
            M::MemberReinstated => Event::AccountMemberReinstated,
            M::MemberArchived => Event::AccountMemberArchived,
        }
    }
}

impl EventGroup {
    /// What members decide for themselves.
    pub const CHOSEN: &'static [EventGroup] =
        &[EventGroup::Work, EventGroup::Progress, EventGroup::Conversation, EventGroup::Announcements];

    /// How somebody hears who has chosen nothing.
    pub const fn usual(self) -> MailChoice {
        match self {
            // Most read it in the app; for the others the mail follows, if it stays unread.
            EventGroup::Announcements => MailChoice::Daily,
            EventGroup::Work | EventGroup::Progress | EventGroup::Conversation | EventGroup::Account => {
                MailChoice::Now
            }
        }
    }
}

/// How an event reaches a member by mail, given what they chose for its group. Who is asked again does not wait for the
/// day's mail.
pub const fn by_mail(event: Event, chosen: MailChoice) -> MailChoice {
    match (event, chosen) {
        (event, _) if event.row().essential => MailChoice::Now,
        (Event::AnnouncementUnread | Event::AnnouncementReminder, MailChoice::Daily) => MailChoice::Now,
        (_, chosen) => chosen,
    }
}

#[cfg(test)]
mod tests;
