//! One's own settings: who one is here, the communities one belongs to, how the app looks and speaks.

pub mod applications;
mod device;
mod devices;
mod email;
mod second_factor;
pub mod security;

use contract::account::{UPDATE, UpdateAccount};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::routes::Route;
use crate::session::{self, Session};
use crate::shell::Page;
use crate::theme::{self, Theme};
use crate::ui::button::{Button, ButtonLink};
use crate::ui::choice::{Choice, Choices, Layout};
use crate::ui::field::Select;
use crate::ui::icon::Icon;
use crate::ui::toast::Toasts;
use crate::{api, labels, language, words};

use applications::Applications;
use email::EmailRow;

/// A part of the settings: what it is about, and beside it what can be set.
fn section(title: &'static str, about: &'static str, content: AnyView) -> AnyView {
    view! {
        <section class="setting">
            <div class="setting__about">
                <h2 class="setting__title">{title}</h2>
                <p class="quiet small">{about}</p>
            </div>
            <div class="stack">{content}</div>
        </section>
    }
    .into_any()
}

#[component]
pub fn AccountPage() -> impl IntoView {
    let session = session::expect();
    view! {
        <Page title=words::account::title().to_owned()>
            <div class="settings">
                {section(words::account::sign_in(), words::account::sign_in_about(), sign_in(session))}
                {section(
                    words::shell::your_communities(),
                    words::account::communities_about(),
                    communities(session),
                )}
                {section(words::account::language(), words::account::language_about(), language(session))}
                {section(words::account::theme(), words::account::theme_about(), appearance())}
                <div class="setting">
                    <div class="setting__about"></div>
                    <div>
                        <Button icon="log-out" on_click=move || session.sign_out()>
                            {words::account::sign_out()}
                        </Button>
                    </div>
                </div>
            </div>
        </Page>
    }
}

fn sign_in(session: Session) -> AnyView {
    let protection = move || {
        let on = session.account().is_some_and(|account| account.has_totp);
        if on { words::account::protected() } else { words::account::unprotected() }
    };
    view! {
        <ul class="memberships">
            <EmailRow />
            <li>
                <a class="membership" href=Route::Security.href()>
                    <Icon name="shield-check" />
                    <span class="membership__words">
                        <span class="membership__name">{words::security::title()}</span>
                        <span class="quiet small">{protection}</span>
                    </span>
                    <Icon name="chevron-right" size=16 />
                </a>
            </li>
        </ul>
    }
    .into_any()
}

fn communities(session: Session) -> AnyView {
    let memberships = move || {
        session.account().map(|account| {
            account
                .memberships
                .iter()
                .map(|membership| {
                    let roles = membership
                        .roles
                        .iter()
                        .map(|role| labels::role(*role))
                        .collect::<Vec<_>>()
                        .join(", ");
                    view! {
                        <li>
                            <a class="membership" href=Route::Start(membership.community.slug.clone()).href()>
                                <Icon name="building" />
                                <span class="membership__words">
                                    <span class="membership__name">{membership.community.name.clone()}</span>
                                    <span class="quiet small">
                                        {words::account::as_member(&membership.display_name, &roles)}
                                    </span>
                                </span>
                                <Icon name="chevron-right" size=16 />
                            </a>
                        </li>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <ul class="memberships">{memberships}</ul>
        <Applications />
        <div>
            <ButtonLink icon="plus" href=Route::Join(None).href()>{words::account::join()}</ButtonLink>
        </div>
    }
    .into_any()
}

fn language(session: Session) -> AnyView {
    let toasts = Toasts::expect();
    let known = untrack(|| session.account()).map(|account| account.locale.clone()).unwrap_or_default();
    let chosen = RwSignal::new(known);
    let options = language::KNOWN.map(|(tag, name)| (tag.to_owned(), name.to_owned())).to_vec();
    Effect::new(move |first: Option<()>| {
        let locale = chosen.get();
        let Some(account) = untrack(|| session.account()) else { return };
        if first.is_none() || account.locale == locale {
            return;
        }
        spawn_local(async move {
            let change = UpdateAccount { locale: Some(locale) };
            match api::change(&UPDATE, &[], account.version, &change).await {
                Ok(account) => {
                    session.take(account);
                    toasts.done(words::account::language_set());
                }
                Err(failure) => toasts.failed(labels::failure(&failure)),
            }
        });
    });
    view! { <Select id="locale" label=words::account::language() options=options value=chosen fault=None /> }
        .into_any()
}

fn appearance() -> AnyView {
    let theme = RwSignal::new(Some(theme::chosen().name().to_owned()));
    Effect::new(move || {
        if let Some(chosen) =
            Theme::ALL.into_iter().find(|known| theme.with(|it| it.as_deref() == Some(known.name())))
        {
            theme::choose(chosen);
        }
    });
    let choices = [
        (Theme::Device, words::account::theme_device(), "monitor"),
        (Theme::Light, words::account::theme_light(), "sun"),
        (Theme::Dark, words::account::theme_dark(), "moon"),
    ]
    .map(|(theme, title, icon)| Choice {
        value: theme.name().into(),
        title: title.into(),
        text: None,
        icon: Some(icon.into()),
    });
    view! {
        <Choices
            name="theme"
            legend=words::account::theme()
            hide_legend=true
            layout=Layout::Tiles
            choices=choices.to_vec()
            value=theme
        />
    }
    .into_any()
}
