//! Who has read what members were told.

use leptos::prelude::*;

use crate::announcement::figures::FiguresPage;
use crate::routes::Route;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::AnnouncementFigures(community, id) => {
            view! { <FiguresPage community=community id=id /> }.into_any()
        }
        _ => ().into_any(),
    }
}
