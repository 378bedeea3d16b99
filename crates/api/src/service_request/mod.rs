//! Service requests: list, report, show, act, edit, follow.

pub mod act;
mod edit;
pub mod facts;
mod handlers;
mod merge;
mod report;
pub mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_service_requests)
        .service(handlers::create_service_request)
        .service(handlers::show_service_request)
        .service(handlers::act_on_service_request)
        .service(edit::update_service_request)
        .service(edit::update_service_request_handling)
        .service(edit::follow_service_request)
        .service(edit::unfollow_service_request)
        .service(edit::list_tags);
}
