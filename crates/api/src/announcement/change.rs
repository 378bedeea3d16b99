//! Writing announcements, publishing them, and what time does with them: lock, decide, write, record, enqueue.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, delete, patch, post};
use chrono::{DateTime, Utc};
use contract::announcement::{
    ActOnAnnouncement, Announcement, MarkdownShown, MarkdownText, NewAnnouncement, UpdateAnnouncement,
};
use contract::problem::Code;
use db::Conn;
use db::announcement::{Announcement as Row, Category, Counts, Version};
use db::attachment::Place;
use db::comment::About;
use domain::announcement::{AnnouncementAction, AnnouncementStatus, Refusal, begins, step, unread_after};
use domain::audit::{ActorKind, AuditAction};
use domain::event::Event;
use domain::id::{AnnouncementCategoryId, AnnouncementId, AttachmentId, CommunityId, MemberId};
use domain::rule;
use domain::service_request::AttachmentKind;
use uuid::Uuid;

use super::{answer, changed, named, show};
use crate::app::{Actor, App};
use crate::audience;
use crate::audit::{Entry, record};
use crate::http::caller::{Caller, CurrentActor};
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::http::precondition::IfMatch;
use crate::markdown;

/// Create an announcement
///
/// A draft, for those who publish to go on with.
#[utoipa::path(tag = "announcements", request_body = NewAnnouncement,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = CREATED, body = Announcement)))]
#[post("/communities/{community}/announcements")]
pub async fn create_announcement(
    app: Data<App>,
    actor: CurrentActor,
    caller: Caller,
    body: Body<NewAnnouncement>,
) -> Result<HttpResponse> {
    let NewAnnouncement {
        category_id,
        title,
        body,
        audience,
        urgent,
        pinned,
        acknowledgement,
        comments_allowed,
        valid_until,
        attachment_ids,
    } = body.0;
    let community = actor.community_id();
    let id = AnnouncementId(Uuid::now_v7());
    let shown = app
        .db
        .transaction(async |tx| -> Result<Announcement> {
            let now = app.now();
            let audience = audience.tidied();
            let mut faults = audience::faults(tx, community, &audience).await?;
            let category = category(tx, community, category_id, &mut faults).await?;
            faults.extend(ends(valid_until, now, now));
            faults.extend(intricate("body", &body));
            if !faults.is_empty() {
                return Err(Error::invalid(faults));
            }
            let row = Row {
                id,
                community_id: community,
                category_id,
                title: rule::trimmed(&title).to_owned(),
                body: rule::trimmed(&body).to_owned(),
                status: AnnouncementStatus::Draft,
                urgent: urgent.unwrap_or(category.is_some_and(|category| category.urgent)),
                pinned,
                acknowledgement,
                comments_allowed,
                audience_roles: Vec::new(),
                audience_ties: Vec::new(),
                audience_zone_ids: Vec::new(),
                audience_unit_ids: Vec::new(),
                audience_tags: Vec::new(),
                author_id: actor.member_id,
                author_name: actor.name.clone(),
                publish_at: None,
                published_at: None,
                valid_until,
                archived_at: None,
                edited_at: None,
                escalate_at: None,
                reminded_at: None,
                version: 1,
                created_at: now,
                updated_at: now,
            }
            .for_audience(audience);
            db::announcement::insert_all(tx, std::slice::from_ref(&row)).await?;
            claim(tx, actor.member_id, &row, &attachment_ids).await?;
            show(tx, &app, &actor, caller.session_id, id).await
        })
        .await?;
    let address = contract::announcement::SHOW.path(&[&actor.community.slug, &id]);
    let mut status = HttpResponse::Created();
    status.insert_header((LOCATION, address));
    Ok(answer(status, shown))
}

/// Change an announcement
///
/// What is left out stays as it is. Once it is out its words may still change: readers see that, and what it said before.
#[utoipa::path(tag = "announcements", request_body = UpdateAnnouncement,
    params(("community" = String, Path, description = "Slug or id"), ("id" = AnnouncementId, Path)),
    responses((status = OK, body = Announcement)))]
#[patch("/communities/{community}/announcements/{id}")]
pub async fn update_announcement(
    app: Data<App>,
    actor: CurrentActor,
    caller: Caller,
    request: HttpRequest,
    path: Path<(String, String)>,
    seen: IfMatch,
    body: Body<UpdateAnnouncement>,
) -> Result<HttpResponse> {
    let (community, id) = (actor.community_id(), named(&path.1)?);
    let shown = app
        .db
        .transaction(async |tx| -> Result<Announcement> {
            let now = app.now();
            let before = db::announcement::lock(tx, community, id).await?;
            seen.check(before.version)?;
            edit(tx, &actor, &request, before, body.0, now).await?;
            show(tx, &app, &actor, caller.session_id, id).await
        })
        .await?;
    app.outbox_bell.notify_one();
    Ok(answer(HttpResponse::Ok(), shown))
}

async fn edit(
    tx: &mut Conn,
    actor: &Actor,
    request: &HttpRequest,
    before: Row,
    change: UpdateAnnouncement,
    now: DateTime<Utc>,
) -> Result<()> {
    let UpdateAnnouncement {
        category_id,
        title,
        body,
        audience,
        urgent,
        pinned,
        acknowledgement,
        comments_allowed,
        valid_until,
        attachment_ids,
    } = change;
    if !before.status.may_be_edited() {
        return Err(Code::WrongState.into());
    }
    let community = before.community_id;
    let is_out = before.status.is_out();
    let audience = audience.map_or_else(|| before.audience(), domain::audience::MemberFilter::tidied);
    let mut faults = Vec::new();
    if audience != before.audience() {
        match is_out {
            true => faults.push(Fault::field("audience", "settled")),
            false => faults.extend(audience::faults(tx, community, &audience).await?),
        }
    }
    for (field, is_other) in [
        ("urgent", urgent.is_some_and(|urgent| urgent != before.urgent)),
        ("acknowledgement", acknowledgement.is_some_and(|asked| asked != before.acknowledgement)),
    ] {
        if is_out && is_other {
            faults.push(Fault::field(field, "settled"));
        }
    }
    if let Some(id) = category_id.filter(|id| *id != before.category_id) {
        category(tx, community, id, &mut faults).await?;
    }
    if let Some(until) = valid_until.filter(|until| *until != before.valid_until) {
        faults.extend(ends(until, before.publish_at.filter(|_| !is_out).unwrap_or(now), now));
    }
    faults.extend(body.as_deref().and_then(|body| intricate("body", body)));
    if !faults.is_empty() {
        return Err(Error::invalid(faults));
    }
    let after = Row {
        category_id: category_id.unwrap_or(before.category_id),
        title: title.map_or_else(|| before.title.clone(), |title| rule::trimmed(&title).to_owned()),
        body: body.map_or_else(|| before.body.clone(), |body| rule::trimmed(&body).to_owned()),
        urgent: urgent.unwrap_or(before.urgent),
        pinned: pinned.unwrap_or(before.pinned),
        acknowledgement: acknowledgement.unwrap_or(before.acknowledgement),
        comments_allowed: comments_allowed.unwrap_or(before.comments_allowed),
        valid_until: valid_until.unwrap_or(before.valid_until),
        ..before.clone()
    }
    .for_audience(audience);
    let has_new_words = (&after.title, &after.body) != (&before.title, &before.body);
    let after = match is_out && has_new_words {
        true => {
            let version = Version {
                community_id: community,
                announcement_id: before.id,
                version: before.version,
                title: before.title.clone(),
                body: before.body.clone(),
                until: now,
            };
            db::announcement::insert_versions(tx, &[version]).await?;
            Row { edited_at: Some(now), ..after }
        }
        false => after,
    };
    let has_new_files = match attachment_ids {
        Some(ids) => keep(tx, actor.member_id, &after, &ids, now).await?,
        None => false,
    };
    let after =
        Row { edited_at: after.edited_at.max(Some(now).filter(|_| is_out && has_new_files)), ..after };
    db::announcement::save(tx, &after, now).await?;
    if is_out {
        let entry = Entry::new(AuditAction::AnnouncementChanged, before.id.0).asked_by(request);
        record(tx, entry, now).await?;
        changed(tx, community, before.id, Some(actor.member_id), now).await?;
    }
    Ok(())
}

/// Delete an announcement
///
/// A draft. What members have been told of is archived instead.
#[utoipa::path(tag = "announcements",
    params(("community" = String, Path, description = "Slug or id"), ("id" = AnnouncementId, Path)),
    responses((status = NO_CONTENT, description = "Deleted")))]
#[delete("/communities/{community}/announcements/{id}")]
pub async fn delete_announcement(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    seen: IfMatch,
) -> Result<HttpResponse> {
    let (community, id) = (actor.community_id(), named(&path.1)?);
    app.db
        .transaction(async |tx| -> Result<()> {
            let now = app.now();
            let before = db::announcement::lock(tx, community, id).await?;
            seen.check(before.version)?;
            if before.status != AnnouncementStatus::Draft {
                return Err(Code::WrongState.into());
            }
            db::attachment::let_go_of_announcement(tx, community, id, now).await?;
            db::announcement::delete(tx, community, id).await?;
            let entry = Entry::new(AuditAction::AnnouncementDeleted, id.0).asked_by(&request);
            Ok(record(tx, entry, now).await?)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Act on an announcement
///
/// `schedule` needs `publish_at`; whoever it is for is told when it is published, by jobs: the answer does not wait for
/// them.
#[utoipa::path(tag = "announcements", request_body = ActOnAnnouncement,
    params(("community" = String, Path, description = "Slug or id"), ("id" = AnnouncementId, Path)),
    responses((status = OK, body = Announcement)))]
#[post("/communities/{community}/announcements/{id}/actions")]
pub async fn act_on_announcement(
    app: Data<App>,
    actor: CurrentActor,
    caller: Caller,
    request: HttpRequest,
    path: Path<(String, String)>,
    body: Body<ActOnAnnouncement>,
) -> Result<HttpResponse> {
    let (community, id) = (actor.community_id(), named(&path.1)?);
    let ActOnAnnouncement { action, publish_at } = body.0;
    let shown = app
        .db
        .transaction(async |tx| -> Result<Announcement> {
            let now = app.now();
            let before = db::announcement::lock(tx, community, id).await?;
            act(tx, before, action, publish_at, Some(actor.member_id), now).await?;
            let entry = Entry::new(audited(action), id.0).asked_by(&request);
            record(tx, entry, now).await?;
            show(tx, &app, &actor, caller.session_id, id).await
        })
        .await?;
    app.outbox_bell.notify_one();
    Ok(answer(HttpResponse::Ok(), shown))
}

const fn audited(action: AnnouncementAction) -> AuditAction {
    match action {
        AnnouncementAction::Schedule => AuditAction::AnnouncementScheduled,
        AnnouncementAction::Unschedule => AuditAction::AnnouncementUnscheduled,
        AnnouncementAction::Publish => AuditAction::AnnouncementPublished,
        AnnouncementAction::Archive => AuditAction::AnnouncementArchived,
    }
}

async fn act(
    tx: &mut Conn,
    before: Row,
    action: AnnouncementAction,
    publish_at: Option<DateTime<Utc>>,
    actor: Option<MemberId>,
    now: DateTime<Utc>,
) -> Result<()> {
    let to = step(before.status, action).map_err(refused)?;
    if publish_at.is_some() && action != AnnouncementAction::Schedule {
        return Err(Error::invalid(vec![Fault::field("publish_at", "superfluous")]));
    }
    let (community, id, urgent) = (before.community_id, before.id, before.urgent);
    let after = Row { status: to, ..before.clone() };
    let after = match action {
        AnnouncementAction::Schedule => {
            let at = publish_at.ok_or_else(|| refused(Refusal::TimeMissing))?;
            begins(at, before.valid_until, now).map_err(refused)?;
            if at - now > LATEST {
                return Err(Error::invalid(vec![Fault::field("publish_at", "too_far")]));
            }
            Row { publish_at: Some(at), ..after }
        }
        AnnouncementAction::Unschedule => Row { publish_at: None, ..after },
        AnnouncementAction::Publish => {
            begins(now, before.valid_until, now).map_err(refused)?;
            Row { published_at: Some(now), escalate_at: Some(now + unread_after(urgent)), ..after }
        }
        AnnouncementAction::Archive => Row { archived_at: Some(now), escalate_at: None, ..after },
    };
    db::announcement::save(tx, &after, now).await?;
    match action {
        AnnouncementAction::Schedule | AnnouncementAction::Unschedule => Ok(()),
        AnnouncementAction::Publish => {
            // Whoever wrote it need not be told, whoever published it neither.
            let by = actor.or(Some(before.author_id));
            let event = Event::of_announcement(urgent);
            let event = db::outbox::Event::of_announcement(event, community, id, by, now);
            Ok(db::outbox::enqueue(tx, &event).await?)
        }
        AnnouncementAction::Archive => changed(tx, community, id, actor, now).await,
    }
}

/// How far ahead something may be scheduled.
const LATEST: chrono::TimeDelta = chrono::TimeDelta::days(730);

fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::WrongState => Code::WrongState.into(),
        Refusal::Past => Error::invalid(vec![Fault::field("publish_at", "in_the_past")]),
        Refusal::EndsFirst => Error::invalid(vec![Fault::field("valid_until", "ends_first")]),
        Refusal::TimeMissing => Error::invalid(vec![Fault::field("publish_at", "required")]),
    }
}

/// What time does: publishes what was scheduled, archives what holds no longer, and has those told by their next channel
/// who have not read what is out. Each looked at again under its lock.
pub async fn by_clock(app: &App, community: CommunityId, id: AnnouncementId) -> Result<()> {
    app.db
        .transaction(async |tx| -> Result<()> {
            let now = app.now();
            let one = db::announcement::lock(tx, community, id).await?;
            let is_due = |at: Option<DateTime<Utc>>| at.is_some_and(|at| at <= now);
            let action = match one.status {
                // It would be over before it began: whoever publishes finds it among the drafts.
                AnnouncementStatus::Scheduled if is_due(one.publish_at) && is_due(one.valid_until) => {
                    AnnouncementAction::Unschedule
                }
                AnnouncementStatus::Scheduled if is_due(one.publish_at) => AnnouncementAction::Publish,
                AnnouncementStatus::Published if is_due(one.valid_until) => AnnouncementAction::Archive,
                AnnouncementStatus::Published if is_due(one.escalate_at) => {
                    db::announcement::escalated(tx, community, id).await?;
                    let event = Event::AnnouncementUnread;
                    let event = db::outbox::Event::of_announcement(event, community, id, None, now);
                    return Ok(db::outbox::enqueue(tx, &event).await?);
                }
                _ => return Ok(()),
            };
            act(tx, one, action, None, None, now).await?;
            let entry = Entry::new(audited(action), id.0).kind(ActorKind::Clock).community(community);
            Ok(record(tx, entry, now).await?)
        })
        .await?;
    app.outbox_bell.notify_one();
    Ok(())
}

/// Preview a text
///
/// Markdown as its readers will see it. Nothing is kept.
#[utoipa::path(tag = "announcements", request_body = MarkdownText,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = MarkdownShown)))]
#[post("/communities/{community}/markdown-previews")]
pub async fn preview_markdown(_: CurrentActor, body: Body<MarkdownText>) -> Result<Json<MarkdownShown>> {
    let text = rule::trimmed(&body.0.text);
    match intricate("text", text) {
        Some(fault) => Err(Error::invalid(vec![fault])),
        None => Ok(Json(MarkdownShown { html: markdown::to_html(text) })),
    }
}

/// A category in which something new can be announced.
async fn category(
    tx: &mut Conn,
    community: CommunityId,
    id: AnnouncementCategoryId,
    faults: &mut Vec<Fault>,
) -> Result<Option<Category>> {
    let found = db::announcement::find_category(tx, community, id).await?;
    match &found {
        None => faults.push(Fault::field("category_id", "unknown")),
        Some(category) if category.archived_at.is_some() => {
            faults.push(Fault::field("category_id", "archived"));
        }
        Some(_) => {}
    }
    Ok(found)
}

/// What is wrong with an end, seen from when it begins.
fn ends(until: Option<DateTime<Utc>>, from: DateTime<Utc>, now: DateTime<Utc>) -> Option<Fault> {
    match until? {
        until if until <= from => Some(Fault::field("valid_until", "ends_first")),
        until if until - now > LATEST => Some(Fault::field("valid_until", "too_far")),
        _ => None,
    }
}

/// A text that nobody could show.
fn intricate(field: &str, text: &str) -> Option<Fault> {
    (!markdown::is_plain_enough(text)).then(|| Fault::field(field, "too_intricate"))
}

/// Ties uploads to an announcement.
async fn claim(tx: &mut Conn, uploader: MemberId, row: &Row, ids: &[AttachmentId]) -> Result<()> {
    let place = Place { about: About::Announcement(row.id), comment: None, kind: AttachmentKind::Problem };
    let claimed = db::attachment::claim(tx, row.community_id, uploader, ids, place).await?;
    if claimed.all() != ids.len() {
        return Err(Error::invalid(vec![Fault::field("attachment_ids", "not_yours")]));
    }
    let attachments = i32::try_from(claimed.all()).map_err(Error::internal)?;
    Ok(db::announcement::add(tx, row, Counts { attachments, ..Counts::default() }).await?)
}

/// Leaves an announcement these files and no others; answers whether that is another set.
async fn keep(
    tx: &mut Conn,
    uploader: MemberId,
    row: &Row,
    ids: &[AttachmentId],
    now: DateTime<Utc>,
) -> Result<bool> {
    let has = db::attachment::list_of_announcement(tx, row.community_id, row.id).await?;
    let gone = db::attachment::keep_of_announcement(tx, row.community_id, row.id, ids, now).await?;
    let fewer = i32::try_from(gone).map_err(Error::internal)?;
    db::announcement::add(tx, row, Counts { attachments: -fewer, ..Counts::default() }).await?;
    let mut new: Vec<AttachmentId> =
        ids.iter().copied().filter(|id| !has.iter().any(|file| file.id == *id)).collect();
    new.sort_unstable();
    new.dedup();
    claim(tx, uploader, row, &new).await?;
    Ok(gone > 0 || !new.is_empty())
}
