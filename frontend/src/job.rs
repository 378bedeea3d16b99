//! The queue, for those who run the platform: how much waits, and what has failed and why.

use contract::job::{FailedJob, FailedJobQuery, JobQueue, LIST_FAILED, RETRY, SHOW};
use domain::job::Kind;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::load::{Failed, Load, Loading, load};
use crate::paged::{More, Paged, paged};
use crate::shell::{Page, Width};
use crate::time::Ago;
use crate::ui::button::{Button, Look};
use crate::ui::empty::Empty;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::toast::Toasts;
use crate::{api, labels, words};

#[component]
pub fn JobsPage() -> impl IntoView {
    let queues = load(|| async { Ok(api::get(&SHOW, &[]).await?.data) });
    queues.reload_when_seen_again();
    let failed = paged(|cursor| async move {
        api::get_with(&LIST_FAILED, &[], &FailedJobQuery { cursor, limit: None }).await
    });
    let again = move || {
        queues.reload();
        failed.first.reload();
    };
    view! {
        <Page
            title=words::queue::title().to_owned()
            width=Width::Full
            actions=move || {
                view! { <Button icon="refresh-cw" on_click=again>{words::queue::again()}</Button> }.into_any()
            }
        >
            <div class="stack stack--wide">
                {live(move || match queues.state.get() {
                    Load::Loading => view! { <SkeletonRows label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| queues.reload()) /> }.into_any()
                    }
                    Load::Ready(all) if all.is_empty() => {
                        view! { <Empty icon="circle-check" title=words::queue::idle_title() text=words::queue::idle_text() /> }
                            .into_any()
                    }
                    Load::Ready(all) => view! { <Queues queues=all /> }.into_any(),
                })}
                <section class="stack">
                    <h2>{words::queue::failed_title()}</h2>
                    {live(move || match failed.first.state.get() {
                        Load::Loading => view! { <SkeletonRows label=words::common::loading() /> }.into_any(),
                        Load::Failed(failure) => {
                            view! {
                                <Failed failure=failure retry=Callback::new(move |()| failed.first.reload()) />
                            }
                                .into_any()
                        }
                        Load::Ready(all) if all.is_empty() => {
                            view! { <p class="quiet">{words::queue::none_failed()}</p> }.into_any()
                        }
                        Load::Ready(_) => {
                            view! {
                                <ul class="queues">
                                    {live(move || {
                                        failed
                                            .all()
                                            .into_iter()
                                            .map(|job| view! { <Fallen job=job failed=failed queues=queues /> })
                                            .collect_view()
                                    })}
                                </ul>
                                <More rest=failed.rest />
                            }
                                .into_any()
                        }
                    })}
                </section>
            </div>
        </Page>
    }
}

#[component]
fn Queues(queues: Vec<JobQueue>) -> impl IntoView {
    let one = |queue: JobQueue| {
        let JobQueue { kind, waiting, running, retrying, failed, oldest } = queue;
        let figures = [
            (words::queue::waiting(), waiting),
            (words::queue::retrying(), retrying),
            (words::queue::running(), running),
            (words::queue::failed(), failed),
        ];
        view! {
            <li class="card queue">
                <strong>{in_words(kind)}</strong>
                <dl class="queue__figures">
                    {figures
                        .into_iter()
                        .map(|(word, count)| view! { <div><dt>{word}</dt><dd>{count}</dd></div> })
                        .collect_view()}
                    {oldest
                        .map(|at| {
                            view! { <div><dt>{words::queue::oldest()}</dt><dd><Ago at=at zone="UTC" /></dd></div> }
                        })}
                </dl>
            </li>
        }
    };
    view! { <ul class="queues">{queues.into_iter().map(one).collect_view()}</ul> }
}

#[component]
fn Fallen(job: FailedJob, failed: Paged<FailedJob>, queues: Loading<Vec<JobQueue>>) -> impl IntoView {
    let toasts = Toasts::expect();
    let FailedJob { id, kind, attempts, reason, created_at: _, failed_at } = job;
    let pending = RwSignal::new(false);
    let retry = move || {
        pending.set(true);
        spawn_local(async move {
            match api::send(&RETRY, &[&id], &()).await {
                Ok(_) => {
                    toasts.done(words::queue::retried());
                    failed.retain(|one| one.id != id);
                    queues.reload();
                }
                Err(failure) => toasts.failed(labels::failure(&failure)),
            }
            let _ = pending.try_set(false);
        });
    };
    view! {
        <li class="card queue queue--failed">
            <div class="queue__words">
                <strong>{in_words(kind)}</strong>
                <span class="small quiet">
                    {words::queue::tries(&attempts.to_string())} {" · "}
                    {failed_at.map(|at| view! { <Ago at=at zone="UTC" /> })}
                </span>
                {reason.map(|reason| view! { <code class="queue__reason">{reason}</code> })}
            </div>
            <Button look=Look::Secondary pending=pending on_click=retry>{words::queue::retry()}</Button>
        </li>
    }
}

fn in_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Tell => words::queue::tell(),
        Kind::Mail => words::queue::mail(),
        Kind::Digest => words::queue::digest(),
        Kind::SweepUploads => words::queue::sweep_uploads(),
        Kind::SweepFiles => words::queue::sweep_files(),
        Kind::SweepAccounts => words::queue::sweep_accounts(),
        Kind::SweepSessions => words::queue::sweep_sessions(),
        Kind::SweepQueue => words::queue::sweep_queue(),
    }
}
