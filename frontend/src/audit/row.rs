//! One act, as a row: two lines on a phone.

use contract::audit::{AuditActor, AuditEvent};
use domain::audit::ActorKind;
use domain::community::MemberStatus;
use domain::role::Role;
use leptos::prelude::*;
use serde_json::Value;

use crate::time;
use crate::ui::avatar::Person;
use crate::ui::icon::Icon;
use crate::{labels, words};

#[component]
pub fn Row(
    event: AuditEvent,
    /// Shows the acts of this member alone.
    only: Callback<String>,
    zone: String,
) -> impl IntoView {
    let AuditEvent { at, message, actor, from, to, client_network, sealed, .. } = event;
    let change = from.as_ref().and_then(said).zip(to.as_ref().and_then(said));
    view! {
        <tr class="audit__line">
            <td class="audit__when">
                <time datetime=at.to_rfc3339() title=time::exact(at, &zone)>{time::moment(at, &zone)}</time>
                {(!sealed)
                    .then(|| {
                        view! {
                            <span class="audit__open" title=words::audit::unsealed()>
                                <Icon name="hourglass" size=14 />
                                <span class="visually-hidden">{words::audit::unsealed()}</span>
                            </span>
                        }
                    })}
            </td>
            <th scope="row" class="audit__what">
                <span class="audit__sentence">{message}</span>
                {change
                    .map(|(before, after)| {
                        view! {
                            <span class="audit__change">{words::audit::change(&after, &before)}</span>
                        }
                    })}
            </th>
            <td class="audit__who"><Who actor=actor only=only /></td>
            <td class="audit__network quiet">{client_network}</td>
        </tr>
    }
}

/// Who acted; pressing the name shows what else they did.
#[component]
fn Who(actor: AuditActor, only: Callback<String>) -> impl IntoView {
    let AuditActor { kind, member_id, display_name, .. } = actor;
    match (display_name, member_id) {
        (Some(name), Some(id)) => {
            let label = words::audit::only_by(&name);
            view! {
                <button
                    type="button"
                    class="audit__person"
                    title=label
                    on:click=move |_| only.run(id.to_string())
                >
                    <Person name=name />
                </button>
            }
            .into_any()
        }
        (Some(name), None) => name.into_any(),
        (None, _) => view! { <span class="quiet">{nameless(kind)}</span> }.into_any(),
    }
}

/// Who acted, where there is no name.
fn nameless(kind: Option<ActorKind>) -> &'static str {
    match kind {
        Some(ActorKind::Worker) => words::audit::by_worker(),
        Some(ActorKind::Command) => words::audit::by_command(),
        Some(ActorKind::Clock) => words::audit::by_clock(),
        Some(ActorKind::User) | None => words::audit::nobody(),
    }
}

/// A value before or after, in words: roles, a status, a name.
fn said(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(word(text)),
        Value::Array(items) => {
            let words: Option<Vec<_>> = items.iter().map(said).collect();
            words.map(|words| words.join(", ")).filter(|words| !words.is_empty())
        }
        // What has one thing to say says it.
        Value::Object(fields) if fields.len() == 1 => fields.values().next().and_then(said),
        _ => None,
    }
}

fn word(text: &str) -> String {
    if let Ok(role) = text.parse::<Role>() {
        return labels::role(role).to_owned();
    }
    match text.parse::<MemberStatus>() {
        Ok(status) => labels::member_status(status).to_owned(),
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_and_states_are_said_in_words() {
        assert_eq!(said(&serde_json::json!(["resident", "guard"])).as_deref(), Some("Resident, Guard"));
        assert_eq!(said(&serde_json::json!({ "status": "suspended" })).as_deref(), Some("Suspended"));
        assert_eq!(said(&serde_json::json!({ "a": 1, "b": 2 })), None);
    }
}
