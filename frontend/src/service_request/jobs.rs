//! A professional's work: what to accept, what to do, what is under way, with the next step on each card.

use contract::account::Membership;
use contract::service_request::{ACT, ActOnServiceRequest, LIST, ServiceRequestQuery, ServiceRequestSummary};
use domain::role::Permission;
use domain::service_request::workflow::{Who, steps};
use domain::service_request::{RequestAction, RequestStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Deadline, place};
use crate::load::{Failed, Load, Loading, load};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{NotFound, Page};
use crate::ui::button::{Button, ButtonLink, Look};
use crate::ui::empty::Empty;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::priority::PriorityMark;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::toast::Toasts;
use crate::{api, community, labels, words};

/// The groups of the page, in the order in which they are worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    InProgress,
    ToAccept,
    /// Whoever of the team accepts it first has it.
    ForTeam,
    ToDo,
    OnHold,
    Done,
}

impl Group {
    const ALL: [Group; 6] =
        [Group::ToAccept, Group::ForTeam, Group::InProgress, Group::ToDo, Group::OnHold, Group::Done];

    fn of(job: &ServiceRequestSummary) -> Group {
        match job.status {
            RequestStatus::Assigned if job.assignee.is_none() => Group::ForTeam,
            RequestStatus::Assigned if job.accepted => Group::ToDo,
            RequestStatus::Assigned | RequestStatus::New | RequestStatus::Triaged => Group::ToAccept,
            RequestStatus::InProgress => Group::InProgress,
            RequestStatus::OnHold => Group::OnHold,
            RequestStatus::Resolved
            | RequestStatus::Closed
            | RequestStatus::Rejected
            | RequestStatus::Cancelled
            | RequestStatus::Duplicate => Group::Done,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Group::InProgress => words::jobs::in_progress(),
            Group::ToAccept => words::jobs::to_accept(),
            Group::ForTeam => words::jobs::for_team(),
            Group::ToDo => words::jobs::to_do(),
            Group::OnHold => words::jobs::on_hold(),
            Group::Done => words::jobs::done(),
        }
    }

    /// What most likely comes next for the assignee.
    const fn step(self) -> Option<RequestAction> {
        match self {
            Group::ToAccept | Group::ForTeam => Some(RequestAction::Accept),
            Group::ToDo => Some(RequestAction::Start),
            Group::InProgress => Some(RequestAction::Resolve),
            Group::OnHold => Some(RequestAction::Resume),
            Group::Done => None,
        }
    }
}

/// The next step, if the workflow knows it for the assignee of a request in this state.
fn next_step(job: &ServiceRequestSummary) -> Option<RequestAction> {
    let action = Group::of(job).step()?;
    steps(job.status, action).any(|step| step.who.contains(&Who::Assignee)).then_some(action)
}

#[component]
pub fn JobsPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::RequestsWork) {
            view! { <Jobs membership=membership /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

#[component]
fn Jobs(membership: Membership) -> impl IntoView {
    let slug = membership.community.slug;
    let zone = membership.community.time_zone;
    let jobs = {
        let slug = slug.clone();
        load(move || {
            let slug = slug.clone();
            let page = || ServiceRequestQuery { limit: Some(100), ..ServiceRequestQuery::default() };
            let mine = ServiceRequestQuery { assigned_to_me: Some(true), ..page() };
            let teams = ServiceRequestQuery { for_my_teams: Some(true), ..page() };
            async move {
                let mut jobs = api::get_with(&LIST, &[&slug], &mine).await?.data;
                jobs.extend(api::get_with(&LIST, &[&slug], &teams).await?.data);
                Ok(jobs)
            }
        })
    };
    jobs.reload_when_seen_again();
    crate::live::reload_with(slug.clone(), jobs, || true);
    view! {
        <Page title=words::jobs::title().to_owned()>
            {live(move || match jobs.state.get() {
                Load::Loading => view! { <SkeletonRows rows=4 label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| jobs.reload()) /> }.into_any()
                }
                Load::Ready(list) if list.is_empty() => {
                    view! {
                        <Empty icon="hard-hat" title=words::jobs::empty_title() text=words::jobs::empty_text() />
                    }
                        .into_any()
                }
                Load::Ready(list) => {
                    let list = by_deadline(list);
                    view! {
                        <div class="stack stack--wide jobs">
                            {Group::ALL
                                .into_iter()
                                .filter_map(|group| {
                                    let mine: Vec<_> = list
                                        .iter()
                                        .filter(|job| Group::of(job) == group)
                                        .cloned()
                                        .collect();
                                    if mine.is_empty() {
                                        return None;
                                    }
                                    let (slug, zone) = (slug.clone(), zone.clone());
                                    let count = mine.len().to_string();
                                    Some(
                                        view! {
                                            <section class="stack stack--tight">
                                                <h2 class="section-title">
                                                    {group.title()}
                                                    <span class="jobs__count">{count}</span>
                                                </h2>
                                                <ul class="jobs__list">
                                                    {mine
                                                        .into_iter()
                                                        .map(|job| {
                                                            view! {
                                                                <li>
                                                                    <Card job=job slug=slug.clone() zone=zone.clone() jobs=jobs />
                                                                </li>
                                                            }
                                                        })
                                                        .collect_view()}
                                                </ul>
                                            </section>
                                        },
                                    )
                                })
                                .collect_view()}
                        </div>
                    }
                        .into_any()
                }
            })}
        </Page>
    }
}

/// The most urgent first. A list of a hundred at most needs no sorting algorithm, which would weigh more than it saves.
fn by_deadline(jobs: Vec<ServiceRequestSummary>) -> Vec<ServiceRequestSummary> {
    let mut sorted: Vec<ServiceRequestSummary> = Vec::with_capacity(jobs.len());
    for job in jobs {
        let at = sorted.partition_point(|other| other.due_at <= job.due_at);
        sorted.insert(at, job);
    }
    sorted
}

#[component]
fn Card(
    job: ServiceRequestSummary,
    slug: String,
    zone: String,
    jobs: Loading<Vec<ServiceRequestSummary>>,
) -> impl IntoView {
    let href = Route::Request(slug.clone(), job.number.clone()).href();
    let where_it_is = place(&job);
    let step = next_step(&job);
    let is_done = Group::of(&job) == Group::Done;
    view! {
        <article class="job" class:job--done=is_done>
            <a class="job__link" href=href.clone()>
                <span class="row-card__icon"><Icon name=job.category_icon /></span>
                <span class="row-card__main">
                    <span class="row-card__title">{job.title}</span>
                    <span class="job__place">
                        <Icon name="map-pin" size=16 />
                        {where_it_is}
                    </span>
                    <span class="row-card__state">
                        <PriorityMark
                            level=labels::priority_level(job.priority)
                            label=labels::priority(job.priority)
                            with_words=true
                        />
                        <Deadline status=job.status created_at=job.created_at due_at=job.due_at zone=zone />
                        <span class="number only-desk">{job.number.clone()}</span>
                    </span>
                </span>
            </a>
            {step.map(|action| view! { <Next action=action href=href number=job.number slug=slug jobs=jobs /> })}
        </article>
    }
}

/// The next step: done at once, or, if it asks something, on the request's page.
#[component]
fn Next(
    action: RequestAction,
    href: String,
    number: String,
    slug: String,
    jobs: Loading<Vec<ServiceRequestSummary>>,
) -> impl IntoView {
    let toasts = Toasts::expect();
    let pending = RwSignal::new(false);
    if action == RequestAction::Resolve {
        return view! {
            <div class="job__next">
                <ButtonLink href=format!("{href}?do={action}") look=Look::Soft>{labels::action(action)}</ButtonLink>
            </div>
        }
        .into_any();
    }
    let run = move || {
        pending.set(true);
        let (slug, number) = (slug.clone(), number.clone());
        spawn_local(async move {
            match api::send(&ACT, &[&slug, &number], &ActOnServiceRequest::new(action)).await {
                Ok(_) => toasts.done(labels::done(action)),
                Err(failure) => toasts.failed(labels::failure(&failure)),
            }
            let _ = pending.try_set(false);
            jobs.reload();
        });
    };
    view! {
        <div class="job__next">
            <Button look=Look::Soft pending=pending on_click=run>{labels::action(action)}</Button>
        </div>
    }
    .into_any()
}
