//! One to five stars: to give, and to show.

use leptos::prelude::*;

use crate::ui::live::live;

use super::icon::Icon;

/// Five radio buttons that look like stars.
#[component]
pub fn StarInput(
    value: RwSignal<Option<i16>>,
    #[prop(into)] legend: String,
    /// The name of each number, from one star to five.
    words: [&'static str; 5],
) -> impl IntoView {
    view! {
        <fieldset class="stars">
            <legend class="field__label">{legend}</legend>
            <div class="stars__row">
                {words
                    .into_iter()
                    .zip(1_i16..)
                    .map(|(word, number)| {
                        view! {
                            <label
                                class="stars__star"
                                class:stars__star--lit=move || value.get().is_some_and(|given| given >= number)
                                title=word
                            >
                                <input
                                    type="radio"
                                    class="stars__radio"
                                    name="rating"
                                    prop:checked=move || value.get() == Some(number)
                                    on:change=move |_| value.set(Some(number))
                                />
                                <Icon name="star" size=28 />
                                <span class="visually-hidden">{word}</span>
                            </label>
                        }
                    })
                    .collect_view()}
                <span class="stars__word" aria-hidden="true">
                    {live(move || value.get().and_then(|given| words.get(usize::try_from(given - 1).ok()?).copied()))}
                </span>
            </div>
        </fieldset>
    }
}

#[component]
pub fn Stars(value: i16, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <span class="stars-shown" role="img" aria-label=label>
            {(1..=5_i16)
                .map(|number| {
                    view! {
                        <span class="stars__star" class:stars__star--lit=number <= value>
                            <Icon name="star" size=16 />
                        </span>
                    }
                })
                .collect_view()}
        </span>
    }
}
