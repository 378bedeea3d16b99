//! Acting on a request: lock, decide, write, record, enqueue. Nothing leaves the process in here.

use chrono::{DateTime, TimeDelta, Utc};
use contract::service_request::ActOnServiceRequest;
use db::Conn;
use db::attachment::{Claimed, Place};
use db::service_request::{Key, ServiceRequest, Sight};
use domain::audit::AuditAction;
use domain::community::Settings;
use domain::event::{self, Noted};
use domain::id::{AttachmentId, CommunityId, MemberId, TimelineId};
use domain::role::Permission;
use domain::service_request::decide::{
    Asker, Candidate, Facts, Given, Progress, Refusal, allowed_actions, decide,
};
use domain::service_request::{AttachmentKind, Audience, Priority, RequestAction, audience};
use uuid::Uuid;

use super::handlers::offered;
use crate::app::{Actor, App};
use crate::audit::{self, Entry};
use crate::checklist;
use crate::http::error::{Conflict, Error, Fault, Result};

/// How far ahead a request may be put on hold.
const HELD_MAX: TimeDelta = TimeDelta::days(730);

/// What a decision about a request must know, looked up.
pub async fn facts(
    conn: &mut Conn,
    community: CommunityId,
    settings: &Settings,
    request: &ServiceRequest,
) -> Result<(Facts, db::category::Category)> {
    let progress = request.progress();
    let category = db::category::find(conn, community, progress.category).await?;
    let category = category.ok_or_else(|| Error::internal("a request without its category"))?;
    let assignee_present = match progress.assignee {
        Some(assignee) => db::professional::is_active(conn, community, assignee).await?,
        None => false,
    };
    let facts = Facts {
        reporters: request.reporters(),
        assignee_present,
        evidence_demanded: category.evidence_required,
        zoned: db::community::has_zones(conn, community).await?,
        settings: settings.clone(),
    };
    Ok((facts, category))
}

/// The caller as the workflow sees them.
pub async fn asker(conn: &mut Conn, actor: &Actor, category: &db::category::Category) -> Result<Asker> {
    // Skill only matters to those who could claim.
    let could_claim = actor.settings.professionals_claim && actor.can(Permission::RequestsWork);
    let skilled = could_claim
        && db::professional::list(conn, actor.community_id(), Some(actor.member_id))
            .await?
            .iter()
            .any(|one| one.skills.contains(&category.code));
    Ok(actor.asker(skilled))
}

/// A member acts. Answers nothing: look at the request again afterwards.
pub async fn by_member(
    tx: &mut Conn,
    app: &App,
    actor: &Actor,
    key: &Key,
    body: ActOnServiceRequest,
) -> Result<()> {
    let community = actor.community_id();
    let now = app.now();
    let until = match body.hold_until {
        Some(until) if until <= now => Err("in_the_past"),
        Some(until) if until > now + HELD_MAX => Err("too_far"),
        _ => Ok(()),
    };
    until.map_err(|code| Error::invalid(vec![Fault::field("hold_until", code)]))?;
    let request = db::service_request::lock(tx, community, &actor.sight(), key).await?;
    let progress = request.progress();
    let (facts, category) = facts(tx, community, &actor.settings, &request).await?;
    let asker = asker(tx, actor, &category).await?;
    let (given, target_category, candidate) = look_up(tx, community, &progress, &category, &body).await?;
    let next = decide(&progress, &facts, &asker, body.action, &given, now)
        .map_err(|refusal| explained(refusal, &progress, &facts, &asker, now))?;
    let assignee_name = candidate.map(|(_, name)| name);
    let line = Line {
        action: body.action,
        actor: Some((actor.member_id, actor.name.clone())),
        note: body.note.as_deref().map(|note| note.trim().to_owned()),
        audience: audience(body.action),
        assignee: given.assignee.map(|one| one.id).zip(assignee_name),
        priority: body.priority.filter(|priority| *priority != progress.priority),
        attachment_ids: body.attachment_ids,
    };
    let hours = target_category.unwrap_or(category).target_hours;
    if let Some(stars) = body.rating {
        let rating = db::service_request::Rating {
            community_id: community,
            request_id: request.id,
            rater_id: actor.member_id,
            stars,
            created_at: now,
        };
        db::service_request::rate(tx, &[rating]).await?;
    }
    let audited = match body.action {
        RequestAction::Override => Some(AuditAction::ServiceRequestOverride),
        RequestAction::Close => Some(AuditAction::ServiceRequestClose),
        _ => None,
    };
    if let Some(action) = audited {
        let entry = Entry::new(action, request.id.0).by(actor).changed(progress.status, next.status);
        audit::record(tx, entry, now).await?;
    }
    write(tx, community, &request, &next, line, hours, now).await
}

/// Time passing acts: `auto_close`, or `resume` when a hold has lasted as long as it should. Answers whether it did
/// anything; somebody may have been there before.
pub async fn by_clock(
    tx: &mut Conn,
    community: CommunityId,
    key: &Key,
    action: RequestAction,
    now: DateTime<Utc>,
) -> Result<bool> {
    let settings = db::community::get(tx, community).await?.settings();
    let request = db::service_request::lock(tx, community, &Sight::Everything, key).await?;
    let progress = request.progress();
    let (facts, category) = facts(tx, community, &settings, &request).await?;
    let Ok(next) = decide(&progress, &facts, &Asker::Clock, action, &Given::default(), now) else {
        return Ok(false);
    };
    let line = Line {
        action,
        actor: None,
        note: None,
        audience: audience(action),
        assignee: None,
        priority: None,
        attachment_ids: Vec::new(),
    };
    write(tx, community, &request, &next, line, category.target_hours, now).await?;
    Ok(true)
}

/// What the timeline will say.
struct Line {
    action: RequestAction,
    actor: Option<(MemberId, String)>,
    note: Option<String>,
    audience: Audience,
    assignee: Option<(MemberId, String)>,
    priority: Option<Priority>,
    attachment_ids: Vec<AttachmentId>,
}

/// Looks up what the body names; tells all that does not exist at once.
async fn look_up(
    tx: &mut Conn,
    community: CommunityId,
    progress: &Progress,
    category: &db::category::Category,
    body: &ActOnServiceRequest,
) -> Result<(Given, Option<db::category::Category>, Option<(Candidate, String)>)> {
    let mut faults = Vec::new();
    let target_category = match body.category_id {
        Some(id) if id != category.id => {
            let found = db::category::find(tx, community, id).await?;
            if found.is_none() {
                faults.push(Fault::field("category_id", "unknown"));
            }
            found
        }
        _ => None,
    };
    if let Some(zone) = body.zone_id
        && db::place::find_zone(tx, community, zone).await?.is_none()
    {
        faults.push(Fault::field("zone_id", "unknown"));
    }
    let candidate = match body.assignee_id {
        None => None,
        Some(id) => {
            let known = db::professional::list(tx, community, Some(id)).await?.pop();
            Some(match known {
                Some(one) => {
                    let covers_zone = one.covers(body.zone_id.or(progress.zone));
                    (Candidate { id, active: true, covers_zone }, one.display_name)
                }
                None => (Candidate { id, active: false, covers_zone: false }, String::new()),
            })
        }
    };
    if !faults.is_empty() {
        return Err(Error::invalid(faults));
    }
    let given = Given {
        note: body.note.is_some(),
        category: body.category_id,
        priority: body.priority,
        zone: body.zone_id,
        assignee: candidate.as_ref().map(|(candidate, _)| *candidate),
        hold_reason: body.hold_reason,
        hold_until: body.hold_until,
        reject_reason: body.reject_reason,
        evidence: !body.attachment_ids.is_empty(),
        rating: body.rating.is_some(),
        master: None,
        target: body.target,
    };
    Ok((given, target_category, candidate))
}

/// A refusal that also says what the caller could do instead.
fn explained(
    refusal: Refusal,
    progress: &Progress,
    facts: &Facts,
    asker: &Asker,
    now: DateTime<Utc>,
) -> Error {
    let error = Error::from(refusal);
    if error.code.status() != 409 {
        return error;
    }
    let instead = allowed_actions(progress, facts, asker, now).into_iter().map(|(action, _)| action);
    error.standing(Conflict::Request(progress.status, instead.filter(|action| offered(*action)).collect()))
}

/// Writes a decision: the request itself, its timeline, its photos, and the event to tell.
async fn write(
    tx: &mut Conn,
    community: CommunityId,
    request: &ServiceRequest,
    next: &Progress,
    line: Line,
    target_hours: i32,
    now: DateTime<Utc>,
) -> Result<()> {
    let before = request.progress();
    let kind = match line.action {
        RequestAction::Resolve => AttachmentKind::Evidence,
        _ => AttachmentKind::Problem,
    };
    let mut claimed = Claimed::default();
    if let Some((uploader, _)) = line.actor.as_ref() {
        let place = Place { request: request.id, comment: None, kind };
        claimed = db::attachment::claim(tx, community, *uploader, &line.attachment_ids, place).await?;
    }
    if claimed.all() != line.attachment_ids.len() {
        return Err(Error::invalid(vec![Fault::field("attachment_ids", "not_yours")]));
    }
    let full_time = TimeDelta::hours(target_hours.into());
    let due_at = if next.reopen_count > before.reopen_count {
        now + full_time
    } else if next.category != before.category {
        request.created_at + full_time
    } else {
        request.due_at
    };
    let photos = i32::try_from(claimed.photos).map_err(Error::internal)?;
    db::service_request::advance(tx, community, request, next, due_at, photos, now).await?;
    checklist::follow(tx, community, request.id, &before, next).await?;
    let (actor_id, actor_name) = line.actor.unzip();
    let (assignee_id, assignee_name) = line.assignee.unzip();
    let entry = db::timeline::Entry {
        id: TimelineId(Uuid::now_v7()),
        community_id: community,
        request_id: request.id,
        kind: line.action.to_string(),
        at: now,
        actor_id,
        actor_name,
        from_status: Some(before.status),
        to_status: next.status,
        note: line.note,
        audience: line.audience,
        assignee_id,
        assignee_name,
        priority: line.priority,
        attachment_ids: line.attachment_ids,
    };
    db::timeline::record(tx, &[entry]).await?;
    let event = event::Event::of_action(line.action);
    let noted = Noted {
        former_assignee: before.assignee.filter(|it| Some(*it) != next.assignee),
        ..Noted::default()
    };
    let event = db::outbox::Event::of_request(event, community, request.id, actor_id, now).noting(&noted);
    db::outbox::enqueue(tx, &event).await?;
    Ok(())
}
