//! Invitations in the words of the wire.

use contract::invitation::Invitation;
use db::invitation::Listed;
use domain::id::{CommunityId, InvitationId};

use crate::app::App;
use crate::vault::{self, Vault};

/// What links to invitations prove.
pub const LINK: &str = "invitation";

/// An address as it is stored: sealed, and as the index that finds it.
pub fn seal(
    vault: &Vault,
    community: CommunityId,
    id: InvitationId,
    email: &str,
) -> anyhow::Result<(String, Vec<u8>)> {
    let sealed = vault.seal(&vault::INVITATION_EMAIL.context(id.0), email.as_bytes())?;
    Ok((sealed, vault.fingerprint(&index_purpose(community), email.as_bytes()).to_vec()))
}

/// What the index of an address is for: in no two communities is it the same.
pub fn index_purpose(community: CommunityId) -> String {
    format!("invitations.email:{community}")
}

pub fn url(app: &App, id: InvitationId) -> String {
    // Behind the `#`, where no server's log sees it.
    format!("{}/join#{}", app.config.public_url, app.vault.link(LINK, id.0))
}

/// The address that it was sent to.
pub fn email(app: &App, invitation: &db::invitation::Invitation) -> Option<String> {
    let sealed = invitation.email_sealed.as_deref()?;
    let opened = app.vault.open(&vault::INVITATION_EMAIL.context(invitation.id.0), sealed)?;
    String::from_utf8(opened).ok()
}

pub fn invitation(app: &App, listed: Listed) -> Invitation {
    let Listed { invitation, unit, creator } = listed;
    let email = email(app, &invitation);
    let is_link = invitation.email_sealed.is_none();
    let count = |number: i32| u16::try_from(number).unwrap_or(u16::MAX);
    Invitation {
        id: invitation.id,
        email,
        url: is_link.then(|| url(app, invitation.id)),
        roles: invitation.roles,
        unit_number: unit,
        max_uses: count(invitation.max_uses),
        uses: count(invitation.uses),
        created_at: invitation.created_at,
        expires_at: invitation.expires_at,
        created_by: creator,
        version: invitation.version,
    }
}
