//! The page on which something is reported: one question a screen on a phone, all of them on a desk.

pub mod asked;
mod category;
mod questions;
mod sent;
pub mod steps;

use contract::account::Membership;
use contract::service_request::{CREATE, ServiceRequest};
use domain::place::Coordinates;
use domain::question::{Answers, Question as Asked};
use domain::role::Permission;
use domain::service_request::{RequestChannel, Urgency};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::draft::{Draft, ELSEWHERE, KeptPhoto, Question};
use crate::api::Failure;
use crate::form::{Faults, faults_of, forgive};
use crate::routes::Route;
use crate::session::can;
use crate::shell::Page;
use crate::ui::live::live;
use crate::ui::photos::{Photo, PhotoState};
use crate::ui::toast::Toasts;
use crate::{api, attachment, browser, community, labels, words};

use questions::Questions;
use sent::Sent;
use steps::{Steps, Ways};

/// The answers while they are being given.
#[derive(Clone, Copy)]
pub struct Form {
    pub category: RwSignal<Option<String>>,
    pub title: RwSignal<String>,
    pub description: RwSignal<String>,
    pub photos: RwSignal<Vec<Photo>>,
    pub place: RwSignal<Option<String>>,
    pub other_unit: RwSignal<Option<(String, String)>>,
    pub at: RwSignal<Option<Coordinates>>,
    pub hint: RwSignal<String>,
    pub urgency: RwSignal<Option<String>>,
    pub personal: RwSignal<bool>,
    pub answers: RwSignal<Answers>,
    /// What the category asks that is chosen now.
    pub asked: RwSignal<Vec<Asked>>,
    pub unit_typed: RwSignal<String>,
    pub name_hidden: RwSignal<bool>,
    pub behalf: RwSignal<Option<(String, String)>>,
    pub channel: RwSignal<String>,
    pub faults: RwSignal<Faults>,
}

impl Form {
    pub fn of(draft: Draft) -> Self {
        let Draft {
            category,
            title,
            description,
            photos,
            place,
            other_unit,
            at,
            hint,
            urgency,
            personal,
            answers,
            unit_typed,
            name_hidden,
            behalf,
            channel,
        } = draft;
        let photos = photos
            .into_iter()
            .zip(0..)
            .map(|(KeptPhoto { id, thumbnail }, key)| Photo {
                key,
                state: PhotoState::Uploaded { id, thumbnail },
            })
            .collect();
        Self {
            category: RwSignal::new(category),
            title: RwSignal::new(title),
            description: RwSignal::new(description),
            photos: RwSignal::new(photos),
            place: RwSignal::new(place),
            other_unit: RwSignal::new(other_unit),
            at: RwSignal::new(at),
            hint: RwSignal::new(hint),
            urgency: RwSignal::new(urgency.or_else(|| Some(Urgency::Normal.as_str().to_owned()))),
            personal: RwSignal::new(personal),
            answers: RwSignal::new(answers),
            asked: RwSignal::new(Vec::new()),
            unit_typed: RwSignal::new(unit_typed),
            name_hidden: RwSignal::new(name_hidden),
            behalf: RwSignal::new(behalf),
            channel: RwSignal::new(channel.unwrap_or_else(|| RequestChannel::Phone.as_str().to_owned())),
            faults: RwSignal::new(Faults::new()),
        }
    }

    /// A fault is gone as soon as its field changes.
    pub fn forgive_changes(self) {
        let Self {
            category,
            title,
            description,
            photos,
            place,
            other_unit,
            at,
            hint,
            faults,
            unit_typed,
            ..
        } = self;
        let fields: [(&'static str, Signal<()>); 5] = [
            ("category_id", Signal::derive(move || category.track())),
            ("title", Signal::derive(move || title.track())),
            ("description", Signal::derive(move || description.track())),
            ("attachment_ids", Signal::derive(move || photos.track())),
            (
                "unit_id",
                Signal::derive(move || {
                    place.track();
                    other_unit.track();
                    unit_typed.track();
                    at.track();
                    hint.track();
                }),
            ),
        ];
        for (field, changed) in fields {
            forgive(faults, field, changed);
        }
        forgive(faults, "address_hint", Signal::derive(move || hint.track()));
        let answers = self.answers;
        Effect::new(move |before: Option<Answers>| {
            let now = answers.get();
            let changed =
                |code: &str| before.as_ref().is_some_and(|before| before.get(code) != now.get(code));
            let is_old = |field: &String| field.strip_prefix("answers/").is_some_and(changed);
            if faults.with_untracked(|faults| faults.keys().any(&is_old)) {
                faults.update(|faults| faults.retain(|field, _| !is_old(field)));
            }
            now
        });
    }

    pub fn draft(self) -> Draft {
        let photos = self
            .photos
            .get()
            .into_iter()
            .filter_map(|photo| match photo.state {
                PhotoState::Uploaded { id, thumbnail } => Some(KeptPhoto { id, thumbnail }),
                PhotoState::Chosen { .. }
                | PhotoState::Uploading
                | PhotoState::Paper { .. }
                | PhotoState::Failed(_) => None,
            })
            .collect();
        Draft {
            category: self.category.get(),
            title: self.title.get(),
            description: self.description.get(),
            photos,
            place: self.place.get(),
            other_unit: self.other_unit.get(),
            at: self.at.get(),
            hint: self.hint.get(),
            urgency: self.urgency.get(),
            personal: self.personal.get(),
            answers: self.answers.get(),
            unit_typed: self.unit_typed.get(),
            name_hidden: self.name_hidden.get(),
            behalf: self.behalf.get(),
            channel: Some(self.channel.get()),
        }
    }

    /// What is wrong with a field.
    pub fn fault(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.faults.with(|faults| faults.get(field).cloned()))
    }
}

/// The control that a fault of a field leads to.
fn control(field: &str) -> String {
    match field {
        "category_id" => "category-search".into(),
        "unit_id" | "at" => "place-0".into(),
        "attachment_ids" => "report-photos".into(),
        other => other.replace('/', "-"),
    }
}

#[component]
pub fn ReportPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| view! { <Report membership=membership /> }.into_any())
}

#[component]
fn Report(membership: Membership) -> impl IntoView {
    let slug = membership.community.slug.clone();
    let zone = membership.community.time_zone.clone();
    let kept = format!("kommunity.draft.{slug}.{}", membership.member_id);
    let form = Form::of(browser::recall(&kept).unwrap_or_default());
    form.forgive_changes();
    let steps = Steps::new(form);
    let pending = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let sent = RwSignal::new(None::<ServiceRequest>);
    let toasts = Toasts::expect();
    {
        let kept = kept.clone();
        Effect::new(move || {
            let draft = form.draft();
            if sent.with_untracked(Option::is_none) {
                browser::keep(&kept, &draft);
            }
        });
    }
    // Staff also write down what others tell them.
    let for_others =
        can(&membership, Permission::RequestsViewAll) && can(&membership, Permission::MembersView);
    let units = {
        let slug = slug.clone();
        crate::load::load(move || community::my_units(slug.clone()))
    };
    let categories = community::categories(slug.clone());
    Effect::new(move || {
        let chosen = form.category.get();
        let category =
            categories.ready().unwrap_or_default().into_iter().find(|it| Some(it.id.to_string()) == chosen);
        form.asked.set(category.map(|category| category.questions).unwrap_or_default());
    });
    // Somebody with one home most likely means it.
    Effect::new(move || {
        if let Some(units) = units.ready()
            && form.place.with_untracked(Option::is_none)
        {
            form.place
                .set(Some(units.first().map_or_else(|| ELSEWHERE.to_owned(), |unit| unit.id.to_string())));
        }
    });

    let send = {
        let slug = slug.clone();
        move || {
            refused.set(None);
            let draft = untrack(|| form.draft());
            let request = match draft.to_request(&form.asked.get_untracked()) {
                Ok(request) => request,
                Err(faults) => return steps.blame(faults),
            };
            if form.photos.with_untracked(|photos| attachment::uploading(photos)) {
                return toasts.failed(words::photo::wait());
            }
            form.faults.set(Faults::new());
            pending.set(true);
            let (slug, kept) = (slug.clone(), kept.clone());
            spawn_local(async move {
                match api::send(&CREATE, &[&slug], &request).await {
                    Ok(request) => {
                        browser::forget(&kept);
                        let _ = sent.try_set(Some(request));
                    }
                    Err(Failure::Problem(problem)) if !problem.errors.is_empty() => {
                        steps.blame(faults_of(&problem));
                    }
                    Err(failure) => {
                        let _ = refused.try_set(Some(words::report::kept(&labels::failure(&failure))));
                        browser::focus_later("#refused");
                    }
                }
                let _ = pending.try_set(false);
            });
        }
    };
    let send = Callback::new(move |()| send());
    let start_over = Callback::new(move |()| {
        let Form {
            category,
            title,
            description,
            photos,
            hint,
            at,
            other_unit,
            behalf,
            answers,
            unit_typed,
            ..
        } = form;
        behalf.set(None);
        answers.set(Answers::new());
        unit_typed.set(String::new());
        category.set(None);
        title.set(String::new());
        description.set(String::new());
        photos.set(Vec::new());
        hint.set(String::new());
        at.set(None);
        other_unit.set(None);
        steps.question.set(Question::Category);
        sent.set(None);
    });
    let back = Route::Requests(slug.clone()).href();
    let title = Signal::derive(move || {
        if sent.with(Option::is_some) {
            words::sent::title().to_owned()
        } else {
            words::report::title().to_owned()
        }
    });
    let sticky = move || {
        view! {
            <Show when=move || sent.with(Option::is_none)>
                <Ways steps=steps pending=pending send=send />
            </Show>
        }
        .into_any()
    };
    let questions = {
        let slug = slug.clone();
        move || view! { <Questions steps=steps for_others=for_others slug=slug.clone() units=units categories=categories refused=refused pending=pending send=send /> }
    };
    view! {
        <Page title=title back=back sticky=sticky>
            {live(move || match sent.get() {
                Some(request) => {
                    view! { <Sent request=request slug=slug.clone() zone=zone.clone() again=start_over /> }.into_any()
                }
                None => questions().into_any(),
            })}
        </Page>
    }
}
