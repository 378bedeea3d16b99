//! The board: a column for each state, and a card that is carried from one to the next is the action that leads there.

use contract::account::Membership;
use contract::bulk::{BOARD, BoardColumn};
use contract::service_request::{
    ActOnServiceRequest, AllowedAction, LIST, SHOW, ServiceRequest, ServiceRequestQuery,
    ServiceRequestSummary,
};
use domain::role::Permission;
use domain::service_request::workflow::Field;
use domain::service_request::{RequestAction, RequestStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::actions::Acting;
use super::filter::Filter;
use super::filter_bar::FilterBar;
use super::forms::Forms;
use super::show::OnPage;
use super::{Deadline, StatusBadge, place};
use crate::load::{Failed, Load, Loading, load};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{NotFound, Page, Width};
use crate::ui::avatar::Avatar;
use crate::ui::button::{Button, Look};
use crate::ui::dialog::Dialog;
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::priority::PriorityMark;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::toast::Toasts;
use crate::{address, api, browser, community, labels, words};

/// How many cards of a column come at once.
const AT_ONCE: u16 = 20;

#[component]
pub fn BoardPage(community: String) -> impl IntoView {
    community::inside(&community, |membership| match can(&membership, Permission::RequestsViewAll) {
        true => view! { <Board membership=membership /> }.into_any(),
        false => view! { <NotFound /> }.into_any(),
    })
}

/// A card that is being carried.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Carried {
    number: String,
    from: RequestStatus,
    /// Over which column it is.
    over: RequestStatus,
}

/// What the cards and columns share.
#[derive(Clone, Copy)]
struct OnBoard {
    page: OnPage,
    acting: Acting,
    toasts: Toasts,
    board: Loading<Vec<BoardColumn>>,
    chosen: StoredValue<Option<String>>,
    query: Memo<ServiceRequestQuery>,
    carried: RwSignal<Option<Carried>>,
    /// Several actions lead to where a card was put.
    choice: RwSignal<Option<Vec<AllowedAction>>>,
    /// Read out to those who do not see the card move.
    said: RwSignal<String>,
}

#[component]
fn Board(membership: Membership) -> impl IntoView {
    let slug = membership.community.slug.clone();
    let bar = address::expect();
    let filter = Memo::new(move |_| bar.search.with(|search| Filter::parse(search)));
    let query = Memo::new(move |_| ServiceRequestQuery {
        status: None,
        unassigned: None,
        limit: Some(AT_ONCE),
        ..Filter { view: super::filter::View::All, ..filter.get() }.query()
    });
    let board = {
        let slug = slug.clone();
        load(move || {
            let (slug, query) = (slug.clone(), query.get());
            async move { Ok(api::get_with(&BOARD, &[&slug], &query).await?.columns) }
        })
    };
    // The request that an action is done with: whichever card was put down last.
    let chosen = StoredValue::new(None::<String>);
    let request = {
        let slug = slug.clone();
        load(move || {
            let (slug, number) = (slug.clone(), chosen.get_value());
            async move {
                match number {
                    Some(number) => api::get(&SHOW, &[&slug, &number]).await,
                    None => std::future::pending().await,
                }
            }
        })
    };
    let page = OnPage::of(request, membership);
    let on_board = OnBoard {
        page,
        acting: Acting::quietly(page),
        toasts: Toasts::expect(),
        board,
        chosen,
        query,
        carried: RwSignal::new(None),
        choice: RwSignal::new(None),
        said: RwSignal::new(String::new()),
    };
    // What became of a card that an action was done with.
    Effect::new(move || {
        if let Load::Ready(request) = page.request.state.get() {
            on_board.settle(&request);
        }
    });
    board.reload_when_seen_again();
    // Not under somebody's hands.
    let idle = move || on_board.carried.with_untracked(Option::is_none);
    crate::live::reload_with(slug.clone(), board, idle);
    let here = slug.clone();
    let change = Callback::new(move |filter: Filter| {
        bar.replace(&format!("{}{}", Route::Board(here.clone()).href(), filter.search()));
    });
    let list = Route::Requests(slug.clone()).href();
    view! {
        <Page title=words::board::title().to_owned() width=Width::Full back=list>
            <div class="stack board-page">
                <FilterBar community=slug filter=filter change=change />
                <p class="quiet only-desk">{words::board::how()}</p>
                <p class="visually-hidden" role="status">{on_board.said}</p>
                {live(move || match board.state.get() {
                    Load::Loading => view! { <SkeletonRows rows=8 label=words::common::loading() /> }.into_any(),
                    Load::Failed(failure) => {
                        view! { <Failed failure=failure retry=Callback::new(move |()| board.reload()) /> }.into_any()
                    }
                    Load::Ready(columns) => view! {
                        <div class="board">
                            {columns
                                .into_iter()
                                .map(|column| view! { <Column column=column on_board=on_board /> })
                                .collect_view()}
                        </div>
                    }
                    .into_any(),
                })}
            </div>
        </Page>
        <Forms page=page acting=on_board.acting />
        {live(move || on_board.choice.get().map(|choice| view! { <Choose actions=choice on_board=on_board /> }))}
    }
}

#[component]
fn Column(column: BoardColumn, on_board: OnBoard) -> impl IntoView {
    let BoardColumn { status, count, data, next_cursor } = column;
    let older = RwSignal::new(Vec::new());
    let cursor = RwSignal::new(next_cursor);
    let more = move || {
        let slug = on_board.page.slug();
        let query = ServiceRequestQuery {
            status: Some(status.as_str().to_owned()),
            cursor: cursor.get_untracked(),
            ..on_board.query.get_untracked()
        };
        spawn_local(async move {
            match api::get_with(&LIST, &[&slug], &query).await {
                Ok(page) => {
                    let _ = older.try_update(|older| older.extend(page.data));
                    let _ = cursor.try_set(page.next_cursor);
                }
                Err(failure) => on_board.toasts.failed(labels::failure(&failure)),
            }
        });
    };
    let is_over = move || on_board.carried.with(|it| it.as_ref().is_some_and(|it| it.over == status));
    let name = labels::status(status);
    let count = if count >= 1000 { "1000+".to_owned() } else { count.to_string() };
    let cards = move || data.iter().cloned().chain(older.get()).collect::<Vec<ServiceRequestSummary>>();
    view! {
        <section
            class="board__column"
            class:board__column--over=is_over
            aria-label=format!("{name}, {count}")
            on:dragover=move |event| {
                if on_board.carried.with_untracked(Option::is_some) {
                    event.prevent_default();
                    on_board.carry_over(status);
                }
            }
            on:drop=move |event| {
                event.prevent_default();
                on_board.put_down();
            }
        >
            <header class="board__head">
                <h2><StatusBadge status=status /></h2>
                <span class="board__count">{count.clone()}</span>
            </header>
            <ul class="board__cards">
                <For each=cards key=|card| (card.id, card.updated_at) let:card>
                    <Card card=card on_board=on_board />
                </For>
            </ul>
            {move || {
                cursor.with(Option::is_some).then(|| {
                    view! { <Button look=Look::Quiet on_click=more>{words::common::more()}</Button> }
                })
            }}
        </section>
    }
}

#[component]
fn Card(card: ServiceRequestSummary, on_board: OnBoard) -> impl IntoView {
    let where_it_is = place(&card);
    let (status, number) = (card.status, card.number.clone());
    let href = Route::Request(on_board.page.slug(), number.clone()).href();
    let is_carried = {
        let number = number.clone();
        Memo::new(move |_| on_board.carried.with(|it| it.as_ref().is_some_and(|it| it.number == number)))
    };
    let pick_up = {
        let number = number.clone();
        move || on_board.pick_up(&number, status)
    };
    let (lift, by_key, by_press) = (pick_up.clone(), pick_up, number.clone());
    view! {
        <li
            class="board-card"
            data-card=number.clone()
            class:board-card--carried=is_carried
            draggable="true"
            on:dragstart=move |event| {
                if let Some(transfer) = event.data_transfer() {
                    let _ = transfer.set_data("text/plain", &number);
                }
                lift();
            }
            on:dragend=move |_| on_board.carried.set(None)
        >
            <div class="board-card__top">
                <PriorityMark level=labels::priority_level(card.priority) label=labels::priority(card.priority) />
                <span class="number">{card.number.clone()}</span>
                <button
                    type="button"
                    class="board-card__grip"
                    aria-label=words::board::take(&card.number)
                    aria-pressed=move || if is_carried.get() { "true" } else { "false" }
                    on:click=move |_| on_board.offer_all(by_press.clone())
                    on:keydown=move |event| on_board.on_key(&event, &by_key)
                >
                    <Icon name="grip-vertical" size=16 />
                </button>
            </div>
            <a class="board-card__title" href=href draggable="false">{card.title}</a>
            <div class="board-card__foot">
                <span class="board-card__place">{where_it_is}</span>
                <Deadline
                    status=status
                    created_at=card.created_at
                    due_at=card.due_at
                    zone=on_board.page.zone()
                />
                {card.assignee.map(|person| view! { <Avatar name=person.display_name /> })}
            </div>
        </li>
    }
}

impl OnBoard {
    fn pick_up(self, number: &str, from: RequestStatus) {
        self.carried.set(Some(Carried { number: number.to_owned(), from, over: from }));
        self.said.set(words::board::taken(number, labels::status(from)));
    }

    fn carry_over(self, status: RequestStatus) {
        let elsewhere = self.carried.with_untracked(|it| it.as_ref().is_some_and(|it| it.over != status));
        if elsewhere {
            self.carried.update(|it| {
                if let Some(carried) = it {
                    carried.over = status;
                }
            });
            self.said.set(words::board::over(labels::status(status)));
        }
    }

    /// Space takes a card and puts it down, arrows carry it, Escape leaves it where it was.
    fn on_key(self, event: &web_sys::KeyboardEvent, pick_up: &impl Fn()) {
        let carried = self.carried.get_untracked();
        match (event.key().as_str(), carried) {
            (" " | "Enter", None) => pick_up(),
            (" " | "Enter", Some(_)) => self.put_down(),
            ("ArrowLeft", Some(carried)) => self.carry_by(&carried, -1),
            ("ArrowRight", Some(carried)) => self.carry_by(&carried, 1),
            ("Escape", Some(_)) => {
                self.carried.set(None);
                self.said.set(words::board::left().to_owned());
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn carry_by(self, carried: &Carried, by: isize) {
        let columns: Vec<RequestStatus> =
            self.board.ready().unwrap_or_default().iter().map(|column| column.status).collect();
        let at = columns.iter().position(|status| *status == carried.over);
        if let Some(next) = at.and_then(|at| at.checked_add_signed(by)).and_then(|at| columns.get(at)) {
            self.carry_over(*next);
        }
    }

    /// Does what leads to the column that the card is over.
    fn put_down(self) {
        let Some(Carried { number, from, over }) = self.carried.get_untracked() else { return };
        self.carried.set(None);
        if from == over {
            return self.said.set(words::board::left().to_owned());
        }
        self.with_request(number, move |request| {
            let leading = |allowed: &&AllowedAction| allowed.to == Some(over);
            let mut actions: Vec<AllowedAction> =
                request.allowed_actions.iter().filter(leading).cloned().collect();
            if actions.is_empty() {
                let anywhere = |allowed: &&AllowedAction| allowed.action == RequestAction::Override;
                actions = request.allowed_actions.iter().filter(anywhere).cloned().collect();
            }
            self.offer(over, actions);
        });
    }

    /// For those who press instead of carrying: everything that leads elsewhere.
    fn offer_all(self, number: String) {
        self.with_request(number, move |request| {
            let leads = |allowed: &&AllowedAction| allowed.to.is_some_and(|to| to != request.summary.status);
            let actions = request.allowed_actions.iter().filter(leads).cloned().collect();
            self.choice.set(Some(actions));
        });
    }

    /// Fetches a request with what may be done to it now.
    fn with_request(self, number: String, then: impl FnOnce(&ServiceRequest) + 'static) {
        let slug = self.page.slug();
        self.chosen.set_value(Some(number.clone()));
        spawn_local(async move {
            match api::get(&SHOW, &[&slug, &number]).await {
                Ok(request) => {
                    self.page.request.set(request.clone());
                    then(&request);
                }
                Err(failure) => self.toasts.failed(labels::failure(&failure)),
            }
        });
    }

    fn offer(self, to: RequestStatus, mut actions: Vec<AllowedAction>) {
        match actions.len() {
            0 => self.toasts.failed(words::board::no_way(labels::status(to))),
            1 => self.go(actions.remove(0)),
            _ => self.choice.set(Some(actions)),
        }
    }

    /// Does what asks for nothing that it could not do without; opens the form of all else.
    fn go(self, allowed: AllowedAction) {
        let asks = allowed.fields.iter().any(|field| field.required || field.one_of);
        if asks || matches!(allowed.action, RequestAction::Cancel | RequestAction::RequestCancel) {
            return self.acting.begin(allowed);
        }
        let toasts = self.toasts;
        let act = ActOnServiceRequest::new(allowed.action);
        self.acting.run(act, move |failure| toasts.failed(labels::failure(&failure)));
    }

    /// Moves the card to where it belongs now, and offers the way back.
    fn settle(self, request: &ServiceRequest) {
        let Some(mut columns) = untrack(|| self.board.ready()) else { return };
        let card = &request.summary;
        let Some(from) = columns.iter().find(|column| column.data.iter().any(|one| one.id == card.id)) else {
            return;
        };
        let from = from.status;
        if from == card.status {
            return;
        }
        for column in &mut columns {
            if column.status == from {
                column.data.retain(|one| one.id != card.id);
                column.count -= 1;
            } else if column.status == card.status {
                column.data.insert(0, card.clone());
                column.count += 1;
            }
        }
        self.board.set(columns);
        self.said.set(words::board::moved(&card.number, labels::status(card.status)));
        browser::focus_later(format!("[data-card=\"{}\"] .board-card__grip", card.number));
        self.offer_undo(request, from);
    }

    fn offer_undo(self, request: &ServiceRequest, back_to: RequestStatus) {
        let asks_no_more = |allowed: &&AllowedAction| {
            allowed.fields.iter().all(|field| !field.required || field.name == Field::Note)
        };
        let mut ways = request.allowed_actions.iter().filter(asks_no_more);
        let back = ways.find(|allowed| allowed.to == Some(back_to));
        let by_force = request.allowed_actions.iter().find(|it| it.action == RequestAction::Override);
        let undo = match (back, by_force) {
            (Some(way), _) => ActOnServiceRequest::new(way.action),
            (None, Some(way)) => {
                ActOnServiceRequest { target: Some(back_to), ..ActOnServiceRequest::new(way.action) }
            }
            (None, None) => return,
        };
        let undo = ActOnServiceRequest { note: Some(words::board::undone().to_owned()), ..undo };
        self.toasts.offer(
            words::board::moved(&request.summary.number, labels::status(request.summary.status)),
            words::board::undo(),
            move || {
                let toasts = self.toasts;
                self.acting.run(undo.clone(), move |failure| toasts.failed(labels::failure(&failure)));
            },
        );
    }
}

/// Which of several ways a card shall go.
#[component]
fn Choose(actions: Vec<AllowedAction>, on_board: OnBoard) -> impl IntoView {
    let close = Callback::new(move |()| on_board.choice.set(None));
    view! {
        <Dialog title=words::board::choose() close_label=words::common::close() on_close=close>
            <div class="dialog__body board-choice">
                {actions.is_empty().then(|| view! { <p>{words::board::nothing()}</p> })}
                {actions
                    .into_iter()
                    .map(|allowed| {
                        let to = allowed.to.map(labels::status);
                        let text = labels::action(allowed.action);
                        view! {
                            <button
                                type="button"
                                class="menu__item"
                                on:click=move |_| {
                                    on_board.choice.set(None);
                                    on_board.go(allowed.clone());
                                }
                            >
                                <Icon name=labels::action_icon(allowed.action) />
                                <span>{text}</span>
                                {to.map(|to| view! { <span class="quiet">{"→ "}{to}</span> })}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </Dialog>
    }
}
