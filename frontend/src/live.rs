//! What happens, as it happens: one stream for all tabs of this browser.
//!
//! One tab leads: it has the turn, reads the stream, and passes on what it hears. When it goes, the next takes over and
//! names what was heard last, so that nothing is missed. Whoever hears too late or nothing at all still asks the server
//! when they come back to their tab.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use contract::stream::{
    ANNOUNCEMENT, AnnouncementChanged, OPEN, REQUEST, RESYNC, RequestChanged, UNREAD, Unread,
};
use gloo_net::http::RequestBuilder;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, BroadcastChannel, MessageEvent, ReadableStreamDefaultReader};

use crate::api::turn::{self, Turn};
use crate::api::{self, Failure};
use crate::load::Loading;
use crate::session::Session;
use crate::{browser, session};

/// What the tabs hear each other by.
const NAME: &str = "kommunity-live";
/// Who leads. More streams than one would keep a browser's few connections to a server busy.
const LEAD: Turn = Turn { name: NAME, pause: 3_000 };
/// How long it waits before it tries again: at first, and at most, in milliseconds.
const PAUSE: i32 = 1_000;
const PAUSE_MAX: i32 = 30_000;
/// A stream says something every fifteen seconds; one that is silent for so long is dead.
const SILENCE: Duration = Duration::from_secs(40);

/// Something that changed.
#[derive(Debug, Clone)]
pub enum Change {
    Request(RequestChanged),
    Announcement(AnnouncementChanged),
}

/// Hears of a change; of none where everything may have changed.
type Hear = Rc<dyn Fn(Option<&Change>)>;

thread_local! {
    static EARS: RefCell<Vec<(u32, Hear)>> = const { RefCell::new(Vec::new()) };
    static NEXT: Cell<u32> = const { Cell::new(0) };
    /// What this tab leads or waits to lead with; none while nobody is signed in.
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
    /// The last that any tab has heard.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

#[derive(Clone)]
struct Running {
    channel: Option<BroadcastChannel>,
    abort: Option<AbortController>,
}

/// Listens while somebody is signed in.
pub fn provide(session: Session) {
    Effect::new(move || match session.account() {
        Some(_) => start(session),
        None => stop(),
    });
}

fn start(session: Session) {
    if RUNNING.with_borrow(Option::is_some) {
        return;
    }
    let channel = BroadcastChannel::new(NAME).ok();
    if let Some(channel) = &channel {
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(block) = event.data().as_string() {
                hear(session, &block);
            }
        });
        channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        hear.forget();
    }
    let running = Running { channel, abort: AbortController::new().ok() };
    RUNNING.set(Some(running.clone()));
    spawn_local(async move {
        let signal = || running.abort.as_ref().map(AbortController::signal);
        while turn::alone(&LEAD, signal(), lead(session, running.clone())).await.is_none() {
            if signal().is_some_and(|signal| signal.aborted()) {
                return;
            }
            browser::pause(PAUSE).await;
        }
    });
}

fn stop() {
    let Some(Running { channel, abort }) = RUNNING.take() else { return };
    if let Some(abort) = abort {
        abort.abort();
    }
    if let Some(channel) = channel {
        channel.close();
    }
    LAST.set(None);
}

/// Reads the stream until this tab is signed out, again and again.
async fn lead(session: Session, running: Running) {
    let is_over = || running.abort.as_ref().is_some_and(|abort| abort.signal().aborted());
    let mut pause = PAUSE;
    while !is_over() {
        if let Err(Failure::SignedOut) = read(session, &running, &mut pause).await {
            return session::ended();
        }
        // Not everybody at once, after a server has come back.
        browser::pause(pause + (js_sys::Math::random() * f64::from(pause)) as i32).await;
        pause = (pause * 2).min(PAUSE_MAX);
    }
}

/// Reads one stream to its end.
async fn read(session: Session, running: &Running, pause: &mut i32) -> Result<(), Failure> {
    // The stream's own end, beside that of the session: it may fall silent.
    let silence = AbortController::new().map_err(|_| Failure::Unexpected)?;
    let token = match api::token() {
        Some(token) => token,
        None => {
            api::refresh().await?;
            api::token().ok_or(Failure::SignedOut)?
        }
    };
    let mut request = RequestBuilder::new(&OPEN.path(&[]))
        .header("authorization", &format!("Bearer {token}"))
        .header("accept", "text/event-stream")
        .abort_signal(Some(&silence.signal()));
    if let Some(last) = LAST.with_borrow(Clone::clone) {
        request = request.header("last-event-id", &last);
    }
    let response = request.send().await.map_err(|_| Failure::Offline)?;
    if response.status() == 401 {
        return api::refresh().await;
    }
    let body = response.body().filter(|_| response.ok()).ok_or(Failure::Offline)?;
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut text = Vec::new();
    let mut watch = Watch::over(&silence);
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(|_| Failure::Offline)?;
        let done = js_sys::Reflect::get(&chunk, &"done".into()).is_ok_and(|done| done.is_truthy());
        let is_over = running.abort.as_ref().is_some_and(|abort| abort.signal().aborted());
        if done || is_over {
            silence.abort();
            return Ok(());
        }
        watch = watch.again(&silence);
        *pause = PAUSE;
        if let Ok(bytes) = js_sys::Reflect::get(&chunk, &"value".into()) {
            text.extend(js_sys::Uint8Array::new(&bytes).to_vec());
        }
        while let Some(end) = text.windows(2).position(|two| two == b"\n\n") {
            let rest = text.split_off(end + 2);
            let block = String::from_utf8_lossy(&std::mem::replace(&mut text, rest)).into_owned();
            if let Some(channel) = &running.channel {
                let _ = channel.post_message(&block.as_str().into());
            }
            hear(session, &block);
        }
    }
}

/// Ends a stream that has been silent for too long.
struct Watch(Option<TimeoutHandle>);

impl Watch {
    fn over(silence: &AbortController) -> Self {
        let silence = silence.clone();
        Self(set_timeout_with_handle(move || silence.abort(), SILENCE).ok())
    }

    fn again(self, silence: &AbortController) -> Self {
        drop(self);
        Self::over(silence)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(handle) = self.0.take() {
            handle.clear();
        }
    }
}

/// One event as it was written.
fn hear(session: Session, block: &str) {
    let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name));
    if let Some(id) = field("id: ") {
        LAST.set(Some(id.to_owned()));
    }
    let data = field("data: ").unwrap_or_default();
    match field("event: ") {
        Some(UNREAD) => {
            if let Ok(Unread { unread }) = serde_json::from_str(data) {
                session.unread.set(unread);
            }
        }
        Some(REQUEST) => {
            if let Ok(changed) = serde_json::from_str(data) {
                tell(Some(&Change::Request(changed)));
            }
        }
        Some(ANNOUNCEMENT) => {
            if let Ok(changed) = serde_json::from_str(data) {
                tell(Some(&Change::Announcement(changed)));
            }
        }
        Some(RESYNC) => tell(None),
        _ => {}
    }
}

fn tell(changed: Option<&Change>) {
    // Whoever hears may go away over it.
    let ears: Vec<Hear> = EARS.with_borrow(|ears| ears.iter().map(|(_, hear)| Rc::clone(hear)).collect());
    for hear in ears {
        hear(changed);
    }
}

/// Does something whenever a request changes that matters here, or everything may have; as long as the page stands.
pub fn on_change(matters: impl Fn(&RequestChanged) -> bool + 'static, act: impl Fn() + 'static) {
    on_any(move |change| matches!(change, Change::Request(changed) if matters(changed)), act);
}

/// The same for whatever changes.
fn on_any(matters: impl Fn(&Change) -> bool + 'static, act: impl Fn() + 'static) {
    let id = NEXT.replace(NEXT.get().wrapping_add(1));
    let hear: Hear = Rc::new(move |changed| {
        if changed.is_none_or(&matters) {
            act();
        }
    });
    EARS.with_borrow_mut(|ears| ears.push((id, hear)));
    on_cleanup(move || EARS.with_borrow_mut(|ears| ears.retain(|(of, _)| *of != id)));
}

/// Asks again for what is shown of a community when a request of it changes: once for many at a time, and only where
/// that takes nothing away from whoever looks.
pub fn reload_with<T: Clone + Send + Sync + 'static>(
    community: String,
    loading: Loading<T>,
    may: impl Fn() -> bool + Clone + 'static,
) {
    let matters =
        move |change: &Change| matches!(change, Change::Request(changed) if changed.community == community);
    reload_on(matters, loading, may);
}

/// The same for any change that matters to what is shown.
pub fn reload_on<T: Clone + Send + Sync + 'static>(
    matters: impl Fn(&Change) -> bool + 'static,
    loading: Loading<T>,
    may: impl Fn() -> bool + Clone + 'static,
) {
    const SETTLES: Duration = Duration::from_millis(300);
    let planned = Rc::new(Cell::new(false));
    on_any(matters, move || {
        if !planned.replace(true) {
            let (planned, may) = (Rc::clone(&planned), may.clone());
            set_timeout(
                move || {
                    planned.set(false);
                    // The page may have gone meanwhile.
                    if loading.state.try_with_untracked(|_| ()).is_some() && may() {
                        loading.reload();
                    }
                },
                SETTLES,
            );
        }
    });
}

/// An announcement of a community, or one of them.
pub fn of_announcement(community: String, id: Option<String>) -> impl Fn(&Change) -> bool {
    move |change| match change {
        Change::Announcement(changed) => {
            changed.community == community && id.as_ref().is_none_or(|id| *id == changed.id.to_string())
        }
        Change::Request(_) => false,
    }
}
