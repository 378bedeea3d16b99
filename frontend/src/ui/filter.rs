//! What narrows a list: a search, and lists to choose from. On a phone the lists unfold.

use crate::ui::live::live;
use leptos::prelude::*;

use super::button::IconButton;
use super::icon::Icon;

/// What a filter says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilterWords {
    pub search: &'static str,
    pub hint: &'static str,
    pub filters: &'static str,
    pub clear: &'static str,
}

#[component]
pub fn Filters(
    words: FilterWords,
    /// What is searched for now.
    #[prop(into)]
    q: Signal<String>,
    on_search: Callback<String>,
    /// Whether anything is narrowed.
    #[prop(into)]
    narrowed: Signal<bool>,
    on_clear: Callback<()>,
    children: Children,
) -> impl IntoView {
    let typed = RwSignal::new(q.get_untracked());
    let unfolded = RwSignal::new(false);
    // Going back changes what was searched for, too.
    Effect::new(move || typed.set(q.get()));
    let search = move || {
        let wanted = typed.get_untracked();
        if q.get_untracked() != wanted {
            on_search.run(wanted);
        }
    };
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
                    aria-label=words.search
                    placeholder=words.hint
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:change=move |_| search()
                />
            </div>
            <button
                type="button"
                class="button button--secondary button--icon only-phone"
                aria-label=words.filters
                title=words.filters
                aria-expanded=move || if unfolded.get() { "true" } else { "false" }
                on:click=move |_| unfolded.update(|unfolded| *unfolded = !*unfolded)
            >
                <Icon name="list-filter" />
            </button>
            {children()}
            <Show when=move || narrowed.get()>
                <IconButton icon="x" label=words.clear.to_owned() on_click=move || on_clear.run(()) />
            </Show>
        </form>
    }
}

/// One list to choose from; nothing chosen is everything.
#[component]
pub fn Narrow(
    label: &'static str,
    /// The word for everything.
    all: &'static str,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    #[prop(into)] value: Signal<String>,
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
