//! What managers look after besides people.

use leptos::prelude::*;

use crate::audit::AuditPage;
use crate::routes::Route;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Audit(community) => view! { <AuditPage community=community /> }.into_any(),
        _ => ().into_any(),
    }
}
