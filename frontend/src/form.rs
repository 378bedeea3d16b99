//! Forms: what is wrong with which field, what else went wrong, and whether it is on its way.
//!
//! A field has the name that it has on the wire, which is also the id of its control: so the server's faults find it.

use std::collections::BTreeMap;

use contract::problem::Problem;
use domain::rule::Fault;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::{browser, labels, time, words};

/// What is wrong, by the name of the field on the wire.
pub type Faults = BTreeMap<String, String>;

/// Drops the fault of a field as soon as the field changes.
pub fn forgive(faults: RwSignal<Faults>, field: &'static str, changed: Signal<()>) {
    Effect::new(move || {
        changed.get();
        if faults.with_untracked(|faults| faults.contains_key(field)) {
            faults.update(|faults| {
                faults.remove(field);
            });
        }
    });
}

/// What the server found wrong, by field.
pub fn faults_of(problem: &Problem) -> Faults {
    problem
        .errors
        .iter()
        .filter_map(|error| {
            // Each answer is a field of its own.
            let whole = error.pointer.as_deref().and_then(|pointer| pointer.strip_prefix("#/"));
            let answer = whole.filter(|place| place.starts_with("answers/"));
            Some((answer.or(error.field())?.to_owned(), labels::field_error(error)))
        })
        .collect()
}

/// What somebody typed as a list with commas.
pub fn words_between_commas(text: &str) -> Vec<String> {
    text.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
}

/// A form of a few fields that are texts.
#[derive(Clone, Copy)]
pub struct Form {
    fields: StoredValue<Vec<&'static str>>,
    pub faults: RwSignal<Faults>,
    refused: RwSignal<Option<Failure>>,
    pub pending: RwSignal<bool>,
}

impl Form {
    pub fn new() -> Self {
        Self {
            fields: StoredValue::new(Vec::new()),
            faults: RwSignal::new(Faults::new()),
            refused: RwSignal::new(None),
            pending: RwSignal::new(false),
        }
    }

    /// A field; those that come first get the focus first when they are wrong.
    pub fn text(self, name: &'static str) -> RwSignal<String> {
        let value = RwSignal::new(String::new());
        self.watch(name, Signal::derive(move || value.track()));
        value
    }

    /// A field that is no text; `changed` says when it is another.
    pub fn watch(self, name: &'static str, changed: Signal<()>) {
        self.fields.update_value(|fields| fields.push(name));
        forgive(self.faults, name, changed);
    }

    pub fn fault(self, name: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.faults.with(|faults| faults.get(name).cloned()))
    }

    /// Whether everything is right. What is not is said, and gets the focus. Each check comes with the words for a
    /// value that is missing.
    pub fn check<const N: usize>(self, checks: [(&str, Result<(), Fault>, &str); N]) -> bool {
        let faults: Faults = checks
            .into_iter()
            .filter_map(|(field, checked, missing)| {
                let fault = checked.err()?;
                let text = if fault.code == "required" { missing.to_owned() } else { labels::fault(&fault) };
                Some((field.to_owned(), text))
            })
            .collect();
        let good = faults.is_empty();
        self.blame(faults);
        good
    }

    /// Says what is wrong with fields, and leads to the first of them.
    pub fn blame(self, faults: Faults) {
        let first =
            self.fields.with_value(|fields| fields.iter().find(|name| faults.contains_key(**name)).copied());
        self.faults.set(faults);
        if let Some(first) = first {
            browser::focus_later(format!("#{first}"));
        }
    }

    /// Sends it, unless it is on its way already, and says what went wrong where it went wrong.
    pub fn send<R: 'static>(
        self,
        call: impl Future<Output = Result<R, Failure>> + 'static,
        then: impl FnOnce(R) + 'static,
    ) {
        self.attempt(call, then, Some);
    }

    /// Like [`Form::send`]; `other` may have an answer of its own to a failure.
    pub fn attempt<R: 'static>(
        self,
        call: impl Future<Output = Result<R, Failure>> + 'static,
        then: impl FnOnce(R) + 'static,
        other: impl FnOnce(Failure) -> Option<Failure> + 'static,
    ) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.refused.set(None);
        spawn_local(async move {
            let outcome = call.await;
            let _ = self.pending.try_set(false);
            match outcome {
                Ok(reply) => then(reply),
                Err(failure) => {
                    if let Some(failure) = other(failure) {
                        self.refuse(failure);
                    }
                }
            }
        });
    }

    /// Puts what went wrong where it belongs.
    pub fn refuse(self, failure: Failure) {
        let known = match &failure {
            Failure::Problem(problem) => faults_of(problem),
            _ => Faults::new(),
        };
        let placed = self.fields.try_with_value(|fields| fields.iter().any(|name| known.contains_key(*name)));
        match placed {
            Some(true) => self.blame(known),
            Some(false) => {
                self.refused.set(Some(failure));
                browser::focus_later("#refused");
            }
            // The form is gone.
            None => {}
        }
    }
}

/// What is wrong with a form as a whole, above its fields.
#[component]
pub fn Refused(form: Form) -> impl IntoView {
    live(move || {
        form.refused.get().map(|failure| {
            let wait = match failure {
                Failure::Wait(seconds) => Some(seconds),
                _ => None,
            };
            view! {
                <div class="notice notice--danger" role="alert" id="refused" tabindex="-1">
                    <Icon name="circle-alert" />
                    <p>
                        {labels::failure(&failure)}
                        {wait.map(|seconds| view! { " " <Countdown seconds=seconds /> })}
                    </p>
                </div>
            }
        })
    })
}

/// The seconds that are left, as they run out. Screen readers have heard how many it were.
#[component]
pub fn Countdown(seconds: u32) -> impl IntoView {
    let left = countdown(seconds);
    live(move || match left.get() {
        0 => words::failure::wait_over().into_any(),
        left => view! {
            <span class="countdown" aria-hidden="true">{format!("{}:{:02}", left / 60, left % 60)}</span>
        }
        .into_any(),
    })
}

/// Seconds until zero, from now.
pub fn countdown(seconds: u32) -> RwSignal<u32> {
    let end = time::now() + chrono::TimeDelta::seconds(seconds.into());
    let left = RwSignal::new(seconds);
    let tick = move || {
        let milliseconds = (end - time::now()).num_milliseconds().max(0);
        left.set(
            u32::try_from(milliseconds.div_euclid(1000) + i64::from(milliseconds % 1000 > 0))
                .unwrap_or_default(),
        );
    };
    if let Ok(handle) = set_interval_with_handle(tick, std::time::Duration::from_secs(1)) {
        on_cleanup(move || handle.clear());
    }
    left
}
