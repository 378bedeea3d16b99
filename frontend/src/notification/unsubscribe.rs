//! The link under mail: asks whether such mail shall stop.

use contract::notification::UNSUBSCRIBE;
use contract::problem::Code;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::routes::Route;
use crate::session::door::{door, notice, way};
use crate::ui::button::{Button, Look};
use crate::ui::live::live;
use crate::{api, labels, words};

#[derive(Debug, Clone, PartialEq)]
enum Stage {
    Asking,
    Stopped,
    /// The link is too old, or none of ours.
    Gone,
    Failed(Failure),
}

#[component]
pub fn UnsubscribePage(link: String) -> impl IntoView {
    let (stage, pending) = (RwSignal::new(Stage::Asking), RwSignal::new(false));
    let link = StoredValue::new(link);
    // A press, so that a mail program that opens links to look at them stops nothing.
    let stop = move || {
        pending.set(true);
        spawn_local(async move {
            let reply = api::send(&UNSUBSCRIBE, &[&link.get_value()], &()).await;
            pending.set(false);
            stage.set(match reply {
                Ok(()) => Stage::Stopped,
                Err(failure) if failure.code() == Some(Code::Gone) => Stage::Gone,
                Err(failure) => Stage::Failed(failure),
            });
        });
    };
    live(move || {
        let choices = way(None, &Route::HowToHear, words::unsubscribe::choices());
        let ask = move || {
            view! {
                <div class="stack door__form">
                    <Button look=Look::Primary pending=pending on_click=stop>{words::unsubscribe::submit()}</Button>
                </div>
            }
            .into_any()
        };
        match stage.get() {
            Stage::Asking => door(words::unsubscribe::title(), words::unsubscribe::about(), ask(), choices),
            Stage::Stopped => door(
                words::unsubscribe::done_title(),
                words::unsubscribe::done_about(),
                ().into_any(),
                choices,
            ),
            Stage::Gone => door(
                words::unsubscribe::gone_title(),
                words::unsubscribe::gone_about(),
                ().into_any(),
                choices,
            ),
            Stage::Failed(failure) => {
                let told = view! {
                    <div class="stack">
                        {notice("danger", "circle-alert", labels::failure_title(&failure))}
                        {ask()}
                    </div>
                };
                door(words::unsubscribe::title(), words::unsubscribe::about(), told.into_any(), choices)
            }
        }
    })
}
