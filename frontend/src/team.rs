//! Teams: who works together, where and when.

mod form;

use contract::account::Membership;
use contract::team::{self, Team};
use domain::role::Permission;
use leptos::prelude::*;

use crate::load::{Failed, Load, Loading, load};
use crate::session::can;
use crate::shell::{NotFound, Page};
use crate::ui::avatar::Person;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, Look};
use crate::ui::empty::Empty;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::{api, community, labels, words};

use form::TeamForm;

/// The teams of a community.
pub fn teams(community: String) -> Loading<Vec<Team>> {
    load(move || {
        let community = community.clone();
        async move { Ok(api::get(&team::LIST, &[&community]).await?.data) }
    })
}

#[component]
pub fn TeamsPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::TeamsManage) {
            view! { <Teams membership=membership /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

/// What the form is open for.
#[derive(Debug, Clone, PartialEq)]
enum Open {
    New,
    Change(Team),
}

#[component]
fn Teams(membership: Membership) -> impl IntoView {
    let slug = StoredValue::new(membership.community.slug.clone());
    let teams = teams(membership.community.slug);
    let open = RwSignal::new(None::<Open>);
    let create = move || {
        view! {
            <Button look=Look::Primary icon="plus" on_click=move || open.set(Some(Open::New))>
                {words::teams::create()}
            </Button>
        }
        .into_any()
    };
    let saved = Callback::new(move |()| {
        open.set(None);
        teams.reload();
    });
    view! {
        <Page title=words::teams::title().to_owned() actions=create sticky=create>
            <div class="stack">
                <p class="quiet">{words::teams::about()}</p>
                {live(move || match teams.state.get() {
                    Load::Loading => view! { <SkeletonRows rows=4 label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| teams.reload()) /> }.into_any()
                    }
                    Load::Ready(all) if all.is_empty() => {
                        view! { <Empty icon="users" title=words::teams::none() text=words::teams::none_about() /> }
                            .into_any()
                    }
                    Load::Ready(all) => {
                        let cards = all.into_iter().map(|team| view! { <Card team=team open=open /> }).collect_view();
                        view! { <ul class="teams">{cards}</ul> }.into_any()
                    }
                })}
            </div>
        </Page>
        {live(move || {
            open.get()
                .map(|opened| {
                    let team = match opened {
                        Open::New => None,
                        Open::Change(team) => Some(team),
                    };
                    view! {
                        <TeamForm
                            slug=slug.get_value()
                            team=team
                            saved=saved
                            close=Callback::new(move |()| open.set(None))
                        />
                    }
                })
        })}
    }
}

#[component]
fn Card(team: Team, open: RwSignal<Option<Open>>) -> impl IntoView {
    let kept = StoredValue::new(team.clone());
    let Team { name, shift, members, zones, open_load, .. } = team;
    let zones = match zones.is_empty() {
        true => words::teams::everywhere().to_owned(),
        false => zones.into_iter().map(|zone| zone.name).collect::<Vec<_>>().join(", "),
    };
    view! {
        <li class="team">
            <div class="team__head">
                <h2 class="section-title">{name.clone()}</h2>
                <Badge tone=Tone::Neutral icon="clock" text=labels::shift(shift) />
            </div>
            <p class="quiet small">{zones}{" · "}{words::teams::load(open_load)}</p>
            <ul class="team__members" aria-label=words::teams::members()>
                {members
                    .into_iter()
                    .map(|member| {
                        view! {
                            <li>
                                <Person name=member.display_name />
                                {(!member.available)
                                    .then(|| view! { <span class="quiet small">{words::teams::absent()}</span> })}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <div>
                <Button icon="pencil" on_click=move || open.set(Some(Open::Change(kept.get_value())))>
                    {words::teams::edit()}
                    <span class="visually-hidden">{" "}{name}</span>
                </Button>
            </div>
        </li>
    }
}
