//! One of a few, as large buttons: radio buttons underneath, so that arrow keys and screen readers know them.

use leptos::prelude::*;

use crate::ui::live::live;

use super::icon::Icon;

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub title: String,
    pub text: Option<String>,
    pub icon: Option<String>,
}

/// How the choices stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One below the other.
    List,
    /// Small tiles side by side.
    Tiles,
}

#[component]
pub fn Choices(
    /// The name of the group; with `-0`, `-1`, … the ids of the buttons.
    name: &'static str,
    #[prop(into)] legend: String,
    #[prop(optional)] hide_legend: bool,
    layout: Layout,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    value: RwSignal<Option<String>>,
) -> impl IntoView {
    let class = match layout {
        Layout::List => "choices choices--list",
        Layout::Tiles => "choices choices--tiles",
    };
    view! {
        <fieldset>
            <legend class="field__label choices__legend" class:visually-hidden=hide_legend>{legend}</legend>
            <div class=class>
                {live(move || {
                    choices
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(index, choice)| view! { <One name=name index=index choice=choice value=value /> })
                        .collect_view()
                })}
            </div>
        </fieldset>
    }
}

#[component]
fn One(name: &'static str, index: usize, choice: Choice, value: RwSignal<Option<String>>) -> impl IntoView {
    let Choice { value: key, title, text, icon } = choice;
    let (shown, chosen) = (key.clone(), key);
    view! {
        <label class="choice">
            <input
                type="radio"
                class="choice__radio"
                id=format!("{name}-{index}")
                name=name
                value=chosen.clone()
                prop:checked=move || value.with(|value| value.as_deref() == Some(&*shown))
                on:change=move |_| value.set(Some(chosen.clone()))
            />
            {icon.map(|icon| view! { <span class="choice__icon"><Icon name=icon /></span> })}
            <span class="choice__words">
                <span class="choice__title">{title}</span>
                {text.map(|text| view! { <span class="choice__text">{text}</span> })}
            </span>
        </label>
    }
}
