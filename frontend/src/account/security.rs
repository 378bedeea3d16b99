//! What keeps an account safe: the password, the second factor, the devices that are signed in.

use leptos::prelude::*;

use super::devices::Devices;
use super::second_factor::SecondFactor;
use super::section;
use crate::form::{Form, Refused};
use crate::routes::Route;
use crate::session::password::PasswordField;
use crate::session::{self, choose};
use crate::shell::Page;
use crate::ui::button::{Button, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::toast::Toasts;
use crate::words;

#[component]
pub fn SecurityPage() -> impl IntoView {
    view! {
        <Page title=words::security::title().to_owned() back=Route::Account.href()>
            <div class="settings">
                {section(words::security::password(), words::security::password_about(), password())}
                {section(
                    words::second_factor::title(),
                    words::second_factor::about(),
                    view! { <SecondFactor /> }.into_any(),
                )}
                {section(
                    words::security::devices(),
                    words::security::devices_about(),
                    view! { <Devices /> }.into_any(),
                )}
            </div>
        </Page>
    }
}

fn password() -> AnyView {
    let open = RwSignal::new(false);
    view! {
        <div>
            <Button icon="lock" on_click=move || open.set(true)>{words::security::change_password()}</Button>
        </div>
        <Show when=move || open.get()>
            <ChangePassword open=open />
        </Show>
    }
    .into_any()
}

#[component]
fn ChangePassword(open: RwSignal<bool>) -> impl IntoView {
    let (session, toasts) = (session::expect(), Toasts::expect());
    let form = Form::new();
    let (current, fresh) = (form.text("current_password"), form.text("password"));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        choose::change(session, form, current, fresh, move || {
            open.set(false);
            toasts.done(words::security::password_changed());
        });
    };
    let close = Callback::new(move |()| open.set(false));
    view! {
        <Dialog title=words::security::change_password() close_label=words::common::close() on_close=close>
            <form class="stack" novalidate=true on:submit=submit>
                <p class="dialog__text">{words::security::change_password_about()}</p>
                <Refused form=form />
                <PasswordField
                    id="current_password"
                    label=words::password::current()
                    value=current
                    fault=form.fault("current_password")
                />
                <PasswordField
                    id="password"
                    label=words::password::fresh()
                    fresh=true
                    value=fresh
                    fault=form.fault("password")
                />
                <div class="dialog__foot">
                    <Submit pending=form.pending>{words::email::change()}</Submit>
                    <Button look=Look::Quiet on_click=move || open.set(false)>{words::common::not_now()}</Button>
                </div>
            </form>
        </Dialog>
    }
}
