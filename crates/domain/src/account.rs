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
