//! Buttons, and links that look like them.

use leptos::prelude::*;

use crate::ui::live::live;

use super::icon::Icon;

/// How much a button asks for attention. One primary button in view, at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    Primary,
    #[default]
    Secondary,
    /// One of many alike, each the thing to do where it stands.
    Soft,
    /// No frame until it is pointed at.
    Quiet,
    Danger,
}

impl Look {
    pub const fn class(self) -> &'static str {
        match self {
            Look::Primary => "button button--primary",
            Look::Secondary => "button button--secondary",
            Look::Soft => "button button--soft",
            Look::Quiet => "button button--quiet",
            Look::Danger => "button button--danger",
        }
    }
}

#[component]
pub fn Button(
    #[prop(optional)] look: Look,
    #[prop(optional, into)] icon: Option<&'static str>,
    /// While it works: shown as such, and pressing it again does nothing.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// Sends the form that it stands in.
    #[prop(optional)]
    submit: bool,
    on_click: impl Fn() + 'static,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=look.class()
            aria-busy=move || pending.get().then_some("true")
            on:click=move |_| {
                if !pending.get_untracked() {
                    on_click();
                }
            }
        >
            {icon.map(|name| view! { <Icon name=name size=18 /> })}
            <span class="button__words">{children()}</span>
        </button>
    }
}

/// The button that sends a form.
#[component]
pub fn Submit(
    #[prop(optional, into)] pending: Signal<bool>,
    #[prop(default = Look::Primary)] look: Look,
    children: Children,
) -> impl IntoView {
    view! {
        <Button look=look pending=pending submit=true on_click=|| ()>
            {children()}
        </Button>
    }
}

/// A button with a picture only; its name is for those who do not see it, and shows when it is pointed at.
#[component]
pub fn IconButton(
    #[prop(into)] icon: Signal<&'static str>,
    #[prop(into)] label: Signal<String>,
    on_click: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button button--quiet button--icon"
            aria-label=label
            title=label
            on:click=move |_| on_click()
        >
            {live(move || view! { <Icon name=icon.get() /> })}
        </button>
    }
}

#[component]
pub fn ButtonLink(
    #[prop(into)] href: String,
    #[prop(optional)] look: Look,
    #[prop(optional, into)] icon: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <a href=href class=look.class()>
            {icon.map(|name| view! { <Icon name=name size=18 /> })}
            <span class="button__words">{children()}</span>
        </a>
    }
}
