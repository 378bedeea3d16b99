//! The list of requests: all of a community's for those who work through them, one's own for everybody else.

use contract::account::Membership;
use contract::service_request::{LIST, ServiceRequestQuery, ServiceRequestSummary};
use domain::role::{Permission, Role};
use domain::service_request::RequestStatus;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::bulk::{BulkBar, Selection};
use super::filter::{Filter, View};
use super::filter_bar::FilterBar;
use super::row::{Rows, Setting, Table};
use crate::announcement::Fresh;
use crate::community;
use crate::load::{Failed, Load};
use crate::paged::{More, Paged, paged};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{Page, Width};
use crate::ui::button::{Button, ButtonLink, Look};
use crate::ui::empty::Empty;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::tabs::{Tab, Tabs};
use crate::{address, api, browser, words};

#[component]
pub fn ListPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::RequestsViewAll) {
            view! { <Everything membership=membership /> }.into_any()
        } else {
            view! { <Own membership=membership /> }.into_any()
        }
    })
}

/// Requests page by page; starts over whenever `query` changes.
fn requests(
    community: String,
    query: impl Fn() -> ServiceRequestQuery + Copy + Send + Sync + 'static,
) -> Paged<ServiceRequestSummary> {
    let here = community.clone();
    let list = paged(move |cursor| {
        let (community, query) = (community.clone(), ServiceRequestQuery { cursor, ..query() });
        async move { api::get_with(&LIST, &[&community], &query).await }
    });
    // Whoever has read on would lose their place.
    crate::live::reload_with(here, list.first, move || list.older.with_untracked(Vec::is_empty));
    list
}

/// The reports of the person who looks.
#[component]
fn Own(membership: Membership) -> impl IntoView {
    let slug = membership.community.slug.clone();
    let setting = Setting { community: slug.clone(), zone: membership.community.time_zone.clone() };
    let report = Route::Report(slug.clone()).href();
    let list = requests(slug, || ServiceRequestQuery { mine: Some(true), ..ServiceRequestQuery::default() });
    let about = about_role(&membership);
    let me = membership.clone();
    let report_again = report.clone();
    view! {
        <Page
            title=words::mine::title().to_owned()
            actions=move || {
                view! {
                    <ButtonLink href=report.clone() look=Look::Primary icon="plus">
                        {words::area::report()}
                    </ButtonLink>
                }
                    .into_any()
            }
        >
            <Fresh membership=me />
            {about
                .map(|about| {
                    view! {
                        <div class="notice own__about">
                            <Icon name="info" />
                            <p>{about}</p>
                        </div>
                    }
                })}
            {live(move || match list.first.state.get() {
                Load::Loading => view! { <SkeletonRows label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| list.first.reload()) /> }.into_any()
                }
                Load::Ready(first) if first.is_empty() => {
                    let report = report_again.clone();
                    view! {
                        <Empty icon="clipboard-list" title=words::mine::empty_title() text=words::mine::empty_text()>
                            <ButtonLink href=report.clone()>{words::area::report()}</ButtonLink>
                        </Empty>
                    }
                        .into_any()
                }
                Load::Ready(first) => {
                    let setting = setting.clone();
                    view! {
                        {live(move || {
                            let all: Vec<_> = first.iter().cloned().chain(list.older.get()).collect();
                            let (yours, others): (Vec<_>, Vec<_>) = all
                                .into_iter()
                                .partition(|request| {
                                    request.waiting_reporter || request.status == RequestStatus::Resolved
                                });
                            let (open, done): (Vec<_>, Vec<_>) = others
                                .into_iter()
                                .partition(|request| request.status.is_open());
                            view! {
                                <div class="stack stack--wide">
                                    <Group title=words::mine::yours() requests=yours setting=setting.clone() />
                                    <Group title=words::mine::open() requests=open setting=setting.clone() />
                                    <Group title=words::mine::done() requests=done setting=setting.clone() />
                                </div>
                            }
                        })}
                        <More rest=list.rest />
                    }
                        .into_any()
                }
            })}
        </Page>
    }
}

#[component]
fn Group(title: &'static str, requests: Vec<ServiceRequestSummary>, setting: Setting) -> impl IntoView {
    (!requests.is_empty()).then(|| {
        view! {
            <section class="stack stack--tight">
                <h2 class="section-title">{title}</h2>
                <Rows requests=requests setting=setting />
            </section>
        }
    })
}

/// For roles whose own tools are elsewhere: what can be done here.
fn about_role(membership: &Membership) -> Option<&'static str> {
    if membership.roles.contains(&Role::Guard) {
        Some(words::mine::for_guard())
    } else if membership.roles.contains(&Role::Accountant) {
        Some(words::mine::for_accountant())
    } else {
        None
    }
}

/// All requests of the community, by view and filter.
#[component]
fn Everything(membership: Membership) -> impl IntoView {
    let slug = membership.community.slug.clone();
    let setting = Setting { community: slug.clone(), zone: membership.community.time_zone.clone() };
    let bar = address::expect();
    let filter = Memo::new(move |_| bar.search.with(|search| Filter::parse(search)));
    let list = requests(slug.clone(), move || filter.get().query());
    let address = {
        let slug = slug.clone();
        move |filter: &Filter| format!("{}{}", Route::Requests(slug.clone()).href(), filter.search())
    };
    let tabs = {
        let address = address.clone();
        Signal::derive(move || {
            let now = filter.get();
            View::ALL
                .into_iter()
                .map(|view| Tab {
                    href: address(&Filter { view, ..now.clone() }),
                    text: view.label(),
                    count: None,
                    current: view == now.view,
                })
                .collect::<Vec<_>>()
        })
    };
    let change = Callback::new(move |filter: Filter| bar.replace(&address(&filter)));
    let shown = Signal::derive(move || list.all());
    let report = Route::Report(slug.clone()).href();
    let board = Route::Board(slug.clone()).href();
    let selection = can(&membership, Permission::RequestsBulk).then(Selection::new);
    let done = Callback::new(move |()| list.first.reload());
    let many = slug.clone();
    // What is selected is among what is shown.
    Effect::new(move |before: Option<Filter>| {
        let now = filter.get();
        if before.is_some_and(|before| before != now)
            && let Some(selection) = selection
        {
            selection.clear();
        }
        now
    });
    on_keys(selection, shown);
    view! {
        <Page
            title=words::area::requests().to_owned()
            width=Width::Full
            actions=move || {
                view! {
                    <ButtonLink href=board.clone() icon="columns-3">{words::board::title()}</ButtonLink>
                    <ButtonLink href=report.clone() icon="plus">{words::area::report()}</ButtonLink>
                }
                    .into_any()
            }
        >
            <div class="stack">
                <Tabs label=words::view::label() tabs=tabs />
                <FilterBar community=slug filter=filter change=change />
                {live(move || match list.first.state.get() {
                    Load::Loading => view! { <SkeletonRows rows=8 label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| list.first.reload()) /> }
                            .into_any()
                    }
                    Load::Ready(first) if first.is_empty() => {
                        view! { <Nothing filter=filter.get() change=change /> }.into_any()
                    }
                    Load::Ready(_) => {
                        view! {
                            <Table requests=shown setting=setting.clone() selection=selection />
                            <More rest=list.rest />
                        }
                            .into_any()
                    }
                })}
                {selection
                    .map(|selection| {
                        view! { <BulkBar community=many.clone() selection=selection on_done=done /> }
                    })}
            </div>
        </Page>
    }
}

#[component]
fn Nothing(filter: Filter, change: Callback<Filter>) -> impl IntoView {
    let view = filter.view;
    if filter.is_narrowed() {
        view! {
            <Empty icon="search" title=words::nothing::found() text=words::nothing::found_text()>
                <Button on_click=move || change.run(Filter { view, ..Filter::default() })>
                    {words::filter::clear()}
                </Button>
            </Empty>
        }
        .into_any()
    } else {
        view! { <Empty icon="inbox" title=words::nothing::title() text=view.nothing() /> }.into_any()
    }
}

/// `j` and `k` go down and up the list, `x` selects, Escape selects nothing, `/` goes to the search.
fn on_keys(selection: Option<Selection>, shown: Signal<Vec<ServiceRequestSummary>>) {
    let pick = move |selection: Selection| {
        let shown: Vec<String> = shown.with_untracked(|all| all.iter().map(|it| it.number.clone()).collect());
        let here = document().active_element().and_then(|it| it.get_attribute("href")).unwrap_or_default();
        if let Some(number) = here.rsplit('/').next().filter(|number| shown.iter().any(|it| it == number)) {
            selection.toggle(number, false, &shown);
        }
    };
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        if browser::is_typing(&event) {
            return;
        }
        match event.key().as_str() {
            "j" => step(1),
            "k" => step(-1),
            "x" => {
                if let Some(selection) = selection {
                    pick(selection);
                }
            }
            "Escape" => {
                if let Some(selection) = selection {
                    selection.clear();
                }
            }
            "/" => {
                event.prevent_default();
                browser::focus_later("#search");
            }
            _ => {}
        }
    });
    on_cleanup(move || listener.remove());
}

fn step(by: i32) {
    let Ok(links) = document().query_selector_all(".requests__link") else { return };
    let links: Vec<web_sys::Element> =
        (0..links.length()).filter_map(|index| links.item(index)?.dyn_into().ok()).collect();
    let now = document().active_element();
    let at = links.iter().position(|link| Some(link) == now.as_ref());
    let next = match at {
        Some(at) => i32::try_from(at).unwrap_or(0) + by,
        None => 0,
    };
    if let Some(link) = usize::try_from(next).ok().and_then(|next| links.get(next)) {
        browser::focus(link);
    }
}
