//! One unit: where it is, and who lives there.

use contract::account::Membership;
use contract::service_request::{self, ServiceRequestQuery};
use contract::unit::{Occupancy, SHOW, UPDATE, UnitDetail, UpdateUnit};
use domain::id::UnitId;
use domain::place;
use domain::role::Permission;
use leptos::prelude::*;

use super::tie::{AddDialog, ChangeDialog, EndDialog};
use crate::form::{Form, Refused};
use crate::load::{Failed, Load, Loading, load};
use crate::paged::{More, paged};
use crate::routes::Route;
use crate::service_request::row::{Rows, Setting, Table};
use crate::session::can;
use crate::shell::Page;
use crate::ui::button::{Button, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Select, TextField};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::skeleton::{SkeletonPage, SkeletonRows};
use crate::ui::toast::Toasts;
use crate::{api, community, labels, words};

#[component]
pub fn UnitPage(community: String, id: String) -> impl IntoView {
    community::inside(&community, |membership| view! { <Shown membership=membership id=id /> }.into_any())
}

/// What is being asked for.
#[derive(Debug, Clone, PartialEq)]
enum Open {
    Edit,
    Tie,
    Change(Occupancy),
    End(Occupancy),
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct OnPage {
    slug: StoredValue<String>,
    id: StoredValue<String>,
    unit: Loading<UnitDetail>,
    open: RwSignal<Option<Open>>,
    keeps: bool,
    sees: bool,
    /// Whether they work through requests, and not just follow their own.
    works: bool,
}

#[component]
fn Shown(membership: Membership, id: String) -> impl IntoView {
    let (slug, id) = (StoredValue::new(membership.community.slug.clone()), StoredValue::new(id));
    let unit = load(move || async move { api::get(&SHOW, &[&slug.get_value(), &id.get_value()]).await });
    let page = OnPage {
        slug,
        id,
        unit,
        open: RwSignal::new(None),
        keeps: can(&membership, Permission::UnitsManage),
        sees: can(&membership, Permission::MembersView),
        works: can(&membership, Permission::RequestsViewAll),
    };
    let time_zone = StoredValue::new(membership.community.time_zone.clone());
    let title = Signal::derive(move || {
        unit.ready().map_or_else(|| words::registers::units().to_owned(), |it| it.unit.number)
    });
    let edit = move || {
        page.keeps
            .then(|| view! { <Button icon="pencil" on_click=move || page.open.set(Some(Open::Edit))>{words::units::edit()}</Button> })
            .into_any()
    };
    view! {
        <Page title=title back=Route::Units(slug.get_value()).href() actions=edit sticky=edit>
            {live(move || match unit.state.get() {
                Load::Loading => view! { <SkeletonPage label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| unit.reload()) /> }.into_any()
                }
                Load::Ready(shown) => {
                    view! {
                        <div class="stack stack--wide">
                            <div class="request">
                                <People page=page ties=shown.occupancies.clone() />
                                <Facts shown=shown.clone() />
                            </div>
                            <Requests page=page unit=shown.unit.id zone=time_zone.get_value() />
                        </div>
                    }
                        .into_any()
                }
            })}
        </Page>
        {live(move || page.open.get().map(|open| view! { <Asked page=page open=open /> }))}
    }
}

#[component]
fn Facts(shown: UnitDetail) -> impl IntoView {
    let unit = shown.unit;
    let fact = |icon: &'static str, label: &'static str, value: Option<String>| {
        value.map(|value| {
            view! {
                <div class="fact">
                    <dt class="fact__label"><Icon name=icon size=16 />{label}</dt>
                    <dd class="fact__value">{value}</dd>
                </div>
            }
        })
    };
    view! {
        <aside class="facts" aria-label=words::fact::label()>
            <div class="facts__fold">
                <dl class="facts__list">
                    {fact("house", words::units::number(), Some(unit.number))}
                    {fact("building", words::units::block(), unit.block)}
                    {fact("signpost", words::units::street(), unit.street)}
                    {fact("map-pin", words::units::suburb(), unit.suburb)}
                    {fact("mail", words::units::postal_code(), unit.postal_code)}
                    {fact("layers", words::filter::zone(), unit.zone)}
                </dl>
            </div>
        </aside>
    }
}

#[component]
fn People(page: OnPage, ties: Vec<Occupancy>) -> impl IntoView {
    let (now, past): (Vec<_>, Vec<_>) = ties.into_iter().partition(|tie| tie.is_current);
    let nobody = now.is_empty();
    let list = move |ties: Vec<Occupancy>| {
        ties.into_iter().map(|tie| view! { <Line page=page tie=tie /> }).collect_view()
    };
    page.sees.then(|| {
        view! {
            <section class="card stack">
                <div class="row row--apart">
                    <h2 class="section-title">{words::units::people()}</h2>
                    {page
                        .keeps
                        .then(|| {
                            view! {
                                <Button icon="user-plus" on_click=move || page.open.set(Some(Open::Tie))>
                                    {words::units::tie_somebody()}
                                </Button>
                            }
                        })}
                </div>
                {nobody.then(|| view! { <p class="quiet">{words::units::nobody()}</p> })}
                <ul class="unit__list">{list(now)}</ul>
                {(!past.is_empty())
                    .then(|| {
                        view! {
                            <h2 class="section-title">{words::units::other_times()}</h2>
                            <ul class="unit__list">{list(past)}</ul>
                        }
                    })}
            </section>
        }
    })
}

/// What was reported about it, newest first, as far as one may see it.
#[component]
fn Requests(page: OnPage, unit: UnitId, zone: String) -> impl IntoView {
    let list = paged(move |cursor| async move {
        let query = ServiceRequestQuery {
            unit_id: Some(unit),
            cursor,
            limit: Some(10),
            ..ServiceRequestQuery::default()
        };
        api::get_with(&service_request::LIST, &[&page.slug.get_value()], &query).await
    });
    let first = list.first;
    let setting = StoredValue::new(Setting { community: page.slug.get_value(), zone });
    view! {
        <section class="stack">
            <h2 class="section-title">{words::area::requests()}</h2>
            {page
                .works
                .then(|| {
                    let list = Route::Requests(page.slug.get_value()).href();
                    view! { <a href=format!("{list}?view=all&unit={unit}")>{words::units::all_requests()}</a> }
                })}
            {live(move || match first.state.get() {
                Load::Loading => view! { <SkeletonRows rows=3 label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| first.reload()) /> }.into_any()
                }
                Load::Ready(first) if first.is_empty() => {
                    view! { <p class="quiet">{words::units::no_requests()}</p> }.into_any()
                }
                Load::Ready(_) => {
                    let rows = move || match page.works {
                        true => {
                            view! { <Table requests=Signal::derive(move || list.all()) setting=setting.get_value() /> }
                                .into_any()
                        }
                        false => {
                            live(move || view! { <Rows requests=list.all() setting=setting.get_value() /> }).into_any()
                        }
                    };
                    view! {
                        {rows()}
                        <More rest=list.rest />
                    }
                        .into_any()
                }
            })}
        </section>
    }
}

#[component]
fn Line(page: OnPage, tie: Occupancy) -> impl IntoView {
    let href = Route::Member(page.slug.get_value(), tie.member_id.to_string()).href();
    let mut about = vec![labels::tie(tie.kind).to_owned()];
    if !tie.resides {
        about.push(words::units::lives_elsewhere().to_owned());
    }
    about.push(match tie.to_date {
        Some(to) => words::units::from_to(&tie.from_date.to_string(), &to.to_string()),
        None => words::units::since(&tie.from_date.to_string()),
    });
    let (change, end) = (tie.clone(), tie.clone());
    let name = tie.display_name;
    view! {
        <li class="unit__tie" class:unit__tie--past=!tie.is_current>
            <span class="unit__who">
                <a href=href>{name}</a>
                <span class="quiet small">{about.join(" · ")}</span>
            </span>
            {page
                .keeps
                .then(|| {
                    view! {
                        <Button icon="pencil" on_click=move || page.open.set(Some(Open::Change(change.clone())))>
                            {words::units::change()}
                        </Button>
                        {tie
                            .is_current
                            .then(|| {
                                view! {
                                    <Button icon="user-minus" on_click=move || page.open.set(Some(Open::End(end.clone())))>
                                        {words::units::end()}
                                    </Button>
                                }
                            })}
                    }
                })}
        </li>
    }
}

#[component]
fn Asked(page: OnPage, open: Open) -> impl IntoView {
    let toasts = Toasts::expect();
    let close = Callback::new(move |()| page.open.set(None));
    let done = move |text: &'static str| {
        Callback::new(move |()| {
            page.open.set(None);
            toasts.done(text);
            page.unit.reload();
        })
    };
    let (slug, unit) = (page.slug, page.id.get_value());
    match open {
        Open::Edit => view! { <EditDialog page=page on_close=close /> }.into_any(),
        Open::Tie => view! { <AddDialog slug=slug unit=unit on_done=done(words::units::tied()) on_close=close /> }.into_any(),
        Open::Change(tie) => {
            view! { <ChangeDialog slug=slug unit=unit tie=tie on_done=done(words::units::saved()) on_close=close /> }.into_any()
        }
        Open::End(tie) => {
            view! { <EndDialog slug=slug unit=unit tie=tie on_done=done(words::units::ended()) on_close=close /> }.into_any()
        }
    }
}

#[component]
fn EditDialog(page: OnPage, on_close: Callback<()>) -> impl IntoView {
    let unit = untrack(|| page.unit.ready())?.unit;
    let form = Form::new();
    let texts = [
        ("number", words::units::number(), Some(unit.number)),
        ("block", words::units::block(), unit.block),
        ("street", words::units::street(), unit.street),
        ("suburb", words::units::suburb(), unit.suburb),
        ("postal_code", words::units::postal_code(), unit.postal_code),
    ]
    .map(|(name, label, value)| {
        let field = form.text(name);
        field.set(value.unwrap_or_default());
        (name, label, field)
    });
    let zone = RwSignal::new(unit.zone_id.map(|id| id.to_string()).unwrap_or_default());
    let zones = community::zones(page.slug.get_value());
    let zones = Signal::derive(move || {
        let all = zones.ready().unwrap_or_default().into_iter().map(|it| (it.id.to_string(), it.name));
        [(String::new(), words::units::no_zone().to_owned())].into_iter().chain(all).collect::<Vec<_>>()
    });
    let version = unit.version;
    let submit = move || {
        let [number, block, street, suburb, postal_code] =
            texts.map(|(_, _, field)| field.get_untracked().trim().to_owned());
        if !form.check([("number", place::UNIT_NUMBER.check(&number), words::units::number_missing())]) {
            return;
        }
        let said = |text: String| Some(Some(text).filter(|text| !text.is_empty()));
        let body = UpdateUnit {
            number: Some(number),
            block: said(block),
            street: said(street),
            suburb: said(suburb),
            postal_code: said(postal_code),
            zone_id: Some(zone.get_untracked().parse().ok()),
            at: None,
        };
        form.send(
            async move {
                api::change(&UPDATE, &[&page.slug.get_value(), &page.id.get_value()], version, &body).await
            },
            move |shown| {
                page.open.set(None);
                page.unit.set(shown);
            },
        );
    };
    let fields = texts.map(|(name, label, value)| {
        let aside = if name == "number" { "" } else { words::common::optional() };
        view! { <TextField id=name label=label aside=aside.to_owned() value=value fault=form.fault(name) /> }
    });
    Some(view! {
        <Dialog title=words::units::edit() close_label=words::common::close() on_close=on_close>
            <form
                class="stack"
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
            >
                <Refused form=form />
                {fields.collect_view()}
                <Select id="zone_id" label=words::filter::zone() options=zones value=zone fault=form.fault("zone_id") />
                <Submit look=Look::Primary pending=form.pending>{words::units::save()}</Submit>
            </form>
        </Dialog>
    })
}
