//! Finds one member among many, by name.

use contract::member::{LIST, MemberQuery, MemberSummary};
use domain::community::MemberStatus;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::ui::button::IconButton;
use crate::ui::field::TextField;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::{api, browser, words};

/// A member who was chosen: their id and name.
pub type Chosen = Option<(String, String)>;

#[component]
pub fn MemberPicker(
    slug: StoredValue<String>,
    value: RwSignal<Chosen>,
    #[prop(into)] fault: Signal<Option<String>>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let found = RwSignal::new(Vec::<MemberSummary>::new());
    Effect::new(move || {
        let text = typed.get();
        if text.trim().is_empty() {
            found.set(Vec::new());
            return;
        }
        spawn_local(async move {
            let query = MemberQuery {
                q: Some(text.clone()),
                status: Some(MemberStatus::Active),
                limit: Some(8),
                ..MemberQuery::default()
            };
            let page = api::get_with(&LIST, &[&slug.get_value()], &query).await;
            // Only what was asked for last counts.
            if typed.try_get_untracked() == Some(text) {
                found.set(page.map(|page| page.data).unwrap_or_default());
            }
        });
    });
    live(move || {
        match value.get() {
        Some((_, name)) => view! {
            <div class="field">
                <span class="field__label">{words::units::member()}</span>
                <p class="elsewhere__chosen">
                    <Icon name="user" />
                    <span>{name}</span>
                    <IconButton
                        icon="x"
                        label=words::units::other_member().to_owned()
                        on_click=move || {
                            value.set(None);
                            browser::focus_later("#member_id");
                        }
                    />
                </p>
            </div>
        }
        .into_any(),
        None => view! {
            <div>
                <TextField
                    id="member_id"
                    label=words::units::member()
                    help=words::units::member_help().to_owned()
                    value=typed
                    fault=fault
                />
                <ul class="elsewhere__found" role="status">
                    {live(move || {
                        found
                            .get()
                            .into_iter()
                            .map(|member| {
                                let name = member.display_name.clone();
                                view! {
                                    <li>
                                        <button
                                            type="button"
                                            class="menu__item"
                                            on:click=move |_| value.set(Some((member.id.to_string(), name.clone())))
                                        >
                                            <Icon name="user" />
                                            {member.display_name.clone()}
                                        </button>
                                    </li>
                                }
                            })
                            .collect_view()
                    })}
                </ul>
            </div>
        }
        .into_any(),
    }
    })
}
