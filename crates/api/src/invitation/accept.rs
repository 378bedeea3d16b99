//! Using an invitation.

use actix_web::HttpRequest;
use contract::problem::Code;
use db::Conn;
use db::community::Community;
use db::invitation::Invitation;
use db::member::Member;
use domain::audit::AuditAction;
use domain::community::{MemberStatus, OccupancyKind};
use domain::id::InvitationId;
use domain::member::grantable;
use domain::role::Permission;
use serde_json::json;

use super::view::{self, LINK};
use crate::app::App;
use crate::audit::{Entry, record};
use crate::http::caller::Caller;
use crate::http::error::Result;
use crate::member::{join, standing};

/// The invitation behind a link, and its community, if it can be used now. Used up, taken back, outlived and made up look
/// the same; so does one whose maker could not make it any more.
pub async fn usable(conn: &mut Conn, app: &App, link: &str) -> Result<(Community, Invitation)> {
    let id = app.vault.read_link(LINK, link).map(InvitationId).ok_or(Code::Gone)?;
    let found = db::invitation::find_by_link(conn, id).await?;
    let invitation = found.filter(|found| found.is_usable(app.now())).ok_or(Code::Gone)?;
    let community = db::community::get(conn, invitation.community_id).await?;
    let settings = community.settings();
    let rights = standing::rights_of(conn, community.id, invitation.created_by, &settings).await?;
    let still_granted = rights.is_some_and(|rights| {
        let roles = grantable(rights, &settings);
        rights.can(Permission::MembersApprove) && invitation.roles.iter().all(|role| roles.contains(role))
    });
    if still_granted { Ok((community, invitation)) } else { Err(Code::Gone.into()) }
}

/// Makes the caller an active member with the roles and the unit of the invitation.
pub async fn accept(
    tx: &mut Conn,
    app: &App,
    caller: &Caller,
    request: &HttpRequest,
    link: &str,
    name: String,
) -> Result<(Community, Member)> {
    let (community, _) = usable(tx, app, link).await?;
    db::member::lock_all(tx, community.id).await?;
    // Anew under the lock: meanwhile it may have been used, or its maker have lost the right to it.
    let (community, invitation) = usable(tx, app, link).await?;
    check_reader(tx, app, caller, &invitation).await?;
    let before = db::member::find_of_user(tx, community.id, caller.user_id).await?;
    check_before(before.as_ref(), &invitation)?;

    let now = app.now();
    let fresh = join::new_member(&community, caller.user_id, name, MemberStatus::Active, now);
    let member = join::begin(tx, app, &community, before, fresh, &invitation.roles).await?;
    if let Some(unit) = invitation.unit_id {
        let home = (unit, invitation.tie.unwrap_or(OccupancyKind::Tenant));
        standing::tie(tx, app, &community, member.id, home).await?;
    }
    if !db::invitation::consume(tx, &invitation, member.id, now).await? {
        return Err(Code::Gone.into());
    }
    let entry = Entry::new(AuditAction::InvitationAccepted, invitation.id.0).asked_by(request);
    let meta = json!({ "member": member.id, "roles": invitation.roles, "unit": invitation.unit_id });
    record(tx, entry.community(community.id).meta(meta), now).await?;
    Ok((community, member))
}

/// One that was sent to an address is for whoever has it.
async fn check_reader(tx: &mut Conn, app: &App, caller: &Caller, invitation: &Invitation) -> Result<()> {
    if invitation.email_sealed.is_none() {
        return Ok(());
    }
    let own = db::user::get(tx, caller.user_id).await?.email;
    if own.is_some() && own == view::email(app, invitation) { Ok(()) } else { Err(Code::NotAllowed.into()) }
}

/// Who is kept out stays out, whatever link they find. Somebody who has left, or was sent away, comes back when they were
/// invited by name after that.
fn check_before(before: Option<&Member>, invitation: &Invitation) -> Result<()> {
    let Some(before) = before else { return Ok(()) };
    let is_meant = invitation.email_sealed.is_some()
        && before.decided_at.is_none_or(|decided| invitation.created_at > decided);
    match before.status {
        MemberStatus::Active => Err(Code::Duplicate.into()),
        MemberStatus::Suspended => Err(Code::NotAllowed.into()),
        MemberStatus::Archived if !is_meant => Err(Code::NotAllowed.into()),
        MemberStatus::Archived | MemberStatus::Pending => Ok(()),
    }
}
