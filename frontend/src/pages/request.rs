//! One service request and the work on it.

use leptos::prelude::*;

use crate::routes::Route;
use crate::service_request::show::ShowPage;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Request(community, number) => {
            view! { <ShowPage community=community number=number /> }.into_any()
        }
        _ => ().into_any(),
    }
}
