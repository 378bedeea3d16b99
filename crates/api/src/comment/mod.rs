//! What people say about a request: list, say, edit, remove, and whom to call by name.

pub mod change;
mod handlers;
mod people;
pub mod say;
pub mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_comments)
        .service(handlers::create_comment)
        .service(handlers::update_comment)
        .service(handlers::remove_comment)
        .service(handlers::list_comment_versions)
        .service(handlers::list_people_to_mention);
}
