//! Telling members something, and who has read it.

use leptos::prelude::*;

use crate::announcement::edit::{EditPage, NewPage};
use crate::announcement::figures::FiguresPage;
use crate::category::announcements::CategoriesPage;
use crate::routes::Route;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::NewAnnouncement(community) => view! { <NewPage community=community /> }.into_any(),
        Route::EditAnnouncement(community, id) => view! { <EditPage community=community id=id /> }.into_any(),
        Route::AnnouncementFigures(community, id) => {
            view! { <FiguresPage community=community id=id /> }.into_any()
        }
        Route::AnnouncementCategories(community) => {
            view! { <CategoriesPage community=community /> }.into_any()
        }
        _ => ().into_any(),
    }
}
