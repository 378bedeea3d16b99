//! Which roles somebody has, each with what it is for.

use domain::role::Role;
use leptos::prelude::*;

use crate::ui::field::Fault;
use crate::ui::icon::Icon;
use crate::{labels, words};

#[component]
pub fn RolePicker(
    /// The id of the first box is this, so that a fault leads there.
    id: &'static str,
    #[prop(into)] legend: String,
    #[prop(optional)] hide_legend: bool,
    value: RwSignal<Vec<Role>>,
    /// What whoever looks may give and take.
    #[prop(into)]
    grantable: Signal<Vec<Role>>,
    /// Shows the others, too, and why they are not to be had.
    #[prop(optional)]
    all: bool,
    #[prop(into)] fault: Signal<Option<String>>,
) -> impl IntoView {
    let shown = move || {
        let grantable = grantable.get();
        Role::ALL
            .iter()
            .copied()
            .filter(|role| all || grantable.contains(role))
            .enumerate()
            .map(|(index, role)| {
                let id = if index == 0 { id.to_owned() } else { format!("{id}-{role}") };
                view! { <One id=id role=role value=value may=grantable.contains(&role) /> }
            })
            .collect_view()
    };
    view! {
        <fieldset class="field">
            <legend class="field__label choices__legend" class:visually-hidden=hide_legend>{legend}</legend>
            <Fault fault=fault />
            <div class="roles">{shown}</div>
        </fieldset>
    }
}

#[component]
fn One(id: String, role: Role, value: RwSignal<Vec<Role>>, may: bool) -> impl IntoView {
    let about = format!("{id}-about");
    view! {
        <label class="role" class:role--fixed=!may>
            <input
                type="checkbox"
                class="role__box"
                id=id
                disabled=!may
                aria-describedby=about.clone()
                prop:checked=move || value.with(|roles| roles.contains(&role))
                on:change=move |event| {
                    let wanted = event_target_checked(&event);
                    value.update(|roles| {
                        roles.retain(|known| *known != role);
                        if wanted {
                            roles.push(role);
                            roles.sort_by_key(|role| *role as u8);
                        }
                    });
                }
            />
            <span class="role__name">{labels::role(role)}</span>
            <span class="role__about" id=about>
                {labels::role_about(role)}
                {(!may)
                    .then(|| {
                        view! {
                            <span class="role__why">
                                <Icon name="lock" size=14 />
                                {words::member::not_yours()}
                            </span>
                        }
                    })}
            </span>
        </label>
    }
}
