//! One category: how it looks, what it decides, what it asks and demands.

use contract::account::Membership;
use contract::category::{ACT, ActOnCategory, SHOW, UPDATE, UpdateCategory};
use contract::community::Category;
use contract::problem::Problem;
use domain::category::CategoryAction;
use domain::role::Permission;
use domain::service_request::RequestVisibility;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::list::{catalogue, priorities};
use super::pickers::{HuePicker, IconPicker};
use super::questions::{QuestionsEditor, Written, lines};
use crate::api::Failure;
use crate::form::Faults;
use crate::load::{Failed, Load, Loading, load};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{NotFound, Page};
use crate::ui::button::{Button, Look};
use crate::ui::field::{Checkbox, ErrorSummary, Select, TextArea, TextField};
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonPage;
use crate::ui::toast::Toasts;
use crate::{api, browser, community, labels, words};

#[component]
pub fn CategoryPage(community: String, id: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::CategoriesManage) {
            view! { <Shown membership=membership id=id /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

#[component]
fn Shown(membership: Membership, id: String) -> impl IntoView {
    let slug = StoredValue::new(membership.community.slug);
    let category = load(move || {
        let (slug, id) = (slug.get_value(), id.clone());
        async move { api::get(&SHOW, &[&slug, &id]).await }
    });
    let title = Signal::derive(move || {
        category.ready().map_or_else(|| words::registers::categories().to_owned(), |it| it.name)
    });
    view! {
        <Page
            title=title
            back=Route::Categories(slug.get_value()).href()
            actions=move || view! { <Archive slug=slug category=category /> }.into_any()
        >
            {live(move || match category.state.get() {
                Load::Loading => view! { <SkeletonPage label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| category.reload()) /> }.into_any()
                }
                Load::Ready(shown) => view! { <Editor slug=slug category=shown loading=category /> }.into_any(),
            })}
        </Page>
    }
}

/// Takes the category out of use, or back.
#[component]
fn Archive(slug: StoredValue<String>, category: Loading<Category>) -> impl IntoView {
    let toasts = Toasts::expect();
    live(move || {
        category.ready().map(|shown| {
            let (action, word, icon) = match shown.archived_at {
                None => (CategoryAction::Archive, words::category::archive(), "archive"),
                Some(_) => (CategoryAction::Restore, words::category::restore(), "rotate-ccw"),
            };
            let act = move || {
                let slug = slug.get_value();
                spawn_local(async move {
                    match api::send(&ACT, &[&slug, &shown.id], &ActOnCategory { action }).await {
                        Ok(category_now) => {
                            toasts.done(match action {
                                CategoryAction::Archive => words::category::archived_done(),
                                CategoryAction::Restore => words::category::restored_done(),
                            });
                            category.set(category_now);
                        }
                        Err(failure) => toasts.failed(labels::failure(&failure)),
                    }
                });
            };
            view! { <Button icon=icon on_click=act>{word}</Button> }
        })
    })
}

/// The whole category as fields.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    description: RwSignal<String>,
    parent: RwSignal<String>,
    icon: RwSignal<String>,
    hue: RwSignal<domain::category::Hue>,
    priority: RwSignal<String>,
    min: RwSignal<String>,
    max: RwSignal<String>,
    hours: RwSignal<String>,
    visibility: RwSignal<String>,
    evidence: RwSignal<bool>,
    list_required: RwSignal<bool>,
    auto_triage: RwSignal<bool>,
    fabric: RwSignal<bool>,
    anonymous: RwSignal<bool>,
    skills: RwSignal<String>,
    radius: RwSignal<String>,
    days: RwSignal<String>,
    checklist: RwSignal<String>,
    questions: Written,
}

impl Fields {
    fn of(category: &Category) -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        Self {
            name: text(&category.name),
            description: text(&category.description),
            parent: RwSignal::new(category.parent_id.map(|id| id.to_string()).unwrap_or_default()),
            icon: text(&category.icon),
            hue: RwSignal::new(category.color),
            priority: text(category.default_priority.as_str()),
            min: text(category.priority_min.as_str()),
            max: text(category.priority_max.as_str()),
            hours: RwSignal::new(category.target_hours.to_string()),
            visibility: text(category.default_visibility.as_str()),
            evidence: RwSignal::new(category.evidence_required),
            list_required: RwSignal::new(category.checklist_required),
            auto_triage: RwSignal::new(category.auto_triage),
            fabric: RwSignal::new(category.building_fabric),
            anonymous: RwSignal::new(category.anonymous_allowed),
            skills: text(&category.required_skills.join(", ")),
            radius: RwSignal::new(category.duplicate_radius_m.to_string()),
            days: RwSignal::new(category.duplicate_window_days.to_string()),
            checklist: text(&category.checklist.join("\n")),
            questions: Written::of(category.questions.clone()),
        }
    }

    /// As the server takes it. What is no number at all is out of every range.
    fn get(self) -> UpdateCategory {
        let number = |text: RwSignal<String>| Some(text.get().trim().parse().unwrap_or(-1));
        let skills = self.skills.get();
        let skills =
            skills.split(',').map(str::trim).filter(|skill| !skill.is_empty()).map(ToOwned::to_owned);
        UpdateCategory {
            parent_id: Some(self.parent.get().parse().ok()),
            name: Some(self.name.get()),
            description: Some(self.description.get()),
            icon: Some(self.icon.get()),
            color: Some(self.hue.get()),
            default_priority: self.priority.get().parse().ok(),
            priority_min: self.min.get().parse().ok(),
            priority_max: self.max.get().parse().ok(),
            target_hours: number(self.hours),
            evidence_required: Some(self.evidence.get()),
            checklist_required: Some(self.list_required.get()),
            checklist: Some(lines(&self.checklist.get())),
            questions: Some(self.questions.get()),
            auto_triage: Some(self.auto_triage.get()),
            building_fabric: Some(self.fabric.get()),
            anonymous_allowed: Some(self.anonymous.get()),
            default_visibility: self.visibility.get().parse().ok(),
            required_skills: Some(skills.collect()),
            duplicate_radius_m: number(self.radius),
            duplicate_window_days: number(self.days),
        }
    }

    /// The control that a fault of a field leads to.
    fn control(self, field: &str) -> String {
        self.questions
            .control(field)
            .unwrap_or_else(|| field.split('/').next().unwrap_or_default().to_owned())
    }
}

/// What the server found wrong, each with where it is.
fn faults_of(problem: &Problem) -> Faults {
    let place = |pointer: &Option<String>| Some(pointer.as_deref()?.strip_prefix("#/")?.to_owned());
    problem
        .errors
        .iter()
        .filter_map(|error| Some((place(&error.pointer)?, labels::field_error(error))))
        .collect()
}

#[component]
fn Editor(slug: StoredValue<String>, category: Category, loading: Loading<Category>) -> impl IntoView {
    let fields = Fields::of(&category);
    let before = StoredValue::new(untrack(|| fields.get()));
    let changed = Memo::new(move |_| fields.get() != before.get_value());
    let faults = RwSignal::new(Faults::new());
    let pending = RwSignal::new(false);
    let toasts = Toasts::expect();
    let (id, version) = (category.id, category.version);
    let save = move || {
        let body = untrack(|| fields.get());
        pending.set(true);
        spawn_local(async move {
            let outcome = api::change(&UPDATE, &[&slug.get_value(), &id], version, &body).await;
            let _ = pending.try_set(false);
            match outcome {
                Ok(saved) => {
                    toasts.done(words::category::saved());
                    loading.set(saved);
                }
                Err(Failure::Problem(problem)) if !problem.errors.is_empty() => {
                    faults.set(faults_of(&problem));
                    browser::focus_later("#error-summary");
                }
                Err(failure) => toasts.failed(labels::failure(&failure)),
            }
        });
    };
    let summary = Signal::derive(move || {
        faults.with(|faults| {
            faults.iter().map(|(field, text)| (fields.control(field), text.clone())).collect::<Vec<_>>()
        })
    });
    view! {
        <form
            class="editor"
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            <ErrorSummary title=words::category::wrong() faults=summary />
            <Looks fields=fields faults=faults this=category slug=slug.get_value() />
            <Decides fields=fields faults=faults />
            <section class="editor__section">
                <h2 class="editor__title">{words::category::questions()}</h2>
                <p class="quiet">{words::category::questions_about()}</p>
                <QuestionsEditor written=fields.questions faults=faults />
            </section>
            <section class="card editor__section">
                <h2 class="editor__title">{words::category::checklist()}</h2>
                <TextArea
                    id="checklist"
                    label=words::category::items()
                    help=words::category::items_help().to_owned()
                    rows=5
                    value=fields.checklist
                    fault=at(faults, "checklist")
                />
                <Checkbox id="checklist_required" label=words::category::list_required() value=fields.list_required />
                <Checkbox id="evidence_required" label=words::category::evidence() value=fields.evidence />
            </section>
            <Show when=move || changed.get()>
                <div class="save-bar">
                    <span class="save-bar__words">{words::category::unsaved()}</span>
                    <Button on_click=move || loading.reload()>{words::category::discard()}</Button>
                    <Button look=Look::Primary pending=pending on_click=save>{words::category::save()}</Button>
                </div>
            </Show>
        </form>
    }
}

/// What is wrong with a field, or with something in it.
fn at(faults: RwSignal<Faults>, field: &'static str) -> Signal<Option<String>> {
    let is_here = move |place: &str| {
        place.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    Signal::derive(move || {
        faults.with(|faults| faults.iter().find(|(place, _)| is_here(place)).map(|(_, text)| text.clone()))
    })
}

#[component]
fn Looks(fields: Fields, faults: RwSignal<Faults>, this: Category, slug: String) -> impl IntoView {
    let all = catalogue(slug);
    let parents = Signal::derive(move || {
        let fitting = |it: &Category| it.parent_id.is_none() && it.id != this.id && it.archived_at.is_none();
        let tops = all
            .ready()
            .unwrap_or_default()
            .into_iter()
            .filter(fitting)
            .map(|it| (it.id.to_string(), it.name));
        [(String::new(), words::category::no_parent().to_owned())].into_iter().chain(tops).collect::<Vec<_>>()
    });
    view! {
        <section class="card editor__section">
            <h2 class="editor__title">{words::category::looks()}</h2>
            <div class="editor__row">
                <TextField id="name" label=words::category::name() value=fields.name fault=at(faults, "name") />
                <Select
                    id="parent_id"
                    label=words::category::parent()
                    options=parents
                    value=fields.parent
                    fault=at(faults, "parent_id")
                />
            </div>
            <TextField
                id="description"
                label=words::category::description()
                help=words::category::description_help().to_owned()
                aside=words::common::optional().to_owned()
                value=fields.description
                fault=at(faults, "description")
            />
            <HuePicker value=fields.hue />
            <IconPicker value=fields.icon />
        </section>
    }
}

#[component]
fn Decides(fields: Fields, faults: RwSignal<Faults>) -> impl IntoView {
    let visibilities: Vec<(String, String)> = RequestVisibility::ALL
        .iter()
        .map(|it| (it.to_string(), labels::visibility(*it).to_owned()))
        .collect();
    view! {
        <section class="card editor__section">
            <h2 class="editor__title">{words::category::decides()}</h2>
            <div class="editor__row">
                <Select id="default_priority" label=words::category::priority() options=priorities() value=fields.priority fault=at(faults, "default_priority") />
                <Select id="priority_min" label=words::category::at_most() options=priorities() value=fields.min fault=at(faults, "priority_min") />
                <Select id="priority_max" label=words::category::at_least() options=priorities() value=fields.max fault=at(faults, "priority_max") />
                <TextField id="target_hours" label=words::category::target_hours() keys="numeric" value=fields.hours fault=at(faults, "target_hours") />
            </div>
            <div class="editor__row">
                <Select id="default_visibility" label=words::category::visibility() options=visibilities value=fields.visibility fault=at(faults, "default_visibility") />
                <TextField
                    id="required_skills"
                    label=words::category::skills()
                    help=words::category::skills_help().to_owned()
                    aside=words::common::optional().to_owned()
                    value=fields.skills
                    fault=at(faults, "required_skills")
                />
            </div>
            <div class="editor__row">
                <TextField id="duplicate_radius_m" label=words::category::radius() help=words::category::radius_help().to_owned() keys="numeric" value=fields.radius fault=at(faults, "duplicate_radius_m") />
                <TextField id="duplicate_window_days" label=words::category::days() help=words::category::days_help().to_owned() keys="numeric" value=fields.days fault=at(faults, "duplicate_window_days") />
            </div>
            <div>
                <Checkbox
                    id="auto_triage"
                    label=words::category::auto_triage()
                    help=words::category::auto_triage_help()
                    value=fields.auto_triage
                />
                <Checkbox id="building_fabric" label=words::category::fabric() value=fields.fabric />
                <Checkbox id="anonymous_allowed" label=words::category::anonymous() value=fields.anonymous />
            </div>
        </section>
    }
}
