//! What announcements are about: their categories.

use contract::account::Membership;
use contract::announcement::{
    AnnouncementCategory, CATEGORIES, CREATE_CATEGORY, NewAnnouncementCategory, UPDATE_CATEGORY,
    UpdateAnnouncementCategory,
};
use contract::problem::Code;
use domain::announcement::CATEGORY_NAME;
use domain::category::Hue;
use domain::role::Permission;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Mark;
use super::pickers::{HuePicker, IconPicker};
use crate::form::{Form, Refused};
use crate::load::{Failed, Load, Loading, load};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{NotFound, Page};
use crate::ui::button::{Button, IconButton, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Checkbox, TextField};
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::toast::Toasts;
use crate::{api, community, labels, words};

#[component]
pub fn CategoriesPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::AnnouncementsPublish) {
            view! { <Categories membership=membership /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct OnPage {
    slug: StoredValue<String>,
    categories: Loading<Vec<AnnouncementCategory>>,
    /// The category that is written: one that is there, or a new one.
    open: RwSignal<Option<Option<AnnouncementCategory>>>,
}

#[component]
fn Categories(membership: Membership) -> impl IntoView {
    let slug = StoredValue::new(membership.community.slug);
    let categories = load(move || {
        let slug = slug.get_value();
        async move { Ok(api::get(&CATEGORIES, &[&slug]).await?.data) }
    });
    let page = OnPage { slug, categories, open: RwSignal::new(None) };
    let add = move || {
        view! {
            <Button look=Look::Primary icon="plus" on_click=move || page.open.set(Some(None))>
                {words::category::add()}
            </Button>
        }
        .into_any()
    };
    view! {
        <Page
            title=words::announcement::categories().to_owned()
            back=Route::Announcements(slug.get_value()).href()
            actions=add
            sticky=add
        >
            <div class="stack">
                <p class="quiet">{words::announcement::categories_about()}</p>
                {live(move || match categories.state.get() {
                    Load::Loading => view! { <SkeletonRows rows=6 label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| categories.reload()) /> }
                            .into_any()
                    }
                    Load::Ready(all) => {
                        let rows = all.into_iter().map(|it| view! { <Row category=it page=page /> }).collect_view();
                        view! { <ul class="tree">{rows}</ul> }.into_any()
                    }
                })}
            </div>
        </Page>
        {live(move || page.open.get().map(|category| view! { <Writing category=category page=page /> }))}
    }
}

#[component]
fn Row(category: AnnouncementCategory, page: OnPage) -> impl IntoView {
    let kept = StoredValue::new(category.clone());
    let label = words::announcement::edit_category(&category.name);
    let about = [
        category.archived.then(words::category::archived),
        category.urgent.then(words::announcement::urgent),
    ];
    let about = about.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <li class="tree__row" class:tree__row--archived=category.archived>
            <Mark icon=category.icon hue=category.color />
            <span class="tree__words">
                <strong class="tree__name">{category.name}</strong>
                <span class="tree__about">{about}</span>
            </span>
            <span class="tree__move">
                <IconButton
                    icon="pencil"
                    label=label
                    on_click=move || page.open.set(Some(Some(kept.get_value())))
                />
            </span>
        </li>
    }
}

#[component]
fn Writing(category: Option<AnnouncementCategory>, page: OnPage) -> impl IntoView {
    let form = Form::new();
    let name = form.text("name");
    let (icon, hue) = (RwSignal::new("info".to_owned()), RwSignal::new(Hue::Teal));
    let urgent = RwSignal::new(false);
    let toasts = Toasts::expect();
    if let Some(category) = &category {
        name.set(category.name.clone());
        icon.set(category.icon.clone());
        hue.set(category.color);
        urgent.set(category.urgent);
    }
    let old = StoredValue::new(category);
    let done = move |said: &'static str| {
        page.open.set(None);
        page.categories.reload();
        toasts.done(said);
    };
    let submit = move || {
        let checked = CATEGORY_NAME.check(&name.get_untracked());
        if !form.check([("name", checked, words::category::name_missing())]) {
            return;
        }
        let (name, icon) = (name.get_untracked().trim().to_owned(), icon.get_untracked());
        let (color, urgent, slug) = (hue.get_untracked(), urgent.get_untracked(), page.slug.get_value());
        let call = async move {
            match old.get_value() {
                None => {
                    let new = NewAnnouncementCategory { name, color, icon, urgent };
                    api::send(&CREATE_CATEGORY, &[&slug], &new).await
                }
                Some(old) => {
                    let change = UpdateAnnouncementCategory {
                        name: Some(name),
                        color: Some(color),
                        icon: Some(icon),
                        urgent: Some(urgent),
                        archived: None,
                    };
                    api::change(&UPDATE_CATEGORY, &[&slug, &old.id], old.version, &change).await
                }
            }
        };
        form.attempt(
            call,
            move |_| done(words::announcement::category_saved()),
            move |failure| {
                if failure.code() == Some(Code::PreconditionFailed) {
                    page.categories.reload();
                }
                Some(failure)
            },
        );
    };
    let archive = move || {
        let Some(old) = old.get_value() else { return };
        let archived = !old.archived;
        let change =
            UpdateAnnouncementCategory { archived: Some(archived), ..UpdateAnnouncementCategory::default() };
        let slug = page.slug.get_value();
        spawn_local(async move {
            match api::change(&UPDATE_CATEGORY, &[&slug, &old.id], old.version, &change).await {
                Ok(_) if archived => done(words::announcement::category_archived()),
                Ok(_) => done(words::announcement::category_restored()),
                Err(failure) => toasts.failed(labels::failure(&failure)),
            }
        });
    };
    let (title, save) = match old.with_value(Option::is_some) {
        true => (words::announcement::category_title(), words::category::save()),
        false => (words::category::add(), words::category::create()),
    };
    let way = old.with_value(|old| old.as_ref().map(|old| old.archived)).map(|archived| {
        let (icon, word) = if archived {
            ("rotate-ccw", words::category::restore())
        } else {
            ("archive", words::category::archive())
        };
        view! { <Button icon=icon on_click=archive>{word}</Button> }
    });
    view! {
        <Dialog title=title close_label=words::common::close() on_close=Callback::new(move |()| page.open.set(None))>
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
                <Checkbox
                    id="category-urgent"
                    label=words::announcement::category_urgent()
                    help=words::announcement::category_urgent_about()
                    value=urgent
                />
                <HuePicker value=hue />
                <IconPicker value=icon />
                <div class="row row--apart">
                    <Submit pending=form.pending>{save}</Submit>
                    {way}
                </div>
            </form>
        </Dialog>
    }
}
