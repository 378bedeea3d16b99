//! The facts of a request: where it stands and what happens next in words, who, where, until when.

use contract::service_request::ServiceRequest;
use domain::service_request::{RequestAction, RequestStatus};
use leptos::prelude::*;

use super::edit;
use super::show::OnPage;
use crate::routes::Route;
use crate::time::At;
use crate::ui::avatar::Person;
use crate::ui::fact::Fact;
use crate::ui::icon::Icon;
use crate::ui::stars::Stars;
use crate::{browser, labels, time, words};

/// What happens next, in a sentence or two.
pub fn next(request: &ServiceRequest, zone: &str) -> String {
    let summary = &request.summary;
    let assignee = summary.assignee.as_ref().map(|person| person.display_name.as_str());
    let due = {
        let moment = time::moment(summary.due_at, zone);
        if summary.due_at < time::now() { words::next::late(&moment) } else { words::next::by(&moment) }
    };
    if summary.waiting_reporter {
        return match allows(request, RequestAction::Answer) {
            true => words::next::your_answer().into(),
            false => words::next::an_answer().into(),
        };
    }
    match (summary.status, assignee) {
        (RequestStatus::New, _) => words::next::new(&due),
        (RequestStatus::Triaged, _) => words::next::triaged(&due),
        (RequestStatus::Assigned, Some(name)) if summary.accepted => words::next::accepted(&due, name),
        (RequestStatus::Assigned, Some(name)) => words::next::assigned(name),
        (RequestStatus::Assigned, None) => words::next::triaged(&due),
        (RequestStatus::InProgress, Some(name)) => words::next::in_progress(&due, name),
        (RequestStatus::InProgress, None) => words::next::in_progress_somebody(&due),
        (RequestStatus::OnHold, _) => {
            let reason = request.hold_reason.map_or(words::next::on_hold_anyhow(), labels::hold_reason);
            match request.hold_until {
                Some(until) => words::next::on_hold_until(reason, &time::moment(until, zone)),
                None => words::next::on_hold(reason),
            }
        }
        (RequestStatus::Resolved, _) if allows(request, RequestAction::Confirm) => {
            words::next::your_word().into()
        }
        (RequestStatus::Resolved, _) => words::next::resolved().into(),
        (RequestStatus::Closed, _) => words::next::closed().into(),
        (RequestStatus::Rejected, _) => words::next::rejected(
            request.reject_reason.map_or(words::reject_reason::other_reason(), labels::reject_reason),
        ),
        (RequestStatus::Cancelled, _) => words::next::cancelled().into(),
        (RequestStatus::Duplicate, _) => words::next::duplicate().into(),
    }
}

fn allows(request: &ServiceRequest, action: RequestAction) -> bool {
    request.allowed_actions.iter().any(|allowed| allowed.action == action)
}

#[component]
pub fn Facts(page: OnPage, request: ServiceRequest) -> impl IntoView {
    let zone = page.zone();
    let kept = request.clone();
    let ServiceRequest {
        summary,
        unit,
        address_hint,
        urgency,
        channel,
        personal,
        beneficiary,
        rating,
        team,
        resolution_note,
        followers,
        tags,
        estimated_cost,
        actual_cost,
        visibility,
        verified,
        name_hidden,
        anonymous,
        master,
        duplicates,
        ..
    } = request;
    let currency = page.membership.with_value(|it| it.community.currency.clone());
    let (slug, other_slug) = (page.slug(), page.slug());
    let costs: Vec<String> = [
        estimated_cost.map(|cost| words::fact::estimated(&edit::amount(cost, &currency))),
        actual_cost.map(|cost| words::fact::actual(&edit::amount(cost, &currency))),
    ]
    .into_iter()
    .flatten()
    .collect();
    let seen_by = if personal { words::fact::personal() } else { labels::visibility(visibility) };
    let nobody = match (anonymous, verified) {
        (true, _) => words::fact::anonymous(),
        (false, true) => words::fact::verified(),
        (false, false) => words::fact::not_shown(),
    };
    let link = |slug: &str, number: String, title: Option<String>| {
        let href = Route::Request(slug.to_owned(), number.clone()).href();
        view! { <a class="facts__more" href=href>{number}{title.map(|title| format!(" · {title}"))}</a> }
    };
    let place = unit.unwrap_or_else(|| summary.place.clone());
    // The hint may be all that the place is.
    let address_hint = if place.contains(&address_hint) { String::new() } else { address_hint };
    let name = |person: contract::service_request::PersonBrief| person.display_name;
    let reported_zone = zone.clone();
    let reporter = summary.reporter.map(name);
    let beneficiary = beneficiary.map(name);
    let assignee = summary.assignee.map(name);
    let map = summary.at.map(|at| {
        // A link that any device opens in its own map.
        format!("https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=18/{0}/{1}", at.lat, at.lng)
    });
    view! {
        <aside class="facts" aria-label=words::fact::label()>
            <details class="facts__fold" prop:open=browser::is_desk()>
                <summary class="facts__summary">{words::fact::label()}<Icon name="chevron-down" size=16 /></summary>
                <dl class="facts__list">
                    <Fact icon="hard-hat" label=words::fact::assignee()>
                        {match assignee {
                            Some(name) => view! { <Person name=name /> }.into_any(),
                            None => view! { <span class="quiet">{words::request::nobody_yet()}</span> }.into_any(),
                        }}
                        {team.map(|team| view! { <span class="facts__more">{words::fact::team()}{" "}{team.name}</span> })}
                    </Fact>
                    {resolution_note
                        .map(|note| {
                            view! {
                                <Fact icon="check" label=words::fact::resolution()>
                                    <span class="facts__text">{note}</span>
                                </Fact>
                            }
                        })}
                    {master
                        .map(|master| {
                            view! {
                                <Fact icon="layers" label=words::fact::merged_into()>
                                    {link(&slug, master.number, master.title)}
                                    <span class="facts__more quiet">{labels::status(master.status)}</span>
                                </Fact>
                            }
                        })}
                    {(!duplicates.is_empty())
                        .then(|| {
                            view! {
                                <Fact icon="layers" label=words::fact::merged()>
                                    {duplicates
                                        .into_iter()
                                        .map(|one| link(&other_slug, one.number, Some(one.title)))
                                        .collect_view()}
                                </Fact>
                            }
                        })}
                    <Fact icon="user" label=words::fact::reporter()>
                        {match reporter {
                            Some(name) => view! { <Person name=name /> }.into_any(),
                            None => view! { <span class="quiet">{nobody}</span> }.into_any(),
                        }}
                        {name_hidden.then(|| view! { <span class="facts__more quiet">{words::fact::hidden()}</span> })}
                        {beneficiary.map(|name| view! { <span class="small quiet">{words::fact::on_behalf(&name)}</span> })}
                    </Fact>
                    <Fact icon="map-pin" label=words::fact::place()>
                        <span>{if place.is_empty() { words::request::no_place().to_owned() } else { place }}</span>
                        {(!address_hint.is_empty()).then(|| view! { <span class="facts__more">{address_hint}</span> })}
                        {summary.zone.map(|zone| view! { <span class="facts__more quiet">{zone}</span> })}
                        {map
                            .map(|href| {
                                view! {
                                    <a class="facts__more" href=href target="_blank" rel="noreferrer">
                                        {words::fact::open_map()}
                                    </a>
                                }
                            })}
                    </Fact>
                    <Fact icon="clock" label=words::fact::due()>
                        <At at=summary.due_at zone=zone />
                    </Fact>
                    <Fact icon="layers" label=words::fact::category()>
                        <span>{summary.category}</span>
                        <span class="facts__more quiet">{words::fact::urgency(labels::urgency(urgency).0)}</span>
                    </Fact>
                    <Fact icon="calendar" label=words::fact::reported()>
                        <At at=summary.created_at zone=reported_zone />
                        <span class="facts__more quiet">{labels::channel(channel)}</span>
                    </Fact>
                    <Fact icon="lock" label=words::fact::seen_by()>
                        <span>{seen_by}</span>
                        <span class="facts__more quiet">{words::fact::followers_count(followers)}</span>
                    </Fact>
                    {(!tags.is_empty())
                        .then(|| {
                            view! {
                                <Fact icon="flag" label=words::fact::tags()>
                                    <ul class="tags">
                                        {tags.into_iter().map(|tag| view! { <li class="tag">{tag}</li> }).collect_view()}
                                    </ul>
                                </Fact>
                            }
                        })}
                    {(!costs.is_empty())
                        .then(|| {
                            view! {
                                <Fact icon="clipboard-list" label=words::fact::cost()>
                                    {costs
                                        .into_iter()
                                        .map(|cost| view! { <span class="facts__more">{cost}</span> })
                                        .collect_view()}
                                </Fact>
                            }
                        })}
                    {rating
                        .map(|stars| {
                            view! {
                                <Fact icon="star" label=words::fact::rating()>
                                    <Stars value=stars label=words::fact::stars(i64::from(stars)) />
                                </Fact>
                            }
                        })}
                </dl>
                <edit::Tools page=page request=kept />
            </details>
        </aside>
    }
}
