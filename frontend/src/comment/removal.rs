//! Removing a comment: asked once more, and with a reason where it is somebody else's.

use contract::comment::{Comment, RemovalQuery};
use domain::id::MemberId;
use domain::rule;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::talk::Talk;
use crate::ui::button::{Button, Look};
use crate::ui::dialog::Dialog;
use crate::ui::field::TextArea;
use crate::ui::toast::Toasts;
use crate::{labels, words};

#[component]
pub fn Removal(talk: Talk, comment: Comment, me: MemberId) -> impl IntoView {
    let toasts = Toasts::expect();
    let is_mine = comment.author.as_ref().is_some_and(|person| person.member_id == me);
    let (reason, fault, pending) =
        (RwSignal::new(String::new()), RwSignal::new(None::<String>), RwSignal::new(false));
    let close = move || talk.removing.set(None);
    let (id, version) = (comment.id, comment.version);
    let remove = move || {
        let why = rule::trimmed(&reason.get_untracked()).to_owned();
        if !is_mine && why.is_empty() {
            return fault.set(Some(words::fault::required().into()));
        }
        pending.set(true);
        spawn_local(async move {
            let query = RemovalQuery { reason: Some(why).filter(|why| !why.is_empty()) };
            match talk.remove(id, version, &query).await {
                Ok(()) => {
                    talk.removing.set(None);
                    talk.newest.reload();
                    toasts.done(words::story::removed());
                }
                Err(failure) => {
                    let _ = fault.try_set(Some(labels::failure(&failure)));
                }
            }
            let _ = pending.try_set(false);
        });
    };
    view! {
        <Dialog
            title=words::story::removal_title()
            close_label=words::common::close()
            on_close=Callback::new(move |()| close())
        >
            <div class="stack">
                <p>{words::story::removal_about()}</p>
                {if is_mine {
                    view! { <crate::ui::field::Fault fault=fault /> }.into_any()
                } else {
                    view! {
                        <TextArea
                            id="removal-reason"
                            label=words::story::removal_reason()
                            help=words::story::removal_reason_help()
                            rows=2
                            value=reason
                            fault=fault
                        />
                    }
                        .into_any()
                }}
                <div class="dialog__foot">
                    <Button look=Look::Quiet on_click=close>{words::common::cancel()}</Button>
                    <Button look=Look::Danger pending=pending on_click=remove>{words::story::remove()}</Button>
                </div>
            </div>
        </Dialog>
    }
}
