//! One of the facts about a thing, in a list of them.

use leptos::prelude::*;

use super::icon::Icon;

#[component]
pub fn Fact(icon: &'static str, label: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt class="fact__label">
                <Icon name=icon size=16 />
                {label}
            </dt>
            <dd class="fact__value">{children()}</dd>
        </div>
    }
}
