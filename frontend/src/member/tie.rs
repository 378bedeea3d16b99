//! A unit and how somebody is tied to it.

use domain::community::OccupancyKind;
use domain::id::UnitId;
use leptos::prelude::*;

use crate::community::unit_picker::{Chosen, UnitPicker};
use crate::ui::field::{Fault, Select};
use crate::{labels, words};

/// What was chosen so far.
#[derive(Clone, Copy)]
pub struct Tie {
    pub unit: RwSignal<Chosen>,
    tie: RwSignal<String>,
}

impl Tie {
    pub fn new(unit: Chosen, tie: OccupancyKind) -> Self {
        Self { unit: RwSignal::new(unit), tie: RwSignal::new(tie.as_str().to_owned()) }
    }

    pub fn unit_id(self) -> Option<UnitId> {
        self.unit.get_untracked().and_then(|(id, _)| id.parse().ok())
    }

    /// How they are tied to it; nothing without a unit.
    pub fn kind(self) -> Option<OccupancyKind> {
        self.unit.get_untracked().and_then(|_| self.tie.get_untracked().parse().ok())
    }
}

#[component]
pub fn TieFields(
    slug: String,
    tie: Tie,
    #[prop(optional, into)] help: Option<String>,
    #[prop(into)] fault: Signal<Option<String>>,
) -> impl IntoView {
    let ties = Signal::stored(
        OccupancyKind::ALL
            .iter()
            .map(|kind| (kind.as_str().to_owned(), labels::tie(*kind).to_owned()))
            .collect::<Vec<_>>(),
    );
    view! {
        <Fault fault=fault />
        <UnitPicker
            id="unit_id"
            label=words::unit::label()
            help=help.unwrap_or_else(|| words::unit::help().to_owned())
            aside=words::common::optional()
            slug=slug
            value=tie.unit
        />
        <Show when=move || tie.unit.with(Option::is_some)>
            <Select id="tie" label=words::unit::tie() options=ties value=tie.tie fault=Signal::stored(None::<String>) />
        </Show>
    }
}
