//! What became of an invitation: who was asked, or the link.

use contract::invitation::{Invitation, Invited};
use contract::problem::Code;
use leptos::prelude::*;

use crate::invitation::pass_on::PassOn;
use crate::routes::Route;
use crate::ui::button::{Button, ButtonLink};
use crate::ui::icon::Icon;
use crate::{time, words};

/// Each address with its answer.
#[component]
pub fn Sent(invited: Vec<Invited>, slug: String, again: Callback<()>) -> impl IntoView {
    let count = invited.iter().filter(|it| it.refused.is_none()).count();
    let summary = match count {
        0 => words::invite::sent_none().to_owned(),
        count => words::invite::sent(i64::try_from(count).unwrap_or(i64::MAX)),
    };
    view! {
        <div class="stack stack--wide form-page">
            <p role="status">{summary}</p>
            <ul class="rows">
                {invited
                    .into_iter()
                    .map(|Invited { email, refused, .. }| {
                        let (icon, class, text) = match refused {
                            None => ("circle-check", "invited invited--yes", words::invite::is_sent()),
                            Some(Code::Duplicate) => ("info", "invited", words::invite::is_known()),
                            Some(_) => ("circle-alert", "invited", words::invite::is_refused()),
                        };
                        view! {
                            <li class=class>
                                <Icon name=icon size=18 />
                                <span class="invited__email">{email}</span>
                                <span class="quiet small">{text}</span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <Next slug=slug again=again />
        </div>
    }
}

/// The link, ready to be passed on.
#[component]
pub fn Made(
    invitation: Invitation,
    slug: String,
    community: String,
    zone: String,
    again: Callback<()>,
) -> impl IntoView {
    let until =
        words::invite::made_for(invitation.max_uses.into(), &time::exact(invitation.expires_at, &zone));
    let url = invitation.url.unwrap_or_default();
    view! {
        <div class="stack stack--wide form-page">
            <div class="card stack">
                <div class="field">
                    <label class="field__label" for="link">{words::invite::link()}</label>
                    <p class="field__help" id="link-about">{words::invite::made_about()}</p>
                    <input
                        id="link"
                        class="input made__link"
                        readonly=true
                        aria-describedby="link-about"
                        value=url.clone()
                    />
                </div>
                <p class="quiet small">{until}</p>
                <div class="row">
                    <PassOn url=url community=community />
                </div>
            </div>
            <Next slug=slug again=again />
        </div>
    }
}

#[component]
fn Next(slug: String, again: Callback<()>) -> impl IntoView {
    view! {
        <div class="row">
            <ButtonLink href=Route::Invitations(slug).href()>{words::invite::see()}</ButtonLink>
            <Button on_click=move || again.run(())>{words::invite::again()}</Button>
        </div>
    }
}
