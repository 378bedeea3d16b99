//! What stands around every page: the rail of a desk, the tabs of a phone, and the head of the page.

mod areas;
mod rail;
mod switcher;

use leptos::prelude::*;

use crate::routes::Route;
use crate::session;
use crate::ui::button::ButtonLink;
use crate::ui::empty::Empty;
use crate::ui::icon::Icon;
use crate::ui::skeleton::SkeletonRows;
use crate::{announcement, browser, member, words};

use areas::{Count, Tabs};
use rail::Rail;
use switcher::{Place, Switcher};

/// Where the rail is remembered as folded.
const FOLDED: &str = "kommunity.rail-folded";

#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let folded = RwSignal::new(browser::recall(FOLDED).unwrap_or(false));
    Effect::new(move || browser::keep(FOLDED, &folded.get()));
    let membership = areas::here().membership;
    member::waiting::provide(membership);
    announcement::provide(membership);
    view! {
        <a class="skip" href="#main" on:click=|event| {
            event.prevent_default();
            browser::focus_later("#main");
        }>
            {words::shell::skip()}
        </a>
        <div class="shell" class:shell--folded=folded>
            <Rail folded=folded />
            <div class="shell__page">{children()}</div>
            <Tabs />
        </div>
    }
}

/// How wide the content of a page wants to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    #[default]
    Reading,
    Full,
}

/// A page: its head, which is the top bar of a phone, and its content.
#[component]
pub fn Page(
    #[prop(into)] title: Signal<String>,
    /// Where "back" leads, for pages below another.
    #[prop(optional, into)]
    back: Option<String>,
    #[prop(optional)] width: Width,
    /// What stands above the title on a phone, if not the community.
    #[prop(optional, into)]
    over: Option<String>,
    /// A line below the title, on a desk.
    #[prop(optional, into)]
    meta: ViewFn,
    /// Buttons beside the title, on a desk.
    #[prop(optional, into)]
    actions: ViewFn,
    /// The one or two actions that matter now, at the foot of a phone.
    #[prop(optional, into)]
    sticky: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    let session = session::expect();
    let route = expect_context::<Memo<Route>>();
    Effect::new(move || document().set_title(&format!("{} · {}", title.get(), words::app::name())));
    // Whoever cannot see the page change hears its title; the keyboard starts from the top.
    browser::focus_later("#page-title");
    view! {
        <div
            class="page"
            class:page--reading=width == Width::Reading
        >
            <header class="page__head">
                {back.map(|back| {
                    view! {
                        <a
                            href=back
                            class="button button--quiet button--icon page__back"
                            aria-label=words::shell::back()
                            title=words::shell::back()
                        >
                            <Icon name="arrow-left" />
                        </a>
                    }
                })}
                <div class="page__titles">
                    {match over {
                        Some(over) => view! { <span class="page__over">{over}</span> }.into_any(),
                        None => view! { <Switcher place=Place::Bar /> }.into_any(),
                    }}
                    <h1 id="page-title" class="page__title" tabindex="-1">{title}</h1>
                    <div class="page__meta">{meta.run()}</div>
                </div>
                <div class="page__actions">{actions.run()}</div>
                <a
                    href=Route::Notifications.href()
                    class="button button--quiet button--icon only-phone page__bell"
                    aria-label=move || words::shell::unread(session.unread.get())
                    aria-current=move || route.with(|it| *it == Route::Notifications).then_some("page")
                >
                    <Icon name="bell" size=22 />
                    <Count count=session.unread word=words::shell::unread_word() />
                </a>
            </header>
            <main id="main" class="page__body" tabindex="-1">{children()}</main>
            {sticky.map(|sticky| view! { <section class="page__sticky" aria-label=words::shell::actions()>{sticky.run()}</section> })}
        </div>
    }
}

/// The shell while nobody knows yet who is there; `index.html` paints the same.
#[component]
pub fn ShellSkeleton() -> impl IntoView {
    view! {
        <div class="shell">
            <div class="rail"></div>
            <div class="shell__page">
                <div class="page">
                    <div class="page__head">
                        <span class="skeleton skeleton--title"></span>
                    </div>
                    <main class="page__body">
                        <SkeletonRows label=words::common::loading() />
                    </main>
                </div>
            </div>
            <div class="tabs-bar"></div>
        </div>
    }
}

/// There is no such page, or not for this person.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Page title=words::not_found::title().to_owned()>
            <Empty icon="search" title=words::not_found::heading() text=words::not_found::text()>
                <ButtonLink href=Route::Home.href()>{words::not_found::home()}</ButtonLink>
            </Empty>
        </Page>
    }
}
