//! A button that unfolds a few things to do or to go to. Escape, a choice or leaving it folds it again.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

#[component]
pub fn Menu(
    /// What the button shows.
    #[prop(into)]
    trigger: ViewFn,
    #[prop(into)] trigger_class: String,
    /// The name of the button, where it shows no words.
    #[prop(optional, into)]
    label: Option<String>,
    /// Unfolds towards the start of the line instead of its end.
    #[prop(optional)]
    end: bool,
    /// Unfolds upwards.
    #[prop(optional)]
    up: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    let close_and_return = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    let left = move |event: web_sys::FocusEvent| {
        let inside = event
            .current_target()
            .and_then(|menu| menu.dyn_into::<web_sys::Node>().ok())
            .zip(event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok()))
            .is_some_and(|(menu, target)| menu.contains(Some(&target)));
        if !inside {
            open.set(false);
        }
    };
    let children = StoredValue::new(children);
    view! {
        <div
            class="menu"
            on:focusout=left
            on:keydown=move |event| {
                if event.key() == "Escape" && open.get_untracked() {
                    event.stop_propagation();
                    close_and_return();
                }
            }
        >
            <button
                type="button"
                class=trigger_class
                node_ref=button
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-label=label.clone()
                title=label
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {trigger.run()}
            </button>
            <Show when=move || open.get()>
                // A press that misses an item must not take the focus away, which would fold the menu too early.
                <div
                    class="menu__panel"
                    class:menu__panel--end=end
                    class:menu__panel--up=up
                    on:mousedown=|event| event.prevent_default()
                    on:click=move |event| {
                        let chosen = event
                            .target()
                            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
                            .and_then(|target| target.closest("a, button").ok().flatten());
                        if chosen.is_some() {
                            open.set(false);
                        }
                    }
                >
                    {children.with_value(|children| children())}
                </div>
            </Show>
        </div>
    }
}
