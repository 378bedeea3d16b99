//! All requests as a board.

use leptos::prelude::*;

use crate::routes::Route;
use crate::service_request::board::BoardPage;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Board(community) => view! { <BoardPage community=community /> }.into_any(),
        _ => ().into_any(),
    }
}
