//! The members of a community: who asks to come in, who is in, and as what.
//!
//! Every change has one shape: [`standing::lock`] looks anew at whoever asks and whom it is about, the domain decides,
//! then write, record, tell.

mod act;
mod add;
mod change;
mod handlers;
pub mod join;
pub mod standing;
pub mod telling;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(join::join_community)
        .service(handlers::list_members)
        .service(handlers::show_member)
        .service(add::add_member)
        .service(change::update_member)
        .service(change::set_member_roles)
        .service(change::set_member_password)
        .service(act::act_on_member);
}
