//! After sending: the number, a promise in words, and the link that is the only way back.

use contract::public::ReportReceipt;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::kept;
use super::photos::Photos;
use crate::routes::Route;
use crate::ui::button::{Button, ButtonLink, Look};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::photos::{PhotoPicker, PickerWords};
use crate::ui::toast::Toasts;
use crate::{attachment, browser, time, words};

#[component]
pub fn Sent(
    reported: ReportReceipt,
    photos: Photos,
    slug: String,
    time_zone: String,
    again: Callback<()>,
) -> impl IntoView {
    let ReportReceipt { number, secret, due_at } = reported;
    browser::focus_later("#page-title");
    let follow = kept::link(&slug, &secret);
    let picked = photos.shown.with_untracked(|photos| !photos.is_empty());
    view! {
        <div class="sent">
            <span class="sent__icon"><Icon name="check" size=24 /></span>
            <p class="sent__number">
                {words::sent::number()}
                {" "}
                <strong class="number">{number.clone()}</strong>
            </p>
            <p class="sent__promise">{words::public::promise(&time::moment(due_at, &time_zone))}</p>
            {picked
                .then(|| {
                    view! {
                        <PhotoPicker
                            id="sent-photos"
                            words=PickerWords { aside: "", help: "", label: words::public::your_photos(), ..attachment::optional() }
                            photos=photos.shown
                            fault=Signal::stored(None::<String>)
                            upload=photos.upload()
                        />
                        <p role="status" class="quiet small">
                            {live(move || match photos.outstanding() {
                                true => words::public::photos_outstanding(),
                                false => words::public::photos_arrived(),
                            })}
                        </p>
                    }
                })}
            <Secret slug=slug.clone() secret=secret number=number />
            <div class="sent__next">
                <ButtonLink href=follow look=Look::Primary>{words::public::follow()}</ButtonLink>
                <Button on_click=move || again.run(())>{words::sent::another()}</Button>
                </div>
            <p><a class="public__way" href=Route::Public(slug).href()>{words::public::to_public()}</a></p>
        </div>
    }
}

/// The link to keep: who has it, can see the report and speak for its reporter.
#[component]
fn Secret(slug: String, secret: String, number: String) -> impl IntoView {
    let toasts = Toasts::expect();
    let url = format!("{}{}", window().location().origin().unwrap_or_default(), kept::link(&slug, &secret));
    let kept_here = RwSignal::new(true);
    let (copied, shared) = (url.clone(), url.clone());
    let copy = move || {
        let url = copied.clone();
        spawn_local(async move {
            match browser::copy(&url).await {
                true => toasts.done(words::invitations::copied()),
                false => toasts.failed(words::invitations::not_copied()),
            }
        });
    };
    let drop = move || {
        kept::forget(&secret);
        kept_here.set(false);
    };
    view! {
        <section class="secret" aria-labelledby="secret-title">
            <h2 class="public__section" id="secret-title">{words::public::secret_title()}</h2>
            <p>{words::public::secret_about()}</p>
            <p class="secret__link" id="secret-link">{url}</p>
            <div class="secret__ways">
                <Button icon="copy" on_click=copy>{words::invitations::copy()}</Button>
                {browser::can_share()
                    .then(|| {
                        view! {
                            <Button icon="share-2" on_click=move || browser::share(&number, &shared)>
                                {words::invitations::share()}
                            </Button>
                        }
                    })}
            </div>
            <p class="small" role="status">
                {live(move || match kept_here.get() {
                    true => words::public::kept_here(),
                    false => words::public::not_kept(),
                })}
            </p>
            <Show when=move || kept_here.get()>
                <div>
                    <Button look=Look::Quiet on_click=drop.clone()>{words::public::do_not_keep()}</Button>
                </div>
            </Show>
        </section>
    }
}
