//! What stands around every page in front of the door: the word mark, one question, the ways elsewhere.

use leptos::prelude::*;

use crate::routes::Route;
use crate::ui::icon::Icon;
use crate::{browser, words};

/// One calm page: what it is about, what there is to do, and below it the ways elsewhere.
pub fn door(title: &str, about: &str, content: AnyView, elsewhere: AnyView) -> AnyView {
    document().set_title(&format!("{title} · {}", words::app::name()));
    browser::focus_later("#page-title");
    let about = about.to_owned();
    view! {
        <main class="door">
            <a class="door__brand" href=Route::Home.href()>
                <span class="mark" aria-hidden="true"></span>
                {words::app::name()}
            </a>
            <div class="door__box">
                <h1 class="door__title" id="page-title" tabindex="-1">{title.to_owned()}</h1>
                {(!about.is_empty()).then(|| view! { <p class="door__about">{about}</p> })}
                {content}
            </div>
            <div class="door__elsewhere">{elsewhere}</div>
        </main>
    }
    .into_any()
}

/// A way elsewhere, below the box.
pub fn way(text: Option<&'static str>, route: &Route, words: &'static str) -> AnyView {
    view! { <p>{text.map(|text| format!("{text} "))}<a href=route.href()>{words}</a></p> }.into_any()
}

/// How things stand, above what there is to do.
pub fn notice(tone: &'static str, icon: &'static str, text: &'static str) -> AnyView {
    view! {
        <div class=format!("notice notice--{tone}") role="status">
            <Icon name=icon />
            <p>{text}</p>
        </div>
    }
    .into_any()
}
