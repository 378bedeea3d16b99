//! One member: who they are, what they may do, what can be done with them.

mod facts;
mod rename;
mod roles;

use contract::account::Membership;
use contract::member::{Member, SHOW};
use contract::problem::Code;
use domain::community::MemberStatus;
use domain::member::MemberAction;
use domain::role::Permission;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::StatusBadge;
use super::act::{ReasonDialog, Whom, act, done, icon, plain, verb};
use super::hand_over::{HandOver, HandedOver};
use crate::load::{Failed, Load, Loading, load};
use crate::routes::Route;
use crate::session::can;
use crate::shell::{NotFound, Page};
use crate::ui::button::{Button, ButtonLink};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::menu::Menu;
use crate::ui::skeleton::SkeletonPage;
use crate::ui::toast::Toasts;
use crate::{api, browser, community, labels, words};

use facts::Facts;
use rename::{PasswordDialog, RenameDialog, TagsDialog};
use roles::{Edit, RolesEditor};

#[component]
pub fn MemberPage(community: String, id: String) -> impl IntoView {
    community::inside(&community, |membership| {
        if can(&membership, Permission::MembersView) {
            view! { <Show membership=membership id=id /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

/// What is being asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Reason(MemberAction),
    Rename,
    Tags,
    Password,
}

/// Everything that the parts of the page share.
#[derive(Clone, Copy)]
struct OnPage {
    member: Loading<Member>,
    membership: StoredValue<Membership>,
    open: RwSignal<Option<Open>>,
    /// What was chosen, whether or not it is saved.
    edit: Edit,
    handed: RwSignal<Option<HandedOver>>,
    pending: RwSignal<bool>,
    toasts: Toasts,
}

impl OnPage {
    fn slug(self) -> String {
        self.membership.with_value(|it| it.community.slug.clone())
    }

    fn zone(self) -> String {
        self.membership.with_value(|it| it.community.time_zone.clone())
    }

    fn whom(self) -> Option<Whom> {
        let member = untrack(|| self.member.ready())?;
        Some(Whom { slug: self.slug(), id: member.summary.id, name: member.summary.display_name })
    }

    /// Asks for the reason of an action where it needs one, and does it at once where not.
    fn begin(self, action: MemberAction) {
        if action.step().needs_reason {
            self.open.set(Some(Open::Reason(action)));
            return;
        }
        let Some(whom) = self.whom().filter(|_| !self.pending.get_untracked()) else { return };
        self.pending.set(true);
        spawn_local(async move {
            let outcome = act(whom, plain(action)).await;
            let _ = self.pending.try_set(false);
            match outcome {
                Ok(member) => self.acted(action, member),
                Err(failure) => {
                    self.toasts.failed(labels::failure(&failure));
                    if matches!(failure.code(), Some(Code::WrongState | Code::Stale)) {
                        self.member.reload();
                    }
                }
            }
        });
    }

    fn acted(self, action: MemberAction, member: Member) {
        self.open.set(None);
        self.toasts.done(done(action, &member.summary.display_name));
        self.member.set(member);
    }
}

#[component]
fn Show(membership: Membership, id: String) -> impl IntoView {
    let slug = membership.community.slug.clone();
    let member = {
        let slug = slug.clone();
        load(move || {
            let (slug, id) = (slug.clone(), id.clone());
            async move { api::get(&SHOW, &[&slug, &id]).await }
        })
    };
    member.reload_when_seen_again();
    let page = OnPage {
        member,
        membership: StoredValue::new(membership),
        open: RwSignal::new(None),
        edit: Edit::of(member),
        handed: RwSignal::new(None),
        pending: RwSignal::new(false),
        toasts: Toasts::expect(),
    };
    let title = Signal::derive(move || {
        member.ready().map_or_else(|| words::members::title().to_owned(), |it| it.summary.display_name)
    });
    view! {
        <Page
            title=title
            back=Route::Members(slug).href()
            meta=move || view! { <Meta page=page /> }.into_any()
            actions=move || view! { <Actions page=page up=false /> }.into_any()
            sticky=move || view! { <Actions page=page up=true /> }.into_any()
        >
            {live(move || match member.state.get() {
                Load::Loading => view! { <SkeletonPage label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| member.reload()) /> }.into_any()
                }
                Load::Ready(shown) => {
                    view! {
                        <div class="request__meta only-phone"><Meta page=page /></div>
                        <div class="request">
                            <div class="stack stack--wide">
                                {live(move || page.handed.get().map(|card| view! { <HandOver card=card /> }))}
                                <Waits page=page member=shown.clone() />
                                <RolesEditor page=page member=shown.clone() />
                            </div>
                            <Facts member=shown zone=page.zone() />
                        </div>
                    }
                        .into_any()
                }
            })}
        </Page>
        {live(move || page.open.get().map(|open| view! { <Asked page=page open=open /> }))}
    }
}

#[component]
fn Meta(page: OnPage) -> impl IntoView {
    move || page.member.ready().map(|member| view! { <StatusBadge status=member.summary.status /> })
}

/// Somebody who waits is decided about where all who wait are.
#[component]
fn Waits(page: OnPage, member: Member) -> impl IntoView {
    let decides = page.membership.with_value(|it| can(it, Permission::MembersApprove));
    (member.summary.status == MemberStatus::Pending && decides).then(|| {
        view! {
            <div class="notice notice--info">
                <Icon name="hourglass" />
                <div class="stack stack--tight">
                    <p>{words::member::is_waiting(&member.summary.display_name)}</p>
                    <div>
                        <ButtonLink href=Route::Approvals(page.slug()).href()>{words::member::decide()}</ButtonLink>
                    </div>
                </div>
            </div>
        }
    })
}

/// What this person may do with the member: the likeliest as a button, the rest in a menu.
#[component]
fn Actions(
    page: OnPage,
    /// The menu unfolds upwards.
    up: bool,
) -> impl IntoView {
    let edits = page.membership.with_value(|it| can(it, Permission::MembersEdit));
    live(move || {
        let member = page.member.ready()?;
        let (near, far): (Vec<_>, Vec<_>) = member
            .allowed_actions
            .iter()
            .copied()
            // Those who wait are answered where they wait.
            .filter(|action| !matches!(action, MemberAction::Approve | MemberAction::Reject))
            .partition(|action| {
                matches!(action, MemberAction::Suspend | MemberAction::Reinstate | MemberAction::Restore)
            });
        let near = near
            .into_iter()
            .map(|action| {
                view! {
                    <Button icon=icon(action) pending=page.pending on_click=move || page.begin(action)>
                        {verb(action)}
                    </Button>
                }
            })
            .collect_view();
        let far = StoredValue::new(far);
        let trigger = || view! { <Icon name="ellipsis" /> };
        let has_menu = edits || member.may_set_password || far.with_value(|far| !far.is_empty());
        let menu = has_menu.then(|| {
            view! {
                <Menu
                    trigger=trigger
                    trigger_class="button button--secondary button--icon"
                    label=words::member::more()
                    end=true
                    up=up
                >
                    {edits
                        .then(|| {
                            view! {
                                <button type="button" class="menu__item" on:click=move |_| page.open.set(Some(Open::Rename))>
                                    <Icon name="pencil" />
                                    {words::member::rename()}
                                </button>
                                <button type="button" class="menu__item" on:click=move |_| page.open.set(Some(Open::Tags))>
                                    <Icon name="bookmark" />
                                    {words::member::tags_edit()}
                                </button>
                            }
                        })}
                    {member
                        .may_set_password
                        .then(|| {
                            view! {
                                <button type="button" class="menu__item" on:click=move |_| page.open.set(Some(Open::Password))>
                                    <Icon name="key-round" />
                                    {words::member::set_password()}
                                </button>
                            }
                        })}
                    {far
                        .get_value()
                        .into_iter()
                        .map(|action| {
                            view! {
                                <button
                                    type="button"
                                    class="menu__item menu__item--danger"
                                    on:click=move |_| page.begin(action)
                                >
                                    <Icon name=icon(action) />
                                    {verb(action)}
                                </button>
                            }
                        })
                        .collect_view()}
                </Menu>
            }
        });
        Some(view! { {near} {menu} })
    })
}

/// The dialog that is open.
#[component]
fn Asked(page: OnPage, open: Open) -> impl IntoView {
    let close = Callback::new(move |()| page.open.set(None));
    let (whom, member) = page.whom().zip(untrack(|| page.member.ready()))?;
    Some(match open {
        Open::Reason(action) => view! {
            <ReasonDialog
                action=action
                whom=whom
                on_done=Callback::new(move |member| page.acted(action, member))
                on_close=close
            />
        }
        .into_any(),
        Open::Rename => view! {
            <RenameDialog
                whom=whom
                version=member.summary.version
                on_done=Callback::new(move |member: Member| {
                    page.open.set(None);
                    page.toasts.done(words::member::renamed());
                    page.member.set(member);
                })
                on_stale=Callback::new(move |()| page.member.reload())
                on_close=close
            />
        }
        .into_any(),
        Open::Tags => view! {
            <TagsDialog
                whom=whom
                tags=member.summary.tags
                version=member.summary.version
                on_done=Callback::new(move |member: Member| {
                    page.open.set(None);
                    page.toasts.done(words::member::tags_saved());
                    page.member.set(member);
                })
                on_stale=Callback::new(move |()| page.member.reload())
                on_close=close
            />
        }
        .into_any(),
        Open::Password => {
            let card = HandedOver {
                community: page.membership.with_value(|it| it.community.name.clone()),
                name: member.summary.display_name,
                sign_in_name: member.summary.sign_in_name.unwrap_or_default(),
                password: String::new(),
            };
            view! {
                <PasswordDialog
                    whom=whom
                    on_done=Callback::new(move |password| {
                        page.open.set(None);
                        page.handed.set(Some(HandedOver { password, ..card.clone() }));
                        page.member.reload();
                        browser::focus_later("#hand-over");
                    })
                    on_close=close
                />
            }
            .into_any()
        }
    })
}
