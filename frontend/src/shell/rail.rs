//! The rail at the side of a desk: community, areas, notifications, profile.

use leptos::prelude::*;

use super::areas::{Area, Count, here, waiting};
use super::switcher::{Place, Switcher};
use crate::routes::Route;
use crate::session::{self};
use crate::ui::avatar::Avatar;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::menu::Menu;
use crate::{labels, words};

#[component]
pub fn Rail(folded: RwSignal<bool>) -> impl IntoView {
    let here = here();
    let session = session::expect();
    let fold_label = move || if folded.get() { words::shell::unfold() } else { words::shell::fold() };
    view! {
        <nav class="rail" aria-label=words::shell::areas()>
            <Switcher place=Place::Rail />
            <div class="rail__areas">
                {live(move || {
                    here.areas
                        .get()
                        .into_iter()
                        .map(|area| {
                            let Area { route, icon, text, .. } = area;
                            let href = route.href();
                            let waiting = waiting(&route);
                            view! {
                                <a
                                    class="rail__item"
                                    href=href
                                    title=text
                                    aria-current=move || here.current(&route)
                                >
                                    <Icon name=icon />
                                    <span class="rail__words">{text}</span>
                                    {waiting}
                                </a>
                            }
                        })
                        .collect_view()
                })}
            </div>
            <div class="rail__foot">
                <button
                    type="button"
                    class="rail__item"
                    title=fold_label
                    on:click=move |_| folded.update(|folded| *folded = !*folded)
                >
                    <Icon name="panel-left" />
                    <span class="rail__words">{fold_label}</span>
                </button>
                <a
                    class="rail__item"
                    href=Route::Notifications.href()
                    title=words::area::notifications()
                    aria-current=move || here.current(&Route::Notifications)
                >
                    <Icon name="bell" />
                    <span class="rail__words">{words::area::notifications()}</span>
                    <Count count=session.unread word=words::shell::unread_word() />
                </a>
                <Profile />
            </div>
        </nav>
    }
}

/// Who is signed in, and the way to their settings and out.
#[component]
fn Profile() -> impl IntoView {
    let session = session::expect();
    let here = here();
    let name = Memo::new(move |_| {
        here.membership
            .get()
            .map(|membership| membership.display_name)
            .or_else(|| {
                session
                    .account()
                    .and_then(|account| account.email.clone().or_else(|| account.sign_in_name.clone()))
            })
            .unwrap_or_default()
    });
    let roles = move || {
        here.membership.get().map(|membership| {
            membership.roles.iter().map(|role| labels::role(*role)).collect::<Vec<_>>().join(", ")
        })
    };
    let trigger = move || {
        view! {
            {live(move || view! { <Avatar name=name.get() /> })}
            <span class="rail__words rail__two">
                <span>{name}</span>
                <small>{roles}</small>
            </span>
        }
    };
    view! {
        <Menu trigger=trigger trigger_class="rail__item rail__item--tall" up=true>
            <a class="menu__item" href=Route::Account.href()>
                <Icon name="settings" />
                {words::area::account()}
            </a>
            <button type="button" class="menu__item" on:click=move |_| session.sign_out()>
                <Icon name="log-out" />
                {words::account::sign_out()}
            </button>
        </Menu>
    }
}
