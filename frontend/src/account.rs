//! One's own settings: how the app looks here, the communities one belongs to, the way out.

use leptos::prelude::*;

use crate::routes::Route;
use crate::session;
use crate::shell::Page;
use crate::theme::{self, Theme};
use crate::ui::button::Button;
use crate::ui::choice::{Choice, Choices, Layout};
use crate::ui::icon::Icon;
use crate::{labels, words};

#[component]
pub fn AccountPage() -> impl IntoView {
    let session = session::expect();
    let theme = RwSignal::new(Some(theme::chosen().name().to_owned()));
    Effect::new(move || {
        if let Some(chosen) =
            Theme::ALL.into_iter().find(|known| theme.with(|it| it.as_deref() == Some(known.name())))
        {
            theme::choose(chosen);
        }
    });
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
    let choices = vec![
        Choice {
            value: "device".into(),
            title: words::account::theme_device().into(),
            text: None,
            icon: Some("monitor".into()),
        },
        Choice {
            value: "light".into(),
            title: words::account::theme_light().into(),
            text: None,
            icon: Some("sun".into()),
        },
        Choice {
            value: "dark".into(),
            title: words::account::theme_dark().into(),
            text: None,
            icon: Some("moon".into()),
        },
    ];
    view! {
        <Page title=words::account::title().to_owned()>
            <div class="stack stack--wide account">
                <section class="stack stack--tight">
                    <h2 class="section-title">{words::account::signed_in_as()}</h2>
                    <p>{move || session.account().and_then(|account| account.email.clone().or_else(|| account.sign_in_name.clone()))}</p>
                </section>
                <section class="stack stack--tight">
                    <h2 class="section-title">{words::shell::your_communities()}</h2>
                    <ul class="memberships">{memberships}</ul>
                    {move || {
                        session
                            .account()
                            .is_some_and(|account| account.memberships.is_empty())
                            .then(|| view! { <p class="quiet">{words::account::no_communities()}</p> })
                    }}
                </section>
                <section>
                    <Choices
                        name="theme"
                        legend=words::account::theme()
                        layout=Layout::Tiles
                        choices=choices
                        value=theme
                    />
                </section>
                <div>
                    <Button icon="log-out" on_click=move || session.sign_out()>
                        {words::account::sign_out()}
                    </Button>
                </div>
            </div>
        </Page>
    }
}
