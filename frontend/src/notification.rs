//! What one has been told, and how one wants to hear.

pub mod choices;
pub mod sent;
pub mod unsubscribe;

use contract::notification::{LIST, MARK_ONE, MARK_READ, MarkRead, Notification, NotificationQuery};
use domain::event::SubjectKind;
use domain::service_request::RequestAction;
use leptos::prelude::*;

use crate::load::{Failed, Load};
use crate::paged::{More, paged};
use crate::routes::Route;
use crate::shell::Page;
use crate::time::Ago;
use crate::ui::button::{Button, ButtonLink, Look};
use crate::ui::empty::Empty;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::tabs::{Tab, Tabs};
use crate::ui::toast::Toasts;
use crate::{address, api, labels, session, words};

#[component]
pub fn NotificationsPage() -> impl IntoView {
    let (session, address, toasts) = (session::expect(), address::expect(), Toasts::expect());
    let only_unread = Memo::new(move |_| address.value("show").as_deref() == Some("unread"));
    let list = paged(move |cursor| async move {
        let unread = only_unread.get_untracked();
        api::get_with(&LIST, &[], &NotificationQuery { cursor, limit: None, unread }).await
    });
    let first = list.first;
    // Starts over when the filter changes, and when something has been told.
    let seen = (only_unread.get_untracked(), session.unread.get_untracked());
    Effect::watch(
        move || (only_unread.get(), session.unread.get()),
        move |now, before, _| {
            if *now != *before.unwrap_or(&seen) {
                first.reload();
            }
        },
        false,
    );
    let read_all = move || {
        let Some(newest) = untrack(|| first.ready()).and_then(|all| all.first().map(|one| one.id)) else {
            return;
        };
        leptos::task::spawn_local(async move {
            match api::send(&MARK_READ, &[], &MarkRead { up_to: newest }).await {
                Ok(()) => session.look(),
                Err(failure) => return toasts.failed(labels::failure(&failure)),
            }
            first.reload();
        });
    };
    view! {
        <Page
            title=words::notifications::title().to_owned()
            actions=move || {
                view! {
                    <ButtonLink href=Route::HowToHear.href() icon="settings" look=Look::Quiet>
                        {words::notifications::choices()}
                    </ButtonLink>
                }
                    .into_any()
            }
        >
            <div class="stack">
                {live(move || {
                    let here = if only_unread.get() { Here::Unread } else { Here::All };
                    view! { <Ways here=here /> }
                })}
                <div class="row row--apart notifications__ways">
                    <Button icon="check" look=Look::Quiet on_click=read_all>{words::notifications::read_all()}</Button>
                    <span class="only-phone">
                        <ButtonLink href=Route::HowToHear.href() icon="settings" look=Look::Quiet>
                            {words::notifications::choices()}
                        </ButtonLink>
                    </span>
                </div>
                {live(move || match first.state.get() {
                    Load::Loading => view! { <SkeletonRows label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| first.reload()) /> }.into_any()
                    }
                    Load::Ready(first) if first.is_empty() => {
                        view! {
                            <Empty
                                icon="bell"
                                title=words::notifications::empty_title()
                                text=words::notifications::empty_text()
                            />
                        }
                            .into_any()
                    }
                    Load::Ready(first) => {
                        view! {
                            <ul class="notifications">
                                {first.into_iter().map(|item| view! { <Line item=item /> }).collect_view()}
                                {live(move || list.older.get().into_iter().map(|item| view! { <Line item=item /> }).collect_view())}
                            </ul>
                            <More rest=list.rest />
                        }
                            .into_any()
                    }
                })}
            </div>
        </Page>
    }
}

/// What one looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    All,
    Unread,
    Sent,
}

/// The ways between what happened and what was sent of it.
#[component]
pub fn Ways(here: Here) -> impl IntoView {
    let session = session::expect();
    let tabs = Signal::derive(move || {
        let tab =
            |at, href: String, text: &'static str, count| Tab { href, text, count, current: at == here };
        let waiting = usize::try_from(session.unread.get()).ok();
        let all = Route::Notifications.href();
        vec![
            tab(Here::All, all.clone(), words::notifications::all(), None),
            tab(Here::Unread, format!("{all}?show=unread"), words::notifications::unread(), waiting),
            tab(Here::Sent, Route::Sent.href(), words::mailed::tab(), None),
        ]
    });
    view! { <Tabs label=words::notifications::title() tabs=tabs /> }
}

#[component]
fn Line(item: Notification) -> impl IntoView {
    let session = session::expect();
    let Notification {
        id,
        event,
        subject_kind,
        community_slug,
        request_number,
        request_title,
        subject_id,
        subject_title,
        actor,
        at,
        read,
        times,
        ..
    } = item;
    let request_number = request_number.unwrap_or_default();
    let zone =
        untrack(|| session.membership(&community_slug)).map(|it| it.community.time_zone).unwrap_or_default();
    let (route, title) = match subject_kind {
        SubjectKind::ServiceRequest => {
            (Route::Request(community_slug, request_number.clone()), request_title)
        }
        SubjectKind::Announcement => {
            (Route::Announcement(community_slug, subject_id.to_string()), subject_title)
        }
    };
    let href = route.href();
    let (icon, sentence) = told(&event, actor.as_deref());
    view! {
        <li>
            <a
                class="notification"
                class:notification--unread=!read
                href=href
                on:click=move |_| {
                    if !read {
                        leptos::task::spawn_local(async move {
                            if api::send(&MARK_ONE, &[&id], &()).await.is_ok() {
                                session.look();
                            }
                        });
                    }
                }
            >
                <span class="notification__icon">
                    <Icon name=icon />
                </span>
                <span class="notification__words">
                    <span class="notification__sentence">
                        {(!read).then(|| view! { <span class="visually-hidden">{words::notifications::new()}{" "}</span> })}
                        {sentence}
                        {(times > 1).then(|| words::notifications::times(&times.to_string()))}
                    </span>
                    <span class="notification__about">
                        <span class="number">{request_number}</span>
                        {" "}
                        {title}
                    </span>
                </span>
                <span class="notification__when"><Ago at=at zone=zone /></span>
            </a>
        </li>
    }
}

/// An event as a sentence. The events are named after the actions of the workflow.
pub fn told(event: &str, actor: Option<&str>) -> (&'static str, String) {
    let who = actor.unwrap_or(words::app::name());
    match event.strip_prefix("announcement.") {
        Some("publish") => return ("megaphone", words::told::announced(who)),
        Some("urgent") => return ("triangle-alert", words::told::announced_urgently(who)),
        Some("unread") => return ("megaphone", words::told::announced_unread().into()),
        Some("reminder") => return ("bell", words::told::announced_again(who)),
        Some("comment") => return ("message-square", words::told::announcement_comment(who)),
        Some(_) => return ("megaphone", words::told::announcement_changed(who)),
        None => {}
    }
    match event.strip_prefix("request.") {
        Some("report") => return ("circle-dot", words::told::report(who)),
        Some("comment") => return ("message-square", words::told::comment(who)),
        Some("mention") => return ("message-square", words::told::mention(who)),
        Some("note") => return ("lock", words::told::note(who)),
        Some("edit") => return ("pencil", words::told::edit(who)),
        Some("joined") => return ("layers", words::told::joined(who)),
        Some("parted") => return ("layers", words::told::parted(who)),
        Some("master_closed") => return ("check", words::told::master_closed(who)),
        _ => {}
    }
    let Some(action) = event.strip_prefix("request.").and_then(|word| word.parse::<RequestAction>().ok())
    else {
        return ("bell", words::told::changed(who));
    };
    let sentence = match action {
        RequestAction::Triage => words::told::triage(who),
        RequestAction::Ask => words::told::ask(who),
        RequestAction::Answer => words::told::answer(who),
        RequestAction::Assign | RequestAction::Reassign => words::told::assign(who),
        RequestAction::Claim => words::told::claim(who),
        RequestAction::Accept => words::told::accept(who),
        RequestAction::Decline => words::told::decline(who),
        RequestAction::Unassign => words::told::unassign(who),
        RequestAction::Arrive => words::told::arrive(who),
        RequestAction::Start => words::told::start(who),
        RequestAction::Hold => words::told::hold(who),
        RequestAction::Resume => words::told::resume(who),
        RequestAction::Resolve => words::told::resolve(who),
        RequestAction::Confirm => words::told::confirm(who),
        RequestAction::Dispute => words::told::dispute(who),
        RequestAction::AutoClose | RequestAction::Close => words::told::close(who),
        RequestAction::Reopen => words::told::reopen(who),
        RequestAction::Reject => words::told::reject(who),
        RequestAction::Cancel => words::told::cancel(who),
        RequestAction::ChangePriority => words::told::change_priority(who),
        RequestAction::Merge => words::told::merge(who),
        RequestAction::Unmerge => words::told::unmerge(who),
        RequestAction::RequestCancel => words::told::request_cancel(who),
        RequestAction::ChangeDue => words::told::change_due(who),
        RequestAction::Override
        | RequestAction::ChangeCategory
        | RequestAction::ChangeZone
        | RequestAction::ChangeVisibility => words::told::changed(who),
    };
    (labels::action_icon(action), sentence)
}
