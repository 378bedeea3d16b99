//! The forms of a request. They come in a piece of their own, as most visits only read.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::action_form::ActionDialog;
use super::actions::Acting;
use super::edit::OpenForm;
use super::show::OnPage;
use crate::api::Failure;
use crate::labels;
use crate::ui::live::live;
use crate::ui::toast::Toasts;

/// Draws whichever form is open.
type Draw = fn(OnPage, Acting) -> AnyView;

#[wasm_split(forms, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch() -> Result<Draw, SplitLoaderError> {
    Ok(draw)
}

/// The form that is open on a page. What draws it is fetched right after the page, so that nobody waits for it.
#[component]
pub fn Forms(page: OnPage, acting: Acting) -> impl IntoView {
    let drawn = RwSignal::new(None::<Draw>);
    let toasts = Toasts::expect();
    Effect::new(move || {
        let wanted = page.open.with(Option::is_some) || page.form.with(Option::is_some);
        if drawn.with_untracked(Option::is_some) {
            return;
        }
        spawn_local(async move {
            match fetch().await {
                Ok(draw) => {
                    let _ = drawn.try_set(Some(draw));
                }
                Err(_) if wanted => {
                    let _ = page.open.try_set(None);
                    let _ = page.form.try_set(None);
                    toasts.failed(labels::failure(&Failure::Offline));
                }
                // It is fetched when it is wanted.
                Err(_) => {}
            }
        });
    });
    live(move || drawn.get().map(|draw| draw(page, acting)))
}

fn draw(page: OnPage, acting: Acting) -> AnyView {
    // Untracked: what is being filled in must not start over because somebody else did something.
    let request = move || untrack(|| page.request.ready());
    view! {
        {live(move || {
            let form = page.form.get().zip(request());
            form.map(|(form, request)| view! { <OpenForm page=page form=form request=request /> })
        })}
        {live(move || {
            let action = page.open.get().zip(request());
            action
                .map(|(action, request)| {
                    view! { <ActionDialog page=page action=action request=request acting=acting /> }
                })
        })}
    }
    .into_any()
}
