//! Views of the same list, as links: the address says which one is open.

use leptos::prelude::*;

use crate::ui::live::live;

/// One view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    pub href: String,
    pub text: &'static str,
    /// How many wait there, if that is worth saying.
    pub count: Option<usize>,
    pub current: bool,
}

#[component]
pub fn Tabs(#[prop(into)] label: String, #[prop(into)] tabs: Signal<Vec<Tab>>) -> impl IntoView {
    // The open view may be beyond the edge of a phone.
    Effect::new(move || {
        tabs.track();
        request_animation_frame(|| {
            if let Ok(Some(current)) = document().query_selector(".tabs__tab[aria-current]") {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                options.set_inline(web_sys::ScrollLogicalPosition::Center);
                current.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    });
    view! {
        <nav class="tabs" aria-label=label>
            <ul class="tabs__list">
                {live(move || {
                    tabs.get()
                        .into_iter()
                        .map(|tab| {
                            view! {
                                <li>
                                    <a
                                        class="tabs__tab"
                                        href=tab.href
                                        aria-current=tab.current.then_some("page")
                                    >
                                        {tab.text}
                                        {tab
                                            .count
                                            .filter(|count| *count > 0)
                                            .map(|count| view! { <span class="count">{count}</span> })}
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()
                })}
            </ul>
        </nav>
    }
}
