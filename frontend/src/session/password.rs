//! The field for a password: shown when asked for, with what a new one needs.

use domain::rule;
use leptos::prelude::*;

use crate::ui::field::TextField;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::words;

#[component]
pub fn PasswordField(
    id: &'static str,
    label: &'static str,
    /// It is being chosen, not remembered.
    #[prop(optional)]
    fresh: bool,
    value: RwSignal<String>,
    #[prop(into)] fault: Signal<Option<String>>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let help = if fresh { words::password::help(&rule::PASSWORD.min.to_string()) } else { String::new() };
    view! {
        <div class="password">
            <TextField
                id=id
                label=label
                help=help
                kind=Signal::derive(move || if shown.get() { "text" } else { "password" })
                autocomplete=if fresh { "new-password" } else { "current-password" }
                value=value
                fault=fault
            />
            <button
                type="button"
                class="password__show"
                aria-pressed=move || if shown.get() { "true" } else { "false" }
                aria-controls=id
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                {words::sign_in::show_password()}
            </button>
            {fresh.then(|| view! { <p class="password__length">{live(move || length(&value.read()))}</p> })}
        </div>
    }
}

/// How far a new password is from long enough.
fn length(password: &str) -> Option<AnyView> {
    let typed = password.trim().chars().count();
    match rule::PASSWORD.min.saturating_sub(typed) {
        _ if typed == 0 => None,
        0 => Some(view! { <Icon name="check" size=16 /> {words::password::long_enough()} }.into_any()),
        missing => Some(words::password::missing(missing as i64).into_any()),
    }
}
