//! Photos and documents: taken in, photos made harmless, handed out by signed addresses.

mod document;
pub mod handlers;
pub mod photo;
pub mod sweep;

use chrono::{DateTime, Utc};
use contract::attachment::Attachment;
use domain::id::SessionId;
use domain::service_request::AttachmentKind;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::files::{Store, Variant};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::upload_attachment)
        .service(handlers::download_file)
        .service(handlers::remove_attachment);
}

pub fn view(
    row: &db::attachment::Attachment,
    files: &Store,
    session: SessionId,
    now: DateTime<Utc>,
) -> Attachment {
    let address = |variant| files.address(row.id, variant, session, now);
    let (url, thumbnail_url) = match row.kind {
        AttachmentKind::Document => (address(Variant::Document), None),
        AttachmentKind::Problem | AttachmentKind::Evidence => {
            (address(Variant::Screen), Some(address(Variant::Thumbnail)))
        }
    };
    Attachment {
        id: row.id,
        kind: row.kind,
        width: row.width,
        height: row.height,
        name: row.name.clone(),
        size: row.size,
        thumbnail_url,
        url,
    }
}
