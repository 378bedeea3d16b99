//! The texts that staff answer with again and again.

use contract::account::Membership;
use contract::community::Category;
use contract::response_template::{
    CREATE, DELETE, LIST, NewResponseTemplate, ResponseTemplate, UPDATE, UpdateResponseTemplate,
};
use domain::response_template;
use domain::role::Permission;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::RegisterTabs;
use crate::form::{Form, Refused};
use crate::load::{Failed, Load, Loading, load};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{NotFound, Page};
use crate::ui::button::{Button, IconButton, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::empty::Empty;
use crate::ui::field::{Select, TextArea, TextField};
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::toast::Toasts;
use crate::{api, community, labels, words};

#[component]
pub fn TemplatesPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::CategoriesManage) {
            view! { <Templates membership=membership /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct OnPage {
    slug: StoredValue<String>,
    templates: Loading<Vec<ResponseTemplate>>,
    categories: Loading<Vec<Category>>,
    /// The template that is written: one that is there, or a new one.
    open: RwSignal<Option<Option<ResponseTemplate>>>,
}

#[component]
fn Templates(membership: Membership) -> impl IntoView {
    let slug = StoredValue::new(membership.community.slug.clone());
    let templates = load(move || {
        let slug = slug.get_value();
        async move { Ok(api::get(&LIST, &[&slug]).await?.data) }
    });
    let page = OnPage {
        slug,
        templates,
        categories: community::categories(slug.get_value()),
        open: RwSignal::new(None),
    };
    let add = move || {
        view! {
            <Button look=Look::Primary icon="plus" on_click=move || page.open.set(Some(None))>
                {words::template::add()}
            </Button>
        }
        .into_any()
    };
    view! {
        <Page title=words::registers::templates().to_owned() actions=add sticky=add>
            <div class="stack">
                <RegisterTabs membership=membership here=Route::Templates(slug.get_value()) />
                {live(move || match templates.state.get() {
                    Load::Loading => view! { <SkeletonRows rows=5 label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| templates.reload()) /> }.into_any()
                    }
                    Load::Ready(all) if all.is_empty() => {
                        view! { <Empty icon="message-square" title=words::template::none() text=words::template::none_text() /> }
                            .into_any()
                    }
                    Load::Ready(all) => {
                        let rows = all.into_iter().map(|it| view! { <Row template=it page=page /> }).collect_view();
                        view! { <ul class="tree">{rows}</ul> }.into_any()
                    }
                })}
            </div>
        </Page>
        {live(move || page.open.get().map(|template| view! { <Writing template=template page=page /> }))}
    }
}

#[component]
fn Row(template: ResponseTemplate, page: OnPage) -> impl IntoView {
    let about = template.category_id;
    let category = move || {
        let all = page.categories.ready().unwrap_or_default();
        all.into_iter()
            .find(|it| Some(it.id) == about)
            .map_or_else(|| words::template::every().to_owned(), |it| it.name)
    };
    let kept = StoredValue::new(template.clone());
    let label = words::template::edit_named(&template.title);
    view! {
            <li class="tree__row">
                <span class="tree__words">
                    <strong class="tree__name">{template.title}</strong>
                    <span>{template.body}</span>
                    <span class="tree__about">{category}</span>
                </span>
                <span class="tree__move">
    <IconButton icon="pencil" label=label on_click=move || page.open.set(Some(Some(kept.get_value()))) />
                </span>
            </li>
        }
}

#[component]
fn Writing(template: Option<ResponseTemplate>, page: OnPage) -> impl IntoView {
    let form = Form::new();
    let (title, body) = (form.text("title"), form.text("body"));
    let category = RwSignal::new(String::new());
    let toasts = Toasts::expect();
    if let Some(template) = &template {
        title.set(template.title.clone());
        body.set(template.body.clone());
        category.set(template.category_id.map(|id| id.to_string()).unwrap_or_default());
    }
    let old = StoredValue::new(template.map(|template| (template.id, template.version)));
    let done = move || {
        page.open.set(None);
        page.templates.reload();
    };
    let submit = move || {
        let good = form.check([
            ("title", response_template::TITLE.check(&title.get_untracked()), words::fault::required()),
            ("body", response_template::check(&body.get_untracked()), words::fault::required()),
        ]);
        if !good {
            return;
        }
        let (title, body, category_id) =
            (title.get_untracked(), body.get_untracked(), category.get_untracked().parse().ok());
        let slug = page.slug.get_value();
        form.send(
            async move {
                match old.get_value() {
                    None => {
                        api::send(&CREATE, &[&slug], &NewResponseTemplate { category_id, title, body }).await
                    }
                    Some((id, version)) => {
                        let change = UpdateResponseTemplate {
                            category_id: Some(category_id),
                            title: Some(title),
                            body: Some(body),
                        };
                        api::change(&UPDATE, &[&slug, &id], version, &change).await
                    }
                }
            },
            move |_| done(),
        );
    };
    let remove = move || {
        let Some((id, version)) = old.get_value() else { return };
        let slug = page.slug.get_value();
        spawn_local(async move {
            match api::remove(&DELETE, &[&slug, &id], version).await {
                Ok(()) => done(),
                Err(failure) => toasts.failed(labels::failure(&failure)),
            }
        });
    };
    let categories = Signal::derive(move || {
        let all =
            page.categories.ready().unwrap_or_default().into_iter().map(|it| (it.id.to_string(), it.name));
        [(String::new(), words::template::every().to_owned())].into_iter().chain(all).collect::<Vec<_>>()
    });
    let heading =
        if old.with_value(Option::is_some) { words::template::edit() } else { words::template::add() };
    view! {
        <Dialog title=heading close_label=words::common::close() on_close=Callback::new(move |()| page.open.set(None))>
            <form
                class="stack"
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
            >
                <Refused form=form />
                <TextField id="title" label=words::template::title() value=title fault=form.fault("title") />
                <TextArea
                    id="body"
                    label=words::template::body()
                    help=words::template::body_help().to_owned()
                    rows=6
                    value=body
                    fault=form.fault("body")
                />
                <Select id="category_id" label=words::template::offered() options=categories value=category fault=form.fault("category_id") />
                <div class="row row--apart">
                    <Submit pending=form.pending>{words::template::save()}</Submit>
                    {old
                        .with_value(Option::is_some)
                        .then(|| view! { <Button look=Look::Danger on_click=remove>{words::template::delete()}</Button> })}
                </div>
            </form>
        </Dialog>
    }
}
