//! Finds one among many by some words: the request to merge into, the member to report for.

use contract::member::{self, MemberQuery};
use contract::service_request::{self, ServiceRequestQuery};
use domain::id::ServiceRequestId;
use domain::service_request::RequestStatus;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::ui::button::IconButton;
use crate::ui::field::Fault;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::{api, browser, words};

/// What was chosen: its id and its name.
pub type Chosen = Option<(String, String)>;

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// A request that is open, or was until a short while ago; not this one, if there is one.
    Master(Option<ServiceRequestId>),
    Member,
}

/// How many are shown at once.
const SHOWN: u16 = 8;

impl Sought {
    async fn find(self, slug: &str, text: String) -> Vec<(String, String)> {
        let q = Some(text);
        match self {
            Sought::Master(now) => {
                let states =
                    RequestStatus::ALL.iter().filter(|it| it.is_open() || **it == RequestStatus::Closed);
                let status = states.map(|it| it.as_str()).collect::<Vec<_>>().join(",");
                let query = ServiceRequestQuery {
                    q,
                    status: Some(status),
                    limit: Some(SHOWN),
                    ..ServiceRequestQuery::default()
                };
                let found = api::get_with(&service_request::LIST, &[&slug], &query).await;
                let rows = found.map(|page| page.data).unwrap_or_default().into_iter();
                rows.filter(|row| Some(row.id) != now)
                    .map(|row| (row.id.to_string(), format!("{} · {}", row.number, row.title)))
                    .collect()
            }
            Sought::Member => {
                let query = MemberQuery { q, limit: Some(SHOWN), ..MemberQuery::default() };
                let found = api::get_with(&member::LIST, &[&slug], &query).await;
                let rows = found.map(|page| page.data).unwrap_or_default().into_iter();
                rows.map(|row| {
                    let units: Vec<_> = row.units.into_iter().map(|unit| unit.number).collect();
                    let name = [row.display_name].into_iter().chain(units).collect::<Vec<_>>().join(" · ");
                    (row.id.to_string(), name)
                })
                .collect()
            }
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Sought::Master(_) => "layers",
            Sought::Member => "user",
        }
    }

    fn none(self) -> &'static str {
        match self {
            Sought::Master(_) => words::field::master_none(),
            Sought::Member => words::behalf::nobody(),
        }
    }
}

#[component]
pub fn Finder(
    /// The id of the search field.
    id: String,
    label: &'static str,
    help: &'static str,
    slug: String,
    sought: Sought,
    value: RwSignal<Chosen>,
    #[prop(into)] fault: Signal<Option<String>>,
) -> impl IntoView {
    let about = format!("{id}-about");
    let kept = StoredValue::new((id, slug));
    view! {
        <div class="field">
            <label class="field__label" for=kept.with_value(|(id, _)| id.clone())>{label}</label>
            <p class="field__help" id=about>{help}</p>
            <Fault fault=fault />
            {live(move || match value.get() {
                Some((_, name)) => {
                    view! {
                        <p class="elsewhere__chosen">
                            <Icon name=sought.icon() />
                            <span>{name}</span>
                            <IconButton
                                icon="x"
                                label=words::unit::remove().to_owned()
                                on_click=move || {
                                    value.set(None);
                                    browser::focus_later(format!("#{}", kept.with_value(|(id, _)| id.clone())));
                                }
                            />
                        </p>
                    }
                        .into_any()
                }
                None => view! { <Search kept=kept sought=sought value=value /> }.into_any(),
            })}
        </div>
    }
}

#[component]
fn Search(kept: StoredValue<(String, String)>, sought: Sought, value: RwSignal<Chosen>) -> impl IntoView {
    let found = RwSignal::new(None::<Vec<(String, String)>>);
    let latest = StoredValue::new(0_u32);
    let search = move |text: String| {
        latest.update_value(|number| *number += 1);
        let number = latest.get_value();
        if text.trim().is_empty() {
            return found.set(None);
        }
        let slug = kept.with_value(|(_, slug)| slug.clone());
        spawn_local(async move {
            let rows = sought.find(&slug, text).await;
            // Only the answer to what was typed last counts.
            if latest.try_get_value() == Some(number) {
                let _ = found.try_set(Some(rows));
            }
        });
    };
    let id = kept.with_value(|(id, _)| id.clone());
    view! {
        <input
            class="input"
            id=id.clone()
            type="search"
            autocomplete="off"
            aria-describedby=format!("{id}-about")
            on:input=move |event| search(event_target_value(&event))
        />
        <div role="status">
            {live(move || {
                found
                    .get()
                    .map(|rows| {
                        if rows.is_empty() {
                            return view! { <p class="quiet">{sought.none()}</p> }.into_any();
                        }
                        let rows = rows
                            .into_iter()
                            .map(|(id, name)| {
                                let shown = name.clone();
                                view! {
                                    <li>
                                        <button
                                            type="button"
                                            class="menu__item"
                                            on:click=move |_| value.set(Some((id.clone(), name.clone())))
                                        >
                                            <Icon name=sought.icon() />
                                            {shown}
                                        </button>
                                    </li>
                                }
                            })
                            .collect_view();
                        view! { <ul class="elsewhere__found">{rows}</ul> }.into_any()
                    })
            })}
        </div>
    }
}
