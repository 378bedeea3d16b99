//! The roles of a member, and what was chosen instead.

use contract::member::{Member, SET_ROLES, SetRoles};
use contract::problem::Code;
use domain::role::Role;
use leptos::prelude::*;

use super::OnPage;
use crate::form::{Form, Refused};
use crate::load::Loading;
use crate::member::roles::RolePicker;
use crate::ui::button::{Button, Look};
use crate::ui::icon::Icon;
use crate::{api, labels, words};

/// What was chosen. It outlives a reload of the member: what somebody has ticked stays ticked.
#[derive(Clone, Copy)]
pub struct Edit {
    form: Form,
    chosen: RwSignal<Vec<Role>>,
    /// The roles that the choice began from.
    known: RwSignal<Vec<Role>>,
    /// Somebody else changed the member while this was being edited.
    overtaken: RwSignal<bool>,
}

impl Edit {
    pub fn of(member: Loading<Member>) -> Self {
        let form = Form::new();
        let edit = Self {
            form,
            chosen: RwSignal::new(Vec::new()),
            known: RwSignal::new(Vec::new()),
            overtaken: RwSignal::new(false),
        };
        form.watch("roles", Signal::derive(move || edit.chosen.track()));
        Effect::new(move || {
            if let Some(member) = member.ready() {
                edit.learn(member.summary.roles);
            }
        });
        edit
    }

    /// The member has these roles now. A choice that nobody has begun follows them.
    fn learn(self, roles: Vec<Role>) {
        if !self.is_begun() {
            self.chosen.set(roles.clone());
        }
        self.known.set(roles);
    }

    fn is_begun(self) -> bool {
        untrack(|| self.chosen.get() != self.known.get())
    }

    fn discard(self) {
        self.overtaken.set(false);
        self.chosen.set(self.known.get_untracked());
    }
}

#[component]
pub fn RolesEditor(page: OnPage, member: Member) -> impl IntoView {
    if !member.may_set_roles {
        return view! { <Fixed roles=member.summary.roles grants=!member.grantable_roles.is_empty() /> }
            .into_any();
    }
    let edit = page.edit;
    let form = edit.form;
    let changed = move || edit.chosen.get() != edit.known.get();
    let (id, version) = (member.summary.id, member.summary.version);
    let name = StoredValue::new(member.summary.display_name);
    let save = move || {
        let roles = edit.chosen.get_untracked();
        if roles.is_empty() {
            form.blame([("roles".to_owned(), words::member::roles_missing().to_owned())].into());
            return;
        }
        let (slug, body) = (page.slug(), SetRoles { roles });
        form.attempt(
            async move { api::change(&SET_ROLES, &[&slug, &id], version, &body).await },
            move |member: Member| {
                edit.overtaken.set(false);
                edit.chosen.set(member.summary.roles.clone());
                page.toasts.done(words::member::roles_saved(&name.get_value()));
                page.member.set(member);
            },
            move |failure| {
                if failure.code() != Some(Code::PreconditionFailed) {
                    return Some(failure);
                }
                edit.overtaken.set(true);
                page.member.reload();
                None
            },
        );
    };
    view! {
        <section class="stack stack--tight member-roles">
            <h2 class="section-title">{words::member::roles()}</h2>
            <p class="quiet small">{words::member::roles_about()}</p>
            <Show when=move || edit.overtaken.get()>
                <div class="notice notice--warning" role="alert">
                    <Icon name="triangle-alert" />
                    <p>{words::member::changed_meanwhile()}</p>
                </div>
            </Show>
            <Refused form=form />
            <RolePicker
                id="roles"
                legend=words::member::roles()
                hide_legend=true
                value=edit.chosen
                grantable=member.grantable_roles
                all=true
                fault=form.fault("roles")
            />
            <Show when=changed>
                <div class="save-bar" role="status">
                    <span class="save-bar__words">{words::member::unsaved()}</span>
                    <Button look=Look::Quiet on_click=move || edit.discard()>{words::member::discard()}</Button>
                    <Button look=Look::Primary pending=form.pending on_click=save>
                        {words::member::save_roles()}
                    </Button>
                </div>
            </Show>
        </section>
    }
    .into_any()
}

/// Roles that this person cannot change.
#[component]
fn Fixed(
    roles: Vec<Role>,
    /// They may change those of others.
    grants: bool,
) -> impl IntoView {
    view! {
        <section class="stack stack--tight">
            <h2 class="section-title">{words::member::roles()}</h2>
            {grants.then(|| view! { <p class="quiet small">{words::member::roles_fixed()}</p> })}
            <ul class="rows">
                {roles
                    .into_iter()
                    .map(|role| {
                        view! {
                            <li class="member-role">
                                <span class="member-role__name">{labels::role(role)}</span>
                                <span class="quiet small">{labels::role_about(role)}</span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}
