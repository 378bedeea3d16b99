//! What narrows a list of requests: search, category, priority, zone.

use domain::service_request::Priority;
use leptos::prelude::*;

use super::filter::Filter;
use crate::ui::filter::{FilterWords, Filters, Narrow};
use crate::{community, labels, words};

/// Search, and the lists that narrow what is shown.
#[component]
pub fn FilterBar(community: String, filter: Memo<Filter>, change: Callback<Filter>) -> impl IntoView {
    let categories = community::categories(community.clone());
    let zones = community::zones(community);
    let set = move |alter: fn(&mut Filter, String)| {
        Callback::new(move |value| {
            let mut changed = filter.get_untracked();
            alter(&mut changed, value);
            change.run(changed);
        })
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
                options=category_options
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
            <Show when=move || zone_options.with(|zones| !zones.is_empty())>
                <Narrow
                    label=words::filter::zone()
                    all=words::filter::any_zone()
                    options=zone_options
                    value=Signal::derive(move || filter.get().zone)
                    on_change=set(|filter, zone| filter.zone = zone)
                />
            </Show>
        </Filters>
    }
}
