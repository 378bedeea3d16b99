//! What a community tells its members, for those who read it.

use leptos::prelude::*;

use crate::announcement::MailedPage;
use crate::announcement::list::ListPage;
use crate::announcement::show::ShowPage;
use crate::routes::Route;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Announcements(community) => view! { <ListPage community=community /> }.into_any(),
        Route::Announcement(community, id) => view! { <ShowPage community=community id=id /> }.into_any(),
        Route::MailedAnnouncement(link) => view! { <MailedPage link=link /> }.into_any(),
        _ => ().into_any(),
    }
}
