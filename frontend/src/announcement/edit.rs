//! Writing an announcement: what it says, whom it is for, and how loud it is.

use contract::account::Membership;
use contract::announcement::{
    Announcement, AnnouncementCategory, CREATE, MarkdownText, NewAnnouncement, PREVIEW, SHOW, UPDATE,
    UpdateAnnouncement,
};
use contract::audience::MemberFilter;
use contract::problem::Code;
use domain::announcement::{AnnouncementStatus, BODY, TITLE};
use domain::id::AnnouncementId;
use domain::role::Permission;
use domain::rule::Fault as Wrong;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::categories;
use crate::api::Failure;
use crate::audience::{Audience, AudiencePicker};
use crate::form::{Faults, Form, Refused};
use crate::load::{Failed, Load, load};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{NotFound, Page};
use crate::ui::button::{Button, Look, Submit};
use crate::ui::field::{Checkbox, Select, TextField};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::markdown::{MarkdownField, MarkdownWords};
use crate::ui::photos::{Photo, PhotoPicker, PhotoState};
use crate::ui::skeleton::SkeletonPage;
use crate::ui::toast::Toasts;
use crate::{address, api, attachment, browser, community, labels, time, words};

/// An announcement in the making. Survives a reload.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Draft {
    category: String,
    title: String,
    body: String,
    files: Vec<PhotoState>,
    /// None where somebody wants some, and has not said whom.
    audience: Option<MemberFilter>,
    urgent: bool,
    pinned: bool,
    acknowledgement: bool,
    comments_allowed: bool,
    /// As the field says it, on the clocks of the community.
    valid_until: String,
}

impl Draft {
    fn fresh() -> Self {
        Self { audience: Some(MemberFilter::default()), ..Self::default() }
    }

    fn of(announcement: &Announcement, zone: &str) -> Self {
        let summary = &announcement.summary;
        let files = announcement.files.iter().map(|file| match &file.name {
            Some(name) => PhotoState::Paper { id: file.id.to_string(), name: name.clone() },
            None => PhotoState::Uploaded {
                id: file.id.to_string(),
                thumbnail: file.thumbnail_url.clone().unwrap_or_default(),
            },
        });
        Self {
            category: summary.category.id.to_string(),
            title: summary.title.clone(),
            body: announcement.body.clone(),
            files: files.collect(),
            audience: Some(announcement.audience.clone().unwrap_or_default()),
            urgent: summary.urgent,
            pinned: summary.pinned,
            acknowledgement: summary.acknowledgement,
            comments_allowed: announcement.comments_allowed,
            valid_until: summary.valid_until.map(|at| time::field(at, zone)).unwrap_or_default(),
        }
    }

    /// The same but for the addresses of its files, which run out.
    fn is_like(&self, other: &Self) -> bool {
        let ids = |draft: &Self| -> Vec<String> {
            draft.files.iter().filter_map(|file| file.id().map(ToOwned::to_owned)).collect()
        };
        let bare = |draft: &Self| Self { files: Vec::new(), ..draft.clone() };
        ids(self) == ids(other) && bare(self) == bare(other)
    }

    fn attachments<T: std::str::FromStr>(&self) -> Vec<T> {
        self.files.iter().filter_map(|file| file.id()?.parse().ok()).collect()
    }

    fn to_new(&self, zone: &str) -> Option<NewAnnouncement> {
        Some(NewAnnouncement {
            category_id: self.category.parse().ok()?,
            title: self.title.trim().to_owned(),
            body: self.body.clone(),
            audience: self.audience.clone()?,
            urgent: Some(self.urgent),
            pinned: self.pinned,
            acknowledgement: self.acknowledgement,
            comments_allowed: self.comments_allowed,
            valid_until: time::parse_in(&self.valid_until, zone),
            attachment_ids: self.attachments(),
        })
    }

    /// Only what is another than before: somebody else may be changing the rest. What is settled is not sent at all.
    fn to_change(&self, before: &Self, zone: &str, is_out: bool) -> UpdateAnnouncement {
        fn other<T: PartialEq>(value: T, before: T) -> Option<T> {
            (value != before).then_some(value)
        }
        let open = |change: Option<bool>| change.filter(|_| !is_out);
        UpdateAnnouncement {
            category_id: other(&self.category, &before.category).and_then(|id| id.parse().ok()),
            title: other(self.title.trim().to_owned(), before.title.clone()),
            body: other(self.body.clone(), before.body.clone()),
            audience: other(self.audience.clone(), before.audience.clone()).flatten().filter(|_| !is_out),
            urgent: open(other(self.urgent, before.urgent)),
            pinned: other(self.pinned, before.pinned),
            acknowledgement: open(other(self.acknowledgement, before.acknowledgement)),
            comments_allowed: other(self.comments_allowed, before.comments_allowed),
            valid_until: other(&self.valid_until, &before.valid_until)
                .map(|typed| time::parse_in(typed, zone)),
            attachment_ids: other(self.attachments(), before.attachments()),
        }
    }
}

#[component]
pub fn NewPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if !can(&membership, Permission::AnnouncementsPublish) {
            return view! { <NotFound /> }.into_any();
        }
        let back = Route::Announcements(membership.community.slug.clone()).href();
        view! {
            <Page title=words::announcement::new_title().to_owned() back=back>
                <Writing membership=membership known=None />
            </Page>
        }
        .into_any()
    })
}

#[component]
pub fn EditPage(community: String, id: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if !can(&membership, Permission::AnnouncementsPublish) {
            return view! { <NotFound /> }.into_any();
        }
        let slug = membership.community.slug.clone();
        let back = Route::Announcement(slug.clone(), id.clone()).href();
        let announcement = load(move || {
            let (slug, id) = (slug.clone(), id.clone());
            async move { api::get(&SHOW, &[&slug, &id]).await }
        });
        view! {
            <Page title=words::announcement::edit_title().to_owned() back=back>
                {live(move || match announcement.state.get() {
                    Load::Loading => view! { <SkeletonPage label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| announcement.reload()) /> }
                            .into_any()
                    }
                    Load::Ready(known) if known.may_edit => {
                        view! { <Writing membership=membership.clone() known=Some(known) /> }.into_any()
                    }
                    Load::Ready(_) => {
                        view! { <p class="quiet">{words::announcement::not_to_edit()}</p> }.into_any()
                    }
                })}
            </Page>
        }
        .into_any()
    })
}

/// What follows once it is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Show,
    Schedule,
    Publish,
}

/// The fields while they are being filled.
#[derive(Clone, Copy)]
struct Fields {
    form: Form,
    category: RwSignal<String>,
    title: RwSignal<String>,
    body: RwSignal<String>,
    files: RwSignal<Vec<Photo>>,
    audience: Audience,
    urgent: RwSignal<bool>,
    pinned: RwSignal<bool>,
    acknowledgement: RwSignal<bool>,
    comments_allowed: RwSignal<bool>,
    valid_until: RwSignal<String>,
}

impl Fields {
    fn of(slug: &str, draft: Draft) -> Self {
        let form = Form::new();
        let category = RwSignal::new(draft.category);
        form.watch("category_id", Signal::derive(move || category.track()));
        let (title, body) = (form.text("title"), form.text("body"));
        title.set(draft.title);
        body.set(draft.body);
        let photos = draft.files.into_iter().zip(0..).map(|(state, key)| Photo { key, state });
        let files = RwSignal::new(photos.collect::<Vec<_>>());
        form.watch("attachment_ids", Signal::derive(move || files.track()));
        let audience = Audience::of(slug, draft.audience);
        form.watch(
            "audience",
            Signal::derive(move || {
                audience.get();
            }),
        );
        let valid_until = form.text("valid_until");
        valid_until.set(draft.valid_until);
        Self {
            form,
            category,
            title,
            body,
            files,
            audience,
            urgent: RwSignal::new(draft.urgent),
            pinned: RwSignal::new(draft.pinned),
            acknowledgement: RwSignal::new(draft.acknowledgement),
            comments_allowed: RwSignal::new(draft.comments_allowed),
            valid_until,
        }
    }

    fn draft(self) -> Draft {
        let arrived = |photo: Photo| photo.state.id().is_some().then_some(photo.state);
        Draft {
            category: self.category.get(),
            title: self.title.get(),
            body: self.body.get(),
            files: self.files.get().into_iter().filter_map(arrived).collect(),
            audience: self.audience.get(),
            urgent: self.urgent.get(),
            pinned: self.pinned.get(),
            acknowledgement: self.acknowledgement.get(),
            comments_allowed: self.comments_allowed.get(),
            valid_until: self.valid_until.get(),
        }
    }

    /// Whether everything is right, as far as can be known here.
    fn check(self, draft: &Draft, zone: &str) -> bool {
        let chosen = |there: bool| if there { Ok(()) } else { Err(Wrong::new("required")) };
        let is_time = draft.valid_until.is_empty()
            || time::parse_in(&draft.valid_until, zone).is_some_and(|at| at > time::now());
        self.form.check([
            ("category_id", chosen(!draft.category.is_empty()), words::announcement::category_missing()),
            ("title", TITLE.check(&draft.title), words::announcement::title_missing()),
            ("body", BODY.check(&draft.body), words::announcement::body_missing()),
            ("audience", chosen(draft.audience.is_some()), words::audience::missing()),
            ("valid_until", chosen(is_time), words::announcement::time_past()),
        ])
    }
}

/// What is written, and where it is kept meanwhile.
#[derive(Clone, Copy)]
struct Paper {
    slug: StoredValue<String>,
    zone: StoredValue<String>,
    id: Option<AnnouncementId>,
    status: Option<AnnouncementStatus>,
    /// The version that was seen.
    version: StoredValue<Option<i32>>,
    before: StoredValue<Draft>,
    /// The name that it is kept under.
    name: StoredValue<String>,
}

impl Paper {
    fn is_out(self) -> bool {
        self.status.is_some_and(AnnouncementStatus::is_out)
    }
}

#[component]
fn Writing(membership: Membership, known: Option<Announcement>) -> impl IntoView {
    let Membership { community, member_id, .. } = membership;
    let (slug, zone) = (community.slug, community.time_zone);
    let before = known.as_ref().map_or_else(Draft::fresh, |known| Draft::of(known, &zone));
    let id = known.as_ref().map(|known| known.summary.id);
    let place = id.map_or_else(|| "new".to_owned(), |id| id.to_string());
    let name = format!("kommunity.draft.{slug}.{member_id}.announcement.{place}");
    let recalled: Option<Draft> = browser::recall(&name);
    // What was typed before; none of it once somebody starts over.
    let kept = RwSignal::new(recalled.filter(|draft| !draft.is_like(&before)));
    let paper = Paper {
        slug: StoredValue::new(slug),
        zone: StoredValue::new(zone),
        id,
        status: known.as_ref().map(|known| known.summary.status),
        version: StoredValue::new(known.map(|known| known.summary.version)),
        before: StoredValue::new(before),
        name: StoredValue::new(name),
    };
    live(move || {
        let recalled = kept.get();
        let was_kept = recalled.is_some();
        let draft = recalled.unwrap_or_else(|| paper.before.get_value());
        view! {
            <div class="stack stack--wide writing">
                {paper
                    .is_out()
                    .then(|| {
                        view! {
                            <div class="notice">
                                <Icon name="info" />
                                <p>{words::announcement::edit_out_about()}</p>
                            </div>
                        }
                    })}
                {was_kept
                    .then(|| {
                        view! {
                            <div class="notice writing__kept">
                                <Icon name="info" />
                                <p>{words::announcement::kept()}</p>
                                <Button on_click=move || kept.set(None)>
                                    {words::announcement::start_over()}
                                </Button>
                            </div>
                        }
                    })}
                <Sheet paper=paper draft=draft />
            </div>
        }
    })
}

/// Keeps what is typed as long as it is another than before.
fn keep(paper: Paper, fields: Fields, is_done: StoredValue<bool>) {
    Effect::new(move || {
        let draft = fields.draft();
        if is_done.get_value() || draft.is_like(&paper.before.get_value()) {
            browser::forget(&paper.name.get_value());
        } else {
            browser::keep(&paper.name.get_value(), &draft);
        }
    });
}

/// Saves it, and goes on to where it is shown.
fn saver(paper: Paper, fields: Fields) -> Callback<Then> {
    let (bar, toasts) = (address::expect(), Toasts::expect());
    let is_done = StoredValue::new(false);
    keep(paper, fields, is_done);
    Callback::new(move |then: Then| {
        let (draft, zone, slug) =
            (untrack(|| fields.draft()), paper.zone.get_value(), paper.slug.get_value());
        if fields.files.with_untracked(|files| attachment::uploading(files)) {
            return toasts.failed(words::photo::wait());
        }
        if !fields.check(&draft, &zone) {
            return;
        }
        let is_out = paper.is_out();
        let (place, seen) = (slug.clone(), paper.version.get_value());
        let before = paper.before.get_value();
        let call = async move {
            match paper.id.zip(seen) {
                Some((id, seen)) => {
                    let change = draft.to_change(&before, &zone, is_out);
                    api::change(&UPDATE, &[&place, &id], seen, &change).await
                }
                None => {
                    let new = draft.to_new(&zone).ok_or(Failure::Unexpected)?;
                    api::send(&CREATE, &[&place], &new).await
                }
            }
        };
        let shown = slug.clone();
        let saved = move |saved: Announcement| {
            let _ = is_done.try_set_value(true);
            if let Some(name) = paper.name.try_get_value() {
                browser::forget(&name);
            }
            if then == Then::Show {
                toasts.done(if is_out {
                    words::announcement::saved_out()
                } else {
                    words::announcement::saved()
                });
            }
            let wish = match then {
                Then::Show => "",
                Then::Schedule => "?do=schedule",
                Then::Publish => "?do=publish",
            };
            let href = Route::Announcement(shown, saved.summary.id.to_string()).href();
            // "Back" leads to the list, not to a form that is done with.
            bar.replace(&format!("{href}{wish}"));
        };
        fields.form.attempt(call, saved, move |failure| match paper.id {
            Some(id) if failure.code() == Some(Code::PreconditionFailed) => {
                learn(slug, id.to_string(), paper.version);
                blame(fields.form)
            }
            _ => Some(failure),
        });
    })
}

/// Reads how it stands now, so that saving once more is possible; what was typed stays.
fn learn(slug: String, id: String, version: StoredValue<Option<i32>>) {
    spawn_local(async move {
        if let Ok(now) = api::get(&SHOW, &[&slug, &id]).await {
            let _ = version.try_set_value(Some(now.summary.version));
        }
    });
}

/// Says that somebody else changed it meanwhile.
fn blame(form: Form) -> Option<Failure> {
    let mut faults = Faults::new();
    faults.insert("body".into(), words::announcement::changed_meanwhile().into());
    form.blame(faults);
    None
}

/// The form itself.
#[component]
fn Sheet(paper: Paper, draft: Draft) -> impl IntoView {
    let (slug, zone) = (paper.slug.get_value(), paper.zone.get_value());
    let (status, is_out) = (paper.status, paper.is_out());
    let fields = Fields::of(&slug, draft);
    let save = saver(paper, fields);
    let form = fields.form;
    let all = categories(slug.clone());
    follow_urgency(fields, all.state);
    let options = Signal::derive(move || {
        let now = fields.category.get();
        let known = all.ready().unwrap_or_default();
        let fitting = known.into_iter().filter(|it| !it.archived || it.id.to_string() == now);
        [(String::new(), words::filter::choose().to_owned())]
            .into_iter()
            .chain(fitting.map(|it| (it.id.to_string(), it.name)))
            .collect::<Vec<_>>()
    });
    let (previewing, shown) = preview(slug.clone(), fields.body);
    let settled = {
        let slug = slug.clone();
        (!is_out).then(move || {
            view! {
                <section class="stack" id="audience" tabindex="-1">
                    <AudiencePicker slug=slug audience=fields.audience fault=form.fault("audience") />
                </section>
            }
        })
    };
    let loud = (!is_out).then(|| {
        view! {
            <Checkbox
                id="urgent"
                label=words::announcement::urgent()
                help=words::announcement::urgent_about()
                value=fields.urgent
            />
            <Checkbox
                id="acknowledgement"
                label=words::announcement::ask_to_confirm()
                help=words::announcement::ask_to_confirm_about()
                value=fields.acknowledgement
            />
        }
    });
    view! {
        <form
            class="stack stack--wide"
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                save.run(Then::Show);
            }
        >
            <Refused form=form />
            <section class="stack">
                <Select
                    id="category_id"
                    label=words::filter::category()
                    options=options
                    value=fields.category
                    fault=form.fault("category_id")
                />
                <TextField
                    id="title"
                    label=words::announcement::title_label()
                    help=words::announcement::title_help().to_owned()
                    value=fields.title
                    fault=form.fault("title")
                />
                <MarkdownField
                    id="body"
                    words=markdown()
                    value=fields.body
                    fault=form.fault("body")
                    previewing=previewing
                    shown=shown
                />
                <PhotoPicker
                    id="attachment_ids"
                    words=attachment::with_papers()
                    photos=fields.files
                    fault=form.fault("attachment_ids")
                    upload=attachment::uploader(slug, fields.files)
                />
            </section>
            {settled}
            <section class="stack">
                <h2 class="section-title">{words::announcement::how()}</h2>
                <div>
                    {loud}
                    <Checkbox
                        id="pinned"
                        label=words::announcement::pin()
                        help=words::announcement::pin_about()
                        value=fields.pinned
                    />
                    <Checkbox
                        id="comments_allowed"
                        label=words::announcement::allow_comments()
                        help=words::announcement::allow_comments_about()
                        value=fields.comments_allowed
                    />
                </div>
                <TextField
                    id="valid_until"
                    label=words::announcement::valid_until()
                    help=format!("{} {}", words::announcement::valid_until_about(), words::announcement::in_zone(&zone))
                    aside=words::common::optional().to_owned()
                    kind="datetime-local"
                    value=fields.valid_until
                    fault=form.fault("valid_until")
                />
            </section>
            <div class="writing__foot">
                {if is_out {
                    view! { <Submit pending=form.pending>{words::common::save()}</Submit> }.into_any()
                } else {
                    view! {
                        <Button
                            look=Look::Primary
                            icon="megaphone"
                            pending=form.pending
                            on_click=move || save.run(Then::Publish)
                        >
                            {words::announcement::publish_go_on()}
                        </Button>
                        <Button icon="clock" pending=form.pending on_click=move || save.run(Then::Schedule)>
                            {words::announcement::schedule()}
                        </Button>
                        <Submit pending=form.pending look=Look::Quiet>
                            {match status {
                                Some(AnnouncementStatus::Scheduled) => words::common::save(),
                                _ => words::announcement::save_draft(),
                            }}
                        </Submit>
                    }
                        .into_any()
                }}
            </div>
            <p class="quiet small">{words::announcement::draft_kept()}</p>
        </form>
    }
}

/// Another category brings its own urgency along.
fn follow_urgency(fields: Fields, all: RwSignal<Load<Vec<AnnouncementCategory>>>) {
    Effect::new(move |before: Option<String>| {
        let now = fields.category.get();
        let is_other = before.is_some_and(|before| before != now);
        let urgent = all.with_untracked(|all| match all {
            Load::Ready(all) => all.iter().find(|it| it.id.to_string() == now).map(|it| it.urgent),
            Load::Loading | Load::Failed(_) => None,
        });
        if let Some(urgent) = urgent.filter(|_| is_other) {
            fields.urgent.set(urgent);
        }
        now
    });
}

/// Asks the server what readers will see, when somebody wants to know.
fn preview(slug: String, body: RwSignal<String>) -> (RwSignal<bool>, RwSignal<Option<String>>) {
    let (previewing, shown) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let toasts = Toasts::expect();
    Effect::new(move || {
        if !previewing.get() {
            return shown.set(None);
        }
        let text = body.get_untracked();
        if text.trim().is_empty() {
            return shown.set(Some(String::new()));
        }
        let slug = slug.clone();
        spawn_local(async move {
            match api::send(&PREVIEW, &[&slug], &MarkdownText { text }).await {
                Ok(made) => {
                    let _ = shown.try_set(Some(made.html));
                }
                Err(failure) => {
                    toasts.failed(labels::failure(&failure));
                    let _ = previewing.try_set(false);
                }
            }
        });
    });
    (previewing, shown)
}

fn markdown() -> MarkdownWords {
    MarkdownWords {
        label: words::announcement::body_label(),
        help: words::announcement::body_help(),
        write: words::markdown::write(),
        preview: words::markdown::preview(),
        loading: words::common::loading(),
        tools: words::markdown::tools(),
        bold: words::markdown::bold(),
        italic: words::markdown::italic(),
        heading: words::markdown::heading(),
        list: words::markdown::list(),
        link: words::markdown::link(),
        sample: words::markdown::sample(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft {
            category: "0197b1b0-7d5c-7cc0-a6a0-0d4bb3f6a6c1".into(),
            title: " Water off ".into(),
            body: "On **Thursday**".into(),
            ..Draft::fresh()
        }
    }

    #[test]
    fn a_draft_survives_being_kept() {
        let text = serde_json::to_string(&draft()).unwrap();
        assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), draft());
    }

    #[test]
    fn what_is_settled_is_not_sent_once_it_is_out() {
        let after = Draft { urgent: true, acknowledgement: true, pinned: true, ..draft() };
        let change = after.to_change(&draft(), "", true);
        assert_eq!((change.urgent, change.acknowledgement, change.pinned), (None, None, Some(true)));
        assert_eq!(after.to_change(&draft(), "", false).urgent, Some(true));
    }

    #[test]
    fn a_file_whose_address_ran_out_is_the_same_file() {
        let file = |thumbnail: &str| PhotoState::Uploaded { id: "1".into(), thumbnail: thumbnail.into() };
        let one = Draft { files: vec![file("old")], ..draft() };
        assert!(one.is_like(&Draft { files: vec![file("new")], ..draft() }));
        assert!(!one.is_like(&draft()));
    }
}
