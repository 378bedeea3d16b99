//! Photos: taken in, made harmless, handed out by signed addresses.

mod handlers;
pub mod photo;

use chrono::{DateTime, Utc};
use contract::attachment::Attachment;
use domain::id::SessionId;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::files::{Store, Variant};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::upload_attachment).service(handlers::download_file);
}

pub fn view(
    row: &db::attachment::Attachment,
    files: &Store,
    session: SessionId,
    now: DateTime<Utc>,
) -> Attachment {
    let address = |variant| files.address(row.id, variant, session, now);
    Attachment {
        id: row.id,
        kind: row.kind,
        width: row.width,
        height: row.height,
        thumbnail_url: address(Variant::Thumbnail),
        url: address(Variant::Screen),
    }
}
