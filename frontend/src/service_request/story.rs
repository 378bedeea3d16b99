//! The story of a request: what was reported, what happened since, and what people said.

use contract::attachment::Attachment;
use contract::comment::NewComment;
use contract::service_request::{ServiceRequest, TimelineEntry};
use domain::id::AttachmentId;
use domain::service_request::workflow::is_of_reporter;
use domain::service_request::{Audience, Milestone, RequestAction};
use leptos::prelude::*;

use super::done::{Answers, Checklist};
use super::facts;
use super::show::OnPage;
use crate::comment::{Compose, Remark, Said, Talk, Thread, say, threads};
use crate::load::Load;
use crate::time::Ago;
use crate::ui::avatar::Avatar;
use crate::ui::button::{Button, Look};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::photos::{Gallery, Papers, Picture};
use crate::ui::toast::Toasts;
use crate::{attachment, labels, time, words};

#[component]
pub fn Story(
    page: OnPage,
    talk: Talk,
    large: RwSignal<Option<Picture>>,
    request: ServiceRequest,
) -> impl IntoView {
    let zone = page.zone();
    let next = facts::next(&request, &zone);
    let whole = request.clone();
    let ServiceRequest { description, attachments, timeline, comment_audiences, answers, .. } = request;
    let told: Vec<AttachmentId> = timeline
        .iter()
        .filter(|entry| entry.kind != "report")
        .flat_map(|entry| entry.attachment_ids.iter().copied())
        .collect();
    let reported = attachments.iter().filter(|file| !told.contains(&file.id));
    let (papers, reported) =
        (attachment::papers(&reported.clone().cloned().collect::<Vec<_>>()), attachment::pictures(reported));
    let open = Callback::new(move |picture| large.set(Some(picture)));
    let lines: Vec<TimelineEntry> = timeline.into_iter().filter(|entry| entry.kind != "comment").collect();
    let known = StoredValue::new((lines, attachments, zone));
    let may_reply = !comment_audiences.is_empty();
    view! {
        <div class="story">
            <p class="story__next">
                <Icon name="info" />
                <span>{next}</span>
            </p>
            {(!description.is_empty()).then(|| view! { <p class="story__text">{description}</p> })}
            {(!reported.is_empty()).then(|| view! { <Gallery pictures=reported on_open=open /> })}
            <Answers answers=answers />
            <Checklist page=page request=whole />
            {(!papers.is_empty()).then(|| view! { <Papers papers=papers /> })}
            <section class="stack">
                <h2 class="section-title">{words::story::title()}</h2>
                {live(move || {
                    talk.has_more()
                        .then(|| {
                            view! {
                                <div>
                                    <Button look=Look::Quiet icon="history" pending=talk.pending on_click=move || talk.read_more()>
                                        {words::story::earlier()}
                                    </Button>
                                </div>
                            }
                        })
                })}
                <ol class="timeline">
                    {live(move || {
                        let (lines, files, zone) = known.get_value();
                        items(lines, threads(talk.all()))
                            .into_iter()
                            .map(|item| match item {
                                Item::Line(entry) => {
                                    let named = |file: &&Attachment| entry.attachment_ids.contains(&file.id);
                                    let photos = match entry.kind.as_str() {
                                        "report" => Vec::new(),
                                        _ => attachment::pictures(files.iter().filter(named)),
                                    };
                                    view! { <Entry entry=entry photos=photos zone=zone.clone() open=open /> }.into_any()
                                }
                                Item::Thread(thread) => {
                                    view! { <Remark talk=talk thread=thread zone=zone.clone() may_reply=may_reply /> }
                                        .into_any()
                                }
                            })
                            .collect_view()
                    })}
                </ol>
                {live(move || {
                    let failed = talk.newest.state.with(|state| matches!(state, Load::Failed(_)));
                    failed
                        .then(|| {
                            view! {
                                <p class="story__next" role="alert">
                                    <Icon name="circle-alert" />
                                    <span>{words::story::not_read()}</span>
                                    <Button on_click=move || talk.newest.reload()>{words::common::try_again()}</Button>
                                </p>
                            }
                        })
                })}
            </section>
            {may_reply
                .then(|| {
                    let asks_audience = comment_audiences.contains(&Audience::Staff);
                    view! { <Foot talk=talk asks_audience=asks_audience /> }
                })}
        </div>
    }
}

/// What stands in the story: something that happened, or something that was said.
enum Item {
    Line(TimelineEntry),
    Thread(Thread),
}

/// Both in the order in which they came.
fn items(lines: Vec<TimelineEntry>, threads: Vec<Thread>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(lines.len() + threads.len());
    let mut threads = threads.into_iter().peekable();
    for line in lines {
        while let Some(thread) = threads.next_if(|thread| thread.first.created_at < line.at) {
            items.push(Item::Thread(thread));
        }
        items.push(Item::Line(line));
    }
    items.extend(threads.map(Item::Thread));
    items
}

/// To say something.
#[component]
fn Foot(talk: Talk, asks_audience: bool) -> impl IntoView {
    let toasts = Toasts::expect();
    let send = Callback::new(move |said: Said| {
        let Said { text: body, audience, mention_ids, attachment_ids } = said;
        let new = NewComment { body, audience, parent_id: None, attachment_ids, mention_ids };
        say(talk, talk.writing, new, move |_| toasts.done(words::done::comment()));
    });
    view! {
        <Compose
            id="comment"
            talk=talk
            writing=talk.writing
            label=words::story::comment_label()
            send=words::action::comment()
            asks_audience=asks_audience
            takes_files=true
            takes_templates=true
            on_send=send
        />
    }
}

#[component]
fn Entry(entry: TimelineEntry, photos: Vec<Picture>, zone: String, open: Callback<Picture>) -> impl IntoView {
    let (icon, sentence) = happened(&entry, &zone);
    let TimelineEntry { kind, at, actor, note, audience, .. } = entry;
    let who = match actor {
        Some(person) => person.display_name,
        None if is_of_reporter(&kind) => words::story::reporter().to_owned(),
        None => words::app::name().to_owned(),
    };
    let is_said = matches!(kind.as_str(), "ask" | "answer");
    let is_internal = audience == Audience::Staff;
    view! {
        <li class="timeline__entry" class:timeline__entry--said=is_said class:timeline__entry--internal=is_internal>
            <span class="timeline__sign">
                {if is_said {
                    view! { <Avatar name=who.clone() /> }.into_any()
                } else {
                    view! { <Icon name=icon size=16 /> }.into_any()
                }}
            </span>
            <div class="timeline__body">
                <p class="timeline__line">
                    <strong>{who}</strong>
                    {" "}
                    {sentence}
                    {is_internal
                        .then(|| {
                            view! {
                                <span class="timeline__internal">
                                    <Icon name="lock" size=14 />
                                    {words::story::internal()}
                                </span>
                            }
                        })}
                    <span class="timeline__when"><Ago at=at zone=zone /></span>
                </p>
                {note.map(|note| view! { <p class="timeline__note">{note}</p> })}
                {(!photos.is_empty()).then(|| view! { <Gallery pictures=photos on_open=open /> })}
            </div>
        </li>
    }
}

/// What an entry says happened, after the name of who did it.
fn happened(entry: &TimelineEntry, zone: &str) -> (&'static str, String) {
    if entry.kind == "report" {
        return ("circle-dot", words::happened::report().into());
    }
    let (from, to) =
        (entry.from_value.as_deref().unwrap_or_default(), entry.to_value.as_deref().unwrap_or_default());
    match entry.kind.parse::<Milestone>() {
        Ok(Milestone::Edit) => return ("pencil", words::happened::edit().into()),
        Ok(Milestone::Joined) => return ("layers", words::happened::joined(to)),
        Ok(Milestone::Parted) => return ("layers", words::happened::parted(to)),
        Ok(Milestone::MasterClosed) => return ("check", words::happened::master_closed(to)),
        Ok(Milestone::Report) | Err(_) => {}
    }
    let Ok(action) = entry.kind.parse::<RequestAction>() else {
        return ("circle-dot", words::happened::changed(labels::status(entry.to_status)));
    };
    let assignee = entry.assignee.as_ref().map_or(words::happened::somebody(), |person| &person.display_name);
    let sentence = match action {
        RequestAction::Triage => words::happened::triage().into(),
        RequestAction::Ask => words::happened::ask().into(),
        RequestAction::Answer => words::happened::answer().into(),
        RequestAction::Assign | RequestAction::Reassign
            if entry.assignee.is_none() && entry.team.is_some() =>
        {
            words::happened::assign_team(entry.team.as_deref().unwrap_or_default())
        }
        RequestAction::Assign => words::happened::assign(assignee),
        RequestAction::Reassign => words::happened::reassign(assignee),
        RequestAction::Claim => words::happened::claim().into(),
        RequestAction::Accept => words::happened::accept().into(),
        RequestAction::Decline => words::happened::decline().into(),
        RequestAction::Unassign => words::happened::unassign().into(),
        RequestAction::Arrive => words::happened::arrive().into(),
        RequestAction::Start => words::happened::start().into(),
        RequestAction::Hold => words::happened::hold().into(),
        RequestAction::Resume => words::happened::resume().into(),
        RequestAction::Resolve => words::happened::resolve().into(),
        RequestAction::Confirm => words::happened::confirm().into(),
        RequestAction::Dispute => words::happened::dispute().into(),
        RequestAction::AutoClose => words::happened::auto_close().into(),
        RequestAction::Close => words::happened::close().into(),
        RequestAction::Reopen => words::happened::reopen().into(),
        RequestAction::Reject => words::happened::reject().into(),
        RequestAction::Cancel => words::happened::cancel().into(),
        RequestAction::Merge if !to.is_empty() => words::happened::merge_into(to),
        RequestAction::Merge => words::happened::merge().into(),
        RequestAction::Unmerge => words::happened::unmerge().into(),
        RequestAction::Override => words::happened::overridden(labels::status(entry.to_status)),
        RequestAction::RequestCancel => words::happened::request_cancel().into(),
        RequestAction::ChangeCategory => words::happened::change_category(from, to),
        RequestAction::ChangeZone => words::happened::change_zone(to),
        RequestAction::ChangeVisibility => {
            words::happened::change_visibility(to.parse().map_or("", labels::visibility))
        }
        RequestAction::ChangeDue => words::happened::change_due(
            &to.parse().map_or_else(|_| to.to_owned(), |at| time::moment(at, zone)),
        ),
        RequestAction::ChangePriority => {
            words::happened::change_priority(to.parse().map_or("", labels::priority))
        }
    };
    (labels::action_icon(action), sentence)
}
