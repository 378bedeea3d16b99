//! Signing in and out.

mod devices;
pub mod grant;
mod handlers;
pub mod password;
pub mod second_factor;
pub mod throttle;
pub mod token;
pub mod totp;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::sign_in)
        .service(handlers::refresh_session)
        .service(handlers::sign_out)
        .service(devices::list_sessions)
        .service(devices::revoke_session)
        .service(devices::revoke_all_sessions);
}
