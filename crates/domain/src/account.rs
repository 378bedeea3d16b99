//! How people prove that they are a user.

use crate::text_enum::text_enum;

text_enum! {
    /// What kind of word identifies a user.
    pub enum IdentityProvider {
        Email = "email",
        SignInName = "sign_in_name",
        /// OpenID Connect: an issuer's word.
        Oidc = "oidc",
    }
}

text_enum! {
    /// What a single-use link is for.
    pub enum TokenPurpose {
        Register = "register",
        ResetPassword = "reset_password",
        ChangeEmail = "change_email",
    }
}

text_enum! {
    /// Mail about an account or a membership. Its words are the messages `account_mail.<name>.*`.
    pub enum AccountMail {
        /// The link that makes an account; to an address that has one already, [`Self::AlreadyRegistered`] is written.
        Verify = "verify",
        AlreadyRegistered = "already_registered",
        ResetPassword = "reset_password",
        PasswordChanged = "password_changed",
        /// The link that proves a new address; where it is somebody's already, [`Self::EmailTaken`] is written.
        ChangeEmail = "change_email",
        /// To the old address.
        EmailChangeWarning = "email_change_warning",
        EmailTaken = "email_taken",
        /// A copy of a session's token turned up.
        SessionReuse = "session_reuse",
        TotpEnabled = "totp_enabled",
        TotpDisabled = "totp_disabled",
        Invitation = "invitation",
        /// To whoever may approve.
        ApplicationReceived = "application_received",
        ApplicationApproved = "application_approved",
        ApplicationRejected = "application_rejected",
        MemberSuspended = "member_suspended",
        MemberReinstated = "member_reinstated",
        MemberArchived = "member_archived",
    }
}
