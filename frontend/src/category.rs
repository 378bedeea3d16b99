//! Keeping the catalogue, and the other registers beside it.

pub mod announcements;
pub mod edit;
pub mod list;
mod pickers;
mod questions;
pub mod templates;

use contract::account::Membership;
use domain::category::Hue;
use domain::role::Permission;
use leptos::prelude::*;

use crate::routes::Route;
use crate::session::can;
use crate::ui::icon::Icon;
use crate::ui::tabs::{Tab, Tabs};
use crate::words;

/// The registers that somebody may look into, as tabs.
#[component]
pub fn RegisterTabs(membership: Membership, here: Route) -> impl IntoView {
    let slug = membership.community.slug.clone();
    let keeps = can(&membership, Permission::CategoriesManage);
    let decides = can(&membership, Permission::CommunitySettings);
    let all = [
        (keeps, Route::Categories(slug.clone()), words::registers::categories()),
        (keeps, Route::Templates(slug.clone()), words::registers::templates()),
        (true, Route::Units(slug.clone()), words::registers::units()),
        (true, Route::Zones(slug.clone()), words::registers::zones()),
        (decides, Route::Settings(slug.clone()), words::settings::title()),
        (decides, Route::Delivery(slug), words::delivery::title()),
    ];
    let tabs: Vec<Tab> = all
        .into_iter()
        .filter(|(may, ..)| *may)
        .map(|(_, route, text)| Tab { href: route.href(), text, count: None, current: route == here })
        .collect();
    view! { <Tabs label=words::area::registers() tabs=tabs /> }
}

/// The icon of a category in its colour.
#[component]
pub fn Mark(icon: String, hue: Hue) -> impl IntoView {
    view! { <span class=format!("category-mark {}", tint(hue))><Icon name=icon size=18 /></span> }
}

/// The class that gives something a colour of ours: the policy of the page allows no styles of its own.
pub fn tint(hue: Hue) -> String {
    format!("tint-{}", hue as u8 + 1)
}
