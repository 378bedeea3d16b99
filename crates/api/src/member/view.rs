//! Members as the caller may see them.

use contract::member::{Claim, MemberSummary, MemberUnit};
use contract::problem::Code;
use db::Conn;
use db::member::Listed;
use domain::community::{MemberStatus, OccupancyKind};
use domain::id::MemberId;
use domain::member::{Asker, Subject, allowed_actions, grantable};
use domain::role::Permission;

use super::standing::{self, is_visible};
use crate::app::{Actor, App, local_day};
use crate::http::error::Result;

pub fn summary(actor: &Actor, listed: Listed) -> MemberSummary {
    let Listed { member, roles, ties, claimed_unit, email, sign_in_name } = listed;
    let changed_at = member.changed_at();
    let db::member::Member {
        id,
        community_id: _,
        user_id: _,
        display_name,
        status,
        created_at,
        version,
        updated_at: _,
        claimed_unit_id,
        claimed_tie,
        note,
        reason: _,
        decided_by: _,
        decided_at: _,
        tags,
    } = member;
    let contacts = actor.can(Permission::MembersViewContact);
    let named = claimed_unit_id.zip(claimed_unit).map(|(id, number)| MemberUnit {
        id,
        number,
        tie: claimed_tie.unwrap_or(OccupancyKind::Tenant),
    });
    MemberSummary {
        id,
        display_name,
        status,
        roles,
        units: ties
            .into_iter()
            .map(|tie| MemberUnit { id: tie.unit_id, number: tie.number, tie: tie.kind })
            .collect(),
        tags,
        email: email.filter(|_| contacts),
        sign_in_name: sign_in_name.filter(|_| contacts),
        claim: (status == MemberStatus::Pending).then_some(Claim { unit: named, note }),
        created_at,
        updated_at: changed_at,
        version,
    }
}

/// The member with what the caller could do. Whom the caller may not see is not found.
pub async fn show(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    id: MemberId,
) -> Result<contract::member::Member> {
    let community = actor.community_id();
    let today = local_day(&actor.community, app.now());
    let listed = db::member::find(conn, community, id, today).await?;
    let listed =
        listed.filter(|found| is_visible(actor.rights, found.member.status)).ok_or(Code::NotFound)?;
    let subject = standing::subject(conn, &listed.member, &listed.roles, &actor.settings).await?;
    let asker = Asker { rights: actor.rights, is_self: id == actor.member_id };
    let reason = listed.member.reason.clone().filter(|_| actor.can(Permission::MembersApprove));
    Ok(contract::member::Member {
        reason,
        has_login: listed.member.user_id.is_some(),
        allowed_actions: allowed_actions(asker, subject),
        grantable_roles: grantable(actor.rights, &actor.settings),
        may_set_roles: may_set_roles(asker, subject),
        may_set_password: may_set_password(conn, asker, subject, &listed.member).await?,
        summary: summary(actor, listed),
    })
}

/// Roles are of those who are in, or kept out for a while.
pub fn may_set_roles(asker: Asker, subject: Subject) -> bool {
    matches!(subject.status, MemberStatus::Active | MemberStatus::Suspended)
        && asker.rights.can(Permission::MembersGrantRoles)
        && asker.rights.outranks(subject.rights)
}

/// A password is set by somebody else only for those whom no mail reaches, and who belong to this community alone: in
/// another one it would open what is not this community's.
pub async fn may_set_password(
    conn: &mut Conn,
    asker: Asker,
    subject: Subject,
    member: &db::member::Member,
) -> Result<bool> {
    let may = !asker.is_self
        && subject.status == MemberStatus::Active
        && asker.rights.can(Permission::MembersEdit)
        && asker.rights.outranks(subject.rights);
    let (true, Some(user)) = (may, member.user_id) else { return Ok(false) };
    let account = db::user::get(conn, user).await?;
    Ok(account.email.is_none()
        && !account.is_operator
        && !db::member::belongs_elsewhere(conn, member.community_id, user).await?)
}
