//! What is one's own: the account and its news.

use leptos::prelude::*;

use crate::account::AccountPage;
use crate::account::security::SecurityPage;
use crate::community::start::CommunitiesPage;
use crate::notification::NotificationsPage;
use crate::notification::choices::ChoicesPage;
use crate::notification::sent::SentPage;
use crate::routes::Route;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Notifications => view! { <NotificationsPage /> }.into_any(),
        Route::HowToHear => view! { <ChoicesPage /> }.into_any(),
        Route::Sent => view! { <SentPage /> }.into_any(),
        Route::Communities => view! { <CommunitiesPage /> }.into_any(),
        Route::Account => view! { <AccountPage /> }.into_any(),
        Route::Security => view! { <SecurityPage /> }.into_any(),
        _ => ().into_any(),
    }
}
