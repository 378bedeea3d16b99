//! Things that come from the server: on their way, here, or not to be had.

use contract::problem::Code;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::ui::button::{Button, Look};
use crate::ui::empty::Empty;
use crate::words;
use crate::{browser, labels};

/// Where a thing is that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Load<T> {
    Loading,
    Ready(T),
    Failed(Failure),
}

/// A thing from the server that can be asked for again.
pub struct Loading<T: Send + Sync + 'static> {
    pub state: RwSignal<Load<T>>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Loading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loading<T> {}

impl<T: Clone + Send + Sync + 'static> Loading<T> {
    /// Asks again, and keeps showing what is here until the answer comes.
    pub fn reload(self) {
        self.again.update(|count| *count += 1);
    }

    /// Asks again whenever somebody comes back to this tab.
    pub fn reload_when_seen_again(self) {
        let listener = window_event_listener(leptos::ev::visibilitychange, move |_| {
            if browser::is_visible() {
                self.reload();
            }
        });
        on_cleanup(move || listener.remove());
    }

    pub fn set(self, value: T) {
        self.state.set(Load::Ready(value));
    }

    /// The thing, if it is here.
    pub fn ready(self) -> Option<T> {
        self.state.with(|state| match state {
            Load::Ready(value) => Some(value.clone()),
            Load::Loading | Load::Failed(_) => None,
        })
    }
}

/// Asks for a thing now, and again whenever something changes that `ask` reads: then it is another one, so that what is
/// here stays only until there is an answer, whichever.
pub fn load<T, F>(ask: impl Fn() -> F + 'static) -> Loading<T>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Failure>> + 'static,
{
    let loading = Loading { state: RwSignal::new(Load::Loading), again: RwSignal::new(0) };
    let (latest, last_again) = (StoredValue::new(0_u32), StoredValue::new(0_u32));
    // Whether what is here is still what is asked for.
    let holds = StoredValue::new(false);
    Effect::new(move || {
        let again = loading.again.get();
        if last_again.get_value() == again {
            holds.set_value(false);
        }
        last_again.set_value(again);
        let number = latest.try_update_value(|number| {
            *number += 1;
            *number
        });
        let answer = ask();
        spawn_local(async move {
            let answer = answer.await;
            // Somebody asked again, or left the page, in the meantime.
            if number.is_none() || latest.try_get_value() != number {
                return;
            }
            match answer {
                Ok(value) => {
                    let _ = holds.try_set_value(true);
                    loading.state.set(Load::Ready(value));
                }
                // What is here is better than a message about a server that is away.
                Err(failure) if holds.try_get_value() == Some(true) && !is_final(&failure) => {}
                Err(failure) => loading.state.set(Load::Failed(failure)),
            }
        });
    });
    loading
}

/// Whether it is not there any more, or not for whoever asks.
fn is_final(failure: &Failure) -> bool {
    matches!(failure.code(), Some(Code::NotFound | Code::NotAllowed | Code::Gone))
}

/// Says that something could not be had, and offers to try again.
#[component]
pub fn Failed(failure: Failure, retry: Callback<()>) -> impl IntoView {
    let icon = if failure == Failure::Offline { "wifi-off" } else { "circle-alert" };
    view! {
        <Empty icon=icon title=labels::failure_title(&failure) text=labels::failure(&failure)>
            <Button look=Look::Secondary icon="refresh-cw" on_click=move || retry.run(())>
                {words::common::try_again()}
            </Button>
        </Empty>
    }
}
