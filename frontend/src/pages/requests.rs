//! Lists of service requests.

use leptos::prelude::*;

use crate::routes::Route;
use crate::service_request::jobs::JobsPage;
use crate::service_request::list::ListPage;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Requests(community) => view! { <ListPage community=community /> }.into_any(),
        Route::Jobs(community) => view! { <JobsPage community=community /> }.into_any(),
        _ => ().into_any(),
    }
}
