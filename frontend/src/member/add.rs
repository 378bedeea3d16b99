//! The page on which somebody without e-mail becomes a member.

use contract::account::Membership;
use contract::member::{ADD, Member, NewMember};
use domain::role::{Permission, Role};
use domain::rule;
use leptos::prelude::*;

use super::grantable;
use super::hand_over::{HandOver, HandedOver};
use super::password::FirstPassword;
use super::roles::RolePicker;
use super::tie::{Tie, TieFields};
use crate::form::{Form, Refused};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{NotFound, Page};
use crate::ui::button::{Button, ButtonLink, Submit};
use crate::ui::field::TextField;
use crate::ui::live::live;
use crate::{api, browser, community, words};

#[component]
pub fn NewMemberPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::MembersEdit) {
            view! { <NewOne membership=membership /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

#[component]
fn NewOne(membership: Membership) -> impl IntoView {
    let slug = membership.community.slug.clone();
    let added = RwSignal::new(None::<(Member, HandedOver)>);
    let title = Signal::derive(move || {
        if added.with(Option::is_some) { words::hand_over::title() } else { words::add_member::title() }
            .to_owned()
    });
    let membership = StoredValue::new(membership);
    view! {
        <Page title=title back=Route::Members(slug.clone()).href()>
            {live(move || match added.get() {
                None => view! { <AddForm membership=membership.get_value() added=added /> }.into_any(),
                Some((member, card)) => {
                    let href = Route::Member(slug.clone(), member.summary.id.to_string()).href();
                    view! {
                        <div class="stack stack--wide">
                            <HandOver card=card />
                            <div class="row not-printed">
                                <ButtonLink href=href>{words::hand_over::see()}</ButtonLink>
                                <Button on_click=move || added.set(None)>{words::hand_over::another()}</Button>
                            </div>
                        </div>
                    }
                        .into_any()
                }
            })}
        </Page>
    }
}

#[component]
fn AddForm(membership: Membership, added: RwSignal<Option<(Member, HandedOver)>>) -> impl IntoView {
    let form = Form::new();
    let name = form.text("display_name");
    let sign_in_name = form.text("sign_in_name");
    let password = form.text("password");
    let roles = RwSignal::new(vec![Role::Guard]);
    form.watch("roles", Signal::derive(move || roles.track()));
    let tie = Tie::new(None, domain::community::OccupancyKind::Tenant);
    form.watch("unit_id", Signal::derive(move || tie.unit.track()));
    let may_give = grantable(&membership);
    roles.update(|roles| roles.retain(|role| may_give.contains(role)));
    let community = membership.community;
    let slug = community.slug.clone();
    let invite = Route::NewInvitation(slug.clone()).href();
    let submit = {
        let (slug, community_name) = (slug.clone(), community.name);
        move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let body = NewMember {
                display_name: name.get_untracked().trim().to_owned(),
                sign_in_name: sign_in_name.get_untracked().trim().to_lowercase(),
                password: password.get_untracked(),
                roles: roles.get_untracked(),
                unit_id: tie.unit_id(),
                tie: tie.kind(),
            };
            let has_name = if body.sign_in_name.is_empty() {
                Err(rule::Fault::new("required"))
            } else {
                rule::sign_in_name(&body.sign_in_name)
            };
            let has_role = if body.roles.is_empty() { Err(rule::Fault::new("required")) } else { Ok(()) };
            let good = form.check([
                ("display_name", rule::NAME.check(&body.display_name), words::member::name_missing()),
                ("sign_in_name", has_name, words::add_member::sign_in_name_missing()),
                ("password", rule::PASSWORD.check(&body.password), words::given_password::missing()),
                ("roles", has_role, words::member::roles_missing()),
            ]);
            if !good {
                return;
            }
            let card = HandedOver {
                community: community_name.clone(),
                name: body.display_name.clone(),
                sign_in_name: format!("{}@{slug}", body.sign_in_name),
                password: body.password.clone(),
            };
            let slug = slug.clone();
            form.send(async move { api::send(&ADD, &[&slug], &body).await }, move |member| {
                added.set(Some((member, card)));
                browser::focus_later("#hand-over");
            });
        }
    };
    let signs_in_as = {
        let slug = slug.clone();
        move || {
            let typed = sign_in_name.with(|name| name.trim().to_lowercase());
            format!("{}@{slug}", if typed.is_empty() { "…" } else { &typed })
        }
    };
    view! {
        <form class="stack stack--wide form-page" novalidate=true on:submit=submit>
            <p class="quiet">{words::add_member::about()} " " <a href=invite>{words::add_member::use_invitation()}</a></p>
            <Refused form=form />
            <TextField
                id="display_name"
                label=words::member::name()
                help=words::add_member::name_example().to_owned()
                value=name
                fault=form.fault("display_name")
            />
            <div class="stack stack--tight">
                <TextField
                    id="sign_in_name"
                    label=words::add_member::sign_in_name()
                    help=words::add_member::sign_in_name_help().to_owned()
                    value=sign_in_name
                    fault=form.fault("sign_in_name")
                />
                <p class="quiet small">
                    {words::add_member::signs_in_as()} " " <strong class="number form-page__login">{signs_in_as}</strong>
                </p>
            </div>
            <FirstPassword value=password fault=form.fault("password") />
            <RolePicker
                id="roles"
                legend=words::member::roles()
                value=roles
                grantable=may_give
                fault=form.fault("roles")
            />
            <TieFields slug=slug tie=tie fault=form.fault("unit_id") />
            <div>
                <Submit pending=form.pending>{words::add_member::submit()}</Submit>
            </div>
        </form>
    }
}
