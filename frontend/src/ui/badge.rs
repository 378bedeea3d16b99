//! A state in one word, with a shape so that it is never colour alone.

use leptos::prelude::*;

use super::icon::Icon;

/// What a colour means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Neutral,
    Accent,
    Info,
    Violet,
    Success,
    Warning,
}

impl Tone {
    pub const fn name(self) -> &'static str {
        match self {
            Tone::Neutral => "neutral",
            Tone::Accent => "accent",
            Tone::Info => "info",
            Tone::Violet => "violet",
            Tone::Success => "success",
            Tone::Warning => "warning",
        }
    }
}

#[component]
pub fn Badge(tone: Tone, icon: &'static str, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <span class=format!("badge badge--{}", tone.name())>
            <Icon name=icon size=14 />
            {text}
        </span>
    }
}
