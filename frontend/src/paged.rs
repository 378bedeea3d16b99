//! Lists that come page by page.

use contract::page::Page;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::load::{Loading, load};
use crate::ui::button::Button;
use crate::ui::live::live;
use crate::ui::toast::Toasts;
use crate::{labels, words};

/// What has been read of a list so far.
pub struct Paged<T: Send + Sync + 'static> {
    /// The first page: on its way, here, or not to be had.
    pub first: Loading<Vec<T>>,
    /// What came after it.
    pub older: RwSignal<Vec<T>>,
    pub rest: Rest,
}

impl<T: Send + Sync + 'static> Clone for Paged<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Paged<T> {}

/// The way to what has not been read yet.
#[derive(Clone, Copy)]
pub struct Rest {
    cursor: RwSignal<Option<String>>,
    pending: RwSignal<bool>,
    more: Callback<()>,
}

/// Reads a list page by page, each with the cursor that `ask` is given. Starts over whenever something changes that
/// `ask` reads.
pub fn paged<T, F>(ask: impl Fn(Option<String>) -> F + Clone + Send + Sync + 'static) -> Paged<T>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<Page<T>, Failure>> + 'static,
{
    let toasts = Toasts::expect();
    let older = RwSignal::new(Vec::new());
    let cursor = RwSignal::new(None::<String>);
    let pending = RwSignal::new(false);
    let first = {
        let ask = ask.clone();
        load(move || {
            let page = ask(None);
            async move {
                let page = page.await?;
                let _ = older.try_set(Vec::new());
                let _ = cursor.try_set(page.next_cursor);
                Ok(page.data)
            }
        })
    };
    let more = Callback::new(move |()| {
        if pending.get_untracked() {
            return;
        }
        let Some(from) = cursor.get_untracked() else { return };
        pending.set(true);
        let page = untrack(|| ask(Some(from.clone())));
        spawn_local(async move {
            match page.await {
                // Unless the list has started over meanwhile.
                Ok(page) if cursor.try_get_untracked().flatten().as_ref() == Some(&from) => {
                    let _ = older.try_update(|older| older.extend(page.data));
                    let _ = cursor.try_set(page.next_cursor);
                }
                Ok(_) => {}
                Err(failure) => toasts.failed(labels::failure(&failure)),
            }
            let _ = pending.try_set(false);
        });
    });
    Paged { first, older, rest: Rest { cursor, pending, more } }
}

impl<T: Clone + Send + Sync + 'static> Paged<T> {
    /// Everything that has been read.
    pub fn all(self) -> Vec<T> {
        let mut all = self.first.ready().unwrap_or_default();
        all.extend(self.older.get());
        all
    }

    /// Takes out what is no longer there.
    pub fn retain(self, keep: impl Fn(&T) -> bool) {
        self.older.update(|older| older.retain(&keep));
        if let Some(mut first) = untrack(|| self.first.ready()) {
            first.retain(&keep);
            self.first.set(first);
        }
    }
}

/// Brings the next page when asked to.
#[component]
pub fn More(rest: Rest) -> impl IntoView {
    live(move || {
        rest.cursor.with(Option::is_some).then(|| {
            view! {
                <div class="list-more">
                    <Button pending=rest.pending on_click=move || rest.more.run(())>{words::common::more()}</Button>
                </div>
            }
        })
    })
}
