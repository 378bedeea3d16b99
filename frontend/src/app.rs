//! The app as a whole: what everything shares, and who gets in.

use leptos::prelude::*;

use crate::demo::DemoBar;
use crate::load::Failed;
use crate::pages::{self, Pages};
use crate::routes::{Piece, Route, Side, safe_next};
use crate::session::choose::FirstPasswordPage;
use crate::session::{self, State};
use crate::shell::{Shell, ShellSkeleton};
use crate::ui::live::live;
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
    crate::live::provide(session::provide());
    view! {
        <DemoBar />
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
    /// Signed in with a password that somebody else chose.
    MustChoose,
    Inside,
}

/// Lets those in who are signed in; the others sign in first and then get where they wanted to go.
#[component]
fn Gate() -> impl IntoView {
    let session = session::expect();
    let address = address::expect();
    let route = Memo::new(move |_| address.path.with(|path| Route::parse(path)));
    provide_context(route);
    // While the session is being resumed there is time.
    pages::prefetch(route.read_untracked().piece());
    let standing = Memo::new(move |_| {
        let side = route.read().side();
        session.state.with(|state| match (state, side) {
            (State::Starting, _) => Standing::Waiting,
            (State::Unreachable(failure), _) => Standing::Unreachable(failure.clone()),
            (State::Out, Side::Inside) => Standing::Outside,
            (State::In(account), _) if account.must_change_password => Standing::MustChoose,
            (State::In(_), Side::Outside) => Standing::MayEnter,
            (State::In(_), Side::Inside) => Standing::Inside,
            (State::Out | State::In(_), Side::Outside | Side::Door) => Standing::AtTheDoor,
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
        // Where nearly everybody goes next.
        Standing::Inside => pages::prefetch(Piece::Requests),
        Standing::Waiting | Standing::Unreachable(_) | Standing::AtTheDoor | Standing::MustChoose => {}
    });
    live(move || match standing.get() {
        Standing::Waiting | Standing::Outside | Standing::MayEnter => view! { <ShellSkeleton /> }.into_any(),
        Standing::Unreachable(failure) => view! {
            <main class="alone">
                <Failed failure=failure retry=Callback::new(move |()| session.resume()) />
            </main>
        }
        .into_any(),
        Standing::AtTheDoor => view! { <Pages route=route /> }.into_any(),
        Standing::MustChoose => view! { <FirstPasswordPage /> }.into_any(),
        Standing::Inside => view! { <Shell><Pages route=route /></Shell> }.into_any(),
    })
}
