//! A map: named areas, pins that lead somewhere, and one place that can be picked. The drawing itself is `frontend/map`,
//! which is fetched when the first map is shown.

use domain::place::Coordinates;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::ui::live::live;

use super::button::Button;

#[wasm_bindgen]
extern "C" {
    /// `index.html` knows where the script is.
    #[wasm_bindgen(catch, js_name = "fetchMap")]
    async fn fetch_map() -> Result<JsValue, JsValue>;

    type Script;
    #[wasm_bindgen(method, catch)]
    async fn draw(
        this: &Script,
        element: &web_sys::HtmlElement,
        options: &JsValue,
    ) -> Result<JsValue, JsValue>;

    #[derive(Clone)]
    type Drawn;
    #[wasm_bindgen(method)]
    fn pick(this: &Drawn, lng: f64, lat: f64);
    #[wasm_bindgen(method)]
    fn forget(this: &Drawn);
    #[wasm_bindgen(method)]
    fn remove(this: &Drawn);
}

/// A named part of the map, with its corners.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Area {
    pub name: String,
    pub ring: Vec<[f64; 2]>,
}

/// A place that leads somewhere.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pin {
    pub lng: f64,
    pub lat: f64,
    pub label: String,
    pub href: String,
}

/// Where the pictures below the map come from, and whom it names for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tiles {
    pub url: String,
    pub attribution: String,
}

/// What the map says itself.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct MapWords {
    pub nearer: &'static str,
    pub farther: &'static str,
    /// The map cannot be fetched.
    pub lost: &'static str,
    pub again: &'static str,
}

/// What is done with a map.
#[derive(Clone, Copy)]
pub enum Purpose {
    /// A place is picked: by pointing, by dragging the pin, or by keys.
    Pick(RwSignal<Option<Coordinates>>),
    /// Whoever points at a pin goes where it leads.
    Look(Callback<String>),
}

#[derive(Serialize)]
struct Options<'a> {
    tiles: Option<&'a Tiles>,
    areas: &'a [Area],
    pins: &'a [Pin],
    picked: Option<[f64; 2]>,
    words: MapWords,
}

/// What the map is drawn on, until it is: a calm surface, or the words that it cannot be had.
#[component]
pub fn Map(
    #[prop(into)] label: String,
    /// The id of what tells how the map is used.
    #[prop(optional, into)]
    about: Option<String>,
    tiles: Option<Tiles>,
    areas: Vec<Area>,
    #[prop(optional)] pins: Vec<Pin>,
    words: MapWords,
    purpose: Purpose,
) -> impl IntoView {
    let element = NodeRef::<html::Div>::new();
    let drawn = StoredValue::new_local(None::<Drawn>);
    let failed = RwSignal::new(false);
    Effect::new(move || {
        let Some(element) = element.get() else { return };
        let picked = match purpose {
            Purpose::Pick(at) => at.get_untracked().map(|at| [at.lng, at.lat]),
            Purpose::Look(_) => None,
        };
        let options = Options { tiles: tiles.as_ref(), areas: &areas, pins: &pins, picked, words };
        let Some(options) = told(&options, purpose) else { return failed.set(true) };
        spawn_local(async move {
            let outcome = match fetch_map().await {
                Ok(script) => script.unchecked_into::<Script>().draw(&element, &options).await,
                Err(error) => Err(error),
            };
            let Ok(map) = outcome else {
                let _ = failed.try_set(true);
                return;
            };
            let map = map.unchecked_into::<Drawn>();
            // The page may have been left meanwhile.
            if drawn.try_set_value(Some(map.clone())).is_some() {
                return map.remove();
            }
            if let Purpose::Pick(at) = purpose
                && let Some(Some(at)) = at.try_get_untracked()
            {
                map.pick(at.lng, at.lat);
            }
        });
    });
    if let Purpose::Pick(at) = purpose {
        Effect::new(move || {
            let at = at.get();
            drawn.with_value(|map| match (map, at) {
                (Some(map), Some(at)) => map.pick(at.lng, at.lat),
                (Some(map), None) => map.forget(),
                (None, _) => {}
            });
        });
    }
    on_cleanup(move || {
        if let Some(Some(map)) = drawn.try_update_value(Option::take) {
            map.remove();
        }
    });
    let role = match purpose {
        Purpose::Pick(_) => "application",
        Purpose::Look(_) => "group",
    };
    view! {
        <div class="map">
            {live(move || match failed.get() {
                true => view! {
                    <div class="map__lost">
                        <p>{words.lost}</p>
                        <Button icon="refresh-cw" on_click=move || failed.set(false)>{words.again}</Button>
                    </div>
                }
                    .into_any(),
                false => view! {
                    <div
                        class="map__canvas"
                        node_ref=element
                        // Its inside is laid out from the left in every language.
                        dir="ltr"
                        role=role
                        tabindex="0"
                        aria-label=label.clone()
                        aria-describedby=about.clone()
                    ></div>
                }
                    .into_any(),
            })}
        </div>
    }
}

/// The options as the script takes them.
fn told(options: &Options<'_>, purpose: Purpose) -> Option<JsValue> {
    let told = js_sys::JSON::parse(&serde_json::to_string(options).ok()?).ok()?;
    let (name, listener) = match purpose {
        Purpose::Pick(at) => {
            let pick = move |lng: f64, lat: f64| {
                let _ = at.try_set(Some(Coordinates { lng, lat }));
            };
            ("onPick", Closure::<dyn Fn(f64, f64)>::new(pick).into_js_value())
        }
        Purpose::Look(open) => {
            let open = move |href: String| open.run(href);
            ("onOpen", Closure::<dyn Fn(String)>::new(open).into_js_value())
        }
    };
    js_sys::Reflect::set(&told, &name.into(), &listener).ok()?;
    Some(told)
}
