//! What happens, as it happens: server-sent events for the signed-in user over all their communities.
//!
//! * [`hub`]: who listens on this server, and telling them
//! * [`viewer`]: what each of them may see
//! * [`feed`]: the one thread that reads what is new and looks after sessions and rights

pub mod feed;
pub mod hub;
pub mod viewer;

use std::time::Duration;

use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, get};
use contract::problem::Code;
use contract::stream::{RESYNC, StreamQuery, UNREAD, Unread};
use domain::id::UserId;
use futures_util::StreamExt as _;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::http::caller::Caller;
use crate::http::error::{Error, Result};
use crate::http::input::Query;
use hub::{Joined, message};

/// How much is told again to whoever comes back.
const REPLAY: i64 = 500;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(open_stream);
}

/// Open the stream
///
/// Server-sent events of everything that the signed-in user may see, over all their communities: `request` (one has
/// changed), `announcement` (likewise, or who has read it), `unread` (how many notifications have not been read) and `resync` (ask anew for what you show). Whoever
/// sends `Last-Event-ID` is told what they have missed. It ends when the session does.
#[utoipa::path(
    tag = "session",
    params(StreamQuery),
    responses((status = OK, body = String, content_type = "text/event-stream", description = "Events, as they happen"))
)]
#[get("/account/stream")]
async fn open_stream(
    app: Data<App>,
    caller: Caller,
    request: HttpRequest,
    query: Query<StreamQuery>,
) -> Result<HttpResponse> {
    let last_id = request.headers().get("last-event-id").and_then(|id| id.to_str().ok()?.parse::<i64>().ok());
    if !feed::is_ready(&app).await {
        return Err(Code::Unavailable.into());
    }
    let conn = &mut *app.db.conn().await?;
    let places = db::stream::list_places(conn, &[caller.user_id]).await?;
    let viewer = viewer::viewers(places, app.now()).remove(&caller.user_id).unwrap_or_default();
    let Some(joined) = app.hub.join(caller.user_id, caller.session_id, viewer.clone()) else {
        return Err(Code::Unavailable.into());
    };
    let first = before(conn, caller.user_id, &viewer, &joined, last_id).await?;
    let unread = db::notification::count_unread(conn, caller.user_id).await?;
    let first = [first, message(UNREAD, Some(joined.position), &Unread { unread })].concat();
    let stay = query.0.seconds.map_or(Duration::MAX, |seconds| Duration::from_secs(seconds.into()));
    let first = futures_util::stream::once(std::future::ready(Bytes::from(first)));
    let body = first.chain(joined.listen(stay)).map(Ok::<_, Error>);
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        // Otherwise it would be held back until there is enough to compress, here or in a proxy.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(body))
}

/// What somebody has missed who saw everything up to a number; everybody else begins now.
async fn before(
    conn: &mut db::Conn,
    user: UserId,
    viewer: &viewer::Viewer,
    joined: &Joined,
    last_id: Option<i64>,
) -> Result<Vec<u8>> {
    let mut told = b"retry: 2000\n\n".to_vec();
    let Some(last_id) = last_id.filter(|id| *id < joined.position) else { return Ok(told) };
    let (oldest, _) = db::stream::bounds(conn).await?;
    let missed = db::stream::list_changes(conn, &[user], last_id, REPLAY + 1).await?;
    let is_whole = oldest.is_some_and(|oldest| oldest <= last_id + 1) && missed.len() <= REPLAY as usize;
    if !is_whole {
        told.extend(message(RESYNC, Some(joined.position), &serde_json::json!({})));
        return Ok(told);
    }
    for change in missed.iter().filter(|change| change.seq <= joined.position) {
        told.extend(viewer.told(user, change).unwrap_or_default());
    }
    Ok(told)
}
