//! The same with several requests at once: what is selected, what to do with it, and what became of each.

use contract::bulk::{ACT, ActInBulk, BulkResult};
use contract::community::{PROFESSIONALS, ProfessionalQuery};
use contract::service_request::ActOnServiceRequest;
use domain::rule;
use domain::service_request::workflow::Field;
use domain::service_request::{Priority, RequestAction};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::finder::{Chosen, Finder, Sought};
use crate::form::{Faults, forgive};
use crate::load::load;
use crate::routes::Route;
use crate::ui::button::{Button, IconButton, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Select, TextArea, TextField};
use crate::ui::live::live;
use crate::ui::toast::Toasts;
use crate::{api, labels, team, words};

/// The numbers of the requests that are selected, in the order in which they were.
#[derive(Clone, Copy)]
pub struct Selection {
    chosen: RwSignal<Vec<String>>,
    /// From which a range begins.
    last: StoredValue<Option<String>>,
}

impl Selection {
    pub fn new() -> Self {
        Self { chosen: RwSignal::new(Vec::new()), last: StoredValue::new(None) }
    }

    pub fn has(self, number: &str) -> bool {
        self.chosen.with(|chosen| chosen.iter().any(|it| it == number))
    }

    pub fn is_empty(self) -> bool {
        self.chosen.with(Vec::is_empty)
    }

    pub fn clear(self) {
        self.chosen.set(Vec::new());
    }

    /// Selects one, or no longer; with `range`, all from the last one to this as the list shows them.
    pub fn toggle(self, number: &str, range: bool, shown: &[String]) {
        let place = |number: &str| shown.iter().position(|it| it == number);
        let from = self.last.get_value().filter(|_| range).and_then(|last| place(&last));
        self.chosen.update(|chosen| match (from, place(number)) {
            (Some(from), Some(to)) => {
                let between = &shown[from.min(to)..=from.max(to)];
                chosen.extend(between.iter().filter(|it| !chosen.contains(it)).cloned().collect::<Vec<_>>());
            }
            _ if chosen.iter().any(|it| it == number) => chosen.retain(|it| it != number),
            _ => chosen.push(number.to_owned()),
        });
        self.last.set_value(Some(number.to_owned()));
    }

    /// Selects all of these, or none where all are.
    pub fn toggle_all(self, shown: &[String]) {
        self.chosen.update(|chosen| match shown.iter().all(|it| chosen.contains(it)) {
            true => chosen.clear(),
            false => *chosen = shown.iter().take(rule::BULK_MAX).cloned().collect(),
        });
    }
}

/// What can be done with many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Triage,
    Assign,
    Priority,
    Tag,
    Merge,
}

impl Deed {
    const ALL: [Deed; 5] = [Deed::Triage, Deed::Assign, Deed::Priority, Deed::Tag, Deed::Merge];

    fn label(self) -> &'static str {
        match self {
            Deed::Triage => words::bulk::triage(),
            Deed::Assign => words::bulk::assign(),
            Deed::Priority => words::bulk::priority(),
            Deed::Tag => words::bulk::tag(),
            Deed::Merge => words::bulk::merge(),
        }
    }
}

#[derive(Clone, Copy)]
struct Bulk {
    slug: StoredValue<String>,
    selection: Selection,
    open: RwSignal<Option<Deed>>,
    done: Callback<()>,
}

/// The bar over the foot of the list, while something is selected.
#[component]
pub fn BulkBar(community: String, selection: Selection, on_done: Callback<()>) -> impl IntoView {
    let open = RwSignal::new(None);
    let bulk = Bulk { slug: StoredValue::new(community), selection, open, done: on_done };
    view! {
        <Show when=move || !selection.is_empty()>
            <section class="bulk" aria-label=words::bulk::label()>
                <p class="bulk__count" role="status">
                    {move || words::bulk::selected(selection.chosen.with(Vec::len) as i64)}
                </p>
                <div class="bulk__deeds">
                    {Deed::ALL
                        .into_iter()
                        .map(|deed| {
                            view! { <Button on_click=move || open.set(Some(deed))>{deed.label()}</Button> }
                        })
                        .collect_view()}
                </div>
                <IconButton icon="x" label=words::bulk::clear().to_owned() on_click=move || selection.clear() />
            </section>
        </Show>
        {live(move || open.get().map(|deed| view! { <DeedDialog deed=deed bulk=bulk /> }))}
    }
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Form {
    person: RwSignal<String>,
    team: RwSignal<String>,
    priority: RwSignal<String>,
    tags: RwSignal<String>,
    master: RwSignal<Chosen>,
    note: RwSignal<String>,
    faults: RwSignal<Faults>,
}

impl Form {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        let form = Self {
            person: text(),
            team: text(),
            priority: RwSignal::new(Priority::P3.as_str().to_owned()),
            tags: text(),
            master: RwSignal::new(None),
            note: text(),
            faults: RwSignal::new(Faults::new()),
        };
        forgive(form.faults, "assignee_id", Signal::derive(move || form.person.track()));
        forgive(form.faults, "assignee_id", Signal::derive(move || form.team.track()));
        forgive(form.faults, "tags", Signal::derive(move || form.tags.track()));
        forgive(form.faults, "master_id", Signal::derive(move || form.master.track()));
        forgive(form.faults, "note", Signal::derive(move || form.note.track()));
        form
    }

    fn fault(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.faults.with(|faults| faults.get(field).cloned()))
    }

    /// What the server is asked to do with these.
    fn body(self, deed: Deed, requests: Vec<String>) -> Result<ActInBulk, Faults> {
        let mut faults = Faults::new();
        let note = Some(self.note.get_untracked().trim().to_owned()).filter(|note| !note.is_empty());
        let act = |action| ActOnServiceRequest { note: note.clone(), ..ActOnServiceRequest::new(action) };
        let mut add_tags = Vec::new();
        let act = match deed {
            Deed::Triage => Some(act(RequestAction::Triage)),
            Deed::Assign => {
                let (person, team) = (self.person.get_untracked(), self.team.get_untracked());
                if person.is_empty() && team.is_empty() {
                    faults.insert("assignee_id".into(), words::field::one_of().into());
                }
                Some(ActOnServiceRequest {
                    assignee_id: person.parse().ok(),
                    team_id: team.parse().ok(),
                    ..act(RequestAction::Assign)
                })
            }
            Deed::Priority => {
                if note.is_none() {
                    faults.insert("note".into(), words::fault::required().into());
                }
                let priority = self.priority.get_untracked().parse().ok();
                Some(ActOnServiceRequest { priority, ..act(RequestAction::ChangePriority) })
            }
            Deed::Tag => {
                let typed = self.tags.get_untracked();
                add_tags = typed.split(',').map(|it| it.trim().to_lowercase()).collect::<Vec<_>>();
                add_tags.retain(|tag| !tag.is_empty());
                if add_tags.is_empty() {
                    faults.insert("tags".into(), words::bulk::tags_missing().into());
                } else if let Err(fault) = add_tags.iter().try_for_each(|tag| rule::TAG.check(tag)) {
                    faults.insert("tags".into(), labels::fault(&fault));
                }
                None
            }
            Deed::Merge => {
                let master_id = self.master.get_untracked().and_then(|(id, _)| id.parse().ok());
                if master_id.is_none() {
                    faults.insert("master_id".into(), words::fault::required().into());
                }
                Some(ActOnServiceRequest { master_id, ..act(RequestAction::Merge) })
            }
        };
        match faults.is_empty() {
            true => Ok(ActInBulk { requests, act, add_tags }),
            false => Err(faults),
        }
    }
}

#[component]
fn DeedDialog(deed: Deed, bulk: Bulk) -> impl IntoView {
    let Bulk { slug, selection, open, done } = bulk;
    let toasts = Toasts::expect();
    let form = Form::new();
    let pending = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let failed = RwSignal::new(Vec::<BulkResult>::new());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        refused.set(None);
        let body = match form.body(deed, selection.chosen.get_untracked()) {
            Ok(body) => body,
            Err(faults) => return form.faults.set(faults),
        };
        pending.set(true);
        spawn_local(async move {
            let outcome = api::send(&ACT, &[&slug.get_value()], &body).await;
            let _ = pending.try_set(false);
            match outcome {
                Ok(outcome) => {
                    let all = outcome.results.len();
                    let wrong: Vec<_> =
                        outcome.results.into_iter().filter(|it| it.problem.is_some()).collect();
                    selection.chosen.set(wrong.iter().map(|it| it.request.clone()).collect());
                    if all > wrong.len() {
                        toasts.done(words::bulk::done((all - wrong.len()) as i64));
                        done.run(());
                    }
                    if wrong.is_empty() {
                        open.set(None);
                    }
                    failed.set(wrong);
                }
                Err(failure) => refused.set(Some(labels::failure(&failure))),
            }
        });
    };
    let title = move || {
        format!("{} · {}", deed.label(), words::bulk::title(selection.chosen.with_untracked(Vec::len) as i64))
    };
    view! {
        <Dialog
            title=title()
            close_label=words::common::close()
            on_close=Callback::new(move |()| open.set(None))
        >
            <form class="stack" novalidate=true on:submit=submit>
                {live(move || {
                    refused.get().map(|text| view! { <p class="notice notice--danger" role="alert">{text}</p> })
                })}
                {live(move || {
                    let failed = failed.get();
                    (!failed.is_empty()).then(|| view! { <Answers slug=slug.get_value() failed=failed /> })
                })}
                <Inputs deed=deed slug=slug.get_value() form=form />
                <div class="dialog__foot">
                    <Submit pending=pending>
                        {move || if failed.with(Vec::is_empty) { deed.label() } else { words::bulk::again() }}
                    </Submit>
                    <Button look=Look::Quiet on_click=move || open.set(None)>{words::common::not_now()}</Button>
                </div>
            </form>
        </Dialog>
    }
}

/// What could not be done, and why.
#[component]
fn Answers(slug: String, failed: Vec<BulkResult>) -> impl IntoView {
    view! {
        <div class="notice notice--danger bulk__answers" role="alert">
            <p>{words::bulk::failed(failed.len() as i64)}</p>
            <ul>
                {failed
                    .into_iter()
                    .map(|it| {
                        let number = it.number.unwrap_or(it.request);
                        let href = Route::Request(slug.clone(), number.clone()).href();
                        let why = it.problem.map(|problem| reason(&problem)).unwrap_or_default();
                        view! {
                            <li>
                                <a class="number" href=href>{number}</a>
                                {" "}
                                {why}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </div>
    }
}

/// The first thing that would have to be mended, or the problem itself.
fn reason(problem: &contract::problem::Problem) -> String {
    match problem.errors.first() {
        Some(error) => {
            let field = error.pointer.as_deref().and_then(|at| at.rsplit('/').next()).unwrap_or_default();
            let field = field.parse::<Field>().map(|it| labels::field(it, RequestAction::Assign));
            match field {
                Ok(field) => format!("{field}: {}", error.detail),
                Err(_) => error.detail.clone(),
            }
        }
        None if let Some(status) = problem.current_status => words::bulk::stands(labels::status(status)),
        None => problem.detail.clone().unwrap_or_else(|| problem.title.clone()),
    }
}

#[component]
fn Inputs(deed: Deed, slug: String, form: Form) -> impl IntoView {
    let note = move |required: bool| {
        let aside = if required { String::new() } else { words::common::optional().to_owned() };
        view! {
            <TextArea
                id="bulk-note"
                label=words::bulk::note()
                aside=aside
                help=words::bulk::note_about()
                rows=2
                value=form.note
                fault=form.fault("note")
            />
        }
    };
    match deed {
        Deed::Triage => note(false).into_any(),
        Deed::Assign => {
            let here = slug.clone();
            let people = load(move || {
                let slug = here.clone();
                async move {
                    let all = ProfessionalQuery::default();
                    Ok(api::get_with(&PROFESSIONALS, &[&slug], &all).await?.data)
                }
            });
            let teams = team::teams(slug);
            let none = |text: &str| (String::new(), text.to_owned());
            let people = Signal::derive(move || {
                let all = people.ready().unwrap_or_default();
                let all = all.into_iter().map(|it| (it.member_id.to_string(), it.display_name));
                [none(words::bulk::person_none())].into_iter().chain(all).collect::<Vec<_>>()
            });
            let teams = Signal::derive(move || {
                let all = teams.ready().unwrap_or_default();
                let all = all.into_iter().map(|it| (it.id.to_string(), it.name));
                [none(words::field::team_none())].into_iter().chain(all).collect::<Vec<_>>()
            });
            view! {
                <Select
                    id="bulk-assignee_id"
                    label=words::bulk::person()
                    options=people
                    value=form.person
                    fault=form.fault("assignee_id")
                />
                <Select
                    id="bulk-team_id"
                    label=words::filter::team()
                    options=teams
                    value=form.team
                    fault=Signal::stored(None::<String>)
                />
                {note(false)}
            }
            .into_any()
        }
        Deed::Priority => {
            let all = Priority::ALL.iter().map(|it| (it.as_str().into(), labels::priority(*it).into()));
            view! {
                <Select
                    id="bulk-priority"
                    label=words::filter::priority()
                    options=Signal::stored(all.collect())
                    value=form.priority
                    fault=Signal::stored(None::<String>)
                />
                {note(true)}
            }
            .into_any()
        }
        Deed::Tag => view! {
            <TextField
                id="bulk-tags"
                label=words::bulk::tags()
                help=words::bulk::tags_help()
                value=form.tags
                fault=form.fault("tags")
            />
        }
        .into_any(),
        Deed::Merge => view! {
            <Finder
                id="bulk-master_id".into()
                label=labels::field(Field::Master, RequestAction::Merge)
                help=words::bulk::master_help()
                slug=slug
                sought=Sought::Master(None)
                value=form.master
                fault=form.fault("master_id")
            />
            {note(false)}
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(selection: Selection) -> Vec<String> {
        selection.chosen.get_untracked()
    }

    #[test]
    fn a_range_goes_from_the_last_to_this_and_all_can_be_taken_back() {
        let owner = Owner::new();
        owner.with(|| {
            let shown: Vec<String> = (1..=5).map(|it| it.to_string()).collect();
            let selection = Selection::new();
            selection.toggle("4", false, &shown);
            selection.toggle("2", true, &shown);
            assert_eq!(numbers(selection), ["4", "2", "3"]);
            selection.toggle("3", false, &shown);
            assert_eq!(numbers(selection), ["4", "2"]);
            selection.toggle_all(&shown);
            assert_eq!(numbers(selection), shown);
            selection.toggle_all(&shown);
            assert_eq!(numbers(selection), [] as [&str; 0]);
        });
    }
}
