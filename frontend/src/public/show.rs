//! A request as everybody may see it: what, where, how it stands, and nobody's name.

use chrono::{DateTime, Utc};
use contract::attachment::Attachment;
use contract::public::{PublicComment, PublicCommunity, PublicEntry, PublicRequest, Report, SHOW};
use domain::id::AttachmentId;
use domain::service_request::{RequestAction, RequestStatus, Voice};
use leptos::prelude::*;

use super::frame::Frame;
use super::{areas, community, lost};
use crate::load::{Load, load};
use crate::map::PlacesMap;
use crate::routes::Route;
use crate::service_request::StatusBadge;
use crate::time::Ago;
use crate::ui::avatar::Avatar;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::map::Pin;
use crate::ui::photos::{Gallery, LargePhoto, Picture};
use crate::ui::skeleton::SkeletonPage;
use crate::{api, attachment, labels, words};

#[component]
pub fn PublicRequestPage(community: String, number: String) -> impl IntoView {
    let (slug, number) = (StoredValue::new(community), StoredValue::new(number));
    let found = self::community(slug.get_value());
    let request =
        load(move || async move { api::get(&SHOW, &[&slug.get_value(), &number.get_value()]).await });
    // The addresses of the photos run out.
    request.reload_when_seen_again();
    let title = Signal::derive(move || {
        request.ready().map_or_else(|| number.get_value(), |request| request.summary.title)
    });
    let over = Signal::derive(move || {
        found
            .ready()
            .map_or_else(|| number.get_value(), |found| format!("{} · {}", found.name, number.get_value()))
    });
    view! {
        <Frame title=title over=over back=Route::Public(slug.get_value()).href()>
            {live(move || match request.state.get() {
                Load::Loading => view! { <SkeletonPage label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => lost(failure, Callback::new(move |()| request.reload())),
                Load::Ready(request) => {
                    let zone = found.ready().map(|found| found.time_zone).unwrap_or_default();
                    view! {
                        <div class="stack stack--wide">
                            <Told told=Telling::from(request.clone()) zone=zone />
                            {live(move || found.ready().map(|found| where_it_is(&request, &found)))}
                        </div>
                    }
                        .into_any()
                }
            })}
        </Frame>
    }
}

/// Where it is on the map, if it was told with a point.
fn where_it_is(request: &PublicRequest, community: &PublicCommunity) -> Option<AnyView> {
    let at = request.summary.at?;
    let pin = Pin { lng: at.lng, lat: at.lat, label: request.summary.title.clone(), href: String::new() };
    let map = view! { <PlacesMap label=words::public::map_of_one() areas=areas(community) pins=vec![pin] /> };
    Some(map.into_any())
}

/// What is told of a request: to everybody, or to whoever has its secret.
pub struct Telling {
    status: RequestStatus,
    category: String,
    place: String,
    zone: Option<String>,
    verified: bool,
    created_at: DateTime<Utc>,
    description: String,
    resolution_note: Option<String>,
    attachments: Vec<Attachment>,
    timeline: Vec<PublicEntry>,
    comments: Vec<PublicComment>,
    /// To its reporter, who is "you".
    to_reporter: bool,
}

impl From<PublicRequest> for Telling {
    fn from(request: PublicRequest) -> Self {
        let PublicRequest { summary, description, resolution_note, attachments, timeline, comments } =
            request;
        Self {
            status: summary.status,
            category: summary.category,
            place: summary.place,
            zone: summary.zone,
            verified: summary.verified,
            created_at: summary.created_at,
            description,
            resolution_note,
            attachments,
            timeline,
            comments,
            to_reporter: false,
        }
    }
}

impl From<Report> for Telling {
    fn from(report: Report) -> Self {
        Self {
            status: report.status,
            category: report.category,
            place: report.place,
            zone: report.zone,
            verified: false,
            created_at: report.created_at,
            description: report.description,
            resolution_note: report.resolution_note,
            attachments: report.attachments,
            timeline: report.timeline,
            comments: report.comments,
            to_reporter: true,
        }
    }
}

/// State, words, photos and story.
#[component]
pub fn Told(told: Telling, zone: String) -> impl IntoView {
    let large = RwSignal::new(None::<Picture>);
    let open = Callback::new(move |picture| large.set(Some(picture)));
    let Telling { attachments, timeline, comments, to_reporter, resolution_note, .. } = told;
    let in_story: Vec<AttachmentId> = timeline
        .iter()
        .filter(|entry| entry.kind != "report")
        .flat_map(|entry| entry.attachment_ids.iter().copied())
        .collect();
    let pictures = attachment::pictures(attachments.iter().filter(|file| !in_story.contains(&file.id)));
    let noted = |entry: &PublicEntry| entry.note == resolution_note;
    // What was done is told with the line that says so, if it says so.
    let resolution_note = resolution_note.clone().filter(|_| !timeline.iter().any(noted));
    let parts: Vec<&str> = [Some(told.place.as_str()), told.zone.as_deref()].into_iter().flatten().collect();
    let place = match parts.as_slice() {
        [place, zone] if place.is_empty() || place.contains(zone) => {
            if place.is_empty() { zone } else { place }.to_string()
        }
        parts => parts.join(" · "),
    };
    let lines = timeline
        .into_iter()
        .map(|entry| {
            let shown = match entry.kind.as_str() {
                "report" => Vec::new(),
                _ => attachment::pictures(
                    attachments.iter().filter(|file| entry.attachment_ids.contains(&file.id)),
                ),
            };
            line(entry, shown, open, &zone)
        })
        .collect_view();
    let said: Vec<AnyView> =
        comments.into_iter().map(|comment| remark(comment, to_reporter, open, &zone)).collect();
    view! {
        <div class="public__state">
            <StatusBadge status=told.status />
            <span class="quiet">{told.category}</span>
            {told
                .verified
                .then(|| {
                    view! { <span class="verified"><Icon name="shield-check" size=16 />{words::public::verified()}</span> }
                })}
            <span class="quiet"><Ago at=told.created_at zone=zone.clone() /></span>
        </div>
        {(!place.is_empty())
            .then(|| view! { <p class="public__place"><Icon name="map-pin" size=18 /><span>{place}</span></p> })}
        {(!told.description.is_empty()).then(|| view! { <p class="story__text">{told.description}</p> })}
        {(!pictures.is_empty()).then(|| view! { <Gallery pictures=pictures on_open=open /> })}
        <section class="stack">
            <h2 class="public__section">{words::story::title()}</h2>
            <ol class="timeline">{lines}</ol>
            {resolution_note.map(|note| view! { <p class="story__text">{note}</p> })}
        </section>
        {(!said.is_empty())
            .then(|| {
                view! {
                    <section class="stack">
                        <h2 class="public__section">{words::public::comments()}</h2>
                        <ol class="timeline">{said}</ol>
                    </section>
                }
            })}
        <LargePhoto shown=large close_label=words::common::close() />
    }
}

/// Something that was said, by one of those who are not named.
fn remark(comment: PublicComment, to_reporter: bool, open: Callback<Picture>, zone: &str) -> AnyView {
    let PublicComment { at, by, body, attachments } = comment;
    let who = match by {
        Voice::Reporter if to_reporter => words::public::you(),
        Voice::Reporter => words::story::reporter(),
        Voice::Community | Voice::Clock => words::public::community(),
    };
    let pictures = attachment::pictures(attachments.iter());
    let is_gone = body.is_none();
    view! {
        <li class="timeline__entry timeline__entry--said" class:timeline__entry--gone=is_gone>
            <span class="timeline__sign"><Avatar name=who.to_owned() /></span>
            <div class="timeline__body">
                <p class="timeline__line">
                    <strong>{who}</strong>
                    <span class="timeline__when"><Ago at=at zone=zone /></span>
                </p>
                {match body {
                    Some(body) => view! { <p class="timeline__note">{body}</p> }.into_any(),
                    None => view! { <p class="remark__stone">{words::public::removed()}</p> }.into_any(),
                }}
                {(!pictures.is_empty()).then(|| view! { <Gallery pictures=pictures on_open=open /> })}
            </div>
        </li>
    }
    .into_any()
}

fn line(entry: PublicEntry, photos: Vec<Picture>, open: Callback<Picture>, zone: &str) -> AnyView {
    let (icon, sentence) = happened(&entry.kind, entry.to_status);
    view! {
        <li class="timeline__entry">
            <span class="timeline__sign"><Icon name=icon size=16 /></span>
            <div class="timeline__body">
                <p class="timeline__line">
                    <strong>{sentence}</strong>
                    <span class="timeline__when"><Ago at=entry.at zone=zone /></span>
                </p>
                {entry.note.map(|note| view! { <p class="timeline__note">{note}</p> })}
                {(!photos.is_empty()).then(|| view! { <Gallery pictures=photos on_open=open /> })}
            </div>
        </li>
    }
    .into_any()
}

/// What happened, without who did it.
fn happened(kind: &str, to: RequestStatus) -> (&'static str, &'static str) {
    if kind == "report" {
        return ("circle-dot", words::public::was_reported());
    }
    let Ok(action) = kind.parse::<RequestAction>() else {
        return (labels::status_look(to).1, labels::status(to));
    };
    let sentence = match action {
        RequestAction::Triage => words::public::was_triaged(),
        RequestAction::Ask => words::public::was_asked(),
        RequestAction::Answer => words::public::was_answered(),
        RequestAction::Assign | RequestAction::Reassign | RequestAction::Claim => {
            words::public::was_assigned()
        }
        RequestAction::Accept => words::public::was_accepted(),
        RequestAction::Start => words::public::was_started(),
        RequestAction::Arrive => words::public::has_arrived(),
        RequestAction::Hold => words::public::was_held(),
        RequestAction::Resume => words::public::was_resumed(),
        RequestAction::Resolve => words::public::was_resolved(),
        RequestAction::Confirm => words::public::was_confirmed(),
        RequestAction::Dispute => words::public::was_disputed(),
        RequestAction::AutoClose | RequestAction::Close => words::public::was_closed(),
        RequestAction::Reopen => words::public::was_reopened(),
        RequestAction::Reject => words::public::was_rejected(),
        RequestAction::Cancel | RequestAction::RequestCancel => words::public::was_cancelled(),
        RequestAction::Merge => words::public::was_merged(),
        RequestAction::Decline
        | RequestAction::Unassign
        | RequestAction::Unmerge
        | RequestAction::Override
        | RequestAction::ChangePriority
        | RequestAction::ChangeCategory
        | RequestAction::ChangeZone
        | RequestAction::ChangeVisibility
        | RequestAction::ChangeDue => labels::status(to),
    };
    (labels::action_icon(action), sentence)
}
