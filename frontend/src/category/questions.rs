//! The questions of a category while they are written, and beside them what a reporter will see.

use domain::category::code_of;
use domain::question::{Answers, QUESTIONS_MAX, Question, QuestionKind};
use domain::rule;
use leptos::prelude::*;

use crate::form::Faults;
use crate::service_request::report::asked::AskedQuestions;
use crate::ui::button::{Button, IconButton};
use crate::ui::field::{Checkbox, Select, TextArea, TextField};
use crate::ui::live::live;
use crate::{labels, words};

/// A question while it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Writing {
    key: u32,
    /// Kept by a question that is there already: answers go by it.
    code: StoredValue<Option<String>>,
    kind: RwSignal<String>,
    label: RwSignal<String>,
    help: RwSignal<String>,
    required: RwSignal<bool>,
    /// One a line.
    options: RwSignal<String>,
}

/// All of them, in their order.
#[derive(Clone, Copy)]
pub struct Written {
    all: RwSignal<Vec<Writing>>,
    next: StoredValue<u32>,
}

impl Written {
    pub fn of(questions: Vec<Question>) -> Self {
        let written = Self { all: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
        questions.into_iter().for_each(|question| written.add(Some(question)));
        written
    }

    fn add(self, question: Option<Question>) {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        let is_old = question.is_some();
        let Question { code, kind, label, help, required, options } = question.unwrap_or_else(|| Question {
            code: String::new(),
            kind: QuestionKind::String,
            label: String::new(),
            help: String::new(),
            required: false,
            options: Vec::new(),
        });
        let writing = Writing {
            key,
            code: StoredValue::new(is_old.then_some(code)),
            kind: RwSignal::new(kind.to_string()),
            label: RwSignal::new(label),
            help: RwSignal::new(help),
            required: RwSignal::new(required),
            options: RwSignal::new(options.join("\n")),
        };
        self.all.update(|all| all.push(writing));
    }

    /// What they are now. Codes of new ones are made of their labels.
    pub fn get(self) -> Vec<Question> {
        let mut questions: Vec<Question> = Vec::new();
        for writing in self.all.get() {
            let label = writing.label.get();
            let kind: QuestionKind = writing.kind.get().parse().unwrap_or(QuestionKind::String);
            let code = writing.code.get_value().unwrap_or_else(|| free_code(&label, writing.key, &questions));
            let options = if kind.has_options() { lines(&writing.options.get()) } else { Vec::new() };
            questions.push(Question {
                code,
                kind,
                label,
                help: writing.help.get(),
                required: writing.required.get(),
                options,
            });
        }
        questions
    }

    /// The control that a fault leads to, such as that of `questions/1/label`.
    pub fn control(self, place: &str) -> Option<String> {
        let (index, field) = place.strip_prefix("questions/")?.split_once('/')?;
        let index: usize = index.parse().ok()?;
        let key = self.all.with_untracked(|all| all.get(index).map(|writing| writing.key))?;
        Some(format!("question-{key}-{}", if field == "options" { "options" } else { "label" }))
    }
}

fn free_code(label: &str, key: u32, others: &[Question]) -> String {
    let code = code_of(label);
    let taken = others.iter().any(|other| other.code == code);
    if rule::slug(&code).is_err() || taken { format!("question-{}", key + 1) } else { code }
}

/// The lines of a text that say something.
pub fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
}

#[component]
pub fn QuestionsEditor(written: Written, #[prop(into)] faults: Signal<Faults>) -> impl IntoView {
    let answers = RwSignal::new(Answers::new());
    let asked = Signal::derive(move || written.get());
    let full = move || written.all.with(|all| all.len() >= QUESTIONS_MAX);
    view! {
        <div class="editor editor--questions">
            <div class="stack">
                <For each=move || written.all.get() key=|writing| writing.key let:writing>
                    <Card writing=writing written=written faults=faults />
                </For>
                <Show when=move || !full()>
                    <div>
                        <Button icon="plus" on_click=move || written.add(None)>{words::category::add_question()}</Button>
                    </div>
                </Show>
            </div>
            <section class="card stack editor__preview" aria-label=words::category::preview()>
                <h3 class="section-title">{words::category::preview()}</h3>
                {live(move || {
                    written.all.with(Vec::is_empty).then(|| view! { <p class="quiet">{words::category::no_questions()}</p> })
                })}
                <AskedQuestions asked=asked answers=answers faults=Signal::stored(Faults::new()) />
            </section>
        </div>
    }
}

#[component]
fn Card(writing: Writing, written: Written, faults: Signal<Faults>) -> impl IntoView {
    let key = writing.key;
    let at = move || written.all.with(|all| all.iter().position(|one| one.key == key).unwrap_or_default());
    let fault = move |field: &'static str| {
        Signal::derive(move || {
            faults.with(|faults| faults.get(&format!("questions/{}/{field}", at())).cloned())
        })
    };
    let shift = move |by: isize| {
        written.all.update(|all| {
            let from = all.iter().position(|one| one.key == key).unwrap_or_default();
            let to = from.saturating_add_signed(by).min(all.len().saturating_sub(1));
            all.swap(from, to);
        });
    };
    let kinds: Vec<(String, String)> = QuestionKind::ALL
        .iter()
        .map(|kind| (kind.to_string(), labels::question_kind(*kind).to_owned()))
        .collect();
    let chooses = move || writing.kind.with(|kind| kind.parse().is_ok_and(QuestionKind::has_options));
    let number = move || words::category::question(&(at() + 1).to_string());
    view! {
        <section class="card question-card" aria-label=number>
            <div class="question-card__head">
                <span class="question-card__number">{number}</span>
                <IconButton icon="chevrons-up" label=words::category::earlier().to_owned() on_click=move || shift(-1) />
                <IconButton icon="chevrons-down" label=words::category::later().to_owned() on_click=move || shift(1) />
                <IconButton
                    icon="trash-2"
                    label=words::category::remove_question().to_owned()
                    on_click=move || written.all.update(|all| all.retain(|one| one.key != key))
                />
            </div>
            <TextField
                id=format!("question-{key}-label")
                label=words::category::question_label()
                value=writing.label
                fault=fault("label")
            />
            <Select
                id=format!("question-{key}-kind")
                label=words::category::question_kind()
                options=kinds
                value=writing.kind
                fault=fault("kind")
            />
            <Show when=chooses>
                <TextArea
                    id=format!("question-{key}-options")
                    label=words::category::options()
                    help=words::category::one_a_line().to_owned()
                    value=writing.options
                    fault=fault("options")
                />
            </Show>
            <TextField
                id=format!("question-{key}-help")
                label=words::category::question_help()
                aside=words::common::optional().to_owned()
                value=writing.help
                fault=fault("help")
            />
            <Checkbox
                id=format!("question-{key}-required")
                label=words::category::required()
                value=writing.required
            />
        </section>
    }
}
