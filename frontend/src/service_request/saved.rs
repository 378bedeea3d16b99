//! Filters that were kept under a name.

use contract::endpoint::query_string;
use contract::problem::Code;
use contract::saved_filter::{CREATE, DELETE, LIST, NewSavedFilter, SavedFilter, UPDATE, UpdateSavedFilter};
use domain::saved_filter::NAME;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::filter::Filter;
use crate::api::Failure;
use crate::load::{Loading, load};
use crate::ui::button::{Button, IconButton, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Checkbox, TextField};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::menu::Menu;
use crate::ui::toast::Toasts;
use crate::{api, labels, words};

/// What is open besides the menu.
#[derive(Clone, PartialEq)]
enum Open {
    Save,
    Edit,
}

#[component]
pub fn SavedFilters(
    community: String,
    filter: Memo<Filter>,
    change: Callback<Filter>,
    /// May share with all staff.
    shares: bool,
) -> impl IntoView {
    let slug = StoredValue::new(community);
    let open = RwSignal::new(None::<Open>);
    let saved = load(move || {
        let slug = slug.get_value();
        async move { Ok(api::get(&LIST, &[&slug]).await?.data) }
    });
    let trigger = || {
        view! {
            <Icon name="bookmark" />
            {words::saved::title()}
        }
    };
    let items = move |shared: bool| {
        let all: Vec<SavedFilter> =
            saved.ready().unwrap_or_default().into_iter().filter(|it| it.own != shared).collect();
        let title = if shared { words::saved::shared() } else { words::saved::own() };
        (!all.is_empty()).then(|| {
            let items = all.into_iter().map(|it| {
                view! {
                    <button
                        type="button"
                        class="menu__item"
                        on:click=move |_| change.run(Filter::of_saved(&it.query))
                    >
                        <Icon name=if it.shared { "users" } else { "bookmark" } />
                        {it.name}
                    </button>
                }
            });
            view! {
                <p class="menu__title">{title}</p>
                {items.collect_view()}
            }
        })
    };
    let is_empty = move || saved.ready().is_none_or(|all| all.is_empty());
    let may_edit = move || saved.ready().unwrap_or_default().iter().any(|it| it.may_change);
    view! {
        <Menu trigger=trigger trigger_class="button button--secondary" end=true>
            {move || items(false)}
            {move || items(true)}
            <Show when=is_empty>
                <p class="menu__note quiet">{words::saved::none()}</p>
            </Show>
            <div class="menu__line"></div>
            <button type="button" class="menu__item" on:click=move |_| open.set(Some(Open::Save))>
                <Icon name="plus" />
                {words::saved::save()}
            </button>
            <Show when=may_edit>
                <button type="button" class="menu__item" on:click=move |_| open.set(Some(Open::Edit))>
                    <Icon name="pencil" />
                    {words::saved::edit()}
                </button>
            </Show>
        </Menu>
        {live(move || match open.get() {
            None => ().into_any(),
            Some(Open::Save) => {
                view! { <Save slug=slug filter=filter shares=shares saved=saved open=open /> }.into_any()
            }
            Some(Open::Edit) => view! { <Edit slug=slug saved=saved open=open /> }.into_any(),
        })}
    }
}

type Saved = Loading<Vec<SavedFilter>>;

/// What is wrong with a name, in words.
fn refusal(failure: &Failure) -> String {
    match failure.code() {
        Some(Code::Duplicate) => words::saved::taken().to_owned(),
        _ => labels::failure(failure),
    }
}

#[component]
fn Save(
    slug: StoredValue<String>,
    filter: Memo<Filter>,
    shares: bool,
    saved: Saved,
    open: RwSignal<Option<Open>>,
) -> impl IntoView {
    let toasts = Toasts::expect();
    let (name, share) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (fault, pending) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let wanted = name.get_untracked().trim().to_owned();
        if let Err(wrong) = NAME.check(&wanted) {
            return fault.set(Some(labels::fault(&wrong)));
        }
        let query = query_string(&filter.get_untracked().query());
        let body = NewSavedFilter { name: wanted, query, shared: share.get_untracked() };
        pending.set(true);
        spawn_local(async move {
            let outcome = api::send(&CREATE, &[&slug.get_value()], &body).await;
            let _ = pending.try_set(false);
            match outcome {
                Ok(kept) => {
                    saved.reload();
                    open.set(None);
                    toasts.done(words::saved::kept(&kept.name));
                }
                Err(failure) => fault.set(Some(refusal(&failure))),
            }
        });
    };
    view! {
        <Dialog
            title=words::saved::save()
            close_label=words::common::close()
            on_close=Callback::new(move |()| open.set(None))
        >
            <form class="stack" novalidate=true on:submit=submit>
                <p class="quiet">{words::saved::about()}</p>
                <TextField
                    id="saved-name"
                    label=words::saved::name()
                    help=words::saved::name_help()
                    value=name
                    fault=fault
                />
                {shares.then(|| view! { <Checkbox id="saved-share" label=words::saved::share() value=share /> })}
                <div class="dialog__foot">
                    <Submit pending=pending>{words::common::save()}</Submit>
                    <Button look=Look::Quiet on_click=move || open.set(None)>{words::common::not_now()}</Button>
                </div>
            </form>
        </Dialog>
    }
}

#[component]
fn Edit(slug: StoredValue<String>, saved: Saved, open: RwSignal<Option<Open>>) -> impl IntoView {
    view! {
        <Dialog
            title=words::saved::edit()
            close_label=words::common::close()
            on_close=Callback::new(move |()| open.set(None))
        >
            <ul class="saved">
                {live(move || {
                    let all = saved.ready().unwrap_or_default().into_iter().filter(|it| it.may_change);
                    all.map(|filter| view! { <One slug=slug filter=filter saved=saved /> }).collect_view()
                })}
            </ul>
        </Dialog>
    }
}

#[component]
fn One(slug: StoredValue<String>, filter: SavedFilter, saved: Saved) -> impl IntoView {
    let toasts = Toasts::expect();
    let SavedFilter { id, name, query, shared, version, .. } = filter;
    let (before, label) = (name.clone(), words::saved::rename(&name));
    let rename = move |wanted: String| {
        let wanted = wanted.trim().to_owned();
        if wanted == before {
            return;
        }
        let body = UpdateSavedFilter { name: Some(wanted), ..UpdateSavedFilter::default() };
        spawn_local(async move {
            if let Err(failure) = api::change(&UPDATE, &[&slug.get_value(), &id], version, &body).await {
                toasts.failed(refusal(&failure));
            }
            saved.reload();
        });
    };
    let again = NewSavedFilter { name: name.clone(), query, shared };
    let remove = move || {
        let again = again.clone();
        spawn_local(async move {
            match api::remove(&DELETE, &[&slug.get_value(), &id], version).await {
                Ok(()) => {
                    let text = words::saved::deleted(&again.name);
                    toasts.offer(text, words::saved::undo(), move || {
                        let again = again.clone();
                        spawn_local(async move {
                            if let Err(failure) = api::send(&CREATE, &[&slug.get_value()], &again).await {
                                toasts.failed(refusal(&failure));
                            }
                            saved.reload();
                        });
                    });
                }
                Err(failure) => toasts.failed(labels::failure(&failure)),
            }
            saved.reload();
        });
    };
    view! {
        <li class="saved__one">
            <input
                class="input"
                aria-label=label
                prop:value=name.clone()
                on:change=move |event| rename(event_target_value(&event))
            />
            {shared
                .then(|| {
                    view! {
                        <span class="saved__shared quiet">
                            <Icon name="users" size=16 />
                            {words::saved::shared()}
                        </span>
                    }
                })}
            <IconButton icon="trash-2" label=words::saved::delete(&name) on_click=remove />
        </li>
    }
}
