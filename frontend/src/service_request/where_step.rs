//! The question where: one's own unit, another one, a point, or words.

use contract::community::Unit;
use domain::place::Coordinates;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::draft::ELSEWHERE;
use super::report::Form;
use crate::community::unit_picker::UnitPicker;
use crate::load::Loading;
use crate::ui::button::{Button, IconButton};
use crate::ui::choice::{Choice, Choices, Layout};
use crate::ui::field::{Fault, TextField};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::toast::Toasts;
use crate::{community, words};

#[component]
pub fn Where(form: Form, slug: String, units: Loading<Vec<Unit>>) -> impl IntoView {
    let choices = Signal::derive(move || {
        let mine = units.ready().unwrap_or_default().into_iter().map(|unit| Choice {
            value: unit.id.to_string(),
            title: community::unit_name(&unit),
            text: unit.zone.clone(),
            icon: Some("house".into()),
        });
        let elsewhere = Choice {
            value: ELSEWHERE.into(),
            title: words::report::elsewhere().into(),
            text: Some(words::report::elsewhere_about().into()),
            icon: Some("map-pin".into()),
        };
        mine.chain([elsewhere]).collect::<Vec<_>>()
    });
    let is_elsewhere = move || form.place.with(|place| place.as_deref() == Some(ELSEWHERE));
    let slug = StoredValue::new(slug);
    view! {
        <div class="stack">
            <Fault fault=form.fault("unit_id") />
            <Choices
                name="place"
                legend=words::report::place()
                hide_legend=true
                layout=Layout::List
                choices=choices
                value=form.place
            />
            <Show when=is_elsewhere>
                <Elsewhere form=form slug=slug.get_value() />
            </Show>
            <TextField
                id="address_hint"
                label=words::report::hint()
                help=words::report::hint_help().to_owned()
                aside=words::common::optional().to_owned()
                value=form.hint
                fault=form.fault("address_hint")
            />
        </div>
    }
}

#[component]
fn Elsewhere(form: Form, slug: String) -> impl IntoView {
    view! {
        <div class="elsewhere stack">
            <UnitPicker
                id="unit-search"
                label=words::report::find_unit()
                help=words::report::find_unit_help()
                slug=slug
                value=form.other_unit
                typed=form.unit_typed
            />
            <Location at=form.at />
            <Fault fault=form.fault("at") />
        </div>
    }
}

/// Takes the place where the device is.
#[component]
pub fn Location(at: RwSignal<Option<Coordinates>>) -> impl IntoView {
    let pending = RwSignal::new(false);
    let toasts = Toasts::expect();
    let locate = move || {
        pending.set(true);
        let found = Closure::once_into_js(move |position: web_sys::Position| {
            let place = position.coords();
            let _ = pending.try_set(false);
            let _ = at.try_set(Some(Coordinates { lng: place.longitude(), lat: place.latitude() }));
        });
        let failed = Closure::once_into_js(move |_: JsValue| {
            let _ = pending.try_set(false);
            toasts.failed(words::report::no_location());
        });
        let asked = window().navigator().geolocation().and_then(|places| {
            places
                .get_current_position_with_error_callback(found.unchecked_ref(), Some(failed.unchecked_ref()))
        });
        if asked.is_err() {
            pending.set(false);
            toasts.failed(words::report::no_location());
        }
    };
    view! {
        {live(move || match at.get() {
            Some(_) => {
                view! {
                    <p class="elsewhere__chosen">
                        <Icon name="map-pin" />
                        <span>{words::report::located()}</span>
                        <IconButton
                            icon="x"
                            label=words::report::remove_location().to_owned()
                            on_click=move || at.set(None)
                        />
                    </p>
                }
                    .into_any()
            }
            None => {
                view! {
                    <div>
                        <Button icon="locate-fixed" pending=pending on_click=locate>
                            {words::report::locate()}
                        </Button>
                    </div>
                }
                    .into_any()
            }
        })}
    }
}
