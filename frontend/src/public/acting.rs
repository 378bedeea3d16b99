//! What somebody can do about their own report: confirm with stars, dispute, answer, cancel.

use contract::public::{ACT, ActOnReport, Report};
use contract::service_request::AllowedAction;
use domain::rule;
use domain::service_request::RequestAction;
use domain::service_request::workflow::Field;
use leptos::prelude::*;

use crate::form::{Form, Refused};
use crate::load::Loading;
use crate::ui::button::{Button, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Fault, TextArea};
use crate::ui::live::live;
use crate::ui::stars::StarInput;
use crate::ui::toast::Toasts;
use crate::{api, labels, words};

#[component]
pub fn Actions(
    actions: Vec<AllowedAction>,
    report: Loading<Report>,
    place: StoredValue<(String, String)>,
) -> impl IntoView {
    let open = RwSignal::new(None::<AllowedAction>);
    let first = actions.first().map(|allowed| allowed.action);
    let buttons = actions
        .into_iter()
        .map(|allowed| {
            let action = allowed.action;
            let look = match action {
                RequestAction::Cancel | RequestAction::RequestCancel => Look::Quiet,
                _ if Some(action) == first => Look::Primary,
                _ => Look::Secondary,
            };
            view! {
                <Button look=look icon=labels::action_icon(action) on_click=move || open.set(Some(allowed.clone()))>
                    {labels::action(action)}
                </Button>
            }
        })
        .collect_view();
    view! {
        <div class="row">{buttons}</div>
        {live(move || {
            open.get().map(|allowed| view! { <Act allowed=allowed open=open report=report place=place /> })
        })}
    }
}

#[component]
fn Act(
    allowed: AllowedAction,
    open: RwSignal<Option<AllowedAction>>,
    report: Loading<Report>,
    place: StoredValue<(String, String)>,
) -> impl IntoView {
    let toasts = Toasts::expect();
    let form = Form::new();
    let rating = RwSignal::new(None::<i16>);
    form.watch("rating", Signal::derive(move || rating.track()));
    let note = form.text("note");
    let action = allowed.action;
    let (needs_note, needs_stars) = (allowed.requires(Field::Note), allowed.requires(Field::Rating));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let text = rule::trimmed(&note.get_untracked()).to_owned();
        let given = rating.get_untracked();
        let noted = match text.is_empty() && !needs_note {
            true => Ok(()),
            false => rule::NOTE.check(&text),
        };
        let starred = if needs_stars && given.is_none() { Err(rule::Fault::new("required")) } else { Ok(()) };
        let required = words::fault::required();
        if !form.check([("rating", starred, required), ("note", noted, required)]) {
            return;
        }
        let body = ActOnReport { action, note: Some(text).filter(|text| !text.is_empty()), rating: given };
        let call = async move {
            let (community, secret) = place.get_value();
            api::send(&ACT, &[&community, &secret], &body).await
        };
        form.send(call, move |after| {
            toasts.done(labels::done(action));
            open.set(None);
            report.set(after);
        });
    };
    let stars = [
        words::rating::one_star(),
        words::rating::two_stars(),
        words::rating::three_stars(),
        words::rating::four_stars(),
        words::rating::five_stars(),
    ];
    let aside = if needs_note { "" } else { words::common::optional() };
    view! {
        <Dialog
            title=labels::action(action)
            close_label=words::common::close()
            on_close=Callback::new(move |()| open.set(None))
        >
            <form class="stack" novalidate=true on:submit=submit>
                {labels::action_about(action).map(|about| view! { <p>{about}</p> })}
                <Refused form=form />
                {allowed
                    .takes(Field::Rating)
                    .then(|| {
                        view! {
                            <StarInput value=rating legend=words::field::rating() words=stars />
                            <Fault fault=form.fault("rating") />
                        }
                    })}
                {allowed
                    .takes(Field::Note)
                    .then(|| {
                        view! {
                            <TextArea id="note" label=labels::note(action) aside=aside rows=3 value=note fault=form.fault("note") />
                        }
                    })}
                <div class="row">
                    <Submit pending=form.pending>{labels::action(action)}</Submit>
                    <Button look=Look::Quiet on_click=move || open.set(None)>{words::common::not_now()}</Button>
                </div>
            </form>
        </Dialog>
    }
}
