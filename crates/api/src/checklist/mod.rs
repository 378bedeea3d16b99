//! What a category asks and demands of a request: answers and checklist.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, patch};
use contract::checklist::{ChecklistItem, TickItem};
use contract::problem::Code;
use db::Conn;
use db::checklist::Item;
use db::service_request::Key;
use domain::checklist::{Copying, copying, is_open};
use domain::id::{ChecklistItemId, CommunityId, ServiceRequestId};
use domain::role::Permission;
use domain::service_request::decide::Progress;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::{Actor, App};
use crate::http::caller::CurrentActor;
use crate::http::error::{Conflict, Error, Result};
use crate::http::input::Body;
use crate::http::precondition::{IfMatch, versioned};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(tick_checklist_item);
}

/// Tick an item of a checklist
///
/// Or take the tick away. For whoever does the work, and for dispatchers, while there is work to do.
#[utoipa::path(tag = "service-requests", request_body = TickItem,
    params(
        ("community" = String, Path, description = "Slug or id"),
        ("id" = String, Path, description = "Id or number"),
        ("item" = ChecklistItemId, Path),
    ),
    responses((status = OK, body = ChecklistItem)))]
#[patch("/communities/{community}/service-requests/{id}/checklist/{item}")]
pub async fn tick_checklist_item(
    app: Data<App>,
    actor: CurrentActor,
    path: Path<(String, String, String)>,
    seen: IfMatch,
    body: Body<TickItem>,
) -> Result<HttpResponse> {
    let key = Key::parse(&path.1).ok_or(Code::NotFound)?;
    let id: ChecklistItemId = path.2.parse().map_err(|_| Code::NotFound)?;
    let community = actor.community_id();
    let item = app
        .db
        .transaction(async |tx| -> Result<_> {
            // Whoever resolves it waits for the same lock: so nothing is unticked behind their back.
            let request = db::service_request::lock(tx, community, &actor.sight(), &key).await?;
            let progress = request.progress();
            if !works_on(&actor, &progress) {
                return Err(Code::NotAllowed.into());
            }
            let find = |items: Vec<Item>| items.into_iter().find(|item| item.id == id).ok_or(Code::NotFound);
            let item = find(db::checklist::list(tx, community, request.id).await?)?;
            seen.check(item.version)?;
            if !is_open(&progress) {
                return Err(
                    Error::from(Code::WrongState).standing(Conflict::Request(progress.status, Vec::new()))
                );
            }
            let done = body.0.done.unwrap_or(item.done_at.is_some());
            if done != item.done_at.is_some() {
                let next = Item {
                    done_at: done.then(|| app.now()),
                    done_by: done.then_some(actor.member_id),
                    done_by_name: done.then(|| actor.name.clone()),
                    ..item
                };
                db::checklist::save(tx, &next).await?;
            }
            Ok(find(db::checklist::list(tx, community, request.id).await?)?)
        })
        .await?;
    let version = item.version;
    Ok(versioned(HttpResponse::Ok().json(view(item)), version))
}

/// Who ticks: the assignee, and those who give out work.
pub fn works_on(actor: &Actor, progress: &Progress) -> bool {
    progress.assignee == Some(actor.member_id) || actor.can(Permission::RequestsAssign)
}

pub fn view(item: Item) -> ChecklistItem {
    let Item {
        id,
        community_id: _,
        request_id: _,
        position: _,
        text,
        done_at,
        done_by: _,
        done_by_name,
        version,
    } = item;
    ChecklistItem { id, text, done_at, done_by: done_by_name, version }
}

/// Lets a request's checklist follow it as it moves on, in the transaction in which it does.
pub async fn follow(
    tx: &mut Conn,
    community: CommunityId,
    request: ServiceRequestId,
    before: &Progress,
    next: &Progress,
) -> Result<()> {
    let begins = match copying(before, next) {
        Copying::Keep => false,
        Copying::Begin => db::checklist::list(tx, community, request).await?.is_empty(),
        Copying::Replace => true,
    };
    if begins && let Some(category) = db::category::find(tx, community, next.category).await? {
        db::checklist::replace(tx, community, request, category.checklist()).await?;
    }
    Ok(())
}
