//! The second factor: on with an authenticator app and recovery codes, off again, new codes.

use contract::account::{
    CONFIRM_TOTP, ConfirmTotp, ProvePassword, REMOVE_TOTP, RENEW_RECOVERY_CODES, RecoveryCodes, START_TOTP,
    TotpSecret,
};
use domain::rule::{self, Fault};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::form::{Form, Refused};
use crate::session::choose::given;
use crate::session::password::PasswordField;
use crate::session::{self, Session};
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::field::TextField;
use crate::ui::live::live;
use crate::ui::toast::Toasts;
use crate::{api, browser, words};

/// What is open.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    Prove(Wish),
    Scan(TotpSecret),
}

/// What the password is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    TurnOn,
    NewCodes,
    TurnOff,
}

#[derive(Clone, Copy)]
struct State {
    session: Session,
    toasts: Toasts,
    step: RwSignal<Option<Step>>,
    /// Shown once.
    codes: RwSignal<Vec<String>>,
}

#[component]
pub fn SecondFactor() -> impl IntoView {
    let state = State {
        session: session::expect(),
        toasts: Toasts::expect(),
        step: RwSignal::new(None),
        codes: RwSignal::new(Vec::new()),
    };
    let standing = Memo::new(move |_| {
        state.session.account().map(|account| (account.has_totp, account.recovery_codes_left))
    });
    view! {
        {move || present(state, standing.get().unwrap_or_default())}
        {live(move || {
            let codes = state.codes.get();
            (!codes.is_empty()).then(|| recovery_codes(state, codes))
        })}
        {live(move || state.step.get().map(|step| match step {
            Step::Prove(wish) => prove(state, wish),
            Step::Scan(secret) => scan(state, secret),
        }))}
    }
}

/// How it stands, and what can be done.
fn present(state: State, (on, codes_left): (bool, u16)) -> AnyView {
    let ask = move |wish| state.step.set(Some(Step::Prove(wish)));
    if !on {
        return view! {
            <div>
                <Button icon="shield-check" on_click=move || ask(Wish::TurnOn)>{words::second_factor::turn_on()}</Button>
            </div>
        }
        .into_any();
    }
    let few = codes_left < 3;
    view! {
        <div class="row">
            <Badge tone=Tone::Success icon="shield-check" text=words::second_factor::is_on() />
            <span class=if few { "second-factor__few" } else { "quiet" }>
                {words::second_factor::codes_left(codes_left.into())}
            </span>
        </div>
        <div class="row">
            <Button on_click=move || ask(Wish::NewCodes)>{words::second_factor::new_codes()}</Button>
            <Button look=Look::Danger on_click=move || ask(Wish::TurnOff)>{words::second_factor::turn_off()}</Button>
        </div>
    }
    .into_any()
}

/// Asks for the password before something that a thief of the device must not do.
fn prove(state: State, wish: Wish) -> AnyView {
    let (title, about, button) = match wish {
        Wish::TurnOn => (
            words::second_factor::turn_on_title(),
            words::second_factor::turn_on_about(),
            words::second_factor::go_on(),
        ),
        Wish::NewCodes => (
            words::second_factor::new_codes_title(),
            words::second_factor::new_codes_about(),
            words::second_factor::new_codes(),
        ),
        Wish::TurnOff => (
            words::second_factor::turn_off_title(),
            words::second_factor::turn_off_about(),
            words::second_factor::turn_off(),
        ),
    };
    let form = Form::new();
    let (password, code) = (form.text("current_password"), form.text("totp"));
    // What is on takes a code to be taken away.
    let is_on = wish != Wish::TurnOn;
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let totp = is_on.then(|| code.get_untracked().trim().to_owned());
        let body = ProvePassword { current_password: password.get_untracked(), totp };
        let checks = [
            ("current_password", given(&body.current_password), words::sign_in::password_missing()),
            ("totp", code_given(body.totp.as_deref()), words::sign_in::code_missing()),
        ];
        if form.check(checks) {
            form.send(proven(state, wish, body), move |step| state.step.set(step));
        }
    };
    let look = if wish == Wish::TurnOff { Look::Danger } else { Look::Primary };
    let fields = view! {
        <p class="dialog__text">{about}</p>
        <Refused form=form />
        <PasswordField
            id="current_password"
            label=words::password::current()
            value=password
            fault=form.fault("current_password")
        />
        {is_on.then(|| code_field(form, code))}
    };
    dialog(state, title, fields.into_any(), submit, form, look, button)
}

/// Asks for a code beside the password, by the name that it has on the wire.
pub fn code_field(form: Form, value: RwSignal<String>) -> AnyView {
    view! {
        <TextField
            id="totp"
            label=words::second_factor::any_code()
            autocomplete="one-time-code"
            value=value
            fault=form.fault("totp")
        />
    }
    .into_any()
}

/// Whether a code that is asked for could be one.
pub fn code_given(code: Option<&str>) -> Result<(), Fault> {
    code.map_or(Ok(()), |code| rule::SECOND_FACTOR.check(code))
}

/// Does what the password was asked for; gives what is open next.
async fn proven(state: State, wish: Wish, body: ProvePassword) -> Result<Option<Step>, api::Failure> {
    match wish {
        Wish::TurnOn => return Ok(Some(Step::Scan(api::send(&START_TOTP, &[], &body).await?))),
        Wish::NewCodes => {
            let RecoveryCodes { codes } = api::send(&RENEW_RECOVERY_CODES, &[], &body).await?;
            state.codes.set(codes);
        }
        Wish::TurnOff => {
            api::send(&REMOVE_TOTP, &[], &body).await?;
            state.codes.set(Vec::new());
            state.toasts.done(words::second_factor::is_off());
        }
    }
    state.session.read_account().await?;
    Ok(None)
}

/// The secret for the app, as a picture and for typing, and the first code of it.
fn scan(state: State, secret: TotpSecret) -> AnyView {
    let TotpSecret { secret, uri, qr_svg } = secret;
    let picture = format!("data:image/svg+xml,{}", js_sys::encode_uri_component(&qr_svg));
    let form = Form::new();
    let code = form.text("code");
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let body = ConfirmTotp { code: code.get_untracked().trim().to_owned() };
        if !form.check([("code", rule::SECOND_FACTOR.check(&body.code), words::sign_in::code_missing())]) {
            return;
        }
        let call = async move {
            let RecoveryCodes { codes } = api::send(&CONFIRM_TOTP, &[], &body).await?;
            state.codes.set(codes);
            state.session.read_account().await
        };
        form.send(call, move |()| state.step.set(None));
    };
    // In fours, as it is read out and typed.
    let grouped = secret
        .as_bytes()
        .chunks(4)
        .map(|four| String::from_utf8_lossy(four).into_owned())
        .collect::<Vec<_>>()
        .join(" ");
    let fields = view! {
        <p class="dialog__text">{words::second_factor::scan_about()}</p>
        <div class="totp">
            <img class="totp__picture" src=picture alt=words::second_factor::picture() width="176" height="176" />
            <div class="stack stack--tight">
                <p>{words::second_factor::type_it()}</p>
                <code class="totp__secret">{grouped}</code>
                <p><a href=uri>{words::second_factor::open_app()}</a></p>
            </div>
        </div>
        <Refused form=form />
        <TextField
            id="code"
            label=words::second_factor::code()
            autocomplete="one-time-code"
            keys="numeric"
            value=code
            fault=form.fault("code")
        />
    };
    let button = words::second_factor::turn_on();
    dialog(state, words::second_factor::scan_title(), fields.into_any(), submit, form, Look::Primary, button)
}

fn dialog(
    state: State,
    title: &'static str,
    fields: AnyView,
    submit: impl Fn(web_sys::SubmitEvent) + Send + Sync + 'static,
    form: Form,
    look: Look,
    button: &'static str,
) -> AnyView {
    let close = Callback::new(move |()| state.step.set(None));
    view! {
        <Dialog title=title close_label=words::common::close() on_close=close>
            <form class="stack" novalidate=true on:submit=submit>
                {fields}
                <div class="dialog__foot">
                    <Submit look=look pending=form.pending>{button}</Submit>
                    <Button look=Look::Quiet on_click=move || close.run(())>{words::common::not_now()}</Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

/// The codes that help when the phone is lost, until somebody says that they are kept.
fn recovery_codes(state: State, codes: Vec<String>) -> AnyView {
    browser::focus_later("#recovery-codes");
    let text = format!("{}\n\n{}\n", words::second_factor::codes_file(), codes.join("\n"));
    let (to_copy, to_save) = (codes.join("\n"), text);
    let copy = move || {
        let text = to_copy.clone();
        spawn_local(async move {
            if browser::copy(&text).await {
                state.toasts.done(words::second_factor::copied());
            } else {
                state.toasts.failed(words::second_factor::not_copied());
            }
        });
    };
    let save = move || {
        let _ = browser::save("kommunity-recovery-codes.txt", "text/plain", &to_save);
    };
    view! {
        <div class="card stack recovery">
            <h3 id="recovery-codes" tabindex="-1">{words::second_factor::codes_title()}</h3>
            <p>{words::second_factor::codes_about()}</p>
            <ul class="recovery__codes">{codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view()}</ul>
            <div class="row">
                <Button icon="copy" on_click=copy>{words::second_factor::copy()}</Button>
                <Button icon="download" on_click=save>{words::second_factor::save()}</Button>
                <Button look=Look::Primary on_click=move || state.codes.set(Vec::new())>
                    {words::second_factor::kept()}
                </Button>
            </div>
        </div>
    }
    .into_any()
}
