//! What somebody without e-mail is given to sign in with: a card, shown once, that can be printed.

use leptos::prelude::*;

use crate::ui::button::Button;
use crate::ui::icon::Icon;
use crate::ui::toast::Toasts;
use crate::{browser, words};

/// What stands on the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    pub community: String,
    pub name: String,
    pub sign_in_name: String,
    pub password: String,
}

#[component]
pub fn HandOver(card: HandedOver) -> impl IntoView {
    let toasts = Toasts::expect();
    let HandedOver { community, name, sign_in_name, password } = card;
    let address = window().location().origin().unwrap_or_default();
    let text = format!("{address}\n{sign_in_name}\n{password}");
    let copy = move || {
        let text = text.clone();
        leptos::task::spawn_local(async move {
            if browser::copy(&text).await {
                toasts.done(words::hand_over::copied());
            } else {
                toasts.failed(words::invitations::not_copied());
            }
        });
    };
    view! {
        <section class="stack hand-over" id="hand-over" tabindex="-1" aria-labelledby="hand-over-title">
            <div class="notice notice--warning hand-over__once">
                <Icon name="key-round" />
                <p>{words::hand_over::about(&name)}</p>
            </div>
            <div class="card hand-over__card">
                <h2 class="hand-over__title" id="hand-over-title">{community}</h2>
                <p>{name}</p>
                <dl class="hand-over__lines">
                    <dt>{words::hand_over::address()}</dt>
                    <dd>{address.clone()}</dd>
                    <dt>{words::hand_over::sign_in_name()}</dt>
                    <dd class="hand-over__secret">{sign_in_name}</dd>
                    <dt>{words::hand_over::password()}</dt>
                    <dd class="hand-over__secret">{password}</dd>
                </dl>
                <p class="quiet small">{words::hand_over::then()}</p>
            </div>
            <div class="row hand-over__once">
                <Button icon="printer" on_click=|| { let _ = window().print(); }>{words::hand_over::print()}</Button>
                <Button icon="copy" on_click=copy>{words::hand_over::copy()}</Button>
            </div>
        </section>
    }
}
