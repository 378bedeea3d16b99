//! Whom to give the work to: everybody who could take it, those first who fit best, and why.

use contract::community::Professional;
use domain::id::MemberId;
use leptos::prelude::*;

use crate::load::{Failed, Load};
use crate::ui::avatar::Avatar;
use crate::ui::field::Fault;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::{community, words};

#[component]
pub fn AssigneePicker(
    slug: String,
    number: String,
    /// Who has it now, and so cannot be chosen.
    now: Option<MemberId>,
    value: RwSignal<Option<String>>,
    fault: Signal<Option<String>>,
) -> impl IntoView {
    let professionals = community::professionals(slug, number);
    view! {
        <fieldset class="assignees">
            <legend class="field__label choices__legend">{words::field::assignee()}</legend>
            <Fault fault=fault />
            {live(move || match professionals.state.get() {
                Load::Loading => view! { <SkeletonRows rows=3 label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| professionals.reload()) /> }.into_any()
                }
                Load::Ready(all) if all.is_empty() => {
                    view! { <p class="quiet">{words::assignee::nobody()}</p> }.into_any()
                }
                Load::Ready(all) => {
                    view! {
                        <div class="assignees__list">
                            {all
                                .into_iter()
                                .filter(|person| Some(person.member_id) != now)
                                .enumerate()
                                .map(|(index, person)| view! { <One index=index person=person value=value /> })
                                .collect_view()}
                        </div>
                    }
                        .into_any()
                }
            })}
        </fieldset>
    }
}

#[component]
fn One(index: usize, person: Professional, value: RwSignal<Option<String>>) -> impl IntoView {
    let Professional { member_id, display_name, open_load, skilled, covers_zone, .. } = person;
    let key = member_id.to_string();
    let shown = key.clone();
    view! {
        <label class="choice assignee">
            <input
                type="radio"
                class="choice__radio"
                id=format!("act-assignee_id-{index}")
                name="assignee"
                value=key.clone()
                prop:checked=move || value.with(|value| value.as_deref() == Some(&*shown))
                on:change=move |_| value.set(Some(key.clone()))
            />
            <Avatar name=display_name.clone() />
            <span class="choice__words">
                <span class="choice__title">{display_name}</span>
                <span class="assignee__fit">
                    {skilled.map(|fits| view! { <Fit fits=fits yes=words::assignee::skilled() no=words::assignee::unskilled() /> })}
                    {covers_zone.map(|fits| view! { <Fit fits=fits yes=words::assignee::covers() no=words::assignee::outside() /> })}
                    <span>{words::assignee::load(open_load)}</span>
                </span>
            </span>
        </label>
    }
}

#[component]
fn Fit(fits: bool, yes: &'static str, no: &'static str) -> impl IntoView {
    view! {
        <span class=if fits { "fit fit--yes" } else { "fit fit--no" }>
            <Icon name=if fits { "check" } else { "triangle-alert" } size=14 />
            {if fits { yes } else { no }}
        </span>
    }
}
