//! What everybody may see of a community and tell it, without an account.

mod acting;
pub mod follow;
mod frame;
pub mod home;
pub mod kept;
mod photos;
pub mod report;
mod sent;
pub mod show;

use contract::public::{COMMUNITY, PublicCommunity};
use leptos::prelude::*;

use crate::api::{self, Failure};
use crate::load::{Failed, Loading, load};
use crate::routes::Route;
use crate::ui::button::ButtonLink;
use crate::ui::empty::Empty;
use crate::ui::map::Area;
use crate::words;

fn community(slug: String) -> Loading<PublicCommunity> {
    load(move || {
        let slug = slug.clone();
        async move { api::get(&COMMUNITY, &[&slug]).await }
    })
}

/// The zones that have been drawn.
fn areas(community: &PublicCommunity) -> Vec<Area> {
    let drawn = |zone: &contract::public::PublicZone| {
        Some(Area { name: zone.name.clone(), ring: zone.boundary.clone()? })
    };
    community.zones.iter().filter_map(drawn).collect()
}

/// Not to be had: because there is no such thing for everybody, or because something went wrong.
fn lost(failure: Failure, retry: Callback<()>) -> AnyView {
    match failure.is_nowhere() {
        true => view! {
            <Empty icon="search" title=words::public::nowhere() text=words::public::nowhere_text()>
                <ButtonLink href=Route::Home.href()>{words::not_found::home()}</ButtonLink>
            </Empty>
        }
        .into_any(),
        false => view! { <Failed failure=failure retry=retry /> }.into_any(),
    }
}
