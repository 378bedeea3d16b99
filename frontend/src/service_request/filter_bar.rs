//! What narrows a list of requests: search, lists to choose from, what is seldom needed, and what was kept under a name.
//! What is set stands below as chips.

use contract::service_request::TAGS;
use domain::role::Permission;
use domain::service_request::{Priority, RequestSort};
use leptos::prelude::*;

use super::filter::{Filter, sort_label};
use super::saved::SavedFilters;
use crate::load::load;
use crate::session::{self, can};
use crate::ui::filter::{FilterWords, Filters, Narrow};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::{api, community, labels, team, words};

type Named = Vec<(String, String)>;

/// The names of what can be chosen.
#[derive(Clone, Copy)]
struct Names {
    categories: Signal<Named>,
    zones: Signal<Named>,
    teams: Signal<Named>,
}

/// Search, and the lists that narrow what is shown.
#[component]
pub fn FilterBar(community: String, filter: Memo<Filter>, change: Callback<Filter>) -> impl IntoView {
    let may = session::expect().membership(&community);
    let sees_teams = may.as_ref().is_some_and(|it| can(it, Permission::RequestsAssign));
    let shares = may.as_ref().is_some_and(|it| can(it, domain::saved_filter::SHARERS));
    let categories = community::categories(community.clone());
    let zones = community::zones(community.clone());
    let teams = sees_teams.then(|| team::teams(community.clone()));
    let names = Names {
        categories: Signal::derive(move || {
            let all = categories.ready().unwrap_or_default();
            all.into_iter().map(|it| (it.id.to_string(), it.name)).collect()
        }),
        zones: Signal::derive(move || {
            let all = zones.ready().unwrap_or_default();
            all.into_iter().map(|it| (it.id.to_string(), it.name)).collect()
        }),
        teams: Signal::derive(move || {
            let all = teams.and_then(|teams| teams.ready()).unwrap_or_default();
            all.into_iter().map(|it| (it.id.to_string(), it.name)).collect()
        }),
    };
    let set = setter(filter, change);
    let priorities = Signal::stored(
        Priority::ALL
            .iter()
            .map(|priority| (priority.as_str().to_owned(), labels::priority(*priority).to_owned()))
            .collect::<Vec<_>>(),
    );
    let here = community.clone();
    view! {
        <div class="stack stack--tight">
            <Filters
                words=FilterWords {
                    search: words::filter::search(),
                    hint: words::filter::search_hint(),
                    filters: words::filter::filters(),
                    clear: words::filter::clear(),
                }
                q=Signal::derive(move || filter.get().q)
                on_search=set(|filter, q| filter.q = q)
                narrowed=Signal::derive(move || filter.get().is_narrowed())
                on_clear=Callback::new(move |()| {
                    change.run(Filter { view: filter.get_untracked().view, ..Filter::default() });
                })
            >
                <Narrow
                    label=words::filter::category()
                    all=words::filter::any_category()
                    options=names.categories
                    value=Signal::derive(move || filter.get().category)
                    on_change=set(|filter, category| filter.category = category)
                />
                <Narrow
                    label=words::filter::priority()
                    all=words::filter::any_priority()
                    options=priorities
                    value=Signal::derive(move || filter.get().priority)
                    on_change=set(|filter, priority| filter.priority = priority)
                />
                <Show when=move || names.zones.with(|zones| !zones.is_empty())>
                    <Narrow
                        label=words::filter::zone()
                        all=words::filter::any_zone()
                        options=names.zones
                        value=Signal::derive(move || filter.get().zone)
                        on_change=set(|filter, zone| filter.zone = zone)
                    />
                </Show>
                <More community=community filter=filter change=change names=names />
                <SavedFilters community=here filter=filter change=change shares=shares />
            </Filters>
            <Chips filter=filter change=change names=names />
        </div>
    }
}

/// Makes callbacks that change one thing of the filter.
fn setter(
    filter: Memo<Filter>,
    change: Callback<Filter>,
) -> impl Fn(fn(&mut Filter, String)) -> Callback<String> + Copy {
    move |alter: fn(&mut Filter, String)| {
        Callback::new(move |value| {
            let mut changed = filter.get_untracked();
            alter(&mut changed, value);
            change.run(changed);
        })
    }
}

/// What is seldom needed, behind a word.
#[component]
fn More(community: String, filter: Memo<Filter>, change: Callback<Filter>, names: Names) -> impl IntoView {
    let set = setter(filter, change);
    let open = RwSignal::new(false);
    let sorts = Signal::stored(
        RequestSort::ALL
            .iter()
            .skip(1)
            .map(|sort| (sort.as_str().to_owned(), sort_label(*sort).to_owned()))
            .collect::<Vec<_>>(),
    );
    let tags = load(move || {
        let community = community.clone();
        async move { Ok(api::get(&TAGS, &[&community]).await?.data) }
    });
    let tag_options = Signal::derive(move || {
        let all = tags.ready().unwrap_or_default();
        all.into_iter().map(|it| (it.tag.clone(), it.tag)).collect::<Vec<_>>()
    });
    let day = move |label: &'static str, value: fn(&Filter) -> String, alter: fn(&mut Filter, String)| {
        let on_change = set(alter);
        view! {
            <label class="filter-more__day">
                <span>{label}</span>
                <input
                    class="input"
                    type="date"
                    prop:value=move || filter.with(value)
                    on:change=move |event| on_change.run(event_target_value(&event))
                />
            </label>
        }
    };
    let tick = move |label: &'static str, value: fn(&Filter) -> bool, alter: fn(&mut Filter, bool)| {
        view! {
            <label class="filter-more__tick">
                <input
                    type="checkbox"
                    prop:checked=move || filter.with(value)
                    on:change=move |event| {
                        let mut changed = filter.get_untracked();
                        alter(&mut changed, event_target_checked(&event));
                        change.run(changed);
                    }
                />
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <div
            class="filter-more"
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    open.set(false);
                }
            }
        >
            <button
                type="button"
                class="button button--secondary"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name="list-filter" />
                {words::filter::more()}
            </button>
            <Show when=move || open.get()>
                <div class="filter-more__panel">
                    <Narrow
                        label=words::filter::sort()
                        all=sort_label(RequestSort::Newest)
                        options=sorts
                        value=Signal::derive(move || filter.get().sort)
                        on_change=set(|filter, sort| filter.sort = sort)
                    />
                    <Show when=move || names.teams.with(|teams| !teams.is_empty())>
                        <Narrow
                            label=words::filter::team()
                            all=words::filter::any_team()
                            options=names.teams
                            value=Signal::derive(move || filter.get().team)
                            on_change=set(|filter, team| filter.team = team)
                        />
                    </Show>
                    <Show when=move || tag_options.with(|tags| !tags.is_empty())>
                        <Narrow
                            label=words::filter::tag()
                            all=words::filter::any_tag()
                            options=tag_options
                            value=Signal::derive(move || filter.get().tag)
                            on_change=set(|filter, tag| filter.tag = tag)
                        />
                    </Show>
                    {day(words::filter::from(), |it| it.from.clone(), |it, day| it.from = day)}
                    {day(words::filter::to(), |it| it.to.clone(), |it, day| it.to = day)}
                    {tick(words::filter::photos(), |it| it.photos, |it, on| it.photos = on)}
                    {tick(words::filter::following(), |it| it.following, |it, on| it.following = on)}
                </div>
            </Show>
        </div>
    }
}

/// What is set besides the view and the search, each to be taken away.
#[component]
fn Chips(filter: Memo<Filter>, change: Callback<Filter>, names: Names) -> impl IntoView {
    let chips = move || {
        let now = filter.get();
        let name = |all: Signal<Named>, id: &str| {
            all.with(|all| all.iter().find(|(known, _)| known == id).map(|(_, name)| name.clone()))
        };
        let mut chips: Vec<(String, Filter)> = Vec::new();
        let mut chip = |text: Option<String>, alter: fn(&mut Filter)| {
            if let Some(text) = text {
                let mut without = now.clone();
                alter(&mut without);
                chips.push((text, without));
            }
        };
        let some = |text: &str, words: String| (!text.is_empty()).then_some(words);
        let priorities = now.priority.split(',').filter_map(|it| it.parse().ok()).map(labels::priority);
        chip(name(names.categories, &now.category), |it| it.category.clear());
        chip(some(&now.priority, priorities.collect::<Vec<_>>().join(", ")), |it| it.priority.clear());
        chip(name(names.zones, &now.zone), |it| it.zone.clear());
        chip(name(names.teams, &now.team), |it| it.team.clear());
        chip(some(&now.unit, words::filter::unit().into()), |it| it.unit.clear());
        chip(some(&now.reporter, words::filter::reporter().into()), |it| it.reporter.clear());
        chip(some(&now.tag, now.tag.clone()), |it| it.tag.clear());
        chip(now.photos.then(|| words::filter::photos().into()), |it| it.photos = false);
        chip(now.following.then(|| words::filter::following().into()), |it| it.following = false);
        chip(some(&now.from, words::filter::from_day(&now.from)), |it| it.from.clear());
        chip(some(&now.to, words::filter::to_day(&now.to)), |it| it.to.clear());
        chip(now.sort.parse().ok().map(|sort| sort_label(sort).to_owned()), |it| it.sort.clear());
        chips
    };
    live(move || {
        let chips = chips();
        (!chips.is_empty()).then(|| {
            let chips = chips.into_iter().map(|(text, without)| {
                let remove = words::filter::remove(&text);
                view! {
                    <li>
                        <button
                            type="button"
                            class="chip"
                            aria-label=remove
                            on:click=move |_| change.run(without.clone())
                        >
                            {text}
                            <Icon name="x" size=14 />
                        </button>
                    </li>
                }
            });
            view! { <ul class="chips" aria-label=words::filter::set()>{chips.collect_view()}</ul> }
        })
    })
}
