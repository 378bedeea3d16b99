//! The input of each field that an action can take.

use contract::service_request::{ActionField, ServiceRequest};
use domain::service_request::workflow::Field;
use domain::service_request::{
    HoldReason, Priority, RejectReason, RequestAction, RequestStatus, RequestVisibility,
};
use leptos::prelude::*;

use super::{Form, control};
use crate::service_request::assignee::AssigneePicker;
use crate::service_request::finder::{Finder, Sought};
use crate::service_request::show::OnPage;
use crate::service_request::where_step::Location;
use crate::ui::choice::{Choice, Choices, Layout};
use crate::ui::field::{Fault, Field as Frame, Select, TextArea};
use crate::ui::photos::PhotoPicker;
use crate::ui::stars::StarInput;
use crate::{attachment, community, labels, team, words};

/// The input of one field.
#[component]
pub fn ActionInput(
    field: ActionField,
    verb: RequestAction,
    form: Form,
    page: OnPage,
    request: ServiceRequest,
) -> impl IntoView {
    let ActionField { name, required, one_of } = field;
    let aside = if required || one_of { String::new() } else { words::common::optional().to_owned() };
    let label = labels::field(name, verb);
    let id = control(name.as_str());
    let fault = form.fault(name);
    let options = |pairs: Vec<(String, String)>| Signal::stored(pairs);
    match name {
        Field::Note => {
            view! { <TextArea id=id label=label aside=aside rows=3 value=form.note fault=fault /> }.into_any()
        }
        Field::Category => {
            let categories = community::categories(page.slug());
            let known = (request.category_id.to_string(), request.summary.category.clone());
            let options = Signal::derive(move || match categories.ready() {
                Some(all) => all.into_iter().map(|it| (it.id.to_string(), it.name)).collect(),
                None => vec![known.clone()],
            });
            view! { <Select id=id label=label options=options value=form.category fault=fault /> }.into_any()
        }
        Field::Priority => {
            let all =
                Priority::ALL.iter().map(|it| (it.as_str().into(), labels::priority(*it).into())).collect();
            view! { <Select id=id label=label options=options(all) value=form.priority fault=fault /> }
                .into_any()
        }
        Field::Zone => {
            let zones = community::zones(page.slug());
            let options = Signal::derive(move || {
                let none = (String::new(), words::filter::choose().to_owned());
                let all =
                    zones.ready().unwrap_or_default().into_iter().map(|it| (it.id.to_string(), it.name));
                [none].into_iter().chain(all).collect::<Vec<_>>()
            });
            view! { <Select id=id label=label aside=aside options=options value=form.zone fault=fault /> }
                .into_any()
        }
        Field::Assignee => view! {
            <AssigneePicker
                slug=page.slug()
                number=request.summary.number
                now=request.summary.assignee.map(|person| person.member_id)
                value=form.assignee
                fault=fault
            />
        }
        .into_any(),
        Field::HoldReason => {
            let all =
                HoldReason::ALL.iter().map(|it| choice(it.as_str(), labels::hold_reason(*it))).collect();
            reasons("act-hold_reason", label, all, form.hold_reason, fault)
        }
        Field::RejectReason => {
            let all =
                RejectReason::ALL.iter().map(|it| choice(it.as_str(), labels::reject_reason(*it))).collect();
            reasons("act-reject_reason", label, all, form.reject_reason, fault)
        }
        Field::HoldUntil => moment(id, label, aside, words::field::hold_until_help(), form.hold_until, fault),
        Field::Evidence => {
            let mut words = if required { attachment::required() } else { attachment::optional() };
            if verb == RequestAction::Resolve {
                words.help = words::photo::evidence_help();
            }
            view! {
                <PhotoPicker
                    id="act-attachment_ids"
                    words=words
                    photos=form.photos
                    fault=fault
                    upload=attachment::uploader(page.slug(), form.photos)
                />
            }
            .into_any()
        }
        Field::Rating => {
            let words = [
                words::rating::one_star(),
                words::rating::two_stars(),
                words::rating::three_stars(),
                words::rating::four_stars(),
                words::rating::five_stars(),
            ];
            view! { <StarInput value=form.rating legend=format!("{label} {aside}") words=words /> }.into_any()
        }
        Field::Target => {
            let none = (String::new(), words::filter::choose().to_owned());
            let all = RequestStatus::ALL.iter().map(|it| (it.as_str().into(), labels::status(*it).into()));
            let all = options([none].into_iter().chain(all).collect());
            view! { <Select id=id label=label options=all value=form.target fault=fault /> }.into_any()
        }
        Field::Master => view! {
            <Finder
                id=id
                label=label
                help=words::field::master_help()
                slug=page.slug()
                sought=Sought::Master(Some(request.summary.id))
                value=form.master
                fault=fault
            />
        }
        .into_any(),
        Field::Team => {
            let teams = team::teams(page.slug());
            let options = Signal::derive(move || {
                let none = (String::new(), words::field::team_none().to_owned());
                let all =
                    teams.ready().unwrap_or_default().into_iter().map(|it| (it.id.to_string(), it.name));
                [none].into_iter().chain(all).collect::<Vec<_>>()
            });
            view! { <Select id=id label=label options=options value=form.team fault=fault /> }.into_any()
        }
        Field::Visibility => {
            let all = RequestVisibility::ALL
                .iter()
                .map(|it| (it.as_str().into(), labels::visibility(*it).into()))
                .collect();
            view! { <Select id=id label=label options=options(all) value=form.visibility fault=fault /> }
                .into_any()
        }
        Field::DueAt => moment(id, label, aside, words::field::due_at_help(), form.due_at, fault),
        Field::Place => view! { <Location at=form.place /> }.into_any(),
    }
}

/// An instant by the clock of this device.
fn moment(
    id: String,
    label: &'static str,
    aside: String,
    help: &'static str,
    value: RwSignal<String>,
    fault: Signal<Option<String>>,
) -> AnyView {
    view! {
        <Frame id=id.clone() label=label aside=aside help=help fault=fault>
            <input
                id=id.clone()
                class="input"
                type="datetime-local"
                aria-describedby=format!("{id}-about")
                on:input=move |event| value.set(event_target_value(&event))
            />
        </Frame>
    }
    .into_any()
}

fn choice(value: &str, title: &str) -> Choice {
    Choice { value: value.into(), title: title.into(), text: None, icon: None }
}

fn reasons(
    name: &'static str,
    legend: &'static str,
    choices: Vec<Choice>,
    value: RwSignal<Option<String>>,
    fault: Signal<Option<String>>,
) -> AnyView {
    view! {
        <div class="stack stack--tight">
            <Choices name=name legend=legend layout=Layout::List choices=choices value=value />
            <Fault fault=fault />
        </div>
    }
    .into_any()
}
