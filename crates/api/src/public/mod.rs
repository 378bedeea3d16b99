//! What anybody sees and does without an account, in communities that want it so.

mod community;
mod follow;
mod photo;
mod report;
mod requests;
mod view;

use contract::problem::Code;
use db::Conn;
use db::community::Community;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::http::error::Result;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(community::show_public_community)
        .service(requests::list_public_requests)
        .service(requests::show_public_request)
        .service(report::report_without_account)
        .service(follow::show_report)
        .service(follow::act_on_report)
        .service(follow::comment_on_report)
        .service(photo::add_photo_to_report);
}

/// A community with public pages. Any other is as good as unknown.
async fn open(conn: &mut Conn, slug: &str) -> Result<Community> {
    let found = db::community::find_by_slug(conn, slug).await?;
    Ok(found.filter(|community| community.settings().public_pages).ok_or(Code::NotFound)?)
}
