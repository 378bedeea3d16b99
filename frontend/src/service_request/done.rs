//! What a category asked and demands of a request: the answers, and the checklist.

use contract::checklist::{ChecklistItem, TICK, TickItem};
use contract::service_request::ServiceRequest;
use domain::question::{Answered, QuestionKind};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::show::OnPage;
use crate::ui::toast::Toasts;
use crate::{api, labels, words};

/// What was asked and answered.
#[component]
pub fn Answers(answers: Vec<Answered>) -> impl IntoView {
    (!answers.is_empty()).then(|| {
        let said = |answered: Answered| {
            let text = answered.values.join(", ");
            let text =
                if answered.question.kind == QuestionKind::Datetime { text.replace('T', " ") } else { text };
            view! {
                <div>
                    <dt>{answered.question.label}</dt>
                    <dd>{text}</dd>
                </div>
            }
        };
        view! { <dl class="card asked-facts">{answers.into_iter().map(said).collect_view()}</dl> }
    })
}

/// What has to be done, and how far it is.
#[component]
pub fn Checklist(page: OnPage, request: ServiceRequest) -> impl IntoView {
    let ServiceRequest { summary, checklist, may_tick, checklist_required, .. } = request;
    let (all, done) = (checklist.len(), checklist.iter().filter(|item| item.done_at.is_some()).count());
    (all > 0).then(|| {
        let number = summary.number;
        let items = checklist
            .into_iter()
            .map(|item| view! { <Item page=page number=number.clone() item=item may_tick=may_tick /> })
            .collect_view();
        let progress = words::checklist::progress(&all.to_string(), &done.to_string());
        view! {
            <section class="card stack stack--tight" aria-labelledby="checklist-title">
                <div class="row row--apart">
                    <h2 class="section-title" id="checklist-title">{words::checklist::title()}</h2>
                    <span class="quiet small" role="status">{progress}</span>
                </div>
                <progress class="visually-hidden" max=all value=done aria-labelledby="checklist-title"></progress>
                <ul class="ticks">{items}</ul>
                {(checklist_required && done < all).then(|| view! { <p class="quiet small">{words::checklist::needed()}</p> })}
            </section>
        }
    })
}

#[component]
fn Item(page: OnPage, number: String, item: ChecklistItem, may_tick: bool) -> impl IntoView {
    let toasts = Toasts::expect();
    let (id, version) = (item.id, item.version);
    let tick = move |done: bool| {
        let number = number.clone();
        spawn_local(async move {
            let body = TickItem { done: Some(done) };
            if let Err(failure) = api::change(&TICK, &[&page.slug(), &number, &id], version, &body).await {
                toasts.failed(labels::failure(&failure));
            }
            page.request.reload();
        });
    };
    view! {
        <li>
            <label class="tick">
                <input
                    type="checkbox"
                    id=format!("item-{id}")
                    checked=item.done_at.is_some()
                    disabled=!may_tick
                    on:change=move |event| tick(event_target_checked(&event))
                />
                <span>
                    {item.text}
                    {item.done_by.map(|name| view! { <span class="tick__by">{" · "}{name}</span> })}
                </span>
            </label>
        </li>
    }
}
