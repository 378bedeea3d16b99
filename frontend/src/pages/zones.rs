//! Which zones there are, and where.

use leptos::prelude::*;

use crate::routes::Route;
use crate::zone::list::ZonesPage;
use crate::zone::show::ZonePage;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Zones(community) => view! { <ZonesPage community=community /> }.into_any(),
        Route::Zone(community, id) => view! { <ZonePage community=community id=id /> }.into_any(),
        _ => ().into_any(),
    }
}
