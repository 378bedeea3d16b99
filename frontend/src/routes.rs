//! Every address of the app, once: how it is written and how it is read.

/// A place in the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    SignIn,
    Register,
    /// A new account's link out of the mail; what follows the `#` is its secret, as in the next two but one.
    Verify,
    /// The password is forgotten.
    Forgot,
    Reset,
    ConfirmEmail,
    /// Asks to join a community, or joins it by the invitation that follows the `#`.
    Join(Option<String>),
    /// Sends everybody to where they belong.
    Home,
    /// A community's start page, which depends on what one is there.
    Start(String),
    Requests(String),
    Board(String),
    Request(String, String),
    Report(String),
    Jobs(String),
    Members(String),
    NewMember(String),
    Member(String, String),
    Approvals(String),
    Invitations(String),
    NewInvitation(String),
    Audit(String),
    Categories(String),
    Category(String, String),
    Templates(String),
    Units(String),
    Unit(String, String),
    Zones(String),
    Settings(String),
    Delivery(String),
    Zone(String, String),
    Teams(String),
    Announcements(String),
    NewAnnouncement(String),
    Announcement(String, String),
    EditAnnouncement(String, String),
    /// Who has read it.
    AnnouncementFigures(String, String),
    AnnouncementCategories(String),
    /// An announcement by the link in its mail.
    MailedAnnouncement(String),
    Notifications,
    /// How one wants to hear.
    HowToHear,
    /// What was sent to one by mail.
    Sent,
    /// The link under mail.
    Unsubscribe(String),
    Communities,
    /// The queue, for operators.
    PlatformJobs,
    Account,
    Security,
    /// What a community shows to everybody.
    Public(String),
    /// A report by somebody without an account.
    PublicReport(String),
    PublicRequest(String, String),
    /// A report by its secret, which follows the `#`.
    Follow(String),
    Unknown,
}

/// On which side of the door a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// For those who are not signed in.
    Outside,
    /// For both, in front of the door.
    Door,
    /// For those who are signed in.
    Inside,
}

/// A piece of the app that is fetched as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// What every visit needs.
    Core,
    Door,
    /// Lists of requests.
    Requests,
    /// All requests as a board.
    Board,
    /// One request and the work on it.
    Request,
    Report,
    /// Who is who: members, approvals, invitations.
    Members,
    /// What there is to look after, and by which teams: units.
    Registers,
    /// Zones, and drawing them.
    Zones,
    /// What managers decide and look back on: categories, templates, settings, the audit.
    Office,
    Account,
    /// What a community tells its members.
    Announcements,
    /// Telling them.
    Announcing,
    /// Who has read what they were told.
    Figures,
    /// What everybody may see and report, account or not.
    Public,
}

impl Route {
    /// The address, as it stands in a link.
    pub fn href(&self) -> String {
        match self {
            Route::SignIn => "/sign-in".into(),
            Route::Register => "/register".into(),
            Route::Verify => "/verify".into(),
            Route::Forgot => "/forgot".into(),
            Route::Reset => "/reset".into(),
            Route::ConfirmEmail => "/email".into(),
            Route::Join(None) => "/join".into(),
            Route::Join(Some(community)) => format!("/join/{community}"),
            Route::Home | Route::Unknown => "/".into(),
            Route::Start(community) => format!("/c/{community}"),
            Route::Requests(community) => format!("/c/{community}/requests"),
            Route::Board(community) => format!("/c/{community}/board"),
            Route::Request(community, number) => format!("/c/{community}/requests/{number}"),
            Route::Report(community) => format!("/c/{community}/report"),
            Route::Jobs(community) => format!("/c/{community}/jobs"),
            Route::Members(community) => format!("/c/{community}/members"),
            Route::NewMember(community) => format!("/c/{community}/members/new"),
            Route::Member(community, id) => format!("/c/{community}/members/{id}"),
            Route::Approvals(community) => format!("/c/{community}/approvals"),
            Route::Invitations(community) => format!("/c/{community}/invitations"),
            Route::NewInvitation(community) => format!("/c/{community}/invitations/new"),
            Route::Audit(community) => format!("/c/{community}/audit"),
            Route::Categories(community) => format!("/c/{community}/categories"),
            Route::Category(community, id) => format!("/c/{community}/categories/{id}"),
            Route::Templates(community) => format!("/c/{community}/templates"),
            Route::Units(community) => format!("/c/{community}/units"),
            Route::Unit(community, id) => format!("/c/{community}/units/{id}"),
            Route::Zones(community) => format!("/c/{community}/zones"),
            Route::Settings(community) => format!("/c/{community}/settings"),
            Route::Delivery(community) => format!("/c/{community}/delivery"),
            Route::Zone(community, id) => format!("/c/{community}/zones/{id}"),
            Route::Teams(community) => format!("/c/{community}/teams"),
            Route::Announcements(community) => format!("/c/{community}/announcements"),
            Route::NewAnnouncement(community) => format!("/c/{community}/announcements/new"),
            Route::Announcement(community, id) => format!("/c/{community}/announcements/{id}"),
            Route::EditAnnouncement(community, id) => format!("/c/{community}/announcements/{id}/edit"),
            Route::AnnouncementFigures(community, id) => format!("/c/{community}/announcements/{id}/figures"),
            Route::AnnouncementCategories(community) => format!("/c/{community}/announcement-categories"),
            Route::MailedAnnouncement(link) => format!("/announcement/{link}"),
            Route::Notifications => "/notifications".into(),
            Route::HowToHear => "/notifications/choices".into(),
            Route::Sent => "/notifications/sent".into(),
            Route::Unsubscribe(link) => format!("/unsubscribe/{link}"),
            Route::PlatformJobs => "/platform/jobs".into(),
            Route::Communities => "/communities".into(),
            Route::Account => "/account".into(),
            Route::Security => "/account/security".into(),
            Route::Public(community) => format!("/public/{community}"),
            Route::PublicReport(community) => format!("/public/{community}/report"),
            Route::PublicRequest(community, number) => format!("/public/{community}/requests/{number}"),
            Route::Follow(community) => format!("/public/{community}/reports"),
        }
    }

    /// Reads the path of an address.
    pub fn parse(path: &str) -> Route {
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        match segments.as_slice() {
            [] => Route::Home,
            ["sign-in"] => Route::SignIn,
            ["register"] => Route::Register,
            ["verify"] => Route::Verify,
            ["forgot"] => Route::Forgot,
            ["reset"] => Route::Reset,
            ["email"] => Route::ConfirmEmail,
            ["join"] => Route::Join(None),
            ["join", community] => Route::Join(Some((*community).into())),
            ["notifications"] => Route::Notifications,
            ["notifications", "choices"] => Route::HowToHear,
            ["notifications", "sent"] => Route::Sent,
            ["unsubscribe", link] => Route::Unsubscribe((*link).into()),
            ["platform", "jobs"] => Route::PlatformJobs,
            ["communities"] => Route::Communities,
            ["account"] => Route::Account,
            ["account", "security"] => Route::Security,
            ["c", community] => Route::Start((*community).into()),
            ["c", community, "requests"] => Route::Requests((*community).into()),
            ["c", community, "board"] => Route::Board((*community).into()),
            ["c", community, "requests", number] => Route::Request((*community).into(), (*number).into()),
            ["c", community, "report"] => Route::Report((*community).into()),
            ["c", community, "jobs"] => Route::Jobs((*community).into()),
            ["c", community, "members"] => Route::Members((*community).into()),
            ["c", community, "members", "new"] => Route::NewMember((*community).into()),
            ["c", community, "members", id] => Route::Member((*community).into(), (*id).into()),
            ["c", community, "approvals"] => Route::Approvals((*community).into()),
            ["c", community, "invitations"] => Route::Invitations((*community).into()),
            ["c", community, "audit"] => Route::Audit((*community).into()),
            ["c", community, "categories"] => Route::Categories((*community).into()),
            ["c", community, "categories", id] => Route::Category((*community).into(), (*id).into()),
            ["c", community, "templates"] => Route::Templates((*community).into()),
            ["c", community, "units"] => Route::Units((*community).into()),
            ["c", community, "units", id] => Route::Unit((*community).into(), (*id).into()),
            ["c", community, "zones"] => Route::Zones((*community).into()),
            ["c", community, "settings"] => Route::Settings((*community).into()),
            ["c", community, "delivery"] => Route::Delivery((*community).into()),
            ["c", community, "zones", id] => Route::Zone((*community).into(), (*id).into()),
            ["c", community, "teams"] => Route::Teams((*community).into()),
            ["c", community, "invitations", "new"] => Route::NewInvitation((*community).into()),
            ["c", community, "announcements"] => Route::Announcements((*community).into()),
            ["c", community, "announcements", "new"] => Route::NewAnnouncement((*community).into()),
            ["c", community, "announcements", id] => Route::Announcement((*community).into(), (*id).into()),
            ["c", community, "announcements", id, "edit"] => {
                Route::EditAnnouncement((*community).into(), (*id).into())
            }
            ["c", community, "announcements", id, "figures"] => {
                Route::AnnouncementFigures((*community).into(), (*id).into())
            }
            ["c", community, "announcement-categories"] => Route::AnnouncementCategories((*community).into()),
            ["announcement", link] => Route::MailedAnnouncement((*link).into()),
            ["public", community] => Route::Public((*community).into()),
            ["public", community, "report"] => Route::PublicReport((*community).into()),
            ["public", community, "requests", number] => {
                Route::PublicRequest((*community).into(), (*number).into())
            }
            ["public", community, "reports"] => Route::Follow((*community).into()),
            _ => Route::Unknown,
        }
    }

    /// The community that the place is in.
    pub fn community(&self) -> Option<&str> {
        match self {
            Route::Start(community)
            | Route::Requests(community)
            | Route::Board(community)
            | Route::Request(community, _)
            | Route::Report(community)
            | Route::Jobs(community)
            | Route::Members(community)
            | Route::NewMember(community)
            | Route::Member(community, _)
            | Route::Approvals(community)
            | Route::Invitations(community)
            | Route::NewInvitation(community)
            | Route::Audit(community)
            | Route::Categories(community)
            | Route::Category(community, _)
            | Route::Templates(community)
            | Route::Units(community)
            | Route::Unit(community, _)
            | Route::Zones(community)
            | Route::Settings(community)
            | Route::Delivery(community)
            | Route::Zone(community, _)
            | Route::Teams(community)
            | Route::Announcements(community)
            | Route::NewAnnouncement(community)
            | Route::Announcement(community, _)
            | Route::EditAnnouncement(community, _)
            | Route::AnnouncementFigures(community, _)
            | Route::AnnouncementCategories(community) => Some(community),
            Route::SignIn
            | Route::Register
            | Route::Verify
            | Route::Forgot
            | Route::Reset
            | Route::ConfirmEmail
            | Route::Join(_)
            | Route::Home
            | Route::Notifications
            | Route::HowToHear
            | Route::Sent
            | Route::Unsubscribe(_)
            | Route::MailedAnnouncement(_)
            | Route::PlatformJobs
            | Route::Communities
            | Route::Account
            | Route::Security
            | Route::Public(_)
            | Route::PublicReport(_)
            | Route::PublicRequest(..)
            | Route::Follow(_)
            | Route::Unknown => None,
        }
    }

    /// The piece of the app that its page comes in.
    pub fn piece(&self) -> Piece {
        match self {
            Route::SignIn | Route::Home | Route::Start(_) | Route::Unknown => Piece::Core,
            Route::Register
            | Route::Verify
            | Route::Forgot
            | Route::Reset
            | Route::ConfirmEmail
            | Route::Unsubscribe(_)
            | Route::Join(_) => Piece::Door,
            Route::Requests(_) | Route::Jobs(_) => Piece::Requests,
            Route::Board(_) => Piece::Board,
            Route::Request(..) => Piece::Request,
            Route::Report(_) => Piece::Report,
            Route::Members(_)
            | Route::NewMember(_)
            | Route::Member(..)
            | Route::Approvals(_)
            | Route::Invitations(_)
            | Route::NewInvitation(_) => Piece::Members,
            Route::Teams(_) | Route::Units(_) | Route::Unit(..) => Piece::Registers,
            Route::Zones(_) | Route::Zone(..) => Piece::Zones,
            Route::Audit(_)
            | Route::PlatformJobs
            | Route::Categories(_)
            | Route::Category(..)
            | Route::Templates(_)
            | Route::Settings(_)
            | Route::Delivery(_) => Piece::Office,
            Route::Notifications
            | Route::HowToHear
            | Route::Sent
            | Route::Communities
            | Route::Account
            | Route::Security => Piece::Account,
            Route::Announcements(_) | Route::Announcement(..) | Route::MailedAnnouncement(_) => {
                Piece::Announcements
            }
            Route::NewAnnouncement(_) | Route::EditAnnouncement(..) | Route::AnnouncementCategories(_) => {
                Piece::Announcing
            }
            Route::AnnouncementFigures(..) => Piece::Figures,
            Route::Public(_) | Route::PublicReport(_) | Route::PublicRequest(..) | Route::Follow(_) => {
                Piece::Public
            }
        }
    }

    /// Who finds something at the place.
    pub fn side(&self) -> Side {
        match self {
            Route::SignIn | Route::Register | Route::Forgot => Side::Outside,
            Route::Verify
            | Route::Reset
            | Route::ConfirmEmail
            | Route::Unsubscribe(_)
            | Route::MailedAnnouncement(_)
            | Route::Join(_)
            | Route::Public(_)
            | Route::PublicReport(_)
            | Route::PublicRequest(..)
            | Route::Follow(_) => Side::Door,
            Route::Start(_)
            | Route::Requests(_)
            | Route::Board(_)
            | Route::Request(..)
            | Route::Report(_)
            | Route::Jobs(_)
            | Route::Home
            | Route::Notifications
            | Route::HowToHear
            | Route::Sent
            | Route::PlatformJobs
            | Route::Communities
            | Route::Account
            | Route::Security
            | Route::Members(_)
            | Route::NewMember(_)
            | Route::Member(..)
            | Route::Approvals(_)
            | Route::Invitations(_)
            | Route::NewInvitation(_)
            | Route::Audit(_)
            | Route::Categories(_)
            | Route::Category(..)
            | Route::Templates(_)
            | Route::Units(_)
            | Route::Unit(..)
            | Route::Zones(_)
            | Route::Settings(_)
            | Route::Delivery(_)
            | Route::Zone(..)
            | Route::Teams(_)
            | Route::Announcements(_)
            | Route::NewAnnouncement(_)
            | Route::Announcement(..)
            | Route::EditAnnouncement(..)
            | Route::AnnouncementFigures(..)
            | Route::AnnouncementCategories(_)
            | Route::Unknown => Side::Inside,
        }
    }
}

/// Where to go after signing in: only ever to a place of this app.
pub fn safe_next(next: &str) -> String {
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let inside = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    match Route::parse(path) {
        Route::Unknown => "/".into(),
        route if inside && route.side() != Side::Outside => next.into(),
        _ => "/".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_read_back_as_it_was_written() {
        let park = || "willow-park".to_owned();
        for route in [
            Route::SignIn,
            Route::Register,
            Route::Verify,
            Route::Forgot,
            Route::Reset,
            Route::ConfirmEmail,
            Route::Join(None),
            Route::Join(Some(park())),
            Route::Security,
            Route::Home,
            Route::Start(park()),
            Route::Requests(park()),
            Route::Board(park()),
            Route::Request(park(), "MNT-2026-0007".into()),
            Route::Report(park()),
            Route::Jobs(park()),
            Route::Members(park()),
            Route::NewMember(park()),
            Route::Member(park(), "0197b1b0-7d5c-7cc0-a6a0-0d4bb3f6a6c1".into()),
            Route::Approvals(park()),
            Route::Invitations(park()),
            Route::NewInvitation(park()),
            Route::Audit(park()),
            Route::Categories(park()),
            Route::Category(park(), "0197b1b0-7d5c-7cc0-a6a0-0d4bb3f6a6c1".into()),
            Route::Templates(park()),
            Route::Units(park()),
            Route::Unit(park(), "0197b1b0-7d5c-7cc0-a6a0-0d4bb3f6a6c1".into()),
            Route::Zones(park()),
            Route::Settings(park()),
            Route::Delivery(park()),
            Route::Zone(park(), "0197b1b0-7d5c-7cc0-a6a0-0d4bb3f6a6c1".into()),
            Route::Teams(park()),
            Route::Announcements(park()),
            Route::NewAnnouncement(park()),
            Route::Announcement(park(), "0197b1b0-7d5c-7cc0-a6a0-0d4bb3f6a6c1".into()),
            Route::EditAnnouncement(park(), "0197b1b0-7d5c-7cc0-a6a0-0d4bb3f6a6c1".into()),
            Route::AnnouncementFigures(park(), "0197b1b0-7d5c-7cc0-a6a0-0d4bb3f6a6c1".into()),
            Route::AnnouncementCategories(park()),
            Route::MailedAnnouncement("x-y_z".into()),
            Route::Notifications,
            Route::HowToHear,
            Route::Sent,
            Route::Unsubscribe("x-y_z".into()),
            Route::PlatformJobs,
            Route::Communities,
            Route::Account,
            Route::Public(park()),
            Route::PublicReport(park()),
            Route::PublicRequest(park(), "MNT-2026-0007".into()),
            Route::Follow(park()),
        ] {
            assert_eq!(Route::parse(&route.href()), route);
        }
        assert_eq!(Route::parse("/c/willow-park/nowhere"), Route::Unknown);
    }

    #[test]
    fn signing_in_leads_to_this_app_only() {
        assert_eq!(safe_next("/c/willow-park/requests?view=all"), "/c/willow-park/requests?view=all");
        assert_eq!(safe_next("/join/willow-park"), "/join/willow-park");
        for strange in
            ["//evil.example", "https://evil.example/", "/\\evil.example", "/sign-in", "javascript:x", ""]
        {
            assert_eq!(safe_next(strange), "/", "{strange}");
        }
    }
}
