//! Where somebody starts, and the operator's list of communities.

use contract::community::{CommunityQuery, CommunitySummary, LIST};
use domain::role::Permission;
use leptos::prelude::*;

use super::join::look_often;
use crate::account::applications::Applications;
use crate::load::{Failed, Load, load};
use crate::routes::Route;
use crate::session::{self, can};
use crate::shell::{NotFound, Page, Width};
use crate::ui::button::{ButtonLink, Look};
use crate::ui::empty::Empty;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::{address, api, labels, words};

/// Where somebody starts.
#[derive(Debug, Clone, PartialEq)]
enum Beginning {
    At(Route),
    /// Signed in, and a member of nothing.
    Nowhere,
    NotFound,
}

/// Sends everybody to the page that they come for.
#[component]
pub fn Start(community: Option<String>) -> impl IntoView {
    let session = session::expect();
    let address = address::expect();
    // Follows the account: whoever waits for an answer is let in as soon as it comes.
    let beginning = Memo::new(move |_| {
        let membership = match &community {
            Some(slug) => session.membership(slug),
            None => session.usual_membership(),
        };
        let is_operator = session.account().is_some_and(|account| account.is_operator);
        match (&membership, &community) {
            (Some(membership), _) => {
                let slug = membership.community.slug.clone();
                let works = can(membership, Permission::RequestsWork);
                Beginning::At(if works { Route::Jobs(slug) } else { Route::Requests(slug) })
            }
            (None, None) if is_operator => Beginning::At(Route::Communities),
            (None, None) => Beginning::Nowhere,
            (None, Some(_)) => Beginning::NotFound,
        }
    });
    live(move || match beginning.get() {
        Beginning::At(target) => {
            let href = target.href();
            // Not while the page of this address is still being put together.
            request_animation_frame(move || address.replace(&href));
            view! { <main class="page__body"><SkeletonRows label=words::common::loading() /></main> }
                .into_any()
        }
        Beginning::Nowhere => view! { <NowhereYet /> }.into_any(),
        Beginning::NotFound => view! { <NotFound /> }.into_any(),
    })
}

/// What was asked for and where it stands, or how to ask.
#[component]
fn NowhereYet() -> impl IntoView {
    let session = session::expect();
    look_often(session);
    let has_asked =
        Memo::new(move |_| session.account().is_some_and(|account| !account.applications.is_empty()));
    view! {
        <Page title=words::nowhere::title().to_owned()>
            {live(move || {
                if has_asked.get() {
                    view! {
                        <div class="stack nowhere">
                            <Applications />
                            <div>
                                <ButtonLink icon="plus" href=Route::Join(None).href()>
                                    {words::nowhere::another()}
                                </ButtonLink>
                            </div>
                        </div>
                    }
                        .into_any()
                } else {
                    view! {
                        <Empty icon="building-2" title=words::nowhere::heading() text=words::nowhere::text()>
                            <ButtonLink look=Look::Primary href=Route::Join(None).href()>
                                {words::account::join()}
                            </ButtonLink>
                        </Empty>
                    }
                        .into_any()
                }
            })}
        </Page>
    }
}

#[component]
pub fn CommunitiesPage() -> impl IntoView {
    let is_operator = untrack(|| session::expect().account().is_some_and(|account| account.is_operator));
    if !is_operator {
        return view! { <NotFound /> }.into_any();
    }
    let communities = load(|| async {
        Ok(api::get_with(&LIST, &[], &CommunityQuery { cursor: None, limit: Some(200) }).await?.data)
    });
    view! {
        <Page
            title=words::communities::title().to_owned()
            width=Width::Full
            meta=|| words::communities::about().into_any()
        >
            {live(move || match communities.state.get() {
                Load::Loading => view! { <SkeletonRows label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| communities.reload()) /> }.into_any()
                }
                Load::Ready(list) if list.is_empty() => {
                    view! {
                        <Empty
                            icon="building-2"
                            title=words::communities::empty_title()
                            text=words::communities::empty_text()
                        />
                    }
                        .into_any()
                }
                Load::Ready(list) => view! { <List communities=list /> }.into_any(),
            })}
        </Page>
    }
    .into_any()
}

#[component]
fn List(communities: Vec<CommunitySummary>) -> impl IntoView {
    view! {
        <div class="table-frame">
            <table class="table">
                <caption class="visually-hidden">{words::communities::title()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words::communities::name()}</th>
                        <th scope="col" class="only-desk">{words::communities::kind()}</th>
                        <th scope="col" class="table__figure">{words::communities::members()}</th>
                        <th scope="col" class="table__figure">{words::communities::units()}</th>
                        <th scope="col" class="table__figure">{words::communities::requests()}</th>
                    </tr>
                </thead>
                <tbody>
                    {communities
                        .into_iter()
                        .map(|summary| {
                            let CommunitySummary { community, members, units, requests } = summary;
                            view! {
                                <tr>
                                    <th scope="row">
                                        <span class="table__title">{community.name}</span>
                                        <span class="quiet small table__under">{community.time_zone}</span>
                                    </th>
                                    <td class="only-desk">{labels::community_kind(community.kind)}</td>
                                    <td class="table__figure">{members}</td>
                                    <td class="table__figure">{units}</td>
                                    <td class="table__figure">{requests}</td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}
