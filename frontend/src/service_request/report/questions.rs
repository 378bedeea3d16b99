//! The four questions of a report, one below the other; a phone shows one of them at a time.

use contract::community::{Category, Unit};
use domain::service_request::{RequestChannel, Urgency};
use leptos::prelude::*;

use super::Form;
use super::asked::AskedQuestions;
use super::category::CategoryQuestion;
use super::steps::{Part, Progress, Refused, Steps};
use crate::load::Loading;
use crate::service_request::draft::Question;
use crate::service_request::finder::{Finder, Sought};
use crate::service_request::where_step::Where;
use crate::ui::button::{Button, Look};
use crate::ui::choice::{Choice, Choices, Layout};
use crate::ui::field::{Checkbox, ErrorSummary, Fault, Select, TextArea, TextField};
use crate::ui::photos::PhotoPicker;
use crate::{attachment, browser, labels, words};

#[component]
pub fn Questions(
    steps: Steps,
    /// Staff report for others, too.
    for_others: bool,
    slug: String,
    units: Loading<Vec<Unit>>,
    categories: Loading<Vec<Category>>,
    refused: RwSignal<Option<String>>,
    pending: RwSignal<bool>,
    send: Callback<()>,
) -> impl IntoView {
    let (for_photos, for_behalf) = (slug.clone(), slug.clone());
    let form = steps.form;
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
                <CategoryQuestion form=form categories=categories />
            </Part>
            <Part steps=steps question=Question::What title=words::report::what()>
                <TextField
                    id="title"
                    label=words::report::title_label()
                    help=words::report::title_help().to_owned()
                    value=form.title
                    fault=form.fault("title")
                />
                <TextArea
                    id="description"
                    label=words::report::description()
                    help=words::report::description_help().to_owned()
                    aside=words::common::optional().to_owned()
                    value=form.description
                    fault=form.fault("description")
                />
                <AskedQuestions asked=form.asked answers=form.answers faults=form.faults />
                <PhotoPicker
                    id="report-photos"
                    words=attachment::optional()
                    photos=form.photos
                    fault=form.fault("attachment_ids")
                    upload=attachment::uploader(for_photos, form.photos)
                />
            </Part>
            <Part steps=steps question=Question::Where title=words::report::place()>
                <Where form=form slug=slug units=units />
            </Part>
            <Part steps=steps question=Question::Urgency title=words::report::urgency()>
                <UrgencyQuestion form=form />
                {for_others.then(|| view! { <Behalf form=form slug=for_behalf /> })}
            </Part>
            <div class="only-desk report__send">
                <Button look=Look::Primary pending=pending on_click=move || send.run(())>
                    {words::report::send()}
                </Button>
                <p class="quiet small">{words::report::draft_kept()}</p>
            </div>
        </form>
    }
}

#[component]
fn UrgencyQuestion(form: Form) -> impl IntoView {
    let choices: Vec<Choice> = Urgency::ALL
        .iter()
        .map(|urgency| {
            let (title, text) = labels::urgency(*urgency);
            Choice {
                value: urgency.as_str().into(),
                title: title.into(),
                text: Some(text.into()),
                icon: None,
            }
        })
        .collect();
    view! {
        <Choices
            name="urgency"
            legend=words::report::urgency()
            hide_legend=true
            layout=Layout::List
            choices=choices
            value=form.urgency
        />
        <Fault fault=form.fault("urgency") />
        <Show when=move || form.urgency.with(|it| it.as_deref() == Some(Urgency::Emergency.as_str()))>
            <p class="notice notice--warning" role="status">{words::report::emergency()}</p>
        </Show>
        <Checkbox
            id="personal"
            label=words::report::personal()
            help=words::report::personal_help().to_owned()
            value=form.personal
        />
        <Checkbox
            id="name_hidden"
            label=words::report::name_hidden()
            help=words::report::name_hidden_help().to_owned()
            value=form.name_hidden
        />
    }
}

/// Staff say for whom they report, and how they were told.
#[component]
fn Behalf(form: Form, slug: String) -> impl IntoView {
    let channels: Vec<(String, String)> =
        [RequestChannel::Phone, RequestChannel::Web, RequestChannel::Telegram, RequestChannel::Import]
            .iter()
            .map(|channel| (channel.as_str().to_owned(), labels::channel(*channel).to_owned()))
            .collect();
    view! {
        <Finder
            id="on_behalf_of".to_owned()
            label=words::behalf::label()
            help=words::behalf::help()
            slug=slug
            sought=Sought::Member
            value=form.behalf
            fault=form.fault("on_behalf_of")
        />
        <Show when=move || form.behalf.with(Option::is_some)>
            <Select
                id="channel"
                label=words::behalf::channel()
                options=Signal::stored(channels.clone())
                value=form.channel
                fault=form.fault("channel")
            />
        </Show>
    }
}
