//! Nothing here: what will be, and the next step.

use leptos::prelude::*;

use super::icon::Icon;

#[component]
pub fn Empty(
    icon: &'static str,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty__icon"><Icon name=icon size=24 /></span>
            <h2 class="empty__title">{title}</h2>
            <p class="empty__text">{text}</p>
            {children.map(|children| view! { <div class="empty__next">{children()}</div> })}
        </div>
    }
}
