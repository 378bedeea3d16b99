//! Acting on a request: lock, decide, write, record, enqueue. Nothing leaves the process in here.

use chrono::{DateTime, TimeDelta, Utc};
use contract::public::ActOnReport;
use contract::service_request::ActOnServiceRequest;
use db::Conn;
use db::attachment::{Claimed, Place};
use db::service_request::{Besides, Key, ServiceRequest, Sight};
use domain::audit::AuditAction;
use domain::event::{self, Noted};
use domain::id::{AttachmentId, CommunityId, MemberId, ServiceRequestId, TimelineId};
use domain::place::Coordinates;
use domain::service_request::decide::{Asker, Facts, Given, Progress, Refusal, allowed_actions, decide};
use domain::service_request::{AttachmentKind, Audience, Priority, RequestAction, RequestStatus, audience};
use uuid::Uuid;

use super::facts::{LookedUp, asker, facts, look_up};
use super::{household, merge};
use crate::app::{Actor, App};
use crate::audit::{self, Entry};
use crate::checklist;
use crate::http::error::{Conflict, Error, Fault, Result};

/// How far ahead a request may be put on hold, or be due.
const AHEAD_MAX: TimeDelta = TimeDelta::days(730);

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
    check_instants(&body, now)?;
    let (request, master) = match body.master_id {
        Some(master) => db::service_request::lock_two(tx, community, &actor.sight(), key, master).await?,
        None => (db::service_request::lock(tx, community, &actor.sight(), key).await?, None),
    };
    let progress = request.progress();
    let (facts, category) = facts(tx, community, &actor.settings, &request).await?;
    let asker = asker(tx, actor, &category).await?;
    let found = look_up(tx, &request, master.as_ref(), &body).await?;
    let next = decide(&progress, &facts, &asker, body.action, &found.given, now)
        .map_err(|refusal| explained(refusal, &progress, &facts, &asker, now))?;
    if let Some(stars) = body.rating {
        let rating = db::service_request::Rating {
            community_id: community,
            request_id: request.id,
            rater_id: Some(actor.member_id),
            stars,
            created_at: now,
        };
        db::service_request::rate(tx, &[rating]).await?;
    }
    if body.action == RequestAction::Decline {
        db::team::remember_decline(tx, community, request.id, actor.member_id, now).await?;
    }
    let audited = match body.action {
        RequestAction::Override => Some(AuditAction::ServiceRequestOverride),
        RequestAction::Close => Some(AuditAction::ServiceRequestClose),
        RequestAction::Merge => Some(AuditAction::ServiceRequestMerge),
        RequestAction::Unmerge => Some(AuditAction::ServiceRequestUnmerge),
        RequestAction::ChangeDue => Some(AuditAction::ServiceRequestMoveDeadline),
        _ => None,
    };
    if let Some(action) = audited {
        let entry = Entry::new(action, request.id.0).by(actor);
        let entry = match action {
            AuditAction::ServiceRequestMoveDeadline => entry.changed(request.due_at, body.due_at),
            _ => entry.changed(progress.status, next.status),
        };
        audit::record(tx, entry, now).await?;
    }
    let (from_value, to_value) = values(tx, &request, &category.name, master.as_ref(), &found, &body).await?;
    let hours = found.category.as_ref().unwrap_or(&category).target_hours;
    let note = body.note.as_deref().map(|note| note.trim().to_owned());
    let besides = Besides {
        due_at: body.due_at.unwrap_or_else(|| due_at(&request, &next, hours, now)),
        visibility: body.visibility.unwrap_or(request.visibility),
        resolution_note: note.clone().filter(|_| resolves(&progress, &next)),
    };
    let line = Line {
        action: body.action,
        actor: Some((actor.member_id, actor.name.clone())),
        note,
        audience: audience(body.action),
        assignee: found.given.assignee.map(|one| one.id).zip(found.assignee),
        team: found.team,
        priority: body.priority.filter(|priority| *priority != progress.priority),
        attachment_ids: body.attachment_ids,
        from_value,
        to_value,
        at: body.at,
    };
    write(tx, community, &request, &next, besides, line, now).await?;
    let became = found.category.as_ref().filter(|_| next.category != progress.category);
    if let Some((category, home)) = became.zip(household::Home::of(&request)) {
        household::follow_as_owners(tx, &actor.community, home, category, now).await?;
    }
    merge::follow_up(tx, &request, &next, &facts.reporters, Some(actor), now).await
}

/// Whoever holds the secret of an anonymous report acts for it as its reporter.
pub async fn by_holder(
    tx: &mut Conn,
    community: &db::community::Community,
    id: ServiceRequestId,
    body: ActOnReport,
    now: DateTime<Utc>,
) -> Result<()> {
    let ActOnReport { action, note, rating } = body;
    let request = db::service_request::lock(tx, community.id, &Sight::Everything, &Key::Id(id)).await?;
    let progress = request.progress();
    let (facts, category) = facts(tx, community.id, &community.settings(), &request).await?;
    let given = Given { note: note.is_some(), rating: rating.is_some(), ..Given::default() };
    let next = decide(&progress, &facts, &Asker::Holder, action, &given, now)
        .map_err(|refusal| explained(refusal, &progress, &facts, &Asker::Holder, now))?;
    if let Some(stars) = rating {
        let rating = db::service_request::Rating {
            community_id: community.id,
            request_id: id,
            rater_id: None,
            stars,
            created_at: now,
        };
        db::service_request::rate(tx, &[rating]).await?;
    }
    let note = note.map(|note| note.trim().to_owned());
    unnamed(tx, &request, &next, action, note, &facts, category.target_hours, now).await
}

fn check_instants(body: &ActOnServiceRequest, now: DateTime<Utc>) -> Result<()> {
    let ahead = |field: &str, instant: Option<DateTime<Utc>>| match instant {
        Some(instant) if instant <= now => Some(Fault::field(field, "in_the_past")),
        Some(instant) if instant > now + AHEAD_MAX => Some(Fault::field(field, "too_far")),
        _ => None,
    };
    let faults: Vec<Fault> =
        [ahead("hold_until", body.hold_until), ahead("due_at", body.due_at)].into_iter().flatten().collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::invalid(faults)) }
}

/// What the timeline tells of a change: what it was and what it became.
async fn values(
    tx: &mut Conn,
    request: &ServiceRequest,
    category: &str,
    master: Option<&ServiceRequest>,
    found: &LookedUp,
    body: &ActOnServiceRequest,
) -> Result<(Option<String>, Option<String>)> {
    let before = request.progress();
    Ok(match body.action {
        RequestAction::ChangePriority => {
            (Some(before.priority.to_string()), body.priority.map(|priority| priority.to_string()))
        }
        RequestAction::ChangeCategory => {
            let became = found.category.as_ref().map_or(category, |category| &category.name);
            (Some(category.to_owned()), Some(became.to_owned()))
        }
        RequestAction::ChangeZone => {
            let was = match before.zone {
                Some(id) => db::place::find_zone(tx, request.community_id, id).await?.map(|zone| zone.name),
                None => None,
            };
            (was, found.zone.clone())
        }
        RequestAction::ChangeVisibility => {
            (Some(request.visibility.to_string()), body.visibility.map(|seen| seen.to_string()))
        }
        RequestAction::ChangeDue => {
            (Some(request.due_at.to_rfc3339()), body.due_at.map(|due_at| due_at.to_rfc3339()))
        }
        RequestAction::Unmerge => (number(tx, request.community_id, before.duplicate_of).await?, None),
        RequestAction::Merge | RequestAction::Override => (None, master.map(|master| master.number.clone())),
        _ => (None, None),
    })
}

async fn number(
    tx: &mut Conn,
    community: CommunityId,
    id: Option<ServiceRequestId>,
) -> Result<Option<String>> {
    Ok(match id {
        Some(id) => Some(db::service_request::standing(tx, community, id).await?.0),
        None => None,
    })
}

/// When it should be resolved after a step: anew when it is opened again, otherwise as its category says.
fn due_at(request: &ServiceRequest, next: &Progress, target_hours: i32, now: DateTime<Utc>) -> DateTime<Utc> {
    let before = request.progress();
    let full_time = TimeDelta::hours(target_hours.into());
    if next.reopen_count > before.reopen_count {
        now + full_time
    } else if next.category != before.category {
        request.created_at + full_time
    } else {
        request.due_at
    }
}

fn resolves(before: &Progress, next: &Progress) -> bool {
    next.status == RequestStatus::Resolved && before.status != RequestStatus::Resolved
}

/// Time passing acts: `triage` where the category leaves it to time, `auto_close`, or `resume` when a hold has lasted as
/// long as it should. Answers whether it did
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
    unnamed(tx, &request, &next, action, None, &facts, category.target_hours, now).await?;
    Ok(true)
}

/// What an assignee leaves behind goes back to the dispatchers: they have left, were suspended, or work here no more; or
/// their whole team does. In the transaction of whatever made them leave.
pub async fn release(
    tx: &mut Conn,
    community: &db::community::Community,
    requests: &[ServiceRequestId],
    now: DateTime<Utc>,
) -> Result<()> {
    for id in requests {
        let request = db::service_request::lock(tx, community.id, &Sight::Everything, &Key::Id(*id)).await?;
        let (facts, category) = facts(tx, community.id, &community.settings(), &request).await?;
        let reasoned = Given { note: true, ..Given::default() };
        let action = RequestAction::Unassign;
        // Somebody may have taken it from them a moment ago.
        if let Ok(next) = decide(&request.progress(), &facts, &Asker::System, action, &reasoned, now) {
            unnamed(tx, &request, &next, action, None, &facts, category.target_hours, now).await?;
        }
    }
    Ok(())
}

/// A step that no member takes: it happens by itself, or whoever takes it has no name.
#[expect(clippy::too_many_arguments, reason = "what a step is made of")]
async fn unnamed(
    tx: &mut Conn,
    request: &ServiceRequest,
    next: &Progress,
    action: RequestAction,
    note: Option<String>,
    facts: &Facts,
    target_hours: i32,
    now: DateTime<Utc>,
) -> Result<()> {
    let line = Line {
        action,
        actor: None,
        note,
        audience: audience(action),
        assignee: None,
        team: None,
        priority: None,
        attachment_ids: Vec::new(),
        from_value: None,
        to_value: None,
        at: None,
    };
    let besides = Besides {
        due_at: due_at(request, next, target_hours, now),
        visibility: request.visibility,
        resolution_note: None,
    };
    write(tx, request.community_id, request, next, besides, line, now).await?;
    merge::follow_up(tx, request, next, &facts.reporters, None, now).await
}

/// What the timeline will say.
struct Line {
    action: RequestAction,
    actor: Option<(MemberId, String)>,
    note: Option<String>,
    audience: Audience,
    assignee: Option<(MemberId, String)>,
    team: Option<String>,
    priority: Option<Priority>,
    attachment_ids: Vec<AttachmentId>,
    from_value: Option<String>,
    to_value: Option<String>,
    at: Option<Coordinates>,
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
    let instead = allowed_actions(progress, facts, asker, now).into_iter().map(|allowed| allowed.action);
    error.standing(Conflict::Request(progress.status, instead.collect()))
}

/// Writes a decision: the request itself, its timeline, its photos, and the event to tell.
async fn write(
    tx: &mut Conn,
    community: CommunityId,
    request: &ServiceRequest,
    next: &Progress,
    besides: Besides,
    line: Line,
    now: DateTime<Utc>,
) -> Result<()> {
    let before = request.progress();
    let kind = match line.action {
        RequestAction::Resolve => AttachmentKind::Evidence,
        _ => AttachmentKind::Problem,
    };
    let mut claimed = Claimed::default();
    if let Some((uploader, _)) = line.actor.as_ref() {
        let place = Place { about: request.id.into(), comment: None, kind };
        claimed = db::attachment::claim(tx, community, *uploader, &line.attachment_ids, place).await?;
    }
    if claimed.all() != line.attachment_ids.len() {
        return Err(Error::invalid(vec![Fault::field("attachment_ids", "not_yours")]));
    }
    let photos = i32::try_from(claimed.photos).map_err(Error::internal)?;
    db::service_request::advance(tx, community, request, next, &besides, photos, now).await?;
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
        from_value: line.from_value,
        to_value: line.to_value,
        lng: line.at.map(|at| at.lng),
        lat: line.at.map(|at| at.lat),
        team_name: line.team,
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
