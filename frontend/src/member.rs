//! Members: who is in, who asks to come in, and as what.

mod act;
pub mod add;
pub mod approvals;
pub mod area;
mod filter;
mod hand_over;
pub mod list;
pub mod password;
pub mod roles;
pub mod show;
pub mod tie;
pub mod waiting;

use contract::account::Membership;
use contract::member::{MemberSummary, MemberUnit};
use domain::community::{MemberStatus, Settings};
use domain::member;
use domain::role::{Rights, Role};
use leptos::prelude::*;

use crate::ui::badge::{Badge, Tone};
use crate::{labels, words};

/// Where a membership stands, in one word.
#[component]
fn StatusBadge(status: MemberStatus) -> impl IntoView {
    let (tone, icon) = match status {
        MemberStatus::Pending => (Tone::Info, "hourglass"),
        MemberStatus::Active => (Tone::Success, "circle-check"),
        MemberStatus::Suspended => (Tone::Warning, "circle-pause"),
        MemberStatus::Archived => (Tone::Neutral, "archive"),
    };
    view! { <Badge tone=tone icon=icon text=labels::member_status(status) /> }
}

/// A unit and how somebody is tied to it.
fn unit_line(unit: &MemberUnit) -> String {
    words::members::unit_tie(labels::tie(unit.tie), &unit.number)
}

/// How somebody can be reached or signs in, as far as one may see it.
fn contact(member: &MemberSummary) -> Option<String> {
    member.email.clone().or_else(|| member.sign_in_name.clone())
}

/// The roles that somebody may give. The server has the last word: it also knows the community's settings.
pub fn grantable(membership: &Membership) -> Vec<Role> {
    let rights: Rights = membership.permissions.iter().copied().collect();
    member::grantable(rights, &Settings::default())
}
