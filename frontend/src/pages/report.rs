//! Reporting what is wrong.

use leptos::prelude::*;

use crate::routes::Route;
use crate::service_request::report::ReportPage;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Report(community) => view! { <ReportPage community=community /> }.into_any(),
        _ => ().into_any(),
    }
}
