//! A text with headings, lists and tables. It comes as HTML in which nothing runs: whoever hands it over answers for that.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

#[component]
pub fn Prose(
    /// As the server made it from Markdown.
    #[prop(into)]
    html: String,
) -> impl IntoView {
    let text = NodeRef::<html::Div>::new();
    text.on_load(|text| {
        request_animation_frame(move || {
            let Ok(wide) = text.query_selector_all("table, pre") else { return };
            for index in 0..wide.length() {
                let element = wide.item(index).and_then(|node| node.dyn_into::<web_sys::Element>().ok());
                if let Some(element) = element.filter(|it| it.scroll_width() > it.client_width()) {
                    // What scrolls inside itself must be within reach of the keyboard.
                    let _ = element.set_attribute("tabindex", "0");
                }
            }
        });
    });
    view! { <div class="prose" dir="auto" node_ref=text inner_html=html></div> }
}
