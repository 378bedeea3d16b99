//! What people change about a request without moving it along: the reporter what they told, staff tags and costs, and
//! whoever sees it whether they hear of it.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, patch, put};
use contract::page::Page;
use contract::problem::Code;
use contract::service_request::{
    Following, ServiceRequest, Tag, TagQuery, UpdateHandling, UpdateServiceRequest,
};
use db::Conn;
use db::attachment::Place;
use db::service_request::{Edit, Key};
use domain::event::Event;
use domain::rule;
use domain::service_request::{AttachmentKind, Milestone, RequestStatus};

use super::handlers::answer;
use super::view;
use crate::app::{Actor, App};
use crate::http::caller::{Caller, CurrentActor};
use crate::http::error::{Conflict, Error, Fault, Result};
use crate::http::input::{Body, Query};
use crate::http::page;
use crate::http::precondition::IfMatch;

/// How many tags are suggested at once.
const SUGGESTED: i64 = 20;

/// Change a service request
///
/// What its reporter told, by them, while nobody has looked at it. Photos are added. Later everybody adds comments.
#[utoipa::path(tag = "service-requests", request_body = UpdateServiceRequest,
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number")),
    responses((status = OK, body = ServiceRequest)))]
#[patch("/communities/{community}/service-requests/{id}")]
pub async fn update_service_request(
    app: Data<App>,
    actor: CurrentActor,
    caller: Caller,
    path: Path<(String, String)>,
    seen: IfMatch,
    body: Body<UpdateServiceRequest>,
) -> Result<HttpResponse> {
    let key = Key::parse(&path.1).ok_or(Code::NotFound)?;
    app.db.transaction(async |tx| mend(tx, &app, &actor, &key, &seen, body.0).await).await?;
    app.outbox_bell.notify_one();
    let conn = &mut *app.db.conn().await?;
    Ok(answer(&view::show(conn, &app, &actor, caller.session_id, &actor.sight(), &key).await?))
}

async fn mend(
    tx: &mut Conn,
    app: &App,
    actor: &Actor,
    key: &Key,
    seen: &IfMatch,
    body: UpdateServiceRequest,
) -> Result<()> {
    let UpdateServiceRequest { title, description, attachment_ids } = body;
    let (community, now) = (actor.community_id(), app.now());
    let request = db::service_request::lock(tx, community, &actor.sight(), key).await?;
    if !request.reporters().contains(&actor.member_id) {
        return Err(Code::NotAllowed.into());
    }
    seen.check(request.version)?;
    let status = request.progress().status;
    if status != RequestStatus::New {
        return Err(Error::from(Code::WrongState).standing(Conflict::Request(status, Vec::new())));
    }
    let photos = attachment_ids.unwrap_or_default();
    let place = Place { about: request.id.into(), comment: None, kind: AttachmentKind::Problem };
    let claimed = db::attachment::claim(tx, community, actor.member_id, &photos, place).await?;
    if claimed.all() != photos.len() {
        return Err(Error::invalid(vec![Fault::field("attachment_ids", "not_yours")]));
    }
    let title = title.map(|text| text.trim().to_owned()).filter(|text| *text != request.title);
    let description =
        description.map(|text| text.trim().to_owned()).filter(|text| *text != request.description);
    if title.is_none() && description.is_none() && photos.is_empty() {
        return Ok(());
    }
    let edit = Edit { title: title.clone(), description, ..Edit::default() };
    let more = i32::try_from(claimed.photos).map_err(Error::internal)?;
    db::service_request::edit(tx, community, &request, &edit, more, now).await?;
    let kind = Milestone::Edit.to_string();
    let entry = db::timeline::Entry {
        actor_id: Some(actor.member_id),
        actor_name: Some(actor.name.clone()),
        from_value: title.as_ref().map(|_| request.title.clone()),
        to_value: title,
        attachment_ids: photos,
        ..db::timeline::Entry::plain(community, request.id, kind, status, now)
    };
    db::timeline::record(tx, &[entry]).await?;
    let event = Event::of_milestone(Milestone::Edit);
    let event = db::outbox::Event::of_request(event, community, request.id, Some(actor.member_id), now);
    Ok(db::outbox::enqueue(tx, &event).await?)
}

/// Change tags and costs
///
/// What staff note about a request besides its story.
#[utoipa::path(tag = "service-requests", request_body = UpdateHandling,
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number")),
    responses((status = OK, body = ServiceRequest)))]
#[patch("/communities/{community}/service-requests/{id}/handling")]
pub async fn update_service_request_handling(
    app: Data<App>,
    actor: CurrentActor,
    caller: Caller,
    path: Path<(String, String)>,
    seen: IfMatch,
    body: Body<UpdateHandling>,
) -> Result<HttpResponse> {
    let key = Key::parse(&path.1).ok_or(Code::NotFound)?;
    let UpdateHandling { tags, estimated_cost, actual_cost } = body.0;
    let community = actor.community_id();
    app.db
        .transaction(async |tx| -> Result<()> {
            let now = app.now();
            let request = db::service_request::lock(tx, community, &actor.sight(), &key).await?;
            seen.check(request.version)?;
            let tags = tags.map(|tags| rule::tags(&tags));
            if let Some(tags) = tags.as_ref().filter(|tags| !tags.is_empty()) {
                db::tag::remember(tx, community, tags, now).await?;
            }
            let edit = Edit { tags, estimated_cost, actual_cost, ..Edit::default() };
            Ok(db::service_request::edit(tx, community, &request, &edit, 0, now).await?)
        })
        .await?;
    let conn = &mut *app.db.conn().await?;
    Ok(answer(&view::show(conn, &app, &actor, caller.session_id, &actor.sight(), &key).await?))
}

/// Follow a service request
///
/// Hear how it goes on. Following twice is following once.
#[utoipa::path(tag = "service-requests",
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number")),
    responses((status = OK, body = Following)))]
#[put("/communities/{community}/service-requests/{id}/follower")]
pub async fn follow_service_request(
    app: Data<App>,
    actor: CurrentActor,
    path: Path<(String, String)>,
) -> Result<Json<Following>> {
    set_following(&app, &actor, &path.1, true).await
}

/// Stop following a service request
#[utoipa::path(tag = "service-requests",
    params(("community" = String, Path, description = "Slug or id"), ("id" = String, Path, description = "Id or number")),
    responses((status = OK, body = Following)))]
#[delete("/communities/{community}/service-requests/{id}/follower")]
pub async fn unfollow_service_request(
    app: Data<App>,
    actor: CurrentActor,
    path: Path<(String, String)>,
) -> Result<Json<Following>> {
    set_following(&app, &actor, &path.1, false).await
}

async fn set_following(app: &App, actor: &Actor, key: &str, following: bool) -> Result<Json<Following>> {
    let key = Key::parse(key).ok_or(Code::NotFound)?;
    let community = actor.community_id();
    let followers = app
        .db
        .transaction(async |tx| -> Result<i64> {
            let found = db::service_request::find(tx, community, &actor.sight(), &key).await?;
            let request = found.ok_or(Code::NotFound)?.request;
            if following {
                let follower = db::follower::Follower {
                    community_id: community,
                    request_id: request.id,
                    member_id: actor.member_id,
                    merged_from: None,
                    created_at: app.now(),
                };
                db::follower::insert_all(tx, &[follower]).await?;
            } else {
                db::follower::delete(tx, community, request.id, actor.member_id).await?;
            }
            Ok(db::follower::count(tx, community, request.id).await?)
        })
        .await?;
    Ok(Json(Following { following, followers }))
}

/// List tags
///
/// Suggestions: the tags of this community that begin so, the last used first; at most twenty.
#[utoipa::path(tag = "service-requests",
    params(("community" = String, Path, description = "Slug or id"), TagQuery),
    responses((status = OK, body = Page<Tag>)))]
#[get("/communities/{community}/tags")]
pub async fn list_tags(
    app: Data<App>,
    actor: CurrentActor,
    query: Query<TagQuery>,
) -> Result<Json<Page<Tag>>> {
    let beginning = query.0.q.unwrap_or_default().trim().to_lowercase();
    let conn = &mut *app.db.conn().await?;
    let tags = db::tag::suggest(conn, actor.community_id(), &beginning, SUGGESTED).await?;
    Ok(Json(page::whole(tags.into_iter().map(|tag| Tag { tag }).collect())))
}
