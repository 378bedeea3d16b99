//! The outline of what is on its way, in the place where it will stand.

use leptos::prelude::*;

/// Lines of a list.
#[component]
pub fn SkeletonRows(#[prop(default = 6)] rows: usize, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <div class="skeleton-rows" role="status">
            <span class="visually-hidden">{label}</span>
            {(0..rows)
                .map(|_| {
                    view! {
                        <div class="skeleton-rows__row">
                            <span class="skeleton skeleton--long"></span>
                            <span class="skeleton skeleton--short"></span>
                        </div>
                    }
                })
                .collect_view()}
        </div>
    }
}

/// A page that is read: a picture, some text, facts.
#[component]
pub fn SkeletonPage(#[prop(into)] label: String) -> impl IntoView {
    view! {
        <div class="skeleton-page" role="status">
            <span class="visually-hidden">{label}</span>
            <div class="stack">
                <span class="skeleton skeleton--title"></span>
                <span class="skeleton skeleton--long"></span>
                <span class="skeleton skeleton--long"></span>
                <span class="skeleton skeleton--short"></span>
                <span class="skeleton skeleton--block"></span>
            </div>
            <span class="skeleton skeleton--block"></span>
        </div>
    }
}
