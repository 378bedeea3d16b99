//! What was sent to one by mail, and what came of it.

use contract::delivery::{Delivery, DeliveryQuery, LIST};
use domain::account::AccountMail;
use domain::event::Event;
use domain::job::{DeliveryFault, DeliveryState};
use leptos::prelude::*;

use super::{Here, Ways, told};
use crate::load::{Failed, Load};
use crate::paged::{More, paged};
use crate::routes::Route;
use crate::shell::Page;
use crate::time::Ago;
use crate::ui::badge::{Badge, Tone};
use crate::ui::empty::Empty;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::{api, session, words};

#[component]
pub fn SentPage() -> impl IntoView {
    let list = paged(move |cursor| async move {
        api::get_with(&LIST, &[], &DeliveryQuery { cursor, limit: None }).await
    });
    let first = list.first;
    view! {
        <Page title=words::mailed::title().to_owned() back=Route::Notifications.href()>
            <div class="stack">
                <Ways here=Here::Sent />
                <p class="quiet">{words::mailed::about()}</p>
                {live(move || match first.state.get() {
                    Load::Loading => view! { <SkeletonRows label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| first.reload()) /> }.into_any()
                    }
                    Load::Ready(first) if first.is_empty() => {
                        view! {
                            <Empty icon="mail" title=words::mailed::empty_title() text=words::mailed::empty_text() />
                        }
                            .into_any()
                    }
                    Load::Ready(first) => {
                        view! {
                            <ul class="notifications">
                                {first.into_iter().map(|mail| view! { <Line mail=mail /> }).collect_view()}
                                {live(move || list.older.get().into_iter().map(|mail| view! { <Line mail=mail /> }).collect_view())}
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

#[component]
fn Line(mail: Delivery) -> impl IntoView {
    let session = session::expect();
    let Delivery {
        event,
        state,
        attempts,
        fault,
        created_at,
        ended_at,
        community_slug,
        community_name,
        request_number,
        request_title,
        subject_title,
        actor,
        ..
    } = mail;
    let slug = community_slug.unwrap_or_default();
    let zone = untrack(|| session.membership(&slug)).map(|it| it.community.time_zone).unwrap_or_default();
    let (icon, sentence) = what(&event, actor.as_deref());
    let about = match request_number {
        Some(number) => {
            let href = Route::Request(slug, number.clone()).href();
            let title = request_title.unwrap_or_default();
            view! { <a href=href><span class="number">{number}</span>{" "}{title}</a> }.into_any()
        }
        None => subject_title.or(community_name).into_any(),
    };
    let (tone, sign, word) = outcome(state, attempts);
    let tries =
        (attempts > 1 || state == DeliveryState::Failed).then(|| words::mailed::tries(i64::from(attempts)));
    let why = [fault.map(|fault| because(fault).to_owned()), tries].into_iter().flatten().collect::<Vec<_>>();
    view! {
        <li class="notification">
            <span class="notification__icon">
                <Icon name=icon />
            </span>
            <span class="notification__words">
                <span class="notification__sentence">{sentence}</span>
                <span class="notification__about">{about}</span>
                <span class="mailed__outcome">
                    <Badge tone=tone icon=sign text=word />
                    <span class="notification__about">{why.join(" ")}</span>
                </span>
            </span>
            <span class="notification__when"><Ago at=ended_at.unwrap_or(created_at) zone=zone /></span>
        </li>
    }
}

/// What became of a mail.
fn outcome(state: DeliveryState, attempts: i32) -> (Tone, &'static str, &'static str) {
    match state {
        DeliveryState::Queued if attempts == 0 => (Tone::Neutral, "clock", words::mailed::waiting()),
        DeliveryState::Queued => (Tone::Warning, "refresh-cw", words::mailed::again()),
        DeliveryState::Sent => (Tone::Success, "check", words::mailed::done()),
        DeliveryState::Failed => (Tone::Warning, "circle-alert", words::mailed::failed()),
        DeliveryState::Dropped => (Tone::Neutral, "ban", words::mailed::dropped()),
    }
}

fn because(fault: DeliveryFault) -> &'static str {
    match fault {
        DeliveryFault::Refused => words::mailed::refused(),
        DeliveryFault::Busy => words::mailed::busy(),
        DeliveryFault::Unreachable => words::mailed::unreachable(),
        DeliveryFault::Unwritten => words::mailed::unwritten(),
    }
}

/// What a mail told of.
fn what(event: &str, actor: Option<&str>) -> (&'static str, String) {
    if event.starts_with("request.") || event.starts_with("announcement.") {
        return told(event, actor);
    }
    let mail = AccountMail::ALL.iter().copied().find(|mail| Event::of_mail(*mail).as_str() == event);
    let text = match mail {
        None => return ("layers", words::mailed::digest().into()),
        Some(AccountMail::Verify | AccountMail::AlreadyRegistered) => words::mailed::verify(),
        Some(AccountMail::ResetPassword) => words::mailed::reset_password(),
        Some(AccountMail::PasswordChanged) => words::mailed::password_changed(),
        Some(AccountMail::ChangeEmail | AccountMail::EmailChangeWarning | AccountMail::EmailTaken) => {
            words::mailed::change_email()
        }
        Some(AccountMail::SessionReuse) => words::mailed::session_reuse(),
        Some(AccountMail::TotpEnabled | AccountMail::TotpDisabled) => words::mailed::second_factor(),
        Some(AccountMail::Invitation) => words::mailed::invitation(),
        Some(
            AccountMail::ApplicationReceived
            | AccountMail::ApplicationApproved
            | AccountMail::ApplicationRejected,
        ) => words::mailed::application(),
        Some(AccountMail::MemberSuspended | AccountMail::MemberReinstated | AccountMail::MemberArchived) => {
            words::mailed::membership()
        }
    };
    ("mail", text.into())
}
