//! Which units there are, and which teams look after them.

use leptos::prelude::*;

use crate::routes::Route;
use crate::team::TeamsPage;
use crate::unit::list::UnitsPage;
use crate::unit::show::UnitPage;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Teams(community) => view! { <TeamsPage community=community /> }.into_any(),
        Route::Units(community) => view! { <UnitsPage community=community /> }.into_any(),
        Route::Unit(community, id) => view! { <UnitPage community=community id=id /> }.into_any(),
        _ => ().into_any(),
    }
}
