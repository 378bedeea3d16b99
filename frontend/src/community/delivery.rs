//! How what happens in a community reaches its people, in figures.

use contract::account::Membership;
use contract::delivery::{DeliveryFigures, FIGURES, MailFigure};
use domain::job::{DeliveryFault, DeliveryState};
use domain::role::Permission;
use leptos::prelude::*;

use crate::category::RegisterTabs;
use crate::load::{Failed, Load, load};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{NotFound, Page};
use crate::ui::badge::{Badge, Tone};
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::{api, community, words};

#[component]
pub fn DeliveryPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::CommunitySettings) {
            view! { <Reached membership=membership /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

#[component]
fn Reached(membership: Membership) -> impl IntoView {
    let slug = StoredValue::new(membership.community.slug.clone());
    let figures = load(move || async move { api::get(&FIGURES, &[&slug.get_value()]).await });
    figures.reload_when_seen_again();
    view! {
        <Page title=words::delivery::title().to_owned()>
            <div class="stack">
                <RegisterTabs membership=membership here=Route::Delivery(slug.get_value()) />
                <p class="quiet">{words::delivery::about()}</p>
                {live(move || match figures.state.get() {
                    Load::Loading => view! { <SkeletonRows rows=5 label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| figures.reload()) /> }
                            .into_any()
                    }
                    Load::Ready(figures) => view! { <Figures figures=figures /> }.into_any(),
                })}
            </div>
        </Page>
    }
}

#[component]
fn Figures(figures: DeliveryFigures) -> impl IntoView {
    let DeliveryFigures { told, read, mail, .. } = figures;
    view! {
        <section class="card figures">
            <h2 class="section-title">{words::delivery::in_app()}</h2>
            <p class="figures__line">
                <span>{words::delivery::told(told)}</span>
                <span class="quiet">{words::delivery::read(read)}</span>
            </p>
        </section>
        <section class="card figures">
            <h2 class="section-title">{words::delivery::mail()}</h2>
            {mail.is_empty().then(|| view! { <p class="quiet">{words::delivery::no_mail()}</p> })}
            <ul>{mail.into_iter().map(line).collect_view()}</ul>
        </section>
    }
}

fn line(figure: MailFigure) -> AnyView {
    let MailFigure { state, fault, count } = figure;
    let (tone, icon, text) = match (state, fault) {
        (DeliveryState::Queued, None) => (Tone::Neutral, "clock", words::delivery::waiting()),
        (DeliveryState::Queued, Some(_)) => (Tone::Warning, "refresh-cw", words::delivery::again()),
        (DeliveryState::Sent, _) => (Tone::Success, "check", words::mailed::done()),
        (DeliveryState::Failed, _) => (Tone::Warning, "circle-alert", words::mailed::failed()),
        (DeliveryState::Dropped, _) => (Tone::Neutral, "ban", words::mailed::dropped()),
    };
    let why = fault.map(|fault| match fault {
        DeliveryFault::Refused => words::delivery::refused(),
        DeliveryFault::Busy => words::delivery::busy(),
        DeliveryFault::Unreachable => words::delivery::unreachable(),
        DeliveryFault::Unwritten => words::delivery::unwritten(),
    });
    view! {
        <li class="figures__line">
            <Badge tone=tone icon=icon text=text />
            <span class="quiet">{why}</span>
            <span class="figures__count">{count}</span>
        </li>
    }
    .into_any()
}
