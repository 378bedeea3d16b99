//! A link on its way to people: copied, or handed to another app.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::ui::button::Button;
use crate::ui::toast::Toasts;
use crate::{browser, words};

#[component]
pub fn PassOn(url: String, community: String) -> impl IntoView {
    let toasts = Toasts::expect();
    let shared = url.clone();
    let copy = move || {
        let url = url.clone();
        spawn_local(async move {
            if browser::copy(&url).await {
                toasts.done(words::invitations::copied());
            } else {
                toasts.failed(words::invitations::not_copied());
            }
        });
    };
    view! {
        <Button icon="copy" on_click=copy>{words::invitations::copy()}</Button>
        {browser::can_share()
            .then(|| {
                view! {
                    <Button icon="share-2" on_click=move || browser::share(&community, &shared)>
                        {words::invitations::share()}
                    </Button>
                }
            })}
    }
}
