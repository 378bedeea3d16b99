//! Service requests: list, report, show, act.

pub mod act;
mod handlers;
mod report;
pub mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_service_requests)
        .service(handlers::create_service_request)
        .service(handlers::show_service_request)
        .service(handlers::act_on_service_request);
}
