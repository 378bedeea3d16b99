//! Which community is looked at, and the way to the others.

use leptos::prelude::*;

use super::areas::here;
use crate::routes::Route;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::menu::Menu;
use crate::{labels, session, words};

/// Where the switcher stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At the top of the rail of a desk.
    Rail,
    /// Above the title, in the top bar of a phone.
    Bar,
}

/// The name of the community; where one has several, a menu of them.
#[component]
pub fn Switcher(place: Place) -> impl IntoView {
    let session = session::expect();
    let here = here();
    let several = Memo::new(move |_| session.account().is_some_and(|account| account.memberships.len() > 1));
    let name = move || {
        let community = here.membership.get().map(|it| it.community);
        let icon = community.as_ref().map(|it| labels::community_icon(it.kind));
        let name = community.map_or_else(|| words::app::name().to_owned(), |it| it.name);
        match place {
            Place::Rail => {
                let sign = match icon {
                    Some(icon) => {
                        view! { <span class="switcher__sign"><Icon name=icon size=16 /></span> }.into_any()
                    }
                    None => view! { <span class="mark" aria-hidden="true"></span> }.into_any(),
                };
                view! { {sign} <span class="rail__words switcher__name">{name}</span> }.into_any()
            }
            Place::Bar => view! { <span class="switcher__name">{name}</span> }.into_any(),
        }
    };
    let trigger = move || {
        view! {
            {name}
            <span class="visually-hidden">{words::shell::switch_community()}</span>
            <span class="chevron"><Icon name="chevron-down" size=16 /></span>
        }
    };
    let (plain, button) = match place {
        Place::Rail => {
            ("rail__item rail__item--tall switcher switcher--plain", "rail__item rail__item--tall switcher")
        }
        Place::Bar => ("page__over", "switcher--bar"),
    };
    let others = move || {
        let account = session.account()?;
        let current = here.membership.get().map(|it| it.community.slug);
        let items = account
            .memberships
            .iter()
            .map(|membership| {
                let slug = membership.community.slug.clone();
                let is_current = current.as_ref() == Some(&slug);
                view! {
                    <a
                        class="menu__item switcher__item"
                        href=Route::Start(slug).href()
                        aria-current=is_current.then_some("true")
                    >
                        <Icon name=labels::community_icon(membership.community.kind) />
                        <span class="switcher__words">
                            <span>{membership.community.name.clone()}</span>
                            <span class="quiet small">{labels::roles(&membership.roles)}</span>
                        </span>
                        {is_current.then(|| view! { <Icon name="check" size=16 /> })}
                    </a>
                }
            })
            .collect_view();
        Some(items)
    };
    live(move || {
        if several.get() {
            view! {
                <div class="switcher__frame">
                    <Menu trigger=trigger trigger_class=button>
                        <p class="menu__title">{words::shell::your_communities()}</p>
                        {others}
                        <hr class="menu__line" />
                        <a class="menu__item" href=Route::Join(None).href()>
                            <Icon name="plus" />
                            {words::shell::join_another()}
                        </a>
                    </Menu>
                </div>
            }
            .into_any()
        } else {
            view! { <span class=plain>{name}</span> }.into_any()
        }
    })
}
