//! The invitations that can still be used.

use contract::account::Membership;
use contract::invitation::{Invitation, InvitationQuery, LIST, REVOKE};
use contract::problem::Code;
use domain::role::Permission;
use leptos::prelude::*;

use super::pass_on::PassOn;
use crate::form::{Form, Refused};
use crate::load::{Failed, Load};
use crate::member::area::{Grow, MemberTabs, View};
use crate::paged::{More, paged};
use crate::session::can;
use crate::shell::{NotFound, Page, Width};
use crate::time::{self, Now};
use crate::ui::button::{Button, Look};
use crate::ui::dialog::Dialog;
use crate::ui::empty::Empty;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::toast::Toasts;
use crate::{api, community, labels, words};

#[component]
pub fn InvitationsPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::MembersApprove) {
            view! { <Invitations membership=membership /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

#[component]
fn Invitations(membership: Membership) -> impl IntoView {
    let slug = membership.community.slug.clone();
    let list = {
        let slug = slug.clone();
        paged(move |cursor| {
            let slug = slug.clone();
            async move {
                api::get_with(&LIST, &[&slug], &InvitationQuery { cursor, ..InvitationQuery::default() })
                    .await
            }
        })
    };
    let shown = Signal::derive(move || list.all());
    let revoking = RwSignal::new(None::<Invitation>);
    let kept = StoredValue::new(membership.clone());
    view! {
        <Page
            title=words::members::title().to_owned()
            width=Width::Full
            actions=move || view! { <Grow membership=kept.get_value() look=Look::Primary /> }.into_any()
            sticky=move || view! { <Grow membership=kept.get_value() look=Look::Primary /> }.into_any()
        >
            <div class="stack">
                <MemberTabs membership=membership now=Signal::stored(View::Invitations) />
                {live(move || match list.first.state.get() {
                    Load::Loading => view! { <SkeletonRows label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| list.first.reload()) /> }
                            .into_any()
                    }
                    Load::Ready(_) if shown.with(Vec::is_empty) => {
                        view! {
                            <Empty
                                icon="mail"
                                title=words::invitations::empty_title()
                                text=words::invitations::empty_text()
                            >
                                <Grow membership=kept.get_value() />
                            </Empty>
                        }
                            .into_any()
                    }
                    Load::Ready(_) => {
                        view! {
                            <ul class="rows">
                                <For each=move || shown.get() key=|it| (it.id, it.version) let:invitation>
                                    <Line invitation=invitation membership=kept revoking=revoking />
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
            revoking
                .get()
                .map(|invitation| {
                    let id = invitation.id;
                    view! {
                        <RevokeDialog
                            slug=slug.clone()
                            invitation=invitation
                            on_done=Callback::new(move |()| {
                                revoking.set(None);
                                list.retain(|it| it.id != id);
                            })
                            on_close=Callback::new(move |()| revoking.set(None))
                        />
                    }
                })
        })}
    }
}

#[component]
fn Line(
    invitation: Invitation,
    membership: StoredValue<Membership>,
    revoking: RwSignal<Option<Invitation>>,
) -> impl IntoView {
    let now = expect_context::<Now>().0;
    let kept = StoredValue::new(invitation.clone());
    let (zone, community) =
        membership.with_value(|it| (it.community.time_zone.clone(), it.community.name.clone()));
    let Invitation { email, url, roles, unit_number, max_uses, uses, expires_at, created_by, .. } =
        invitation;
    let icon = if email.is_some() { "mail" } else { "link" };
    let label = email
        .as_deref()
        .map_or_else(|| words::invitations::revoke_link().to_owned(), words::invitations::revoke_of);
    let who = email.unwrap_or_else(|| words::invitations::link().to_owned());
    let used = match (max_uses, uses) {
        (1, 0) => words::invitations::once().to_owned(),
        _ => words::invitations::used(&max_uses.to_string(), &uses.to_string()),
    };
    let becomes =
        [Some(labels::roles(&roles)), unit_number].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let exact = time::exact(expires_at, &zone);
    view! {
        <li class="invitation">
            <span class="row-card__icon"><Icon name=icon /></span>
            <div class="invitation__words">
                <p class="invitation__who">{who}</p>
                <p class="quiet small">{becomes}</p>
                <p class="quiet small invitation__about">
                    <span>{used}</span>
                    <span title=exact>
                        {live(move || words::invitations::ends(&time::relative(expires_at, now.get())))}
                    </span>
                    {created_by.map(|name| view! { <span>{words::invitations::by(&name)}</span> })}
                </p>
            </div>
            <div class="invitation__buttons">
                {url.map(|url| view! { <PassOn url=url community=community /> })}
                <button
                    type="button"
                    class=Look::Quiet.class()
                    aria-label=label
                    on:click=move |_| revoking.set(Some(kept.get_value()))
                >
                    <span class="button__words">{words::invitations::revoke()}</span>
                </button>
            </div>
        </li>
    }
}

#[component]
fn RevokeDialog(
    slug: String,
    invitation: Invitation,
    on_done: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let toasts = Toasts::expect();
    let form = Form::new();
    let revoke = move || {
        let (slug, id, version) = (slug.clone(), invitation.id, invitation.version);
        form.attempt(
            async move { api::remove(&REVOKE, &[&slug, &id], version).await },
            move |()| {
                toasts.done(words::invitations::revoked());
                on_done.run(());
            },
            move |failure| match failure.code() {
                // It is gone, which is what was wanted.
                Some(Code::NotFound | Code::Gone) => {
                    on_done.run(());
                    None
                }
                _ => Some(failure),
            },
        );
    };
    view! {
        <Dialog
            title=words::invitations::revoke_title()
            close_label=words::common::close()
            on_close=on_close
        >
            <p class="dialog__text">{words::invitations::revoke_about()}</p>
            <Refused form=form />
            <div class="dialog__foot">
                <Button look=Look::Danger pending=form.pending on_click=revoke>
                    {words::invitations::revoke_do()}
                </Button>
                <Button look=Look::Quiet on_click=move || on_close.run(())>{words::common::not_now()}</Button>
            </div>
        </Dialog>
    }
}
