//! What one has been told.

use contract::notification::{LIST, MARK_READ, MarkRead, Notification, NotificationQuery};
use domain::service_request::RequestAction;
use leptos::prelude::*;

use crate::load::{Failed, Load};
use crate::paged::{More, paged};
use crate::routes::Route;
use crate::shell::Page;
use crate::time::Ago;
use crate::ui::empty::Empty;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::{api, labels, session, words};

#[component]
pub fn NotificationsPage() -> impl IntoView {
    let session = session::expect();
    let list = paged(move |cursor| async move {
        let is_newest = cursor.is_none();
        let page = api::get_with(&LIST, &[], &NotificationQuery { cursor, limit: None }).await?;
        // Seen is read: the newest stands for all before it. What is shown keeps its marks until the next visit.
        if let Some(newest) = page.data.first().filter(|newest| is_newest && !newest.read) {
            let body = MarkRead { up_to: newest.id };
            if api::send(&MARK_READ, &[], &body).await.is_ok() {
                session.unread.set(0);
            }
        }
        Ok(page)
    });
    let first = list.first;
    view! {
        <Page title=words::notifications::title().to_owned()>
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
        </Page>
    }
}

#[component]
fn Line(item: Notification) -> impl IntoView {
    let session = session::expect();
    let Notification { event, community_slug, request_number, request_title, actor, at, read, .. } = item;
    let zone =
        untrack(|| session.membership(&community_slug)).map(|it| it.community.time_zone).unwrap_or_default();
    let href = Route::Request(community_slug, request_number.clone()).href();
    let (icon, sentence) = told(&event, actor.as_deref());
    view! {
        <li>
            <a
                class="notification"
                class:notification--unread=!read
                href=href
            >
                <span class="notification__icon">
                    <Icon name=icon />
                </span>
                <span class="notification__words">
                    <span class="notification__sentence">
                        {(!read).then(|| view! { <span class="visually-hidden">{words::notifications::new()}{" "}</span> })}
                        {sentence}
                    </span>
                    <span class="notification__about">
                        <span class="number">{request_number}</span>
                        {" "}
                        {request_title}
                    </span>
                </span>
                <span class="notification__when"><Ago at=at zone=zone /></span>
            </a>
        </li>
    }
}

/// An event as a sentence. The events are named after the actions of the workflow.
fn told(event: &str, actor: Option<&str>) -> (&'static str, String) {
    let who = actor.unwrap_or(words::app::name());
    match event.strip_prefix("request.") {
        Some("report") => return ("circle-dot", words::told::report(who)),
        Some("comment") => return ("message-square", words::told::comment(who)),
        Some("mention") => return ("message-square", words::told::mention(who)),
        Some("note") => return ("lock", words::told::note(who)),
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
        RequestAction::Merge | RequestAction::Unmerge | RequestAction::Override => words::told::changed(who),
    };
    (labels::action_icon(action), sentence)
}
