//! What managers decide and look back on: categories, templates, settings, the audit.

use leptos::prelude::*;

use crate::audit::AuditPage;
use crate::category::edit::CategoryPage;
use crate::category::list::CategoriesPage;
use crate::category::templates::TemplatesPage;
use crate::community::delivery::DeliveryPage;
use crate::community::settings::SettingsPage;
use crate::job::JobsPage as QueuePage;
use crate::routes::Route;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Audit(community) => view! { <AuditPage community=community /> }.into_any(),
        Route::Categories(community) => view! { <CategoriesPage community=community /> }.into_any(),
        Route::Category(community, id) => view! { <CategoryPage community=community id=id /> }.into_any(),
        Route::Templates(community) => view! { <TemplatesPage community=community /> }.into_any(),
        Route::Delivery(community) => view! { <DeliveryPage community=community /> }.into_any(),
        Route::Settings(community) => view! { <SettingsPage community=community /> }.into_any(),
        Route::PlatformJobs => view! { <QueuePage /> }.into_any(),
        _ => ().into_any(),
    }
}
