//! Those who wait to be let in, one card each: who they are, what they say of themselves, yes or no.

use contract::account::Membership;
use contract::member::{ActOnMember, LIST, MemberQuery, MemberSummary};
use contract::problem::Code;
use domain::community::{MemberStatus, OccupancyKind};
use domain::id::MemberId;
use domain::member::MemberAction;
use domain::role::{Permission, Role};
use leptos::prelude::*;

use super::act::{ReasonDialog, Whom, act, done, plain};
use super::area::{Grow, MemberTabs, View};
use super::roles::RolePicker;
use super::tie::{Tie, TieFields};
use super::{contact, grantable, unit_line, waiting};
use crate::form::{Form, Refused};
use crate::load::{Failed, Load};
use crate::paged::{More, paged};
use crate::session::can;
use crate::shell::{NotFound, Page, Width};
use crate::time::Ago;
use crate::ui::avatar::Avatar;
use crate::ui::button::Look;
use crate::ui::empty::Empty;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::toast::Toasts;
use crate::{api, browser, community, labels, words};

#[component]
pub fn ApprovalsPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::MembersApprove) {
            view! { <Approvals membership=membership /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

#[component]
fn Approvals(membership: Membership) -> impl IntoView {
    let waiting = waiting::expect();
    let slug = membership.community.slug.clone();
    let list = paged(move |cursor| {
        let slug = slug.clone();
        async move {
            let query = MemberQuery { status: Some(MemberStatus::Pending), cursor, ..MemberQuery::default() };
            api::get_with(&LIST, &[&slug], &query).await
        }
    });
    list.first.reload_when_seen_again();
    let shown = Signal::derive(move || list.all());
    let rejecting = RwSignal::new(None::<Whom>);
    let unfolded = RwSignal::new(None);
    let toasts = Toasts::expect();
    // The next one moves up, and gets the focus.
    let decided = Callback::new(move |id: MemberId| {
        let all = untrack(|| list.all());
        let at = all.iter().position(|member| member.id == id).unwrap_or_default();
        let next = all.get(at + 1).or_else(|| at.checked_sub(1).and_then(|before| all.get(before)));
        let focus = next.map_or_else(|| "#page-title".to_owned(), |next| format!("#applicant-{}", next.id));
        list.retain(|member| member.id != id);
        waiting.count.update(|count| *count = (*count - 1).max(0));
        browser::focus_later(focus);
    });
    let kept = StoredValue::new(membership.clone());
    view! {
        <Page title=words::members::title().to_owned() width=Width::Full>
            <div class="stack">
                <MemberTabs membership=membership now=Signal::stored(View::Waiting) />
                {live(move || match list.first.state.get() {
                    Load::Loading => view! { <SkeletonRows label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| list.first.reload()) /> }
                            .into_any()
                    }
                    Load::Ready(_) if shown.with(Vec::is_empty) => {
                        view! {
                            <Empty
                                icon="user-check"
                                title=words::approvals::none_title()
                                text=words::approvals::none_text()
                            >
                                <Grow membership=kept.get_value() />
                            </Empty>
                        }
                            .into_any()
                    }
                    Load::Ready(_) => {
                        view! {
                            <p class="quiet">{words::approvals::about()}</p>
                            <ul class="applicants">
                                <For each=move || shown.get() key=|member| (member.id, member.version) let:member>
                                    <Applicant
                                        member=member
                                        membership=kept.get_value()
                                        decided=decided
                                        rejecting=rejecting
                                        unfolded=unfolded
                                    />
                                </For>
                            </ul>
                            <More rest=list.rest />
                        }
                            .into_any()
                    }
                })}
            </div>
        </Page>
        {live(move || {
            rejecting
                .get()
                .map(|whom| {
                    let (id, name) = (whom.id, whom.name.clone());
                    view! {
                        <ReasonDialog
                            action=MemberAction::Reject
                            whom=whom
                            on_done=Callback::new(move |_| {
                                rejecting.set(None);
                                toasts.done(done(MemberAction::Reject, &name));
                                decided.run(id);
                            })
                            on_close=Callback::new(move |()| rejecting.set(None))
                        />
                    }
                })
        })}
    }
}

#[component]
fn Applicant(
    member: MemberSummary,
    membership: Membership,
    decided: Callback<MemberId>,
    rejecting: RwSignal<Option<Whom>>,
    /// Whose roles and unit are being changed.
    unfolded: RwSignal<Option<MemberId>>,
) -> impl IntoView {
    let toasts = Toasts::expect();
    let form = Form::new();
    let contact = contact(&member);
    let MemberSummary { id, display_name: name, claim, created_at, .. } = member;
    let (claimed, note) = claim.map(|claim| (claim.unit, claim.note)).unwrap_or_default();
    let kind = claimed.as_ref().map_or(OccupancyKind::Tenant, |unit| unit.tie);
    let tie = Tie::new(claimed.as_ref().map(|unit| (unit.id.to_string(), unit.number.clone())), kind);
    let roles = RwSignal::new(vec![Role::Resident]);
    form.watch("roles", Signal::derive(move || roles.track()));
    form.watch("unit_id", Signal::derive(move || tie.unit.track()));
    let is_open = move || unfolded.get() == Some(id);
    let whom = StoredValue::new(Whom { slug: membership.community.slug.clone(), id, name: name.clone() });
    let approve = move || {
        let roles = roles.get_untracked();
        if roles.is_empty() {
            unfolded.set(Some(id));
            form.blame([("roles".to_owned(), words::member::roles_missing().to_owned())].into());
            return;
        }
        let body = ActOnMember {
            roles: Some(roles),
            unit_id: tie.unit_id(),
            tie: tie.kind(),
            ..plain(MemberAction::Approve)
        };
        form.attempt(
            act(whom.get_value(), body),
            move |member| {
                toasts.done(done(MemberAction::Approve, &member.summary.display_name));
                decided.run(id);
            },
            move |failure| match failure.code() {
                // Somebody else has answered.
                Some(Code::WrongState | Code::Stale | Code::NotFound) => {
                    toasts.failed(labels::failure(&failure));
                    decided.run(id);
                    None
                }
                Some(Code::Invalid) => {
                    unfolded.set(Some(id));
                    Some(failure)
                }
                _ => Some(failure),
            },
        );
    };
    let becomes = move || {
        let roles = roles.with(|roles| labels::roles(roles)).to_lowercase();
        match tie.unit.get() {
            Some((_, unit)) => words::approvals::becomes(&roles, &unit),
            None => words::approvals::becomes_no_unit(&roles),
        }
    };
    let zone = membership.community.time_zone.clone();
    let slug = membership.community.slug.clone();
    let may_give = grantable(&membership);
    view! {
        <li class="card applicant">
            <div class="applicant__head">
                <Avatar name=name.clone() />
                <div class="applicant__who">
                    <h2 class="applicant__name" id=format!("applicant-{id}") tabindex="-1">{name.clone()}</h2>
                    <p class="quiet small applicant__contact">{contact}</p>
                </div>
                <p class="quiet small"><Ago at=created_at zone=zone /></p>
            </div>
            <p class="applicant__claim">
                <Icon name="house" size=16 />
                {match &claimed {
                    Some(unit) => unit_line(unit).into_any(),
                    None => view! { <span class="quiet">{words::approvals::no_claim()}</span> }.into_any(),
                }}
            </p>
            {(!note.is_empty())
                .then(|| {
                    view! {
                        <blockquote class="applicant__note">
                            <span class="visually-hidden">{words::approvals::note()}": "</span>
                            {note.clone()}
                        </blockquote>
                    }
                })}
            <Refused form=form />
            <div class="applicant__edit">
                <button
                    type="button"
                    class="applicant__fold"
                    aria-expanded=move || if is_open() { "true" } else { "false" }
                    on:click=move |_| unfolded.update(|open| *open = if *open == Some(id) { None } else { Some(id) })
                >
                    <Icon name="pencil" size=16 />
                    <span>
                        {becomes}
                        <span class="visually-hidden">". "{words::approvals::edit()}</span>
                    </span>
                    <Icon name="chevron-down" size=16 />
                </button>
                <Show when=is_open>
                    <div class="stack applicant__fields">
                        <RolePicker
                            id="roles"
                            legend=words::member::roles()
                            value=roles
                            grantable=may_give.clone()
                            fault=form.fault("roles")
                        />
                        <TieFields slug=slug.clone() tie=tie fault=form.fault("unit_id") />
                    </div>
                </Show>
            </div>
            <div class="applicant__answers">
                <button
                    type="button"
                    class=Look::Soft.class()
                    aria-label=words::approvals::approve_name(&name)
                    aria-busy=move || form.pending.get().then_some("true")
                    on:click=move |_| approve()
                >
                    <Icon name="check" size=18 />
                    <span class="button__words">{words::member_action::approve()}</span>
                </button>
                <button
                    type="button"
                    class=Look::Secondary.class()
                    aria-label=words::approvals::reject_name(&name)
                    on:click=move |_| rejecting.set(Some(whom.get_value()))
                >
                    <span class="button__words">{words::member_action::reject()}</span>
                </button>
            </div>
        </li>
    }
}
