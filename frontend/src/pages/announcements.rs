//! What a community tells its members.

use leptos::prelude::*;

use crate::announcement::MailedPage;
use crate::announcement::edit::{EditPage, NewPage};
use crate::announcement::figures::FiguresPage;
use crate::announcement::list::ListPage;
use crate::announcement::show::ShowPage;
use crate::category::announcements::CategoriesPage;
use crate::routes::Route;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Announcements(community) => view! { <ListPage community=community /> }.into_any(),
        Route::NewAnnouncement(community) => view! { <NewPage community=community /> }.into_any(),
        Route::Announcement(community, id) => view! { <ShowPage community=community id=id /> }.into_any(),
        Route::EditAnnouncement(community, id) => view! { <EditPage community=community id=id /> }.into_any(),
        Route::AnnouncementFigures(community, id) => {
            view! { <FiguresPage community=community id=id /> }.into_any()
        }
        Route::AnnouncementCategories(community) => {
            view! { <CategoriesPage community=community /> }.into_any()
        }
        Route::MailedAnnouncement(link) => view! { <MailedPage link=link /> }.into_any(),
        _ => ().into_any(),
    }
}
