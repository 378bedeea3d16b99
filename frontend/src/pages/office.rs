//! What managers look after besides people.

use leptos::prelude::*;

use crate::audit::AuditPage;
use crate::category::edit::CategoryPage;
use crate::category::list::CategoriesPage;
use crate::category::templates::TemplatesPage;
use crate::community::settings::SettingsPage;
use crate::job::JobsPage as QueuePage;
use crate::routes::Route;
use crate::team::TeamsPage;
use crate::unit::list::UnitsPage;
use crate::unit::show::UnitPage;
use crate::zone::list::ZonesPage;
use crate::zone::show::ZonePage;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Teams(community) => view! { <TeamsPage community=community /> }.into_any(),
        Route::Audit(community) => view! { <AuditPage community=community /> }.into_any(),
        Route::Categories(community) => view! { <CategoriesPage community=community /> }.into_any(),
        Route::Category(community, id) => view! { <CategoryPage community=community id=id /> }.into_any(),
        Route::Templates(community) => view! { <TemplatesPage community=community /> }.into_any(),
        Route::Units(community) => view! { <UnitsPage community=community /> }.into_any(),
        Route::Unit(community, id) => view! { <UnitPage community=community id=id /> }.into_any(),
        Route::Zones(community) => view! { <ZonesPage community=community /> }.into_any(),
        Route::Settings(community) => view! { <SettingsPage community=community /> }.into_any(),
        Route::Zone(community, id) => view! { <ZonePage community=community id=id /> }.into_any(),
        Route::PlatformJobs => view! { <QueuePage /> }.into_any(),
        _ => ().into_any(),
    }
}
