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

/// Scrolls no further than needed for an element to be seen.
pub fn bring_into_sight(element: &web_sys::Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Writes a text where the caret of a field is, as if by hand: the browser can take it back like anything typed.
pub fn type_into(area: &web_sys::HtmlTextAreaElement, text: &str) {
    let _ = area.focus();
    let page = document().dyn_into::<web_sys::HtmlDocument>().ok();
    let typed = page.is_some_and(|page| {
        page.exec_command_with_show_ui_and_value("insertText", false, text).unwrap_or(false)
    });
    if !typed {
        let _ = area.set_range_text(text);
    }
}

/// Whether this browser can hand a text to other apps, as phones do.
pub fn can_share() -> bool {
    js_sys::Reflect::has(&window().navigator(), &"share".into()).unwrap_or(false) && !is_desk()
}

/// Hands an address to another app of this device.
pub fn share(title: &str, url: &str) {
    let what = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&what, &"title".into(), &title.into());
    let _ = js_sys::Reflect::set(&what, &"url".into(), &url.into());
    let navigator = window().navigator();
    if let Ok(share) = js_sys::Reflect::get(&navigator, &"share".into())
        && let Ok(share) = share.dyn_into::<js_sys::Function>()
        && let Ok(promise) = share.call1(&navigator, &what)
        && let Ok(promise) = promise.dyn_into::<js_sys::Promise>()
    {
        // Somebody who changes their mind is no error.
        wasm_bindgen_futures::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
    }
}

/// Puts a text on the clipboard, and says whether the browser let us.
pub async fn copy(text: &str) -> bool {
    wasm_bindgen_futures::JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
}

/// Gives somebody a text as a file.
pub fn save(name: &str, kind: &str, text: &str) -> Option<()> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&text.into());
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let url = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let link = document().create_element("a").ok()?.dyn_into::<web_sys::HtmlElement>().ok()?;
    link.set_attribute("href", &url).ok()?;
    link.set_attribute("download", name).ok()?;
    link.click();
    web_sys::Url::revoke_object_url(&url).ok()
}

/// Why a device does not say where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPlace {
    /// Whoever uses it does not want that, or said so once.
    Refused,
    Unknown,
}

/// Where this device is: longitude and latitude in degrees.
pub async fn here() -> Result<(f64, f64), NoPlace> {
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        let asked = window()
            .navigator()
            .geolocation()
            .and_then(|places| places.get_current_position_with_error_callback(&resolve, Some(&reject)));
        if let Err(error) = asked {
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    match wasm_bindgen_futures::JsFuture::from(promise).await {
        Ok(position) => {
            let place = position.unchecked_into::<web_sys::Position>().coords();
            Ok((place.longitude(), place.latitude()))
        }
        Err(error) => {
            // Browsers call it `GeolocationPositionError` by now, which web-sys does not know.
            let code = js_sys::Reflect::get(&error, &"code".into()).ok().and_then(|code| code.as_f64());
            let refused = code == Some(f64::from(web_sys::PositionError::PERMISSION_DENIED));
            Err(if refused { NoPlace::Refused } else { NoPlace::Unknown })
        }
    }
}

/// Bytes that nobody can guess.
pub fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
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

/// Waits.
pub async fn pause(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// What tabs take turns with: `navigator.locks` and its `request`, which web-sys counts as unstable.
pub fn locks() -> Option<(JsValue, js_sys::Function)> {
    let navigator = window().navigator();
    let locks = js_sys::Reflect::get(&navigator, &"locks".into()).ok()?;
    let request = js_sys::Reflect::get(&locks, &"request".into()).ok()?;
    Some((locks, request.dyn_into().ok()?))
}

/// A text cut where the browser says the caret is, which counts in UTF-16.
pub fn cut(text: &str, caret: usize) -> (&str, &str) {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= caret {
            return text.split_at(at);
        }
        units += c.len_utf16();
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_text_is_cut_where_the_browser_counts() {
        assert_eq!(cut("a🙂b", 3), ("a🙂", "b"));
        assert_eq!(cut("abc", 9), ("abc", ""));
    }
}
