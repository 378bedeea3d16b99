//! What is written into the audit trail: every security-relevant or administrative act, and what it was done to.

use crate::text_enum::text_enum;

text_enum! {
    /// Who acted.
    pub enum ActorKind {
        /// Somebody through the API, signed in or about to be.
        User = "user",
        /// The worker, by itself.
        Worker = "worker",
        /// An operator of the machine, by a command.
        Command = "command",
        /// Time passing.
        Clock = "clock",
    }
}

text_enum! {
    /// What an act was done to.
    pub enum EntityKind {
        Session = "session",
        User = "user",
        Keys = "keys",
        Community = "community",
        Member = "member",
        Invitation = "invitation",
        ServiceRequest = "service_request",
        Category = "category",
        ResponseTemplate = "response_template",
        SavedFilter = "saved_filter",
        Unit = "unit",
        Zone = "zone",
        Team = "team",
        Comment = "comment",
        Announcement = "announcement",
        AnnouncementCategory = "announcement_category",
    }
}

impl EntityKind {
    /// Whether acts on it belong to the platform's trail. All others belong to a community's: so no community ever
    /// reads of the sessions and accounts of its people.
    pub const fn is_of_platform(self) -> bool {
        match self {
            EntityKind::Session | EntityKind::User | EntityKind::Keys => true,
            EntityKind::Community
            | EntityKind::Member
            | EntityKind::Invitation
            | EntityKind::ServiceRequest
            | EntityKind::Category
            | EntityKind::ResponseTemplate
            | EntityKind::SavedFilter
            | EntityKind::Unit
            | EntityKind::Zone
            | EntityKind::Team
            | EntityKind::Comment
            | EntityKind::Announcement
            | EntityKind::AnnouncementCategory => false,
        }
    }
}

text_enum! {
    /// How the end of a chain left the database.
    pub enum AnchorWay {
        Mail = "mail",
        File = "file",
    }
}

/// Spells each act once: as a variant, as its name, and with the kind of thing that it is done to.
macro_rules! actions {
    ($($variant:ident = $text:literal $entity:ident,)*) => {
        text_enum! {
            /// Something that was done and is audited. Its sentence is the message `audit.<name>`.
            pub enum AuditAction { $($variant = $text,)* }
        }

        impl AuditAction {
            pub const fn entity(self) -> EntityKind {
                match self { $(AuditAction::$variant => EntityKind::$entity,)* }
            }
        }
    };
}

actions! {
    SessionCreated = "session.created"                          Session,
    SessionFailed = "session.failed"                            User,
    SessionEnded = "session.ended"                              Session,
    SessionRevoked = "session.revoked"                          Session,
    SessionsRevoked = "session.all_revoked"                     User,
    SessionReuseDetected = "session.reuse_detected"             Session,
    AccountRegistered = "account.registered"                    User,
    AccountPasswordChanged = "account.password_changed"         User,
    AccountPasswordReset = "account.password_reset"             User,
    AccountEmailChanged = "account.email_changed"               User,
    AccountTotpEnabled = "account.totp_enabled"                 User,
    AccountTotpDisabled = "account.totp_disabled"               User,
    AccountRecoveryCodesMade = "account.recovery_codes_made"    User,
    AccountRecoveryCodeUsed = "account.recovery_code_used"      User,
    OperatorCreated = "operator.created"                        User,
    KeysRotated = "keys.rotated"                                Keys,
    KeysResealed = "keys.resealed"                              Keys,
    KeysDropped = "keys.dropped"                                Keys,
    CommunityCreated = "community.created"                      Community,
    CommunityChanged = "community.changed"                      Community,
    DemoLoaded = "demo.loaded"                                  Community,
    AuditExported = "audit.exported"                            Community,
    MemberAdminCreated = "member.admin_created"                 Member,
    MemberApplied = "member.applied"                            Member,
    MemberApproved = "member.approved"                          Member,
    MemberRejected = "member.rejected"                          Member,
    MemberSuspended = "member.suspended"                        Member,
    MemberReinstated = "member.reinstated"                      Member,
    MemberArchived = "member.archived"                          Member,
    MemberRestored = "member.restored"                          Member,
    MemberAdded = "member.added"                                Member,
    MemberChanged = "member.changed"                            Member,
    MemberRenamed = "member.renamed"                            Member,
    MemberTagged = "member.tagged"                              Member,
    MemberPasswordSet = "member.password_set"                   Member,
    MemberRolesChanged = "member.roles_changed"                 Member,
    InvitationCreated = "invitation.created"                    Invitation,
    InvitationRevoked = "invitation.revoked"                    Invitation,
    InvitationAccepted = "invitation.accepted"                  Invitation,
    ServiceRequestOverride = "service_request.override"         ServiceRequest,
    TeamCreated = "team.created"                                Team,
    TeamChanged = "team.changed"                                Team,
    TeamArchived = "team.archived"                              Team,
    ServiceRequestMerge = "service_request.merge"               ServiceRequest,
    ServiceRequestUnmerge = "service_request.unmerge"           ServiceRequest,
    ServiceRequestMoveDeadline = "service_request.move_deadline" ServiceRequest,
    ServiceRequestClose = "service_request.close"               ServiceRequest,
    CategoryCreated = "category.created"                    Category,
    CategoryChanged = "category.changed"                    Category,
    CategoryArchived = "category.archived"                  Category,
    CategoryRestored = "category.restored"                  Category,
    CategoriesOrdered = "category.ordered"                  Category,
    ResponseTemplateCreated = "response_template.created"   ResponseTemplate,
    ResponseTemplateChanged = "response_template.changed"   ResponseTemplate,
    ResponseTemplateDeleted = "response_template.deleted"   ResponseTemplate,
    SavedFilterShared = "saved_filter.shared"               SavedFilter,
    SavedFilterChanged = "saved_filter.changed"             SavedFilter,
    SavedFilterDeleted = "saved_filter.deleted"             SavedFilter,
    UnitCreated = "unit.created"                            Unit,
    UnitChanged = "unit.changed"                            Unit,
    OccupancyAdded = "occupancy.added"                      Unit,
    OccupancyChanged = "occupancy.changed"                  Unit,
    OccupancyEnded = "occupancy.ended"                      Unit,
    ZoneCreated = "zone.created"                            Zone,
    ZoneChanged = "zone.changed"                            Zone,
    ZonesOrdered = "zone.ordered"                           Zone,
    CommentRemoved = "comment.removed"                          Comment,
    AnnouncementScheduled = "announcement.scheduled"            Announcement,
    AnnouncementUnscheduled = "announcement.unscheduled"        Announcement,
    AnnouncementPublished = "announcement.published"            Announcement,
    AnnouncementChanged = "announcement.changed"                Announcement,
    AnnouncementArchived = "announcement.archived"              Announcement,
    AnnouncementDeleted = "announcement.deleted"                Announcement,
    AnnouncementReminded = "announcement.reminded"              Announcement,
    AnnouncementCategoryCreated = "announcement_category.created" AnnouncementCategory,
    AnnouncementCategoryChanged = "announcement_category.changed" AnnouncementCategory,
}
