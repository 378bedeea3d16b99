//! `POST …/service-requests/bulk`: the same for many, each decided for itself.

use std::collections::BTreeMap;

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, post};
use contract::bulk::{ActInBulk, BulkOutcome, BulkResult};
use contract::problem::Code;
use contract::service_request::ActOnServiceRequest;
use db::Conn;
use db::service_request::{Edit, Key};
use domain::id::ServiceRequestId;
use domain::rule;

use super::act;
use crate::app::{Actor, App};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::finish;
use crate::http::input::Body;

/// Act on several service requests
///
/// The same action, the same tags, or both, for each of them. Every one is decided for itself: what cannot be done with one
/// is told with its problem and undoes nothing of the others.
#[utoipa::path(tag = "service-requests", request_body = ActInBulk,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = BulkOutcome)))]
#[post("/communities/{community}/service-requests/bulk")]
pub async fn act_on_service_requests(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    body: Body<ActInBulk>,
) -> Result<Json<BulkOutcome>> {
    let ActInBulk { requests, act, add_tags } = body.0;
    if act.is_none() && add_tags.is_empty() {
        return Err(Error::invalid(vec![Fault::field("act", "required")]));
    }
    let ids = resolve(&app, &actor, &requests).await?;
    // In the order of their ids, so that two who act on the same ones never wait for each other in a circle.
    let mut outcomes = BTreeMap::new();
    for id in ids.iter().flatten().copied().collect::<std::collections::BTreeSet<_>>() {
        let done =
            app.db.transaction(async |tx| one(tx, &app, &actor, id, act.as_ref(), &add_tags).await).await;
        outcomes.insert(id, done.err().map(|error| finish::told(&error, &app, &request)));
    }
    if !add_tags.is_empty() && outcomes.values().any(Option::is_none) {
        // Last: whoever holds a request may wait for a tag, but nobody who holds a tag for a request.
        let tags = rule::tags(&add_tags);
        db::tag::remember(&mut *app.db.conn().await?, actor.community_id(), &tags, app.now()).await?;
    }
    app.outbox_bell.notify_one();

    let conn = &mut *app.db.conn().await?;
    let named: Vec<ServiceRequestId> = ids.iter().flatten().copied().collect();
    let standing = db::service_request::standings(conn, actor.community_id(), &named).await?;
    let unknown = finish::told(&Error::from(Code::NotFound), &app, &request);
    let results = requests.into_iter().zip(ids).map(|(request, id)| {
        let standing = id.and_then(|id| standing.iter().find(|(known, ..)| *known == id));
        BulkResult {
            request,
            number: standing.map(|(_, number, _)| number.clone()),
            status: standing.map(|(.., status)| *status),
            problem: match id {
                Some(id) => outcomes.get(&id).cloned().flatten(),
                None => Some(unknown.clone()),
            },
        }
    });
    Ok(Json(BulkOutcome { results: results.collect() }))
}

/// The id of each, as far as the caller may see it.
async fn resolve(app: &App, actor: &Actor, requests: &[String]) -> Result<Vec<Option<ServiceRequestId>>> {
    let conn = &mut *app.db.conn().await?;
    let mut ids = Vec::with_capacity(requests.len());
    for request in requests {
        ids.push(match Key::parse(request.trim()) {
            Some(key) => {
                db::service_request::find_id(conn, actor.community_id(), &actor.sight(), &key).await?
            }
            None => None,
        });
    }
    Ok(ids)
}

async fn one(
    tx: &mut Conn,
    app: &App,
    actor: &Actor,
    id: ServiceRequestId,
    act: Option<&ActOnServiceRequest>,
    add_tags: &[String],
) -> Result<()> {
    if let Some(body) = act {
        act::by_member(tx, app, actor, &Key::Id(id), body.clone()).await?;
    }
    if add_tags.is_empty() {
        return Ok(());
    }
    let (community, now) = (actor.community_id(), app.now());
    let request = db::service_request::lock(tx, community, &actor.sight(), &Key::Id(id)).await?;
    let tags = rule::tags(&[request.handling.tags.as_slice(), add_tags].concat());
    if tags.len() > rule::TAGS_MAX {
        return Err(Error::invalid(vec![Fault::field("add_tags", "too_many").with("max", rule::TAGS_MAX)]));
    }
    let edit = Edit { tags: Some(tags), ..Edit::default() };
    Ok(db::service_request::edit(tx, community, &request, &edit, 0, now).await?)
}
