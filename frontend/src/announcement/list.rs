//! The announcements of a community: what holds now, what is over, and what is being prepared.

use contract::account::Membership;
use contract::announcement::{
    AnnouncementQuery, COMMUNICATION, CommunicationFigures, CommunicationQuery, LIST,
};
use domain::announcement::{ACKNOWLEDGED_TARGET, AnnouncementView, READ_TARGET};
use domain::role::Permission;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Row, categories};
use crate::load::{Failed, Load, load};
use crate::paged::{More, paged};
use crate::routes::Route;
use crate::session::can;
use crate::shell::Page;
use crate::ui::button::{Button, ButtonLink, Look};
use crate::ui::empty::Empty;
use crate::ui::filter::{FilterWords, Filters, Narrow};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::tabs::{Tab, Tabs};
use crate::{address, api, community, live as news, words};

/// The filter as it stands in the address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Filter {
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<AnnouncementView>,
    #[serde(skip_serializing_if = "String::is_empty")]
    category: String,
    /// `true`, or nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    urgent: String,
    /// `true`, `false`, or nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    read: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
}

impl Filter {
    /// Reads the query of an address. What makes no sense is left out.
    fn parse(search: &str) -> Self {
        serde_urlencoded::from_str(search.trim_start_matches('?')).unwrap_or_default()
    }

    fn href(&self, slug: &str) -> String {
        let path = Route::Announcements(slug.into()).href();
        match contract::endpoint::query_string(self) {
            query if query.is_empty() => path,
            query => format!("{path}?{query}"),
        }
    }

    fn view(&self) -> AnnouncementView {
        self.view.unwrap_or(AnnouncementView::Current)
    }

    fn is_narrowed(&self) -> bool {
        Self { view: None, ..self.clone() } != Self::default()
    }

    fn query(&self) -> AnnouncementQuery {
        AnnouncementQuery {
            view: self.view,
            category_id: self.category.parse().ok(),
            urgent: self.urgent.parse().ok(),
            read: self.read.parse().ok(),
            q: Some(self.q.trim().to_owned()).filter(|q| !q.is_empty()),
            ..AnnouncementQuery::default()
        }
    }
}

fn tab(view: AnnouncementView) -> &'static str {
    match view {
        AnnouncementView::Current => words::announcement::current(),
        AnnouncementView::Prepared => words::announcement::prepared(),
        AnnouncementView::Archive => words::announcement::archive(),
    }
}

#[component]
pub fn ListPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| view! { <Announcements membership=membership /> }.into_any())
}

#[component]
fn Announcements(membership: Membership) -> impl IntoView {
    let slug = StoredValue::new(membership.community.slug.clone());
    let zone = StoredValue::new(membership.community.time_zone.clone());
    let publishes = can(&membership, Permission::AnnouncementsPublish);
    let bar = address::expect();
    let filter = Memo::new(move |_| bar.search.with(|search| Filter::parse(search)));
    let list = paged(move |cursor| {
        let (slug, query) = (slug.get_value(), AnnouncementQuery { cursor, ..filter.get().query() });
        async move { api::get_with(&LIST, &[&slug], &query).await }
    });
    list.first.reload_when_seen_again();
    // Whoever has read on would lose their place.
    let is_short = move || list.older.with_untracked(Vec::is_empty);
    news::reload_on(news::of_announcement(slug.get_value(), None), list.first, is_short);
    let tabs = Signal::derive(move || {
        let now = filter.get().view();
        [AnnouncementView::Current, AnnouncementView::Prepared, AnnouncementView::Archive]
            .into_iter()
            .filter(|view| publishes || *view != AnnouncementView::Prepared)
            .map(|view| Tab {
                href: Filter {
                    view: Some(view).filter(|view| *view != AnnouncementView::Current),
                    ..Filter::default()
                }
                .href(&slug.get_value()),
                text: tab(view),
                count: None,
                current: view == now,
            })
            .collect::<Vec<_>>()
    });
    let change = Callback::new(move |filter: Filter| bar.replace(&filter.href(&slug.get_value())));
    let write = move || {
        publishes
            .then(|| {
                view! {
                    <ButtonLink href=Route::NewAnnouncement(slug.get_value()).href() look=Look::Primary icon="plus">
                        {words::announcement::write()}
                    </ButtonLink>
                }
            })
            .into_any()
    };
    let actions = move || {
        view! {
            {publishes
                .then(|| {
                    view! {
                        <ButtonLink href=Route::AnnouncementCategories(slug.get_value()).href() icon="layers">
                            {words::announcement::categories()}
                        </ButtonLink>
                    }
                })}
            {write()}
        }
        .into_any()
    };
    view! {
        <Page title=words::area::announcements().to_owned() actions=actions sticky=write>
            <div class="stack">
                {publishes.then(|| view! { <Communication slug=slug /> })}
                <Tabs label=words::announcement::views() tabs=tabs />
                <Bar slug=slug filter=filter change=change />
                {live(move || match list.first.state.get() {
                    Load::Loading => view! { <SkeletonRows rows=6 label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| list.first.reload()) /> }
                            .into_any()
                    }
                    Load::Ready(first) if first.is_empty() => {
                        view! { <Nothing filter=filter.get() change=change publishes=publishes /> }.into_any()
                    }
                    Load::Ready(_) => {
                        view! {
                            <ul class="rows">
                                {live(move || {
                                    list.all()
                                        .into_iter()
                                        .map(|one| {
                                            view! {
                                                <Row
                                                    announcement=one
                                                    slug=slug.get_value()
                                                    zone=zone.get_value()
                                                />
                                            }
                                        })
                                        .collect_view()
                                })}
                            </ul>
                            <More rest=list.rest />
                        }
                            .into_any()
                    }
                })}
                {publishes
                    .then(|| {
                        view! {
                            <p class="only-phone">
                                <a href=Route::AnnouncementCategories(slug.get_value()).href()>
                                    {words::announcement::categories()}
                                </a>
                            </p>
                        }
                    })}
            </div>
        </Page>
    }
}

/// Search, and the lists that narrow what is shown.
#[component]
fn Bar(slug: StoredValue<String>, filter: Memo<Filter>, change: Callback<Filter>) -> impl IntoView {
    let set = move |alter: fn(&mut Filter, String)| {
        Callback::new(move |value| {
            let mut changed = filter.get_untracked();
            alter(&mut changed, value);
            change.run(changed);
        })
    };
    let categories = categories(slug.get_value());
    let names = Signal::derive(move || {
        let all = categories.ready().unwrap_or_default();
        all.into_iter().map(|it| (it.id.to_string(), it.name)).collect::<Vec<_>>()
    });
    let only_urgent = vec![("true".to_owned(), words::announcement::urgent().to_owned())];
    let read = vec![
        ("false".to_owned(), words::announcement::unread().to_owned()),
        ("true".to_owned(), words::announcement::read().to_owned()),
    ];
    view! {
        <Filters
            words=FilterWords {
                search: words::announcement::search(),
                hint: words::announcement::search_hint(),
                filters: words::filter::filters(),
                clear: words::filter::clear(),
            }
            q=Signal::derive(move || filter.get().q)
            on_search=set(|filter, q| filter.q = q)
            narrowed=Signal::derive(move || filter.get().is_narrowed())
            on_clear=Callback::new(move |()| {
                change.run(Filter { view: filter.get_untracked().view, ..Filter::default() });
            })
        >
            <Narrow
                label=words::filter::category()
                all=words::filter::any_category()
                options=names
                value=Signal::derive(move || filter.get().category)
                on_change=set(|filter, category| filter.category = category)
            />
            <Narrow
                label=words::announcement::urgency()
                all=words::announcement::any_urgency()
                options=Signal::stored(only_urgent)
                value=Signal::derive(move || filter.get().urgent)
                on_change=set(|filter, urgent| filter.urgent = urgent)
            />
            <Narrow
                label=words::announcement::reading()
                all=words::announcement::any_reading()
                options=Signal::stored(read)
                value=Signal::derive(move || filter.get().read)
                on_change=set(|filter, read| filter.read = read)
            />
        </Filters>
    }
}

#[component]
fn Nothing(filter: Filter, change: Callback<Filter>, publishes: bool) -> impl IntoView {
    if filter.is_narrowed() {
        let view = filter.view;
        return view! {
            <Empty icon="search" title=words::nothing::found() text=words::announcement::found_text()>
                <Button on_click=move || change.run(Filter { view, ..Filter::default() })>
                    {words::filter::clear()}
                </Button>
            </Empty>
        }
        .into_any();
    }
    let (title, text) = match filter.view() {
        AnnouncementView::Current if publishes => {
            (words::announcement::none(), words::announcement::none_to_write())
        }
        AnnouncementView::Current => (words::announcement::none(), words::announcement::none_text()),
        AnnouncementView::Prepared => {
            (words::announcement::none_prepared(), words::announcement::none_prepared_text())
        }
        AnnouncementView::Archive => {
            (words::announcement::none_archived(), words::announcement::none_archived_text())
        }
    };
    view! { <Empty icon="megaphone" title=title text=text /> }.into_any()
}

/// How well the community reaches its members, in two figures.
#[component]
fn Communication(slug: StoredValue<String>) -> impl IntoView {
    let figures = load(move || async move {
        api::get_with(&COMMUNICATION, &[&slug.get_value()], &CommunicationQuery::default()).await
    });
    news::reload_on(news::of_announcement(slug.get_value(), None), figures, || true);
    let figure = |label: String, percent: Option<i64>, target: i64| {
        let met = percent.is_some_and(|percent| percent >= target);
        view! {
            <div class="reach-strip__figure">
                <dt>{label}</dt>
                <dd>
                    <strong>{percent.map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"))}</strong>
                    <span class="reach-strip__target" class:reach-strip__target--met=met>
                        <Icon name=if met { "circle-check" } else { "circle-dot" } size=14 />
                        {words::announcement::target_short(&target.to_string())}
                    </span>
                </dd>
            </div>
        }
    };
    // It stands in its place before it is known.
    live(move || {
        let known = figures.ready();
        let percent = |of: fn(&CommunicationFigures) -> Option<i64>| known.as_ref().and_then(of);
        let (read, confirmed) = (READ_TARGET, ACKNOWLEDGED_TARGET);
        view! {
            <section class="card reach-strip" aria-label=words::announcement::communication()>
                <p class="quiet small">
                    {words::announcement::in_ninety_days(known.as_ref().map_or(0, |known| known.published))}
                </p>
                <dl class="reach-strip__figures">
                    {figure(
                        words::announcement::read_within(&read.within.num_hours().to_string()),
                        percent(|known| known.read_in_time_percent),
                        read.percent,
                    )}
                    {figure(
                        words::announcement::confirmed_within(&confirmed.within.num_hours().to_string()),
                        percent(|known| known.acknowledged_in_time_percent),
                        confirmed.percent,
                    )}
                </dl>
            </section>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_back_from_the_address_it_wrote() {
        let filter = Filter {
            view: Some(AnnouncementView::Archive),
            urgent: "true".into(),
            read: "false".into(),
            q: "lift & stairs".into(),
            ..Filter::default()
        };
        let href = filter.href("park");
        assert_eq!(Filter::parse(href.split_once('?').unwrap().1), filter);
        assert_eq!(filter.query().read, Some(false));
        assert_eq!(filter.query().urgent, Some(true));
        assert_eq!(Filter::default().href("park"), "/c/park/announcements");
        assert_eq!(Filter::parse("?view=nonsense"), Filter::default());
    }
}
