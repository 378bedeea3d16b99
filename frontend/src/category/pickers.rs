//! Choosing an icon and a colour.

use domain::category::{Hue, ICONS};
use leptos::prelude::*;

use super::tint;
use crate::ui::icon::Icon;
use crate::{labels, words};

#[component]
pub fn IconPicker(value: RwSignal<String>) -> impl IntoView {
    let one = |icon: &'static str| {
        view! {
            <label class="swatch" title=icon>
                <input
                    type="radio"
                    name="icon"
                    aria-label=icon.replace('-', " ")
                    prop:checked=move || value.with(|value| value == icon)
                    on:change=move |_| value.set(icon.to_owned())
                />
                <Icon name=icon />
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend class="field__label">{words::category::icon()}</legend>
            <div class="swatches swatches--icons">{ICONS.iter().map(|icon| one(icon)).collect_view()}</div>
        </fieldset>
    }
}

#[component]
pub fn HuePicker(value: RwSignal<Hue>) -> impl IntoView {
    let one = |hue: Hue| {
        view! {
            <label class=format!("swatch {}", tint(hue)) title=labels::hue(hue)>
                <input
                    type="radio"
                    name="color"
                    aria-label=labels::hue(hue)
                    prop:checked=move || value.get() == hue
                    on:change=move |_| value.set(hue)
                />
                <span class="swatch__dot"></span>
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend class="field__label">{words::category::color()}</legend>
            <div class="swatches">{Hue::ALL.iter().map(|hue| one(*hue)).collect_view()}</div>
        </fieldset>
    }
}
