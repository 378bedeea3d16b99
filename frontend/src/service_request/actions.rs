//! The buttons: what the server allows, in the order of what most likely comes next.

use contract::service_request::{ACT, ActOnServiceRequest, AllowedAction, ServiceRequest};
use domain::id::MemberId;
use domain::service_request::RequestAction;
use domain::service_request::workflow::Field;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::show::OnPage;
use crate::api::Failure;
use crate::ui::button::{Button, Look};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::menu::Menu;
use crate::ui::toast::Toasts;
use crate::{api, labels, words};
use contract::problem::Code;

/// How near an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// What this person most likely came for.
    First,
    /// A button of its own.
    Near,
    /// In the menu.
    Far,
}

/// An action that this person may do now.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    pub nearness: Nearness,
    pub allowed: AllowedAction,
}

/// How near an action is to somebody who has the work themselves, or has not.
fn nearness(action: RequestAction, is_assignee: bool) -> Option<Nearness> {
    use RequestAction::{
        Accept, Answer, Arrive, Ask, Assign, AutoClose, Cancel, ChangeCategory, ChangeDue, ChangePriority,
        ChangeVisibility, ChangeZone, Claim, Close, Confirm, Decline, Dispute, Hold, Merge, Override,
        Reassign, Reject, Reopen, RequestCancel, Resolve, Resume, Start, Triage, Unassign, Unmerge,
    };
    Some(match action {
        Answer | Accept | Claim | Start | Confirm | Triage => Nearness::First,
        Resolve | Resume if is_assignee => Nearness::First,
        Hold if is_assignee => Nearness::Near,
        Assign | Dispute | Close | Decline | Reassign => Nearness::Near,
        Arrive | Ask | Resolve | Resume | Hold | Reopen | ChangePriority | ChangeCategory | ChangeZone
        | ChangeVisibility | ChangeDue | Unassign | Merge | Unmerge | Cancel | RequestCancel | Reject
        | Override => Nearness::Far,
        AutoClose => return None,
    })
}

/// Actions in the order in which they are offered.
const ORDER: &[RequestAction] = &[
    RequestAction::Answer,
    RequestAction::Accept,
    RequestAction::Claim,
    RequestAction::Confirm,
    RequestAction::Resolve,
    RequestAction::Resume,
    RequestAction::Start,
    RequestAction::Triage,
    RequestAction::Assign,
    RequestAction::Dispute,
    RequestAction::Close,
    RequestAction::Hold,
    RequestAction::Decline,
    RequestAction::Reassign,
    RequestAction::Arrive,
    RequestAction::Ask,
    RequestAction::ChangePriority,
    RequestAction::ChangeCategory,
    RequestAction::ChangeZone,
    RequestAction::ChangeVisibility,
    RequestAction::ChangeDue,
    RequestAction::Reopen,
    RequestAction::Merge,
    RequestAction::Unmerge,
    RequestAction::Unassign,
    RequestAction::Override,
    RequestAction::Reject,
    RequestAction::RequestCancel,
    RequestAction::Cancel,
];

/// What to offer to somebody, the nearest first, and exactly one of them first.
pub fn offers(request: &ServiceRequest, me: MemberId) -> Vec<Offer> {
    let is_assignee = request.summary.assignee.as_ref().is_some_and(|person| person.member_id == me);
    let rank = |offer: &Offer| {
        let action = offer.allowed.action;
        (offer.nearness, ORDER.iter().position(|known| *known == action).unwrap_or(ORDER.len()))
    };
    let mut offers: Vec<Offer> = Vec::new();
    for allowed in &request.allowed_actions {
        let Some(nearness) = nearness(allowed.action, is_assignee) else { continue };
        let offer = Offer { nearness, allowed: allowed.clone() };
        let at = offers.partition_point(|other| rank(other) <= rank(&offer));
        offers.insert(at, offer);
    }
    for offer in offers.iter_mut().skip(1).filter(|offer| offer.nearness == Nearness::First) {
        offer.nearness = Nearness::Near;
    }
    // Where nothing is first, the nearest is.
    if let Some(offer) = offers.first_mut()
        && offer.allowed.action == RequestAction::Assign
    {
        offer.nearness = Nearness::First;
    }
    offers
}

/// Whether an action asks nothing worth a form.
fn is_plain(allowed: &AllowedAction) -> bool {
    allowed.fields.iter().all(|field| field.name == Field::Note && !field.required)
        && !matches!(allowed.action, RequestAction::Cancel | RequestAction::RequestCancel)
}

/// Runs actions and brings their outcome onto the page.
#[derive(Clone, Copy)]
pub struct Acting {
    page: OnPage,
    toasts: Toasts,
    /// The action that is on its way.
    pub pending: RwSignal<Option<RequestAction>>,
}

impl Acting {
    pub fn new(page: OnPage) -> Self {
        Self { page, toasts: Toasts::expect(), pending: RwSignal::new(None) }
    }

    /// Opens the form of an action, or does it at once if it needs none.
    pub fn begin(self, allowed: AllowedAction) {
        if is_plain(&allowed) {
            let toasts = self.toasts;
            self.run(ActOnServiceRequest::new(allowed.action), move |failure| {
                toasts.failed(labels::failure(&failure));
            });
        } else {
            self.page.open.set(Some(allowed));
        }
    }

    /// Does an action. `on_failure` hears of what the person can mend; a conflict reloads the page.
    pub fn run(self, body: ActOnServiceRequest, on_failure: impl FnOnce(Failure) + 'static) {
        if self.pending.with_untracked(Option::is_some) {
            return;
        }
        let Some(number) = untrack(|| self.page.request.ready()).map(|it| it.summary.number) else { return };
        let slug = self.page.slug();
        self.pending.set(Some(body.action));
        spawn_local(async move {
            let outcome = api::send(&ACT, &[&slug, &number], &body).await;
            if self.pending.try_set(None).is_some() {
                return;
            }
            match outcome {
                Ok(request) => {
                    self.page.open.set(None);
                    self.page.request.set(request);
                    self.toasts.done(labels::done(body.action));
                }
                Err(failure)
                    if matches!(failure.code(), Some(Code::Stale | Code::WrongState | Code::NotAllowed)) =>
                {
                    self.page.open.set(None);
                    self.page.request.reload();
                    self.toasts.failed(labels::failure(&failure));
                }
                Err(failure) => on_failure(failure),
            }
        });
    }

    pub fn is_pending(self, action: RequestAction) -> Signal<bool> {
        Signal::derive(move || self.pending.get() == Some(action))
    }
}

/// Where the buttons stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Beside the title, on a desk.
    Head,
    /// At the foot, on a phone.
    Foot,
}

#[component]
pub fn Buttons(offers: Memo<Vec<Offer>>, place: Place, acting: Acting) -> impl IntoView {
    live(move || {
        let offers = offers.get();
        let room = match place {
            Place::Head => 3,
            Place::Foot => 2,
        };
        let (near, far): (Vec<_>, Vec<_>) = offers
            .into_iter()
            .enumerate()
            .partition(|(index, offer)| *index < room && offer.nearness != Nearness::Far);
        let mut near: Vec<_> = near.into_iter().map(|(_, offer)| offer).collect();
        let far: Vec<_> = far.into_iter().map(|(_, offer)| offer).collect();
        if place == Place::Head {
            // On a desk the first stands at the end, where the eye and the pointer arrive.
            near.reverse();
        }
        let menu = (!far.is_empty()).then(|| view! { <MoreActions offers=far place=place acting=acting /> });
        let buttons = near
            .into_iter()
            .map(|Offer { nearness, allowed }| {
                let action = allowed.action;
                let look = if nearness == Nearness::First { Look::Primary } else { Look::Secondary };
                view! {
                    <Button
                        look=look
                        pending=acting.is_pending(action)
                        on_click=move || acting.begin(allowed.clone())
                    >
                        {labels::action(action)}
                    </Button>
                }
            })
            .collect_view();
        match place {
            Place::Head => view! { {menu} {buttons} }.into_any(),
            Place::Foot => view! { {buttons} {menu} }.into_any(),
        }
    })
}

#[component]
fn MoreActions(offers: Vec<Offer>, place: Place, acting: Acting) -> impl IntoView {
    let offers = StoredValue::new(offers);
    let trigger = || view! { <Icon name="ellipsis" /> };
    view! {
        <Menu
            trigger=trigger
            trigger_class="button button--secondary button--icon"
            label=words::request::more_actions()
            end=true
            up=place == Place::Foot
        >
            {offers
                .get_value()
                .into_iter()
                .map(|offer| {
                    let action = offer.allowed.action;
                    let dangerous = matches!(
                        action,
                        RequestAction::Cancel | RequestAction::Reject | RequestAction::Decline
                    );
                    view! {
                        <button
                            type="button"
                            class="menu__item"
                            class:menu__item--danger=dangerous
                            on:click=move |_| acting.begin(offer.allowed.clone())
                        >
                            <Icon name=labels::action_icon(action) />
                            {labels::action(action)}
                        </button>
                    }
                })
                .collect_view()}
        </Menu>
    }
}
