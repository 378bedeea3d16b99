//! Signing in and out.

mod handlers;
pub mod password;
pub mod throttle;
pub mod token;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::sign_in).service(handlers::refresh_session).service(handlers::sign_out);
}
