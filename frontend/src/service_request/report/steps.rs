//! The way through the questions: forward one by one on a phone, and back to whatever was answered wrongly.

use leptos::prelude::*;

use super::{Form, control};
use crate::browser;
use crate::form::Faults;
use crate::service_request::draft::Question;
use crate::ui::button::{Button, Look};
use crate::ui::live::live;
use crate::words;

/// Where somebody is among the questions.
#[derive(Clone, Copy)]
pub struct Steps {
    pub form: Form,
    pub question: RwSignal<Question>,
}

impl Steps {
    pub fn new(form: Form) -> Self {
        Self { form, question: RwSignal::new(Question::Category) }
    }

    /// Says what is wrong, and leads to the first question that has it.
    pub fn blame(self, faults: Faults) {
        if let Some(first) = faults.keys().map(|field| Question::of(field)).min() {
            self.question.set(first);
        }
        self.form.faults.set(faults);
        browser::focus_later("#error-summary");
    }

    /// The next question, if this one is answered; after the last `send`.
    fn go_on(self, send: Callback<()>) {
        let now = self.question.get_untracked();
        let mut faults = untrack(|| self.form.draft()).faults(&self.form.asked.get_untracked());
        faults.retain(|field, _| Question::of(field) == now);
        if !faults.is_empty() {
            return self.blame(faults);
        }
        self.form.faults.set(Faults::new());
        match now.next() {
            Some(next) => {
                self.question.set(next);
                window().scroll_to_with_x_and_y(0.0, 0.0);
                browser::focus_later(format!("#question-{}", next.number()));
            }
            None => send.run(()),
        }
    }

    fn go_back(self) {
        if let Some(before) = self.question.get_untracked().before() {
            self.form.faults.set(Faults::new());
            self.question.set(before);
            browser::focus_later(format!("#question-{}", before.number()));
        }
    }

    /// What is wrong, by the controls that it leads to.
    pub fn summary(self) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || {
            self.form.faults.with(|faults| {
                faults.iter().map(|(field, text)| (control(field), text.clone())).collect::<Vec<_>>()
            })
        })
    }
}

/// "Question 2 of 4", on a phone.
#[component]
pub fn Progress(steps: Steps) -> impl IntoView {
    view! {
        <p class="report__progress only-phone" aria-live="polite">
            {live(move || {
                words::report::progress(
                    &steps.question.get().number().to_string(),
                    &Question::ALL.len().to_string(),
                )
            })}
        </p>
    }
}

/// The buttons at the foot of a phone.
#[component]
pub fn Ways(steps: Steps, pending: RwSignal<bool>, send: Callback<()>) -> impl IntoView {
    view! {
        <Show when=move || steps.question.get() != Question::Category>
            <Button on_click=move || steps.go_back()>{words::report::back()}</Button>
        </Show>
        <Button look=Look::Primary pending=pending on_click=move || steps.go_on(send)>
            {live(move || match steps.question.get().next() {
                None => words::report::send(),
                Some(_) => words::report::go_on(),
            })}
        </Button>
    }
}

/// One question: a screen of its own on a phone, a section on a desk.
#[component]
pub fn Part(steps: Steps, question: Question, title: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="report__part" class:report__part--later=move || steps.question.get() != question>
            <h2 class="report__question" id=format!("question-{}", question.number()) tabindex="-1">
                <span class="report__number only-desk" aria-hidden="true">{question.number()}</span>
                {title}
            </h2>
            <div class="stack stack--wide">{children()}</div>
        </section>
    }
}

/// What is wrong with the whole of it, above the questions.
#[component]
pub fn Refused(refused: RwSignal<Option<String>>) -> impl IntoView {
    live(move || {
        refused.get().map(|text| {
            view! { <div class="notice notice--danger" role="alert" id="refused" tabindex="-1">{text}</div> }
        })
    })
}
