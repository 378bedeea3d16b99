//! The first question: what is it about? Every category with its icon, by how urgent it usually is.

use contract::community::Category;
use domain::service_request::Priority;
use leptos::prelude::*;

use super::Form;
use crate::load::{Failed, Load, Loading};
use crate::ui::choice::{Choice, Choices, Layout};
use crate::ui::field::Fault;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::words;

/// The groups of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Emergency,
    Repair,
    Later,
}

fn kind(category: &Category) -> Kind {
    match category.default_priority {
        Priority::P1 => Kind::Emergency,
        Priority::P2 | Priority::P3 => Kind::Repair,
        Priority::P4 | Priority::P5 => Kind::Later,
    }
}

#[component]
pub fn CategoryQuestion(form: Form, categories: Loading<Vec<Category>>) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let found = move |wanted: Kind| {
        let words = search.get().to_lowercase();
        let categories = categories.ready().unwrap_or_default();
        // One under another says what it is a part of, and is found by that, too.
        let parent = |of: &Category| {
            categories.iter().find(|it| Some(it.id) == of.parent_id).map(|it| it.name.clone())
        };
        categories
            .iter()
            .map(|category| (category, parent(category)))
            .filter(|(category, parent)| {
                let names = format!("{} {}", category.name, parent.as_deref().unwrap_or_default());
                kind(category) == wanted && names.to_lowercase().contains(words.trim())
            })
            .map(|(category, parent)| Choice {
                value: category.id.to_string(),
                title: category.name.clone(),
                text: parent.or_else(|| Some(category.description.clone()).filter(|text| !text.is_empty())),
                icon: Some(category.icon.clone()),
            })
            .collect::<Vec<_>>()
    };
    let nothing =
        move || [Kind::Emergency, Kind::Repair, Kind::Later].into_iter().all(|kind| found(kind).is_empty());
    view! {
        <div class="stack">
            <Fault fault=form.fault("category_id") />
            <div class="filter-bar__search category-search">
                <Icon name="search" size=18 />
                <input
                    class="input"
                    type="search"
                    id="category-search"
                    aria-label=words::report::category_search()
                    placeholder=words::report::category_search()
                    prop:value=search
                    on:input=move |event| search.set(event_target_value(&event))
                    on:keydown=|event| {
                        if event.key() == "Enter" {
                            event.prevent_default();
                        }
                    }
                />
            </div>
            {live(move || match categories.state.get() {
                Load::Loading => view! { <SkeletonRows rows=4 label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| categories.reload()) /> }.into_any()
                }
                Load::Ready(_) => {
                    [
                        ("repair", Kind::Repair, words::report::repairs()),
                        ("emergency", Kind::Emergency, words::report::emergencies()),
                        ("later", Kind::Later, words::report::plannable()),
                    ]
                        .into_iter()
                        .map(|(name, kind, legend)| {
                            let choices = Memo::new(move |_| found(kind));
                            view! {
                                <Show when=move || choices.with(|choices| !choices.is_empty())>
                                    <Choices
                                        name=name
                                        legend=legend
                                        layout=Layout::Tiles
                                        choices=choices
                                        value=form.category
                                    />
                                </Show>
                            }
                        })
                        .collect_view()
                        .into_any()
                }
            })}
            <Show when=move || categories.ready().is_some() && nothing()>
                <p class="quiet" role="status">{words::report::no_category()}</p>
            </Show>
        </div>
    }
}
