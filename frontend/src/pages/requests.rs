//! Service requests and the work on them.

use leptos::prelude::*;

use crate::routes::Route;
use crate::service_request::jobs::JobsPage;
use crate::service_request::list::ListPage;
use crate::service_request::report::ReportPage;
use crate::service_request::show::ShowPage;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Requests(community) => view! { <ListPage community=community /> }.into_any(),
        Route::Request(community, number) => {
            view! { <ShowPage community=community number=number /> }.into_any()
        }
        Route::Report(community) => view! { <ReportPage community=community /> }.into_any(),
        Route::Jobs(community) => view! { <JobsPage community=community /> }.into_any(),
        _ => ().into_any(),
    }
}
