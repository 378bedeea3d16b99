//! Light, dark, or as the device has it. `index.html` sets the kept choice before the first paint.

use leptos::prelude::document;

use crate::browser;

const KEPT: &str = "kommunity.theme";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Device,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::Device, Theme::Light, Theme::Dark];

    pub const fn name(self) -> &'static str {
        match self {
            Theme::Device => "device",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

pub fn chosen() -> Theme {
    let kept: Option<String> = browser::recall(KEPT);
    Theme::ALL.into_iter().find(|theme| kept.as_deref() == Some(theme.name())).unwrap_or(Theme::Device)
}

pub fn choose(theme: Theme) {
    let Some(root) = document().document_element() else { return };
    if theme == Theme::Device {
        browser::forget(KEPT);
        let _ = root.remove_attribute("data-theme");
    } else {
        browser::keep(KEPT, &theme.name());
        let _ = root.set_attribute("data-theme", theme.name());
    }
}
