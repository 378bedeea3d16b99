//! The link that proves a new e-mail address.

use contract::account::{CONFIRM_EMAIL, ConfirmEmail};
use domain::rule;
use leptos::prelude::*;

use super::choose::{link_gone, unless_gone};
use super::door::{door, way};
use crate::form::{Form, Refused};
use crate::routes::Route;
use crate::ui::button::{ButtonLink, Look, Submit};
use crate::ui::live::live;
use crate::{address, api, session, words};

#[component]
pub fn ConfirmEmailPage() -> impl IntoView {
    let (session, address) = (session::expect(), address::expect());
    let form = Form::new();
    let (gone, done) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move || gone.set(rule::LINK.check(&address.fragment.get()).is_err()));
    // A press, so that a mail program that opens links to look at them confirms nothing.
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let body = ConfirmEmail { token: address.fragment.get_untracked() };
        let call = async move { api::send_bare(&CONFIRM_EMAIL, &body).await };
        let then = move |()| {
            done.set(true);
            session.look();
        };
        form.attempt(call, then, unless_gone(gone));
    };
    live(move || {
        if gone.get() {
            return link_gone(&Route::Account);
        }
        let (title, about, content) = if done.get() {
            let go_on = view! {
                <div class="stack door__form">
                    <ButtonLink look=Look::Primary href=Route::Home.href()>{words::email::go_on()}</ButtonLink>
                </div>
            };
            (words::email::done_title(), words::email::done_about(), go_on.into_any())
        } else {
            let confirm = view! {
                <form class="stack door__form" on:submit=submit>
                    <Refused form=form />
                    <Submit pending=form.pending>{words::email::submit()}</Submit>
                </form>
            };
            (words::email::title(), words::email::about(), confirm.into_any())
        };
        door(title, about, content, way(None, &Route::Home, words::not_found::home()))
    })
}
