//! What the signed-in user has been told, and how they want to hear.

mod choices;
mod deliveries;
pub mod unsubscribe;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use contract::notification::{MarkRead, Notification, NotificationQuery};
use contract::page::Page;
use db::notification::{Marked, Told};
use domain::id::NotificationId;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::http::caller::Caller;
use crate::http::error::Result;
use crate::http::input::{Body, Query};
use crate::http::page;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_notifications)
        .service(mark_notifications_read)
        .service(mark_notification_read)
        .service(choices::show_notification_choices)
        .service(choices::choose_notifications)
        .service(unsubscribe::unsubscribe)
        .service(deliveries::list_deliveries)
        .service(deliveries::show_delivery_figures);
}

/// List notifications
///
/// Newest first, over all communities of the signed-in user.
#[utoipa::path(tag = "notifications", params(NotificationQuery), responses((status = OK, body = Page<Notification>)))]
#[get("/account/notifications")]
async fn list_notifications(
    app: Data<App>,
    caller: Caller,
    request: HttpRequest,
    query: Query<NotificationQuery>,
) -> Result<HttpResponse> {
    let limit = page::limit(query.0.limit);
    let after = page::begin(query.0.cursor.as_deref())?;
    let rows =
        db::notification::list(&mut *app.db.conn().await?, caller.user_id, query.0.unread, after, limit + 1)
            .await?;
    Ok(page::answer(&request, &page::page(rows, limit, |told| told.id, view)))
}

/// Mark notifications as read
///
/// Everything up to and including the one that is named.
#[utoipa::path(tag = "notifications", request_body = MarkRead, responses((status = NO_CONTENT, description = "Marked")))]
#[post("/account/notifications/read")]
async fn mark_notifications_read(
    app: Data<App>,
    caller: Caller,
    body: Body<MarkRead>,
) -> Result<HttpResponse> {
    let conn = &mut *app.db.conn().await?;
    db::notification::mark_read(conn, caller.user_id, Marked::UpTo(body.0.up_to), app.now()).await?;
    app.outbox_bell.notify_one();
    Ok(HttpResponse::NoContent().finish())
}

/// Mark a notification as read
#[utoipa::path(
    tag = "notifications",
    params(("id" = NotificationId, Path, description = "The notification")),
    responses((status = NO_CONTENT, description = "Marked"))
)]
#[post("/account/notifications/{id}/read")]
async fn mark_notification_read(
    app: Data<App>,
    caller: Caller,
    id: Path<NotificationId>,
) -> Result<HttpResponse> {
    let conn = &mut *app.db.conn().await?;
    db::notification::mark_read(conn, caller.user_id, Marked::One(id.into_inner()), app.now()).await?;
    app.outbox_bell.notify_one();
    Ok(HttpResponse::NoContent().finish())
}

fn view(told: Told) -> Notification {
    let subject_title = told.title().map(ToOwned::to_owned);
    let Told {
        id,
        event,
        subject_kind,
        subject_id,
        times,
        created_at,
        read_at,
        community_slug,
        community_name,
        request,
        announcement: _,
        actor,
    } = told;
    let (request_number, request_title) = request.unzip();
    Notification {
        id,
        event: event.to_string(),
        subject_kind,
        times,
        community_slug,
        community_name,
        request_number,
        request_title,
        subject_id,
        subject_title,
        actor,
        at: created_at,
        read: read_at.is_some(),
    }
}
