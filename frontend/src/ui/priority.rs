//! How urgent something is, as bars that grow; the most urgent is a sign of its own.

use leptos::prelude::*;

/// From 1, an emergency, to 5, planned.
#[component]
pub fn PriorityMark(
    level: u8,
    #[prop(into)] label: String,
    /// Write the label beside the mark.
    #[prop(optional)]
    with_words: bool,
) -> impl IntoView {
    let bars = [(1_u8, 9_u8, 4_u8), (6, 6, 7), (11, 3, 10)];
    let lit = 5_u8.saturating_sub(level);
    let picture = if level == 1 {
        view! {
            <rect x="1" y="1" width="14" height="14" rx="3.5" fill="currentColor" />
            <rect class="priority__cut" x="7.1" y="3.6" width="1.8" height="5.4" rx="0.9" />
            <rect class="priority__cut" x="7.1" y="10.6" width="1.8" height="1.8" rx="0.9" />
        }
        .into_any()
    } else {
        bars.iter()
            .enumerate()
            .map(|(index, (x, y, height))| {
                let dim = index as u8 >= lit;
                view! {
                    <rect
                        x=*x
                        y=*y
                        width="3.4"
                        height=*height
                        rx="1"
                        fill="currentColor"
                        opacity=if dim { "0.28" } else { "1" }
                    />
                }
            })
            .collect_view()
            .into_any()
    };
    let title = label.clone();
    view! {
        <span class="priority" class:priority--emergency=level == 1 title=title>
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
                {picture}
            </svg>
            <span class:visually-hidden=!with_words>{label}</span>
        </span>
    }
}
