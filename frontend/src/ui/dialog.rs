//! A dialog: in the middle of a desk, a sheet from below on a phone. The browser keeps the focus inside.

use leptos::html;
use leptos::prelude::*;

use super::button::IconButton;
use crate::browser;

/// Open as long as it is shown; `on_close` is told when somebody closes it by Escape, its cross or a press beside it.
#[component]
pub fn Dialog(
    #[prop(into)] title: String,
    /// The name of the cross.
    close_label: &'static str,
    on_close: Callback<()>,
    /// Takes as much room as there is, for pictures.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    give_focus_back();
    dialog.on_load(move |dialog| {
        request_animation_frame(move || {
            if dialog.is_connected() && !dialog.open() {
                let _ = dialog.show_modal();
            }
        });
    });
    view! {
        <dialog
            class="dialog"
            class:dialog--wide=wide
            node_ref=dialog
            aria-labelledby="dialog-title"
            on:close=move |_| on_close.run(())
            on:mousedown=move |event| {
                let beside = dialog.get_untracked().is_some_and(|dialog| {
                    event.target().as_ref() == Some(dialog.as_ref())
                });
                if beside {
                    on_close.run(());
                }
            }
        >
            <div class="dialog__box">
                <header class="dialog__head">
                    <h2 id="dialog-title" class="dialog__title">{title}</h2>
                    <IconButton icon="x" label=close_label.to_owned() on_click=move || on_close.run(()) />
                </header>
                {children()}
            </div>
        </dialog>
    }
}

/// When the dialog is gone the focus goes back to what opened it, or to the page's title if that is gone too.
fn give_focus_back() {
    let before = StoredValue::new_local(document().active_element());
    on_cleanup(move || {
        let before = before.try_get_value().flatten();
        request_animation_frame(move || match before {
            Some(element) if element.is_connected() => browser::focus(&element),
            _ => browser::focus_later("#page-title"),
        });
    });
}
