//! One request: its story on the left, the facts on the right, what can be done now within reach.

use contract::account::Membership;
use contract::service_request::{AllowedAction, SHOW, ServiceRequest};
use contract::stream::RequestChanged;
use domain::service_request::RequestAction;
use leptos::prelude::*;

use super::actions::{Acting, Buttons, Place};
use super::edit::Form;
use super::facts::Facts;
use super::forms::Forms;
use super::story::Story;
use super::{Deadline, StatusBadge};
use crate::comment::{About, History, Removal, Talk};
use crate::load::{Failed, Load, Loading, load};
use crate::routes::Route;
use crate::shell::Page;
use crate::ui::live::live;
use crate::ui::photos::{LargePhoto, Picture};
use crate::ui::priority::PriorityMark;
use crate::ui::skeleton::SkeletonPage;
use crate::{address, api, community, labels, words};

#[component]
pub fn ShowPage(community: String, number: String) -> impl IntoView {
    community::inside(&community, |membership| {
        view! { <Show membership=membership number=number /> }.into_any()
    })
}

/// Everything that the parts of the page share.
#[derive(Clone, Copy)]
pub struct OnPage {
    pub request: Loading<ServiceRequest>,
    pub membership: StoredValue<Membership>,
    /// The action whose form is open.
    pub open: RwSignal<Option<AllowedAction>>,
    /// Which other form is.
    pub form: RwSignal<Option<Form>>,
}

impl OnPage {
    pub fn of(request: Loading<ServiceRequest>, membership: Membership) -> Self {
        let membership = StoredValue::new(membership);
        Self { request, membership, open: RwSignal::new(None), form: RwSignal::new(None) }
    }

    pub fn slug(self) -> String {
        self.membership.with_value(|it| it.community.slug.clone())
    }

    pub fn zone(self) -> String {
        self.membership.with_value(|it| it.community.time_zone.clone())
    }
}

#[component]
fn Show(membership: Membership, number: String) -> impl IntoView {
    let slug = membership.community.slug.clone();
    let request = {
        let (slug, number) = (slug.clone(), number.clone());
        load(move || {
            let (slug, number) = (slug.clone(), number.clone());
            async move { api::get(&SHOW, &[&slug, &number]).await }
        })
    };
    // The photo that is shown large.
    let large = RwSignal::new(None::<Picture>);
    let me = membership.member_id;
    let talk = Talk::new(About::Request, &membership, number.clone(), large);
    let page = OnPage::of(request, membership);
    let acting = Acting::new(page);
    // Others work on it too, and the addresses of the photos run out.
    request.reload_when_seen_again();
    let (here, shown) = (slug.clone(), number.clone());
    let is_news = move |change: &RequestChanged| {
        let known = untrack(|| request.ready()).map(|it| it.version);
        change.community == here && change.number == shown && known.is_none_or(|known| known < change.version)
    };
    crate::live::on_change(is_news, move || {
        request.reload();
        talk.newest.reload();
    });
    open_from_address(page);
    let over = number.clone();
    let title = Signal::derive(move || request.ready().map_or(number.clone(), |it| it.summary.title));
    let offers = Memo::new(move |_| {
        request.ready().map_or_else(Vec::new, |request| {
            page.membership.with_value(|me| super::actions::offers(&request, me.member_id))
        })
    });
    view! {
        <Page
            title=title
            back=Route::Requests(slug).href()
            over=over
            meta=move || view! { <Meta page=page /> }.into_any()
            actions=move || view! { <Buttons offers=offers place=Place::Head acting=acting /> }.into_any()
            sticky=move || view! { <Buttons offers=offers place=Place::Foot acting=acting /> }.into_any()
        >
            {live(move || match request.state.get() {
                Load::Loading => view! { <SkeletonPage label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| request.reload()) /> }.into_any()
                }
                Load::Ready(shown) => {
                    view! {
                        <div class="request__meta only-phone"><Meta page=page /></div>
                        <div class="request">
                            <Story page=page talk=talk large=large request=shown.clone() />
                            <Facts page=page request=shown />
                        </div>
                    }
                        .into_any()
                }
            })}
        </Page>
        <Forms page=page acting=acting />
        {live(move || {
            talk.removing.get().map(|comment| view! { <Removal talk=talk comment=comment me=me /> })
        })}
        {live(move || {
            talk.history.get().map(|versions| view! { <History talk=talk versions=versions zone=page.zone() /> })
        })}
        <LargePhoto shown=large close_label=words::common::close() />
    }
}

/// A link from a card can name the action whose form shall be open: `?do=resolve`.
fn open_from_address(page: OnPage) {
    let wanted: Option<RequestAction> =
        untrack(|| address::expect().value("do")).and_then(|word| word.parse().ok());
    let Some(wanted) = wanted else { return };
    let done = StoredValue::new(false);
    Effect::new(move || {
        if let Some(request) = page.request.ready()
            && !done.get_value()
        {
            done.set_value(true);
            page.open.set(request.allowed_actions.into_iter().find(|allowed| allowed.action == wanted));
        }
    });
}

/// Number, state, priority and deadline in one line.
#[component]
fn Meta(page: OnPage) -> impl IntoView {
    live(move || {
        page.request.ready().map(|request| {
            let summary = request.summary;
            view! {
                <span class="number only-desk">{summary.number}</span>
                <StatusBadge status=summary.status />
                <PriorityMark
                    level=labels::priority_level(summary.priority)
                    label=labels::priority(summary.priority)
                    with_words=true
                />
                <Deadline
                    status=summary.status
                    created_at=summary.created_at
                    due_at=summary.due_at
                    zone=page.zone()
                />
            }
        })
    })
}
