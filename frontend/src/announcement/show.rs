//! One announcement: what it says, what people say about it, and that somebody has read it.

use contract::account::Membership;
use contract::announcement::{
    Announcement, AnnouncementVersion, RECEIVE, Receipt, SHOW, VERSIONS, VersionQuery,
};
use contract::comment::NewComment;
use domain::announcement::AnnouncementStatus;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::acts::{Acting, Asked, Buttons};
use super::{Confirmed, Marks, is_unread, once_seen};
use crate::api::Failure;
use crate::category::Mark;
use crate::comment::{About, Compose, Remark, Removal, Said, Talk, say, threads};
use crate::load::{Failed, Load, load};
use crate::routes::Route;
use crate::shell::Page;
use crate::time::{self, At};
use crate::ui::button::{Button, Look};
use crate::ui::dialog::Dialog;
use crate::ui::live::live;
use crate::ui::photos::{Gallery, LargePhoto, Papers, Picture};
use crate::ui::prose::Prose;
use crate::ui::skeleton::{SkeletonPage, SkeletonRows};
use crate::ui::toast::Toasts;
use crate::{api, attachment, browser, community, labels, live as news, words};

#[component]
pub fn ShowPage(community: String, id: String) -> impl IntoView {
    community::inside(&community, |membership| view! { <Shown membership=membership id=id /> }.into_any())
}

/// Everything that the parts of the page share.
#[derive(Clone, Copy)]
struct OnPage {
    acting: Acting,
    large: RwSignal<Option<Picture>>,
    confirming: RwSignal<bool>,
    /// Whether it shows what it said before.
    versions: RwSignal<bool>,
    toasts: Toasts,
}

impl OnPage {
    /// A part of the announcement, which says so only when that part changes.
    fn part<T: PartialEq + Clone + Send + Sync + 'static>(
        self,
        of: fn(Announcement) -> T,
    ) -> Memo<Option<T>> {
        Memo::new(move |_| self.acting.announcement.ready().map(of))
    }

    /// Notes that somebody has read it, and confirms it if they say so.
    fn receive(self, acknowledged: bool) {
        let Some(known) = untrack(|| self.acting.announcement.ready()) else { return };
        if acknowledged {
            self.confirming.set(true);
        }
        let unread = super::expect();
        spawn_local(async move {
            let place = (self.acting.slug(), known.summary.id);
            let outcome = api::send(&RECEIVE, &[&place.0, &place.1], &Receipt { acknowledged }).await;
            let _ = self.confirming.try_set(false);
            match outcome {
                Ok(now) => {
                    let _ = self.acting.announcement.state.try_set(Load::Ready(now));
                    unread.reload();
                    if acknowledged {
                        self.toasts.done(words::announcement::confirmed_done());
                    }
                }
                // Reading on is possible all the same; next time it is noted.
                Err(_) if !acknowledged => {}
                Err(failure) => self.toasts.failed(labels::failure(&failure)),
            }
        });
    }
}

/// Whether somebody is asked to confirm it, and has not. Whoever sees it only because they publish is not.
fn asks(announcement: Announcement) -> bool {
    let summary = announcement.summary;
    summary.acknowledgement
        && summary.acknowledged_at.is_none()
        && summary.for_me
        && summary.status == AnnouncementStatus::Published
}

#[component]
fn Shown(membership: Membership, id: String) -> impl IntoView {
    let slug = membership.community.slug.clone();
    let announcement = {
        let (slug, id) = (slug.clone(), id.clone());
        load(move || {
            let (slug, id) = (slug.clone(), id.clone());
            async move { api::get(&SHOW, &[&slug, &id]).await }
        })
    };
    announcement.reload_when_seen_again();
    let large = RwSignal::new(None::<Picture>);
    let page = OnPage {
        acting: Acting::new(announcement, StoredValue::new(membership)),
        large,
        confirming: RwSignal::new(false),
        versions: RwSignal::new(false),
        toasts: Toasts::expect(),
    };
    news::reload_on(news::of_announcement(slug.clone(), Some(id.clone())), announcement, browser::is_visible);
    note_reading(page);
    page.acting.open_from_address();
    let title = Signal::derive(move || {
        announcement.ready().map_or_else(|| words::announcement::title().to_owned(), |it| it.summary.title)
    });
    let confirm = page.part(asks);
    let crowded = Signal::derive(move || confirm.get().unwrap_or(false));
    let stage = Memo::new(move |_| {
        announcement.state.with(|state| match state {
            Load::Loading => Load::Loading,
            Load::Ready(_) => Load::Ready(()),
            Load::Failed(failure) => Load::Failed(failure.clone()),
        })
    });
    view! {
        <Page
            title=title
            back=Route::Announcements(slug).href()
            over=words::announcement::title()
            actions=move || view! { <Buttons acting=page.acting up=false crowded=false /> }.into_any()
            sticky=move || {
                view! {
                    {live(move || crowded.get().then(|| view! { <Confirm page=page /> }))}
                    <Buttons acting=page.acting up=true crowded=crowded />
                }
                    .into_any()
            }
        >
            {live(move || match stage.get() {
                Load::Loading => view! { <SkeletonPage label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| announcement.reload()) /> }
                        .into_any()
                }
                Load::Ready(()) => {
                    view! {
                        <article class="announcement stack stack--wide">
                            <Head page=page />
                            <Told page=page />
                            <Comments page=page />
                        </article>
                    }
                        .into_any()
                }
            })}
        </Page>
        <Asked acting=page.acting />
        {live(move || page.versions.get().then(|| view! { <Versions page=page id=id.clone() /> }))}
        <LargePhoto shown=large close_label=words::common::close() />
    }
}

/// Being shown on somebody's screen is being read; being loaded is not.
fn note_reading(page: OnPage) {
    let is_unread = page.part(|it| is_unread(&it.summary));
    let asked = StoredValue::new(false);
    Effect::new(move || {
        if is_unread.get() == Some(true) && !asked.get_value() {
            once_seen(move || {
                asked.set_value(true);
                page.receive(false);
            });
        }
    });
}

#[component]
fn Confirm(page: OnPage) -> impl IntoView {
    view! {
        <Button
            look=Look::Primary
            icon="circle-check"
            pending=page.confirming
            on_click=move || page.receive(true)
        >
            {words::announcement::confirm()}
        </Button>
    }
}

/// What it is about, who wrote it, and when.
#[component]
fn Head(page: OnPage) -> impl IntoView {
    let summary = page.part(|it| it.summary);
    let earlier = page.part(|it| it.earlier_versions);
    live(move || {
        let summary = summary.get()?;
        let (zone, kept) = (page.acting.zone(), summary.clone());
        let edited = summary.edited_at.map(|at| words::announcement::edited(&time::moment(at, &zone)));
        let has_earlier = earlier.get().unwrap_or_default() > 0;
        let until = summary
            .valid_until
            .filter(|_| summary.status != AnnouncementStatus::Archived)
            .map(|at| words::announcement::until(&time::moment(at, &zone)));
        Some(view! {
            <header class="announcement__head">
                <Mark icon=summary.category.icon hue=summary.category.color />
                <div class="announcement__facts">
                    <p class="announced__line">
                        <strong>{summary.category.name}</strong>
                        <span class="quiet">{words::announcement::by(&summary.author)}</span>
                        {summary
                            .published_at
                            .map(|at| view! { <span class="quiet"><At at=at zone=zone.clone() /></span> })}
                        {until.map(|until| view! { <span class="quiet">{until}</span> })}
                    </p>
                    {edited
                        .map(|edited| {
                            view! {
                                <p class="announced__line quiet small">
                                    {edited}
                                    {has_earlier
                                        .then(|| {
                                            view! {
                                                <button
                                                    type="button"
                                                    class="announcement__before"
                                                    on:click=move |_| page.versions.set(true)
                                                >
                                                    {words::announcement::before()}
                                                </button>
                                            }
                                        })}
                                </p>
                            }
                        })}
                    <p class="announced__line"><Marks announcement=kept zone=zone /></p>
                </div>
            </header>
        })
    })
}

/// The text, with what is attached to it.
#[component]
fn Told(page: OnPage) -> impl IntoView {
    let html = page.part(|it| it.body_html);
    let files = page.part(|it| it.files);
    let confirm = page.part(asks);
    let confirmed = page.part(|it| it.summary.acknowledged_at);
    let open = Callback::new(move |picture| page.large.set(Some(picture)));
    view! {
        <div class="stack announcement__told">
            <h2 class="visually-hidden">{words::announcement::body_label()}</h2>
            {live(move || html.get().map(|html| view! { <Prose html=html /> }))}
            {live(move || {
                let files = files.get().unwrap_or_default();
                let pictures = photos(attachment::pictures(files.iter()));
                let papers = attachment::papers(&files);
                view! {
                    {(!pictures.is_empty()).then(|| view! { <Gallery pictures=pictures on_open=open /> })}
                    {(!papers.is_empty()).then(|| view! { <Papers papers=papers /> })}
                }
            })}
            {live(move || {
                confirm
                    .get()
                    .unwrap_or(false)
                    .then(|| {
                        view! {
                            <div class="announcement__ask">
                                <p>{words::announcement::confirm_about()}</p>
                                <span class="only-desk"><Confirm page=page /></span>
                            </div>
                        }
                    })
            })}
            {live(move || {
                confirmed.get().flatten().map(|at| view! { <Confirmed at=at zone=page.acting.zone() /> })
            })}
        </div>
    }
}

/// The same pictures, called what they are here.
fn photos(pictures: Vec<Picture>) -> Vec<Picture> {
    pictures
        .into_iter()
        .zip(1_u32..)
        .map(|(picture, number)| Picture {
            label: words::announcement::photo(&number.to_string()),
            ..picture
        })
        .collect()
}

/// Draws what people say.
type Draw = fn(OnPage) -> AnyView;

#[wasm_split(comments, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_comments() -> Result<Draw, SplitLoaderError> {
    Ok(|page| view! { <Conversation page=page /> }.into_any())
}

/// What people say about it. It comes after what they have come to read.
#[component]
fn Comments(page: OnPage) -> impl IntoView {
    let shown =
        page.part(|it| it.summary.status.is_out() && (it.comments_allowed || it.summary.comments > 0));
    live(move || {
        if !shown.get().unwrap_or(false) {
            return None;
        }
        let drawn = load(|| async { fetch_comments().await.map_err(|_| Failure::Offline) });
        Some(view! {
            <section class="stack announcement__comments">
                <h2 class="section-title">{words::announcement::comments()}</h2>
                {live(move || match drawn.state.get() {
                    Load::Loading => view! { <SkeletonRows rows=2 label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| drawn.reload()) /> }.into_any()
                    }
                    Load::Ready(draw) => draw(page),
                })}
            </section>
        })
    })
}

#[component]
fn Conversation(page: OnPage) -> impl IntoView {
    let (slug, zone) = (page.acting.slug(), StoredValue::new(page.acting.zone()));
    let id =
        untrack(|| page.acting.announcement.ready()).map(|it| it.summary.id.to_string()).unwrap_or_default();
    let me = page.acting.membership.with_value(|it| it.member_id);
    let talk = page
        .acting
        .membership
        .with_value(|membership| Talk::new(About::Announcement, membership, id.clone(), page.large));
    news::reload_on(news::of_announcement(slug, Some(id)), talk.newest, browser::is_visible);
    let may = page.part(|it| it.may_comment);
    view! {
        {live(move || {
            talk.has_more()
                .then(|| {
                    view! {
                        <div>
                            <Button
                                look=Look::Quiet
                                icon="history"
                                pending=talk.pending
                                on_click=move || talk.read_more()
                            >
                                {words::story::earlier()}
                            </Button>
                        </div>
                    }
                })
        })}
        {live(move || match talk.newest.state.get() {
            Load::Loading => view! { <SkeletonRows rows=2 label=words::common::loading() /> }.into_any(),
            Load::Failed(failure) => {
                view! { <Failed failure=failure retry=Callback::new(move |()| talk.newest.reload()) /> }.into_any()
            }
            Load::Ready(_) => {
                let may_reply = may.get().unwrap_or(false);
                let entries: Vec<_> = threads(talk.all())
                    .into_iter()
                    .map(|thread| {
                        view! { <Remark talk=talk thread=thread zone=zone.get_value() may_reply=may_reply /> }
                    })
                    .collect();
                if entries.is_empty() {
                    view! { <p class="quiet">{words::announcement::no_comments()}</p> }.into_any()
                } else {
                    view! { <ol class="timeline">{entries}</ol> }.into_any()
                }
            }
        })}
        {live(move || may.get().unwrap_or(false).then(|| view! { <Foot talk=talk /> }))}
        {live(move || {
            talk.removing.get().map(|comment| view! { <Removal talk=talk comment=comment me=me /> })
        })}
    }
}

/// Where something new is said.
#[component]
fn Foot(talk: Talk) -> impl IntoView {
    let send = Callback::new(move |said: Said| {
        say(talk, talk.writing, NewComment { body: said.text, ..NewComment::default() }, |_| ());
    });
    view! {
        <Compose
            id="comment"
            talk=talk
            writing=talk.writing
            label=words::story::comment_label()
            send=words::announcement::comment()
            on_send=send
        />
    }
}

/// What it said before.
#[component]
fn Versions(page: OnPage, id: String) -> impl IntoView {
    let versions = load(move || {
        let (slug, id) = (page.acting.slug(), id.clone());
        let query = VersionQuery { limit: Some(50), ..VersionQuery::default() };
        async move { Ok(api::get_with(&VERSIONS, &[&slug, &id], &query).await?.data) }
    });
    let one = move |version: AnnouncementVersion| {
        let until = words::announcement::until(&time::moment(version.until, &page.acting.zone()));
        view! {
            <li class="history__version">
                <h3 dir="auto">{version.title}</h3>
                <p class="quiet small">{until}</p>
                <Prose html=version.body_html />
            </li>
        }
    };
    view! {
        <Dialog
            title=words::announcement::before_title()
            close_label=words::common::close()
            on_close=Callback::new(move |()| page.versions.set(false))
        >
            {live(move || match versions.state.get() {
                Load::Loading => view! { <SkeletonPage label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| versions.reload()) /> }.into_any()
                }
                Load::Ready(all) => {
                    view! { <ol class="stack">{all.into_iter().map(one).collect_view()}</ol> }.into_any()
                }
            })}
        </Dialog>
    }
}
