//! Choosing a password: for a new account, instead of a forgotten one, and instead of one that somebody else chose.

use contract::account::{
    CHANGE_PASSWORD, ChangePassword, RESET_PASSWORD, ResetPassword, VERIFY, VerifyAccount,
};
use contract::problem::Code;
use domain::rule::{self, Fault};
use leptos::prelude::*;

use super::door::{door, way};
use super::password::PasswordField;
use super::{Notice, Session};
use crate::api::{self, Failure};
use crate::form::{Form, Refused};
use crate::routes::Route;
use crate::ui::button::{Button, ButtonLink, Look, Submit};
use crate::ui::live::live;
use crate::{address, session, words};

/// What a mail's link carries behind the `#`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Link {
    token: String,
    /// The invitation that led to registering.
    join: Option<String>,
}

impl Link {
    fn parse(fragment: &str) -> Self {
        let (token, more) = fragment.split_once('&').unwrap_or((fragment, ""));
        Self { token: token.to_owned(), join: more.strip_prefix("join=").map(ToOwned::to_owned) }
    }
}

#[component]
pub fn VerifyPage() -> impl IntoView {
    let (session, address) = (session::expect(), address::expect());
    let set = move |link: Link, password: String, form: Form, gone: RwSignal<bool>| {
        let Link { token, join } = link;
        let body = VerifyAccount { token, password, refresh_token_in_body: false };
        let onwards = match join {
            Some(invitation) => format!("{}#{invitation}", Route::Join(None).href()),
            None => Route::Join(None).href(),
        };
        let call = async move { session.enter(api::send_bare(&VERIFY, &body).await?).await };
        form.attempt(call, move |()| address.replace(&onwards), unless_gone(gone));
    };
    by_link(words::verify::title(), words::verify::about(), words::verify::submit(), &Route::Register, set)
}

#[component]
pub fn ResetPage() -> impl IntoView {
    let (session, address) = (session::expect(), address::expect());
    let set = move |link: Link, password: String, form: Form, gone: RwSignal<bool>| {
        let body = ResetPassword { token: link.token, password };
        let call = async move { api::send_bare(&RESET_PASSWORD, &body).await };
        let then = move |()| {
            session.ended_by_user(Notice::NewPassword);
            address.replace(&Route::SignIn.href());
        };
        form.attempt(call, then, unless_gone(gone));
    };
    by_link(words::reset::title(), words::reset::about(), words::reset::submit(), &Route::Forgot, set)
}

/// A link that leads nowhere any more gets a page of its own.
pub fn unless_gone(gone: RwSignal<bool>) -> impl FnOnce(Failure) -> Option<Failure> + 'static {
    move |failure| {
        let is_gone = failure.code() == Some(Code::Gone);
        if is_gone {
            gone.set(true);
        }
        (!is_gone).then_some(failure)
    }
}

/// A new password for whoever comes by the link of a mail.
fn by_link(
    title: &'static str,
    about: &'static str,
    button: &'static str,
    again: &'static Route,
    set: impl Fn(Link, String, Form, RwSignal<bool>) + Copy + Send + Sync + 'static,
) -> AnyView {
    let address = address::expect();
    let form = Form::new();
    let password = form.text("password");
    let gone = RwSignal::new(false);
    // Another link in the same tab begins anew.
    Effect::new(move || gone.set(rule::LINK.check(&Link::parse(&address.fragment.read()).token).is_err()));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let chosen = password.get_untracked();
        if form.check([("password", rule::PASSWORD.check(&chosen), words::password::needed())]) {
            set(Link::parse(&address.fragment.read_untracked()), chosen, form, gone);
        }
    };
    live(move || {
        if gone.get() {
            return link_gone(again);
        }
        let content = view! {
            <form class="stack door__form" novalidate=true on:submit=submit>
                <Refused form=form />
                <PasswordField
                    id="password"
                    label=words::password::fresh()
                    fresh=true
                    value=password
                    fault=form.fault("password")
                />
                <Submit pending=form.pending>{button}</Submit>
            </form>
        };
        door(title, about, content.into_any(), way(None, &Route::SignIn, words::forgot::back()))
    })
    .into_any()
}

/// A link that was used, or is too old.
pub fn link_gone(again: &Route) -> AnyView {
    let content = view! {
        <div class="stack door__form">
            <ButtonLink look=Look::Primary href=again.href()>{words::gone::again()}</ButtonLink>
        </div>
    };
    door(
        words::gone::title(),
        words::gone::about(),
        content.into_any(),
        way(None, &Route::SignIn, words::forgot::back()),
    )
}

/// In place of every page, until somebody whose password was made for them has one of their own.
#[component]
pub fn FirstPasswordPage() -> impl IntoView {
    let session = session::expect();
    let form = Form::new();
    let (current, fresh) = (form.text("current_password"), form.text("password"));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        change(session, form, current, fresh, || {});
    };
    let content = view! {
        <form class="stack door__form" novalidate=true on:submit=submit>
            <Refused form=form />
            <PasswordField
                id="current_password"
                label=words::first_password::given()
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
            <Submit pending=form.pending>{words::first_password::submit()}</Submit>
        </form>
    };
    let elsewhere = view! {
        <Button look=Look::Quiet on_click=move || session.sign_out()>{words::account::sign_out()}</Button>
    };
    door(
        words::first_password::title(),
        words::first_password::about(),
        content.into_any(),
        elsewhere.into_any(),
    )
}

/// Changes the password of whoever is signed in, and reads the account anew.
pub fn change(
    session: Session,
    form: Form,
    current: RwSignal<String>,
    fresh: RwSignal<String>,
    then: impl FnOnce() + 'static,
) {
    let body = ChangePassword { current_password: current.get_untracked(), password: fresh.get_untracked() };
    let checks = [
        ("current_password", given(&body.current_password), words::sign_in::password_missing()),
        ("password", rule::PASSWORD.check(&body.password), words::password::needed()),
    ];
    if form.check(checks) {
        let call = async move {
            api::send(&CHANGE_PASSWORD, &[], &body).await?;
            session.read_account().await
        };
        form.send(call, move |()| then());
    }
}

/// Whether something was typed at all.
pub fn given(password: &str) -> Result<(), Fault> {
    if password.is_empty() { Err(Fault::new("required")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::Link;

    #[test]
    fn a_link_may_lead_on_to_an_invitation() {
        let plain = Link { token: "abc".into(), join: None };
        assert_eq!(Link::parse("abc"), plain);
        assert_eq!(Link::parse("abc&join=d=e"), Link { join: Some("d=e".into()), ..plain });
    }
}
