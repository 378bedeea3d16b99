//! The app as a whole: what everything shares, and which page belongs to which address.

use leptos::prelude::*;

use crate::account::AccountPage;
use crate::account::security::SecurityPage;
use crate::audit::AuditPage;
use crate::community::join::JoinPage;
use crate::community::start::{CommunitiesPage, Start};
use crate::demo::DemoBar;
use crate::invitation::create::InvitePage;
use crate::invitation::list::InvitationsPage;
use crate::load::Failed;
use crate::member::add::NewMemberPage;
use crate::member::approvals::ApprovalsPage;
use crate::member::list::MembersPage;
use crate::member::show::MemberPage;
use crate::notification::NotificationsPage;
use crate::routes::{Route, Side, safe_next};
use crate::service_request::jobs::JobsPage;
use crate::service_request::list::ListPage;
use crate::service_request::report::ReportPage;
use crate::service_request::show::ShowPage;
use crate::session::ask::{ForgotPage, RegisterPage};
use crate::session::choose::{FirstPasswordPage, ResetPage, VerifyPage};
use crate::session::email::ConfirmEmailPage;
use crate::session::sign_in::SignInPage;
use crate::session::{self, State};
use crate::shell::{NotFound, Shell, ShellSkeleton};
use crate::team::TeamsPage;
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
    session::provide();
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
        Standing::Waiting
        | Standing::Unreachable(_)
        | Standing::AtTheDoor
        | Standing::MustChoose
        | Standing::Inside => {}
    });
    live(move || match standing.get() {
        Standing::Waiting | Standing::Outside | Standing::MayEnter => view! { <ShellSkeleton /> }.into_any(),
        Standing::Unreachable(failure) => view! {
            <main class="alone">
                <Failed failure=failure retry=Callback::new(move |()| session.resume()) />
            </main>
        }
        .into_any(),
        Standing::AtTheDoor => view! { <Door route=route /> }.into_any(),
        Standing::MustChoose => view! { <FirstPasswordPage /> }.into_any(),
        Standing::Inside => view! { <Shell><Pages route=route /></Shell> }.into_any(),
    })
}

/// The page of an address in front of the door.
#[component]
fn Door(route: Memo<Route>) -> impl IntoView {
    live(move || match route.get() {
        Route::Register => view! { <RegisterPage /> }.into_any(),
        Route::Verify => view! { <VerifyPage /> }.into_any(),
        Route::Forgot => view! { <ForgotPage /> }.into_any(),
        Route::Reset => view! { <ResetPage /> }.into_any(),
        Route::ConfirmEmail => view! { <ConfirmEmailPage /> }.into_any(),
        Route::Join(community) => view! { <JoinPage community=community /> }.into_any(),
        _ => view! { <SignInPage /> }.into_any(),
    })
}

/// The page of an address.
#[component]
fn Pages(route: Memo<Route>) -> impl IntoView {
    live(move || match route.get() {
        Route::SignIn
        | Route::Register
        | Route::Verify
        | Route::Forgot
        | Route::Reset
        | Route::ConfirmEmail
        | Route::Join(_) => ().into_any(),
        Route::Home => view! { <Start community=None /> }.into_any(),
        Route::Start(community) => view! { <Start community=Some(community) /> }.into_any(),
        Route::Requests(community) => view! { <ListPage community=community /> }.into_any(),
        Route::Request(community, number) => {
            view! { <ShowPage community=community number=number /> }.into_any()
        }
        Route::Report(community) => view! { <ReportPage community=community /> }.into_any(),
        Route::Jobs(community) => view! { <JobsPage community=community /> }.into_any(),
        Route::Members(community) => view! { <MembersPage community=community /> }.into_any(),
        Route::NewMember(community) => view! { <NewMemberPage community=community /> }.into_any(),
        Route::Member(community, id) => view! { <MemberPage community=community id=id /> }.into_any(),
        Route::Approvals(community) => view! { <ApprovalsPage community=community /> }.into_any(),
        Route::Invitations(community) => view! { <InvitationsPage community=community /> }.into_any(),
        Route::NewInvitation(community) => view! { <InvitePage community=community /> }.into_any(),
        Route::Teams(community) => view! { <TeamsPage community=community /> }.into_any(),
        Route::Audit(community) => view! { <AuditPage community=community /> }.into_any(),
        Route::Notifications => view! { <NotificationsPage /> }.into_any(),
        Route::Communities => view! { <CommunitiesPage /> }.into_any(),
        Route::Account => view! { <AccountPage /> }.into_any(),
        Route::Security => view! { <SecurityPage /> }.into_any(),
        Route::Unknown => view! { <NotFound /> }.into_any(),
    })
}
