//! The members of a community: by status, role, name and unit.

use contract::account::Membership;
use contract::member::{LIST, MemberSummary};
use domain::community::MemberStatus;
use domain::id::MemberId;
use domain::role::{Permission, Role};
use leptos::prelude::*;

use super::area::{Add, Grow, MemberTabs, View};
use super::filter::Filter;
use super::{contact, unit_line};
use crate::load::{Failed, Load};
use crate::paged::{More, paged};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{NotFound, Page, Width};
use crate::time::Ago;
use crate::ui::avatar::Avatar;
use crate::ui::button::{Button, Look};
use crate::ui::empty::Empty;
use crate::ui::filter::{FilterWords, Filters, Narrow};
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::{address, api, community, labels, words};

#[component]
pub fn MembersPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::MembersView) {
            view! { <Members membership=membership /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

#[component]
fn Members(membership: Membership) -> impl IntoView {
    let slug = membership.community.slug.clone();
    let bar = address::expect();
    let filter = Memo::new(move |_| bar.search.with(|search| Filter::parse(search)));
    // Those who wait are answered elsewhere; mails lead here.
    let waits = Route::Approvals(slug.clone()).href();
    let approves = can(&membership, Permission::MembersApprove);
    Effect::new(move || {
        if approves && filter.get().status == MemberStatus::Pending {
            bar.replace(&waits);
        }
    });
    let list = {
        let slug = slug.clone();
        paged(move |cursor| {
            let (slug, query) = (slug.clone(), filter.get().query(cursor));
            async move { api::get_with(&LIST, &[&slug], &query).await }
        })
    };
    let change = Callback::new(move |filter: Filter| bar.replace(&filter.href(&slug)));
    let shown = Signal::derive(move || list.all());
    let kept = StoredValue::new(membership.clone());
    view! {
        <Page
            title=words::members::title().to_owned()
            width=Width::Full
            actions=move || {
                view! {
                    <Add membership=kept.get_value() />
                    <Grow membership=kept.get_value() look=Look::Primary />
                }
                    .into_any()
            }
            sticky=move || view! { <Grow membership=kept.get_value() look=Look::Primary /> }.into_any()
        >
            <div class="stack">
                <MemberTabs
                    membership=membership
                    now=Signal::derive(move || View::Members(filter.get().status))
                />
                <FilterBar filter=filter change=change />
                {live(move || match list.first.state.get() {
                    Load::Loading => view! { <SkeletonRows rows=8 label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| list.first.reload()) /> }
                            .into_any()
                    }
                    Load::Ready(first) if first.is_empty() => {
                        view! { <Nobody filter=filter.get() change=change membership=kept.get_value() /> }.into_any()
                    }
                    Load::Ready(_) => {
                        view! {
                            <Table members=shown membership=kept.get_value() />
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
fn FilterBar(filter: Memo<Filter>, change: Callback<Filter>) -> impl IntoView {
    let roles = Signal::stored(
        Role::ALL
            .iter()
            .map(|role| (role.as_str().to_owned(), labels::role(*role).to_owned()))
            .collect::<Vec<_>>(),
    );
    view! {
        <Filters
            words=FilterWords {
                search: words::members::search(),
                hint: words::members::search_hint(),
                filters: words::filter::filters(),
                clear: words::filter::clear(),
            }
            q=Signal::derive(move || filter.get().q)
            on_search=Callback::new(move |q| change.run(Filter { q, ..filter.get_untracked() }))
            narrowed=Signal::derive(move || filter.get().is_narrowed())
            on_clear=Callback::new(move |()| {
                change.run(Filter { status: filter.get_untracked().status, ..Filter::default() });
            })
        >
            <Narrow
                label=words::members::role()
                all=words::members::any_role()
                options=roles
                value=Signal::derive(move || filter.get().role)
                on_change=Callback::new(move |role| change.run(Filter { role, ..filter.get_untracked() }))
            />
        </Filters>
    }
}

#[component]
fn Nobody(filter: Filter, change: Callback<Filter>, membership: Membership) -> impl IntoView {
    let status = filter.status;
    if filter.is_narrowed() {
        return view! {
            <Empty icon="search" title=words::members::found() text=words::members::found_text()>
                <Button on_click=move || change.run(Filter { status, ..Filter::default() })>
                    {words::filter::clear()}
                </Button>
            </Empty>
        }
        .into_any();
    }
    let (icon, title, text) = match status {
        MemberStatus::Active | MemberStatus::Pending => {
            ("users", words::members::nobody(), words::members::nobody_text())
        }
        MemberStatus::Suspended => {
            ("circle-pause", words::members::nobody_suspended(), words::members::nobody_suspended_text())
        }
        MemberStatus::Archived => {
            ("archive", words::members::nobody_archived(), words::members::nobody_archived_text())
        }
    };
    view! {
        <Empty icon=icon title=title text=text>
            {(status == MemberStatus::Active).then(|| view! { <Grow membership=membership /> })}
        </Empty>
    }
    .into_any()
}

#[component]
fn Table(members: Signal<Vec<MemberSummary>>, membership: Membership) -> impl IntoView {
    let me = membership.member_id;
    let place = StoredValue::new((membership.community.slug, membership.community.time_zone));
    view! {
        <div class="table-frame">
            <table class="table members">
                <caption class="visually-hidden">{words::members::title()}</caption>
                <thead class="members__head">
                    <tr>
                        <th scope="col">{words::members::name()}</th>
                        <th scope="col">{words::members::roles()}</th>
                        <th scope="col">{words::members::units()}</th>
                        <th scope="col" class="table__figure">{words::members::since()}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || members.get() key=|member| (member.id, member.version) let:member>
                        <Line member=member me=me place=place />
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(member: MemberSummary, me: MemberId, place: StoredValue<(String, String)>) -> impl IntoView {
    let (slug, zone) = place.get_value();
    let href = Route::Member(slug, member.id.to_string()).href();
    let units = member.units.iter().map(unit_line).collect::<Vec<_>>().join(", ");
    let contact = contact(&member);
    view! {
        <tr class="members__line">
            <th scope="row" class="members__who">
                <Avatar name=member.display_name.clone() />
                <span class="members__words">
                    <a class="members__link" href=href>{member.display_name}</a>
                    {(member.id == me).then(|| view! { <span class="members__you">{words::members::you()}</span> })}
                    {contact.map(|contact| view! { <span class="members__contact">{contact}</span> })}
                </span>
            </th>
            <td class="members__roles">{labels::roles(&member.roles)}</td>
            <td class="members__units">
                {if units.is_empty() {
                    view! { <span class="quiet">{words::members::no_unit()}</span> }.into_any()
                } else {
                    units.into_any()
                }}
            </td>
            <td class="members__since table__figure quiet"><Ago at=member.created_at zone=zone /></td>
        </tr>
    }
}
