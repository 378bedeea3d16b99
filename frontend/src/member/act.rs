//! Actions on a membership: done at once, or with a reason that is asked for.

use contract::member::{ACT, ActOnMember, Member};
use domain::id::MemberId;
use domain::member::MemberAction;
use domain::rule;
use leptos::prelude::*;

use crate::api::{self, Failure};
use crate::form::{Form, Refused};
use crate::ui::button::{Button, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::field::TextArea;
use crate::words;

pub fn verb(action: MemberAction) -> &'static str {
    match action {
        MemberAction::Approve => words::member_action::approve(),
        MemberAction::Reject => words::member_action::reject(),
        MemberAction::Suspend => words::member_action::suspend(),
        MemberAction::Reinstate => words::member_action::reinstate(),
        MemberAction::Archive => words::member_action::archive(),
        MemberAction::Restore => words::member_action::restore(),
    }
}

pub fn icon(action: MemberAction) -> &'static str {
    match action {
        MemberAction::Approve => "user-check",
        MemberAction::Reject => "ban",
        MemberAction::Suspend => "circle-pause",
        MemberAction::Reinstate | MemberAction::Restore => "rotate-ccw",
        MemberAction::Archive => "archive",
    }
}

/// What the toast says.
pub fn done(action: MemberAction, name: &str) -> String {
    match action {
        MemberAction::Approve => words::member_action::done_approve(name),
        MemberAction::Reject => words::member_action::done_reject(name),
        MemberAction::Suspend => words::member_action::done_suspend(name),
        MemberAction::Reinstate => words::member_action::done_reinstate(name),
        MemberAction::Archive => words::member_action::done_archive(name),
        MemberAction::Restore => words::member_action::done_restore(name),
    }
}

/// What will happen, for the actions that ask why.
fn about(action: MemberAction, name: &str) -> Option<String> {
    match action {
        MemberAction::Reject => Some(words::member_action::about_reject(name)),
        MemberAction::Suspend => Some(words::member_action::about_suspend(name)),
        MemberAction::Archive => Some(words::member_action::about_archive(name)),
        MemberAction::Approve | MemberAction::Reinstate | MemberAction::Restore => None,
    }
}

/// An action with nothing else said.
pub fn plain(action: MemberAction) -> ActOnMember {
    ActOnMember { action, reason: None, roles: None, unit_id: None, tie: None }
}

/// Whom an action is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whom {
    pub slug: String,
    pub id: MemberId,
    pub name: String,
}

pub async fn act(whom: Whom, body: ActOnMember) -> Result<Member, Failure> {
    api::send(&ACT, &[&whom.slug, &whom.id], &body).await
}

/// Asks for the reason of an action, and does it.
#[component]
pub fn ReasonDialog(
    action: MemberAction,
    whom: Whom,
    on_done: Callback<Member>,
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new();
    let reason = form.text("reason");
    let name = whom.name.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let text = reason.get_untracked().trim().to_owned();
        let rule = rule::Text { min: 1, ..rule::REASON };
        if form.check([("reason", rule.check(&text), words::member_action::reason_missing())]) {
            let body = ActOnMember { reason: Some(text), ..plain(action) };
            form.send(act(whom.clone(), body), move |member| on_done.run(member));
        }
    };
    view! {
        <Dialog
            title=words::member_action::title(&name, verb(action))
            close_label=words::common::close()
            on_close=on_close
        >
            <form class="stack" novalidate=true on:submit=submit>
                {about(action, &name).map(|about| view! { <p class="quiet">{about}</p> })}
                <Refused form=form />
                <TextArea
                    id="reason"
                    label=words::member_action::reason()
                    help=words::member_action::reason_help(&name)
                    value=reason
                    fault=form.fault("reason")
                />
                <div class="dialog__foot">
                    <Submit pending=form.pending look=Look::Danger>{verb(action)}</Submit>
                    <Button look=Look::Quiet on_click=move || on_close.run(())>{words::common::not_now()}</Button>
                </div>
            </form>
        </Dialog>
    }
}
