//! Coming into a community: by asking, or by invitation.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use chrono::{DateTime, TimeDelta, Utc};
use contract::account::{Application, JoinCommunity};
use contract::problem::Code;
use db::Conn;
use db::community::Community;
use db::member::Member;
use domain::audit::AuditAction;
use domain::community::{Joining, MemberStatus, OccupancyKind};
use domain::id::{MemberId, UnitId, UserId};
use domain::role::Role;
use domain::rule;
use uuid::Uuid;

use super::telling;
use crate::app::{App, local_day};
use crate::audit::{Entry, record};
use crate::http::caller::Caller;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::invitation::accept;

/// Whoever was rejected or has left may ask again after so long.
const ASK_AGAIN: TimeDelta = TimeDelta::days(1);

/// Join a community
///
/// With an invitation, at once; otherwise by asking: somebody decides, and the answer comes by mail. Whoever was rejected
/// or has left may ask again a day later, and begins anew.
#[utoipa::path(tag = "account", request_body = JoinCommunity, responses((status = CREATED, body = Application)))]
#[post("/account/memberships")]
pub async fn join_community(
    app: Data<App>,
    caller: Caller,
    request: HttpRequest,
    body: Body<JoinCommunity>,
) -> Result<HttpResponse> {
    let JoinCommunity { display_name, invitation, community, unit_number, tie, note } = body.0;
    let name = display_name.trim().to_owned();
    let (community, member) = match (invitation, community) {
        (Some(link), None) => {
            let asked = [("unit_number", unit_number.is_some()), ("tie", tie.is_some())];
            refuse(&asked.map(|(name, given)| (name, given.then_some("superfluous"))))?;
            app.db
                .transaction(async |tx| accept::accept(tx, &app, &caller, &request, &link, name).await)
                .await?
        }
        (None, Some(slug)) => {
            let nowhere = tie.is_some() && unit_number.is_none();
            refuse(&[("unit_number", nowhere.then_some("required"))])?;
            let asked = Asked { name, unit_number, tie, note: note.unwrap_or_default() };
            app.db.transaction(async |tx| ask(tx, &app, caller.user_id, &request, &slug, asked).await).await?
        }
        (Some(_), Some(_)) => return Err(Error::invalid(vec![Fault::field("community", "superfluous")])),
        (None, None) => return Err(Error::invalid(vec![Fault::field("community", "required")])),
    };
    app.forget_actor(caller.user_id, &community);
    Ok(HttpResponse::Created().json(application(&community, member)))
}

fn refuse(faults: &[(&str, Option<&'static str>)]) -> Result<()> {
    let faults: Vec<Fault> =
        faults.iter().filter_map(|(name, code)| Some(Fault::field(name, (*code)?))).collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::invalid(faults)) }
}

pub fn application(community: &Community, member: Member) -> Application {
    Application {
        member_id: member.id,
        community_slug: community.slug.clone(),
        community_name: community.name.clone(),
        status: member.status,
        reason: member.reason,
        asked_at: member.created_at,
    }
}

/// What somebody says who asks to join.
struct Asked {
    name: String,
    unit_number: Option<String>,
    tie: Option<OccupancyKind>,
    note: String,
}

async fn ask(
    tx: &mut Conn,
    app: &App,
    user: UserId,
    request: &HttpRequest,
    slug: &str,
    asked: Asked,
) -> Result<(Community, Member)> {
    let community = open_community(tx, slug).await?.ok_or(Code::NotFound)?;
    db::member::lock_all(tx, community.id).await?;
    let before = db::member::find_of_user(tx, community.id, user).await?;
    let now = app.now();
    // First, so that nobody tries out which units there are.
    check_again(before.as_ref(), now)?;
    let claimed_unit_id = match &asked.unit_number {
        None => None,
        Some(number) => Some(unit(tx, &community, number).await?),
    };
    let fresh = Member {
        claimed_unit_id,
        claimed_tie: claimed_unit_id.map(|_| asked.tie.unwrap_or(OccupancyKind::Tenant)),
        note: asked.note.trim().to_owned(),
        ..new_member(&community, user, asked.name, MemberStatus::Pending, now)
    };
    let member = begin(tx, app, &community, before, fresh, &[]).await?;
    record(
        tx,
        Entry::new(AuditAction::MemberApplied, member.id.0).asked_by(request).community(community.id),
        now,
    )
    .await?;
    telling::asked(tx, app, &community, &member).await?;
    Ok((community, member))
}

/// The community with this slug, if it takes requests to join. Any other is as good as unknown.
pub async fn open_community(conn: &mut Conn, slug: &str) -> Result<Option<Community>> {
    if rule::slug(slug).is_err() {
        return Ok(None);
    }
    let found = db::community::find_by_slug(conn, slug).await?;
    Ok(found.filter(|community| community.settings().joining == Joining::ByRequest))
}

async fn unit(tx: &mut Conn, community: &Community, number: &str) -> Result<UnitId> {
    let found = db::place::find_unit_by_number(tx, community.id, number.trim()).await?;
    Ok(found.ok_or_else(|| Error::invalid(vec![Fault::field("unit_number", "unknown")]))?.id)
}

/// Whether somebody who has asked before may ask again.
fn check_again(before: Option<&Member>, now: DateTime<Utc>) -> Result<()> {
    let Some(before) = before else { return Ok(()) };
    match before.status {
        MemberStatus::Pending | MemberStatus::Active => Err(Code::Duplicate.into()),
        MemberStatus::Suspended => Err(Code::NotAllowed.into()),
        MemberStatus::Archived => match before.decided_at.map(|at| at + ASK_AGAIN - now) {
            Some(wait) if wait > TimeDelta::zero() => {
                let seconds = u32::try_from(wait.num_seconds()).unwrap_or(0) + 1;
                Err(Error { retry_after: Some(seconds), ..Code::TooManyRequests.into() })
            }
            _ => Ok(()),
        },
    }
}

pub fn new_member(
    community: &Community,
    user: UserId,
    name: String,
    status: MemberStatus,
    now: DateTime<Utc>,
) -> Member {
    Member::new(MemberId(Uuid::now_v7()), community.id, Some(user), name, status, now)
}

/// Writes a membership that begins. One that was there before keeps its id, and nothing else: roles and ties of an earlier
/// time do not come back by asking.
pub async fn begin(
    tx: &mut Conn,
    app: &App,
    community: &Community,
    before: Option<Member>,
    fresh: Member,
    roles: &[Role],
) -> Result<Member> {
    let Some(before) = before else {
        db::member::insert(tx, &fresh, roles).await?;
        return Ok(fresh);
    };
    let now = app.now();
    let member = Member { id: before.id, version: before.version, ..fresh };
    db::member::save(tx, &member, now).await?;
    db::member::replace_roles(tx, community.id, member.id, roles).await?;
    if before.status == MemberStatus::Archived {
        db::member::end_ties(tx, community.id, member.id, local_day(community, now)).await?;
    }
    Ok(Member { version: member.version + 1, ..member })
}
