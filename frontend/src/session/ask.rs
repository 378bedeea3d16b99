//! Asking for a mail: to register, and to choose a new password. What happens next is the same whether an account exists
//! or not, so nobody learns from these pages who has one.

use contract::account::{ASK_PASSWORD_RESET, AskPasswordReset, REGISTER, Register};
use domain::rule;
use leptos::prelude::*;

use super::door::{door, way};
use crate::api::{self, Failure};
use crate::community::join;
use crate::form::{Form, Refused, countdown};
use crate::routes::Route;
use crate::ui::button::{Button, Look, Submit};
use crate::ui::field::TextField;
use crate::ui::live::live;
use crate::words;

/// Seconds until a mail is asked for again.
const RESEND_AFTER: u32 = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Register,
    NewPassword,
}

#[component]
pub fn RegisterPage() -> impl IntoView {
    ask(Wish::Register)
}

#[component]
pub fn ForgotPage() -> impl IntoView {
    ask(Wish::NewPassword)
}

async fn send(wish: Wish, email: String) -> Result<(), Failure> {
    match wish {
        Wish::Register => {
            api::send_bare(&REGISTER, &Register { email, invitation: join::kept_invitation() }).await
        }
        Wish::NewPassword => api::send_bare(&ASK_PASSWORD_RESET, &AskPasswordReset { email }).await,
    }
}

fn ask(wish: Wish) -> AnyView {
    let form = Form::new();
    let email = form.text("email");
    let sent = RwSignal::new(false);
    // Counts the mails, so that the wait for the next begins anew.
    let mails = RwSignal::new(0_u32);
    let submit = move || {
        let address = rule::normal_email(&email.get_untracked());
        if form.check([("email", rule::email(&address), words::sign_in::email_missing())]) {
            form.send(send(wish, address), move |()| {
                sent.set(true);
                mails.update(|count| *count += 1);
            });
        }
    };
    live(move || {
        if sent.get() {
            look_at_mail(form, email.get_untracked(), mails, submit, sent)
        } else {
            question(wish, form, email, submit)
        }
    })
    .into_any()
}

fn question(
    wish: Wish,
    form: Form,
    email: RwSignal<String>,
    submit: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let (title, about, button, elsewhere) = match wish {
        Wish::Register => (
            words::register::title(),
            words::register::about(),
            words::register::submit(),
            way(Some(words::register::have_account()), &Route::SignIn, words::sign_in::submit()),
        ),
        Wish::NewPassword => (
            words::forgot::title(),
            words::forgot::about(),
            words::forgot::submit(),
            way(None, &Route::SignIn, words::forgot::back()),
        ),
    };
    let content = view! {
        <form
            class="stack door__form"
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <Refused form=form />
            <TextField
                id="email"
                label=words::register::email()
                kind="email"
                autocomplete="email"
                value=email
                fault=form.fault("email")
            />
            <Submit pending=form.pending>{button}</Submit>
        </form>
    };
    door(title, about, content.into_any(), elsewhere)
}

fn look_at_mail(
    form: Form,
    email: String,
    mails: RwSignal<u32>,
    resend: impl Fn() + Copy + Send + Sync + 'static,
    sent: RwSignal<bool>,
) -> AnyView {
    let again = move || {
        mails.track();
        let left = countdown(RESEND_AFTER);
        move || {
            match left.get() {
            0 => view! {
                <Button icon="send" pending=form.pending on_click=resend>{words::mail::again()}</Button>
            }
            .into_any(),
            left => view! {
                <p class="quiet countdown">{words::mail::again_in(&format!("{}:{:02}", left / 60, left % 60))}</p>
            }
            .into_any(),
        }
        }
    };
    let content = view! {
        <div class="stack door__form">
            <Refused form=form />
            <p class="quiet">{words::mail::spam()}</p>
            {again}
        </div>
    };
    let elsewhere = view! {
        <Button look=Look::Quiet on_click=move || sent.set(false)>{words::mail::other_address()}</Button>
    };
    door(words::mail::title(), &words::mail::about(&email), content.into_any(), elsewhere.into_any())
}
