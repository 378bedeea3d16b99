//! What stands around the pages for everybody: the word mark, the way in, and the head of the page.

use leptos::prelude::*;

use crate::routes::Route;
use crate::ui::icon::Icon;
use crate::{browser, session, words};

#[component]
pub fn Frame(
    #[prop(into)] title: Signal<String>,
    /// A line above the title: whose page it is.
    #[prop(optional, into)]
    over: Signal<String>,
    #[prop(optional, into)] back: Option<String>,
    /// The one or two actions that matter now, at the foot of a phone.
    #[prop(optional, into)]
    sticky: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    Effect::new(move || document().set_title(&format!("{} · {}", title.get(), words::app::name())));
    browser::focus_later("#page-title");
    let inside = untrack(|| session::expect().account()).is_some();
    let (way, way_in) = match inside {
        true => (Route::Home, words::public::home()),
        false => (Route::SignIn, words::sign_in::submit()),
    };
    view! {
        <a class="skip" href="#main" on:click=|event| {
            event.prevent_default();
            browser::focus_later("#main");
        }>
            {words::shell::skip()}
        </a>
        <div class="public">
            <header class="public__bar">
                <a class="public__brand" href=Route::Home.href()>
                    <span class="mark" aria-hidden="true"></span>
                    {words::app::name()}
                </a>
                <a class="button button--quiet" href=way.href()>{way_in}</a>
            </header>
            <div class="page page--reading public__page">
                <main id="main" tabindex="-1">
                <div class="public__head">
                    {back
                        .map(|back| {
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
                        <span class="public__over">{over}</span>
                        <h1 id="page-title" class="public__title" tabindex="-1">{title}</h1>
                    </div>
                </div>
                <div class="page__body">{children()}</div>
                </main>
                {sticky
                    .map(|sticky| {
                        view! { <section class="page__sticky" aria-label=words::shell::actions()>{sticky.run()}</section> }
                    })}
            </div>
        </div>
    }
}
