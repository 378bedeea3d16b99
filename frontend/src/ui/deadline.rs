//! How much time is left, in as few signs as can be.

use leptos::prelude::*;

use super::icon::Icon;

/// How a deadline stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    OnTrack,
    AtRisk,
    Late,
}

#[component]
pub fn DeadlineChip(
    standing: Standing,
    /// "3 h left".
    #[prop(into)]
    text: String,
    /// The instant itself, for hovering.
    #[prop(into)]
    exact: String,
) -> impl IntoView {
    let (class, icon) = match standing {
        Standing::OnTrack => ("deadline", "clock"),
        Standing::AtRisk => ("deadline deadline--risk", "hourglass"),
        Standing::Late => ("deadline deadline--late", "triangle-alert"),
    };
    view! {
        <span class=class title=exact>
            <Icon name=icon size=14 />
            {text}
        </span>
    }
}
