//! The few things that are asked of the browser itself. Nothing here fails loudly: a browser may refuse any of it.

use leptos::prelude::{document, window};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

/// Says in the console why the app stopped, and on the page that it did.
pub fn report(what: &str) {
    let line = JsValue::from_str(what);
    if let Ok(console) = js_sys::Reflect::get(&js_sys::global(), &"console".into())
        && let Ok(error) = js_sys::Reflect::get(&console, &"error".into())
        && let Some(error) = error.dyn_ref::<js_sys::Function>()
    {
        let _ = error.call1(&console, &line);
    }
    if let Some(notice) = document().get_element_by_id("stopped") {
        let _ = notice.remove_attribute("hidden");
    }
}

/// What was kept under a name, if it can still be read.
pub fn recall<T: DeserializeOwned>(name: &str) -> Option<T> {
    let text = window().local_storage().ok()??.get_item(name).ok()??;
    serde_json::from_str(&text).ok()
}

/// Keeps something under a name. A full or forbidden store loses it, which nobody can help.
pub fn keep(name: &str, value: &impl Serialize) {
    if let (Ok(Some(store)), Ok(text)) = (window().local_storage(), serde_json::to_string(value)) {
        let _ = store.set_item(name, &text);
    }
}

pub fn forget(name: &str) {
    if let Ok(Some(store)) = window().local_storage() {
        let _ = store.remove_item(name);
    }
}

/// Forgets everything whose name begins like this.
pub fn forget_all(prefix: &str) {
    let Ok(Some(store)) = window().local_storage() else { return };
    let names: Vec<String> =
        (0..store.length().unwrap_or(0)).filter_map(|index| store.key(index).ok().flatten()).collect();
    for name in names.iter().filter(|name| name.starts_with(prefix)) {
        let _ = store.remove_item(name);
    }
}

/// Puts the focus on the first element that matches, after the page has been drawn.
pub fn focus_later(selector: impl Into<String>) {
    let selector = selector.into();
    leptos::prelude::request_animation_frame(move || {
        if let Ok(Some(element)) = document().query_selector(&selector) {
            focus(&element);
        }
    });
}

pub fn focus(element: &web_sys::Element) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        let _ = element.focus();
    }
}

/// Whether the window is as wide as a desk's.
pub fn is_desk() -> bool {
    matches!(window().match_media("(min-width: 60rem)"), Ok(Some(query)) if query.matches())
}

/// Whether somebody looks at this tab.
pub fn is_visible() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible
}

/// Whether a key was meant for a field and not for the page.
pub fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    let typing = |element: &web_sys::Element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || element.closest("dialog").is_ok_and(|found| found.is_some())
    };
    event.ctrl_key()
        || event.meta_key()
        || event.alt_key()
        || event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|element| typing(&element))
}
