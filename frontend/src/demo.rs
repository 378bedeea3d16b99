//! The bar that says that this is a demonstration, before somebody enters something real.

use leptos::prelude::*;

use crate::ui::live::live;
use leptos::task::spawn_local;

use crate::{api, browser, words};

/// Kept, so that the bar is there from the first paint of the next visit and nothing jumps.
const KEPT: &str = "kommunity.demo";

#[component]
pub fn DemoBar() -> impl IntoView {
    let is_demo = RwSignal::new(browser::recall(KEPT).unwrap_or(false));
    spawn_local(async move {
        if let Ok(version) = api::get(&contract::community::VERSION, &[]).await {
            browser::keep(KEPT, &version.demo);
            is_demo.set(version.demo);
        }
    });
    live(move || {
        is_demo.get().then(|| {
            view! {
                <aside class="demo-bar" aria-label=words::demo::name()>
                    <p>
                        <strong>{words::demo::name()}</strong>
                        <span>{words::demo::text()}</span>
                    </p>
                </aside>
            }
        })
    })
}
