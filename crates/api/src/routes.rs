//! The whole API: one line a feature.

use utoipa_actix_web::service_config::ServiceConfig;

pub fn api(cfg: &mut ServiceConfig) {
    cfg.configure(crate::session::routes)
        .configure(crate::account::routes)
        .configure(crate::notification::routes)
        .configure(crate::community::routes)
        .configure(crate::member::routes)
        .configure(crate::invitation::routes)
        .configure(crate::attachment::routes)
        .configure(crate::service_request::routes)
        .configure(crate::team::routes)
        .configure(crate::comment::routes)
        .configure(crate::audit::routes)
        .configure(crate::category::routes)
        .configure(crate::checklist::routes)
        .configure(crate::public::routes)
        .configure(crate::response_template::routes)
        .configure(crate::saved_filter::routes)
        .configure(crate::unit::routes)
        .configure(crate::zone::routes)
        .configure(crate::announcement::routes)
        .configure(crate::audience::routes)
        .configure(crate::job::routes)
        .configure(crate::stream::routes);
}
