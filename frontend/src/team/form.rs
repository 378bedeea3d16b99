//! The form of a team.

use contract::community::{PROFESSIONALS, ProfessionalQuery};
use contract::team::{ARCHIVE, CREATE, NewTeam, Team, UPDATE, UpdateTeam};
use domain::rule;
use domain::service_request::Shift;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::form::{Faults, faults_of};
use crate::load::load;
use crate::ui::button::{Button, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Select, TextField};
use crate::ui::live::live;
use crate::ui::picks::Picks;
use crate::ui::toast::Toasts;
use crate::{api, community, labels, words};

#[component]
pub fn TeamForm(
    slug: String,
    /// None makes a new one.
    team: Option<Team>,
    saved: Callback<()>,
    close: Callback<()>,
) -> impl IntoView {
    let ids = |of: fn(&Team) -> Vec<String>| RwSignal::new(team.as_ref().map(of).unwrap_or_default());
    let members = ids(|team| team.members.iter().map(|member| member.member_id.to_string()).collect());
    let zones = ids(|team| team.zones.iter().map(|zone| zone.id.to_string()).collect());
    let skills = ids(|team| team.skills.clone());
    let name = RwSignal::new(team.as_ref().map(|team| team.name.clone()).unwrap_or_default());
    let shift = RwSignal::new(team.as_ref().map_or(Shift::Always, |team| team.shift).as_str().to_owned());
    let faults = RwSignal::new(Faults::new());
    let refused = RwSignal::new(None::<String>);
    let pending = RwSignal::new(false);
    let toasts = Toasts::expect();
    let known = team.as_ref().map(|team| (team.id, team.version));
    let slug = StoredValue::new(slug);

    let finish = move |outcome: Result<(), Failure>, done: &'static str| {
        let _ = pending.try_set(false);
        match outcome {
            Ok(()) => {
                toasts.done(done);
                saved.run(());
            }
            Err(Failure::Problem(problem)) if !problem.errors.is_empty() => {
                let _ = faults.try_set(faults_of(&problem));
            }
            Err(failure) => {
                let _ = refused.try_set(Some(labels::failure(&failure)));
            }
        }
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let text = name.get_untracked();
        if let Err(fault) = rule::NAME.check(&text) {
            return faults.update(|faults| {
                faults.insert("name".into(), labels::fault(&fault));
            });
        }
        faults.set(Faults::new());
        pending.set(true);
        let shift = shift.get_untracked().parse().unwrap_or(Shift::Always);
        let (skills, slug) = (skills.get_untracked(), slug.get_value());
        let member_ids = parsed(members);
        let zone_ids = parsed(zones);
        spawn_local(async move {
            let outcome = match known {
                None => {
                    let body = NewTeam { name: text, shift, skills, member_ids, zone_ids };
                    api::send(&CREATE, &[&slug], &body).await
                }
                Some((id, version)) => {
                    let body = UpdateTeam {
                        name: Some(text),
                        shift: Some(shift),
                        skills: Some(skills),
                        member_ids: Some(member_ids),
                        zone_ids: Some(zone_ids),
                    };
                    api::change(&UPDATE, &[&slug, &id], version, &body).await
                }
            };
            finish(outcome.map(drop), words::teams::saved());
        });
    };
    let archive = move || {
        let Some((id, version)) = known else { return };
        pending.set(true);
        let slug = slug.get_value();
        spawn_local(async move {
            let outcome = api::remove(&ARCHIVE, &[&slug, &id], version).await;
            finish(outcome, words::teams::archived());
        });
    };
    let fault =
        move |field: &'static str| Signal::derive(move || faults.with(|faults| faults.get(field).cloned()));
    let people = load(move || {
        let slug = slug.get_value();
        async move { Ok(api::get_with(&PROFESSIONALS, &[&slug], &ProfessionalQuery::default()).await?.data) }
    });
    let places = community::zones(slug.get_value());
    let categories = community::categories(slug.get_value());
    let shifts = Shift::ALL.iter().map(|it| (it.as_str().to_owned(), labels::shift(*it).to_owned()));
    let title = if known.is_some() { words::teams::edit() } else { words::teams::create() };
    let people = Signal::derive(move || {
        let all = people.ready().unwrap_or_default().into_iter();
        all.map(|one| (one.member_id.to_string(), one.display_name)).collect::<Vec<_>>()
    });
    let places = Signal::derive(move || {
        places.ready().unwrap_or_default().into_iter().map(|zone| (zone.id.to_string(), zone.name)).collect()
    });
    let trades = Signal::derive(move || {
        categories.ready().unwrap_or_default().into_iter().map(|it| (it.code, it.name)).collect()
    });
    view! {
        <Dialog title=title close_label=words::common::close() on_close=close>
            <form class="stack" novalidate=true on:submit=submit>
                <TextField id="team-name" label=words::teams::name() value=name fault=fault("name") />
                <Select
                    id="team-shift"
                    label=words::teams::shift()
                    options=Signal::stored(shifts.collect::<Vec<_>>())
                    value=shift
                    fault=fault("shift")
                />
                <Picks legend=words::teams::members() all=people value=members />
                <Picks legend=words::teams::zones() all=places value=zones />
                <Picks legend=words::teams::skills() all=trades value=skills />
                {live(move || {
                    refused.get().map(|text| view! { <p class="notice notice--danger" role="alert">{text}</p> })
                })}
                <div class="dialog__foot">
                    <Submit pending=pending look=Look::Primary>{words::teams::save()}</Submit>
                    {known
                        .is_some()
                        .then(|| view! { <Button look=Look::Danger on_click=archive>{words::teams::archive()}</Button> })}
                    <Button look=Look::Quiet on_click=move || close.run(())>{words::common::not_now()}</Button>
                </div>
            </form>
        </Dialog>
    }
}

fn parsed<T: std::str::FromStr>(ids: RwSignal<Vec<String>>) -> Vec<T> {
    ids.with_untracked(|ids| ids.iter().filter_map(|id| id.parse().ok()).collect())
}
