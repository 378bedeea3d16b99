//! Who has read an announcement, who has not, and reminding them.

use contract::account::Membership;
use contract::announcement::{
    Aim, Announcement, AnnouncementFigures, FIGURES, RECIPIENTS, REMIND, Recipient, RecipientQuery, SHOW,
};
use domain::announcement::{AnnouncementStatus, ReadBy, ReceiptState};
use domain::role::Permission;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::share;
use crate::load::{Failed, Load, Loading, load};
use crate::paged::{More, Paged, paged};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{NotFound, Page};
use crate::time::{self, Now};
use crate::ui::avatar::Person;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, Look};
use crate::ui::chart::{Bar, Bars, Guide, Line, LineChart};
use crate::ui::empty::Empty;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::skeleton::{SkeletonPage, SkeletonRows};
use crate::ui::tabs::{Tab, Tabs};
use crate::ui::toast::Toasts;
use crate::{address, api, browser, community, labels, live as news, words};

/// Whom the list shows, as it stands in the address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Filter {
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<ReceiptState>,
    #[serde(skip_serializing_if = "String::is_empty")]
    zone: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    block: String,
}

impl Filter {
    /// Reads the query of an address. What makes no sense is left out.
    fn parse(search: &str) -> Self {
        serde_urlencoded::from_str(search.trim_start_matches('?')).unwrap_or_default()
    }

    fn href(&self, path: &str) -> String {
        match contract::endpoint::query_string(self) {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    fn query(&self, cursor: Option<String>) -> RecipientQuery {
        RecipientQuery {
            state: self.state,
            zone_id: self.zone.parse().ok(),
            block: Some(self.block.clone()).filter(|block| !block.is_empty()),
            cursor,
            limit: None,
        }
    }
}

#[component]
pub fn FiguresPage(community: String, id: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::AnnouncementsPublish) {
            view! { <Figures membership=membership id=id /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

/// Everything that the parts of the page share.
#[derive(Clone, Copy)]
struct OnPage {
    slug: StoredValue<String>,
    id: StoredValue<String>,
    zone: StoredValue<String>,
    sees_members: bool,
    announcement: Loading<Announcement>,
    figures: Loading<AnnouncementFigures>,
    people: Paged<Recipient>,
    filter: Memo<Filter>,
    change: Callback<Filter>,
}

impl OnPage {
    fn path(self) -> String {
        Route::AnnouncementFigures(self.slug.get_value(), self.id.get_value()).href()
    }
}

#[component]
fn Figures(membership: Membership, id: String) -> impl IntoView {
    let slug = StoredValue::new(membership.community.slug.clone());
    let (here, id) = (id.clone(), StoredValue::new(id));
    let bar = address::expect();
    let filter = Memo::new(move |_| bar.search.with(|search| Filter::parse(search)));
    let path = Route::AnnouncementFigures(slug.get_value(), here.clone()).href();
    let page = OnPage {
        slug,
        id,
        zone: StoredValue::new(membership.community.time_zone.clone()),
        sees_members: can(&membership, Permission::MembersView),
        announcement: load(move || {
            let (slug, id) = (slug.get_value(), id.get_value());
            async move { api::get(&SHOW, &[&slug, &id]).await }
        }),
        figures: load(move || {
            let (slug, id) = (slug.get_value(), id.get_value());
            async move { api::get(&FIGURES, &[&slug, &id]).await }
        }),
        people: paged(move |cursor| {
            let (slug, id, query) = (slug.get_value(), id.get_value(), filter.get().query(cursor));
            async move { api::get_with(&RECIPIENTS, &[&slug, &id], &query).await }
        }),
        filter,
        change: Callback::new(move |filter: Filter| bar.replace(&filter.href(&path))),
    };
    // It moves while one looks: quietly, and taking nothing away from whoever has read on.
    let is_this = || news::of_announcement(slug.get_value(), Some(here.clone()));
    news::reload_on(is_this(), page.announcement, browser::is_visible);
    news::reload_on(is_this(), page.figures, browser::is_visible);
    let people = page.people;
    news::reload_on(is_this(), people.first, move || {
        browser::is_visible() && people.older.with_untracked(Vec::is_empty)
    });
    page.figures.reload_when_seen_again();
    let over =
        Signal::derive(move || page.announcement.ready().map(|it| it.summary.title).unwrap_or_default());
    let stage = Memo::new(move |_| {
        page.figures.state.with(|state| match state {
            Load::Loading => Load::Loading,
            Load::Ready(_) => Load::Ready(()),
            Load::Failed(failure) => Load::Failed(failure.clone()),
        })
    });
    view! {
        <Page
            title=words::announcement::figures_title().to_owned()
            back=Route::Announcement(slug.get_value(), here.clone()).href()
            meta=move || view! { <span dir="auto">{over}</span> }.into_any()
        >
            {live(move || match stage.get() {
                Load::Loading => view! { <SkeletonPage label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| page.figures.reload()) /> }.into_any()
                }
                Load::Ready(()) => {
                    view! {
                        <div class="stack stack--wide reach">
                            <p class="only-phone quiet" dir="auto">{over}</p>
                            {live(move || page.figures.ready().map(|figures| view! { <First figures=figures /> }))}
                            <Remind page=page />
                            {live(move || page.figures.ready().map(|figures| view! { <Course figures=figures /> }))}
                            {live(move || {
                                page.figures.ready().map(|figures| view! { <Places page=page figures=figures /> })
                            })}
                            <People page=page />
                        </div>
                    }
                        .into_any()
                }
            })}
        </Page>
    }
}

/// How many have read it, confirmed it, and not yet; and what that is held against.
#[component]
fn First(figures: AnnouncementFigures) -> impl IntoView {
    let AnnouncementFigures {
        reach,
        read_percent,
        acknowledged_percent,
        read_target,
        acknowledged_target,
        read_by_mail,
        ..
    } = figures;
    let figure = |label: &'static str, value: String, about: String| {
        view! {
            <div class="reach__figure">
                <dt>{label}</dt>
                <dd>
                    <strong class="reach__number">{value}</strong>
                    <span class="quiet small">{about}</span>
                </dd>
            </div>
        }
    };
    let percent = |percent: Option<i64>| percent.map_or_else(|| "–".to_owned(), |it| format!("{it} %"));
    let of = |part: i64| words::announcement::of(&part.to_string(), &reach.recipients.to_string());
    let silent =
        reach.recipients - if acknowledged_target.is_some() { reach.acknowledged } else { reach.read };
    let silent_about = match acknowledged_target {
        Some(_) => words::announcement::not_confirmed_yet(),
        None => words::announcement::not_read_yet(),
    };
    let confirmed = acknowledged_target.map(|aim| {
        view! {
            {aimed(
                words::announcement::confirmed_target(&aim.hours.to_string(), &aim.percent.to_string()),
                words::announcement::confirmed_counted(&aim.hours.to_string()),
                share(reach.acknowledged_in_time, reach.recipients),
                aim,
            )}
        }
    });
    view! {
        <section class="card stack">
            <dl class="reach__figures">
                {figure(words::announcement::read_share_label(), percent(read_percent), of(reach.read))}
                {acknowledged_target
                    .map(|_| {
                        figure(
                            words::announcement::confirmed_share_label(),
                            percent(acknowledged_percent),
                            of(reach.acknowledged),
                        )
                    })}
                {figure(words::announcement::not_yet(), silent.to_string(), silent_about.to_owned())}
            </dl>
            {aimed(
                words::announcement::target(&read_target.hours.to_string(), &read_target.percent.to_string()),
                words::announcement::read_counted(&read_target.hours.to_string()),
                share(reach.read_in_time, reach.recipients),
                read_target,
            )}
            {confirmed}
            {(read_by_mail > 0)
                .then(|| view! { <p class="quiet small">{words::announcement::by_mail(read_by_mail)}</p> })}
        </section>
    }
}

/// What is aimed at, whether it is reached, and how it is counted.
fn aimed(target: String, counted: String, now: i64, aim: Aim) -> AnyView {
    let (tone, icon) =
        if now >= aim.percent { (Tone::Success, "circle-check") } else { (Tone::Neutral, "circle-dot") };
    view! {
        <div class="reach__aim">
            <span>{target}</span>
            <Badge tone=tone icon=icon text=words::announcement::so_far(&now.to_string()) />
            <details class="reach__counted">
                <summary>
                    <Icon name="info" size=16 />
                    <span>{words::announcement::how_counted()}</span>
                </summary>
                <p class="quiet small">{counted}</p>
            </details>
        </div>
    }
    .into_any()
}

/// How many are left to be reminded, and when that is possible.
#[component]
fn Remind(page: OnPage) -> impl IntoView {
    let now = expect_context::<Now>().0;
    let (toasts, pending) = (Toasts::expect(), RwSignal::new(false));
    let remind = move || {
        pending.set(true);
        spawn_local(async move {
            let outcome = api::send(&REMIND, &[&page.slug.get_value(), &page.id.get_value()], &()).await;
            let _ = pending.try_set(false);
            match outcome {
                Ok(reminded) => toasts.done(words::announcement::reminded(reminded.members)),
                Err(failure) => toasts.failed(labels::failure(&failure)),
            }
            page.announcement.reload();
            page.figures.reload();
        });
    };
    let offered = Memo::new(move |_| {
        let (announcement, figures) = page.announcement.ready().zip(page.figures.ready())?;
        let summary = announcement.summary;
        let from =
            announcement.may_remind_from.filter(|_| summary.status == AnnouncementStatus::Published)?;
        let reach = figures.reach;
        let heard = if summary.acknowledgement { reach.acknowledged } else { reach.read };
        let silent = reach.recipients - heard;
        (silent > 0).then_some((silent, summary.acknowledgement, from, from > now.get()))
    });
    live(move || {
        let (silent, confirms, from, too_soon) = offered.get()?;
        let about = if confirms {
            words::announcement::remind_to_confirm()
        } else {
            words::announcement::remind_to_read()
        };
        let button = if too_soon {
            view! {
                <button type="button" class=Look::Secondary.class() disabled=true aria-describedby="remind-when">
                    <Icon name="bell" size=18 />
                    <span class="button__words">{words::announcement::remind(silent)}</span>
                </button>
            }
            .into_any()
        } else {
            view! {
                <Button icon="bell" pending=pending on_click=remind>{words::announcement::remind(silent)}</Button>
            }
            .into_any()
        };
        let when = if too_soon {
            words::announcement::remind_again(&time::moment(from, &page.zone.get_value()))
        } else {
            about.to_owned()
        };
        Some(view! {
            <div class="reach__remind">
                {button}
                <p class="quiet small" id="remind-when">{when}</p>
            </div>
        })
    })
}

/// The first days, which are what the targets speak of.
const SHOWN_HOURS: i64 = 7 * 24;

/// How it was read over time.
#[component]
fn Course(figures: AnnouncementFigures) -> impl IntoView {
    let AnnouncementFigures { reach, over_time, read_target, acknowledged_target, .. } = figures;
    let asks = acknowledged_target.is_some();
    let shown: Vec<_> = over_time.iter().filter(|at| at.hours <= SHOWN_HOURS).copied().collect();
    let line = |name, tint, of: fn(&contract::announcement::ReachAt) -> i64| Line {
        name,
        tint,
        points: shown.iter().map(|at| (at.hours as f64, share(of(at), reach.recipients) as f64)).collect(),
    };
    let mut lines = vec![line(words::announcement::read(), 1, |at| at.read)];
    if asks {
        lines.push(line(words::announcement::confirmed(), 2, |at| at.acknowledged));
    }
    let last = shown.last().map_or(0, |at| at.hours);
    let end = last.max(read_target.hours + 12);
    let step = if end <= 72 { 12 } else { 24 };
    let ticks = (0..=end / step).map(|tick| Guide {
        at: (tick * step) as f64,
        text: if step == 12 {
            words::time::hours(&(tick * step).to_string())
        } else {
            words::time::days(&tick.to_string())
        },
    });
    let label =
        words::announcement::chart_label(&last.to_string(), &share(reach.read, reach.recipients).to_string());
    view! {
        <section class="card stack">
            <h2 class="section-title">{words::announcement::over_time()}</h2>
            <LineChart
                label=label
                lines=lines
                end=end as f64
                ticks=ticks.collect()
                goal=Guide {
                    at: read_target.percent as f64,
                    text: words::announcement::goal(&read_target.percent.to_string()),
                }
                limit=Guide {
                    at: read_target.hours as f64,
                    text: words::time::hours(&read_target.hours.to_string()),
                }
            />
            <details>
                <summary class="reach__table">{words::announcement::as_table()}</summary>
                <table class="table">
                    <caption class="visually-hidden">{words::announcement::over_time()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{words::announcement::hours_after()}</th>
                            <th scope="col" class="table__figure">{words::announcement::read()}</th>
                            {asks
                                .then(|| {
                                    view! {
                                        <th scope="col" class="table__figure">{words::announcement::confirmed()}</th>
                                    }
                                })}
                        </tr>
                    </thead>
                    <tbody>
                        {over_time
                            .into_iter()
                            .map(|at| {
                                view! {
                                    <tr>
                                        <th scope="row">{at.hours}</th>
                                        <td class="table__figure">{at.read}</td>
                                        {asks.then(|| view! { <td class="table__figure">{at.acknowledged}</td> })}
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </tbody>
                </table>
            </details>
        </section>
    }
}

/// Where it was read: by zone and by block, each leading to its people.
#[component]
fn Places(page: OnPage, figures: AnnouncementFigures) -> impl IntoView {
    let goal = figures.read_target.percent;
    let bar = move |name: String, recipients: i64, read: i64, filter: Option<Filter>| Bar {
        name,
        percent: share(read, recipients),
        text: words::announcement::of(&read.to_string(), &recipients.to_string()),
        on_pick: filter.map(|filter| {
            Callback::new(move |()| {
                page.change.run(filter.clone());
                browser::focus_later("#people");
            })
        }),
    };
    let zones: Vec<Bar> = figures
        .by_zone
        .into_iter()
        .map(|one| {
            let filter = one.zone_id.map(|id| Filter { zone: id.to_string(), ..Filter::default() });
            let name = one.name.unwrap_or_else(|| words::announcement::no_zone().to_owned());
            bar(name, one.recipients, one.read, filter)
        })
        .collect();
    let blocks: Vec<Bar> = figures
        .by_block
        .into_iter()
        .map(|one| {
            let filter = one.block.clone().map(|block| Filter { block, ..Filter::default() });
            let name = one.block.unwrap_or_else(|| words::announcement::no_block().to_owned());
            bar(name, one.recipients, one.read, filter)
        })
        .collect();
    let section = move |title: &'static str, bars: Vec<Bar>| {
        (bars.len() > 1).then(|| {
            view! {
                <section class="card stack">
                    <h2 class="section-title">{title}</h2>
                    <Bars bars=bars goal=goal pick=words::announcement::show_people() />
                </section>
            }
        })
    };
    view! {
        <div class="reach__places">
            {section(words::announcement::by_zone(), zones)}
            {section(words::announcement::by_block(), blocks)}
        </div>
    }
}

fn state_word(state: Option<ReceiptState>) -> &'static str {
    match state {
        None => words::announcement::everybody(),
        Some(ReceiptState::Unread) => words::announcement::state_unread(),
        Some(ReceiptState::Read) => words::announcement::read(),
        Some(ReceiptState::Unacknowledged) => words::announcement::state_unconfirmed(),
        Some(ReceiptState::Acknowledged) => words::announcement::confirmed(),
    }
}

/// Who they are.
#[component]
fn People(page: OnPage) -> impl IntoView {
    let people = page.people;
    let asks = Memo::new(move |_| page.announcement.ready().is_some_and(|it| it.summary.acknowledgement));
    let tabs = Signal::derive(move || {
        let now = page.filter.get();
        [
            None,
            Some(ReceiptState::Unread),
            Some(ReceiptState::Read),
            Some(ReceiptState::Unacknowledged),
            Some(ReceiptState::Acknowledged),
        ]
        .into_iter()
        .filter(|state| {
            asks.get() || !matches!(state, Some(ReceiptState::Unacknowledged | ReceiptState::Acknowledged))
        })
        .map(|state| Tab {
            href: Filter { state, ..now.clone() }.href(&page.path()),
            text: state_word(state),
            count: None,
            current: state == now.state,
        })
        .collect::<Vec<_>>()
    });
    view! {
        <section class="stack">
            <h2 class="section-title" id="people" tabindex="-1">{words::announcement::people()}</h2>
            <Tabs label=words::announcement::people() tabs=tabs />
            <Place page=page />
            {live(move || match people.first.state.get() {
                Load::Loading => view! { <SkeletonRows rows=6 label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| people.first.reload()) /> }
                        .into_any()
                }
                Load::Ready(first) if first.is_empty() => {
                    view! {
                        <Empty
                            icon="users"
                            title=words::announcement::nobody()
                            text=words::announcement::nobody_text()
                        />
                    }
                        .into_any()
                }
                Load::Ready(_) => {
                    view! {
                        <ul class="rows">
                            {live(move || {
                                people
                                    .all()
                                    .into_iter()
                                    .map(|one| view! { <One page=page recipient=one asks=asks /> })
                                    .collect_view()
                            })}
                        </ul>
                        <More rest=people.rest />
                    }
                        .into_any()
                }
            })}
        </section>
    }
}

/// The zone or the block that the list is narrowed to, to be taken away.
#[component]
fn Place(page: OnPage) -> impl IntoView {
    live(move || {
        let now = page.filter.get();
        let zone = page.figures.ready().and_then(|figures| {
            let is_it = |id: Option<domain::id::ZoneId>| id.is_some_and(|id| id.to_string() == now.zone);
            figures.by_zone.into_iter().find(|one| is_it(one.zone_id)).and_then(|one| one.name)
        });
        let place = zone.or_else(|| Some(now.block.clone()).filter(|block| !block.is_empty()))?;
        let label = words::filter::remove(&place);
        let without = Filter { state: now.state, ..Filter::default() };
        Some(view! {
            <ul class="chips" aria-label=words::filter::set()>
                <li>
                    <button
                        type="button"
                        class="chip"
                        aria-label=label
                        on:click=move |_| page.change.run(without.clone())
                    >
                        {place}
                        <Icon name="x" size=14 />
                    </button>
                </li>
            </ul>
        })
    })
}

#[component]
fn One(page: OnPage, recipient: Recipient, asks: Memo<bool>) -> impl IntoView {
    let Recipient { member_id, display_name, unit, read_at, read_by, acknowledged_at } = recipient;
    let zone = page.zone.get_value();
    let read = match (read_at, read_by) {
        (Some(at), Some(ReadBy::Mail)) => words::announcement::read_by_mail_on(&time::moment(at, &zone)),
        (Some(at), _) => words::announcement::read_on(&time::moment(at, &zone)),
        (None, _) => words::announcement::unread().to_owned(),
    };
    let confirmed = match acknowledged_at {
        Some(at) => Some(words::announcement::confirmed_on(&time::moment(at, &zone))),
        None if asks.get_untracked() => Some(words::announcement::not_confirmed().to_owned()),
        None => None,
    };
    let icon = if read_at.is_some() { "circle-check" } else { "circle" };
    let line = view! {
        <span class="recipient__who">
            <Person name=display_name />
            {unit.map(|unit| view! { <span class="quiet small">{unit}</span> })}
        </span>
        <span class="recipient__state quiet small">
            <Icon name=icon size=16 />
            <span>{read} {confirmed.map(|confirmed| format!(" · {confirmed}"))}</span>
        </span>
    };
    let href = Route::Member(page.slug.get_value(), member_id.to_string()).href();
    view! {
        <li>
            {if page.sees_members {
                view! { <a class="recipient" href=href>{line}</a> }.into_any()
            } else {
                view! { <div class="recipient">{line}</div> }.into_any()
            }}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_a_list_shows_is_read_back_from_the_address() {
        let filter = Filter { state: Some(ReceiptState::Unread), block: "B & C".into(), ..Filter::default() };
        let href = filter.href("/figures");
        assert_eq!(Filter::parse(href.split_once('?').unwrap().1), filter);
        assert_eq!(filter.query(None).block.as_deref(), Some("B & C"));
        assert_eq!(Filter::default().href("/figures"), "/figures");
    }
}
