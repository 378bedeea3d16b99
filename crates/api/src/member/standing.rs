//! How whoever asks for a change and whom it is about stand to each other.

use contract::problem::Code;
use db::Conn;
use db::member::Member;
use domain::community::{MemberStatus, OccupancyKind, Settings};
use domain::id::{CommunityId, MemberId, UnitId};
use domain::member::{Asker, Refusal, Subject, allowed_actions};
use domain::role::{Permission, Rights, Role};
use uuid::Uuid;

use crate::app::{Actor, App, local_day};
use crate::http::error::{Conflict, Error, Fault, Result};

pub struct Standing {
    pub asker: Asker,
    pub subject: Subject,
    pub member: Member,
    /// The member's.
    pub roles: Vec<Role>,
}

/// Locks the memberships of the community and looks anew: what is remembered of the caller may have been taken from them
/// a moment ago.
pub async fn lock(tx: &mut Conn, actor: &Actor, id: MemberId) -> Result<Standing> {
    db::member::lock_all(tx, actor.community_id()).await?;
    let rights = rights_of(tx, actor.community_id(), actor.member_id, &actor.settings).await?;
    // Who is no member any more is told what the gate would tell them.
    let rights = rights.ok_or(Code::NotFound)?;
    let member = db::member::get(tx, actor.community_id(), id).await?;
    if !is_visible(rights, member.status) {
        return Err(Code::NotFound.into());
    }
    let roles = db::member::roles(tx, actor.community_id(), id).await?;
    let asker = Asker { rights, is_self: id == actor.member_id };
    let subject = subject(tx, &member, &roles, &actor.settings).await?;
    Ok(Standing { asker, subject, member, roles })
}

/// What an active member may do; none where they are not active.
pub async fn rights_of(
    conn: &mut Conn,
    community: CommunityId,
    member: MemberId,
    settings: &Settings,
) -> Result<Option<Rights>> {
    if !db::member::is_active(conn, community, member).await? {
        return Ok(None);
    }
    let roles = db::member::roles(conn, community, member).await?;
    Ok(Some(Rights::of(&roles, settings)))
}

/// Who asks to come in, and who is out, is the business of those who decide about it.
pub fn is_visible(rights: Rights, status: MemberStatus) -> bool {
    status == MemberStatus::Active || rights.can(Permission::MembersApprove)
}

pub async fn subject(
    conn: &mut Conn,
    member: &Member,
    roles: &[Role],
    settings: &Settings,
) -> Result<Subject> {
    let is_admin = member.status == MemberStatus::Active && roles.contains(&Role::Admin);
    let is_last_admin = is_admin
        && db::member::ids_with_role(conn, member.community_id, &[Role::Admin]).await? == [member.id];
    Ok(Subject { status: member.status, rights: Rights::of(roles, settings), is_last_admin })
}

/// A refusal with what would help.
pub fn refused(refusal: Refusal, asker: Asker, subject: Subject) -> Error {
    match refusal {
        Refusal::NotAllowed => Code::NotAllowed.into(),
        Refusal::WrongState => {
            let instead = allowed_actions(asker, subject);
            Error::from(Code::WrongState).standing(Conflict::Member(subject.status, instead))
        }
        Refusal::LastAdmin => Code::LastAdmin.into(),
        Refusal::ReasonMissing => Error::invalid(vec![Fault::field("reason", "required")]),
    }
}

/// Roles as they are stored: each once, in order; at least one.
pub fn role_set(mut roles: Vec<Role>) -> Result<Vec<Role>> {
    roles.sort_unstable();
    roles.dedup();
    if roles.is_empty() {
        return Err(Error::invalid(vec![Fault::field("roles", "required").with("min", 1)]));
    }
    Ok(roles)
}

/// Nobody grants a role with a permission they lack.
pub fn check_grant(rights: Rights, roles: &[Role], settings: &Settings) -> Result<()> {
    let grantable = domain::member::grantable(rights, settings);
    if roles.iter().all(|role| grantable.contains(role)) { Ok(()) } else { Err(Code::NotAllowed.into()) }
}

/// A unit of this community, named in this field.
pub async fn check_unit(
    conn: &mut Conn,
    community: CommunityId,
    field: &str,
    unit: Option<UnitId>,
) -> Result<()> {
    match unit {
        Some(unit) if db::place::find_unit(conn, community, unit).await?.is_none() => {
            Err(Error::invalid(vec![Fault::field(field, "unknown")]))
        }
        _ => Ok(()),
    }
}

/// Ties a member to a unit from today. Owners live in what is theirs unless somebody rents it: an owner elsewhere reads
/// nothing of their tenants' household.
pub async fn tie(
    tx: &mut Conn,
    app: &App,
    community: &db::community::Community,
    member_id: MemberId,
    (unit_id, kind): (UnitId, OccupancyKind),
) -> Result<()> {
    let today = local_day(community, app.now());
    let is_let = db::member::is_let(tx, community.id, unit_id, today).await?;
    let row = db::place::Occupancy {
        id: Uuid::now_v7(),
        community_id: community.id,
        unit_id,
        member_id,
        kind,
        is_primary: kind != OccupancyKind::Family,
        resides: kind != OccupancyKind::Owner || !is_let,
        from_date: today,
        to_date: None,
        version: 1,
    };
    Ok(db::place::insert_occupancies(tx, &[row]).await?)
}
