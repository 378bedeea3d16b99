//! The signed-in user: how they sign in, and where they belong.

mod email;
mod handlers;
mod link;
pub mod mail;
mod password;
mod prove;
mod register;
mod second_factor;

use contract::account::CommunityBrief;
use db::community::Community;
use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::show_account)
        .service(handlers::update_account)
        .service(register::register_account)
        .service(register::verify_account)
        .service(password::ask_password_reset)
        .service(password::reset_password)
        .service(password::change_password)
        .service(email::change_email)
        .service(email::confirm_email)
        .service(second_factor::start_totp)
        .service(second_factor::confirm_totp)
        .service(second_factor::remove_totp)
        .service(second_factor::renew_recovery_codes);
}

pub fn brief(community: Community) -> CommunityBrief {
    let Community { id, slug, name, kind, time_zone, currency, locale, .. } = community;
    CommunityBrief { id, slug, name, kind, time_zone, currency, locale }
}
