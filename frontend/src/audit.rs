//! The audit trail of a community: who did what, when; to be searched and taken along.

mod filter;
mod row;

use contract::account::Membership;
use contract::audit::{AuditEvent, EXPORT, LIST};
use domain::role::Permission;
use leptos::prelude::*;

use crate::form::{Form, Refused};
use crate::load::{Failed, Load};
use crate::paged::{More, paged};
use crate::session::can;
use crate::shell::{NotFound, Page, Width};
use crate::ui::button::Button;
use crate::ui::empty::Empty;
use crate::ui::field::TextField;
use crate::ui::filter::{FilterWords, Filters, Narrow};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::{address, api, browser, community, time, words};

use filter::{Filter, KINDS, kind_label};
use row::Row;

#[component]
pub fn AuditPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::AuditView) {
            view! { <Trail membership=membership /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

#[component]
fn Trail(membership: Membership) -> impl IntoView {
    let slug = membership.community.slug;
    let zone = membership.community.time_zone;
    let bar = address::expect();
    let filter = Memo::new(move |_| bar.search.with(|search| Filter::parse(search)));
    let list = {
        let slug = slug.clone();
        paged(move |cursor| {
            let (slug, query) = (slug.clone(), filter.get().query(cursor));
            async move { api::get_with(&LIST, &[&slug], &query).await }
        })
    };
    let change = {
        let slug = slug.clone();
        Callback::new(move |filter: Filter| bar.replace(&filter.href(&slug)))
    };
    let shown = Signal::derive(move || list.all());
    let exporting = Form::new();
    let export = Callback::new(move |()| {
        let (slug, query) = (slug.clone(), filter.get_untracked().export());
        let name = format!("audit-{slug}-{}.csv", time::now().format("%Y-%m-%d"));
        exporting.send(async move { api::text_with(&EXPORT, &[&slug], &query).await }, move |text| {
            browser::save(&name, "text/csv", &text);
        });
    });
    let button = move || {
        view! {
            <Button icon="download" pending=exporting.pending on_click=move || export.run(())>
                {words::audit::export()}
            </Button>
        }
        .into_any()
    };
    let place = StoredValue::new(zone);
    view! {
        <Page
            title=words::area::audit().to_owned()
            width=Width::Full
            meta=|| words::audit::about().into_any()
            actions=button
            sticky=button
        >
            <div class="stack">
                <FilterBar filter=filter change=change />
                <Person filter=filter change=change shown=shown />
                <Refused form=exporting />
                {live(move || match list.first.state.get() {
                    Load::Loading => view! { <SkeletonRows rows=8 label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| list.first.reload()) /> }
                            .into_any()
                    }
                    Load::Ready(first) if first.is_empty() => {
                        view! { <Nothing filter=filter change=change /> }.into_any()
                    }
                    Load::Ready(_) => {
                        view! {
                            <Table events=shown filter=filter change=change zone=place />
                            <More rest=list.rest />
                        }
                            .into_any()
                    }
                })}
            </div>
        </Page>
    }
}

#[component]
fn FilterBar(filter: Memo<Filter>, change: Callback<Filter>) -> impl IntoView {
    let kinds = Signal::stored(
        KINDS.iter().map(|kind| ((*kind).to_owned(), kind_label(kind).to_owned())).collect::<Vec<_>>(),
    );
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // Both ways: going back changes the days, too.
    Effect::new(move || {
        let now = filter.get();
        from.set(now.from);
        to.set(now.to);
    });
    Effect::new(move || {
        let wanted = Filter { from: from.get(), to: to.get(), ..filter.get_untracked() };
        if wanted != filter.get_untracked() {
            change.run(wanted);
        }
    });
    let day = move |id: &'static str, label: &'static str, value: RwSignal<String>| {
        view! {
            <div class="filter-bar__select filter-bar__day">
                <TextField id=id label=label kind="date" value=value fault=Signal::stored(None::<String>) />
            </div>
        }
    };
    view! {
        <Filters
            words=FilterWords {
                search: words::audit::search(),
                hint: words::audit::search_hint(),
                filters: words::filter::filters(),
                clear: words::filter::clear(),
            }
            q=Signal::derive(move || filter.get().q)
            on_search=Callback::new(move |q| change.run(Filter { q, ..filter.get_untracked() }))
            narrowed=Signal::derive(move || filter.get() != Filter::default())
            on_clear=Callback::new(move |()| change.run(Filter::default()))
        >
            <Narrow
                label=words::audit::kind()
                all=words::audit::any_kind()
                options=kinds
                value=Signal::derive(move || filter.get().kind)
                on_change=Callback::new(move |kind| change.run(Filter { kind, ..filter.get_untracked() }))
            />
            {day("audit-from", words::audit::from(), from)}
            {day("audit-to", words::audit::to(), to)}
        </Filters>
    }
}

/// Whose acts alone are shown, and the way back to everybody's.
#[component]
fn Person(filter: Memo<Filter>, change: Callback<Filter>, shown: Signal<Vec<AuditEvent>>) -> impl IntoView {
    live(move || {
        let now = filter.get();
        (!now.actor.is_empty()).then(|| {
            let name = shown
                .with(|events| events.iter().find_map(|event| event.actor.display_name.clone()))
                .unwrap_or_else(|| words::audit::one_person().to_owned());
            view! {
                <div>
                    <button
                        type="button"
                        class="chip"
                        on:click=move |_| {
                            change.run(Filter { actor: String::new(), ..filter.get_untracked() });
                        }
                    >
                        {words::audit::only_by(&name)}
                        <Icon name="x" size=16 />
                        <span class="visually-hidden">{words::audit::everybody()}</span>
                    </button>
                </div>
            }
        })
    })
}

#[component]
fn Nothing(filter: Memo<Filter>, change: Callback<Filter>) -> impl IntoView {
    if untrack(|| filter.get()) == Filter::default() {
        view! { <Empty icon="history" title=words::audit::empty() text=words::audit::empty_text() /> }
            .into_any()
    } else {
        view! {
            <Empty icon="search" title=words::audit::found() text=words::audit::found_text()>
                <Button on_click=move || change.run(Filter::default())>{words::filter::clear()}</Button>
            </Empty>
        }
        .into_any()
    }
}

#[component]
fn Table(
    events: Signal<Vec<AuditEvent>>,
    filter: Memo<Filter>,
    change: Callback<Filter>,
    zone: StoredValue<String>,
) -> impl IntoView {
    let only = Callback::new(move |actor: String| change.run(Filter { actor, ..filter.get_untracked() }));
    view! {
        <div class="table-frame">
            <table class="table audit">
                <caption class="visually-hidden">{words::area::audit()}</caption>
                <thead class="members__head">
                    <tr>
                        <th scope="col">{words::audit::when()}</th>
                        <th scope="col">{words::audit::what()}</th>
                        <th scope="col">{words::audit::who()}</th>
                        <th scope="col">{words::audit::network()}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || events.get() key=|event| event.id let:event>
                        <Row event=event only=only zone=zone.get_value() />
                    </For>
                </tbody>
            </table>
        </div>
    }
}
