//! Telling members something.

use leptos::prelude::*;

use crate::announcement::edit::{EditPage, NewPage};
use crate::category::announcements::CategoriesPage;
use crate::routes::Route;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::NewAnnouncement(community) => view! { <NewPage community=community /> }.into_any(),
        Route::EditAnnouncement(community, id) => view! { <EditPage community=community id=id /> }.into_any(),
        Route::AnnouncementCategories(community) => {
            view! { <CategoriesPage community=community /> }.into_any()
        }
        _ => ().into_any(),
    }
}
