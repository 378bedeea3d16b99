//! What a comment said before.

use contract::comment::CommentVersion;
use leptos::prelude::*;

use super::talk::Talk;
use crate::time::Ago;
use crate::ui::dialog::Dialog;
use crate::words;

#[component]
pub fn History(talk: Talk, versions: Vec<CommentVersion>, zone: String) -> impl IntoView {
    view! {
        <Dialog
            title=words::story::history_title()
            close_label=words::common::close()
            on_close=Callback::new(move |()| talk.history.set(None))
        >
            <ol class="stack">
                {versions
                    .into_iter()
                    .map(|version| {
                        view! {
                            <li class="history__version">
                                <p class="timeline__note" dir="auto">{version.body}</p>
                                <p class="timeline__when">
                                    {words::story::until()}
                                    {" "}
                                    <Ago at=version.until zone=zone.clone() />
                                </p>
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
        </Dialog>
    }
}
