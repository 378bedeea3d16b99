//! Finds one unit of a community among many.

use contract::community::Unit;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::ui::button::IconButton;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::{browser, community, words};

/// A unit that was chosen: its id and its name.
pub type Chosen = Option<(String, String)>;

#[component]
pub fn UnitPicker(
    /// The id of the search field.
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] help: String,
    /// "(optional)", where it is.
    #[prop(optional, into)]
    aside: Option<String>,
    slug: String,
    value: RwSignal<Chosen>,
    /// Where what is typed is kept, for whoever must not lose it.
    #[prop(optional)]
    typed: Option<RwSignal<String>>,
) -> impl IntoView {
    let typed = typed.unwrap_or_default();
    let words = StoredValue::new((label, help, aside));
    let slug = StoredValue::new(slug);
    live(move || match value.get() {
        Some((_, name)) => view! {
            <div class="field">
                <span class="field__label">{words.with_value(|(label, ..)| label.clone())}</span>
                <p class="elsewhere__chosen">
                    <Icon name="house" />
                    <span>{name}</span>
                    <IconButton
                        icon="x"
                        label=words::unit::remove().to_owned()
                        on_click=move || {
                            value.set(None);
                            browser::focus_later(format!("#{id}"));
                        }
                    />
                </p>
            </div>
        }
        .into_any(),
        None => {
            let (label, help, aside) = words.get_value();
            view! { <Search id=id label=label help=help aside=aside slug=slug.get_value() value=value typed=typed /> }
                .into_any()
        }
    })
}

#[component]
fn Search(
    id: &'static str,
    label: String,
    help: String,
    aside: Option<String>,
    slug: String,
    value: RwSignal<Chosen>,
    typed: RwSignal<String>,
) -> impl IntoView {
    let found = RwSignal::new(Vec::<Unit>::new());
    let searched = RwSignal::new(false);
    let latest = StoredValue::new(0_u32);
    let search = move |text: String| {
        typed.set(text.clone());
        latest.update_value(|number| *number += 1);
        let number = latest.get_value();
        if text.trim().is_empty() {
            found.set(Vec::new());
            searched.set(false);
            return;
        }
        let slug = slug.clone();
        spawn_local(async move {
            let units = community::find_units(slug, text).await.unwrap_or_default();
            if latest.try_get_value() == Some(number) {
                found.set(units);
                searched.set(true);
            }
        });
    };
    let about = format!("{id}-about");
    view! {
        <div class="field">
            <label class="field__label" for=id>
                {label}
                {aside.map(|aside| view! { <span class="field__aside">{" "}{aside}</span> })}
            </label>
            <p class="field__help" id=about.clone()>{help}</p>
            <input
                class="input"
                id=id
                type="search"
                autocomplete="off"
                aria-describedby=about
                prop:value=typed
                on:input=move |event| search(event_target_value(&event))
            />
            <div role="status">
            <ul class="elsewhere__found">
                {live(move || {
                    found
                        .get()
                        .into_iter()
                        .map(|unit| {
                            let name = community::unit_name(&unit);
                            let shown = name.clone();
                            view! {
                                <li>
                                    <button
                                        type="button"
                                        class="menu__item"
                                        on:click=move |_| {
                                            typed.set(String::new());
                                            value.set(Some((unit.id.to_string(), name.clone())));
                                        }
                                    >
                                        <Icon name="house" />
                                        {shown}
                                    </button>
                                </li>
                            }
                        })
                        .collect_view()
                })}
                {live(move || {
                    (searched.get() && found.with(Vec::is_empty))
                        .then(|| view! { <li class="quiet">{words::unit::none()}</li> })
                })}
            </ul>
            </div>
        </div>
    }
}
