//! The app as a whole: what everything shares, and which page belongs to which address.

use leptos::prelude::*;

use crate::account::AccountPage;
use crate::community::start::{CommunitiesPage, Start};
use crate::load::Failed;
use crate::notification::NotificationsPage;
use crate::routes::{Route, safe_next};
use crate::service_request::jobs::JobsPage;
use crate::service_request::list::ListPage;
use crate::service_request::report::ReportPage;
use crate::service_request::show::ShowPage;
use crate::session::sign_in::SignInPage;
use crate::session::{self, State};
use crate::shell::{NotFound, Shell, ShellSkeleton};
use crate::ui::toast::{ToastRegion, Toasts};
use crate::{address, time};

/// Takes the place of the shell that the page was painted with.
pub fn start() {
    mount_to_body(App);
    if let Some(first) = document().get_element_by_id("first-paint") {
        first.remove();
    }
}

#[component]
fn App() -> impl IntoView {
    Toasts::provide();
    time::provide_now();
    address::provide();
    session::provide();
    view! {
        <Gate />
        <ToastRegion />
    }
}

/// Where somebody stands who wants in.
#[derive(Debug, Clone, PartialEq)]
enum Standing {
    Waiting,
    Unreachable(crate::api::Failure),
    AtTheDoor,
    /// Wants something inside, but must sign in first.
    Outside,
    /// Signed in, and still at the door.
    MayEnter,
    Inside,
}

/// Lets those in who are signed in; the others sign in first and then get where they wanted to go.
#[component]
fn Gate() -> impl IntoView {
    let session = session::expect();
    let address = address::expect();
    let route = Memo::new(move |_| address.path.with(|path| Route::parse(path)));
    provide_context(route);
    let standing = Memo::new(move |_| {
        let at_the_door = route.read() == Route::SignIn;
        session.state.with(|state| match state {
            State::Starting => Standing::Waiting,
            State::Unreachable(failure) => Standing::Unreachable(failure.clone()),
            State::Out if at_the_door => Standing::AtTheDoor,
            State::Out => Standing::Outside,
            State::In(_) if at_the_door => Standing::MayEnter,
            State::In(_) => Standing::Inside,
        })
    });
    Effect::new(move || match standing.get() {
        Standing::Outside => {
            let wanted = format!("{}{}", address.path.get_untracked(), address.search.get_untracked());
            let next = if wanted == "/" {
                String::new()
            } else {
                format!("?{}", contract::endpoint::query_string(&[("next", wanted)]))
            };
            address.replace(&format!("{}{next}", Route::SignIn.href()));
        }
        Standing::MayEnter => {
            let next = untrack(|| address.value("next")).unwrap_or_default();
            address.replace(&safe_next(&next));
        }
        Standing::Waiting | Standing::Unreachable(_) | Standing::AtTheDoor | Standing::Inside => {}
    });
    move || match standing.get() {
        Standing::Waiting | Standing::Outside | Standing::MayEnter => view! { <ShellSkeleton /> }.into_any(),
        Standing::Unreachable(failure) => view! {
            <main class="alone">
                <Failed failure=failure retry=Callback::new(move |()| session.resume()) />
            </main>
        }
        .into_any(),
        Standing::AtTheDoor => view! { <SignInPage /> }.into_any(),
        Standing::Inside => view! { <Shell><Pages route=route /></Shell> }.into_any(),
    }
}

/// The page of an address.
#[component]
fn Pages(route: Memo<Route>) -> impl IntoView {
    move || match route.get() {
        Route::SignIn => ().into_any(),
        Route::Home => view! { <Start community=None /> }.into_any(),
        Route::Start(community) => view! { <Start community=Some(community) /> }.into_any(),
        Route::Requests(community) => view! { <ListPage community=community /> }.into_any(),
        Route::Request(community, number) => {
            view! { <ShowPage community=community number=number /> }.into_any()
        }
        Route::Report(community) => view! { <ReportPage community=community /> }.into_any(),
        Route::Jobs(community) => view! { <JobsPage community=community /> }.into_any(),
        Route::Notifications => view! { <NotificationsPage /> }.into_any(),
        Route::Communities => view! { <CommunitiesPage /> }.into_any(),
        Route::Account => view! { <AccountPage /> }.into_any(),
        Route::Unknown => view! { <NotFound /> }.into_any(),
    }
}
