//! Places on maps: one to pick, several to look at.

use contract::community::VERSION;
use domain::place::{self, Coordinates};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::NoPlace;
use crate::load::{Loading, load};
use crate::ui::button::{Button, IconButton};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::map::{Area, Map, MapWords, Pin, Purpose, Tiles};
use crate::{address, api, browser, words};

/// Where maps get their pictures from. A map without is better than none.
fn tiles() -> Loading<Option<Tiles>> {
    load(|| async {
        let told = api::get(&VERSION, &[]).await.ok().and_then(|version| version.tiles);
        Ok(told.map(|tiles| Tiles { url: tiles.url, attribution: tiles.attribution }))
    })
}

fn map_words() -> MapWords {
    MapWords {
        nearer: words::map::nearer(),
        farther: words::map::farther(),
        lost: words::map::lost(),
        again: words::common::try_again(),
    }
}

/// A place is picked: on the map, by where this device is, and told in words all the while.
#[component]
pub fn PlacePicker(at: RwSignal<Option<Coordinates>>, areas: Vec<Area>) -> impl IntoView {
    let tiles = tiles();
    let areas = StoredValue::new(areas);
    let told = Memo::new(move |_| at.get().map(|at| areas.with_value(|areas| in_words(at, areas))));
    let map = move |tiles: Option<Tiles>| {
        // Without pictures and zones there is nothing that a pin could be seen on.
        let shows = tiles.is_some() || areas.with_value(|areas| !areas.is_empty());
        shows.then(|| {
            view! {
                <p class="field__help" id="map-help">{words::map::help()}</p>
                <Map
                    label=words::map::pick()
                    about="map-help"
                    tiles=tiles
                    areas=areas.get_value()
                    words=map_words()
                    purpose=Purpose::Pick(at)
                />
            }
        })
    };
    view! {
        <div class="place-picker">
            {live(move || match tiles.ready() {
                None => view! { <div class="map"></div> }.into_any(),
                Some(tiles) => map(tiles).into_any(),
            })}
            <div class="place-picker__foot">
                <p class="place-picker__told" role="status">
                    {live(move || {
                        told.get().map(|told| view! { <Icon name="map-pin" /><span>{told}</span> })
                    })}
                </p>
                {live(move || {
                    told.read()
                        .is_some()
                        .then(|| {
                            view! {
                                <IconButton
                                    icon="x"
                                    label=words::map::remove().to_owned()
                                    on_click=move || at.set(None)
                                />
                            }
                        })
                })}
            </div>
            <Locate at=at />
        </div>
    }
}

/// A place by the name of the area that it is in.
fn in_words(at: Coordinates, areas: &[Area]) -> String {
    let around = place::first_around(at, areas.iter().map(|area| (&area.name, area.ring.as_slice())));
    match around {
        Some(name) => words::map::in_zone(name),
        None if areas.is_empty() => words::map::placed().to_owned(),
        None => words::map::outside().to_owned(),
    }
}

/// Takes the place where the device is; says what else there is where it does not tell.
#[component]
pub fn Locate(at: RwSignal<Option<Coordinates>>) -> impl IntoView {
    let pending = RwSignal::new(false);
    let why = RwSignal::new(None::<NoPlace>);
    let locate = move || {
        pending.set(true);
        why.set(None);
        spawn_local(async move {
            match browser::here().await {
                Ok((lng, lat)) => {
                    let _ = at.try_set(Some(Coordinates { lng, lat }));
                }
                Err(refused) => {
                    let _ = why.try_set(Some(refused));
                }
            }
            let _ = pending.try_set(false);
        });
    };
    view! {
        <div class="locate">
            <Button icon="locate-fixed" pending=pending on_click=locate>
                {words::report::locate()}
            </Button>
            <p class="locate__why" role="status">
                {live(move || {
                    why.get()
                        .map(|why| match why {
                            NoPlace::Refused => words::map::refused(),
                            NoPlace::Unknown => words::report::no_location(),
                        })
                })}
            </p>
        </div>
    }
}

/// Places of things that stand in a list beside it.
#[component]
pub fn PlacesMap(#[prop(into)] label: String, areas: Vec<Area>, pins: Vec<Pin>) -> impl IntoView {
    let tiles = tiles();
    let address = address::expect();
    let open = Callback::new(move |href: String| address.go(&href));
    live(move || match tiles.ready() {
        None => view! { <div class="map"></div> }.into_any(),
        Some(None) if areas.is_empty() => ().into_any(),
        Some(tiles) => view! {
            <Map
                label=label.clone()
                tiles=tiles
                areas=areas.clone()
                pins=pins.clone()
                words=map_words()
                purpose=Purpose::Look(open)
            />
        }
        .into_any(),
    })
}
