//! What was sent by mail and what came of it: to each what was sent to them, to managers figures.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get};
use chrono::TimeDelta;
use contract::delivery::{Delivery, DeliveryFigures, DeliveryQuery, MailFigure};
use contract::page::Page;
use db::delivery::Logged;

use crate::app::App;
use crate::http::caller::{Caller, CurrentActor};
use crate::http::error::Result;
use crate::http::input::Query;
use crate::http::page;

/// List what was sent
///
/// Mail to the signed-in user over all their communities, newest first. It is kept for thirty days after it was sent or
/// given up.
#[utoipa::path(tag = "notifications", params(DeliveryQuery), responses((status = OK, body = Page<Delivery>)))]
#[get("/account/deliveries")]
pub async fn list_deliveries(
    app: Data<App>,
    caller: Caller,
    request: HttpRequest,
    query: Query<DeliveryQuery>,
) -> Result<HttpResponse> {
    let limit = page::limit(query.0.limit);
    let after = page::newest(query.0.cursor.as_deref())?;
    let conn = &mut *app.db.conn().await?;
    let rows = db::delivery::list_of_user(conn, caller.user_id, after, limit + 1).await?;
    Ok(page::answer(&request, &page::page(rows, limit, |row| (row.created_at, row.id), view)))
}

/// Show how what happens reaches people
///
/// Figures of the last thirty days: notifications and how many of them were read, mail and what came of it.
#[utoipa::path(tag = "notifications", params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = DeliveryFigures)))]
#[get("/communities/{community}/delivery-figures")]
pub async fn show_delivery_figures(app: Data<App>, actor: CurrentActor) -> Result<Json<DeliveryFigures>> {
    let since = app.now() - TimeDelta::days(30);
    let conn = &mut *app.db.conn().await?;
    let (told, read) = db::notification::count_told_and_read(conn, actor.community_id(), since).await?;
    let outcomes = db::delivery::count_by_outcome(conn, actor.community_id(), since).await?;
    let mail = outcomes.into_iter().map(|(state, fault, count)| MailFigure { state, fault, count }).collect();
    Ok(Json(DeliveryFigures { since, told, read, mail }))
}

fn view(row: Logged) -> Delivery {
    let Logged {
        id,
        template,
        state,
        attempts,
        fault,
        created_at,
        ended_at,
        community,
        request,
        announcement,
        actor,
        member,
    } = row;
    let (community_slug, community_name) = community.unzip();
    // Whoever is no member any more reads nothing of what happens there.
    let announcement = announcement.filter(|_| member.is_some());
    let (request_number, request_title) = request.filter(|_| member.is_some()).unzip();
    Delivery {
        id,
        event: template,
        state,
        attempts,
        fault,
        created_at,
        ended_at,
        community_slug,
        community_name,
        request_number,
        subject_title: request_title.clone().or(announcement),
        request_title,
        actor: actor.filter(|_| member.is_some()),
    }
}
