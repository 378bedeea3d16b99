//! The questions of a category as fields: the report asks with them, and the editor shows what it will look like.

use domain::question::{Answers, Question, QuestionKind};
use leptos::prelude::*;

use crate::form::Faults;
use crate::ui::field::{Fault, Select, TextArea, TextField};
use crate::ui::live::live;
use crate::words;

/// A field for each question; what is answered lands in `answers`.
#[component]
pub fn AskedQuestions(
    #[prop(into)] asked: Signal<Vec<Question>>,
    answers: RwSignal<Answers>,
    #[prop(into)] faults: Signal<Faults>,
) -> impl IntoView {
    let asked = Memo::new(move |_| asked.get());
    live(move || {
        let questions = asked.get();
        (!questions.is_empty()).then(|| {
            let fields = questions.into_iter().map(|question| one(question, answers, faults)).collect_view();
            view! { <div class="stack stack--wide asked">{fields}</div> }
        })
    })
}

fn one(question: Question, answers: RwSignal<Answers>, faults: Signal<Faults>) -> AnyView {
    let Question { code, kind, label, help, required, options } = question;
    let fault = {
        let field = format!("answers/{code}");
        Signal::derive(move || faults.with(|faults| faults.get(&field).cloned()))
    };
    let id = format!("answers-{code}");
    let aside = if required { String::new() } else { words::common::optional().to_owned() };
    if kind == QuestionKind::Multi {
        return view! { <Several id=id code=code label=label help=help aside=aside options=options answers=answers fault=fault /> }
            .into_any();
    }
    let kept = answers.with_untracked(|all| all.get(&code).and_then(|values| values.first().cloned()));
    let value = RwSignal::new(kept.unwrap_or_default());
    Effect::new(move |again: Option<()>| {
        let text = value.get();
        if again.is_some() {
            answers.update(|all| {
                all.insert(code.clone(), vec![text]);
            });
        }
    });
    match kind {
        QuestionKind::Text => view! { <TextArea id=id label=label help=help aside=aside value=value fault=fault /> }.into_any(),
        QuestionKind::Single => {
            let none = (String::new(), words::report::choose().to_owned());
            let options: Vec<(String, String)> =
                [none].into_iter().chain(options.into_iter().map(|option| (option.clone(), option))).collect();
            view! { <Select id=id label=label help=help aside=aside options=options value=value fault=fault /> }.into_any()
        }
        QuestionKind::Number => {
            view! { <TextField id=id label=label help=help aside=aside keys="decimal" value=value fault=fault /> }.into_any()
        }
        QuestionKind::Datetime => {
            view! { <TextField id=id label=label help=help aside=aside kind="datetime-local" value=value fault=fault /> }
                .into_any()
        }
        QuestionKind::String | QuestionKind::Multi => {
            view! { <TextField id=id label=label help=help aside=aside value=value fault=fault /> }.into_any()
        }
    }
}

/// Boxes to tick, as many as fit.
#[component]
fn Several(
    id: String,
    code: String,
    label: String,
    help: String,
    aside: String,
    options: Vec<String>,
    answers: RwSignal<Answers>,
    fault: Signal<Option<String>>,
) -> impl IntoView {
    let tick = move |code: &str, option: &str, on: bool| {
        answers.update(|all| {
            let values = all.entry(code.to_owned()).or_default();
            values.retain(|value| value != option);
            if on {
                values.push(option.to_owned());
            }
        });
    };
    let boxes = options
        .into_iter()
        .enumerate()
        .map(|(index, option)| {
            let (code, shown) = (code.clone(), option.clone());
            let ticked = {
                let (code, option) = (code.clone(), option.clone());
                move || answers.with(|all| all.get(&code).is_some_and(|values| values.contains(&option)))
            };
            view! {
                <label class="asked__option">
                    <input
                        type="checkbox"
                        id=(index == 0).then(|| id.clone())
                        prop:checked=ticked
                        on:change=move |event| tick(&code, &option, event_target_checked(&event))
                    />
                    {shown}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend class="field__label">
                {label}
                {(!aside.is_empty()).then(|| view! { <span class="field__aside">{" "}{aside}</span> })}
            </legend>
            {(!help.is_empty()).then(|| view! { <p class="field__help">{help}</p> })}
            <Fault fault=fault />
            <div class="asked__options">{boxes}</div>
        </fieldset>
    }
}
