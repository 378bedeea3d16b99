//! Service requests: list, report, show, act, edit, follow, one or many at a time.

pub mod act;
mod board;
mod bulk;
mod edit;
pub mod facts;
mod handlers;
pub mod list;
mod merge;
pub mod report;
pub mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list::list_service_requests)
        // Before what takes anything in their place for a number.
        .service(board::show_board)
        .service(bulk::act_on_service_requests)
        .service(handlers::create_service_request)
        .service(handlers::show_service_request)
        .service(handlers::act_on_service_request)
        .service(edit::update_service_request)
        .service(edit::update_service_request_handling)
        .service(edit::follow_service_request)
        .service(edit::unfollow_service_request)
        .service(edit::list_tags);
}
