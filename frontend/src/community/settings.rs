//! What a community decides for itself.

use contract::account::Membership;
use contract::community::{CommunitySettings, SETTINGS, UPDATE_SETTINGS, UpdateCommunitySettings};
use domain::community::Joining;
use domain::role::Permission;
use domain::rule::{AUTO_CLOSE_DAYS, REOPEN_DAYS};
use leptos::prelude::*;

use crate::category::RegisterTabs;
use crate::form::{Form, Refused};
use crate::load::{Failed, Load, load};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{NotFound, Page};
use crate::ui::button::Submit;
use crate::ui::field::{Checkbox, Select, TextField};
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::toast::Toasts;
use crate::{api, community, labels, words};

#[component]
pub fn SettingsPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::CommunitySettings) {
            view! { <Settings membership=membership /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

#[component]
fn Settings(membership: Membership) -> impl IntoView {
    let slug = StoredValue::new(membership.community.slug.clone());
    let settings = load(move || async move { api::get(&SETTINGS, &[&slug.get_value()]).await });
    view! {
        <Page title=words::settings::title().to_owned()>
            <div class="stack">
                <RegisterTabs membership=membership here=Route::Settings(slug.get_value()) />
                {live(move || match settings.state.get() {
                    Load::Loading => view! { <SkeletonRows rows=5 label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| settings.reload()) /> }
                            .into_any()
                    }
                    Load::Ready(now) => view! { <Decide slug=slug now=now /> }.into_any(),
                })}
            </div>
        </Page>
    }
}

#[component]
fn Decide(slug: StoredValue<String>, now: CommunitySettings) -> impl IntoView {
    let toasts = Toasts::expect();
    let form = Form::new();
    let public = RwSignal::new(now.public_pages);
    let anonymous = RwSignal::new(now.anonymous_reports);
    let triages = RwSignal::new(now.committee_triages);
    let claims = RwSignal::new(now.professionals_claim);
    let joining = RwSignal::new(now.joining.as_str().to_owned());
    let (close, reopen) = (form.text("auto_close_days"), form.text("reopen_days"));
    close.set(now.auto_close_days.to_string());
    reopen.set(now.reopen_days.to_string());
    let saved = StoredValue::new(now);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let days = |text: RwSignal<String>| text.get_untracked().trim().parse::<u16>().ok();
        let (close, reopen) = (days(close), days(reopen));
        // What is no number is out of every range.
        let checks = [
            (
                "auto_close_days",
                AUTO_CLOSE_DAYS.check(close.map_or(-1, i64::from)),
                words::settings::auto_close(),
            ),
            ("reopen_days", REOPEN_DAYS.check(reopen.map_or(-1, i64::from)), words::settings::reopen()),
        ];
        if !form.check(checks) {
            return;
        }
        let before = saved.get_value();
        // Nobody reports where nothing is shown.
        let anonymous = public.get_untracked() && anonymous.get_untracked();
        // Only what is another than before: somebody else may be changing the rest.
        let body = UpdateCommunitySettings {
            public_pages: other(public.get_untracked(), before.public_pages),
            anonymous_reports: other(anonymous, before.anonymous_reports),
            committee_triages: other(triages.get_untracked(), before.committee_triages),
            professionals_claim: other(claims.get_untracked(), before.professionals_claim),
            joining: joining.get_untracked().parse().ok().and_then(|it| other(it, before.joining)),
            auto_close_days: close.and_then(|it| other(it, before.auto_close_days)),
            reopen_days: reopen.and_then(|it| other(it, before.reopen_days)),
            ..UpdateCommunitySettings::default()
        };
        form.send(
            async move { api::send(&UPDATE_SETTINGS, &[&slug.get_value()], &body).await },
            move |now| {
                saved.set_value(now);
                toasts.done(words::settings::saved());
            },
        );
    };
    let ways = Signal::stored(
        Joining::ALL
            .iter()
            .map(|it| (it.as_str().to_owned(), labels::joining(*it).to_owned()))
            .collect::<Vec<_>>(),
    );
    let address = format!("/public/{}", slug.get_value());
    view! {
        <form class="stack stack--wide settings" novalidate=true on:submit=submit>
            <Refused form=form />
            <section class="stack">
                <h2 class="section-title">{words::settings::everybody()}</h2>
                <Checkbox id="public_pages" label=words::settings::public_pages() help=words::settings::public_pages_about() value=public />
                <Show when=move || public.get()>
                    <Checkbox
                        id="anonymous_reports"
                        label=words::settings::anonymous()
                        help=words::settings::anonymous_about()
                        value=anonymous
                    />
                    <p><a href=address.clone()>{words::settings::look()}</a></p>
                </Show>
                <Select
                    id="joining"
                    label=words::settings::joining()
                    options=ways
                    value=joining
                    fault=Signal::stored(None::<String>)
                />
            </section>
            <section class="stack">
                <h2 class="section-title">{words::area::requests()}</h2>
                <TextField
                    id="auto_close_days"
                    label=words::settings::auto_close()
                    help=words::settings::auto_close_about()
                    keys="numeric"
                    value=close
                    fault=form.fault("auto_close_days")
                />
                <TextField
                    id="reopen_days"
                    label=words::settings::reopen()
                    help=words::settings::reopen_about()
                    keys="numeric"
                    value=reopen
                    fault=form.fault("reopen_days")
                />
                <div>
                    <Checkbox id="committee_triages" label=words::settings::committee() value=triages />
                    <Checkbox id="professionals_claim" label=words::settings::claim() value=claims />
                </div>
            </section>
            <div><Submit pending=form.pending>{words::common::save()}</Submit></div>
        </form>
    }
}

/// The value, if it is another than before.
fn other<T: PartialEq>(value: T, before: T) -> Option<T> {
    (value != before).then_some(value)
}
