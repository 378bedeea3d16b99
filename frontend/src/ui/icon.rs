//! Line icons. They never stand alone: there is a text beside them or an accessible name on what holds them.

use leptos::prelude::*;

use super::icon_shapes::shape;

#[component]
pub fn Icon(
    #[prop(into)] name: String,
    /// Pixels.
    #[prop(default = 20)]
    size: u8,
) -> impl IntoView {
    view! {
        <svg
            class="icon"
            width=size
            height=size
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="1.75"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            inner_html=shape(&name)
        ></svg>
    }
}
