//! All units, by number: found by number, address, and, for whoever may see members, by who lives there.

use contract::account::Membership;
use contract::community::{UNITS, Unit, UnitQuery};
use contract::unit::{CREATE, NewUnit};
use domain::place;
use domain::role::Permission;
use leptos::prelude::*;

use crate::category::RegisterTabs;
use crate::form::{Form, Refused};
use crate::load::{Failed, Load};
use crate::paged::{More, paged};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{Page, Width};
use crate::ui::button::{Button, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::empty::Empty;
use crate::ui::field::{Select, TextField};
use crate::ui::filter::{FilterWords, Filters, Narrow};
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::{address, api, community, words};

#[component]
pub fn UnitsPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| view! { <Units membership=membership /> }.into_any())
}

#[component]
fn Units(membership: Membership) -> impl IntoView {
    let slug = StoredValue::new(membership.community.slug.clone());
    let bar = address::expect();
    let read = move |name: &'static str| Memo::new(move |_| bar.value(name).unwrap_or_default());
    let (q, zone) = (read("q"), read("zone"));
    let change = move |q: String, zone: String| {
        let given: Vec<_> =
            [("q", q), ("zone", zone)].into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let query = contract::endpoint::query_string(&given);
        let mark = if query.is_empty() { "" } else { "?" };
        bar.replace(&format!("{}{mark}{query}", Route::Units(slug.get_value()).href()));
    };
    let list = paged(move |cursor| {
        let query = UnitQuery {
            q: Some(q.get()).filter(|q| !q.is_empty()),
            zone_id: zone.get().parse().ok(),
            cursor,
            ..UnitQuery::default()
        };
        async move { api::get_with(&UNITS, &[&slug.get_value()], &query).await }
    });
    let zones = community::zones(slug.get_value());
    let zone_options = Signal::derive(move || {
        zones
            .ready()
            .unwrap_or_default()
            .into_iter()
            .map(|it| (it.id.to_string(), it.name))
            .collect::<Vec<_>>()
    });
    let (keeps, sees) =
        (can(&membership, Permission::UnitsManage), can(&membership, Permission::MembersView));
    let adding = RwSignal::new(false);
    let add = move || {
        keeps
            .then(|| {
                view! {
                    <Button look=Look::Primary icon="plus" on_click=move || adding.set(true)>{words::units::add()}</Button>
                }
            })
            .into_any()
    };
    view! {
        <Page title=words::registers::units().to_owned() width=Width::Full actions=add sticky=add>
            <div class="stack">
                <RegisterTabs membership=membership here=Route::Units(slug.get_value()) />
                <Filters
                    words=FilterWords {
                        search: words::units::search(),
                        hint: if sees { words::units::hint_names() } else { words::units::hint() },
                        filters: words::filter::filters(),
                        clear: words::filter::clear(),
                    }
                    q=q
                    on_search=Callback::new(move |q| change(q, zone.get_untracked()))
                    narrowed=Signal::derive(move || !q.get().is_empty() || !zone.get().is_empty())
                    on_clear=Callback::new(move |()| change(String::new(), String::new()))
                >
                    <Narrow
                        label=words::filter::zone()
                        all=words::filter::any_zone()
                        options=zone_options
                        value=zone
                        on_change=Callback::new(move |zone| change(q.get_untracked(), zone))
                    />
                </Filters>
                {live(move || match list.first.state.get() {
                    Load::Loading => view! { <SkeletonRows rows=8 label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| list.first.reload()) /> }.into_any()
                    }
                    Load::Ready(first) if first.is_empty() => {
                        view! { <Empty icon="building-2" title=words::units::none() text=words::units::none_text() /> }
                            .into_any()
                    }
                    Load::Ready(_) => {
                        view! {
                            <ul class="tree">
                                <For each=move || list.all() key=|unit| (unit.id, unit.version) let:unit>
                                    <Row unit=unit slug=slug.get_value() />
                                </For>
                            </ul>
                            <More rest=list.rest />
                        }
                            .into_any()
                    }
                })}
            </div>
        </Page>
        {live(move || {
            adding
                .get()
                .then(|| {
                    view! {
                        <AddDialog slug=slug zones=zone_options on_close=Callback::new(move |()| adding.set(false)) />
                    }
                })
        })}
    }
}

#[component]
fn Row(unit: Unit, slug: String) -> impl IntoView {
    let href = Route::Unit(slug, unit.id.to_string()).href();
    let parts = [unit.block, unit.street, unit.zone].into_iter().flatten();
    let about = parts.collect::<Vec<_>>().join(" · ");
    view! {
        <li class="tree__row">
            <span class="tree__words">
                <a class="tree__name" href=href>{unit.number}</a>
                <span class="tree__about">{about}</span>
            </span>
            <span class="unit__people">{unit.occupants.join(", ")}</span>
        </li>
    }
}

#[component]
fn AddDialog(
    slug: StoredValue<String>,
    zones: Signal<Vec<(String, String)>>,
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new();
    let [number, block, street, suburb, postal_code] =
        ["number", "block", "street", "suburb", "postal_code"].map(|name| form.text(name));
    let zone = RwSignal::new(String::new());
    let bar = address::expect();
    let submit = move || {
        let good = form.check([
            ("number", place::UNIT_NUMBER.check(&number.get_untracked()), words::units::number_missing()),
            ("block", place::ADDRESS.check(&block.get_untracked()), ""),
            ("street", place::ADDRESS.check(&street.get_untracked()), ""),
        ]);
        if !good {
            return;
        }
        let said = |text: RwSignal<String>| {
            Some(text.get_untracked().trim().to_owned()).filter(|text| !text.is_empty())
        };
        let body = NewUnit {
            number: number.get_untracked().trim().to_owned(),
            block: said(block),
            street: said(street),
            suburb: said(suburb),
            postal_code: said(postal_code),
            zone_id: zone.get_untracked().parse().ok(),
            at: None,
        };
        form.send(async move { api::send(&CREATE, &[&slug.get_value()], &body).await }, move |made| {
            bar.go(&Route::Unit(slug.get_value(), made.unit.id.to_string()).href());
        });
    };
    let zones = Signal::derive(move || {
        let none = (String::new(), words::units::no_zone().to_owned());
        [none].into_iter().chain(zones.get()).collect::<Vec<_>>()
    });
    let field = move |id: &'static str, label: &'static str, value: RwSignal<String>| {
        let aside = if id == "number" { "" } else { words::common::optional() };
        view! { <TextField id=id label=label aside=aside.to_owned() value=value fault=form.fault(id) /> }
    };
    view! {
        <Dialog title=words::units::add() close_label=words::common::close() on_close=on_close>
            <form
                class="stack"
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
            >
                <Refused form=form />
                {field("number", words::units::number(), number)}
                {field("block", words::units::block(), block)}
                {field("street", words::units::street(), street)}
                {field("suburb", words::units::suburb(), suburb)}
                {field("postal_code", words::units::postal_code(), postal_code)}
                <Select id="zone_id" label=words::filter::zone() options=zones value=zone fault=form.fault("zone_id") />
                <Submit pending=form.pending>{words::units::create()}</Submit>
            </form>
        </Dialog>
    }
}
