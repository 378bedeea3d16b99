//! Memberships that were asked for: where each stands, and the next step.

use contract::account::Application;
use domain::community::MemberStatus;
use leptos::prelude::*;

use crate::routes::Route;
use crate::session;
use crate::time::Ago;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::ButtonLink;
use crate::ui::live::live;
use crate::words;

/// All of them; nothing where there is none.
#[component]
pub fn Applications() -> impl IntoView {
    let session = session::expect();
    live(move || {
        let asked = session.account().map(|account| account.applications.clone()).unwrap_or_default();
        (!asked.is_empty()).then(|| {
            view! { <ul class="applications">{asked.into_iter().map(application).collect_view()}</ul> }
        })
    })
}

pub fn application(application: Application) -> AnyView {
    let Application { member_id: _, community_slug, community_name, status, reason, asked_at } = application;
    let (tone, icon, word, text) = match status {
        MemberStatus::Pending | MemberStatus::Active => {
            (Tone::Info, "hourglass", words::application::waiting(), words::application::waiting_about())
        }
        MemberStatus::Archived => {
            (Tone::Neutral, "circle-x", words::application::refused(), words::application::refused_about())
        }
        MemberStatus::Suspended => (
            Tone::Warning,
            "circle-pause",
            words::application::suspended(),
            words::application::suspended_about(),
        ),
    };
    let may_ask = status == MemberStatus::Archived;
    view! {
        <li class="application">
            <div class="row row--apart">
                <strong class="application__name">{community_name}</strong>
                <Badge tone=tone icon=icon text=word />
            </div>
            <p>{text}</p>
            {reason
                .filter(|reason| !reason.is_empty())
                .map(|reason| {
                    view! {
                        <blockquote class="application__reason">
                            <span class="small quiet">{words::application::reason()}</span>
                            <p>{reason}</p>
                        </blockquote>
                    }
                })}
            <div class="row row--apart">
                <span class="quiet small">{words::application::asked()} " " <Ago at=asked_at zone="" /></span>
                {may_ask
                    .then(|| {
                        let href = Route::Join(Some(community_slug)).href();
                        view! { <ButtonLink href=href>{words::application::again()}</ButtonLink> }
                    })}
            </div>
        </li>
    }
    .into_any()
}
