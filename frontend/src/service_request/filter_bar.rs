//! What narrows a list: search, category, priority, zone. On a phone the lists unfold.

use domain::service_request::Priority;
use leptos::prelude::*;

use super::filter::Filter;
use crate::ui::button::IconButton;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::{community, labels, words};

/// Search, and the lists that narrow what is shown.
#[component]
pub fn FilterBar(community: String, filter: Memo<Filter>, change: Callback<Filter>) -> impl IntoView {
    let categories = community::categories(community.clone());
    let zones = community::zones(community);
    let words_typed = RwSignal::new(filter.get_untracked().q);
    let unfolded = RwSignal::new(false);
    // Going back changes what was searched for, too.
    Effect::new(move || words_typed.set(filter.get().q));
    let search = move || {
        let q = words_typed.get_untracked();
        let now = filter.get_untracked();
        if now.q != q {
            change.run(Filter { q, ..now });
        }
    };
    let priorities = Signal::stored(
        Priority::ALL
            .iter()
            .map(|priority| (priority.as_str().to_owned(), labels::priority(*priority).to_owned()))
            .collect::<Vec<_>>(),
    );
    let category_options = Signal::derive(move || {
        categories.ready().unwrap_or_default().into_iter().map(|it| (it.id.to_string(), it.name)).collect()
    });
    let zone_options = Signal::derive(move || {
        zones
            .ready()
            .unwrap_or_default()
            .into_iter()
            .map(|it| (it.id.to_string(), it.name))
            .collect::<Vec<_>>()
    });
    view! {
        <form
            class="filter-bar"
            class:filter-bar--unfolded=unfolded
            role="search"
            on:submit=move |event| {
                event.prevent_default();
                search();
            }
        >
            <div class="filter-bar__search">
                <Icon name="search" size=18 />
                <input
                    class="input"
                    type="search"
                    id="search"
                    aria-label=words::filter::search()
                    placeholder=words::filter::search_hint()
                    prop:value=words_typed
                    on:input=move |event| words_typed.set(event_target_value(&event))
                    on:change=move |_| search()
                />
            </div>
            <button
                type="button"
                class="button button--secondary button--icon only-phone"
                aria-label=words::filter::filters()
                title=words::filter::filters()
                aria-expanded=move || if unfolded.get() { "true" } else { "false" }
                on:click=move |_| unfolded.update(|unfolded| *unfolded = !*unfolded)
            >
                <Icon name="list-filter" />
            </button>
            <Narrow
                label=words::filter::category()
                all=words::filter::any_category()
                options=category_options
                value=Signal::derive(move || filter.get().category)
                on_change=Callback::new(move |category| change.run(Filter { category, ..filter.get_untracked() }))
            />
            <Narrow
                label=words::filter::priority()
                all=words::filter::any_priority()
                options=priorities
                value=Signal::derive(move || filter.get().priority)
                on_change=Callback::new(move |priority| change.run(Filter { priority, ..filter.get_untracked() }))
            />
            <Show when=move || zone_options.with(|zones| !zones.is_empty())>
                <Narrow
                    label=words::filter::zone()
                    all=words::filter::any_zone()
                    options=zone_options
                    value=Signal::derive(move || filter.get().zone)
                    on_change=Callback::new(move |zone| change.run(Filter { zone, ..filter.get_untracked() }))
                />
            </Show>
            <Show when=move || filter.get().is_narrowed()>
                <IconButton
                    icon="x"
                    label=words::filter::clear().to_owned()
                    on_click=move || {
                        change.run(Filter { view: filter.get_untracked().view, ..Filter::default() });
                    }
                />
            </Show>
        </form>
    }
}

#[component]
fn Narrow(
    label: &'static str,
    all: &'static str,
    options: Signal<Vec<(String, String)>>,
    value: Signal<String>,
    on_change: Callback<String>,
) -> impl IntoView {
    view! {
        <span class="select filter-bar__select" class:filter-bar__select--set=move || value.with(|it| !it.is_empty())>
            <select class="input" aria-label=label on:change=move |event| on_change.run(event_target_value(&event))>
                <option value="" prop:selected=move || value.with(String::is_empty)>{all}</option>
                {live(move || {
                    options
                        .get()
                        .into_iter()
                        .map(|(key, words)| {
                            let chosen = key.clone();
                            view! {
                                <option value=key prop:selected=move || value.with(|it| *it == chosen)>
                                    {words}
                                </option>
                            }
                        })
                        .collect_view()
                })}
            </select>
            <Icon name="chevron-down" size=16 />
        </span>
    }
}
