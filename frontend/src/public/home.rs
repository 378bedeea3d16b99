//! What a community shows to everybody: what has been reported, how it stands, and the way to report something.

use contract::public::{LIST, PublicCommunity, PublicRequestQuery, PublicRequestSummary};
use leptos::prelude::*;

use super::frame::Frame;
use super::kept::KeptHere;
use super::{areas, community, lost};
use crate::load::{Failed, Load};
use crate::map::PlacesMap;
use crate::paged::{More, Paged, paged};
use crate::routes::Route;
use crate::service_request::StatusBadge;
use crate::time::Ago;
use crate::ui::button::{Button, ButtonLink, Look};
use crate::ui::empty::Empty;
use crate::ui::field::Select;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::map::{Area, Pin};
use crate::ui::skeleton::SkeletonRows;
use crate::ui::tabs::{Tab, Tabs};
use crate::{address, api, labels, words};

#[component]
pub fn PublicPage(community: String) -> impl IntoView {
    let slug = StoredValue::new(community);
    let found = self::community(slug.get_value());
    let title = Signal::derive(move || {
        found.ready().map_or_else(|| words::public::title().to_owned(), |found| found.name)
    });
    let over = Signal::derive(move || {
        found.ready().map(|found| labels::community_kind(found.kind).to_owned()).unwrap_or_default()
    });
    let sticky = move || {
        live(move || found.ready().filter(|found| found.takes_reports).map(|_| report(&slug.get_value())))
            .into_any()
    };
    view! {
        <Frame title=title over=over sticky=sticky>
            {live(move || match found.state.get() {
                Load::Loading => view! { <SkeletonRows rows=6 label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => lost(failure, Callback::new(move |()| found.reload())),
                Load::Ready(found) => view! { <Home community=found /> }.into_any(),
            })}
        </Frame>
    }
}

fn report(slug: &str) -> AnyView {
    view! {
        <ButtonLink href=Route::PublicReport(slug.to_owned()).href() look=Look::Primary icon="plus">
            {words::report::title()}
        </ButtonLink>
    }
    .into_any()
}

#[component]
fn Home(community: PublicCommunity) -> impl IntoView {
    let slug = community.slug.clone();
    let (lead, way) = match community.takes_reports {
        true => {
            let way = view! { <div class="only-desk">{report(&slug)}</div> };
            (words::public::lead(), Some(way))
        }
        false => (words::public::lead_closed(), None),
    };
    let join = community.takes_members.then(|| {
        let href = Route::Join(Some(slug.clone())).href();
        view! { <p><a class="public__way" href=href>{words::public::join()}</a></p> }
    });
    view! {
        <div class="stack stack--wide">
            <div class="stack">
                <p class="public__lead">{lead}</p>
                {way}
                {join}
            </div>
            <KeptHere community=slug />
            <Requests community=community />
        </div>
    }
}

/// What is asked for: everything that is open, or what is done; of one category, or of all.
fn query(cursor: Option<String>) -> PublicRequestQuery {
    let address = address::expect();
    PublicRequestQuery {
        open: Some(address.value("state").as_deref() != Some("closed")),
        category_id: address.value("category").and_then(|id| id.parse().ok()),
        cursor,
        limit: Some(20),
    }
}

/// The same page with another condition.
fn place(slug: &str, state: &str, category: &str) -> String {
    let pairs = [("state", state), ("category", category)];
    let given: Vec<(&str, &str)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let href = Route::Public(slug.to_owned()).href();
    match given.is_empty() {
        true => href,
        false => format!("{href}?{}", contract::endpoint::query_string(&given)),
    }
}

#[component]
fn Requests(community: PublicCommunity) -> impl IntoView {
    let address = address::expect();
    let areas = areas(&community);
    let PublicCommunity { slug, time_zone, categories, .. } = community;
    let slug = StoredValue::new(slug);
    let requests: Paged<PublicRequestSummary> = paged(move |cursor| {
        let query = query(cursor);
        async move { api::get_with(&LIST, &[&slug.get_value()], &query).await }
    });
    let value = move |name: &'static str| address.value(name).unwrap_or_default();
    let tabs = Signal::derive(move || {
        let (state, category) = (value("state"), value("category"));
        let tab = |to: &str, text| Tab {
            href: place(&slug.get_value(), to, &category),
            text,
            count: None,
            current: state == to,
        };
        vec![tab("", words::public::open()), tab("closed", words::public::done())]
    });
    let category = RwSignal::new(untrack(|| value("category")));
    Effect::new(move || category.set(value("category")));
    Effect::new(move |again: Option<()>| {
        let chosen = category.get();
        if again.is_some() && chosen != untrack(|| value("category")) {
            address.replace(&place(&slug.get_value(), &untrack(|| value("state")), &chosen));
        }
    });
    let options: Vec<(String, String)> = [(String::new(), words::filter::any_category().to_owned())]
        .into_iter()
        .chain(categories.into_iter().map(|category| (category.id.to_string(), category.name)))
        .collect();
    view! {
        <section class="stack" aria-labelledby="public-requests">
            <h2 class="public__section" id="public-requests">{words::public::requests()}</h2>
            <Tabs label=words::public::states() tabs=tabs />
            <div class="public__filters">
                <Select
                    id="category"
                    label=words::filter::category()
                    options=options
                    value=category
                    fault=Signal::stored(None::<String>)
                />
            </div>
            {live(move || match requests.first.state.get() {
                Load::Loading => view! { <SkeletonRows rows=4 label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| requests.first.reload()) /> }
                        .into_any()
                }
                Load::Ready(first) if first.is_empty() => {
                    view! { <Empty icon="inbox" title=words::nothing::title() text=words::public::nothing() /> }
                        .into_any()
                }
                Load::Ready(_) => {
                    let zone = time_zone.clone();
                    view! {
                        <OnMap slug=slug.get_value() requests=requests areas=areas.clone() />
                        {live(move || {
                            view! { <Rows slug=slug.get_value() requests=requests.all() zone=zone.clone() /> }
                        })}
                        <More rest=requests.rest />
                    }
                        .into_any()
                }
            })}
        </section>
    }
}

/// The requests of the list on a map, for whoever wants to see it.
#[component]
fn OnMap(slug: String, requests: Paged<PublicRequestSummary>, areas: Vec<Area>) -> impl IntoView {
    let shown = RwSignal::new(false);
    let pins = Memo::new(move |_| {
        let pin = |request: PublicRequestSummary| {
            let at = request.at?;
            let href = Route::PublicRequest(slug.clone(), request.number).href();
            Some(Pin { lng: at.lng, lat: at.lat, label: request.title, href })
        };
        requests.all().into_iter().filter_map(pin).collect::<Vec<_>>()
    });
    live(move || match (shown.get(), pins.get()) {
        (_, pins) if pins.is_empty() => ().into_any(),
        (false, _) => view! {
            <div>
                <Button icon="map" on_click=move || shown.set(true)>{words::public::show_map()}</Button>
            </div>
        }
        .into_any(),
        (true, pins) => {
            view! { <PlacesMap label=words::public::map() areas=areas.clone() pins=pins /> }.into_any()
        }
    })
}

#[component]
fn Rows(slug: String, requests: Vec<PublicRequestSummary>, zone: String) -> impl IntoView {
    let rows = requests
        .into_iter()
        .map(|request| {
            let href = Route::PublicRequest(slug.clone(), request.number.clone()).href();
            view! {
                <li>
                    <a class="row-card" href=href>
                        <span class="row-card__icon"><Icon name=request.category_icon /></span>
                        <span class="row-card__main">
                            <span class="row-card__title">{request.title}</span>
                            <span class="row-card__about">
                                <span class="number">{request.number}</span>
                                <span class="row-card__place">
                                    {request.zone.unwrap_or(request.category)}
                                </span>
                                <span><Ago at=request.created_at zone=zone.clone() /></span>
                            </span>
                        </span>
                        <span class="row-card__state"><StatusBadge status=request.status /></span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }
}
