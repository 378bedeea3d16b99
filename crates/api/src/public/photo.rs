//! `POST /public/{community}/reports/{secret}/attachments`.

use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, post};
use contract::attachment::Attachment;
use db::Conn;
use db::attachment::Attachment as Row;
use db::service_request::{Key, Sight};
use domain::event::Event;
use domain::id::{CommunityId, ServiceRequestId};
use domain::rule::ANONYMOUS_PHOTOS_MAX;
use domain::service_request::Milestone;

use super::follow::held;
use crate::app::App;
use crate::attachment;
use crate::attachment::handlers::{self, Takes};
use crate::files::ANYBODY;
use crate::http::error::{Error, Fault, Result};

/// The form of an upload.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes the form in the document; the parts are read as a stream")]
struct PhotoForm {
    /// A JPEG, PNG or WebP photo of at most 10 MiB.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
}

/// Add a photo to a report
///
/// It belongs to the report at once; ten in all. It is turned upright, made smaller and encoded anew, so nothing of it
/// remains but the picture.
#[utoipa::path(tag = "public",
    params(("community" = String, Path, description = "Slug"), ("secret" = String, Path)),
    request_body(content = PhotoForm, content_type = "multipart/form-data"),
    responses((status = CREATED, body = Attachment)))]
#[post("/public/{community}/reports/{secret}/attachments")]
pub async fn add_photo_to_report(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
    payload: web::Payload,
) -> Result<HttpResponse> {
    let (community, id) = {
        let conn = &mut *app.db.conn().await?;
        let (community, id) = held(conn, &path).await?;
        // Before anything is read: once more, under a lock, when it is stored.
        has_room(conn, community.id, id).await?;
        (community, id)
    };
    let now = app.now();
    let mut blank = handlers::blank(community.id, now);
    blank.request_id = Some(id);
    let row = handlers::store(&app, &request, payload, blank, Takes::Photos).await?;
    // Where that fails nothing knows of the file, and it goes with the next sweep. It is not removed here: of a commit whose
    // answer is lost nobody knows whether it was one.
    app.db.transaction(async |tx| tie(tx, &app, &row, id).await).await?;
    app.outbox_bell.notify_one();
    Ok(HttpResponse::Created().json(attachment::view(&row, &app.files, ANYBODY, now)))
}

/// Makes it one of the report's photos, while there is room.
async fn tie(tx: &mut Conn, app: &App, row: &Row, id: ServiceRequestId) -> Result<()> {
    let community = row.community_id;
    let held = db::service_request::lock(tx, community, &Sight::Everything, &Key::Id(id)).await?;
    // Only now: its bytes may have been long on their way, and much may have happened since.
    let now = app.now();
    has_room(tx, community, id).await?;
    db::attachment::insert_all(tx, std::slice::from_ref(row)).await?;
    let status = held.progress().status;
    let line = db::timeline::Entry {
        attachment_ids: vec![row.id],
        ..db::timeline::Entry::plain(community, id, Milestone::Edit.to_string(), status, now)
    };
    db::timeline::record(tx, &[line]).await?;
    db::service_request::touch(tx, &held, held.progress().first_response_at, 1, now).await?;
    let event = db::outbox::Event::of_request(Event::RequestEdit, community, id, None, now);
    Ok(db::outbox::enqueue(tx, &event).await?)
}

async fn has_room(conn: &mut Conn, community: CommunityId, id: ServiceRequestId) -> Result<()> {
    if db::attachment::count_of_holder(conn, community, id).await? >= ANONYMOUS_PHOTOS_MAX {
        let fault = Fault::field("file", "too_many").with("max", ANONYMOUS_PHOTOS_MAX);
        return Err(Error::invalid(vec![fault]));
    }
    Ok(())
}
