//! A request as a line of a list: two lines on a phone, a row of a table on a desk.

use contract::service_request::{PersonBrief, ServiceRequestSummary};
use domain::role::Permission;
use domain::service_request::RequestStatus;
use leptos::prelude::*;

use super::bulk::Selection;
use super::{Deadline, StatusBadge, place};
use crate::routes::Route;
use crate::session::{self, can};
use crate::time::Ago;
use crate::ui::avatar::Person;
use crate::ui::icon::Icon;
use crate::ui::priority::PriorityMark;
use crate::{labels, words};

/// Where the rows are: whose links they are and in whose time they speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub community: String,
    pub zone: String,
}

/// Requests as a quiet list, for those who follow their own.
#[component]
pub fn Rows(requests: Vec<ServiceRequestSummary>, setting: Setting) -> impl IntoView {
    view! {
        <ul class="rows">
            {requests
                .into_iter()
                .map(|request| view! { <li><Row request=request setting=setting.clone() /></li> })
                .collect_view()}
        </ul>
    }
}

#[component]
fn Row(request: ServiceRequestSummary, setting: Setting) -> impl IntoView {
    let where_it_is = place(&request);
    let Setting { community, zone } = setting;
    let asked = is_asked(&community, &request);
    let href = Route::Request(community, request.number.clone()).href();
    let note = if !asked {
        None
    } else if request.waiting_reporter {
        Some(("message-square", words::request::waits_for_answer()))
    } else if request.status == RequestStatus::Resolved {
        Some(("thumbs-up", words::request::waits_for_word()))
    } else {
        None
    };
    view! {
        <a class="row-card" href=href>
            <span class="row-card__icon"><Icon name=request.category_icon /></span>
            <span class="row-card__main">
                <span class="row-card__title">{request.title}</span>
                <span class="row-card__about">
                    <span class="number">{request.number}</span>
                    <span class="row-card__place">{where_it_is}</span>
                    <span class="only-desk"><Ago at=request.created_at zone=zone.clone() /></span>
                </span>
            </span>
            <span class="row-card__state">
                <PriorityMark
                    level=labels::priority_level(request.priority)
                    label=labels::priority(request.priority)
                />
                <StatusBadge status=request.status />
                <Deadline
                    status=request.status
                    created_at=request.created_at
                    due_at=request.due_at
                    zone=zone
                />
            </span>
            {note
                .map(|(icon, text)| {
                    view! {
                        <span class="row-card__note">
                            <Icon name=icon size=16 />
                            {text}
                        </span>
                    }
                })}
        </a>
    }
}

/// Whether a request that waits for a word waits for that of whoever looks: not of those who work on it.
fn is_asked(community: &str, request: &ServiceRequestSummary) -> bool {
    untrack(|| session::expect().membership(community)).is_some_and(|me| {
        let is = |person: &Option<PersonBrief>| {
            person.as_ref().is_some_and(|person| person.member_id == me.member_id)
        };
        is(&request.reporter) || !(is(&request.assignee) || can(&me, Permission::RequestsViewAll))
    })
}

/// Requests as a table, for those who work through them.
#[component]
pub fn Table(
    #[prop(into)] requests: Signal<Vec<ServiceRequestSummary>>,
    setting: Setting,
    /// Where several can be worked on at once.
    #[prop(default = None)]
    selection: Option<Selection>,
) -> impl IntoView {
    let setting = StoredValue::new(setting);
    let shown = Signal::derive(move || {
        requests.with(|all| all.iter().map(|request| request.number.clone()).collect::<Vec<_>>())
    });
    let all_picked = move |selection: Selection| {
        shown.with(|shown| !shown.is_empty() && shown.iter().all(|number| selection.has(number)))
    };
    view! {
        <div class="table-frame">
            <table class="table requests" class:requests--picking=selection.is_some()>
                <caption class="visually-hidden">{words::area::requests()}</caption>
                <thead class="requests__head">
                    <tr>
                        {selection
                            .map(|selection| {
                                view! {
                                    <td class="requests__pick">
                                        <input
                                            type="checkbox"
                                            aria-label=words::bulk::pick_all()
                                            prop:checked=move || all_picked(selection)
                                            on:change=move |_| selection.toggle_all(&shown.get_untracked())
                                        />
                                    </td>
                                }
                            })}
                        <th scope="col">{words::column::request()}</th>
                        <th scope="col">{words::column::state()}</th>
                        <th scope="col">{words::column::priority()}</th>
                        <th scope="col">{words::column::due()}</th>
                        <th scope="col">{words::column::assignee()}</th>
                        <th scope="col" class="table__figure">{words::column::reported()}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || requests.get() key=|request| (request.id, request.updated_at) let:request>
                        <Line request=request setting=setting.get_value() picking=selection.map(|it| (it, shown)) />
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(
    request: ServiceRequestSummary,
    setting: Setting,
    /// What is selected, and what could be.
    picking: Option<(Selection, Signal<Vec<String>>)>,
) -> impl IntoView {
    let number = StoredValue::new(request.number.clone());
    let is_picked = move || picking.is_some_and(|(it, _)| number.with_value(|number| it.has(number)));
    let where_it_is = place(&request);
    let Setting { community, zone } = setting;
    let href = Route::Request(community, request.number.clone()).href();
    let assignee = request.assignee.map(|person| person.display_name);
    view! {
        <tr class="requests__line" class:requests__line--picked=is_picked>
            {picking
                .map(|(selection, shown)| {
                    let pick = move |event: web_sys::MouseEvent| {
                        let shown = shown.get_untracked();
                        number.with_value(|number| selection.toggle(number, event.shift_key(), &shown));
                    };
                    view! {
                        <td class="requests__pick">
                            <input
                                type="checkbox"
                                aria-label=words::bulk::pick(&number.get_value())
                                prop:checked=is_picked
                                on:click=pick
                            />
                        </td>
                    }
                })}
            <th scope="row" class="requests__request">
                <a class="requests__link" href=href>
                    {request.title}
                </a>
                <span class="requests__about">
                    <span class="number">{request.number}</span>
                    <span class="requests__category">{request.category}</span>
                    <span class="requests__place">{where_it_is}</span>
                    {(request.photos > 0)
                        .then(|| {
                            view! {
                                <span class="requests__photos">
                                    <Icon name="image" size=14 />
                                    <span class="visually-hidden">{words::photo::label()}{" "}</span>
                                    {request.photos}
                                </span>
                            }
                        })}
                </span>
            </th>
            <td class="requests__state">
                <StatusBadge status=request.status />
                {request
                    .waiting_reporter
                    .then(|| {
                        view! {
                            <span class="requests__waits" title=words::request::waits_for_reporter()>
                                <Icon name="message-square" size=16 />
                                <span class="visually-hidden">{words::request::waits_for_reporter()}</span>
                            </span>
                        }
                    })}
            </td>
            <td class="requests__priority">
                <PriorityMark
                    level=labels::priority_level(request.priority)
                    label=labels::priority(request.priority)
                    with_words=true
                />
            </td>
            <td class="requests__due">
                <Deadline
                    status=request.status
                    created_at=request.created_at
                    due_at=request.due_at
                    zone=zone.clone()
                />
            </td>
            <td class="requests__assignee">
                {match assignee {
                    Some(name) => view! { <Person name=name /> }.into_any(),
                    None => view! { <span class="quiet">{words::request::nobody_yet()}</span> }.into_any(),
                }}
            </td>
            <td class="requests__age table__figure quiet"><Ago at=request.created_at zone=zone /></td>
        </tr>
    }
}
