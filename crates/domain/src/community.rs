//! Communities, their members and what they may decide for themselves.

use crate::text_enum::text_enum;

text_enum! {
    /// What kind of place a community is.
    pub enum CommunityKind {
        Estate = "estate",
        HousingSociety = "housing_society",
        Building = "building",
        Municipal = "municipal",
    }
}

text_enum! {
    /// Where a membership stands.
    pub enum MemberStatus {
        Pending = "pending",
        Active = "active",
        Suspended = "suspended",
        Archived = "archived",
    }
}

text_enum! {
    /// How a person is tied to a unit.
    pub enum OccupancyKind {
        Owner = "owner",
        Tenant = "tenant",
        Family = "family",
    }
}

text_enum! {
    /// Whether a professional may be given work.
    pub enum ProfessionalStatus {
        Applied = "applied",
        Verified = "verified",
        Suspended = "suspended",
        Blocked = "blocked",
    }
}

text_enum! {
    /// How people come into a community.
    pub enum Joining {
        /// Whoever knows its address may ask, and somebody approves.
        ByRequest = "by_request",
        /// Only whoever was invited; nobody else learns that it exists.
        ByInvitation = "by_invitation",
    }
}

/// What a community decides for itself. Stored as JSON; a missing key means the default.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Committee members may triage.
    pub committee_triages: bool,
    /// Professionals may book facilities, list and post.
    pub professionals_take_part: bool,
    /// Residents may create events.
    pub residents_create_events: bool,
    /// Professionals may take triaged requests that match their skills.
    pub professionals_claim: bool,
    /// Days after which a resolved request closes by itself.
    pub auto_close_days: u16,
    /// Days in which the reporter may reopen a closed request.
    pub reopen_days: u16,
    pub joining: Joining,
    /// Anybody may read what is public, without an account.
    pub public_pages: bool,
    /// Anybody may report, without an account; only with public pages.
    pub anonymous_reports: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            committee_triages: false,
            professionals_take_part: false,
            residents_create_events: false,
            professionals_claim: false,
            auto_close_days: 7,
            reopen_days: 14,
            joining: Joining::ByRequest,
            public_pages: false,
            anonymous_reports: false,
        }
    }
}
