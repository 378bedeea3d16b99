//! Acting on a membership: approve, reject, suspend, reinstate, archive, restore.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, post};
use contract::member::{ActOnMember, Member};
use domain::audit::AuditAction;
use domain::community::{MemberStatus, OccupancyKind};
use domain::id::{MemberId, UnitId};
use domain::member::{MemberAction, decide};
use domain::role::Role;
use serde_json::json;

use super::handlers::{answer, named};
use super::standing::{self, Standing, refused};
use super::{telling, view};
use crate::app::{Actor, App};
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::service_request::act::release;

/// Act on a member
///
/// Decides about an application, keeps somebody out or lets them in again. Each action needs its own permission, nobody
/// acts on themselves or on somebody who may do more than they, and the last admin stays. What was
/// assigned to whoever is suspended or archived goes back to the dispatchers.
#[utoipa::path(tag = "members", request_body = ActOnMember,
    params(("community" = String, Path, description = "Slug or id"), ("id" = MemberId, Path)),
    responses((status = OK, body = Member)))]
#[post("/communities/{community}/members/{id}/actions")]
pub async fn act_on_member(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    body: Body<ActOnMember>,
) -> Result<HttpResponse> {
    let id = named(&path.1)?;
    check(&body.0)?;
    let (shown, user) = app
        .db
        .transaction(async |tx| -> Result<_> {
            let user = act(tx, &app, &actor, &request, id, body.0).await?;
            Ok((view::show(tx, &app, &actor, id).await?, user))
        })
        .await?;
    if let Some(user) = user {
        app.forget_actor(user, &actor.community);
    }
    Ok(answer(shown))
}

/// Roles and units are for approving.
fn check(body: &ActOnMember) -> Result<()> {
    let ActOnMember { action, reason: _, roles, unit_id, tie } = body;
    let given = [("roles", roles.is_some()), ("unit_id", unit_id.is_some()), ("tie", tie.is_some())];
    let superfluous = given.iter().filter(|(_, given)| *given && *action != MemberAction::Approve);
    let faults: Vec<Fault> = superfluous.map(|(name, _)| Fault::field(name, "superfluous")).collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::invalid(faults)) }
}

/// Answers whose rights have changed by it.
async fn act(
    tx: &mut db::Conn,
    app: &App,
    actor: &Actor,
    request: &HttpRequest,
    id: MemberId,
    body: ActOnMember,
) -> Result<Option<domain::id::UserId>> {
    let ActOnMember { action, reason, roles, unit_id, tie } = body;
    let Standing { asker, subject, member, roles: held } = standing::lock(tx, actor, id).await?;
    let next = decide(action, asker, subject, reason.as_deref())
        .map_err(|refusal| refused(refusal, asker, subject))?;
    let (granted, home) = match action {
        MemberAction::Approve => {
            let roles = standing::role_set(roles.unwrap_or_else(|| vec![Role::Resident]))?;
            standing::check_grant(asker.rights, &roles, &actor.settings)?;
            (Some(roles), home(tx, actor, &member, unit_id, tie).await?)
        }
        // Whoever was rejected never had a role.
        MemberAction::Restore if held.is_empty() => (Some(vec![Role::Resident]), None),
        _ => (None, None),
    };

    let now = app.now();
    let written = db::member::Member {
        status: next,
        reason: reason.filter(|_| action.step().needs_reason).map(|reason| reason.trim().to_owned()),
        decided_by: Some(actor.member_id),
        decided_at: Some(now),
        ..member.clone()
    };
    db::member::save(tx, &written, now).await?;
    if let Some(roles) = &granted {
        db::member::replace_roles(tx, actor.community_id(), id, roles).await?;
    }
    if next != MemberStatus::Active {
        let left = db::team::work_of(tx, actor.community_id(), id).await?;
        release(tx, &actor.community, &left, now).await?;
    }
    if let Some(home) = home {
        standing::tie(tx, app, &actor.community, id, home).await?;
    }
    let entry = Entry::new(audited(action), id.0)
        .asked_by(request)
        .changed(member.status, next)
        .meta(json!({ "roles": granted, "unit": home.map(|(unit, _)| unit) }));
    record(tx, entry, now).await?;
    telling::decided(tx, app, &actor.community, action, &written).await?;
    Ok(member.user_id)
}

/// The unit that somebody is tied to when they are approved. What they named themselves counts for nothing until it is
/// named here, too: whoever lives in a unit reads what is reported about it.
async fn home(
    tx: &mut db::Conn,
    actor: &Actor,
    member: &db::member::Member,
    unit: Option<UnitId>,
    tie: Option<OccupancyKind>,
) -> Result<Option<(UnitId, OccupancyKind)>> {
    standing::check_unit(tx, actor.community_id(), "unit_id", unit).await?;
    let kind = tie.or(member.claimed_tie).unwrap_or(OccupancyKind::Tenant);
    match unit {
        Some(unit) => Ok(Some((unit, kind))),
        None if tie.is_some() => Err(Error::invalid(vec![Fault::field("unit_id", "required")])),
        None => Ok(None),
    }
}

fn audited(action: MemberAction) -> AuditAction {
    match action {
        MemberAction::Approve => AuditAction::MemberApproved,
        MemberAction::Reject => AuditAction::MemberRejected,
        MemberAction::Suspend => AuditAction::MemberSuspended,
        MemberAction::Reinstate => AuditAction::MemberReinstated,
        MemberAction::Archive => AuditAction::MemberArchived,
        MemberAction::Restore => AuditAction::MemberRestored,
    }
}
