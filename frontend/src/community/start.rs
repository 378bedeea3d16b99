//! Where somebody starts, and the operator's list of communities.

use contract::community::{CommunityQuery, CommunitySummary, LIST};
use domain::role::Permission;
use leptos::prelude::*;

use crate::load::{Failed, Load, load};
use crate::routes::Route;
use crate::session::{self, can};
use crate::shell::{NotFound, Page, Width};
use crate::ui::button::Button;
use crate::ui::empty::Empty;
use crate::ui::skeleton::SkeletonRows;
use crate::{address, api, labels, words};

/// Sends everybody to the page that they come for.
#[component]
pub fn Start(community: Option<String>) -> impl IntoView {
    let session = session::expect();
    let address = address::expect();
    let (membership, is_operator) = untrack(|| {
        let membership = match &community {
            Some(slug) => session.membership(slug),
            None => session.usual_membership(),
        };
        (membership, session.account().is_some_and(|account| account.is_operator))
    });
    let target = match (&membership, &community) {
        (Some(membership), _) => {
            let slug = membership.community.slug.clone();
            if can(membership, Permission::RequestsWork) { Route::Jobs(slug) } else { Route::Requests(slug) }
        }
        (None, None) if is_operator => Route::Communities,
        (None, None) => return view! { <NowhereYet /> }.into_any(),
        (None, Some(_)) => return view! { <NotFound /> }.into_any(),
    };
    let href = target.href();
    // Not while the page of this address is still being put together.
    request_animation_frame(move || address.replace(&href));
    view! { <main class="page__body"><SkeletonRows label=words::common::loading() /></main> }.into_any()
}

/// Signed in, and a member of nothing.
#[component]
fn NowhereYet() -> impl IntoView {
    let session = session::expect();
    view! {
        <Page title=words::nowhere::title().to_owned()>
            <Empty icon="building-2" title=words::nowhere::heading() text=words::nowhere::text()>
                <Button on_click=move || session.sign_out()>{words::account::sign_out()}</Button>
            </Empty>
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
            {move || match communities.state.get() {
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
            }}
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
