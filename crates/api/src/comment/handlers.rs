//! `GET` and `POST …/comments`, `PATCH` and `DELETE …/comments/{comment}`, its versions, and `GET …/people`.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post};
use contract::comment::{
    ChangeComment, Comment, CommentQuery, CommentVersion, HistoryQuery, NewComment, PeopleQuery, RemovalQuery,
};
use contract::page::Page;
use contract::problem::Code;
use contract::service_request::PersonBrief;
use db::comment::Order;
use db::service_request::{Key, Sight};
use domain::id::CommentId;
use domain::service_request::Audience;

use super::{change, people, say, view};
use crate::app::App;
use crate::http::caller::{Caller, CurrentActor};
use crate::http::error::Result;
use crate::http::input::{Body, Query};
use crate::http::page;
use crate::http::precondition::{IfMatch, versioned};
use crate::service_request::view::is_inside;

/// The request and the comment of an address.
fn named(path: &(String, String, String)) -> Result<(Key, CommentId)> {
    let key = Key::parse(&path.1).ok_or(Code::NotFound)?;
    Ok((key, path.2.parse().map_err(|_| Code::NotFound)?))
}

/// List comments
///
/// What was said about a request, oldest first unless asked otherwise; replies name the comment that began their thread.
/// What staff say among themselves is there for staff and the assignee only.
#[utoipa::path(tag = "comments",
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number of the request"), CommentQuery),
    responses((status = OK, body = Page<Comment>)))]
#[get("/communities/{community}/service-requests/{id}/comments")]
pub async fn list_comments(
    app: Data<App>,
    actor: CurrentActor,
    caller: Caller,
    http: HttpRequest,
    path: Path<(String, String)>,
    query: Query<CommentQuery>,
) -> Result<HttpResponse> {
    let CommentQuery { newest_first, cursor, limit } = query.0;
    let (limit, after) = (page::limit(limit), page::newest(cursor.as_deref())?);
    let order = match newest_first.unwrap_or(false) {
        true => Order::NewestFirst,
        false => Order::OldestFirst,
    };
    let key = Key::parse(&path.1).ok_or(Code::NotFound)?;
    let conn = &mut *app.db.conn().await?;
    let community = actor.community_id();
    let request = db::service_request::find(conn, community, &actor.sight(), &key).await?;
    let request = request.ok_or(Code::NotFound)?.request;
    let inside = is_inside(&actor, &request);
    let rows = db::comment::list(conn, community, request.id, inside, order, after, limit + 1).await?;
    let rows = page::page(rows, limit, |row| (row.created_at, row.id), |row| row);
    let data = view::all(conn, &app, &actor, caller.session_id, &request, rows.data).await?;
    Ok(page::answer(&http, &Page { data, next_cursor: rows.next_cursor }))
}

/// Say something
///
/// For everybody who sees the request, or among staff. Who is called by name is told, and must be able to read it.
#[utoipa::path(tag = "comments", request_body = NewComment,
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number of the request")),
    responses((status = CREATED, body = Comment)))]
#[post("/communities/{community}/service-requests/{id}/comments")]
pub async fn create_comment(
    app: Data<App>,
    actor: CurrentActor,
    caller: Caller,
    path: Path<(String, String)>,
    body: Body<NewComment>,
) -> Result<HttpResponse> {
    let key = Key::parse(&path.1).ok_or(Code::NotFound)?;
    let id = app.db.transaction(async |tx| say::say(tx, &app, &actor, &key, body.0).await).await?;
    app.outbox_bell.notify_one();
    let conn = &mut *app.db.conn().await?;
    let shown = view::one(conn, &app, &actor, caller.session_id, &Sight::Everything, &key, id).await?;
    let version = shown.version;
    Ok(versioned(HttpResponse::Created().json(shown), version))
}

/// Edit a comment
///
/// By its author, for fifteen minutes. What it said before stays in its history.
#[utoipa::path(tag = "comments", request_body = ChangeComment,
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number of the request"),
        ("comment" = CommentId, Path)),
    responses((status = OK, body = Comment)))]
#[patch("/communities/{community}/service-requests/{id}/comments/{comment}")]
pub async fn update_comment(
    app: Data<App>,
    actor: CurrentActor,
    caller: Caller,
    path: Path<(String, String, String)>,
    seen: IfMatch,
    body: Body<ChangeComment>,
) -> Result<HttpResponse> {
    let (key, id) = named(&path)?;
    app.db.transaction(async |tx| change::edit(tx, &app, &actor, &key, id, &seen, body.0).await).await?;
    app.outbox_bell.notify_one();
    let conn = &mut *app.db.conn().await?;
    let shown = view::one(conn, &app, &actor, caller.session_id, &Sight::Everything, &key, id).await?;
    let version = shown.version;
    Ok(versioned(HttpResponse::Ok().json(shown), version))
}

/// Remove a comment
///
/// By its author at any time, or by moderators with a reason. Its words and files are gone for everybody; that there was
/// a comment, and what was answered to it, stays.
#[utoipa::path(tag = "comments",
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number of the request"),
        ("comment" = CommentId, Path), RemovalQuery),
    responses((status = NO_CONTENT, description = "Removed")))]
#[delete("/communities/{community}/service-requests/{id}/comments/{comment}")]
pub async fn remove_comment(
    app: Data<App>,
    actor: CurrentActor,
    http: HttpRequest,
    path: Path<(String, String, String)>,
    seen: IfMatch,
    query: Query<RemovalQuery>,
) -> Result<HttpResponse> {
    let (key, id) = named(&path)?;
    app.db
        .transaction(async |tx| {
            change::remove(tx, &app, &actor, &http, &key, id, &seen, query.0.reason.as_deref()).await
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// List what a comment said before
///
/// The texts that it had until it was edited or removed, the newest first.
#[utoipa::path(tag = "comments",
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number of the request"),
        ("comment" = CommentId, Path), HistoryQuery),
    responses((status = OK, body = Page<CommentVersion>)))]
#[get("/communities/{community}/service-requests/{id}/comments/{comment}/versions")]
pub async fn list_comment_versions(
    app: Data<App>,
    actor: CurrentActor,
    http: HttpRequest,
    path: Path<(String, String, String)>,
    query: Query<HistoryQuery>,
) -> Result<HttpResponse> {
    let (limit, before) = (page::limit(query.0.limit), page::begin(query.0.cursor.as_deref())?);
    let (key, id) = named(&path)?;
    let conn = &mut *app.db.conn().await?;
    let (_, comment) = view::find(conn, &actor, &actor.sight(), &key, id).await?;
    let rows = db::comment::versions(conn, actor.community_id(), comment.id, before, limit + 1).await?;
    let page = page::page(
        rows,
        limit,
        |row| row.version,
        |row| CommentVersion { version: row.version, body: row.body, until: row.until },
    );
    Ok(page::answer(&http, &page))
}

/// List people to mention
///
/// Whom the caller may call by name in a comment, because they can read it: staff anybody who takes part and all other
/// staff, everybody else those who take part. At most 50, by name.
#[utoipa::path(tag = "comments",
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number of the request"), PeopleQuery),
    responses((status = OK, body = Page<PersonBrief>)))]
#[get("/communities/{community}/service-requests/{id}/people")]
pub async fn list_people_to_mention(
    app: Data<App>,
    actor: CurrentActor,
    http: HttpRequest,
    path: Path<(String, String)>,
    query: Query<PeopleQuery>,
) -> Result<HttpResponse> {
    let key = Key::parse(&path.1).ok_or(Code::NotFound)?;
    let conn = &mut *app.db.conn().await?;
    let found = db::service_request::find(conn, actor.community_id(), &actor.sight(), &key).await?;
    let request = found.ok_or(Code::NotFound)?.request;
    let audience = query.0.audience.unwrap_or(Audience::Everyone);
    let all = people::to_mention(conn, &app, &actor, &request, audience).await?;
    let found = people::named_like(all, query.0.q.as_deref().unwrap_or_default());
    Ok(page::answer(&http, &page::whole(found)))
}
