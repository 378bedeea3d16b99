//! How a member hears by mail, group by group.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use contract::notification::{ChosenMail, NotificationChoice, NotificationChoices};
use db::Conn;
use domain::event::{CATALOGUE, EventGroup};

use crate::app::{Actor, App};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;

/// Show how one hears
///
/// For each group of events, how the signed-in member hears of it by mail. In the app they hear of all of them.
#[utoipa::path(
    tag = "notifications",
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = NotificationChoices))
)]
#[get("/communities/{community}/notification-choices")]
pub async fn show_notification_choices(app: Data<App>, actor: CurrentActor) -> Result<HttpResponse> {
    let chosen = chosen(&mut *app.db.conn().await?, &actor).await?;
    Ok(HttpResponse::Ok().json(chosen))
}

/// Choose how one hears
///
/// `daily` puts all of a day into one mail at seven in the morning, by the community's clock.
#[utoipa::path(
    tag = "notifications",
    params(("community" = String, Path, description = "Slug or id")),
    request_body = NotificationChoice,
    responses((status = OK, body = NotificationChoices))
)]
#[post("/communities/{community}/notification-choices")]
pub async fn choose_notifications(
    app: Data<App>,
    actor: CurrentActor,
    body: Body<NotificationChoice>,
) -> Result<HttpResponse> {
    let NotificationChoice { group, mail } = body.0;
    if !EventGroup::CHOSEN.contains(&group) {
        return Err(Error::invalid(vec![Fault::field("group", "not_offered")]));
    }
    let conn = &mut *app.db.conn().await?;
    db::notification_choice::set(conn, actor.community_id(), actor.member_id, group, mail).await?;
    Ok(HttpResponse::Ok().json(chosen(conn, &actor).await?))
}

async fn chosen(conn: &mut Conn, actor: &Actor) -> Result<NotificationChoices> {
    let known = db::notification_choice::list(conn, actor.community_id(), &[actor.member_id]).await?;
    let data = EventGroup::CHOSEN.iter().map(|group| {
        let mail = known.iter().find(|(_, of, _)| of == group).map_or(group.usual(), |(.., mail)| *mail);
        let always = CATALOGUE.iter().filter(|row| row.group == *group && row.essential);
        ChosenMail { group: *group, mail, always: always.map(|row| row.event.to_string()).collect() }
    });
    Ok(NotificationChoices { data: data.collect() })
}
