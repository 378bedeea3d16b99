//! The links to one's own reports, as far as this device keeps them.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::browser;
use crate::routes::Route;
use crate::time::Ago;
use crate::ui::button::IconButton;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::words;

const KEPT: &str = "kommunity.reports";
/// The oldest are forgotten first.
const AT_MOST: usize = 50;

/// A report that was made from this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub community: String,
    pub number: String,
    pub title: String,
    pub secret: String,
    pub at: DateTime<Utc>,
}

/// All of them, the newest first.
pub fn all() -> Vec<Kept> {
    browser::recall(KEPT).unwrap_or_default()
}

/// Where they were made, each once.
pub fn communities() -> Vec<String> {
    let mut communities: Vec<String> = all().into_iter().map(|kept| kept.community).collect();
    communities.sort_unstable();
    communities.dedup();
    communities
}

pub fn keep(report: Kept) {
    let mut kept = all();
    kept.retain(|known| known.secret != report.secret);
    kept.insert(0, report);
    kept.truncate(AT_MOST);
    browser::keep(KEPT, &kept);
}

pub fn forget(secret: &str) {
    let mut kept = all();
    kept.retain(|known| known.secret != secret);
    browser::keep(KEPT, &kept);
}

/// The address by which a report is followed. The secret stands behind the `#`, so that no server writes it down.
pub fn link(community: &str, secret: &str) -> String {
    format!("{}#{secret}", Route::Follow(community.to_owned()).href())
}

/// The reports to a community from this device.
#[component]
pub fn KeptHere(community: String) -> impl IntoView {
    let here = RwSignal::new(all());
    let drop = move |secret: &str| {
        forget(secret);
        here.set(all());
    };
    live(move || {
        let mine: Vec<Kept> = here.get().into_iter().filter(|kept| kept.community == community).collect();
        (!mine.is_empty()).then(|| {
            let rows = mine
                .into_iter()
                .map(|kept| {
                    let Kept { community, number, title, secret, at } = kept;
                    let label = words::public::forget(&number);
                    let href = link(&community, &secret);
                    view! {
                        <li class="kept">
                            <a class="row-card kept__link" href=href>
                                <span class="row-card__icon"><Icon name="key-round" /></span>
                                <span class="row-card__main">
                                    <span class="row-card__title">{title}</span>
                                    <span class="row-card__about">
                                        <span class="number">{number}</span>
                                        <span><Ago at=at zone=String::new() /></span>
                                    </span>
                                </span>
                            </a>
                            <IconButton icon="x" label=label on_click=move || drop(&secret) />
                        </li>
                    }
                })
                .collect_view();
            view! {
                <section class="stack stack--tight">
                    <h2 class="public__section">{words::public::kept()}</h2>
                    <ul class="rows">{rows}</ul>
                </section>
            }
        })
    })
}
