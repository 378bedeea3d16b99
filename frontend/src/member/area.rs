//! The views of a community's members, as tabs above each of them.

use contract::account::Membership;
use domain::community::MemberStatus;
use domain::role::Permission;
use leptos::prelude::*;

use super::filter::Filter;
use super::waiting;
use crate::routes::Route;
use crate::session::can;
use crate::ui::button::{ButtonLink, Look};
use crate::ui::tabs::{Tab, Tabs};
use crate::words;

/// One view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    Members(MemberStatus),
    Waiting,
    Invitations,
}

impl View {
    fn label(self) -> &'static str {
        match self {
            View::Members(MemberStatus::Active | MemberStatus::Pending) => words::members::active(),
            View::Members(MemberStatus::Suspended) => words::members::suspended(),
            View::Members(MemberStatus::Archived) => words::members::archived(),
            View::Waiting => words::members::waiting(),
            View::Invitations => words::members::invitations(),
        }
    }

    fn href(self, slug: &str) -> String {
        match self {
            View::Members(status) => Filter { status, ..Filter::default() }.href(slug),
            View::Waiting => Route::Approvals(slug.into()).href(),
            View::Invitations => Route::Invitations(slug.into()).href(),
        }
    }
}

/// The tabs, as far as somebody may look behind them.
#[component]
pub fn MemberTabs(membership: Membership, #[prop(into)] now: Signal<View>) -> impl IntoView {
    let waiting = waiting::expect();
    let slug = membership.community.slug.clone();
    let approves = can(&membership, Permission::MembersApprove);
    let tabs = Signal::derive(move || {
        let now = now.get();
        [
            View::Members(MemberStatus::Active),
            View::Waiting,
            View::Invitations,
            View::Members(MemberStatus::Suspended),
            View::Members(MemberStatus::Archived),
        ]
        .into_iter()
        .filter(|view| approves || matches!(view, View::Members(_)))
        .map(|view| Tab {
            href: view.href(&slug),
            text: view.label(),
            count: (view == View::Waiting).then(|| usize::try_from(waiting.count.get()).unwrap_or_default()),
            current: view == now,
        })
        .collect::<Vec<_>>()
    });
    view! { <Tabs label=words::members::views() tabs=tabs /> }
}

/// The way to new members, for those who may let people in.
#[component]
pub fn Grow(membership: Membership, #[prop(optional)] look: Look) -> impl IntoView {
    let slug = membership.community.slug.clone();
    can(&membership, Permission::MembersApprove).then(|| {
        view! {
            <ButtonLink href=Route::NewInvitation(slug).href() look=look icon="user-plus">
                {words::members::invite()}
            </ButtonLink>
        }
    })
}

/// The way to members without e-mail, for those who may add them.
#[component]
pub fn Add(membership: Membership) -> impl IntoView {
    let slug = membership.community.slug.clone();
    can(&membership, Permission::MembersEdit).then(|| {
        view! { <ButtonLink href=Route::NewMember(slug).href()>{words::members::add()}</ButtonLink> }
    })
}
