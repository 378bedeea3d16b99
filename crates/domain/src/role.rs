//! Permissions, roles, and the one table that ties them.

use crate::community::Settings;
use crate::text_enum::text_enum;

text_enum! {
    /// A named set of permissions inside one community. A member may hold several.
    pub enum Role {
        Resident = "resident",
        Professional = "professional",
        Guard = "guard",
        Dispatcher = "dispatcher",
        Supervisor = "supervisor",
        Committee = "committee",
        Accountant = "accountant",
        Manager = "manager",
        Admin = "admin",
    }
}

/// Spells each permission once: as a variant, as its name on the wire, and as its row of the table.
macro_rules! permissions {
    ($($variant:ident = $text:literal $cells:literal,)*) => {
        text_enum! {
            /// One thing that somebody may be allowed to do.
            pub enum Permission { $($variant = $text,)* }
        }

        /// A row per permission and a column per [`Role`], in the order of [`Role::ALL`]:
        /// `y` has it, `o` only where the community's settings allow, `w` has it for what is theirs
        /// (checked against the object), `.` has it not.
        pub const TABLE: &[(Permission, &str)] = &[$((Permission::$variant, $cells),)*];
    };
}

permissions! {
    //                                                       RPGDSCAMA
    RequestsReport = "requests.report"                      "yyyyyyyyy",
    RequestsFollow = "requests.follow"                      "yyyyyyyyy",
    RequestsViewOwn = "requests.view_own"                   "yyyyyyyyy",
    RequestsViewAssigned = "requests.view_assigned"         ".y.......",
    RequestsWork = "requests.work"                          ".y.......",
    RequestsViewAll = "requests.view_all"                   "...yyy.yy",
    RequestsViewInternal = "requests.view_internal"         "...yyy.yy",
    RequestsTriage = "requests.triage"                      "...yyo.yy",
    RequestsAssign = "requests.assign"                      "...yy..yy",
    RequestsMerge = "requests.merge"                        "...yy..yy",
    RequestsBulk = "requests.bulk"                          "...yy..yy",
    RequestsClose = "requests.close"                        "....y..yy",
    RequestsOverride = "requests.override"                  "....y..yy",
    RequestsMoveDeadline = "requests.move_deadline"         "....y..yy",
    CategoriesManage = "categories.manage"                  "....y..yy",
    SlaManage = "sla.manage"                                "....y..yy",
    SchedulesManage = "schedules.manage"                    "....y..yy",
    ProfessionalsView = "professionals.view"                "yyyyyyyyy",
    ProfessionalsManage = "professionals.manage"            "....y..yy",
    TeamsManage = "teams.manage"                            "....y..yy",
    AvailabilityOwn = "availability.own"                    ".y.......",
    CatalogueOrder = "catalogue.order"                      "yyyyyyyyy",
    CatalogueManage = "catalogue.manage"                    "...yy..yy",
    AppointmentsManage = "appointments.manage"              "...yy..yy",
    FacilitiesView = "facilities.view"                      "yo.yyyyyy",
    BookingsCreate = "bookings.create"                      "yo.yyyyyy",
    BookingsApprove = "bookings.approve"                    "w...yy.yy",
    FacilitiesManage = "facilities.manage"                  ".....y.yy",
    BookingsManage = "bookings.manage"                      ".....y.yy",
    MoneyViewOwn = "money.view_own"                         "yy.yyyyyy",
    MoneyPay = "money.pay"                                  "yy.yyyyyy",
    MoneyViewAll = "money.view_all"                         "......yyy",
    MoneyRecord = "money.record"                            "......yyy",
    MoneyManage = "money.manage"                            "......y.y",
    AnnouncementsRead = "announcements.read"                "yyyyyyyyy",
    EventsRsvp = "events.rsvp"                              "yyyyyyyyy",
    DocumentsView = "documents.view"                        "yyyyyyyyy",
    ContactsView = "contacts.view"                          "yyyyyyyyy",
    AnnouncementsPublish = "announcements.publish"          ".....yyyy",
    EventsCreate = "events.create"                          "o....y.yy",
    ListingsCreate = "listings.create"                      "yo.yyyyyy",
    PostsCreate = "posts.create"                            "yo.yyyyyy",
    MessagesSend = "messages.send"                          "yo.yyyyyy",
    ContentModerate = "content.moderate"                    ".....y.yy",
    PollsManage = "polls.manage"                            ".....y.yy",
    DocumentsManage = "documents.manage"                    ".....y.yy",
    UnitsViewAddress = "units.view_address"                 "yyyyyyyyy",
    MembersView = "members.view"                            "...yyyyyy",
    MembersViewContact = "members.view_contact"             "...yy.yyy",
    MembersViewSensitive = "members.view_sensitive"         ".......yy",
    MembersApprove = "members.approve"                      ".......yy",
    MembersEdit = "members.edit"                            ".......yy",
    MembersSuspend = "members.suspend"                      ".......yy",
    MembersArchive = "members.archive"                      ".......yy",
    MembersGrantRoles = "members.grant_roles"               ".......yy",
    UnitsManage = "units.manage"                            ".......yy",
    VehiclesManage = "vehicles.manage"                      ".......yy",
    BuildersManage = "builders.manage"                      ".......yy",
    MetersManage = "meters.manage"                          ".......yy",
    MovesManage = "moves.manage"                            ".......yy",
    ImportsRun = "imports.run"                              ".......yy",
    BroadcastsSend = "broadcasts.send"                      ".......yy",
    VehiclesOwn = "vehicles.own"                            "y....y...",
    PassesOwn = "passes.own"                                "y....y...",
    MovesRequest = "moves.request"                          "y....y...",
    HouseholdOwn = "household.own"                          "y....y...",
    GateConsole = "gate.console"                            "..y....yy",
    GateLog = "gate.log"                                    "..y....yy",
    GateExport = "gate.export"                              ".......yy",
    PassesManage = "passes.manage"                          "..y....yy",
    DashboardsTeam = "dashboards.team"                      "...yyy.yy",
    DashboardsCommittee = "dashboards.committee"            "....yyyyy",
    ReportsRun = "reports.run"                              "....yyyyy",
    CommunitySettings = "community.settings"                ".......yy",
    TemplatesManage = "templates.manage"                    ".......yy",
    MembersErase = "members.erase"                          "........y",
    AuditView = "audit.view"                                "........y",
    IntegrationsManage = "integrations.manage"              "........y",
    RetentionManage = "retention.manage"                    "........y",
    ExportCommunity = "export.community"                    "........y",
    // Of the platform, not of a community: no role has them, an operator does.
    PlatformCommunities = "platform.communities"            ".........",
    PlatformJobs = "platform.jobs"                          ".........",
    PlatformHealth = "platform.health"                      ".........",
    PlatformAudit = "platform.audit"                        ".........",
}

impl Permission {
    /// What reaches only the holder's own things and work.
    pub const PERSONAL: &[Permission] = &[
        Permission::RequestsViewAssigned,
        Permission::RequestsWork,
        Permission::AvailabilityOwn,
        Permission::VehiclesOwn,
        Permission::PassesOwn,
        Permission::MovesRequest,
        Permission::HouseholdOwn,
    ];
}

/// A set of permissions.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights(u128);

impl Rights {
    pub const NONE: Rights = Rights(0);

    /// What an operator of the platform may do, in no community.
    pub fn of_operator() -> Self {
        [
            Permission::PlatformCommunities,
            Permission::PlatformJobs,
            Permission::PlatformHealth,
            Permission::PlatformAudit,
        ]
        .into_iter()
        .collect()
    }

    /// What a member with these roles may do in a community with these settings.
    pub fn of(roles: &[Role], settings: &Settings) -> Self {
        TABLE
            .iter()
            .filter(|(permission, cells)| {
                roles.iter().any(|role| match cells.as_bytes()[*role as usize] {
                    b'y' | b'w' => true,
                    b'o' => allowed_by(settings, *role, *permission),
                    _ => false,
                })
            })
            .map(|(permission, _)| *permission)
            .collect()
    }

    pub const fn can(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u8) != 0
    }

    /// Whether everything in `other` is in this set too.
    pub const fn covers(self, other: Rights) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether `other` gives no power over anybody or anything that this set lacks: nobody grants what they lack. What
    /// only reaches one's own things counts for nothing here, or no manager could let a resident in.
    pub fn outranks(self, other: Rights) -> bool {
        let personal: Rights = Permission::PERSONAL.iter().copied().collect();
        self.covers(Rights(other.0 & !personal.0))
    }

    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.can(*permission))
    }
}

impl FromIterator<Permission> for Rights {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().fold(0, |set, permission| set | (1 << permission as u8)))
    }
}

impl std::fmt::Debug for Rights {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter().map(Permission::as_str)).finish()
    }
}

/// The cells marked `o`: what only a community's setting opens.
fn allowed_by(settings: &Settings, role: Role, permission: Permission) -> bool {
    match (role, permission) {
        (Role::Committee, Permission::RequestsTriage) => settings.committee_triages,
        (Role::Resident, Permission::EventsCreate) => settings.residents_create_events,
        (Role::Professional, _) => settings.professionals_take_part,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_cell_for_every_role() {
        for (permission, cells) in TABLE {
            assert_eq!(cells.len(), Role::ALL.len(), "{permission}");
            assert!(cells.bytes().all(|cell| b"yow.".contains(&cell)), "{permission}");
        }
        assert!(Permission::ALL.len() <= 128, "Rights is a set of 128 bits");
    }

    #[test]
    fn settings_open_what_is_marked_so_and_nothing_else() {
        let closed = Settings::default();
        let open = Settings {
            committee_triages: true,
            professionals_take_part: true,
            residents_create_events: true,
            ..closed.clone()
        };
        for (permission, cells) in TABLE {
            for (role, cell) in Role::ALL.iter().zip(cells.bytes()) {
                let (shut, wide) = (Rights::of(&[*role], &closed), Rights::of(&[*role], &open));
                assert_eq!(shut.can(*permission), b"yw".contains(&cell), "{role} {permission}");
                assert_eq!(wide.can(*permission), b"yow".contains(&cell), "{role} {permission}");
            }
        }
    }

    #[test]
    fn roles_add_up() {
        let settings = Settings::default();
        let both = Rights::of(&[Role::Resident, Role::Accountant], &settings);
        assert!(both.covers(Rights::of(&[Role::Resident], &settings)));
        assert!(both.covers(Rights::of(&[Role::Accountant], &settings)));
    }

    #[test]
    fn an_admin_covers_a_manager_but_not_the_other_way_round() {
        let settings = Settings::default();
        let (admin, manager) =
            (Rights::of(&[Role::Admin], &settings), Rights::of(&[Role::Manager], &settings));
        assert!(admin.covers(manager) && !manager.covers(admin));
    }

    #[test]
    fn no_role_of_a_community_reaches_the_platform() {
        let everything = Rights::of(Role::ALL, &Settings::default());
        assert!(Rights::of_operator().iter().all(|permission| !everything.can(permission)));
        assert!(everything.iter().all(|permission| !Rights::of_operator().can(permission)));
    }
}
