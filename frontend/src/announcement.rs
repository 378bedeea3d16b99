//! What a community tells its members: how many they have not read, how one looks in a list, and by its mail's link.

mod acts;
pub mod edit;
pub mod figures;
pub mod list;
pub mod show;

use contract::account::Membership;
use contract::announcement::{
    AnnouncementCategory, AnnouncementQuery, AnnouncementSummary, CATEGORIES, LIST, MailedAnnouncement,
    OPEN_MAILED, Receipt, UNREAD,
};
use domain::announcement::AnnouncementStatus;
use domain::role::Permission;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use crate::api::Failure;
use crate::category::Mark;
use crate::load::{Loading, load};
use crate::routes::Route;
use crate::session::door::{door, notice, way};
use crate::session::{self, can};
use crate::time::{self, Ago, At};
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, ButtonLink, Look};
use crate::ui::live::live;
use crate::ui::prose::Prose;
use crate::ui::skeleton::SkeletonRows;
use crate::{api, browser, labels, live, words};

/// How many the person who looks has not read, of the community that is looked at.
#[derive(Clone, Copy)]
pub struct Unread {
    pub count: RwSignal<i64>,
    found: Loading<i64>,
}

/// Counts for the community that is looked at, and again whenever something may have changed it.
pub fn provide(here: Memo<Option<Membership>>) {
    let session = session::expect();
    let slug = Memo::new(move |_| {
        here.get().filter(|it| can(it, Permission::AnnouncementsRead)).map(|it| it.community.slug)
    });
    let found = load(move || {
        let slug = slug.get();
        async move {
            let Some(slug) = slug else { return Ok(0) };
            Ok(api::get(&UNREAD, &[&slug]).await?.unread)
        }
    });
    let unread = Unread { count: RwSignal::new(0), found };
    provide_context(unread);
    found.reload_when_seen_again();
    let told = Memo::new(move |_| session.unread.get());
    Effect::watch(move || told.get(), move |_, _, _| found.reload(), false);
    let is_here = move |change: &live::Change| {
        slug.with_untracked(|slug| {
            slug.as_ref().is_some_and(|slug| live::of_announcement(slug.clone(), None)(change))
        })
    };
    live::reload_on(is_here, found, browser::is_visible);
    Effect::new(move || {
        if let Some(found) = found.ready() {
            unread.count.set(found);
        }
    });
}

pub fn expect() -> Unread {
    expect_context()
}

impl Unread {
    /// Counts again, after something was read.
    pub fn reload(self) {
        self.found.reload();
    }
}

/// What a community's announcements are about.
fn categories(community: String) -> Loading<Vec<AnnouncementCategory>> {
    load(move || {
        let community = community.clone();
        async move { Ok(api::get(&CATEGORIES, &[&community]).await?.data) }
    })
}

/// Does something once, as soon as somebody really looks at this tab.
fn once_seen(act: impl Fn() + 'static) {
    if browser::is_visible() {
        return act();
    }
    let done = StoredValue::new(false);
    let listener = window_event_listener(leptos::ev::visibilitychange, move |_| {
        if browser::is_visible() && !done.get_value() {
            done.set_value(true);
            act();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Whether it waits to be read by the person who looks.
fn is_unread(announcement: &AnnouncementSummary) -> bool {
    announcement.for_me && announcement.read_at.is_none()
}

/// A share in hundredths, of nobody too.
fn share(part: i64, whole: i64) -> i64 {
    domain::announcement::percent(part, whole).unwrap_or_default()
}

/// What is worth knowing of an announcement at a glance.
#[component]
fn Marks(announcement: AnnouncementSummary, zone: String) -> impl IntoView {
    let AnnouncementSummary {
        status,
        urgent,
        pinned,
        acknowledgement,
        acknowledged_at,
        publish_at,
        for_me,
        ..
    } = announcement;
    let state = match status {
        AnnouncementStatus::Draft => Some((Tone::Neutral, "pencil", words::announcement::draft().to_owned())),
        AnnouncementStatus::Scheduled => {
            let when = publish_at.map(|at| time::moment(at, &zone)).unwrap_or_default();
            Some((Tone::Info, "clock", words::announcement::scheduled_for(&when)))
        }
        AnnouncementStatus::Archived => {
            Some((Tone::Neutral, "archive", words::announcement::archived().to_owned()))
        }
        AnnouncementStatus::Published => None,
    };
    let asks = acknowledgement && status == AnnouncementStatus::Published && for_me;
    let asked = match acknowledged_at {
        Some(_) => (Tone::Success, "circle-check", words::announcement::confirmed()),
        None => (Tone::Accent, "circle-dot", words::announcement::please_confirm()),
    };
    let marks = [
        urgent.then(|| (Tone::Warning, "triangle-alert", words::announcement::urgent().to_owned())),
        pinned.then(|| (Tone::Neutral, "pin", words::announcement::pinned().to_owned())),
        asks.then(|| (asked.0, asked.1, asked.2.to_owned())),
        state,
    ];
    marks
        .into_iter()
        .flatten()
        .map(|(tone, icon, text)| view! { <Badge tone=tone icon=icon text=text /> })
        .collect_view()
}

/// An announcement as a line of a list.
#[component]
fn Row(announcement: AnnouncementSummary, slug: String, zone: String) -> impl IntoView {
    let kept = announcement.clone();
    let unread = is_unread(&announcement) && announcement.status == AnnouncementStatus::Published;
    let AnnouncementSummary { id, title, excerpt, category, status, published_at, reach, .. } = announcement;
    let href = Route::Announcement(slug, id.to_string()).href();
    let read = reach
        .filter(|_| status.is_out())
        .map(|reach| words::announcement::read_share(&share(reach.read, reach.recipients).to_string()));
    view! {
        <li>
            <a class="row-card announced" class:announced--unread=unread href=href>
                <Mark icon=category.icon hue=category.color />
                <span class="row-card__main">
                    <span class="row-card__title" dir="auto">
                        {unread
                            .then(|| {
                                view! {
                                    <span class="announced__dot"></span>
                                    <span class="visually-hidden">{words::announcement::unread()}{" "}</span>
                                }
                            })}
                        {title}
                    </span>
                    <span class="announced__excerpt" dir="auto">{excerpt}</span>
                    <span class="row-card__about">
                        <span class="row-card__place">{category.name}</span>
                        {published_at.map(|at| view! { <Ago at=at zone=zone.clone() /> })}
                        {read.map(|read| view! { <span>{read}</span> })}
                    </span>
                    <span class="row-card__state"><Marks announcement=kept zone=zone /></span>
                </span>
            </a>
        </li>
    }
}

/// Draws something for a member.
type Draw = fn(Membership) -> AnyView;

#[wasm_split(fresh, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_fresh() -> Result<Draw, SplitLoaderError> {
    Ok(|membership| view! { <Newest membership=membership /> }.into_any())
}

/// The newest that somebody has not read, above what else they come for. What draws it is fetched where there is any.
#[component]
pub fn Fresh(membership: Membership) -> impl IntoView {
    let unread = expect();
    let is_any = Memo::new(move |_| unread.count.get() > 0);
    live(move || {
        let membership = membership.clone();
        is_any.get().then(move || {
            let drawn = load(|| async { fetch_fresh().await.map_err(|_| Failure::Offline) });
            live(move || drawn.ready().map(|draw| draw(membership.clone())))
        })
    })
}

#[component]
fn Newest(membership: Membership) -> impl IntoView {
    let (slug, zone) = (membership.community.slug.clone(), membership.community.time_zone.clone());
    let all = Route::Announcements(slug.clone()).href();
    let fresh = {
        let slug = slug.clone();
        load(move || {
            let slug = slug.clone();
            let query =
                AnnouncementQuery { read: Some(false), limit: Some(3), ..AnnouncementQuery::default() };
            async move { Ok(api::get_with(&LIST, &[&slug], &query).await?.data) }
        })
    };
    fresh.reload_when_seen_again();
    live::reload_on(live::of_announcement(slug.clone(), None), fresh, || true);
    live(move || {
        let fresh = fresh.ready().filter(|fresh| !fresh.is_empty())?;
        let rows = fresh
            .into_iter()
            .map(|one| view! { <Row announcement=one slug=slug.clone() zone=zone.clone() /> })
            .collect_view();
        Some(view! {
            <section class="stack stack--tight announced__fresh">
                <div class="row row--apart">
                    <h2 class="section-title">{words::announcement::fresh()}</h2>
                    <a class="small" href=all.clone()>{words::announcement::all()}</a>
                </div>
                <ul class="rows">{rows}</ul>
            </section>
        })
    })
}

/// How far an announcement is that was opened by the link in its mail.
#[derive(Debug, Clone, PartialEq)]
enum Mailed {
    Coming,
    Here(Box<MailedAnnouncement>),
    Gone,
    Failed(Failure),
}

/// An announcement by the link in its mail, for whoever got the mail, signed in or not.
#[component]
pub fn MailedPage(link: String) -> impl IntoView {
    let (state, pending) = (RwSignal::new(Mailed::Coming), RwSignal::new(false));
    let link = StoredValue::new(link);
    let open = move |acknowledged: bool| {
        pending.set(true);
        spawn_local(async move {
            let Some(link) = link.try_get_value() else { return };
            let reply = api::send(&OPEN_MAILED, &[&link], &Receipt { acknowledged }).await;
            let _ = pending.try_set(false);
            let _ = state.try_set(match reply {
                Ok(announcement) => Mailed::Here(Box::new(announcement)),
                Err(failure) if failure.is_nowhere() => Mailed::Gone,
                Err(failure) => Mailed::Failed(failure),
            });
        });
    };
    // Whoever has it on the screen has read it. Nothing that only fetches pages runs this.
    once_seen(move || open(false));
    live(move || match state.get() {
        Mailed::Coming => {
            let wait = view! { <SkeletonRows rows=4 label=words::common::loading() /> };
            door(words::announcement::title(), "", wait.into_any(), ().into_any())
        }
        Mailed::Here(announcement) => {
            let confirm = Callback::new(move |()| open(true));
            mailed(*announcement, pending, confirm)
        }
        Mailed::Gone => door(
            words::announcement::gone_title(),
            words::announcement::gone_about(),
            ().into_any(),
            way(None, &Route::Home, words::announcement::gone_way()),
        ),
        Mailed::Failed(failure) => {
            let told = view! {
                <div class="stack door__form">
                    {notice("danger", "circle-alert", labels::failure_title(&failure))}
                    <Button icon="refresh-cw" pending=pending on_click=move || open(false)>
                        {words::common::try_again()}
                    </Button>
                </div>
            };
            door(words::announcement::title(), "", told.into_any(), ().into_any())
        }
    })
}

fn mailed(announcement: MailedAnnouncement, pending: RwSignal<bool>, confirm: Callback<()>) -> AnyView {
    let MailedAnnouncement {
        id,
        community_slug,
        community_name,
        time_zone: zone,
        title,
        body_html,
        urgent,
        published_at,
        edited_at,
        acknowledgement,
        acknowledged_at,
    } = announcement;
    let edited = edited_at.map(|at| words::announcement::edited(&time::moment(at, &zone)));
    let asked = acknowledgement.then(|| match acknowledged_at {
        Some(at) => view! { <Confirmed at=at zone=zone.clone() /> }.into_any(),
        None => view! {
            <div>
                <Button look=Look::Primary icon="circle-check" pending=pending on_click=move || confirm.run(())>
                    {words::announcement::confirm()}
                </Button>
            </div>
        }
        .into_any(),
    });
    let content = view! {
        <div class="stack door__form">
            <p class="announced__line">
                {urgent
                    .then(|| {
                        view! {
                            <Badge tone=Tone::Warning icon="triangle-alert" text=words::announcement::urgent() />
                        }
                    })}
                <span class="quiet small">{community_name}</span>
                <span class="quiet small"><At at=published_at zone=zone.clone() /></span>
                {edited.map(|edited| view! { <span class="quiet small">{edited}</span> })}
            </p>
            <h2 class="visually-hidden">{words::announcement::body_label()}</h2>
            <Prose html=body_html />
            {asked}
            <div>
                <ButtonLink href=Route::Announcement(community_slug, id.to_string()).href() icon="message-square">
                    {words::announcement::into_app()}
                </ButtonLink>
            </div>
        </div>
    };
    door(&title, "", content.into_any(), ().into_any())
}

/// When somebody confirmed that they have read it.
#[component]
fn Confirmed(at: chrono::DateTime<chrono::Utc>, zone: String) -> impl IntoView {
    view! {
        <div class="notice notice--success" role="status">
            <crate::ui::icon::Icon name="circle-check" />
            <p>{words::announcement::confirmed_on(&time::moment(at, &zone))}</p>
        </div>
    }
}
