//! All zones in their order, and drawn together.

use contract::account::Membership;
use contract::community::Zone;
use contract::zone::{CREATE, NewZone, ORDER, OrderZones};
use domain::id::ZoneId;
use domain::place;
use domain::role::Permission;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::drawing::Drawing;
use crate::category::RegisterTabs;
use crate::form::{Form, Refused};
use crate::load::{Failed, Load};
use crate::routes::Route;
use crate::session::can;
use crate::shell::Page;
use crate::ui::button::{Button, IconButton, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::empty::Empty;
use crate::ui::field::TextField;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::toast::Toasts;
use crate::{address, api, community, labels, words};

#[component]
pub fn ZonesPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| view! { <Zones membership=membership /> }.into_any())
}

#[component]
fn Zones(membership: Membership) -> impl IntoView {
    let slug = StoredValue::new(membership.community.slug.clone());
    let keeps = can(&membership, Permission::UnitsManage);
    let zones = community::zones(slug.get_value());
    let adding = RwSignal::new(false);
    let toasts = Toasts::expect();
    let order = Callback::new(move |ids: Vec<ZoneId>| {
        spawn_local(async move {
            if let Err(failure) = api::send(&ORDER, &[&slug.get_value()], &OrderZones { ids }).await {
                toasts.failed(labels::failure(&failure));
            }
            zones.reload();
        });
    });
    let add = move || {
        keeps
            .then(|| {
                view! {
                    <Button look=Look::Primary icon="plus" on_click=move || adding.set(true)>{words::zones::add()}</Button>
                }
            })
            .into_any()
    };
    view! {
        <Page title=words::registers::zones().to_owned() actions=add sticky=add>
            <div class="stack">
                <RegisterTabs membership=membership here=Route::Zones(slug.get_value()) />
                {live(move || match zones.state.get() {
                    Load::Loading => view! { <SkeletonRows rows=5 label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| zones.reload()) /> }.into_any()
                    }
                    Load::Ready(all) if all.is_empty() => {
                        view! { <Empty icon="layers" title=words::zones::none() text=words::zones::none_text() /> }.into_any()
                    }
                    Load::Ready(all) => {
                        let areas = all.iter().filter_map(|it| Some((it.name.clone(), it.boundary.clone()?))).collect();
                        let ids: Vec<ZoneId> = all.iter().map(|zone| zone.id).collect();
                        let rows = all
                            .into_iter()
                            .enumerate()
                            .map(|(at, zone)| {
                                let ids = if keeps { ids.clone() } else { Vec::new() };
                                view! { <Row zone=zone at=at ids=ids slug=slug.get_value() order=order /> }
                            })
                            .collect_view();
                        view! {
                            <Drawing label=words::zones::drawing() areas=areas />
                            <p class="quiet small">{words::zones::about()}</p>
                            <ul class="tree">{rows}</ul>
                        }
                            .into_any()
                    }
                })}
            </div>
        </Page>
        {live(move || {
            adding.get().then(|| view! { <AddDialog slug=slug on_close=Callback::new(move |()| adding.set(false)) /> })
        })}
    }
}

#[component]
fn Row(
    zone: Zone,
    at: usize,
    /// All zones in their order, for whoever may change it.
    ids: Vec<ZoneId>,
    slug: String,
    order: Callback<Vec<ZoneId>>,
) -> impl IntoView {
    let href = Route::Zone(slug, zone.id.to_string()).href();
    let (up, down) = (at > 0 && !ids.is_empty(), at + 1 < ids.len());
    let swap = move |other: usize| {
        let mut ids = ids.clone();
        ids.swap(at, other);
        order.run(ids);
    };
    let (earlier, later) = (swap.clone(), swap);
    let mut about = words::zones::units(zone.units);
    if zone.boundary.is_none() {
        about = format!("{about} · {}", words::zones::not_drawn());
    }
    let (label_up, label_down) =
        (words::category::move_up(&zone.name), words::category::move_down(&zone.name));
    view! {
        <li class="tree__row">
            <span class="tree__words">
                <a class="tree__name" href=href>{zone.name}</a>
                <span class="tree__about">{about}</span>
            </span>
            <span class="tree__move">
                {up.then(|| view! { <IconButton icon="chevrons-up" label=label_up on_click=move || earlier(at - 1) /> })}
                {down.then(|| view! { <IconButton icon="chevrons-down" label=label_down on_click=move || later(at + 1) /> })}
            </span>
        </li>
    }
}

#[component]
fn AddDialog(slug: StoredValue<String>, on_close: Callback<()>) -> impl IntoView {
    let form = Form::new();
    let name = form.text("name");
    let bar = address::expect();
    let submit = move || {
        if !form.check([(
            "name",
            place::ZONE_NAME.check(&name.get_untracked()),
            words::zones::name_missing(),
        )]) {
            return;
        }
        let body = NewZone { name: name.get_untracked().trim().to_owned(), area: None };
        form.send(async move { api::send(&CREATE, &[&slug.get_value()], &body).await }, move |zone| {
            bar.go(&Route::Zone(slug.get_value(), zone.id.to_string()).href());
        });
    };
    view! {
        <Dialog title=words::zones::add() close_label=words::common::close() on_close=on_close>
            <form
                class="stack"
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
            >
                <Refused form=form />
                <TextField id="name" label=words::zones::name() value=name fault=form.fault("name") />
                <Submit pending=form.pending>{words::zones::create()}</Submit>
            </form>
        </Dialog>
    }
}
