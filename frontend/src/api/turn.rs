//! What only one tab of this browser may do at a time.
//!
//! Browsers have locks for that, but not for pages that came without TLS. There a record in IndexedDB says whose turn it
//! is: what one transaction reads and writes no other comes between, whichever tab it is of.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, IdbDatabase, IdbObjectStore, IdbTransactionMode};

use crate::browser;

const STORE: &str = "turns";
/// How long somebody whose tab was closed in the middle keeps the others waiting, in milliseconds.
const AT_MOST: i32 = 10_000;
/// How often whoever has the turn says that they still live, in milliseconds.
const SIGN_OF_LIFE: i32 = 3_000;

/// Something that only one tab does at a time.
pub struct Turn {
    pub name: &'static str,
    /// Where there are no locks: how long to wait before looking again whether it is free, and up to twice as long, in
    /// milliseconds.
    pub pause: i32,
}

/// Runs the work while no other tab takes the same turn; answers none where the signal came while it waited, or where
/// it was silent for so long that another tab has the turn.
pub async fn alone<T: 'static>(
    turn: &Turn,
    signal: Option<AbortSignal>,
    work: impl Future<Output = T> + 'static,
) -> Option<T> {
    let Some((locks, request)) = browser::locks() else { return with_lease(turn, signal, work).await };
    let options = js_sys::Object::new();
    if let Some(signal) = signal {
        let _ = js_sys::Reflect::set(&options, &"signal".into(), &signal);
    }
    let outcome = Rc::new(RefCell::new(None));
    let kept = outcome.clone();
    let run = Closure::once_into_js(move || {
        wasm_bindgen_futures::future_to_promise(async move {
            kept.replace(Some(work.await));
            Ok(JsValue::UNDEFINED)
        })
    });
    if let Ok(promise) = request.call3(&locks, &turn.name.into(), &options, &run)
        && let Ok(promise) = promise.dyn_into::<js_sys::Promise>()
    {
        // Whoever gives up waiting is no error.
        let _ = JsFuture::from(promise).await;
    }
    outcome.take()
}

async fn with_lease<T>(turn: &Turn, signal: Option<AbortSignal>, work: impl Future<Output = T>) -> Option<T> {
    let Some(lease) = Lease::open(turn.name).await else {
        // Where nothing can be kept, nobody else can be seen either.
        return Some(work.await);
    };
    while lease.write(Change::Take).await == Some(false) {
        browser::pause(turn.pause + (js_sys::Math::random() * f64::from(turn.pause)) as i32).await;
        if signal.as_ref().is_some_and(AbortSignal::aborted) {
            return None;
        }
    }
    let silence = async {
        loop {
            browser::pause(SIGN_OF_LIFE).await;
            // A browser that cannot say has no other who could have it.
            if lease.write(Change::Keep).await == Some(false) {
                return;
            }
        }
    };
    let outcome = match select(pin!(work), pin!(silence)).await {
        Either::Left((outcome, _)) => Some(outcome),
        Either::Right(_) => None,
    };
    let _ = lease.write(Change::GiveBack).await;
    outcome
}

/// A record that names a tab until it gives it back, or [`AT_MOST`] has passed without a sign of life.
struct Lease {
    database: IdbDatabase,
    name: &'static str,
    holder: f64,
}

#[derive(Clone, Copy)]
enum Change {
    Take,
    Keep,
    GiveBack,
}

impl Lease {
    async fn open(name: &'static str) -> Option<Self> {
        Some(Self { database: open().await?, name, holder: js_sys::Math::random() })
    }

    /// Changes the record if that is this tab's to do, and says whether it was.
    async fn write(&self, change: Change) -> Option<bool> {
        let mode = IdbTransactionMode::Readwrite;
        let transaction = self.database.transaction_with_str_and_mode(STORE, mode).ok()?;
        let store = transaction.object_store(STORE).ok()?;
        let found = store.get(&self.name.into()).ok()?;
        let (key, holder) = (JsValue::from_str(self.name), self.holder);
        let done = Rc::new(Cell::new(false));
        let (is_done, request) = (done.clone(), found.clone());
        let decide = Closure::once_into_js(move || {
            let now = js_sys::Date::now();
            let record: Option<js_sys::Array> = request.result().ok().and_then(|it| it.dyn_into().ok());
            let field = |at| record.as_ref().and_then(|record| record.get(at).as_f64());
            let is_ours = field(0) == Some(holder);
            let is_free = field(1).is_none_or(|until| until < now);
            let wrote = match change {
                Change::Take if is_free => put(&store, &key, holder, now + f64::from(AT_MOST)),
                Change::Keep if is_ours => put(&store, &key, holder, now + f64::from(AT_MOST)),
                Change::GiveBack if is_ours => store.delete(&key).is_ok(),
                Change::Take | Change::Keep | Change::GiveBack => false,
            };
            is_done.set(wrote);
        });
        found.set_onsuccess(Some(decide.unchecked_ref()));
        let end = js_sys::Promise::new(&mut |resolve, reject| {
            transaction.set_oncomplete(Some(&resolve));
            transaction.set_onabort(Some(&reject));
        });
        JsFuture::from(end).await.ok()?;
        Some(done.get())
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.database.close();
    }
}

fn put(store: &IdbObjectStore, key: &JsValue, holder: f64, until: f64) -> bool {
    store.put_with_key(&js_sys::Array::of2(&holder.into(), &until.into()), key).is_ok()
}

async fn open() -> Option<IdbDatabase> {
    let request = leptos::prelude::window().indexed_db().ok()??.open_with_u32("kommunity", 1).ok()?;
    let upgraded = request.clone();
    let upgrade = Closure::once_into_js(move || {
        if let Ok(database) = upgraded.result()
            && let Ok(database) = database.dyn_into::<IdbDatabase>()
        {
            let _ = database.create_object_store(STORE);
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let opened = js_sys::Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(opened).await.ok()?;
    request.result().ok()?.dyn_into().ok()
}
