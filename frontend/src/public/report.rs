//! A report without an account: the questions of every report, without those that only members can answer.

use contract::public::{NewReport, PublicCategory, PublicCommunity, REPORT, ReportReceipt};
use domain::question::Question as Asked;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::frame::Frame;
use super::photos::Photos;
use super::sent::Sent;
use super::{areas, community, kept, lost};
use crate::api::Failure;
use crate::form::{Faults, faults_of};
use crate::load::Load;
use crate::map::PlacePicker;
use crate::routes::Route;
use crate::service_request::draft::{Draft, Question};
use crate::service_request::report::Form;
use crate::service_request::report::asked::AskedQuestions;
use crate::service_request::report::steps::{Part, Progress, Refused, Steps, Ways};
use crate::ui::button::{Button, Look};
use crate::ui::choice::{Choice, Choices, Layout};
use crate::ui::empty::Empty;
use crate::ui::field::{ErrorSummary, Fault, TextArea, TextField};
use crate::ui::live::live;
use crate::ui::photos::PhotoPicker;
use crate::ui::skeleton::SkeletonRows;
use crate::{api, attachment, browser, labels, time, words};

/// What survives a reload: the answers, and the key under which they are sent, so that they are never sent twice.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Unsent {
    draft: Draft,
    key: String,
}

impl Unsent {
    fn recall(name: &str) -> Self {
        let mut unsent: Self = browser::recall(name).unwrap_or_default();
        if unsent.key.is_empty() {
            unsent.key = key();
        }
        unsent
    }
}

/// 128 bits that nobody can guess.
fn key() -> String {
    let bytes = browser::random::<16>().unwrap_or_default();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[component]
pub fn PublicReportPage(community: String) -> impl IntoView {
    let slug = community;
    let found = self::community(slug.clone());
    let unsent = StoredValue::new(Unsent::recall(&name(&slug)));
    let form = Form::of(unsent.with_value(|unsent| unsent.draft.clone()));
    form.forgive_changes();
    let steps = Steps::new(form);
    let pending = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let sent = RwSignal::new(None::<ReportReceipt>);
    let photos = Photos::new(slug.clone(), None, Callback::new(|()| ()));
    {
        let name = name(&slug);
        Effect::new(move || {
            let draft = form.draft();
            if sent.with_untracked(Option::is_none) {
                unsent.update_value(|unsent| unsent.draft = draft);
                unsent.with_value(|unsent| browser::keep(&name, unsent));
            }
        });
    }
    Effect::new(move || {
        let chosen = form.category.get();
        let categories = found.ready().map(|found| found.categories).unwrap_or_default();
        let asked = categories.into_iter().find(|it| Some(it.id.to_string()) == chosen);
        form.asked.set(asked.map(|category| category.questions).unwrap_or_default());
    });
    let send = {
        let slug = slug.clone();
        Callback::new(move |()| {
            if pending.get_untracked() {
                return;
            }
            refused.set(None);
            let draft = untrack(|| form.draft());
            let report = match told(&draft, &form.asked.get_untracked()) {
                Ok(report) => report,
                Err(faults) => return steps.blame(faults),
            };
            form.faults.set(Faults::new());
            pending.set(true);
            let (slug, key) = (slug.clone(), unsent.with_value(|unsent| unsent.key.clone()));
            spawn_local(async move {
                match api::send_once(&REPORT, &[&slug], &key, &report).await {
                    Ok(reported) => {
                        browser::forget(&name(&slug));
                        kept::keep(kept::Kept {
                            community: slug,
                            number: reported.number.clone(),
                            title: report.title,
                            secret: reported.secret.clone(),
                            at: time::now(),
                        });
                        photos.begin(reported.secret.clone());
                        let _ = sent.try_set(Some(reported));
                    }
                    Err(Failure::Problem(problem)) if !problem.errors.is_empty() => {
                        // Another try says something else, and so is another call.
                        unsent.update_value(|unsent| unsent.key = self::key());
                        steps.blame(faults_of(&problem));
                    }
                    Err(failure) => {
                        let _ = refused.try_set(Some(words::report::kept(&labels::failure(&failure))));
                        browser::focus_later("#refused");
                    }
                }
                let _ = pending.try_set(false);
            });
        })
    };
    let start_over = Callback::new(move |()| {
        let fresh = Form::of(Draft::default());
        form.category.set(fresh.category.get_untracked());
        form.title.set(String::new());
        form.description.set(String::new());
        form.answers.set(fresh.answers.get_untracked());
        form.at.set(None);
        form.hint.set(String::new());
        unsent.set_value(Unsent { draft: Draft::default(), key: key() });
        photos.clear();
        steps.question.set(Question::Category);
        sent.set(None);
    });
    let title = Signal::derive(move || match sent.with(Option::is_some) {
        true => words::sent::title().to_owned(),
        false => words::report::title().to_owned(),
    });
    let over = Signal::derive(move || found.ready().map(|found| found.name).unwrap_or_default());
    let zone = move || untrack(|| found.ready()).map(|found| found.time_zone).unwrap_or_default();
    let is_open = move || found.ready().is_some_and(|found| found.takes_reports);
    let sticky = move || {
        view! {
            <Show when=move || is_open() && sent.with(Option::is_none)>
                <Ways steps=steps pending=pending send=send />
            </Show>
        }
        .into_any()
    };
    view! {
        <Frame title=title over=over back=Route::Public(slug.clone()).href() sticky=sticky>
            {live(move || match (found.state.get(), sent.get()) {
                (_, Some(reported)) => {
                    view! { <Sent reported=reported photos=photos slug=slug.clone() time_zone=zone() again=start_over /> }.into_any()
                }
                (Load::Loading, None) => view! { <SkeletonRows rows=5 label=words::common::loading() /> }.into_any(),
                (Load::Failed(failure), None) => lost(failure, Callback::new(move |()| found.reload())),
                (Load::Ready(found), None) if !found.takes_reports => {
                    view! { <Empty icon="lock" title=words::public::closed() text=words::public::closed_text() /> }
                        .into_any()
                }
                (Load::Ready(found), None) => {
                    view! { <Questions steps=steps community=found photos=photos refused=refused pending=pending send=send /> }
                        .into_any()
                }
            })}
        </Frame>
    }
}

fn name(slug: &str) -> String {
    format!("kommunity.draft.public.{slug}")
}

/// The report as the server takes it from strangers.
fn told(draft: &Draft, asked: &[Asked]) -> Result<NewReport, Faults> {
    let told = draft.to_request(asked)?;
    Ok(NewReport {
        title: told.title,
        description: told.description,
        category_id: told.category_id,
        urgency: None,
        at: told.at,
        address_hint: told.address_hint,
        answers: told.answers,
    })
}

#[component]
fn Questions(
    steps: Steps,
    community: PublicCommunity,
    photos: Photos,
    refused: RwSignal<Option<String>>,
    pending: RwSignal<bool>,
    send: Callback<()>,
) -> impl IntoView {
    let form = steps.form;
    let areas = areas(&community);
    // On a phone the map is fetched when its question has come.
    let is_mapped = Memo::new(move |_| browser::is_desk() || steps.question.get() >= Question::Where);
    view! {
        <form
            class="report"
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                if browser::is_desk() {
                    send.run(());
                }
            }
        >
            <Progress steps=steps />
            <ErrorSummary title=words::report::wrong() faults=steps.summary() />
            <Refused refused=refused />
            <Part steps=steps question=Question::Category title=words::report::category()>
                <Fault fault=form.fault("category_id") />
                <Choices
                    name="category"
                    legend=words::report::category()
                    hide_legend=true
                    layout=Layout::Tiles
                    choices=choices(&community.categories)
                    value=form.category
                />
            </Part>
            <Part steps=steps question=Question::What title=words::report::what()>
                <TextField
                    id="title"
                    label=words::report::title_label()
                    help=words::public::title_help().to_owned()
                    value=form.title
                    fault=form.fault("title")
                />
                <TextArea
                    id="description"
                    label=words::report::description()
                    help=words::public::description_help().to_owned()
                    aside=words::common::optional().to_owned()
                    value=form.description
                    fault=form.fault("description")
                />
                <AskedQuestions asked=form.asked answers=form.answers faults=form.faults />
            </Part>
            <Part steps=steps question=Question::Where title=words::report::place()>
                <Fault fault=form.fault("unit_id") />
                <Fault fault=form.fault("at") />
                {live(move || {
                    is_mapped.get().then(|| view! { <PlacePicker at=form.at areas=areas.clone() /> })
                })}
                <TextField
                    id="address_hint"
                    label=words::report::hint()
                    help=words::public::hint_help().to_owned()
                    aside=words::common::optional().to_owned()
                    value=form.hint
                    fault=form.fault("address_hint")
                />
            </Part>
            <Part steps=steps question=Question::Urgency title=words::public::photos()>
                <PhotoPicker
                    id="report-photos"
                    words=attachment::optional()
                    photos=photos.shown
                    fault=Signal::stored(None::<String>)
                    upload=photos.upload()
                />
                <p class="quiet small">{words::public::before_sending()}</p>
            </Part>
            <div class="only-desk report__send">
                <Button look=Look::Primary pending=pending on_click=move || send.run(())>
                    {words::report::send()}
                </Button>
                <p class="quiet small">{words::public::draft_kept()}</p>
            </div>
        </form>
    }
}

fn choices(categories: &[PublicCategory]) -> Vec<Choice> {
    let parent = |of: &PublicCategory| {
        categories.iter().find(|it| Some(it.id) == of.parent_id).map(|it| it.name.clone())
    };
    let choice = |category: &PublicCategory| Choice {
        value: category.id.to_string(),
        title: category.name.clone(),
        // One under another says what it is a part of.
        text: parent(category).or_else(|| Some(category.description.clone()).filter(|text| !text.is_empty())),
        icon: Some(category.icon.clone()),
    };
    categories.iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_says_where_with_a_pin_or_with_words() {
        let category = Some("0197b1b0-7d5c-7cc0-a6a0-0d4bb3f6a6c1".to_owned());
        let draft = Draft { category, title: "Lamp is dark".into(), ..Draft::default() };
        assert_eq!(told(&draft, &[]).unwrap_err().keys().collect::<Vec<_>>(), ["unit_id"]);
        let at = Some(domain::place::Coordinates { lng: -9.1, lat: 38.7 });
        assert_eq!(told(&Draft { at, ..draft.clone() }, &[]).unwrap().at, at);
        assert_eq!(
            told(&Draft { hint: "At the well".into(), ..draft }, &[]).unwrap().address_hint,
            "At the well"
        );
    }
}
