//! The small forms about a member: another name, other tags, a new first password.

use contract::member::{Member, SET_PASSWORD, SetPassword, UPDATE, UpdateMember};
use contract::problem::Code;
use domain::rule;
use leptos::prelude::*;

use crate::form::{Form, Refused, words_between_commas};
use crate::member::act::Whom;
use crate::member::password::FirstPassword;
use crate::ui::button::{Button, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::field::TextField;
use crate::{api, words};

#[component]
pub fn RenameDialog(
    whom: Whom,
    /// The one that was seen. Whoever finds it stale has seen the name, and may well save again.
    version: i32,
    on_done: Callback<Member>,
    on_stale: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new();
    let name = form.text("display_name");
    name.set(whom.name.clone());
    let Whom { slug, id, .. } = whom;
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let wanted = name.get_untracked().trim().to_owned();
        if !form.check([("display_name", rule::NAME.check(&wanted), words::member::name_missing())]) {
            return;
        }
        let (slug, body) =
            (slug.clone(), UpdateMember { display_name: Some(wanted), ..UpdateMember::default() });
        form.attempt(
            async move { api::change(&UPDATE, &[&slug, &id], version, &body).await },
            move |member| on_done.run(member),
            move |failure| {
                if failure.code() == Some(Code::PreconditionFailed) {
                    on_stale.run(());
                }
                Some(failure)
            },
        );
    };
    view! {
        <Dialog title=words::member::rename() close_label=words::common::close() on_close=on_close>
            <form class="stack" novalidate=true on:submit=submit>
                <Refused form=form />
                <TextField
                    id="display_name"
                    label=words::member::name()
                    help=words::member::name_help().to_owned()
                    value=name
                    fault=form.fault("display_name")
                />
                <div class="dialog__foot">
                    <Submit pending=form.pending>{words::member::save_name()}</Submit>
                    <Button look=Look::Quiet on_click=move || on_close.run(())>{words::common::not_now()}</Button>
                </div>
            </form>
        </Dialog>
    }
}

#[component]
pub fn TagsDialog(
    whom: Whom,
    tags: Vec<String>,
    version: i32,
    on_done: Callback<Member>,
    on_stale: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new();
    let typed = form.text("tags");
    typed.set(tags.join(", "));
    let Whom { slug, id, .. } = whom;
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let tags = words_between_commas(&typed.get_untracked());
        let wrong = tags.iter().find_map(|tag| rule::TAG.check(tag).err());
        if !form.check([("tags", wrong.map_or(Ok(()), Err), "")]) {
            return;
        }
        let (slug, body) = (slug.clone(), UpdateMember { tags: Some(tags), ..UpdateMember::default() });
        form.attempt(
            async move { api::change(&UPDATE, &[&slug, &id], version, &body).await },
            move |member| on_done.run(member),
            move |failure| {
                if failure.code() == Some(Code::PreconditionFailed) {
                    on_stale.run(());
                }
                Some(failure)
            },
        );
    };
    view! {
        <Dialog title=words::member::tags_edit() close_label=words::common::close() on_close=on_close>
            <form class="stack" novalidate=true on:submit=submit>
                <Refused form=form />
                <TextField
                    id="tags"
                    label=words::member::tags()
                    help=words::member::tags_help().to_owned()
                    value=typed
                    fault=form.fault("tags")
                />
                <div class="dialog__foot">
                    <Submit pending=form.pending>{words::common::save()}</Submit>
                    <Button look=Look::Quiet on_click=move || on_close.run(())>{words::common::not_now()}</Button>
                </div>
            </form>
        </Dialog>
    }
}

#[component]
pub fn PasswordDialog(
    whom: Whom,
    /// Gets the password, which is not to be had again.
    on_done: Callback<String>,
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new();
    let password = form.text("password");
    let about = words::member::set_password_about(&whom.name);
    let Whom { slug, id, .. } = whom;
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let wanted = password.get_untracked();
        if !form.check([("password", rule::PASSWORD.check(&wanted), words::given_password::missing())]) {
            return;
        }
        let (slug, body) = (slug.clone(), SetPassword { password: wanted.clone() });
        form.send(async move { api::send(&SET_PASSWORD, &[&slug, &id], &body).await }, move |()| {
            on_done.run(wanted);
        });
    };
    view! {
        <Dialog title=words::member::set_password() close_label=words::common::close() on_close=on_close>
            <form class="stack" novalidate=true on:submit=submit>
                <p class="quiet">{about}</p>
                <Refused form=form />
                <FirstPassword value=password fault=form.fault("password") />
                <div class="dialog__foot">
                    <Submit pending=form.pending>{words::member::set_password_do()}</Submit>
                    <Button look=Look::Quiet on_click=move || on_close.run(())>{words::common::not_now()}</Button>
                </div>
            </form>
        </Dialog>
    }
}
