//! What people change about a request without moving it along: whether they follow it, what they reported, and, for
//! staff, tags and costs.

use contract::service_request::{
    FOLLOW, ServiceRequest, TAGS, TagQuery, UNFOLLOW, UPDATE, UPDATE_HANDLING, UpdateHandling,
    UpdateServiceRequest,
};
use domain::rule;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::show::OnPage;
use crate::api::Failure;
use crate::form::{Faults, faults_of};
use crate::load::load;
use crate::ui::button::{Button, Look, Submit};
use crate::ui::dialog::Dialog;
use crate::ui::field::{TextArea, TextField};
use crate::ui::live::live;
use crate::ui::photos::{Photo, PhotoPicker};
use crate::ui::toast::Toasts;
use crate::{api, attachment, labels, words};

/// An amount of money as people write it.
pub fn amount(minor: i64, currency: &str) -> String {
    format!("{}.{:02} {currency}", minor / 100, minor % 100)
}

/// What somebody typed as an amount, in the smallest unit; nothing typed empties it.
fn parse_amount(text: &str) -> Result<Option<i64>, ()> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Ok(None);
    }
    let (whole, cents) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || cents.len() > 2 || !digits(whole) || !digits(cents) {
        return Err(());
    }
    let minor: i64 = format!("{whole}{cents:0<2}").parse().map_err(drop)?;
    rule::cost(minor).map(|()| Some(minor)).map_err(drop)
}

/// Which form is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Told,
    Handling,
}

/// The buttons below the facts.
#[component]
pub fn Tools(page: OnPage, request: ServiceRequest) -> impl IntoView {
    let (may_edit, may_handle) = (request.may_edit, request.may_handle);
    let open = page.form;
    view! {
        <div class="facts__tools">
            <Follow page=page request=request />
            {may_edit
                .then(|| {
                    view! {
                        <Button icon="pencil" on_click=move || open.set(Some(Form::Told))>{words::mend::open()}</Button>
                    }
                })}
            {may_handle
                .then(|| {
                    view! {
                        <Button icon="pencil" on_click=move || open.set(Some(Form::Handling))>
                            {words::handling::edit()}
                        </Button>
                    }
                })}
        </div>
    }
}

/// The form that is open. It stands beside the page, not in it: what is being filled in must not be lost because the page
/// is drawn anew.
#[component]
pub fn OpenForm(page: OnPage, form: Form, request: ServiceRequest) -> impl IntoView {
    let close = Callback::new(move |()| page.form.set(None));
    match form {
        Form::Told => view! { <Told page=page request=request close=close /> }.into_any(),
        Form::Handling => view! { <Handling page=page request=request close=close /> }.into_any(),
    }
}

/// To hear how it goes on, or to hear no more.
#[component]
fn Follow(page: OnPage, request: ServiceRequest) -> impl IntoView {
    let following = request.following;
    let number = request.summary.number;
    let pending = RwSignal::new(false);
    let toasts = Toasts::expect();
    let toggle = move || {
        pending.set(true);
        let (slug, number) = (page.slug(), number.clone());
        spawn_local(async move {
            let endpoint = if following { &UNFOLLOW } else { &FOLLOW };
            let done = api::get(endpoint, &[&slug, &number]).await;
            let _ = pending.try_set(false);
            match done {
                Ok(now) => {
                    let changed = untrack(|| page.request.ready()).map(|known| ServiceRequest {
                        following: now.following,
                        followers: now.followers,
                        ..known
                    });
                    if let Some(changed) = changed {
                        page.request.set(changed);
                    }
                    toasts.done(if now.following { words::follow::on() } else { words::follow::off() });
                }
                Err(failure) => toasts.failed(labels::failure(&failure)),
            }
        });
    };
    view! {
        <Button icon="bell" pending=pending on_click=toggle>
            {if following { words::follow::unfollow() } else { words::follow::follow() }}
        </Button>
    }
}

/// What saving a form of this page needs besides its fields.
#[derive(Clone, Copy)]
struct Saving {
    page: OnPage,
    close: Callback<()>,
    faults: RwSignal<Faults>,
    refused: RwSignal<Option<String>>,
    pending: RwSignal<bool>,
    toasts: Toasts,
}

impl Saving {
    fn new(page: OnPage, close: Callback<()>) -> Self {
        let (faults, refused) = (RwSignal::new(Faults::new()), RwSignal::new(None));
        Self { page, close, faults, refused, pending: RwSignal::new(false), toasts: Toasts::expect() }
    }

    fn finish(self, outcome: Result<ServiceRequest, Failure>, done: &'static str) {
        let _ = self.pending.try_set(false);
        match outcome {
            Ok(request) => {
                let _ = self.page.form.try_set(None);
                self.page.request.set(request);
                self.toasts.done(done);
            }
            Err(Failure::Problem(problem)) if !problem.errors.is_empty() => {
                let _ = self.faults.try_set(faults_of(&problem));
            }
            Err(failure) => {
                let _ = self.refused.try_set(Some(labels::failure(&failure)));
            }
        }
    }

    fn fault(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.faults.with(|faults| faults.get(field).cloned()))
    }

    fn foot(self) -> AnyView {
        view! {
            {live(move || {
                self.refused.get().map(|text| view! { <p class="notice notice--danger" role="alert">{text}</p> })
            })}
            <div class="dialog__foot">
                <Submit pending=self.pending look=Look::Primary>{words::common::save()}</Submit>
                <Button look=Look::Quiet on_click=move || self.close.run(())>{words::common::not_now()}</Button>
            </div>
        }
        .into_any()
    }
}

/// The reporter mends what they told.
#[component]
fn Told(page: OnPage, request: ServiceRequest, close: Callback<()>) -> impl IntoView {
    let saving = Saving::new(page, close);
    let title = RwSignal::new(request.summary.title);
    let description = RwSignal::new(request.description);
    let photos = RwSignal::new(Vec::<Photo>::new());
    let (number, version) = (request.summary.number, request.version);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if photos.with_untracked(|photos| attachment::uploading(photos)) {
            return saving.refused.set(Some(words::photo::wait().to_owned()));
        }
        let (title, description) = (title.get_untracked(), description.get_untracked());
        let mut faults = Faults::new();
        for (field, checked) in
            [("title", rule::TITLE.check(&title)), ("description", rule::DESCRIPTION.check(&description))]
        {
            if let Err(fault) = checked {
                faults.insert(field.into(), labels::fault(&fault));
            }
        }
        let fine = faults.is_empty();
        saving.faults.set(faults);
        if !fine {
            return;
        }
        saving.pending.set(true);
        let body = UpdateServiceRequest {
            title: Some(title),
            description: Some(description),
            attachment_ids: Some(photos.with_untracked(|photos| attachment::ids(photos))),
        };
        let (slug, number) = (page.slug(), number.clone());
        spawn_local(async move {
            let outcome = api::change(&UPDATE, &[&slug, &number], version, &body).await;
            saving.finish(outcome, words::mend::saved());
        });
    };
    view! {
        <Dialog title=words::mend::title() close_label=words::common::close() on_close=close>
            <form class="stack" novalidate=true on:submit=submit>
                <TextField id="mend-title" label=words::mend::what() value=title fault=saving.fault("title") />
                <TextArea
                    id="mend-description"
                    label=words::mend::more()
                    value=description
                    fault=saving.fault("description")
                />
                <PhotoPicker
                    id="mend-photos"
                    words=attachment::optional()
                    photos=photos
                    fault=saving.fault("attachment_ids")
                    upload=attachment::uploader(page.slug(), photos)
                />
                {saving.foot()}
            </form>
        </Dialog>
    }
}

/// Staff note tags and costs.
#[component]
fn Handling(page: OnPage, request: ServiceRequest, close: Callback<()>) -> impl IntoView {
    let saving = Saving::new(page, close);
    let currency = page.membership.with_value(|it| it.community.currency.clone());
    let plain = |cost: Option<i64>| cost.map(|cost| amount(cost, "").trim().to_owned()).unwrap_or_default();
    let tags = RwSignal::new(request.tags.join(", "));
    let estimated = RwSignal::new(plain(request.estimated_cost));
    let actual = RwSignal::new(plain(request.actual_cost));
    let (number, version) = (request.summary.number, request.version);
    let known = load(move || {
        let slug = page.slug();
        async move { Ok(api::get_with(&TAGS, &[&slug], &TagQuery::default()).await?.data) }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let costs = [("estimated_cost", estimated), ("actual_cost", actual)]
            .map(|(field, typed)| (field, parse_amount(&typed.get_untracked())));
        let mut faults = Faults::new();
        for (field, _) in costs.iter().filter(|(_, parsed)| parsed.is_err()) {
            faults.insert((*field).into(), words::handling::cost_wrong().into());
        }
        let fine = faults.is_empty();
        saving.faults.set(faults);
        if !fine {
            return;
        }
        saving.pending.set(true);
        let [estimated, actual] = costs.map(|(_, parsed)| parsed.unwrap_or_default());
        let typed = tags.get_untracked();
        let body = UpdateHandling {
            tags: Some(
                typed.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect(),
            ),
            estimated_cost: Some(estimated),
            actual_cost: Some(actual),
        };
        let (slug, number) = (page.slug(), number.clone());
        spawn_local(async move {
            let outcome = api::change(&UPDATE_HANDLING, &[&slug, &number], version, &body).await;
            saving.finish(outcome, words::handling::saved());
        });
    };
    let help = words::handling::cost_help(&currency);
    view! {
        <Dialog title=words::handling::title() close_label=words::common::close() on_close=close>
            <form class="stack" novalidate=true on:submit=submit>
                <TextField
                    id="handling-tags"
                    label=words::handling::tags()
                    help=words::handling::tags_help()
                    value=tags
                    fault=saving.fault("tags")
                />
                {live(move || {
                    let unused: Vec<String> = known
                        .ready()
                        .unwrap_or_default()
                        .into_iter()
                        .map(|known| known.tag)
                        .filter(|tag| tags.with(|typed| !typed.split(',').any(|one| one.trim() == tag)))
                        .take(8)
                        .collect();
                    (!unused.is_empty())
                        .then(|| {
                            view! {
                                <div class="facts__tools" role="group" aria-label=words::handling::known()>
                                    {unused
                                        .into_iter()
                                        .map(|tag| {
                                            let shown = tag.clone();
                                            let add = move || {
                                                tags.update(|typed| {
                                                    if !typed.trim().is_empty() {
                                                        typed.push_str(", ");
                                                    }
                                                    typed.push_str(&tag);
                                                });
                                            };
                                            view! { <Button look=Look::Quiet icon="plus" on_click=add>{shown}</Button> }
                                        })
                                        .collect_view()}
                                </div>
                            }
                        })
                })}
                <TextField
                    id="handling-estimated"
                    label=words::handling::estimated()
                    help=help.clone()
                    value=estimated
                    fault=saving.fault("estimated_cost")
                />
                <TextField
                    id="handling-actual"
                    label=words::handling::actual()
                    help=help
                    value=actual
                    fault=saving.fault("actual_cost")
                />
                {saving.foot()}
            </form>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_back_as_it_was_written() {
        for (typed, minor) in [("120.50", 12_050), ("120,5", 12_050), ("7", 700), (" 0.07 ", 7)] {
            assert_eq!(parse_amount(typed), Ok(Some(minor)), "{typed}");
        }
        assert_eq!(parse_amount(" "), Ok(None));
        for wrong in ["-1", "1.234", "x", ".5", "1.2.3", "99999999999999999999"] {
            assert_eq!(parse_amount(wrong), Err(()), "{wrong}");
        }
        assert_eq!(amount(12_050, "EUR"), "120.50 EUR");
    }
}
