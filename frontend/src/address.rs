//! The address bar as signals: where the app is, and how it goes elsewhere.
//!
//! [`crate::routes::Route`] reads and writes the paths, so all that a router adds is here: links inside the app do not
//! load the page anew, and "back" works.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// Where the app is.
#[derive(Clone, Copy)]
pub struct Address {
    pub path: RwSignal<String>,
    /// With its question mark, if there is any.
    pub search: RwSignal<String>,
    /// What follows the `#`: where mail carries its secrets, since no server ever sees it.
    pub fragment: RwSignal<String>,
}

/// Follows the address bar, and every link to a place of this app.
pub fn provide() {
    let [path, search, fragment] = read().map(RwSignal::new);
    let address = Address { path, search, fragment };
    provide_context(address);
    let _ = window_event_listener(ev::popstate, move |_| address.follow());
    let _ = window_event_listener(ev::click, move |event| {
        if let Some(href) = inside(&event) {
            event.prevent_default();
            address.go(&href);
        }
    });
}

pub fn expect() -> Address {
    expect_context()
}

impl Address {
    /// Goes to another place, from which "back" leads here.
    pub fn go(self, href: &str) {
        if let Ok(history) = window().history() {
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(href));
        }
        self.follow();
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    /// Says the same place in another way, or goes on to another without a way back to this one.
    pub fn replace(self, href: &str) {
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(href));
        }
        self.follow();
    }

    fn follow(self) {
        let [path, search, fragment] = read();
        for (known, present) in [(self.fragment, fragment), (self.search, search), (self.path, path)] {
            if known.with_untracked(|known| *known != present) {
                known.set(present);
            }
        }
    }

    /// A value of the query.
    pub fn value(self, name: &str) -> Option<String> {
        self.search.with(|search| value(search, name))
    }
}

fn read() -> [String; 3] {
    let location = window().location();
    let fragment = location.hash().unwrap_or_default();
    [
        location.pathname().unwrap_or_default(),
        location.search().unwrap_or_default(),
        fragment.trim_start_matches('#').to_owned(),
    ]
}

fn value(search: &str, name: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(search.trim_start_matches('?')).ok()?;
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// The address of a link that was pressed, if the app goes there itself: not for another tab, another site or a file.
fn inside(event: &web_sys::MouseEvent) -> Option<String> {
    let otherwise = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || otherwise {
        return None;
    }
    let link = event.target()?.dyn_into::<web_sys::Element>().ok()?.closest("a[href]").ok()??;
    let stays = !link.has_attribute("target") && !link.has_attribute("download");
    let href = link.get_attribute("href")?;
    let is_place = href.starts_with('/') && !href.starts_with("//") && !href.starts_with("/api/");
    (stays && is_place).then_some(href)
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn a_value_of_the_query_is_decoded() {
        assert_eq!(value("?next=%2Fc%2Fpark&x=1", "next").as_deref(), Some("/c/park"));
        assert_eq!(value("", "next"), None);
    }
}
