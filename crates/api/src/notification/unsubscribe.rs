//! The link under mail that stops such mail (RFC 8058): whoever has the mail has the right.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};
use contract::problem::Code;
use db::delivery::DIGEST;
use domain::event::{Event, EventGroup, MailChoice};

use crate::app::App;
use crate::http::error::Result;
use crate::worker::UNSUBSCRIBE;

/// Stop mail like this
///
/// The link proves itself. Programs that show mail call it when somebody asks them to; done again, it does nothing more.
#[utoipa::path(
    tag = "notifications",
    params(("link" = String, Path, description = "What stands in the address under the mail")),
    responses((status = NO_CONTENT, description = "Stopped"))
)]
#[post("/unsubscribe/{link}")]
pub async fn unsubscribe(app: Data<App>, link: Path<String>) -> Result<HttpResponse> {
    stop(&app, &link).await
}

/// The same at the address under the mail, where a person finds a page of the app.
pub async fn by_program(app: Data<App>, link: Path<String>) -> Result<HttpResponse> {
    stop(&app, &link).await
}

async fn stop(app: &App, link: &str) -> Result<HttpResponse> {
    let delivery = app.vault.read_link(UNSUBSCRIBE, link).ok_or(Code::Gone)?;
    let conn = &mut *app.db.conn().await?;
    let mail = db::delivery::find(conn, delivery).await?.ok_or(Code::Gone)?;
    let (Some(community), Some(member)) = (mail.community_id, mail.member_id) else {
        return Err(Code::Gone.into());
    };
    let groups: &[EventGroup] = match mail.template.parse::<Event>() {
        Ok(event) => &[event.row().group],
        Err(_) if mail.template == DIGEST => EventGroup::CHOSEN,
        Err(_) => &[],
    };
    for group in groups {
        db::notification_choice::set(conn, community, member, *group, MailChoice::Off).await?;
    }
    Ok(HttpResponse::NoContent().finish())
}
