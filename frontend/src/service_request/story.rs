//! The story of a request: what was reported, what happened since, and what people said.

use contract::attachment::Attachment;
use contract::service_request::{ActOnServiceRequest, AllowedAction, ServiceRequest, TimelineEntry};
use domain::id::AttachmentId;
use domain::rule;
use domain::service_request::workflow::Field;
use domain::service_request::{Audience, RequestAction};
use leptos::prelude::*;

use super::actions::Acting;
use super::done::{Answers, Checklist};
use super::facts;
use super::show::OnPage;
use crate::time::Ago;
use crate::ui::avatar::Avatar;
use crate::ui::button::Submit;
use crate::ui::field::{Checkbox, TextArea};
use crate::ui::icon::Icon;
use crate::ui::photos::{Gallery, Photo, PhotoPicker, Picture};
use crate::ui::toast::Toasts;
use crate::{attachment, browser, labels, words};

#[component]
pub fn Story(page: OnPage, request: ServiceRequest, acting: Acting) -> impl IntoView {
    let zone = page.zone();
    let next = facts::next(&request, &zone);
    let whole = request.clone();
    let ServiceRequest { description, attachments, timeline, allowed_actions, answers, .. } = request;
    let comment = allowed_actions.into_iter().find(|allowed| allowed.action == RequestAction::Comment);
    let told: Vec<AttachmentId> = timeline
        .iter()
        .filter(|entry| entry.kind != "report")
        .flat_map(|entry| entry.attachment_ids.iter().copied())
        .collect();
    let reported = pictures(attachments.iter().filter(|photo| !told.contains(&photo.id)));
    let open = Callback::new(move |picture| page.large.set(Some(picture)));
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
            <section class="stack">
                <h2 class="section-title">{words::story::title()}</h2>
                <ol class="timeline">
                    {timeline
                        .into_iter()
                        .map(|entry| {
                            let photos = pictures(attachments.iter().filter(|photo| entry.attachment_ids.contains(&photo.id)));
                            let photos = if entry.kind == "report" { Vec::new() } else { photos };
                            view! { <Entry entry=entry photos=photos zone=zone.clone() open=open /> }
                        })
                        .collect_view()}
                </ol>
            </section>
            {comment.map(|allowed| view! { <CommentBox page=page allowed=allowed acting=acting /> })}
        </div>
    }
}

fn pictures<'a>(attachments: impl Iterator<Item = &'a Attachment>) -> Vec<Picture> {
    attachments
        .zip(1_u32..)
        .map(|(photo, number)| Picture {
            thumbnail: photo.thumbnail_url.clone(),
            url: photo.url.clone(),
            label: match photo.kind {
                domain::service_request::AttachmentKind::Evidence => {
                    words::photo::evidence(&number.to_string())
                }
                _ => words::photo::problem(&number.to_string()),
            },
            width: photo.width,
            height: photo.height,
        })
        .collect()
}

#[component]
fn Entry(entry: TimelineEntry, photos: Vec<Picture>, zone: String, open: Callback<Picture>) -> impl IntoView {
    let (icon, sentence) = happened(&entry);
    let TimelineEntry { kind, at, actor, note, audience, .. } = entry;
    let who = actor.map_or_else(|| words::app::name().to_owned(), |person| person.display_name);
    let is_said = matches!(kind.as_str(), "comment" | "ask" | "answer");
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
fn happened(entry: &TimelineEntry) -> (&'static str, String) {
    if entry.kind == "report" {
        return ("circle-dot", words::happened::report().into());
    }
    let Ok(action) = entry.kind.parse::<RequestAction>() else {
        return ("circle-dot", words::happened::changed(labels::status(entry.to_status)));
    };
    let assignee = entry.assignee.as_ref().map_or(words::happened::somebody(), |person| &person.display_name);
    let sentence = match action {
        RequestAction::Triage => words::happened::triage().into(),
        RequestAction::Ask => words::happened::ask().into(),
        RequestAction::Answer => words::happened::answer().into(),
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
        RequestAction::Merge => words::happened::merge().into(),
        RequestAction::Unmerge => words::happened::unmerge().into(),
        RequestAction::Override => words::happened::changed(labels::status(entry.to_status)),
        RequestAction::ChangePriority => {
            words::happened::change_priority(entry.priority.map_or("", labels::priority))
        }
        RequestAction::Comment => String::new(),
    };
    (labels::action_icon(action), sentence)
}

/// To say something.
#[component]
fn CommentBox(page: OnPage, allowed: AllowedAction, acting: Acting) -> impl IntoView {
    let note = page.comment;
    let fault = RwSignal::new(None::<String>);
    let photos = RwSignal::new(Vec::<Photo>::new());
    let staff_only = RwSignal::new(false);
    let with_photos = RwSignal::new(false);
    let toasts = Toasts::expect();
    let may_be_internal = allowed.takes(Field::Audience);
    let takes_photos = allowed.takes(Field::Evidence);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let text = note.get_untracked();
        if let Err(wrong) = rule::NOTE.check(&text) {
            fault.set(Some(match wrong.code {
                "required" => words::story::comment_missing().to_owned(),
                _ => labels::fault(&wrong),
            }));
            return browser::focus_later("#comment");
        }
        fault.set(None);
        if photos.with_untracked(|photos| attachment::uploading(photos)) {
            return toasts.failed(words::photo::wait());
        }
        let mut body = ActOnServiceRequest::new(RequestAction::Comment);
        body.note = Some(text.trim().to_owned());
        body.attachment_ids = photos.with_untracked(|photos| attachment::ids(photos));
        body.audience = staff_only.get_untracked().then_some(Audience::Staff);
        acting.run(body, move |failure| {
            let _ = fault.try_set(Some(labels::failure(&failure)));
        });
    };
    view! {
        <form class="comment" class:comment--internal=staff_only novalidate=true on:submit=submit>
            <TextArea
                id="comment"
                label=words::story::comment_label()
                rows=2
                value=note
                fault=fault
            />
            <Show when=move || with_photos.get()>
                <PhotoPicker
                    id="comment-photos"
                    words=attachment::optional()
                    photos=photos
                    fault=Signal::stored(None::<String>)
                    on_pick=attachment::uploader(page.slug(), photos)
                />
            </Show>
            <div class="comment__foot">
                {may_be_internal
                    .then(|| {
                        view! { <Checkbox id="comment-internal" label=words::story::internal_label() value=staff_only /> }
                    })}
                <span class="comment__buttons">
                    {takes_photos
                        .then(|| {
                            view! {
                                <Show when=move || !with_photos.get()>
                                    <crate::ui::button::IconButton
                                        icon="camera"
                                        label=words::photo::add().to_owned()
                                        on_click=move || with_photos.set(true)
                                    />
                                </Show>
                            }
                        })}
                    <Submit pending=acting.is_pending(RequestAction::Comment) look=crate::ui::button::Look::Secondary>
                        {words::action::comment()}
                    </Submit>
                </span>
            </div>
        </form>
    }
}
