//! One's own report, by its secret: how it stands, what happens next, and all that there is to say to it.

use contract::public::{COMMENT, NewReportComment, Report, SHOW_REPORT};
use domain::rule;
use domain::service_request::{RequestAction, RequestStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::acting::Actions;
use super::community;
use super::frame::Frame;
use super::photos::Photos;
use super::show::{Telling, Told};
use crate::load::{Failed, Load, Loading, load};
use crate::routes::Route;
use crate::service_request::StatusBadge;
use crate::ui::button::{ButtonLink, Look, Submit};
use crate::ui::empty::Empty;
use crate::ui::field::TextArea;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::photos::{PhotoPicker, PickerWords};
use crate::ui::skeleton::SkeletonPage;
use crate::ui::stars::Stars;
use crate::ui::toast::Toasts;
use crate::{address, api, attachment, browser, labels, time, words};

#[component]
pub fn FollowPage(community: String) -> impl IntoView {
    let address = address::expect();
    let secret = Memo::new(move |_| address.fragment.get());
    live(move || view! { <Followed slug=community.clone() secret=secret.get() /> })
}

#[component]
fn Followed(slug: String, secret: String) -> impl IntoView {
    let found = community(slug.clone());
    let photos_of = (slug.clone(), secret.clone());
    let back = Route::Public(slug.clone()).href();
    let place = StoredValue::new((slug, secret));
    let report: Loading<Report> = load(move || async move {
        let (community, secret) = place.get_value();
        api::get(&SHOW_REPORT, &[&community, &secret]).await
    });
    report.reload_when_seen_again();
    // What is being written survives what happens meanwhile.
    let writing = RwSignal::new(String::new());
    let photos = Photos::new(photos_of.0, Some(photos_of.1), Callback::new(move |()| report.reload()));
    let title = Signal::derive(move || {
        report.ready().map_or_else(|| words::public::yours().to_owned(), |it| it.title)
    });
    let over = Signal::derive(move || {
        let name = found.ready().map(|found| found.name);
        let number = report.ready().map(|report| report.number);
        name.into_iter().chain(number).collect::<Vec<_>>().join(" · ")
    });
    view! {
        <Frame title=title over=over back=back>
            {live(move || match report.state.get() {
                Load::Loading => view! { <SkeletonPage label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) if failure.is_nowhere() => {
                    view! {
                        <Empty icon="link" title=words::public::no_link() text=words::public::no_link_text()>
                            <ButtonLink href=Route::Home.href()>{words::not_found::home()}</ButtonLink>
                        </Empty>
                    }
                        .into_any()
                }
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| report.reload()) /> }.into_any()
                }
                Load::Ready(shown) => {
                    let zone = untrack(|| found.ready()).map(|found| found.time_zone).unwrap_or_default();
                    view! { <Shown shown=shown zone=zone report=report place=place writing=writing photos=photos /> }.into_any()
                }
            })}
        </Frame>
    }
}

#[component]
fn Shown(
    shown: Report,
    zone: String,
    report: Loading<Report>,
    place: StoredValue<(String, String)>,
    writing: RwSignal<String>,
    photos: Photos,
) -> impl IntoView {
    let next = next(&shown, &zone);
    let photos_left = shown.photos_left > 0;
    let public =
        Route::PublicRequest(place.with_value(|(slug, _)| slug.clone()), shown.number.clone()).href();
    let is_public = shown.is_public;
    let master = shown.master.clone().map(|master| {
        let href = Route::PublicRequest(place.with_value(|(slug, _)| slug.clone()), master.number.clone()).href();
        let number = master.number;
        let number = match master.is_public {
            true => view! { <a class="number" href=href>{number}</a> }.into_any(),
            false => view! { <span class="number">{number}</span> }.into_any(),
        };
        view! { <p class="row">{words::fact::merged_into()}" "{number}" "<StatusBadge status=master.status /></p> }
    });
    let stars = shown.rating.map(|stars| {
        view! { <p class="row">{words::public::your_stars()}" "<Stars value=stars label=words::public::stars(&stars.to_string()) /></p> }
    });
    view! {
        <div class="stack stack--wide">
            <p class="story__next">
                <Icon name="info" />
                <span>{next}</span>
            </p>
            {master}
            <Actions actions=shown.allowed_actions.clone() report=report place=place />
            {stars}
            <Told told=Telling::from(shown) zone=zone />
            <Compose report=report place=place writing=writing />
            {photos_left.then(|| view! { <More photos=photos /> })}
            <p class="quiet small">
                {if is_public { words::public::is_public() } else { words::public::not_public() }} " "
                {is_public.then(|| view! { <a href=public>{words::public::as_others()}</a> })}
            </p>
            <p class="quiet small">{words::public::secret_about()}</p>
        </div>
    }
}

/// What happens next, in a sentence or two.
fn next(report: &Report, zone: &str) -> String {
    let due_at = report.due_at;
    let moment = time::moment(due_at, zone);
    let due = if due_at < time::now() { words::next::late(&moment) } else { words::next::by(&moment) };
    let may = |action| report.allowed_actions.iter().any(|allowed| allowed.action == action);
    if may(RequestAction::Answer) {
        return words::public::your_answer().to_owned();
    }
    match report.status {
        RequestStatus::New => words::next::new(&due),
        RequestStatus::Triaged => words::next::triaged(&due),
        RequestStatus::Assigned => words::public::next_assigned(&due),
        RequestStatus::InProgress => words::next::in_progress_somebody(&due),
        RequestStatus::OnHold => words::public::next_on_hold().to_owned(),
        RequestStatus::Resolved if may(RequestAction::Confirm) => words::next::your_word().to_owned(),
        RequestStatus::Resolved => words::next::resolved().to_owned(),
        RequestStatus::Closed => words::next::closed().to_owned(),
        RequestStatus::Rejected => words::public::next_rejected().to_owned(),
        RequestStatus::Cancelled => words::next::cancelled().to_owned(),
        RequestStatus::Duplicate => words::next::duplicate().to_owned(),
    }
}

/// To say something.
#[component]
fn Compose(
    report: Loading<Report>,
    place: StoredValue<(String, String)>,
    writing: RwSignal<String>,
) -> impl IntoView {
    let toasts = Toasts::expect();
    let fault = RwSignal::new(None::<String>);
    let pending = RwSignal::new(false);
    Effect::new(move || {
        writing.track();
        fault.set(None);
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        let body = rule::trimmed(&writing.get_untracked()).to_owned();
        let wrong = match body.is_empty() {
            true => Some(words::story::comment_missing().to_owned()),
            false => rule::COMMENT.check(&body).err().map(|fault| labels::fault(&fault)),
        };
        if wrong.is_some() {
            fault.set(wrong);
            return browser::focus_later("#comment");
        }
        pending.set(true);
        spawn_local(async move {
            let (community, secret) = place.get_value();
            let said = api::send(&COMMENT, &[&community, &secret], &NewReportComment { body }).await;
            let _ = pending.try_set(false);
            match said {
                Ok(after) => {
                    let _ = writing.try_set(String::new());
                    toasts.done(words::done::comment());
                    report.set(after);
                }
                Err(failure) => {
                    let _ = fault.try_set(Some(labels::failure(&failure)));
                    browser::focus_later("#comment");
                }
            }
        });
    };
    view! {
        <form class="comment" novalidate=true on:submit=submit>
            <TextArea id="comment" label=words::story::comment_label() rows=3 value=writing fault=fault />
            <div class="comment__foot">
                <span class="comment__buttons">
                    <Submit pending=pending look=Look::Secondary>{words::action::comment()}</Submit>
                </span>
            </div>
        </form>
    }
}

/// To show more of it.
#[component]
fn More(photos: Photos) -> impl IntoView {
    view! {
        <div class="card">
            <PhotoPicker
                id="more-photos"
                words=PickerWords { label: words::public::more_photos(), ..attachment::optional() }
                photos=photos.shown
                fault=Signal::stored(None::<String>)
                upload=photos.upload()
            />
        </div>
    }
}
