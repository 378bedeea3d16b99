//! The devices that one is signed in on.

use contract::endpoint::Endpoint;
use contract::session::{LIST, REVOKE, REVOKE_ALL, SessionQuery, SessionSummary};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::device;
use crate::form::{Form, Refused};
use crate::load::{Failed, Load, load};
use crate::session::{self, Notice};
use crate::time::Ago;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::icon::Icon;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::toast::Toasts;
use crate::{api, labels, words};

#[component]
pub fn Devices() -> impl IntoView {
    let toasts = Toasts::expect();
    let asking = RwSignal::new(false);
    let devices = load(|| async {
        Ok(api::get_with(&LIST, &[], &SessionQuery { cursor: None, limit: Some(200) }).await?.data)
    });
    let revoke = Callback::new(move |id: String| {
        spawn_local(async move {
            let end: &Endpoint<(), ()> = &REVOKE;
            match api::get(end, &[&id]).await {
                Ok(()) => toasts.done(words::security::signed_out_one()),
                Err(failure) => toasts.failed(labels::failure(&failure)),
            }
            devices.reload();
        });
    });
    view! {
        {move || match devices.state.get() {
            Load::Loading => view! { <SkeletonRows rows=2 label=words::common::loading() /> }.into_any(),
            Load::Failed(failure) => {
                view! { <Failed failure=failure retry=Callback::new(move |()| devices.reload()) /> }.into_any()
            }
            Load::Ready(list) => {
                view! {
                    <ul class="memberships">
                        {list.into_iter().map(|device| row(device, revoke)).collect_view()}
                    </ul>
                }
                    .into_any()
            }
        }}
        <div>
            <Button look=Look::Danger icon="log-out" on_click=move || asking.set(true)>
                {words::security::everywhere()}
            </Button>
        </div>
        <Show when=move || asking.get()>
            <Everywhere asking=asking />
        </Show>
    }
}

fn row(device: SessionSummary, revoke: Callback<String>) -> AnyView {
    let SessionSummary { id, user_agent, created_at, last_used_at, is_current } = device;
    let icon = if device::is_phone(&user_agent) { "smartphone" } else { "monitor" };
    let name = device::name(&user_agent);
    let label = words::security::sign_out_of(&name);
    let end = if is_current {
        view! { <Badge tone=Tone::Success icon="check" text=words::security::this_device() /> }.into_any()
    } else {
        view! {
            <button
                type="button"
                class=Look::Secondary.class()
                aria-label=label
                on:click=move |_| revoke.run(id.to_string())
            >
                {words::account::sign_out()}
            </button>
        }
        .into_any()
    };
    view! {
        <li class="membership">
            <Icon name=icon />
            <span class="membership__words">
                <span class="membership__name" title=user_agent>{name}</span>
                <span class="quiet small">
                    {words::security::last_used()} " " <Ago at=last_used_at zone="" /> " · "
                    {words::security::since()} " " <Ago at=created_at zone="" />
                </span>
            </span>
            {end}
        </li>
    }
    .into_any()
}

#[component]
fn Everywhere(asking: RwSignal<bool>) -> impl IntoView {
    let session = session::expect();
    let form = Form::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let end: &Endpoint<(), ()> = &REVOKE_ALL;
        form.send(async move { api::get(end, &[]).await }, move |()| {
            session.ended_by_user(Notice::SignedOutEverywhere);
        });
    };
    let close = Callback::new(move |()| asking.set(false));
    view! {
        <Dialog title=words::security::everywhere_title() close_label=words::common::close() on_close=close>
            <form on:submit=submit>
                <p class="dialog__text">{words::security::everywhere_about()}</p>
                <Refused form=form />
                <div class="dialog__foot">
                    <Submit look=Look::Danger pending=form.pending>{words::security::everywhere()}</Submit>
                    <Button look=Look::Quiet on_click=move || asking.set(false)>{words::common::not_now()}</Button>
                </div>
            </form>
        </Dialog>
    }
}
