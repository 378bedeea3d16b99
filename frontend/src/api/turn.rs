//! What only one tab of this browser may do at a time.
//!
//! Browsers have locks for that, but not for pages that came without TLS. There a record in IndexedDB says whose turn it
//! is: what one transaction reads and writes no other comes between, whichever tab it is of.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransactionMode};

use super::Failure;
use crate::browser;

const STORE: &str = "turns";
/// How long somebody whose tab was closed in the middle keeps the others waiting, in milliseconds.
const AT_MOST: f64 = 10_000.0;
/// How long to wait before looking again whether it is free: as long, and up to twice as long, in milliseconds.
const PAUSE: f64 = 50.0;

/// Runs the work while no other tab does what has the same name.
pub async fn alone(
    name: &'static str,
    work: impl Future<Output = Result<(), Failure>> + 'static,
) -> Result<(), Failure> {
    let Some((locks, request)) = browser::locks() else {
        // Where nothing can be kept, nobody else can be seen either.
        let lease = Lease::take(name).await;
        let outcome = work.await;
        if let Some(lease) = lease {
            lease.give_back().await;
        }
        return outcome;
    };
    let outcome = Rc::new(Cell::new(Err(Failure::Unexpected)));
    let kept = outcome.clone();
    let run = Closure::once_into_js(move || {
        wasm_bindgen_futures::future_to_promise(async move {
            kept.set(work.await);
            Ok(JsValue::UNDEFINED)
        })
    });
    if let Ok(promise) = request.call2(&locks, &name.into(), &run)
        && let Ok(promise) = promise.dyn_into::<js_sys::Promise>()
    {
        let _ = JsFuture::from(promise).await;
    }
    outcome.replace(Err(Failure::Unexpected))
}

/// The record that names this tab until it gives it back, or [`AT_MOST`] has passed.
struct Lease {
    database: IdbDatabase,
    name: &'static str,
    holder: f64,
}

impl Lease {
    async fn take(name: &'static str) -> Option<Self> {
        let lease = Self { database: open().await?, name, holder: js_sys::Math::random() };
        while !lease.write(true).await? {
            browser::pause((PAUSE * (1.0 + js_sys::Math::random())) as i32).await;
        }
        Some(lease)
    }

    async fn give_back(self) {
        let _ = self.write(false).await;
        self.database.close();
    }

    /// Takes or gives back the turn if it is this tab's to do so, and says whether it was.
    async fn write(&self, take: bool) -> Option<bool> {
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
            let wrote = match take {
                true if is_free => put(&store, &key, holder, now + AT_MOST),
                false if is_ours => store.delete(&key).is_ok(),
                _ => false,
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
