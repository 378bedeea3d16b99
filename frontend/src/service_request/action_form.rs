//! The form of an action, drawn from the fields that the server says it takes.

mod field;

use contract::service_request::{ActOnServiceRequest, ActionField, AllowedAction, ServiceRequest};
use domain::place::Coordinates;
use domain::rule;
use domain::service_request::RequestAction;
use domain::service_request::workflow::Field;
use leptos::prelude::*;

use field::ActionInput;

use super::actions::Acting;
use super::finder::Chosen;
use super::show::OnPage;
use crate::api::Failure;
use crate::form::{Faults, faults_of, forgive};
use crate::ui::button::{Button, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::field::ErrorSummary;
use crate::ui::live::live;
use crate::ui::photos::Photo;
use crate::{attachment, browser, labels, time, words};

/// In which order fields are asked for.
const ORDER: &[Field] = &[
    Field::Rating,
    Field::Category,
    Field::Priority,
    Field::Zone,
    Field::Master,
    Field::Target,
    Field::Visibility,
    Field::DueAt,
    Field::Assignee,
    Field::Team,
    Field::HoldReason,
    Field::HoldUntil,
    Field::RejectReason,
    Field::Note,
    Field::Evidence,
    Field::Place,
];

/// What has been filled in.
#[derive(Clone, Copy)]
struct Form {
    note: RwSignal<String>,
    category: RwSignal<String>,
    priority: RwSignal<String>,
    zone: RwSignal<String>,
    assignee: RwSignal<Option<String>>,
    hold_reason: RwSignal<Option<String>>,
    hold_until: RwSignal<String>,
    reject_reason: RwSignal<Option<String>>,
    photos: RwSignal<Vec<Photo>>,
    rating: RwSignal<Option<i16>>,
    target: RwSignal<String>,
    team: RwSignal<String>,
    master: RwSignal<Chosen>,
    visibility: RwSignal<String>,
    due_at: RwSignal<String>,
    /// Where the person is, once they said so.
    place: RwSignal<Option<Coordinates>>,
    faults: RwSignal<Faults>,
}

impl Form {
    /// Starts from what the request already has.
    fn of(request: &ServiceRequest, action: RequestAction) -> Self {
        let known_assignee = match action {
            RequestAction::Override => {
                request.summary.assignee.as_ref().map(|person| person.member_id.to_string())
            }
            _ => None,
        };
        Self {
            note: RwSignal::new(String::new()),
            category: RwSignal::new(request.category_id.to_string()),
            priority: RwSignal::new(request.summary.priority.as_str().to_owned()),
            zone: RwSignal::new(request.zone_id.map(|zone| zone.to_string()).unwrap_or_default()),
            assignee: RwSignal::new(known_assignee),
            hold_reason: RwSignal::new(None),
            hold_until: RwSignal::new(String::new()),
            reject_reason: RwSignal::new(None),
            photos: RwSignal::new(Vec::new()),
            rating: RwSignal::new(None),
            target: RwSignal::new(String::new()),
            team: RwSignal::new(String::new()),
            master: RwSignal::new(None),
            visibility: RwSignal::new(request.visibility.as_str().to_owned()),
            due_at: RwSignal::new(String::new()),
            place: RwSignal::new(None),
            faults: RwSignal::new(Faults::new()),
        }
    }

    /// A fault is gone as soon as its field changes.
    fn forgive_changes(self) {
        let Self {
            note,
            category,
            priority,
            zone,
            assignee,
            hold_reason,
            reject_reason,
            photos,
            target,
            team,
            master,
            due_at,
            faults,
            ..
        } = self;
        let fields: [(Field, Signal<()>); 12] = [
            (Field::Note, Signal::derive(move || note.track())),
            (Field::Category, Signal::derive(move || category.track())),
            (Field::Priority, Signal::derive(move || priority.track())),
            (Field::Zone, Signal::derive(move || zone.track())),
            (Field::Assignee, Signal::derive(move || assignee.track())),
            (Field::HoldReason, Signal::derive(move || hold_reason.track())),
            (Field::RejectReason, Signal::derive(move || reject_reason.track())),
            (Field::Evidence, Signal::derive(move || photos.track())),
            (Field::Target, Signal::derive(move || target.track())),
            (Field::Assignee, Signal::derive(move || team.track())),
            (Field::Master, Signal::derive(move || master.track())),
            (Field::DueAt, Signal::derive(move || due_at.track())),
        ];
        for (field, changed) in fields {
            forgive(faults, field.as_str(), changed);
        }
    }

    fn fault(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || self.faults.with(|faults| faults.get(field.as_str()).cloned()))
    }

    /// The action as the server takes it; what the action does not take stays away.
    fn body(self, allowed: &AllowedAction) -> Result<ActOnServiceRequest, Faults> {
        let mut body = ActOnServiceRequest::new(allowed.action);
        let mut faults = Faults::new();
        let mut choice = None;
        for ActionField { name, required, one_of } in &allowed.fields {
            let given = match name {
                Field::Note => {
                    let note = self.note.get_untracked();
                    if let Err(fault) = rule::NOTE.check(&note)
                        && (*required || !note.trim().is_empty())
                    {
                        faults.insert(name.as_str().into(), labels::fault(&fault));
                    }
                    body.note = Some(note.trim().to_owned()).filter(|note| !note.is_empty());
                    body.note.is_some()
                }
                Field::Category => set(&mut body.category_id, &self.category.get_untracked()),
                Field::Priority => set(&mut body.priority, &self.priority.get_untracked()),
                Field::Zone => set(&mut body.zone_id, &self.zone.get_untracked()),
                Field::Assignee => {
                    set(&mut body.assignee_id, &self.assignee.get_untracked().unwrap_or_default())
                }
                Field::HoldReason => {
                    set(&mut body.hold_reason, &self.hold_reason.get_untracked().unwrap_or_default())
                }
                Field::HoldUntil => {
                    body.hold_until = time::parse_local(&self.hold_until.get_untracked());
                    body.hold_until.is_some()
                }
                Field::RejectReason => {
                    set(&mut body.reject_reason, &self.reject_reason.get_untracked().unwrap_or_default())
                }
                Field::Evidence => {
                    body.attachment_ids = self.photos.with_untracked(|photos| attachment::ids(photos));
                    !body.attachment_ids.is_empty()
                }
                Field::Rating => {
                    body.rating = self.rating.get_untracked();
                    body.rating.is_some()
                }
                Field::Target => set(&mut body.target, &self.target.get_untracked()),
                Field::Master => set(
                    &mut body.master_id,
                    &self.master.get_untracked().map(|(id, _)| id).unwrap_or_default(),
                ),
                Field::Team => set(&mut body.team_id, &self.team.get_untracked()),
                Field::Visibility => set(&mut body.visibility, &self.visibility.get_untracked()),
                Field::DueAt => {
                    body.due_at = time::parse_local(&self.due_at.get_untracked());
                    body.due_at.is_some()
                }
                Field::Place => {
                    body.at = self.place.get_untracked();
                    body.at.is_some()
                }
            };
            if *one_of {
                choice = Some(given || choice == Some(true));
            }
            if *required && !given {
                faults.entry(name.as_str().into()).or_insert_with(|| words::fault::required().into());
            }
        }
        if choice == Some(false) {
            faults.insert(Field::Assignee.as_str().into(), words::field::one_of().into());
        }
        if faults.is_empty() { Ok(body) } else { Err(faults) }
    }
}

/// Sets a value from its text, if it has one.
fn set<T: std::str::FromStr>(value: &mut Option<T>, text: &str) -> bool {
    *value = text.parse().ok();
    value.is_some()
}

#[component]
pub fn ActionDialog(
    page: OnPage,
    action: AllowedAction,
    request: ServiceRequest,
    acting: Acting,
) -> impl IntoView {
    let form = Form::of(&request, action.action);
    form.forgive_changes();
    let refused = RwSignal::new(None::<String>);
    let verb = action.action;
    let allowed = StoredValue::new(action.clone());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        refused.set(None);
        if form.photos.with_untracked(|photos| attachment::uploading(photos)) {
            return refused.set(Some(words::photo::wait().to_owned()));
        }
        match allowed.with_value(|allowed| form.body(allowed)) {
            Err(faults) => {
                form.faults.set(faults);
                browser::focus_later("dialog #error-summary");
            }
            Ok(body) => {
                form.faults.set(Faults::new());
                acting.run(body, move |failure| show(form, refused, &failure));
            }
        }
    };
    let summary = Signal::derive(move || {
        form.faults.with(|faults| {
            faults
                .iter()
                .map(|(field, text)| {
                    let label = field.parse().map_or("", |field| labels::field(field, verb));
                    (control(field), format!("{label}: {text}"))
                })
                .collect::<Vec<_>>()
        })
    });
    let fields: Vec<ActionField> = ORDER
        .iter()
        .filter_map(|name| action.fields.iter().find(|field| field.name == *name).cloned())
        .collect();
    view! {
        <Dialog
            title=labels::action(verb)
            close_label=words::common::close()
            on_close=Callback::new(move |()| page.open.set(None))
        >
            <form class="stack" novalidate=true on:submit=submit>
                {labels::action_about(verb).map(|about| view! { <p class="quiet">{about}</p> })}
                <ErrorSummary title=words::report::wrong() faults=summary />
                {live(move || {
                    refused
                        .get()
                        .map(|text| view! { <p class="notice notice--danger" role="alert">{text}</p> })
                })}
                {fields
                    .into_iter()
                    .map(|field| {
                        view! { <ActionInput field=field verb=verb form=form page=page request=request.clone() /> }
                    })
                    .collect_view()}
                <div class="dialog__foot">
                    <Submit pending=acting.is_pending(verb) look=look(verb)>{labels::action(verb)}</Submit>
                    <Button look=Look::Quiet on_click=move || page.open.set(None)>
                        {words::common::not_now()}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}

fn look(action: RequestAction) -> Look {
    match action {
        RequestAction::Cancel
        | RequestAction::RequestCancel
        | RequestAction::Reject
        | RequestAction::Decline => Look::Danger,
        _ => Look::Primary,
    }
}

/// Puts what the server says on its fields, and the rest above them.
fn show(form: Form, refused: RwSignal<Option<String>>, failure: &Failure) {
    match failure {
        Failure::Problem(problem) if !problem.errors.is_empty() => {
            form.faults.set(faults_of(problem));
            browser::focus_later("dialog #error-summary");
        }
        _ => refused.set(Some(labels::failure(failure))),
    }
}

/// The id of a field's control.
fn control(field: &str) -> String {
    match field {
        "assignee_id" | "hold_reason" | "reject_reason" => format!("act-{field}-0"),
        _ => format!("act-{field}"),
    }
}
