//! What a community tells its members: reading it, and noting who has.
//!
//! * [`change`]: writing, publishing, and what time does
//! * [`figures`]: who has read it and who has not, and reminding those
//! * [`talk`]: what members say about it
//! * [`categories`]: what announcements are about

mod categories;
pub mod change;
mod figures;
mod talk;

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use chrono::{DateTime, Utc};
use contract::announcement::{
    Announcement, AnnouncementQuery, AnnouncementSummary, AnnouncementVersion, MailedAnnouncement, Reach,
    Receipt, UnreadAnnouncements, VersionQuery,
};
use contract::page::Page;
use contract::problem::Code;
use db::Conn;
use db::announcement::{Counts, Filter, Listed, Position, Reader};
use domain::announcement::{AnnouncementStatus, AnnouncementView, REMIND_PAUSE, ReadBy, allowed_actions};
use domain::event::Event;
use domain::id::{AnnouncementId, CommunityId, MemberId, SessionId};
use domain::role::Permission;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::{Actor, App, local_day};
use crate::http::caller::{Caller, CurrentActor};
use crate::http::error::{Error, Fault, Result};
use crate::http::input::{Body, Query};
use crate::http::page;
use crate::http::precondition::versioned;
use crate::{attachment, markdown};

/// For what the links in mail are signed that lead to an announcement.
pub const MAILED: &str = "announcement";

const EXCERPT: usize = 200;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_announcements)
        .service(change::create_announcement)
        .service(show_announcement)
        .service(change::update_announcement)
        .service(change::delete_announcement)
        .service(change::act_on_announcement)
        .service(change::preview_markdown)
        .service(receive_announcement)
        .service(open_mailed_announcement)
        .service(count_unread_announcements)
        .service(list_announcement_versions)
        .service(figures::show_announcement_figures)
        .service(figures::list_announcement_recipients)
        .service(figures::remind_of_announcement)
        .service(figures::show_communication_figures)
        .service(talk::list_announcement_comments)
        .service(talk::create_announcement_comment)
        .service(talk::update_announcement_comment)
        .service(talk::remove_announcement_comment)
        .service(categories::list_announcement_categories)
        .service(categories::create_announcement_category)
        .service(categories::update_announcement_category);
}

/// List announcements
///
/// Those that are for the caller, pinned first, then the newest; whoever publishes sees all. Being in the list is not
/// being read.
#[utoipa::path(tag = "announcements", params(("community" = String, Path, description = "Slug or id"), AnnouncementQuery),
    responses((status = OK, body = Page<AnnouncementSummary>)))]
#[get("/communities/{community}/announcements")]
async fn list_announcements(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    query: Query<AnnouncementQuery>,
) -> Result<HttpResponse> {
    let AnnouncementQuery { view, category_id, urgent, read, q, cursor, limit } = query.0;
    let limit = page::limit(limit);
    let after: Option<Position> = page::begin(cursor.as_deref())?;
    if after.is_some_and(|Position { at, .. }| at < DateTime::UNIX_EPOCH) {
        return Err(page::bad_cursor());
    }
    let view = view.unwrap_or(AnnouncementView::Current);
    if view == AnnouncementView::Prepared && !actor.can(Permission::AnnouncementsPublish) {
        return Err(Error::invalid(vec![Fault::parameter("view", "for_staff")]));
    }
    let words = q.map(|typed| typed.trim().to_owned()).filter(|typed| !typed.is_empty());
    let filter = Filter { view: Some(view), category: category_id, urgent, read, words };
    let conn = &mut *app.db.conn().await?;
    let reader = reader(&app, &actor);
    let rows = db::announcement::list(conn, actor.community_id(), reader, &filter, after, limit + 1).await?;
    let page = page::page(rows, limit, Position::of, |row| summary(&actor, row));
    Ok(page::answer(&request, &page))
}

/// Show an announcement
///
/// Showing changes nothing: that it was read is told by its receipt.
#[utoipa::path(tag = "announcements",
    params(("community" = String, Path, description = "Slug or id"), ("id" = AnnouncementId, Path)),
    responses((status = OK, body = Announcement)))]
#[get("/communities/{community}/announcements/{id}")]
async fn show_announcement(
    app: Data<App>,
    actor: CurrentActor,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse> {
    let id = named(&path.1)?;
    let conn = &mut *app.db.conn().await?;
    Ok(answer(HttpResponse::Ok(), show(conn, &app, &actor, caller.session_id, id).await?))
}

/// Receive an announcement
///
/// The caller has read it, and confirms it if they say so. Each is noted once and never taken back; whoever wrote it, and
/// whom it is not for, leaves no trace.
#[utoipa::path(tag = "announcements", request_body = Receipt,
    params(("community" = String, Path, description = "Slug or id"), ("id" = AnnouncementId, Path)),
    responses((status = OK, body = Announcement)))]
#[put("/communities/{community}/announcements/{id}/receipt")]
async fn receive_announcement(
    app: Data<App>,
    actor: CurrentActor,
    caller: Caller,
    path: Path<(String, String)>,
    body: Body<Receipt>,
) -> Result<HttpResponse> {
    let id = named(&path.1)?;
    let (community, reader) = (actor.community_id(), reader(&app, &actor));
    let acknowledged = body.0.acknowledged;
    app.db
        .transaction(async |tx| receive(tx, &app, community, reader, id, ReadBy::App, acknowledged).await)
        .await?;
    app.outbox_bell.notify_one();
    let conn = &mut *app.db.conn().await?;
    Ok(answer(HttpResponse::Ok(), show(conn, &app, &actor, caller.session_id, id).await?))
}

/// Open an announcement by its mail
///
/// The link proves itself, as long as the mail is kept. Opening it is reading; programs that look at links before people
/// do find only a page of the app.
#[utoipa::path(tag = "announcements", request_body = Receipt,
    params(("link" = String, Path, description = "What stands in the address in the mail")),
    responses((status = OK, body = MailedAnnouncement)))]
#[post("/mailed-announcements/{link}")]
async fn open_mailed_announcement(
    app: Data<App>,
    link: Path<String>,
    body: Body<Receipt>,
) -> Result<Json<MailedAnnouncement>> {
    let delivery = app.vault.read_link(MAILED, &link).ok_or(Code::Gone)?;
    let acknowledged = body.0.acknowledged;
    let shown = app
        .db
        .transaction(async |tx| -> Result<MailedAnnouncement> {
            let mail = db::delivery::find(tx, delivery).await?.ok_or(Code::Gone)?;
            let (Some(community), Some(notification)) = (mail.community_id, mail.notification_id) else {
                return Err(Code::Gone.into());
            };
            // Nobody's, once they are no active member any more.
            let told =
                db::notification::find_for_mail(tx, community, notification).await?.ok_or(Code::Gone)?;
            let community = db::community::get(tx, community).await?;
            let day = local_day(&community, app.now());
            let reader = Reader { member: told.member_id, day, publishes: false };
            let id = AnnouncementId(told.subject_id);
            receive(tx, &app, community.id, reader, id, ReadBy::Mail, acknowledged).await?;
            let found = db::announcement::find(tx, community.id, reader, id).await?.ok_or(Code::Gone)?;
            let Listed { announcement, receipt, .. } = found;
            Ok(MailedAnnouncement {
                id,
                community_slug: community.slug,
                community_name: community.name,
                time_zone: community.time_zone,
                body_html: markdown::to_html(&announcement.body),
                title: announcement.title,
                urgent: announcement.urgent,
                published_at: announcement.published_at.ok_or(Code::Gone)?,
                edited_at: announcement.edited_at,
                acknowledgement: announcement.acknowledgement,
                acknowledged_at: receipt.and_then(|receipt| receipt.acknowledged_at),
            })
        })
        .await?;
    app.outbox_bell.notify_one();
    Ok(Json(shown))
}

/// Count what waits to be read
///
/// Of what holds now and is for the caller.
#[utoipa::path(tag = "announcements", params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = UnreadAnnouncements)))]
#[get("/communities/{community}/unread-announcements")]
async fn count_unread_announcements(
    app: Data<App>,
    actor: CurrentActor,
) -> Result<Json<UnreadAnnouncements>> {
    let conn = &mut *app.db.conn().await?;
    let (unread, unacknowledged) =
        db::announcement::count_waiting(conn, actor.community_id(), reader(&app, &actor)).await?;
    Ok(Json(UnreadAnnouncements { unread, unacknowledged }))
}

/// List what an announcement said before
///
/// The words that it had after it was published, until they were changed; the newest first.
#[utoipa::path(tag = "announcements",
    params(("community" = String, Path, description = "Slug or id"), ("id" = AnnouncementId, Path), VersionQuery),
    responses((status = OK, body = Page<AnnouncementVersion>)))]
#[get("/communities/{community}/announcements/{id}/versions")]
async fn list_announcement_versions(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    query: Query<VersionQuery>,
) -> Result<HttpResponse> {
    let id = named(&path.1)?;
    let (limit, before) = (page::limit(query.0.limit), page::begin(query.0.cursor.as_deref())?);
    let conn = &mut *app.db.conn().await?;
    let found = db::announcement::find(conn, actor.community_id(), reader(&app, &actor), id).await?;
    let id = found.ok_or(Code::NotFound)?.announcement.id;
    let rows = db::announcement::versions(conn, actor.community_id(), id, before, limit + 1).await?;
    let view = |row: db::announcement::Version| AnnouncementVersion {
        version: row.version,
        title: row.title,
        body_html: markdown::to_html(&row.body),
        until: row.until,
    };
    Ok(page::answer(&request, &page::page(rows, limit, |row| row.version, view)))
}

fn named(id: &str) -> Result<AnnouncementId> {
    id.parse().map_err(|_| Code::NotFound.into())
}

/// Who asks.
fn reader(app: &App, actor: &Actor) -> Reader {
    Reader {
        member: actor.member_id,
        day: local_day(&actor.community, app.now()),
        publishes: actor.can(Permission::AnnouncementsPublish),
    }
}

/// Somebody has read what is out, if it is for them and not their own.
///
/// Its readers, the counts, the outbox, notifications: always in this order, because the dispatcher numbers the last two
/// so, and readers meet at all four.
async fn receive(
    tx: &mut Conn,
    app: &App,
    community: CommunityId,
    reader: Reader,
    id: AnnouncementId,
    by: ReadBy,
    acknowledged: bool,
) -> Result<()> {
    let now = app.now();
    if note(tx, community, reader, id, by, acknowledged, now).await? {
        let event = Event::AnnouncementReceipt;
        let event = db::outbox::Event::of_announcement(event, community, id, None, now);
        db::outbox::enqueue(tx, &event).await?;
    }
    // Of comments authors are told, too.
    db::notification::mark_read_about(tx, community, reader.member, id.0, now).await?;
    Ok(())
}

/// Notes that somebody has read it; answers whether that is news.
async fn note(
    tx: &mut Conn,
    community: CommunityId,
    reader: Reader,
    id: AnnouncementId,
    by: ReadBy,
    acknowledged: bool,
    now: DateTime<Utc>,
) -> Result<bool> {
    let found = db::announcement::find(tx, community, reader, id).await?.ok_or(Code::NotFound)?;
    let Listed { announcement, receipt, .. } = found;
    if !announcement.status.is_out() {
        return Err(Code::WrongState.into());
    }
    if acknowledged && !announcement.acknowledgement {
        return Err(Error::invalid(vec![Fault::field("acknowledged", "not_asked")]));
    }
    if announcement.author_id == reader.member {
        return Ok(false);
    }
    let unit = match receipt {
        Some(_) => None,
        // Who looks into the archive was not meant by its figures.
        None if announcement.status == AnnouncementStatus::Archived => return Ok(false),
        None => {
            let audience = announcement.audience();
            match db::audience::find(tx, community, &audience, reader.day, reader.member).await? {
                Some(taken) => taken.unit_id,
                // They publish, and see it for that only.
                None => return Ok(false),
            }
        }
    };
    Ok(db::announcement::receive(tx, &announcement, (reader.member, unit), by, acknowledged, now).await?)
}

/// Has those hear of it who look at the announcement in this moment.
async fn changed(
    tx: &mut Conn,
    community: CommunityId,
    id: AnnouncementId,
    actor: Option<MemberId>,
    now: DateTime<Utc>,
) -> Result<()> {
    let event = db::outbox::Event::of_announcement(Event::AnnouncementChange, community, id, actor, now);
    Ok(db::outbox::enqueue(tx, &event).await?)
}

fn answer(mut status: actix_web::HttpResponseBuilder, shown: Announcement) -> HttpResponse {
    let version = shown.summary.version;
    versioned(status.json(shown), version)
}

async fn show(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    session: SessionId,
    id: AnnouncementId,
) -> Result<Announcement> {
    let community = actor.community_id();
    let found = db::announcement::find(conn, community, reader(app, actor), id).await?;
    let row = found.ok_or(Code::NotFound)?;
    let files = db::attachment::list_of_announcement(conn, community, id).await?;
    let earlier = db::announcement::count_versions(conn, community, id).await?;
    let now = app.now();
    let publishes = actor.can(Permission::AnnouncementsPublish);
    let one = &row.announcement;
    let silent = match one.acknowledgement {
        true => row.counts.recipients - row.counts.acknowledged,
        false => row.counts.recipients - row.counts.read,
    };
    let remindable = publishes && one.status == AnnouncementStatus::Published && silent > 0;
    let from = one.reminded_at.map(|at| at + REMIND_PAUSE).or(one.published_at);
    Ok(Announcement {
        body: one.body.clone(),
        body_html: markdown::to_html(&one.body),
        files: files.iter().map(|file| attachment::view(file, &app.files, session, now)).collect(),
        comments_allowed: one.comments_allowed,
        may_comment: one.comments_allowed && one.status == AnnouncementStatus::Published,
        earlier_versions: i32::try_from(earlier).unwrap_or(i32::MAX),
        audience: publishes.then(|| one.audience()),
        allowed_actions: if publishes { allowed_actions(one.status) } else { Vec::new() },
        may_edit: publishes && one.status.may_be_edited(),
        may_delete: publishes && one.status == AnnouncementStatus::Draft,
        may_remind_from: from.filter(|_| remindable),
        summary: summary(actor, row),
    })
}

fn summary(actor: &Actor, row: Listed) -> AnnouncementSummary {
    let Listed { announcement: one, category, counts, receipt, is_for_them } = row;
    let (read_at, acknowledged_at) =
        receipt.map_or((None, None), |receipt| (receipt.read_at, receipt.acknowledged_at));
    AnnouncementSummary {
        id: one.id,
        excerpt: markdown::excerpt(&one.body, EXCERPT),
        title: one.title,
        category: categories::view(category),
        status: one.status,
        urgent: one.urgent,
        pinned: one.pinned,
        acknowledgement: one.acknowledgement,
        author: one.author_name,
        publish_at: one.publish_at,
        published_at: one.published_at,
        valid_until: one.valid_until,
        edited_at: one.edited_at,
        for_me: is_for_them,
        read_at,
        acknowledged_at,
        attachments: counts.attachments,
        comments: counts.comments,
        reach: actor.can(Permission::AnnouncementsPublish).then(|| reach(&counts)),
        version: one.version,
    }
}

fn reach(counts: &Counts) -> Reach {
    Reach {
        recipients: counts.recipients,
        read: counts.read,
        read_in_time: counts.read_in_time,
        acknowledged: counts.acknowledged,
        acknowledged_in_time: counts.acknowledged_in_time,
    }
}
