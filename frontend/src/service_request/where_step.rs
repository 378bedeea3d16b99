//! The question where: one's own unit, another one, a point, or words.

use contract::community::Unit;
use domain::place::Coordinates;
use leptos::prelude::*;

use super::draft::ELSEWHERE;
use super::report::Form;
use crate::community::unit_picker::UnitPicker;
use crate::load::{Load, Loading};
use crate::map::{Locate, PlacePicker};
use crate::ui::button::{Button, IconButton};
use crate::ui::choice::{Choice, Choices, Layout};
use crate::ui::field::{Fault, TextField};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::map::Area;
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
    let mapped = RwSignal::new(false);
    let for_map = slug.clone();
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
            {live(move || match mapped.get() {
                true => view! { <OnTheMap at=form.at slug=for_map.clone() /> }.into_any(),
                false => {
                    view! {
                        <Location at=form.at />
                        <div>
                            <Button icon="map" on_click=move || mapped.set(true)>{words::map::open()}</Button>
                        </div>
                    }
                        .into_any()
                }
            })}
            <Fault fault=form.fault("at") />
        </div>
    }
}

/// The place as a pin on the map of the community's zones.
#[component]
fn OnTheMap(at: RwSignal<Option<Coordinates>>, slug: String) -> impl IntoView {
    let zones = community::zones(slug);
    live(move || match zones.state.get() {
        Load::Loading => view! { <div class="map"></div> }.into_any(),
        // The map is of use without them.
        Load::Failed(_) => view! { <PlacePicker at=at areas=Vec::new() /> }.into_any(),
        Load::Ready(zones) => {
            let areas = zones
                .into_iter()
                .filter_map(|zone| Some(Area { name: zone.name, ring: zone.boundary? }))
                .collect();
            view! { <PlacePicker at=at areas=areas /> }.into_any()
        }
    })
}

/// Takes the place where the device is.
#[component]
pub fn Location(at: RwSignal<Option<Coordinates>>) -> impl IntoView {
    live(move || match at.get() {
        Some(_) => view! {
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
        .into_any(),
        None => view! { <Locate at=at /> }.into_any(),
    })
}
