//! The page in front of the door.

use contract::session::SignIn;
use domain::rule;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::ui::button::Submit;
use crate::ui::field::TextField;
use crate::ui::icon::Icon;
use crate::{browser, labels, session, words};

#[component]
pub fn SignInPage() -> impl IntoView {
    let session = session::expect();
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let email_fault = RwSignal::new(None::<String>);
    let password_fault = RwSignal::new(None::<String>);
    let refused = RwSignal::new(None::<String>);
    let pending = RwSignal::new(false);
    let shown = RwSignal::new(false);
    document().set_title(&format!("{} · {}", words::sign_in::title(), words::app::name()));

    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        refused.set(None);
        let credentials = SignIn {
            email: rule::normal_email(&email.get_untracked()),
            password: password.get_untracked(),
            totp: None,
            refresh_token_in_body: false,
        };
        email_fault.set(rule::login(&credentials.email).err().map(|fault| match fault.code {
            "required" => words::sign_in::email_missing().to_owned(),
            _ => labels::fault(&fault),
        }));
        password_fault
            .set(credentials.password.is_empty().then(|| words::sign_in::password_missing().to_owned()));
        if email_fault.with_untracked(Option::is_some) {
            return browser::focus_later("#email");
        }
        if password_fault.with_untracked(Option::is_some) {
            return browser::focus_later("#password");
        }
        pending.set(true);
        spawn_local(async move {
            let outcome = session.sign_in(credentials).await;
            let _ = pending.try_set(false);
            if let Err(failure) = outcome {
                show(&failure, email_fault, password_fault, refused);
            }
        });
    };

    view! {
        <main class="sign-in">
            <div class="sign-in__brand">
                <span class="mark" aria-hidden="true"></span>
                {words::app::name()}
            </div>
            <div class="sign-in__box">
                <h1 class="sign-in__title">{words::sign_in::title()}</h1>
                <p class="quiet">{words::sign_in::about()}</p>
                <form class="stack sign-in__form" novalidate=true on:submit=submit>
                    {move || {
                        refused
                            .get()
                            .map(|text| {
                                view! {
                                    <div class="notice notice--danger" role="alert" id="refused" tabindex="-1">
                                        <Icon name="circle-alert" />
                                        <p>{text}</p>
                                    </div>
                                }
                            })
                    }}
                    <TextField
                        id="email"
                        label=words::sign_in::email()
                        kind="email"
                        autocomplete="username"
                        value=email
                        fault=email_fault
                    />
                    <div class="sign-in__password">
                        {move || {
                            view! {
                                <TextField
                                    id="password"
                                    label=words::sign_in::password()
                                    kind=if shown.get() { "text" } else { "password" }
                                    autocomplete="current-password"
                                    value=password
                                    fault=password_fault
                                />
                            }
                        }}
                        <button
                            type="button"
                            class="sign-in__show"
                            aria-pressed=move || if shown.get() { "true" } else { "false" }
                            on:click=move |_| shown.update(|shown| *shown = !*shown)
                        >
                            {words::sign_in::show_password()}
                        </button>
                    </div>
                    <Submit pending=pending>{words::sign_in::submit()}</Submit>
                </form>
            </div>
        </main>
    }
}

/// Puts what the server says where it belongs.
fn show(
    failure: &Failure,
    email: RwSignal<Option<String>>,
    password: RwSignal<Option<String>>,
    refused: RwSignal<Option<String>>,
) {
    let mut placed = false;
    if let Failure::Problem(problem) = failure {
        for error in &problem.errors {
            let place = match error.field() {
                Some("email") => email,
                Some("password") => password,
                _ => continue,
            };
            place.set(Some(labels::field_error(error)));
            placed = true;
        }
    }
    if !placed {
        refused.set(Some(labels::failure(failure)));
        browser::focus_later("#refused");
    }
}
