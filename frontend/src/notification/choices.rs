//! How one wants to hear by mail, community by community and group by group.

use contract::account::Membership;
use contract::notification::{CHOICES, CHOOSE, ChosenMail, NotificationChoice};
use domain::event::{EventGroup, MailChoice};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::load::{Failed, Load, load};
use crate::routes::Route;
use crate::shell::Page;
use crate::ui::field::Select;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::toast::Toasts;
use crate::{api, labels, session, words};

#[component]
pub fn ChoicesPage() -> impl IntoView {
    let session = session::expect();
    let memberships =
        move || session.account().map(|account| account.memberships.clone()).unwrap_or_default();
    view! {
        <Page title=words::hearing::title().to_owned() back=Route::Notifications.href()>
            <div class="stack stack--wide">
                <p class="quiet">{words::hearing::about()}</p>
                {live(move || memberships().into_iter().map(|it| view! { <Of membership=it /> }).collect_view())}
            </div>
        </Page>
    }
}

/// What is chosen in one community.
#[component]
fn Of(membership: Membership) -> impl IntoView {
    let (slug, name) = (membership.community.slug, membership.community.name);
    let choices = {
        let slug = slug.clone();
        load(move || {
            let slug = slug.clone();
            async move { Ok(api::get(&CHOICES, &[&slug]).await?.data) }
        })
    };
    view! {
        <section class="card stack">
            <h2>{name}</h2>
            {live(move || match choices.state.get() {
                Load::Loading => view! { <SkeletonRows rows=3 label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| choices.reload()) /> }.into_any()
                }
                Load::Ready(all) => {
                    all.into_iter().map(|one| view! { <Group slug=slug.clone() chosen=one /> }).collect_view().into_any()
                }
            })}
        </section>
    }
}

#[component]
fn Group(slug: String, chosen: ChosenMail) -> impl IntoView {
    let toasts = Toasts::expect();
    let ChosenMail { group, mail, always } = chosen;
    let value = RwSignal::new(mail.as_str().to_owned());
    let kept = StoredValue::new(mail);
    let options: Vec<(String, String)> =
        MailChoice::ALL.iter().map(|mail| (mail.as_str().to_owned(), in_words(*mail).to_owned())).collect();
    let id = format!("{slug}-{group}");
    Effect::new(move || {
        let Ok(mail) = value.with(|value| value.parse::<MailChoice>()) else { return };
        if mail == kept.get_value() {
            return;
        }
        let slug = slug.clone();
        spawn_local(async move {
            match api::send(&CHOOSE, &[&slug], &NotificationChoice { group, mail }).await {
                Ok(_) => {
                    let _ = kept.try_set_value(mail);
                    toasts.done(words::hearing::done());
                }
                Err(failure) => {
                    toasts.failed(labels::failure(&failure));
                    if let Some(before) = kept.try_get_value() {
                        let _ = value.try_set(before.as_str().to_owned());
                    }
                }
            }
        });
    });
    let (title, about) = about(group);
    let help =
        if always.is_empty() { about.to_owned() } else { format!("{about} {}", words::hearing::always()) };
    view! {
        <Select id=id label=title help=help options=Signal::stored(options) value=value fault=Signal::stored(None::<String>) />
    }
}

fn in_words(mail: MailChoice) -> &'static str {
    match mail {
        MailChoice::Now => words::hearing::now(),
        MailChoice::Daily => words::hearing::daily(),
        MailChoice::Off => words::hearing::off(),
    }
}

fn about(group: EventGroup) -> (&'static str, &'static str) {
    match group {
        EventGroup::Work => (words::hearing::work(), words::hearing::work_about()),
        EventGroup::Progress => (words::hearing::progress(), words::hearing::progress_about()),
        EventGroup::Conversation => (words::hearing::conversation(), words::hearing::conversation_about()),
        EventGroup::Announcements => (words::hearing::announcements(), words::hearing::announcements_about()),
        EventGroup::Account => (words::hearing::account(), words::hearing::account_about()),
    }
}
