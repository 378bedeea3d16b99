//! One comment, with what can be done with it, and what was answered to it.

use contract::comment::{ChangeComment, Comment, NewComment};
use contract::service_request::PersonBrief;
use domain::id::CommentId;
use domain::service_request::Audience;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::compose::{Compose, Said, Writing};
use super::mention::{Part, parts};
use super::talk::{About, Open, Talk, Thread};
use crate::time::Ago;
use crate::ui::avatar::Avatar;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::photos::{Gallery, Papers};
use crate::{attachment, labels, words};

/// A thread as an entry of the story.
#[component]
pub fn Remark(talk: Talk, thread: Thread, zone: String, may_reply: bool) -> impl IntoView {
    let Thread { first, replies } = thread;
    let (id, audience) = (first.id, first.audience);
    let is_internal = audience == Audience::Staff;
    let who = author(talk, &first);
    let is_gone = first.body.is_none();
    view! {
        <li
            class="timeline__entry timeline__entry--said"
            class:timeline__entry--internal=is_internal
            class:timeline__entry--gone=is_gone
            id=format!("comment-{id}")
        >
            <span class="timeline__sign"><Avatar name=who /></span>
            <div class="timeline__body">
                <Utterance talk=talk comment=first zone=zone.clone() may_reply=may_reply />
                {(!replies.is_empty())
                    .then(|| {
                        view! {
                            <ol class="thread">
                                {replies
                                    .into_iter()
                                    .map(|reply| {
                                        let apart = reply.audience != audience;
                                        let place = format!("comment-{}", reply.id);
                                        view! {
                                            <li
                                                class="thread__reply"
                                                class:thread__reply--internal=apart
                                                id=place
                                            >
                                                <Utterance talk=talk comment=reply zone=zone.clone() may_reply=false />
                                            </li>
                                        }
                                    })
                                    .collect_view()}
                            </ol>
                        }
                    })}
                {live(move || {
                    (talk.open.get() == Some(Open::Reply(id)))
                        .then(|| view! { <Reply talk=talk parent=id audience=audience /> })
                })}
            </div>
        </li>
    }
}

fn author(talk: Talk, comment: &Comment) -> String {
    let unnamed = match talk.about {
        About::Request => words::story::reporter(),
        About::Announcement => words::announcement::somebody(),
    };
    comment.author.as_ref().map_or_else(|| unnamed.to_owned(), |it| it.display_name.clone())
}

/// What somebody said, or that they did.
#[component]
fn Utterance(talk: Talk, comment: Comment, zone: String, may_reply: bool) -> impl IntoView {
    let id = comment.id;
    let kept = StoredValue::new(comment.clone());
    let history = comment.may_read_versions;
    let is_gone = comment.body.is_none();
    let edited = comment.edited_at.filter(|_| !is_gone);
    let pictures = attachment::pictures(comment.attachments.iter());
    let papers = attachment::papers(&comment.attachments);
    let open = Callback::new(move |picture| talk.large.set(Some(picture)));
    view! {
        <p class="timeline__line">
            <strong>{author(talk, &comment)}</strong>
            {(comment.audience == Audience::Staff)
                .then(|| {
                    view! {
                        <span class="timeline__internal">
                            <Icon name="lock" size=14 />
                            {words::story::internal()}
                        </span>
                    }
                })}
            <span class="timeline__when"><Ago at=comment.created_at zone=zone /></span>
            {edited.map(|_| view! { <span class="timeline__when">{words::story::edited()}</span> })}
        </p>
        {live(move || {
            let comment = kept.get_value();
            if talk.open.get() == Some(Open::Edit(id)) {
                return view! { <Edit talk=talk comment=comment /> }.into_any();
            }
            match comment.body {
                Some(body) => view! { <Body text=body people=comment.mentions /> }.into_any(),
                None => view! { <Stone moderated=comment.moderated reason=comment.removal_reason /> }.into_any(),
            }
        })}
        {(!pictures.is_empty()).then(|| view! { <Gallery pictures=pictures on_open=open /> })}
        {(!papers.is_empty()).then(|| view! { <Papers papers=papers /> })}
        <p class="remark__tools">
            {(may_reply && !is_gone)
                .then(|| {
                    tool("reply", words::story::reply(), move || talk.begin_reply(id))
                })}
            {comment
                .may_edit
                .then(|| tool("pencil", words::story::edit(), move || talk.begin_edit(kept.get_value())))}
            {comment
                .may_remove
                .then(|| tool("trash-2", words::story::remove(), move || talk.removing.set(Some(kept.get_value()))))}
            {history.then(|| tool("history", words::story::history(), move || talk.read_history(id)))}
        </p>
    }
}

fn tool(icon: &'static str, label: &'static str, on_click: impl Fn() + 'static) -> impl IntoView {
    view! {
        <button type="button" class="remark__tool" on:click=move |_| on_click()>
            <Icon name=icon size=14 />
            {label}
        </button>
    }
}

/// Words in which those who are called by name stand out.
#[component]
fn Body(text: String, people: Vec<PersonBrief>) -> impl IntoView {
    let names: Vec<String> = people.into_iter().map(|person| person.display_name).collect();
    (!text.is_empty()).then(|| {
        view! {
            <p class="timeline__note" dir="auto">
                {parts(&text, &names)
                    .into_iter()
                    .map(|part| match part {
                        Part::Words(words) => words.into_any(),
                        Part::Name(name) => view! { <span class="mention__name">{name}</span> }.into_any(),
                    })
                    .collect_view()}
            </p>
        }
    })
}

/// Where something was said.
#[component]
fn Stone(moderated: bool, reason: Option<String>) -> impl IntoView {
    let what = if moderated { words::story::moderated() } else { words::story::taken_back() };
    view! {
        <p class="remark__stone">{what} {reason.map(|reason| format!(" {}", words::story::because(&reason)))}</p>
    }
}

#[component]
fn Reply(talk: Talk, parent: CommentId, audience: Audience) -> impl IntoView {
    let writing = talk.aside;
    let send = Callback::new(move |said: Said| {
        let Said { text: body, mention_ids, .. } = said;
        let parent_id = Some(parent);
        let new = NewComment { body, mention_ids, parent_id, ..NewComment::default() };
        say(talk, writing, new, move |_| talk.open.set(None));
    });
    view! {
        <Compose
            id="reply"
            talk=talk
            writing=writing
            label=words::story::reply_label()
            send=words::story::reply()
            takes_templates=true
            audience=Some(audience)
            on_cancel=Some(Callback::new(move |()| talk.open.set(None)))
            on_send=send
        />
    }
}

/// Sends something new, and shows what came of it.
pub fn say(talk: Talk, writing: Writing, new: NewComment, then: impl FnOnce(&Comment) + 'static) {
    writing.pending.set(true);
    spawn_local(async move {
        match talk.send(new).await {
            Ok(comment) => {
                writing.clear();
                then(&comment);
                talk.put(comment);
            }
            Err(failure) => {
                let _ = writing.fault.try_set(Some(labels::failure(&failure)));
            }
        }
        let _ = writing.pending.try_set(false);
    });
}

#[component]
fn Edit(talk: Talk, comment: Comment) -> impl IntoView {
    let Comment { id, version, audience, .. } = comment;
    let writing = talk.aside;
    let send = Callback::new(move |said: Said| {
        let change = ChangeComment { body: Some(said.text), mention_ids: Some(said.mention_ids) };
        writing.pending.set(true);
        spawn_local(async move {
            match talk.change(id, version, change).await {
                Ok(comment) => {
                    talk.open.set(None);
                    talk.put(comment);
                }
                Err(failure) => {
                    let _ = writing.fault.try_set(Some(labels::failure(&failure)));
                }
            }
            let _ = writing.pending.try_set(false);
        });
    });
    view! {
        <Compose
            id="edit"
            talk=talk
            writing=writing
            label=words::story::edit_label()
            send=words::story::save()
            audience=Some(audience)
            on_cancel=Some(Callback::new(move |()| talk.open.set(None)))
            on_send=send
        />
    }
}
