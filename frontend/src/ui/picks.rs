//! Any number of several, as boxes to tick.

use leptos::prelude::*;

use super::live::live;

#[component]
pub fn Picks(
    legend: &'static str,
    /// What can be picked: ids with their words.
    #[prop(into)]
    all: Signal<Vec<(String, String)>>,
    value: RwSignal<Vec<String>>,
) -> impl IntoView {
    view! {
        <fieldset>
            <legend class="field__label choices__legend">{legend}</legend>
            <div class="picks">
                {live(move || {
                    all.get()
                        .into_iter()
                        .map(|(id, name)| {
                            let key = format!("pick-{id}");
                            let (shown, picked) = (id.clone(), id);
                            view! {
                                <div class="checkbox">
                                    <input
                                        id=key.clone()
                                        type="checkbox"
                                        prop:checked=move || value.with(|value| value.contains(&shown))
                                        on:change=move |event| {
                                            let on = event_target_checked(&event);
                                            value
                                                .update(|value| {
                                                    value.retain(|one| *one != picked);
                                                    if on {
                                                        value.push(picked.clone());
                                                    }
                                                });
                                        }
                                    />
                                    <label for=key>{name}</label>
                                </div>
                            }
                        })
                        .collect_view()
                })}
            </div>
        </fieldset>
    }
}
