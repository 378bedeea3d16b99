//! What everybody may see and report, account or not.

use leptos::prelude::*;

use crate::public::follow::FollowPage;
use crate::public::home::PublicPage;
use crate::public::report::PublicReportPage;
use crate::public::show::PublicRequestPage;
use crate::routes::Route;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Public(community) => view! { <PublicPage community=community /> }.into_any(),
        Route::PublicReport(community) => view! { <PublicReportPage community=community /> }.into_any(),
        Route::PublicRequest(community, number) => {
            view! { <PublicRequestPage community=community number=number /> }.into_any()
        }
        Route::Follow(community) => view! { <FollowPage community=community /> }.into_any(),
        _ => ().into_any(),
    }
}
