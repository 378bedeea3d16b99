//! Tying somebody to a unit, and changing or ending how they are tied.

use chrono::NaiveDate;
use contract::problem::Code;
use contract::unit::{
    ADD_OCCUPANCY, END_OCCUPANCY, NewOccupancy, Occupancy, UPDATE_OCCUPANCY, UpdateOccupancy,
};
use domain::community::OccupancyKind;
use leptos::prelude::*;

use super::member_picker::MemberPicker;
use crate::form::{Faults, Form, Refused};
use crate::ui::button::{Button, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Checkbox, Select, TextField};
use crate::{api, labels, words};

/// What can be said of a tie, while it is said.
#[derive(Clone, Copy)]
struct Fields {
    kind: RwSignal<String>,
    primary: RwSignal<bool>,
    resides: RwSignal<bool>,
    from: RwSignal<String>,
    to: RwSignal<String>,
}

fn day(text: RwSignal<String>) -> Option<NaiveDate> {
    text.get_untracked().parse().ok()
}

#[component]
fn TieFields(form: Form, fields: Fields) -> impl IntoView {
    let kinds: Vec<(String, String)> =
        OccupancyKind::ALL.iter().map(|kind| (kind.to_string(), labels::tie(*kind).to_owned())).collect();
    view! {
        <Select id="kind" label=words::unit::tie() options=kinds value=fields.kind fault=form.fault("kind") />
        <div>
            <Checkbox id="resides" label=words::units::resides() value=fields.resides />
            <Checkbox id="is_primary" label=words::units::primary() value=fields.primary />
        </div>
        <TextField id="from_date" label=words::units::from() kind="date" value=fields.from fault=form.fault("from_date") />
        <TextField
            id="to_date"
            label=words::units::to()
            aside=words::common::optional().to_owned()
            kind="date"
            value=fields.to
            fault=form.fault("to_date")
        />
    }
}

fn form() -> Form {
    let form = Form::new();
    for name in ["member_id", "kind", "from_date", "to_date"] {
        form.watch(name, Signal::stored(()));
    }
    form
}

#[component]
pub fn AddDialog(
    slug: StoredValue<String>,
    unit: String,
    on_done: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let form = form();
    let member = RwSignal::new(None);
    let fields = Fields {
        kind: RwSignal::new(OccupancyKind::Tenant.to_string()),
        primary: RwSignal::new(true),
        resides: RwSignal::new(true),
        from: RwSignal::new(String::new()),
        to: RwSignal::new(String::new()),
    };
    let submit = move || {
        let chosen: Option<(String, String)> = member.get_untracked();
        let Some(member_id) = chosen.and_then(|(id, _)| id.parse().ok()) else {
            form.blame(Faults::from([("member_id".to_owned(), words::units::member_missing().to_owned())]));
            return;
        };
        let body = NewOccupancy {
            member_id,
            kind: fields.kind.get_untracked().parse().unwrap_or(OccupancyKind::Tenant),
            is_primary: Some(fields.primary.get_untracked()),
            resides: Some(fields.resides.get_untracked()),
            from_date: day(fields.from),
            to_date: day(fields.to),
        };
        let unit = unit.clone();
        form.attempt(
            async move { api::send(&ADD_OCCUPANCY, &[&slug.get_value(), &unit], &body).await },
            move |_| on_done.run(()),
            move |failure| match failure.code() {
                Some(Code::Duplicate) => {
                    let told = words::units::tied_already().to_owned();
                    form.blame(Faults::from([("member_id".to_owned(), told)]));
                    None
                }
                _ => Some(failure),
            },
        );
    };
    view! {
        <Dialog title=words::units::tie_somebody() close_label=words::common::close() on_close=on_close>
            <form
                class="stack"
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
            >
                <Refused form=form />
                <MemberPicker slug=slug value=member fault=form.fault("member_id") />
                <TieFields form=form fields=fields />
                <Submit pending=form.pending>{words::units::tie_do()}</Submit>
            </form>
        </Dialog>
    }
}

#[component]
pub fn ChangeDialog(
    slug: StoredValue<String>,
    unit: String,
    tie: Occupancy,
    on_done: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let form = form();
    let fields = Fields {
        kind: RwSignal::new(tie.kind.to_string()),
        primary: RwSignal::new(tie.is_primary),
        resides: RwSignal::new(tie.resides),
        from: RwSignal::new(tie.from_date.to_string()),
        to: RwSignal::new(tie.to_date.map(|day| day.to_string()).unwrap_or_default()),
    };
    let (id, version) = (tie.id, tie.version);
    let submit = move || {
        let body = UpdateOccupancy {
            kind: fields.kind.get_untracked().parse().ok(),
            is_primary: Some(fields.primary.get_untracked()),
            resides: Some(fields.resides.get_untracked()),
            from_date: day(fields.from),
            to_date: Some(day(fields.to)),
        };
        let unit = unit.clone();
        form.send(
            async move { api::change(&UPDATE_OCCUPANCY, &[&slug.get_value(), &unit, &id], version, &body).await },
            move |_| on_done.run(()),
        );
    };
    view! {
        <Dialog title=words::units::change_tie(&tie.display_name) close_label=words::common::close() on_close=on_close>
            <form
                class="stack"
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
            >
                <Refused form=form />
                <TieFields form=form fields=fields />
                <Submit pending=form.pending>{words::units::save()}</Submit>
            </form>
        </Dialog>
    }
}

#[component]
pub fn EndDialog(
    slug: StoredValue<String>,
    unit: String,
    tie: Occupancy,
    on_done: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let form = form();
    let (id, version) = (tie.id, tie.version);
    let end = move || {
        let unit = unit.clone();
        form.send(
            async move { api::remove(&END_OCCUPANCY, &[&slug.get_value(), &unit, &id], version).await },
            move |()| on_done.run(()),
        );
    };
    view! {
        <Dialog title=words::units::end_title(&tie.display_name) close_label=words::common::close() on_close=on_close>
            <div class="stack">
                <Refused form=form />
                <p>{words::units::end_about()}</p>
                <Button look=Look::Danger pending=form.pending on_click=end>{words::units::end_do()}</Button>
            </div>
        </Dialog>
    }
}
