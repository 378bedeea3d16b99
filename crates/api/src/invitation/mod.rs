//! Invitations into a community: to one address, to many, or by a link for whoever gets it.
//!
//! The link is made from the invitation's id with a key that the database does not know; addresses are stored sealed.

pub mod accept;
mod handlers;
mod make;
mod view;

pub use view::seal;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_invitations)
        .service(make::invite_many)
        .service(make::create_invitation)
        .service(handlers::revoke_invitation)
        .service(handlers::preview_invitation)
        .service(handlers::welcome_to_community);
}
