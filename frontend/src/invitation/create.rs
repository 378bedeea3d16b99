//! The page on which people are invited: by mail, one or many, or by a link for whoever gets it.

mod outcome;

use contract::account::Membership;
use contract::invitation::{CREATE, INVITE_MANY, Invitation, InviteMany, Invited, NewInvitation};
use domain::community::OccupancyKind;
use domain::role::{Permission, Role};
use domain::rule::{Fault, INVITATION_USES, INVITATIONS_MAX};
use leptos::prelude::*;

use super::addresses::{self, Found};
use crate::form::{Form, Refused};
use crate::member::grantable;
use crate::member::roles::RolePicker;
use crate::member::tie::{Tie, TieFields};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{NotFound, Page};
use crate::ui::button::Submit;
use crate::ui::choice::{Choice, Choices, Layout};
use crate::ui::field::{Select, TextArea, TextField};
use crate::ui::live::live;
use crate::{api, browser, community, words};

use outcome::{Made, Sent};

/// How many days an invitation may be good, as choices.
const DAYS: [u16; 4] = [7, 14, 30, 90];
const USUAL_DAYS: &str = "14";
const BY_EMAIL: &str = "email";
const BY_LINK: &str = "link";

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
enum Outcome {
    Sent(Vec<Invited>),
    Made(Invitation),
}

#[component]
pub fn InvitePage(community: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::MembersApprove) {
            view! { <Invite membership=membership /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

#[component]
fn Invite(membership: Membership) -> impl IntoView {
    let slug = membership.community.slug.clone();
    let outcome = RwSignal::new(None::<Outcome>);
    let title = Signal::derive(move || {
        outcome
            .with(|outcome| match outcome {
                None => words::invite::title(),
                Some(Outcome::Sent(_)) => words::invite::sent_title(),
                Some(Outcome::Made(_)) => words::invite::made_title(),
            })
            .to_owned()
    });
    let again = Callback::new(move |()| outcome.set(None));
    let membership = StoredValue::new(membership);
    view! {
        <Page title=title back=Route::Invitations(slug.clone()).href()>
            {live(move || match outcome.get() {
                None => view! { <InviteForm membership=membership.get_value() outcome=outcome /> }.into_any(),
                Some(Outcome::Sent(invited)) => {
                    view! { <Sent invited=invited slug=slug.clone() again=again /> }.into_any()
                }
                Some(Outcome::Made(invitation)) => {
                    let (community, zone) = membership
                        .with_value(|it| (it.community.name.clone(), it.community.time_zone.clone()));
                    view! { <Made invitation=invitation slug=slug.clone() community=community zone=zone again=again /> }
                        .into_any()
                }
            })}
        </Page>
    }
}

#[component]
fn InviteForm(membership: Membership, outcome: RwSignal<Option<Outcome>>) -> impl IntoView {
    let form = Form::new();
    let emails = form.text("emails");
    let uses = form.text("max_uses");
    uses.set("1".into());
    let roles = RwSignal::new(vec![Role::Resident]);
    form.watch("roles", Signal::derive(move || roles.track()));
    let tie = Tie::new(None, OccupancyKind::Tenant);
    form.watch("unit_id", Signal::derive(move || tie.unit.track()));
    let days = RwSignal::new(USUAL_DAYS.to_owned());
    let way = RwSignal::new(Some(BY_EMAIL.to_owned()));
    let is_link = move || way.with(|way| way.as_deref() == Some(BY_LINK));
    let found = Memo::new(move |_| emails.with(|text| addresses::find(text)));
    // Many people live in many units.
    let has_unit = move || is_link() || found.with(|found| found.good.len() <= 1);
    let slug = membership.community.slug.clone();
    let show = move |reached: Outcome| {
        outcome.set(Some(reached));
        browser::focus_later("#page-title");
    };
    let submit = {
        let slug = slug.clone();
        move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let (by_link, found) = (untrack(is_link), found.get_untracked());
            let chosen = roles.get_untracked();
            let has_role = if chosen.is_empty() { Err(Fault::new("required")) } else { Ok(()) };
            let good = if by_link {
                let allowed = INVITATION_USES.min..=INVITATION_USES.max;
                let counted = uses.get_untracked().trim().parse().is_ok_and(|uses| allowed.contains(&uses));
                form.check([
                    (
                        "max_uses",
                        if counted { Ok(()) } else { Err(Fault::new("required")) },
                        &words::invite::uses_wrong(&INVITATION_USES.max.to_string()),
                    ),
                    ("roles", has_role, words::member::roles_missing()),
                ])
            } else {
                let (checked, text) = check(&found);
                form.check([("emails", checked, &text), ("roles", has_role, words::member::roles_missing())])
            };
            if !good {
                return;
            }
            let (slug, expires_in_days) = (slug.clone(), days.get_untracked().parse().ok());
            let one = NewInvitation {
                email: if by_link { None } else { found.good.first().cloned() },
                roles: chosen,
                unit_id: tie.unit_id(),
                tie: tie.kind(),
                max_uses: if by_link { uses.get_untracked().trim().parse().ok() } else { None },
                expires_in_days,
            };
            if by_link {
                form.send(async move { api::send(&CREATE, &[&slug], &one).await }, move |made| {
                    show(Outcome::Made(made));
                });
            } else if one.unit_id.is_some() && found.good.len() == 1 {
                form.send(async move { api::send(&CREATE, &[&slug], &one).await }, move |made| {
                    let email = made.email.clone().unwrap_or_default();
                    show(Outcome::Sent(vec![Invited { email, invitation: Some(made), refused: None }]));
                });
            } else {
                let many = InviteMany { emails: found.good, roles: one.roles, expires_in_days };
                form.send(async move { api::send(&INVITE_MANY, &[&slug], &many).await }, move |invited| {
                    show(Outcome::Sent(invited.data));
                });
            }
        }
    };
    let ways = vec![
        Choice {
            value: BY_EMAIL.into(),
            title: words::invite::by_email().into(),
            text: Some(words::invite::by_email_about().into()),
            icon: Some("mail".into()),
        },
        Choice {
            value: BY_LINK.into(),
            title: words::invite::by_link().into(),
            text: Some(words::invite::by_link_about().into()),
            icon: Some("link".into()),
        },
    ];
    let day_options = Signal::stored(
        DAYS.iter()
            .map(|days| (days.to_string(), words::invite::days_of((*days).into())))
            .collect::<Vec<_>>(),
    );
    let counted = move || {
        let count = found.with(|found| found.good.len());
        (count > 0).then(|| words::invite::emails_count(i64::try_from(count).unwrap_or(i64::MAX)))
    };
    let may_give = grantable(&membership);
    let edits = can(&membership, Permission::MembersEdit);
    let add = Route::NewMember(slug.clone()).href();
    view! {
        <form class="stack stack--wide form-page" novalidate=true on:submit=submit>
            <Refused form=form />
            <Choices
                name="way"
                legend=words::invite::way()
                hide_legend=true
                layout=Layout::Tiles
                choices=ways
                value=way
            />
            <Show
                when=is_link
                fallback=move || {
                    view! {
                        <div class="stack stack--tight">
                            <TextArea
                                id="emails"
                                label=words::invite::emails()
                                help=words::invite::emails_help(&INVITATIONS_MAX.to_string())
                                value=emails
                                fault=form.fault("emails")
                            />
                            <p class="quiet small" role="status">{counted}</p>
                        </div>
                    }
                }
            >
                <TextField
                    id="max_uses"
                    label=words::invite::uses()
                    help=words::invite::uses_help(&INVITATION_USES.max.to_string())
                    kind="number"
                    value=uses
                    fault=form.fault("max_uses")
                />
            </Show>
            <RolePicker
                id="roles"
                legend=words::invite::roles()
                value=roles
                grantable=may_give
                fault=form.fault("roles")
            />
            <Show when=has_unit>
                <TieFields
                    slug=slug.clone()
                    tie=tie
                    help=words::invite::unit_about().to_owned()
                    fault=form.fault("unit_id")
                />
            </Show>
            <Select
                id="expires_in_days"
                label=words::invite::days()
                options=day_options
                value=days
                fault=Signal::stored(None::<String>)
            />
            <div class="row">
                <Submit pending=form.pending>
                    {live(move || if is_link() { words::invite::make() } else { words::invite::send() })}
                </Submit>
            </div>
            {edits.then(|| view! { <p class="quiet small"><a href=add>{words::invite::no_email()}</a></p> })}
        </form>
    }
}

/// Whether these addresses can be invited, and the words if not.
fn check(found: &Found) -> (Result<(), Fault>, String) {
    let wrong = Err(Fault::new("required"));
    match (found.bad.is_empty(), found.good.len()) {
        (false, _) => (wrong, words::invite::emails_wrong(&found.bad.join(", "))),
        (true, 0) => (wrong, words::invite::emails_missing().to_owned()),
        (true, count) if count > INVITATIONS_MAX => {
            (wrong, words::invite::emails_many(&INVITATIONS_MAX.to_string()))
        }
        (true, _) => (Ok(()), String::new()),
    }
}
