//! What one signs in with, and how it is changed.

use contract::account::{CHANGE_EMAIL, ChangeEmail};
use domain::rule;
use leptos::prelude::*;

use super::second_factor::{code_field, code_given};
use crate::form::{Form, Refused};
use crate::session::choose::given;
use crate::session::password::PasswordField;
use crate::ui::button::{Button, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::field::TextField;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::{api, session, words};

/// The address or the name that one signs in with. Only an address can be changed: a name was made by a manager.
#[component]
pub fn EmailRow() -> impl IntoView {
    let session = session::expect();
    let open = RwSignal::new(false);
    // The address that a link has been sent to.
    let sent = RwSignal::new(None::<String>);
    let email = Memo::new(move |_| session.account().and_then(|account| account.email.clone()));
    let name = move || session.account().and_then(|account| account.sign_in_name.clone());
    let under = move || match (sent.get(), email.with(Option::is_some)) {
        (Some(address), _) => words::email::sent(&address),
        (None, true) => words::register::email().to_owned(),
        (None, false) => words::account::sign_in_name().to_owned(),
    };
    view! {
        <li class="membership">
            <Icon name="mail" />
            <span class="membership__words">
                <span class="membership__name">{live(move || email.get().or_else(name))}</span>
                <span class="quiet small" role="status">{under}</span>
            </span>
            <Show when=move || email.with(Option::is_some)>
                <Button on_click=move || open.set(true)>{words::email::change()}</Button>
            </Show>
        </li>
        <Show when=move || open.get()>
            <ChangeDialog open=open sent=sent />
        </Show>
    }
}

#[component]
fn ChangeDialog(open: RwSignal<bool>, sent: RwSignal<Option<String>>) -> impl IntoView {
    let form = Form::new();
    let (email, password) = (form.text("email"), form.text("current_password"));
    let code = form.text("totp");
    let has_factor = untrack(|| session::expect().account()).is_some_and(|account| account.has_totp);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let body = ChangeEmail {
            current_password: password.get_untracked(),
            email: rule::normal_email(&email.get_untracked()),
            totp: has_factor.then(|| code.get_untracked().trim().to_owned()),
        };
        let checks = [
            ("email", rule::email(&body.email), words::sign_in::email_missing()),
            ("current_password", given(&body.current_password), words::sign_in::password_missing()),
            ("totp", code_given(body.totp.as_deref()), words::sign_in::code_missing()),
        ];
        if form.check(checks) {
            let address = body.email.clone();
            let then = move |()| {
                sent.set(Some(address));
                open.set(false);
            };
            form.send(async move { api::send(&CHANGE_EMAIL, &[], &body).await }, then);
        }
    };
    let close = Callback::new(move |()| open.set(false));
    view! {
        <Dialog title=words::email::change_title() close_label=words::common::close() on_close=close>
            <form class="stack" novalidate=true on:submit=submit>
                <p class="dialog__text">{words::email::change_about()}</p>
                <Refused form=form />
                <TextField
                    id="email"
                    label=words::email::fresh()
                    kind="email"
                    autocomplete="email"
                    value=email
                    fault=form.fault("email")
                />
                <PasswordField
                    id="current_password"
                    label=words::password::current()
                    value=password
                    fault=form.fault("current_password")
                />
                {has_factor.then(|| code_field(form, code))}
                <div class="dialog__foot">
                    <Submit pending=form.pending>{words::email::send()}</Submit>
                    <Button look=Look::Quiet on_click=move || open.set(false)>{words::common::not_now()}</Button>
                </div>
            </form>
        </Dialog>
    }
}
