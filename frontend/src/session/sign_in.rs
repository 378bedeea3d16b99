//! The page in front of the door: password first, then the code of a second factor where one is on.

use contract::problem::Code;
use contract::session::SignIn;
use domain::rule::{self, Fault};
use leptos::prelude::*;

use super::door::{door, notice, way};
use super::password::PasswordField;
use super::{Notice, Session};
use crate::form::{Form, Refused};
use crate::public::kept;
use crate::routes::Route;
use crate::ui::button::{Button, Look, Submit};
use crate::ui::field::TextField;
use crate::ui::live::live;
use crate::{browser, session, words};

/// What is asked of somebody who comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Password,
    Code,
    RecoveryCode,
}

/// What has been typed, kept from step to step.
#[derive(Clone, Copy)]
struct Typed {
    session: Session,
    step: RwSignal<Step>,
    form: Form,
    email: RwSignal<String>,
    password: RwSignal<String>,
    second: Form,
    code: RwSignal<String>,
}

#[component]
pub fn SignInPage() -> impl IntoView {
    let (form, second) = (Form::new(), Form::new());
    let typed = Typed {
        session: session::expect(),
        step: RwSignal::new(Step::Password),
        form,
        email: form.text("email"),
        password: form.text("password"),
        second,
        code: second.text("totp"),
    };
    live(move || match typed.step.get() {
        Step::Password => password_step(typed),
        step @ (Step::Code | Step::RecoveryCode) => code_step(typed, step),
    })
}

impl Typed {
    fn credentials(self) -> SignIn {
        let code = self.code.get_untracked().trim().to_owned();
        SignIn {
            email: rule::normal_email(&self.email.get_untracked()),
            password: self.password.get_untracked(),
            totp: (!code.is_empty()).then_some(code),
            refresh_token_in_body: false,
        }
    }

    fn send_password(self) {
        self.code.set(String::new());
        let credentials = self.credentials();
        let given = if credentials.password.is_empty() { Err(Fault::new("required")) } else { Ok(()) };
        let checks = [
            ("email", rule::login(&credentials.email), words::sign_in::email_missing()),
            ("password", given, words::sign_in::password_missing()),
        ];
        if !self.form.check(checks) {
            return;
        }
        let session = self.session;
        self.form.attempt(
            async move { session.sign_in(credentials).await },
            |()| {},
            move |failure| {
                if failure.code() == Some(Code::SecondFactorRequired) {
                    self.step.set(Step::Code);
                    return None;
                }
                Some(failure)
            },
        );
    }

    fn send_code(self) {
        let code = self.code.get_untracked();
        if !self.second.check([("totp", rule::SECOND_FACTOR.check(&code), words::sign_in::code_missing())]) {
            return;
        }
        let (session, credentials) = (self.session, self.credentials());
        self.second.attempt(
            async move { session.sign_in(credentials).await },
            |()| {},
            move |failure| match failure.code() {
                Some(Code::BadSecondFactor) => {
                    self.second.blame([("totp".into(), words::sign_in::code_wrong().into())].into());
                    None
                }
                // The password was changed meanwhile.
                Some(Code::BadCredentials) => {
                    self.step.set(Step::Password);
                    self.form.refuse(failure);
                    None
                }
                _ => Some(failure),
            },
        );
    }
}

fn password_step(typed: Typed) -> AnyView {
    let why = typed.session.notice.get_untracked().map(|why| match why {
        Notice::Ended => notice("info", "info", words::sign_in::ended()),
        Notice::SignedOutEverywhere => notice("success", "circle-check", words::sign_in::out_everywhere()),
        Notice::NewPassword => notice("success", "circle-check", words::sign_in::new_password()),
    });
    let content = view! {
        <form
            class="stack door__form"
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                typed.send_password();
            }
        >
            {why}
            <Refused form=typed.form />
            <TextField
                id="email"
                label=words::sign_in::email()
                kind="email"
                autocomplete="username"
                value=typed.email
                fault=typed.form.fault("email")
            />
            <PasswordField
                id="password"
                label=words::sign_in::password()
                value=typed.password
                fault=typed.form.fault("password")
            />
            <Submit pending=typed.form.pending>{words::sign_in::submit()}</Submit>
            <p><a href=Route::Forgot.href()>{words::sign_in::forgot()}</a></p>
        </form>
    };
    let register = way(Some(words::sign_in::no_account()), &Route::Register, words::sign_in::register());
    // Whoever reported something here without an account looks for it, not for a way in.
    let reported = kept::communities()
        .into_iter()
        .map(|community| {
            way(Some(words::public::reported_here()), &Route::Public(community), words::public::follow())
        })
        .collect_view();
    let elsewhere = view! { {register}{reported} }.into_any();
    door(words::sign_in::title(), words::sign_in::about(), content.into_any(), elsewhere)
}

fn code_step(typed: Typed, step: Step) -> AnyView {
    let recovery = step == Step::RecoveryCode;
    let (about, label, other, other_step) = if recovery {
        (
            words::sign_in::recovery_about(),
            words::sign_in::recovery_code(),
            words::sign_in::use_app(),
            Step::Code,
        )
    } else {
        (
            words::sign_in::code_about(),
            words::sign_in::code(),
            words::sign_in::use_recovery(),
            Step::RecoveryCode,
        )
    };
    let turn = move |step| {
        typed.code.set(String::new());
        typed.step.set(step);
    };
    let content = view! {
        <form
            class="stack door__form"
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                typed.send_code();
            }
        >
            <Refused form=typed.second />
            <TextField
                id="totp"
                label=label
                autocomplete="one-time-code"
                keys=if recovery { "text" } else { "numeric" }
                value=typed.code
                fault=typed.second.fault("totp")
            />
            <Submit pending=typed.second.pending>{words::sign_in::submit()}</Submit>
            <Button look=Look::Quiet on_click=move || turn(other_step)>{other}</Button>
        </form>
    };
    let back = view! {
        <Button look=Look::Quiet icon="arrow-left" on_click=move || turn(Step::Password)>
            {words::shell::back()}
        </Button>
    };
    let page = door(words::sign_in::code_title(), about, content.into_any(), back.into_any());
    browser::focus_later("#totp");
    page
}
