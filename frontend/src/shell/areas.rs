//! The places that somebody can go to, by what they may do.

use contract::account::{Account, Membership};
use domain::role::Permission;
use leptos::prelude::*;

use crate::routes::Route;
use crate::session::{self, can};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::{announcement, member, words};

/// One entry of the rail and of the tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    pub route: Route,
    pub icon: &'static str,
    pub text: &'static str,
    /// The word that fits under an icon.
    pub short: &'static str,
}

/// Where somebody can go, the most important first.
pub fn areas(account: &Account, here: Option<&Membership>) -> Vec<Area> {
    let mut areas = Vec::new();
    let mut add = |route, icon, text, short| areas.push(Area { route, icon, text, short });
    if let Some(membership) = here {
        let slug = || membership.community.slug.clone();
        if can(membership, Permission::RequestsWork) {
            add(Route::Jobs(slug()), "hard-hat", words::area::jobs(), words::area::jobs());
        }
        if can(membership, Permission::RequestsViewAll) {
            add(Route::Requests(slug()), "inbox", words::area::requests(), words::area::requests());
        } else {
            add(
                Route::Requests(slug()),
                "clipboard-list",
                words::area::my_requests(),
                words::area::requests(),
            );
        }
        if can(membership, Permission::RequestsReport) {
            add(Route::Report(slug()), "plus", words::area::report(), words::area::report_short());
        }
        if can(membership, Permission::AnnouncementsRead) {
            add(
                Route::Announcements(slug()),
                "megaphone",
                words::area::announcements(),
                words::area::announcements_short(),
            );
        }
        if can(membership, Permission::MembersView) {
            add(Route::Members(slug()), "users", words::area::members(), words::area::members());
        }
        if can(membership, Permission::CategoriesManage) {
            add(
                Route::Categories(slug()),
                "settings",
                words::area::registers(),
                words::area::registers_short(),
            );
        } else if can(membership, Permission::MembersView) {
            add(Route::Units(slug()), "building-2", words::area::registers(), words::area::registers_short());
        }
        if can(membership, Permission::TeamsManage) {
            add(Route::Teams(slug()), "users", words::area::teams(), words::area::teams());
        }
        if can(membership, Permission::AuditView) {
            add(Route::Audit(slug()), "history", words::area::audit(), words::area::audit_short());
        }
    }
    if account.is_operator {
        add(Route::Communities, "building-2", words::area::communities(), words::area::communities());
        add(Route::PlatformJobs, "wrench", words::area::queue(), words::area::queue());
    }
    areas
}

/// Whether an area is where one is.
fn is_here(area: &Route, now: &Route) -> bool {
    match (area, now) {
        (Route::Requests(_), Route::Request(..) | Route::Board(_)) => true,
        (
            Route::Announcements(_),
            Route::NewAnnouncement(_)
            | Route::Announcement(..)
            | Route::EditAnnouncement(..)
            | Route::AnnouncementFigures(..)
            | Route::AnnouncementCategories(_),
        ) => true,
        (
            Route::Members(_),
            Route::Member(..)
            | Route::NewMember(_)
            | Route::Approvals(_)
            | Route::Invitations(_)
            | Route::NewInvitation(_),
        ) => true,
        (
            Route::Categories(_) | Route::Units(_),
            Route::Categories(_)
            | Route::Category(..)
            | Route::Templates(_)
            | Route::Units(_)
            | Route::Unit(..)
            | Route::Zones(_)
            | Route::Settings(_)
            | Route::Delivery(_)
            | Route::Zone(..),
        ) => true,
        _ => area == now,
    }
}

/// The areas of the community that is looked at.
#[derive(Clone, Copy)]
pub struct Here {
    pub membership: Memo<Option<Membership>>,
    pub areas: Memo<Vec<Area>>,
    pub route: Memo<Route>,
}

pub fn here() -> Here {
    let session = session::expect();
    let route = expect_context::<Memo<Route>>();
    let membership = Memo::new(move |_| {
        route
            .with(|route| route.community().map(ToOwned::to_owned))
            .and_then(|slug| session.membership(&slug))
            .or_else(|| session.usual_membership())
    });
    Effect::new(move || {
        if let Some(slug) = route.with(|route| route.community().map(ToOwned::to_owned))
            && session.membership(&slug).is_some()
        {
            session::remember_community(&slug);
        }
    });
    let areas = Memo::new(move |_| {
        session.account().map_or_else(Vec::new, |account| areas(&account, membership.get().as_ref()))
    });
    Here { membership, areas, route }
}

impl Here {
    pub fn current(self, area: &Route) -> Option<&'static str> {
        self.route.with(|now| is_here(area, now)).then_some("page")
    }
}

/// The tabs at the foot of a phone.
#[component]
pub fn Tabs() -> impl IntoView {
    let here = here();
    view! {
        <nav class="tabs-bar" aria-label=words::shell::areas()>
            {live(move || {
                here.areas
                    .get()
                    .into_iter()
                    .map(|area| {
                        let Area { route, icon, short, .. } = area;
                        let href = route.href();
                        let is_report = matches!(route, Route::Report(_));
                        let waiting = waiting(&route);
                        view! {
                            <a
                                class="tabs-bar__item"
                                class:tabs-bar__item--first=is_report
                                href=href
                                aria-current=move || here.current(&route)
                            >
                                <span class="tabs-bar__icon"><Icon name=icon size=22 /></span>
                                {short}
                                {waiting}
                            </a>
                        }
                    })
                    .collect_view()
            })}
            <a
                class="tabs-bar__item"
                href=Route::Account.href()
                aria-current=move || here.current(&Route::Account)
            >
                <span class="tabs-bar__icon"><Icon name="user" size=22 /></span>
                {words::area::account_short()}
            </a>
        </nav>
    }
}

/// How many there are of something that waits, if any.
#[component]
pub fn Count(#[prop(into)] count: Signal<i64>, word: &'static str) -> impl IntoView {
    live(move || {
        let count = count.get();
        (count > 0).then(|| {
            view! {
                <span class="count">
                    {if count > 99 { "99+".to_owned() } else { count.to_string() }}
                    <span class="visually-hidden">{" "}{word}</span>
                </span>
            }
        })
    })
}

/// How many wait in an area, if that is counted.
pub fn waiting(area: &Route) -> Option<AnyView> {
    let (count, word) = match area {
        Route::Members(_) => (member::waiting::expect().count, words::shell::waiting_word()),
        Route::Announcements(_) => (announcement::expect().count, words::shell::unread_word()),
        _ => return None,
    };
    Some(view! { <Count count=count word=word /> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_lights_the_area_of_the_requests() {
        let park = || "willow-park".to_owned();
        assert!(is_here(&Route::Requests(park()), &Route::Request(park(), "MNT-2026-0001".into())));
        assert!(is_here(&Route::Members(park()), &Route::Approvals(park())));
        assert!(is_here(&Route::Announcements(park()), &Route::NewAnnouncement(park())));
        assert!(!is_here(&Route::Jobs(park()), &Route::Requests(park())));
    }
}
