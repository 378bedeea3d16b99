//! What members say about an announcement. Who reads it reads what is said of it.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post};
use contract::announcement::{ChangeAnnouncementComment, NewAnnouncementComment};
use contract::comment::{Comment, CommentQuery, RemovalQuery};
use contract::page::Page;
use contract::problem::Code;
use contract::service_request::PersonBrief;
use db::Conn;
use db::announcement::{Announcement, Counts};
use db::comment::{Comment as Row, Order};
use domain::announcement::{AnnouncementStatus, ReadBy};
use domain::audit::AuditAction;
use domain::comment::{self, Facts};
use domain::event::{Event, Noted};
use domain::id::{AnnouncementId, CommentId};
use domain::role::Permission;
use domain::rule;
use domain::service_request::Audience;
use uuid::Uuid;

use super::{changed, named, note, reader};
use crate::app::{Actor, App};
use crate::audit::{Entry, record};
use crate::comment::change::check;
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::{Body, Query};
use crate::http::page;
use crate::http::precondition::{IfMatch, versioned};

/// List comments on an announcement
///
/// Oldest first unless asked otherwise; replies name the comment that began their thread.
#[utoipa::path(tag = "announcements",
    params(("community" = String, Path, description = "Slug or id"), ("id" = AnnouncementId, Path), CommentQuery),
    responses((status = OK, body = Page<Comment>)))]
#[get("/communities/{community}/announcements/{id}/comments")]
pub async fn list_announcement_comments(
    app: Data<App>,
    actor: CurrentActor,
    http: HttpRequest,
    path: Path<(String, String)>,
    query: Query<CommentQuery>,
) -> Result<HttpResponse> {
    let id = named(&path.1)?;
    let CommentQuery { newest_first, cursor, limit } = query.0;
    let (limit, after) = (page::limit(limit), page::newest(cursor.as_deref())?);
    let order = match newest_first.unwrap_or(false) {
        true => Order::NewestFirst,
        false => Order::OldestFirst,
    };
    let conn = &mut *app.db.conn().await?;
    let one = seen(conn, &app, &actor, id).await?;
    let rows = db::comment::list(conn, actor.community_id(), one.id, false, order, after, limit + 1).await?;
    let now = app.now();
    let key = |row: &Row| (row.created_at, row.id);
    Ok(page::answer(&http, &page::page(rows, limit, key, |row| view(&actor, row, now))))
}

/// Comment on an announcement
///
/// Where it takes comments, while it holds. Its author is told, and who is answered.
#[utoipa::path(tag = "announcements", request_body = NewAnnouncementComment,
    params(("community" = String, Path, description = "Slug or id"), ("id" = AnnouncementId, Path)),
    responses((status = CREATED, body = Comment)))]
#[post("/communities/{community}/announcements/{id}/comments")]
pub async fn create_announcement_comment(
    app: Data<App>,
    actor: CurrentActor,
    path: Path<(String, String)>,
    body: Body<NewAnnouncementComment>,
) -> Result<HttpResponse> {
    let (community, id) = (actor.community_id(), named(&path.1)?);
    let NewAnnouncementComment { body, parent_id } = body.0;
    let said = app
        .db
        .transaction(async |tx| -> Result<Row> {
            seen(tx, &app, &actor, id).await?;
            let one = db::announcement::lock(tx, community, id).await?;
            if !one.comments_allowed || one.status != AnnouncementStatus::Published {
                return Err(Code::WrongState.into());
            }
            let parent = match parent_id {
                None => None,
                Some(parent) => {
                    let found = db::comment::find(tx, community, id, parent).await?;
                    Some(found.ok_or_else(|| Error::invalid(vec![Fault::field("parent_id", "unknown")]))?)
                }
            };
            let now = app.now();
            let row = Row {
                id: CommentId(Uuid::now_v7()),
                community_id: community,
                request_id: None,
                announcement_id: Some(id),
                parent_id: parent.as_ref().map(|parent| parent.parent_id.unwrap_or(parent.id)),
                author_id: Some(actor.member_id),
                author_name: actor.name.clone(),
                audience: Audience::Everyone,
                body: rule::trimmed(&body).to_owned(),
                version: 1,
                created_at: now,
                edited_at: None,
                removed_at: None,
                removed_by_id: None,
                removal_reason: None,
            };
            db::comment::insert_all(tx, std::slice::from_ref(&row)).await?;
            let mut told = vec![one.author_id];
            told.extend(parent.and_then(|parent| parent.author_id));
            let noted = Noted { comment: Some(row.id.0), mentioned: told, ..Noted::default() };
            let (event, by) = (Event::AnnouncementComment, Some(actor.member_id));
            let event = db::outbox::Event::of_announcement(event, community, id, by, now).noting(&noted);
            // Who says something about it has read it.
            note(tx, community, reader(&app, &actor), id, ReadBy::App, false, now).await?;
            db::announcement::add(tx, &one, Counts { comments: 1, ..Counts::default() }).await?;
            db::outbox::enqueue(tx, &event).await?;
            db::notification::mark_read_about(tx, community, actor.member_id, id.0, now).await?;
            Ok(row)
        })
        .await?;
    app.outbox_bell.notify_one();
    Ok(versioned(HttpResponse::Created().json(view(&actor, said, app.now())), 1))
}

/// Edit a comment on an announcement
///
/// By its author, for fifteen minutes. What it said before is kept for whoever reads the audit trail.
#[utoipa::path(tag = "announcements", request_body = ChangeAnnouncementComment,
    params(("community" = String, Path, description = "Slug or id"), ("id" = AnnouncementId, Path), ("comment" = CommentId, Path)),
    responses((status = OK, body = Comment)))]
#[patch("/communities/{community}/announcements/{id}/comments/{comment}")]
pub async fn update_announcement_comment(
    app: Data<App>,
    actor: CurrentActor,
    path: Path<(String, String, String)>,
    seen_version: IfMatch,
    body: Body<ChangeAnnouncementComment>,
) -> Result<HttpResponse> {
    let (id, comment_id) = both(&path)?;
    let community = actor.community_id();
    let changed_to = app
        .db
        .transaction(async |tx| -> Result<Row> {
            let before = lock(tx, &app, &actor, id, comment_id).await?;
            let now = app.now();
            check(comment::edit(facts(&actor, &before), now), &seen_version, &before)?;
            let text =
                body.0.body.map_or_else(|| before.body.clone(), |body| rule::trimmed(&body).to_owned());
            db::comment::edit(tx, &before, &text, now).await?;
            changed(tx, community, id, Some(actor.member_id), now).await?;
            Ok(Row { body: text, edited_at: Some(now), version: before.version + 1, ..before })
        })
        .await?;
    app.outbox_bell.notify_one();
    let version = changed_to.version;
    Ok(versioned(HttpResponse::Ok().json(view(&actor, changed_to, app.now())), version))
}

/// Remove a comment on an announcement
///
/// By its author at any time, or by moderators with a reason. Its words are gone for everybody; that there was a comment,
/// and what was answered to it, stays.
#[utoipa::path(tag = "announcements",
    params(("community" = String, Path, description = "Slug or id"), ("id" = AnnouncementId, Path), ("comment" = CommentId, Path), RemovalQuery),
    responses((status = NO_CONTENT, description = "Removed")))]
#[delete("/communities/{community}/announcements/{id}/comments/{comment}")]
pub async fn remove_announcement_comment(
    app: Data<App>,
    actor: CurrentActor,
    http: HttpRequest,
    path: Path<(String, String, String)>,
    seen_version: IfMatch,
    query: Query<RemovalQuery>,
) -> Result<HttpResponse> {
    let (id, comment_id) = both(&path)?;
    let community = actor.community_id();
    let reason = query.0.reason.as_deref().map(rule::trimmed).filter(|reason| !reason.is_empty());
    app.db
        .transaction(async |tx| -> Result<()> {
            let one = db::announcement::lock(tx, community, id).await?;
            let before = lock(tx, &app, &actor, id, comment_id).await?;
            let now = app.now();
            let facts = facts(&actor, &before);
            check(comment::remove(facts, reason.is_some()), &seen_version, &before)?;
            db::comment::remove(tx, &before, actor.member_id, reason, now).await?;
            if !facts.is_author {
                record(tx, Entry::new(AuditAction::CommentRemoved, comment_id.0).asked_by(&http), now)
                    .await?;
            }
            db::announcement::add(tx, &one, Counts { comments: -1, ..Counts::default() }).await?;
            changed(tx, community, id, Some(actor.member_id), now).await
        })
        .await?;
    app.outbox_bell.notify_one();
    Ok(HttpResponse::NoContent().finish())
}

/// The announcement and the comment of an address.
fn both(path: &(String, String, String)) -> Result<(AnnouncementId, CommentId)> {
    Ok((named(&path.1)?, path.2.parse().map_err(|_| Code::NotFound)?))
}

/// An announcement that the caller may see.
async fn seen(conn: &mut Conn, app: &App, actor: &Actor, id: AnnouncementId) -> Result<Announcement> {
    let found = db::announcement::find(conn, actor.community_id(), reader(app, actor), id).await?;
    Ok(found.ok_or(Code::NotFound)?.announcement)
}

/// A comment that the caller may see. Its version guards it against whoever is faster.
async fn lock(
    tx: &mut Conn,
    app: &App,
    actor: &Actor,
    id: AnnouncementId,
    comment: CommentId,
) -> Result<Row> {
    seen(tx, app, actor, id).await?;
    Ok(db::comment::find(tx, actor.community_id(), id, comment).await?.ok_or(Code::NotFound)?)
}

/// Dispatchers moderate what is said about requests; here moderators do, and nobody else.
fn facts(actor: &Actor, row: &Row) -> Facts {
    let moderates = Some(Permission::ContentModerate).filter(|permission| actor.can(*permission));
    Facts { rights: moderates.into_iter().collect(), ..crate::comment::change::facts(actor, row) }
}

fn view(actor: &Actor, row: Row, now: chrono::DateTime<chrono::Utc>) -> Comment {
    let facts = facts(actor, &row);
    let inside = actor.can(Permission::ContentModerate);
    let Row {
        id,
        community_id: _,
        request_id: _,
        announcement_id: _,
        parent_id,
        author_id,
        author_name,
        audience,
        body,
        version,
        created_at,
        edited_at,
        removed_at,
        removed_by_id,
        removal_reason,
    } = row;
    Comment {
        id,
        version,
        parent_id,
        author: author_id.map(|member_id| PersonBrief { member_id, display_name: author_name }),
        audience,
        body: removed_at.is_none().then_some(body),
        mentions: Vec::new(),
        attachments: Vec::new(),
        created_at,
        edited_at,
        removed_at,
        moderated: removed_by_id.is_some_and(|by| Some(by) != author_id),
        removal_reason: removal_reason.filter(|_| inside || facts.is_author),
        may_edit: comment::edit(facts, now).is_ok(),
        may_remove: comment::remove(facts, true).is_ok(),
        may_read_versions: false,
    }
}
