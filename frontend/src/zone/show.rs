//! One zone: its name, and its drawing out of GeoJSON with a preview.

use contract::account::Membership;
use contract::community::Zone;
use contract::zone::{SHOW, UPDATE, UpdateZone};
use domain::place;
use domain::role::Permission;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::drawing::Drawing;
use super::geojson;
use crate::form::{Form, Refused};
use crate::load::{Failed, Load, Loading, load};
use crate::routes::Route;
use crate::session::can;
use crate::shell::Page;
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::field::{Field, TextArea, TextField};
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonPage;
use crate::ui::toast::Toasts;
use crate::{api, community, words};

#[component]
pub fn ZonePage(community: String, id: String) -> impl IntoView {
    community::inside(&community, |membership| view! { <Shown membership=membership id=id /> }.into_any())
}

#[component]
fn Shown(membership: Membership, id: String) -> impl IntoView {
    let (slug, id) = (StoredValue::new(membership.community.slug.clone()), StoredValue::new(id));
    let keeps = can(&membership, Permission::UnitsManage);
    let zone = load(move || async move { api::get(&SHOW, &[&slug.get_value(), &id.get_value()]).await });
    let title = Signal::derive(move || {
        zone.ready().map_or_else(|| words::registers::zones().to_owned(), |it| it.name)
    });
    let units = format!("{}?zone={}", Route::Units(slug.get_value()).href(), id.get_value());
    view! {
        <Page title=title back=Route::Zones(slug.get_value()).href()>
            {live(move || match zone.state.get() {
                Load::Loading => view! { <SkeletonPage label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| zone.reload()) /> }.into_any()
                }
                Load::Ready(shown) => {
                    view! {
                        <div class="stack">
                            <div>
                                <ButtonLink href=units.clone() icon="building-2">
                                    {words::zones::units(shown.units)}
                                </ButtonLink>
                            </div>
                            <Editor shown=shown slug=slug zone=zone keeps=keeps />
                        </div>
                    }
                        .into_any()
                }
            })}
        </Page>
    }
}

#[component]
fn Editor(shown: Zone, slug: StoredValue<String>, zone: Loading<Zone>, keeps: bool) -> impl IntoView {
    let form = Form::new();
    let (name, area) = (form.text("name"), form.text("area"));
    name.set(shown.name.clone());
    area.set(shown.boundary.as_deref().map(geojson::write).unwrap_or_default());
    let toasts = Toasts::expect();
    let (id, version) = (shown.id, shown.version);
    let submit = move || {
        let read = geojson::read(&area.get_untracked());
        let good = form.check([
            ("name", place::ZONE_NAME.check(&name.get_untracked()), words::zones::name_missing()),
            ("area", read.clone().map(drop), ""),
        ]);
        let (true, Ok(polygon)) = (good, read) else { return };
        let body = UpdateZone { name: Some(name.get_untracked().trim().to_owned()), area: Some(polygon) };
        form.send(
            async move { api::change(&UPDATE, &[&slug.get_value(), &id], version, &body).await },
            move |saved| {
                toasts.done(words::zones::saved());
                zone.set(saved);
            },
        );
    };
    let preview = move || {
        let ring = geojson::read(&area.get())
            .ok()
            .flatten()
            .and_then(|polygon| polygon.coordinates.into_iter().next());
        ring.map(|ring| view! { <Drawing label=words::zones::drawing() areas=vec![(name.get(), ring)] /> })
    };
    view! {
        {live(preview)}
        {keeps
            .then(|| {
                view! {
                    <form
                        class="card stack"
                        novalidate=true
                        on:submit=move |event| {
                            event.prevent_default();
                            submit();
                        }
                    >
                        <Refused form=form />
                        <TextField id="name" label=words::zones::name() value=name fault=form.fault("name") />
                        <FromFile text=area />
                        <TextArea
                            id="area"
                            label=words::zones::area()
                            help=words::zones::area_help().to_owned()
                            aside=words::common::optional().to_owned()
                            rows=8
                            value=area
                            fault=form.fault("area")
                        />
                        <p class="quiet small">{words::zones::keeps()}</p>
                        <div><Submit pending=form.pending>{words::zones::save()}</Submit></div>
                    </form>
                }
            })}
    }
}

/// Takes the text out of a file.
#[component]
fn FromFile(text: RwSignal<String>) -> impl IntoView {
    let read = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else { return };
        spawn_local(async move {
            if let Ok(read) = JsFuture::from(file.text()).await {
                let _ = text.try_set(read.as_string().unwrap_or_default());
            }
        });
    };
    view! {
        <Field id="area-file" label=words::zones::file() fault=Signal::stored(None::<String>)>
            <input id="area-file" class="input" type="file" accept=".json,.geojson,application/geo+json" aria-describedby="area-file-about" on:change=read />
        </Field>
    }
}
