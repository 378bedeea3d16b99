//! Choosing whom something is for, with how many that are.

use std::time::Duration;

use contract::audience::{AudienceCount, AudienceSize, COUNT, MemberFilter};
use contract::unit;
use domain::audience::AudienceTie;
use domain::id::UnitId;
use domain::role::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, Failure};
use crate::community::unit_picker::UnitPicker;
use crate::form::words_between_commas;
use crate::ui::button::IconButton;
use crate::ui::choice::{Choice, Choices, Layout};
use crate::ui::field::{Fault, TextField};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::picks::Picks;
use crate::{community, labels, words};

const EVERYBODY: &str = "everybody";
const SOME: &str = "some";
/// How long somebody must pause before it is counted.
const PAUSE: Duration = Duration::from_millis(400);

/// Whom something is for, while it is being chosen.
#[derive(Clone, Copy)]
pub struct Audience {
    whom: RwSignal<Option<String>>,
    roles: RwSignal<Vec<String>>,
    ties: RwSignal<Vec<String>>,
    zones: RwSignal<Vec<String>>,
    /// Units with their names.
    units: RwSignal<Vec<(UnitId, String)>>,
    /// Typed, with commas between them.
    tags: RwSignal<String>,
}

impl Audience {
    /// Begins with a filter, or, without one, with whoever is still to be said. What its units are called is asked for.
    pub fn of(slug: &str, filter: Option<MemberFilter>) -> Self {
        let whom = if filter.as_ref().is_some_and(MemberFilter::is_everybody) { EVERYBODY } else { SOME };
        let filter = filter.unwrap_or_default();
        let texts = |all: Vec<String>| RwSignal::new(all);
        let units = RwSignal::new(Vec::new());
        for id in filter.unit_ids {
            units.update(|units| units.push((id, words::audience::a_unit().to_owned())));
            let slug = slug.to_owned();
            spawn_local(async move {
                let Ok(found) = api::get(&unit::SHOW, &[&slug, &id]).await else { return };
                let _ = units.try_update(|units| {
                    if let Some(known) = units.iter_mut().find(|(known, _)| *known == id) {
                        known.1 = community::unit_name(&found.unit);
                    }
                });
            });
        }
        Self {
            whom: RwSignal::new(Some(whom.to_owned())),
            roles: texts(filter.roles.iter().map(ToString::to_string).collect()),
            ties: texts(filter.ties.iter().map(ToString::to_string).collect()),
            zones: texts(filter.zone_ids.iter().map(ToString::to_string).collect()),
            units,
            tags: RwSignal::new(filter.tags.join(", ")),
        }
    }

    fn is_some(self) -> bool {
        self.whom.with(|whom| whom.as_deref() == Some(SOME))
    }

    /// What is chosen; none where somebody wants some, and has not said whom.
    pub fn get(self) -> Option<MemberFilter> {
        if !self.is_some() {
            return Some(MemberFilter::default());
        }
        let filter = MemberFilter {
            roles: parsed(self.roles),
            ties: parsed(self.ties),
            zone_ids: parsed(self.zones),
            unit_ids: self.units.with(|units| units.iter().map(|(id, _)| *id).collect()),
            tags: words_between_commas(&self.tags.get()),
        };
        (!filter.is_everybody()).then_some(filter)
    }
}

fn parsed<T: std::str::FromStr>(ids: RwSignal<Vec<String>>) -> Vec<T> {
    ids.with(|ids| ids.iter().filter_map(|id| id.parse().ok()).collect())
}

/// How many a filter takes now.
pub async fn count(slug: &str, audience: MemberFilter) -> Result<AudienceSize, Failure> {
    api::send(&COUNT, &[&slug], &AudienceCount { audience }).await
}

/// "212 members, 198 of them by mail".
pub fn size(size: &AudienceSize) -> String {
    words::audience::size(size.members, &size.with_mail.to_string())
}

fn tie(tie: AudienceTie) -> &'static str {
    match tie {
        AudienceTie::Owner => words::audience::owners(),
        AudienceTie::Tenant => words::audience::tenants(),
        AudienceTie::Family => words::audience::family(),
        AudienceTie::Resident => words::audience::residents(),
    }
}

#[component]
pub fn AudiencePicker(
    slug: String,
    audience: Audience,
    #[prop(into)] fault: Signal<Option<String>>,
) -> impl IntoView {
    let choice = |value: &str, title: &str, icon: &str, text: &str| Choice {
        value: value.to_owned(),
        title: title.to_owned(),
        text: Some(text.to_owned()),
        icon: Some(icon.to_owned()),
    };
    let whom = Signal::stored(vec![
        choice(EVERYBODY, words::audience::everybody(), "users", words::audience::everybody_about()),
        choice(SOME, words::audience::some(), "list-filter", words::audience::some_about()),
    ]);
    let here = slug.clone();
    view! {
        <div class="stack" class:field--faulty=move || fault.with(Option::is_some)>
            <Choices
                name="audience"
                legend=words::audience::label()
                layout=Layout::List
                choices=whom
                value=audience.whom
            />
            <Fault fault=fault />
            <Show when=move || audience.is_some()>
                <Several slug=here.clone() audience=audience />
            </Show>
            <Reaches slug=slug audience=audience />
        </div>
    }
}

/// By what members are chosen.
#[component]
fn Several(slug: String, audience: Audience) -> impl IntoView {
    let zones = community::zones(slug.clone());
    let zones = Signal::derive(move || {
        let all = zones.ready().unwrap_or_default();
        all.into_iter().map(|zone| (zone.id.to_string(), zone.name)).collect::<Vec<_>>()
    });
    let roles = Role::ALL.iter().map(|it| (it.to_string(), labels::role(*it).to_owned()));
    let ties = AudienceTie::ALL.iter().map(|it| (it.to_string(), tie(*it).to_owned()));
    let found = RwSignal::new(None::<(String, String)>);
    Effect::new(move || {
        let Some((id, name)) = found.get() else { return };
        found.set(None);
        let Ok(id) = id.parse::<UnitId>() else { return };
        audience.units.update(|units| {
            if units.iter().all(|(known, _)| *known != id) {
                units.push((id, name));
            }
        });
    });
    view! {
        <div class="card stack audience">
            <p class="quiet small">{words::audience::how()}</p>
            <Picks legend=words::audience::ties() all=Signal::stored(ties.collect::<Vec<_>>()) value=audience.ties />
            <Show when=move || zones.with(|zones| !zones.is_empty())>
                <Picks legend=words::audience::zones() all=zones value=audience.zones />
            </Show>
            <UnitPicker
                id="audience-unit"
                label=words::audience::units()
                help=words::audience::units_help()
                aside=words::common::optional()
                slug=slug
                value=found
            />
            <Units units=audience.units />
            <Picks legend=words::audience::roles() all=Signal::stored(roles.collect::<Vec<_>>()) value=audience.roles />
            <TextField
                id="audience-tags"
                label=words::audience::tags()
                help=words::audience::tags_help().to_owned()
                aside=words::common::optional().to_owned()
                value=audience.tags
                fault=Signal::stored(None::<String>)
            />
        </div>
    }
}

/// The units that are chosen, each to be taken away.
#[component]
fn Units(units: RwSignal<Vec<(UnitId, String)>>) -> impl IntoView {
    live(move || {
        let all = units.get();
        (!all.is_empty()).then(|| {
            let chips = all.into_iter().map(|(id, name)| {
                let label = words::audience::without(&name);
                view! {
                    <li class="audience__unit">
                        <Icon name="house" size=16 />
                        <span>{name}</span>
                        <IconButton
                            icon="x"
                            label=label
                            on_click=move || units.update(|units| units.retain(|(known, _)| *known != id))
                        />
                    </li>
                }
            });
            view! { <ul class="audience__units">{chips.collect_view()}</ul> }
        })
    })
}

/// How many it reaches as it is chosen now, counted when somebody pauses.
#[component]
fn Reaches(slug: String, audience: Audience) -> impl IntoView {
    let reached = RwSignal::new(None::<AudienceSize>);
    let latest = StoredValue::new(0_u32);
    let slug = StoredValue::new(slug);
    let nobody = Memo::new(move |_| audience.get().is_none());
    Effect::new(move || {
        let filter = audience.get();
        latest.update_value(|number| *number += 1);
        let number = latest.get_value();
        let Some(filter) = filter else { return reached.set(None) };
        set_timeout(
            move || {
                // Somebody has gone on choosing, or left.
                if latest.try_get_value() != Some(number) {
                    return;
                }
                spawn_local(async move {
                    let Some(slug) = slug.try_get_value() else { return };
                    let counted = count(&slug, filter).await.ok();
                    if latest.try_get_value() == Some(number) {
                        reached.set(counted);
                    }
                });
            },
            PAUSE,
        );
    });
    view! {
        <p class="audience__reach" role="status">
            <Icon name="users" size=18 />
            {live(move || match reached.get() {
                Some(reached) => words::audience::reaches(&size(&reached)).into_any(),
                None if nobody.get() => view! { <span class="quiet">{words::audience::nobody()}</span> }.into_any(),
                None => view! { <span class="quiet">{words::audience::counting()}</span> }.into_any(),
            })}
        </p>
    }
}
