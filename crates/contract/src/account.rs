//! The signed-in user: how they sign in, and where they belong.

use chrono::{DateTime, Utc};
use contract_macros::wire;
use domain::community::{CommunityKind, MemberStatus, OccupancyKind};
use domain::id::{CommunityId, MemberId, UserId};
use domain::role::{Permission, Role};

use crate::endpoint::{Access, Endpoint, Method};
#[cfg(feature = "server")]
use crate::rules;
use crate::session::Session;

pub const SHOW: Endpoint<(), Account> =
    Endpoint::new("show_account", Method::Get, "/account", Access::SignedIn);
pub const UPDATE: Endpoint<UpdateAccount, Account> =
    Endpoint::new("update_account", Method::Patch, "/account", Access::SignedIn).versioned();
/// Always answers 202: the mail tells the rest.
pub const REGISTER: Endpoint<Register, ()> =
    Endpoint::new("register_account", Method::Post, "/account", Access::Public).secret();
/// The link of the mail proves the address; the password is chosen here, so nobody can prepare an account for somebody
/// else.
pub const VERIFY: Endpoint<VerifyAccount, Session> =
    Endpoint::new("verify_account", Method::Post, "/account/verification", Access::Public).secret();
/// Always answers 202: the mail tells the rest.
pub const ASK_PASSWORD_RESET: Endpoint<AskPasswordReset, ()> =
    Endpoint::new("ask_password_reset", Method::Post, "/account/password-reset", Access::Public).secret();
/// Signs out everywhere.
pub const RESET_PASSWORD: Endpoint<ResetPassword, ()> =
    Endpoint::new("reset_password", Method::Post, "/account/password-reset/confirm", Access::Public).secret();
/// Signs out everywhere else.
pub const CHANGE_PASSWORD: Endpoint<ChangePassword, ()> =
    Endpoint::new("change_password", Method::Post, "/account/password", Access::SignedIn).secret();
/// Sends a link to the new address, and a warning to the old one.
pub const CHANGE_EMAIL: Endpoint<ChangeEmail, ()> =
    Endpoint::new("change_email", Method::Post, "/account/email", Access::SignedIn).secret();
pub const CONFIRM_EMAIL: Endpoint<ConfirmEmail, ()> =
    Endpoint::new("confirm_email", Method::Post, "/account/email/confirm", Access::Public).secret();
/// A new secret for an authenticator app. It counts from the moment in which a code of it was confirmed.
pub const START_TOTP: Endpoint<ProvePassword, TotpSecret> =
    Endpoint::new("start_totp", Method::Post, "/account/totp", Access::SignedIn).secret();
pub const CONFIRM_TOTP: Endpoint<ConfirmTotp, RecoveryCodes> =
    Endpoint::new("confirm_totp", Method::Post, "/account/totp/confirm", Access::SignedIn).secret();
pub const REMOVE_TOTP: Endpoint<ProvePassword, ()> =
    Endpoint::new("remove_totp", Method::Post, "/account/totp/remove", Access::SignedIn).secret();
/// New recovery codes; the old ones work no more.
pub const RENEW_RECOVERY_CODES: Endpoint<ProvePassword, RecoveryCodes> =
    Endpoint::new("renew_recovery_codes", Method::Post, "/account/recovery-codes", Access::SignedIn).secret();
/// Asks to join a community, or joins it by invitation.
pub const JOIN: Endpoint<JoinCommunity, Application> =
    Endpoint::new("join_community", Method::Post, "/account/memberships", Access::SignedIn);

/// The signed-in user.
#[wire]
pub struct Account {
    pub id: UserId,
    /// None for people who sign in with a name that was made for them.
    pub email: Option<String>,
    /// For people without e-mail: what they sign in with.
    pub sign_in_name: Option<String>,
    /// A language tag (BCP 47), such as `en`.
    pub locale: String,
    /// Runs the platform; belongs to no community by that.
    pub is_operator: bool,
    /// A second factor is asked for when signing in.
    pub has_totp: bool,
    /// Recovery codes that have not been used yet.
    pub recovery_codes_left: u16,
    pub must_change_password: bool,
    /// Active memberships, the oldest first.
    pub memberships: Vec<Membership>,
    /// Asked for and not decided, or rejected; the newest first.
    pub applications: Vec<Application>,
    pub unread_notifications: i64,
    pub version: i32,
}

/// What the user is in one community.
#[wire]
pub struct Membership {
    pub member_id: MemberId,
    pub display_name: String,
    pub roles: Vec<Role>,
    pub permissions: Vec<Permission>,
    pub community: CommunityBrief,
}

/// A membership that was asked for.
#[wire]
pub struct Application {
    pub member_id: MemberId,
    #[schema(example = "willow-park")]
    pub community_slug: String,
    pub community_name: String,
    pub status: MemberStatus,
    /// Why it was rejected, suspended or archived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    pub asked_at: DateTime<Utc>,
}

/// What a screen needs to know of a community to speak of it rightly.
#[wire]
pub struct CommunityBrief {
    pub id: CommunityId,
    #[schema(example = "willow-park")]
    pub slug: String,
    pub name: String,
    pub kind: CommunityKind,
    /// An IANA time zone, such as `Europe/Lisbon`.
    pub time_zone: String,
    /// ISO 4217.
    pub currency: String,
    pub locale: String,
}

/// What is left out stays as it is.
#[wire(patch)]
#[derive(Default)]
pub struct UpdateAccount {
    /// A language that the server speaks, such as `en`.
    #[validate(custom(function = "rules::language"))]
    #[schema(example = "en")]
    pub locale: Option<String>,
}

#[wire(input)]
pub struct Register {
    #[validate(custom(function = "rules::email"))]
    #[schema(example = "ann@example.com")]
    pub email: String,
    /// The invitation that led here: the mail's link leads back to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::link"))]
    pub invitation: Option<String>,
}

#[wire(input)]
pub struct VerifyAccount {
    /// Out of the link of the mail.
    #[validate(custom(function = "rules::link"))]
    pub token: String,
    #[validate(custom(function = "rules::password"))]
    #[schema(example = "four-calm-herons-walk")]
    pub password: String,
    /// Ask for the refresh token in the reply instead of in a cookie: for clients that are not browsers.
    #[serde(default)]
    pub refresh_token_in_body: bool,
}

#[wire(input)]
pub struct AskPasswordReset {
    #[validate(custom(function = "rules::email"))]
    #[schema(example = "ann@example.com")]
    pub email: String,
}

#[wire(input)]
pub struct ResetPassword {
    /// Out of the link of the mail.
    #[validate(custom(function = "rules::link"))]
    pub token: String,
    #[validate(custom(function = "rules::password"))]
    #[schema(example = "four-calm-herons-walk")]
    pub password: String,
}

#[wire(input)]
pub struct ChangePassword {
    #[validate(custom(function = "rules::password_given"))]
    pub current_password: String,
    #[validate(custom(function = "rules::password"))]
    #[schema(example = "four-calm-herons-walk")]
    pub password: String,
}

#[wire(input)]
pub struct ChangeEmail {
    #[validate(custom(function = "rules::password_given"))]
    pub current_password: String,
    #[validate(custom(function = "rules::email"))]
    #[schema(example = "ann@example.com")]
    pub email: String,
    /// A code of the authenticator app, or a recovery code: needed where a second factor is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::second_factor"))]
    #[schema(example = "123456")]
    pub totp: Option<String>,
}

#[wire(input)]
pub struct ConfirmEmail {
    /// Out of the link of the mail.
    #[validate(custom(function = "rules::link"))]
    pub token: String,
}

#[wire(input)]
pub struct ProvePassword {
    #[validate(custom(function = "rules::password_given"))]
    pub current_password: String,
    /// A code of the authenticator app, or a recovery code: needed where a second factor is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::second_factor"))]
    #[schema(example = "123456")]
    pub totp: Option<String>,
}

/// What an authenticator app needs (RFC 6238: SHA-1, six digits, 30 seconds).
#[wire]
pub struct TotpSecret {
    /// For typing: base32 (RFC 4648).
    pub secret: String,
    /// For the app: `otpauth://totp/…`.
    pub uri: String,
    /// The same address as a picture to scan, an SVG document.
    pub qr_svg: String,
}

#[wire(input)]
pub struct ConfirmTotp {
    /// What the app shows now.
    #[validate(custom(function = "rules::second_factor"))]
    #[schema(example = "123456")]
    pub code: String,
}

/// Shown once. Each signs in once in place of a code.
#[wire]
pub struct RecoveryCodes {
    pub codes: Vec<String>,
}

/// Either an invitation, or the community's address and, where they live there, the unit.
#[wire(input)]
pub struct JoinCommunity {
    /// As shown to the others there.
    #[validate(custom(function = "rules::name"))]
    #[schema(example = "Ann Lee")]
    pub display_name: String,
    /// Out of the invitation's link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::link"))]
    pub invitation: Option<String>,
    /// The slug of the community.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::community"))]
    #[schema(example = "willow-park")]
    pub community: Option<String>,
    /// The number of the unit where they live or which they own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::name"))]
    #[schema(example = "B-12")]
    pub unit_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tie: Option<OccupancyKind>,
    /// For whoever decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::reason"))]
    #[schema(example = "I moved in last week.")]
    pub note: Option<String>,
}
