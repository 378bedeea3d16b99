//! The catalogue as a tree of two levels.

use contract::account::Membership;
use contract::category::{CREATE, CategoryQuery, NewCategory, ORDER, OrderCategories};
use contract::community::{CATEGORIES, Category};
use domain::category::Hue;
use domain::id::CategoryId;
use domain::role::Permission;
use domain::rule;
use domain::service_request::Priority;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::pickers::{HuePicker, IconPicker};
use super::{Mark, RegisterTabs};
use crate::form::{Form, Refused};
use crate::load::{Failed, Load, Loading, load};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{NotFound, Page};
use crate::ui::button::{Button, IconButton, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Select, TextField};
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::toast::Toasts;
use crate::{address, api, community, labels, words};

/// The catalogue with those that are archived, for whoever keeps it.
pub fn catalogue(slug: String) -> Loading<Vec<Category>> {
    load(move || {
        let slug = slug.clone();
        let query = CategoryQuery { archived: Some(true) };
        async move { Ok(api::get_with(&CATEGORIES, &[&slug], &query).await?.data) }
    })
}

#[component]
pub fn CategoriesPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::CategoriesManage) {
            view! { <Categories membership=membership /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

#[component]
fn Categories(membership: Membership) -> impl IntoView {
    let slug = StoredValue::new(membership.community.slug.clone());
    let categories = catalogue(slug.get_value());
    let adding = RwSignal::new(false);
    let add = move || {
        view! {
            <Button look=Look::Primary icon="plus" on_click=move || adding.set(true)>{words::category::add()}</Button>
        }
        .into_any()
    };
    view! {
        <Page title=words::registers::categories().to_owned() actions=add sticky=add>
            <div class="stack">
                <RegisterTabs membership=membership here=Route::Categories(slug.get_value()) />
                <p class="quiet">{words::category::about()}</p>
                {live(move || match categories.state.get() {
                    Load::Loading => view! { <SkeletonRows rows=8 label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| categories.reload()) /> }.into_any()
                    }
                    Load::Ready(all) => view! { <Tree all=all slug=slug.get_value() categories=categories /> }.into_any(),
                })}
            </div>
        </Page>
        {live(move || {
            adding.get().then(|| {
                view! { <AddDialog slug=slug.get_value() on_close=Callback::new(move |()| adding.set(false)) /> }
            })
        })}
    }
}

#[component]
fn Tree(all: Vec<Category>, slug: String, categories: Loading<Vec<Category>>) -> impl IntoView {
    let toasts = Toasts::expect();
    let level = |parent: Option<CategoryId>| -> Vec<Category> {
        all.iter().filter(|category| category.parent_id == parent).cloned().collect()
    };
    let order = {
        let slug = slug.clone();
        Callback::new(move |ids: Vec<CategoryId>| {
            let slug = slug.clone();
            spawn_local(async move {
                if let Err(failure) = api::send(&ORDER, &[&slug], &OrderCategories { ids }).await {
                    toasts.failed(labels::failure(&failure));
                }
                categories.reload();
            });
        })
    };
    let mut rows = Vec::new();
    let top = level(None);
    for (at, category) in top.iter().enumerate() {
        rows.push(
            view! { <Row category=category.clone() at=at level=ids(&top) slug=slug.clone() order=order /> },
        );
        let below = level(Some(category.id));
        for (at, category) in below.iter().enumerate() {
            rows.push(view! { <Row category=category.clone() at=at level=ids(&below) slug=slug.clone() order=order /> });
        }
    }
    view! { <ul class="tree">{rows}</ul> }
}

fn ids(level: &[Category]) -> Vec<CategoryId> {
    level.iter().map(|category| category.id).collect()
}

#[component]
fn Row(
    category: Category,
    /// Where it stands among those of its level.
    at: usize,
    level: Vec<CategoryId>,
    slug: String,
    order: Callback<Vec<CategoryId>>,
) -> impl IntoView {
    let href = Route::Category(slug, category.id.to_string()).href();
    let (first, last) = (at == 0, at + 1 == level.len());
    let swap = move |other: usize| {
        let mut level = level.clone();
        level.swap(at, other);
        order.run(level);
    };
    let (up, down) = (swap.clone(), swap);
    let hours = i64::from(category.target_hours);
    let mut about =
        vec![labels::priority(category.default_priority).to_owned(), words::category::hours(hours)];
    if !category.questions.is_empty() {
        about.push(words::category::asks(category.questions.len() as i64));
    }
    if !category.checklist.is_empty() {
        about.push(words::category::demands(category.checklist.len() as i64));
    }
    if category.archived_at.is_some() {
        about.insert(0, words::category::archived().to_owned());
    }
    let name = category.name.clone();
    let label = |words: fn(&str) -> String| words(&name);
    let (label_up, label_down) = (label(words::category::move_up), label(words::category::move_down));
    view! {
        <li
            class="tree__row"
            class:tree__row--below=category.parent_id.is_some()
            class:tree__row--archived=category.archived_at.is_some()
        >
            <Mark icon=category.icon hue=category.color />
            <span class="tree__words">
                <a class="tree__name" href=href>{category.name}</a>
                <span class="tree__about">{about.join(" · ")}</span>
            </span>
            <span class="tree__move">
                {(!first).then(|| view! { <IconButton icon="chevrons-up" label=label_up on_click=move || up(at - 1) /> })}
                {(!last)
                    .then(|| view! { <IconButton icon="chevrons-down" label=label_down on_click=move || down(at + 1) /> })}
            </span>
        </li>
    }
}

#[component]
fn AddDialog(slug: String, on_close: Callback<()>) -> impl IntoView {
    let form = Form::new();
    let name = form.text("name");
    let priority = RwSignal::new(Priority::P3.to_string());
    let (icon, hue) = (RwSignal::new("wrench".to_owned()), RwSignal::new(Hue::Teal));
    let bar = address::expect();
    let submit = move || {
        if !form.check([("name", rule::NAME.check(&name.get_untracked()), words::category::name_missing())]) {
            return;
        }
        let body = NewCategory {
            code: None,
            parent_id: None,
            name: name.get_untracked().trim().to_owned(),
            icon: icon.get_untracked(),
            color: hue.get_untracked(),
            default_priority: priority.get_untracked().parse().unwrap_or(Priority::P3),
            target_hours: 72,
        };
        let slug = slug.clone();
        form.send(
            {
                let slug = slug.clone();
                async move { api::send(&CREATE, &[&slug], &body).await }
            },
            move |category| bar.go(&Route::Category(slug, category.id.to_string()).href()),
        );
    };
    view! {
        <Dialog title=words::category::add() close_label=words::common::close() on_close=on_close>
            <form
                class="stack"
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
            >
                <Refused form=form />
                <TextField id="name" label=words::category::name() value=name fault=form.fault("name") />
                <Select
                    id="default_priority"
                    label=words::category::priority()
                    options=priorities()
                    value=priority
                    fault=form.fault("default_priority")
                />
                <HuePicker value=hue />
                <IconPicker value=icon />
                <p class="quiet small">{words::category::more_later()}</p>
                <Submit pending=form.pending>{words::category::create()}</Submit>
            </form>
        </Dialog>
    }
}

/// Every priority with its words.
pub fn priorities() -> Vec<(String, String)> {
    Priority::ALL.iter().map(|it| (it.to_string(), labels::priority(*it).to_owned())).collect()
}
