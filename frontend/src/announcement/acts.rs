//! What those who publish do with an announcement: publish, schedule, archive, delete.

use chrono::TimeDelta;
use contract::account::Membership;
use contract::announcement::{ACT, ActOnAnnouncement, Announcement, DELETE};
use contract::problem::Code;
use domain::announcement::{AnnouncementAction, AnnouncementStatus, AnnouncementView, Refusal, begins};
use domain::role::Permission;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::audience;
use crate::load::{Loading, load};
use crate::routes::Route;
use crate::session::can;
use crate::ui::button::{Button, ButtonLink, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Fault, TextField};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::menu::Menu;
use crate::ui::toast::Toasts;
use crate::{address, api, browser, labels, time, words};

/// What is asked once more before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    Publish,
    Schedule,
    Archive,
    Delete,
}

/// An announcement, and what is being done with it.
#[derive(Clone, Copy)]
pub struct Acting {
    pub announcement: Loading<Announcement>,
    pub membership: StoredValue<Membership>,
    pub open: RwSignal<Option<Open>>,
    pending: RwSignal<bool>,
    fault: RwSignal<Option<String>>,
    toasts: Toasts,
}

impl Acting {
    pub fn new(announcement: Loading<Announcement>, membership: StoredValue<Membership>) -> Self {
        Self {
            announcement,
            membership,
            open: RwSignal::new(None),
            pending: RwSignal::new(false),
            fault: RwSignal::new(None),
            toasts: Toasts::expect(),
        }
    }

    pub fn slug(self) -> String {
        self.membership.with_value(|it| it.community.slug.clone())
    }

    pub fn zone(self) -> String {
        self.membership.with_value(|it| it.community.time_zone.clone())
    }

    /// A link can name what shall be asked at once: `?do=publish`.
    pub fn open_from_address(self) {
        let open = match untrack(|| address::expect().value("do")).as_deref() {
            Some("publish") => Open::Publish,
            Some("schedule") => Open::Schedule,
            _ => return,
        };
        let done = StoredValue::new(false);
        Effect::new(move || {
            let Some(now) = self.announcement.ready().filter(|_| !done.get_value()) else { return };
            done.set_value(true);
            // Once it was answered, going back or reloading does not ask again.
            address::expect().replace(&Route::Announcement(self.slug(), now.summary.id.to_string()).href());
            if !now.summary.status.is_out() {
                self.ask(open);
            }
        });
    }

    fn ask(self, open: Open) {
        self.fault.set(None);
        self.open.set(Some(open));
    }

    fn act(self, body: ActOnAnnouncement) {
        let Some(known) = untrack(|| self.announcement.ready()).filter(|_| !self.pending.get_untracked())
        else {
            return;
        };
        let action = body.action;
        self.pending.set(true);
        spawn_local(async move {
            let outcome = api::send(&ACT, &[&self.slug(), &known.summary.id], &body).await;
            let _ = self.pending.try_set(false);
            match outcome {
                Ok(now) => {
                    let _ = self.open.try_set(None);
                    self.toasts.done(done(action));
                    self.announcement.set(now);
                }
                Err(failure) => self.refuse(&failure),
            }
        });
    }

    /// Says why not: in the dialog, where one is open.
    fn refuse(self, failure: &Failure) {
        let said = match failure {
            Failure::Problem(problem) => problem.errors.first().map(labels::field_error),
            _ => None,
        };
        let said = said.unwrap_or_else(|| labels::failure(failure));
        if self.open.try_with_untracked(Option::is_some) == Some(true) {
            self.fault.set(Some(said));
        } else {
            self.toasts.failed(said);
        }
        if matches!(failure.code(), Some(Code::WrongState | Code::Stale)) {
            self.announcement.reload();
        }
    }

    fn delete(self) {
        let Some(known) = untrack(|| self.announcement.ready()) else { return };
        let address = address::expect();
        self.pending.set(true);
        spawn_local(async move {
            let (slug, summary) = (self.slug(), known.summary);
            let outcome = api::remove(&DELETE, &[&slug, &summary.id], summary.version).await;
            let _ = self.pending.try_set(false);
            match outcome {
                Ok(()) => {
                    self.toasts.done(words::announcement::deleted());
                    let list = Route::Announcements(slug).href();
                    address.go(&format!("{list}?view={}", AnnouncementView::Prepared));
                }
                Err(failure) => self.refuse(&failure),
            }
        });
    }
}

fn done(action: AnnouncementAction) -> &'static str {
    match action {
        AnnouncementAction::Schedule => words::announcement::scheduled_done(),
        AnnouncementAction::Unschedule => words::announcement::unscheduled_done(),
        AnnouncementAction::Publish => words::announcement::published_done(),
        AnnouncementAction::Archive => words::announcement::archived_done(),
    }
}

fn plain(action: AnnouncementAction) -> ActOnAnnouncement {
    ActOnAnnouncement { action, publish_at: None }
}

/// What can be done now: the likeliest as a button, the rest in a menu.
#[component]
pub fn Buttons(
    acting: Acting,
    /// The menu unfolds upwards.
    up: bool,
    /// Whether something else stands beside it that matters more.
    #[prop(into)]
    crowded: Signal<bool>,
) -> impl IntoView {
    let publishes = acting.membership.with_value(|it| can(it, Permission::AnnouncementsPublish));
    if !publishes {
        return ().into_any();
    }
    let shown = Memo::new(move |_| {
        let now = acting.announcement.ready()?;
        Some((now.summary.id, now.summary.status, now.allowed_actions, now.may_edit, now.may_delete))
    });
    live(move || {
        let (id, status, actions, may_edit, may_delete) = shown.get()?;
        let crowded = crowded.get();
        let (slug, id) = (acting.slug(), id.to_string());
        let may = move |action| actions.contains(&action);
        let (publish, schedule) = (may(AnnouncementAction::Publish), may(AnnouncementAction::Schedule));
        let (unschedule, archive) = (may(AnnouncementAction::Unschedule), may(AnnouncementAction::Archive));
        let figures = Route::AnnouncementFigures(slug.clone(), id.clone()).href();
        let edit = Route::EditAnnouncement(slug, id).href();
        let near = if status.is_out() {
            (!crowded)
                .then(|| {
                    view! {
                        <ButtonLink href=figures.clone() icon="chart-line">
                            {words::announcement::figures()}
                        </ButtonLink>
                    }
                })
                .into_any()
        } else {
            publish
                .then(|| {
                    view! {
                        <Button look=Look::Primary icon="megaphone" on_click=move || acting.ask(Open::Publish)>
                            {words::announcement::publish_now()}
                        </Button>
                    }
                })
                .into_any()
        };
        let item = move |icon: &'static str, words: &'static str, act: Callback<()>| {
            view! {
                <button type="button" class="menu__item" on:click=move |_| act.run(())>
                    <Icon name=icon />
                    {words}
                </button>
            }
        };
        let open = move |what| Callback::new(move |()| acting.ask(what));
        let schedule_word = if status == AnnouncementStatus::Scheduled {
            words::announcement::reschedule()
        } else {
            words::announcement::schedule()
        };
        let hides_figures = crowded && status.is_out();
        let has_more = hides_figures || may_edit || schedule || unschedule || archive || may_delete;
        let more = has_more.then(|| {
            view! {
                <Menu
                    trigger=|| view! { <Icon name="ellipsis" /> }
                    trigger_class="button button--secondary button--icon"
                    label=words::announcement::more()
                    end=true
                    up=up
                >
                    {hides_figures
                        .then(|| {
                            view! {
                                <a class="menu__item" href=figures.clone()>
                                    <Icon name="chart-line" />
                                    {words::announcement::figures()}
                                </a>
                            }
                        })}
                    {may_edit
                        .then(|| {
                            view! {
                                <a class="menu__item" href=edit.clone()>
                                    <Icon name="pencil" />
                                    {words::announcement::edit()}
                                </a>
                            }
                        })}
                    {schedule.then(|| item("clock", schedule_word, open(Open::Schedule)))}
                    {unschedule
                        .then(|| {
                            let act = Callback::new(move |()| acting.act(plain(AnnouncementAction::Unschedule)));
                            item("rotate-ccw", words::announcement::unschedule(), act)
                        })}
                    {archive.then(|| item("archive", words::announcement::archive_it(), open(Open::Archive)))}
                    {may_delete.then(|| item("trash-2", words::announcement::delete(), open(Open::Delete)))}
                </Menu>
            }
        });
        Some(view! { {near} {more} })
    })
    .into_any()
}

/// The dialog that is open.
#[component]
pub fn Asked(acting: Acting) -> impl IntoView {
    live(move || {
        let open = acting.open.get()?;
        let announcement = untrack(|| acting.announcement.ready())?;
        Some(match open {
            Open::Publish => view! { <Publish acting=acting announcement=announcement /> }.into_any(),
            Open::Schedule => view! { <Schedule acting=acting announcement=announcement /> }.into_any(),
            Open::Archive => view! {
                <Sure
                    acting=acting
                    title=words::announcement::archive_title()
                    about=words::announcement::archive_about()
                    word=words::announcement::archive_it()
                    act=Callback::new(move |()| acting.act(plain(AnnouncementAction::Archive)))
                />
            }
            .into_any(),
            Open::Delete => view! {
                <Sure
                    acting=acting
                    title=words::announcement::delete_title()
                    about=words::announcement::delete_about()
                    word=words::announcement::delete()
                    act=Callback::new(move |()| acting.delete())
                />
            }
            .into_any(),
        })
    })
}

/// Asks once more, with what follows.
#[component]
fn Sure(
    acting: Acting,
    title: &'static str,
    about: &'static str,
    word: &'static str,
    act: Callback<()>,
) -> impl IntoView {
    let close = move || acting.open.set(None);
    view! {
        <Dialog title=title close_label=words::common::close() on_close=Callback::new(move |()| close())>
            <div class="stack">
                <p>{about}</p>
                <Fault fault=acting.fault />
                <div class="dialog__foot">
                    <Button look=Look::Quiet on_click=close>{words::common::not_now()}</Button>
                    <Button look=Look::Danger pending=acting.pending on_click=move || act.run(())>{word}</Button>
                </div>
            </div>
        </Dialog>
    }
}

/// Says how many will be told, before they are.
#[component]
fn Publish(acting: Acting, announcement: Announcement) -> impl IntoView {
    let filter = announcement.audience.unwrap_or_default();
    let counted = load(move || {
        let (slug, filter) = (acting.slug(), filter.clone());
        async move { audience::count(&slug, filter).await }
    });
    let urgent = announcement.summary.urgent;
    let close = move || acting.open.set(None);
    view! {
        <Dialog
            title=words::announcement::publish_title()
            close_label=words::common::close()
            on_close=Callback::new(move |()| close())
        >
            <div class="stack">
                <p role="status">
                    {live(move || match counted.ready() {
                        Some(size) => words::announcement::goes_to(&audience::size(&size)),
                        None => words::audience::counting().to_owned(),
                    })}
                </p>
                <p class="quiet">
                    {if urgent {
                        words::announcement::publish_urgent_about()
                    } else {
                        words::announcement::publish_about()
                    }}
                </p>
                <Fault fault=acting.fault />
                <div class="dialog__foot">
                    <Button look=Look::Quiet on_click=close>{words::common::not_now()}</Button>
                    <Button
                        look=Look::Primary
                        pending=acting.pending
                        on_click=move || acting.act(plain(AnnouncementAction::Publish))
                    >
                        {live(move || match counted.ready() {
                            Some(size) => words::announcement::publish_to(size.members),
                            None => words::announcement::publish_now().to_owned(),
                        })}
                    </Button>
                </div>
            </div>
        </Dialog>
    }
}

/// Asks when it shall publish itself, on the clocks of the community.
#[component]
fn Schedule(acting: Acting, announcement: Announcement) -> impl IntoView {
    let zone = StoredValue::new(acting.zone());
    let tomorrow = time::now() + TimeDelta::days(1);
    let full_hour = tomorrow - TimeDelta::seconds(tomorrow.timestamp() % 3600);
    let known = announcement.summary.publish_at.unwrap_or(full_hour);
    let at = RwSignal::new(time::field(known, &zone.get_value()));
    let until = announcement.summary.valid_until;
    let close = move || acting.open.set(None);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let chosen = time::parse_in(&at.get_untracked(), &zone.get_value());
        let wrong = match chosen.map(|chosen| begins(chosen, until, time::now())) {
            None | Some(Err(Refusal::TimeMissing)) => Some(words::announcement::time_missing()),
            Some(Err(Refusal::EndsFirst)) => Some(words::announcement::ends_first()),
            Some(Err(Refusal::Past | Refusal::WrongState)) => Some(words::announcement::time_past()),
            Some(Ok(())) => None,
        };
        if let Some(wrong) = wrong {
            acting.fault.set(Some(wrong.to_owned()));
            return browser::focus_later("#publish_at");
        }
        acting.act(ActOnAnnouncement { action: AnnouncementAction::Schedule, publish_at: chosen });
    };
    view! {
        <Dialog
            title=words::announcement::schedule_title()
            close_label=words::common::close()
            on_close=Callback::new(move |()| close())
        >
            <form class="stack" novalidate=true on:submit=submit>
                <TextField
                    id="publish_at"
                    label=words::announcement::publish_at()
                    help=words::announcement::in_zone(&zone.get_value())
                    kind="datetime-local"
                    value=at
                    fault=acting.fault
                />
                <div class="dialog__foot">
                    <Button look=Look::Quiet on_click=close>{words::common::not_now()}</Button>
                    <Submit pending=acting.pending>{words::announcement::schedule_do()}</Submit>
                </div>
            </form>
        </Dialog>
    }
}
