//! Who is signed in, and how they come and go.

pub mod ask;
pub mod choose;
pub mod door;
pub mod email;
pub mod password;
pub mod sign_in;

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use contract::account::{self, Account, Membership};
use contract::endpoint::Endpoint;
use contract::session::{SIGN_IN, SIGN_OUT, SignIn};
use domain::community::CommunityKind;
use domain::role::Permission;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, Failure};
use crate::browser;

/// Set while this browser has a session, so that a first visit asks for none in vain.
const KEPT: &str = "kommunity.signed-in";
/// The community that was looked at last.
const COMMUNITY: &str = "kommunity.community";
/// How often the number of unread notifications is asked for.
const LOOK_EVERY: Duration = Duration::from_secs(60);

#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// Not known yet.
    Starting,
    /// The server cannot be asked.
    Unreachable(Failure),
    Out,
    In(Arc<Account>),
}

/// Why somebody stands at the door who was inside, or may now come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The session ended without them, or in another tab.
    Ended,
    SignedOutEverywhere,
    NewPassword,
}

#[derive(Clone, Copy)]
pub struct Session {
    pub state: RwSignal<State>,
    pub notice: RwSignal<Option<Notice>>,
    pub unread: RwSignal<i64>,
}

thread_local! {
    /// The one session, for what happens outside of a component.
    static CURRENT: Cell<Option<Session>> = const { Cell::new(None) };
}

/// Starts with the session that this browser may still have.
pub fn provide() -> Session {
    let session = Session {
        state: RwSignal::new(State::Starting),
        notice: RwSignal::new(None),
        unread: RwSignal::new(0),
    };
    CURRENT.set(Some(session));
    provide_context(session);
    session.resume();
    let _ = set_interval_with_handle(move || session.look(), LOOK_EVERY);
    // Whoever signs out in one tab is out in all of them.
    let _ = window_event_listener(leptos::ev::storage, move |_| {
        if untrack(|| session.account()).is_some() && browser::recall::<bool>(KEPT).is_none() {
            api::drop_access();
            session.leave(Some(Notice::Ended));
        }
    });
    session
}

pub fn expect() -> Session {
    expect_context::<Session>()
}

/// The server says that the session is over.
pub fn ended() {
    if let Some(session) = CURRENT.get() {
        session.leave(Some(Notice::Ended));
    }
}

impl Session {
    /// Signs in silently, if this browser was signed in before.
    pub fn resume(self) {
        if browser::recall::<bool>(KEPT).is_none() {
            self.state.set(State::Out);
            return;
        }
        self.state.set(State::Starting);
        spawn_local(async move {
            let outcome = match api::refresh().await {
                Ok(()) => self.read_account().await,
                Err(failure) => Err(failure),
            };
            match outcome {
                Ok(()) => {}
                Err(Failure::SignedOut) => ended(),
                Err(failure) => self.state.set(State::Unreachable(failure)),
            }
        });
    }

    pub async fn sign_in(self, credentials: SignIn) -> Result<(), Failure> {
        self.enter(api::send_bare(&SIGN_IN, &credentials).await?).await
    }

    /// Goes on with a session that has just begun.
    pub async fn enter(self, begun: contract::session::Session) -> Result<(), Failure> {
        api::adopt(begun);
        browser::keep(KEPT, &true);
        self.notice.set(None);
        self.read_account().await
    }

    /// Ends the session here and on the server, and forgets what was typed on this device.
    pub fn sign_out(self) {
        spawn_local(async move {
            let end: &Endpoint<(), ()> = &SIGN_OUT;
            let _ = api::get(end, &[]).await;
            self.forget_everything();
            self.leave(None);
        });
    }

    /// The session is over on the server, because the user wanted it so.
    pub fn ended_by_user(self, notice: Notice) {
        self.forget_everything();
        self.leave(Some(notice));
    }

    fn forget_everything(self) {
        api::drop_access();
        browser::forget_all("kommunity.draft.");
        browser::forget(COMMUNITY);
    }

    fn leave(self, notice: Option<Notice>) {
        browser::forget(KEPT);
        self.notice.set(notice);
        self.state.set(State::Out);
    }

    pub async fn read_account(self) -> Result<(), Failure> {
        let account = api::get(&account::SHOW, &[]).await?;
        self.take(account);
        Ok(())
    }

    /// Goes on with what the server says of the account now.
    pub fn take(self, account: Account) {
        self.unread.set(account.unread_notifications);
        let known = untrack(|| self.account()).is_some_and(|known| *known == account);
        if !known {
            self.state.set(State::In(Arc::new(account)));
        }
    }

    /// Looks whether something happened, while somebody is there to see it.
    pub fn look(self) {
        if untrack(|| self.account()).is_some() && browser::is_visible() {
            spawn_local(async move {
                if let Ok(account) = api::get(&account::SHOW, &[]).await {
                    self.take(account);
                }
            });
        }
    }

    pub fn account(self) -> Option<Arc<Account>> {
        self.state.with(|state| match state {
            State::In(account) => Some(account.clone()),
            State::Starting | State::Unreachable(_) | State::Out => None,
        })
    }

    /// What one is in a community.
    pub fn membership(self, community: &str) -> Option<Membership> {
        let account = self.account()?;
        account.memberships.iter().find(|membership| membership.community.slug == community).cloned()
    }

    /// The community that an address without one is taken to mean: the last one, else where one lives or works
    /// rather than the town around it.
    pub fn usual_membership(self) -> Option<Membership> {
        let last: Option<String> = browser::recall(COMMUNITY);
        last.and_then(|slug| self.membership(&slug)).or_else(|| {
            let account = self.account()?;
            let is_town = |it: &&Membership| it.community.kind == CommunityKind::Municipal;
            account.memberships.iter().min_by_key(is_town).cloned()
        })
    }
}

/// Remembers which community is looked at.
pub fn remember_community(slug: &str) {
    browser::keep(COMMUNITY, &slug);
}

/// Whether a member may do something.
pub fn can(membership: &Membership, permission: Permission) -> bool {
    membership.permissions.contains(&permission)
}
