//! Joining a community: by an invitation, or by asking those who run it.

use std::time::Duration;

use contract::account::{Account, Application, JOIN, JoinCommunity};
use contract::invitation::{InvitationPreview, PREVIEW, WELCOME, Welcome};
use contract::problem::Code;
use domain::community::{MemberStatus, OccupancyKind};
use domain::rule;
use leptos::prelude::*;

use crate::account::applications::application;
use crate::api::{self, Failure};
use crate::form::{Form, Refused};
use crate::load::{Failed, Load, load};
use crate::routes::Route;
use crate::session::door::{door, way};
use crate::session::{self, Session};
use crate::ui::button::{ButtonLink, Look, Submit};
use crate::ui::choice::{Choice, Choices, Layout};
use crate::ui::field::{TextArea, TextField};
use crate::ui::icon::Icon;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::{address, browser, labels, time, words};

/// Where somebody wanted to join who had to register or sign in first: the address, with the invitation.
const KEPT: &str = "kommunity.joining";
/// How often whoever waits for an answer looks whether there is one.
const LOOK_EVERY: Duration = Duration::from_secs(15);

/// The invitation that somebody came with who registers now.
pub fn kept_invitation() -> Option<String> {
    let kept: String = browser::recall(KEPT)?;
    let (_, token) = kept.split_once('#')?;
    rule::LINK.check(token).is_ok().then(|| token.to_owned())
}

#[component]
pub fn JoinPage(community: Option<String>) -> impl IntoView {
    let (session, address) = (session::expect(), address::expect());
    let invitation = Memo::new(move |_| address.fragment.get());
    live(move || match (&community, invitation.get()) {
        (Some(community), _) => by_request(session, community.clone()),
        (None, token) if !token.is_empty() => by_invitation(session, token),
        (None, _) => match browser::recall::<String>(KEPT) {
            Some(kept) if untrack(|| session.account()).is_some() => {
                browser::forget(KEPT);
                request_animation_frame(move || address.replace(&kept));
                ().into_any()
            }
            _ => which(),
        },
    })
}

/// Asks for the community's address.
fn which() -> AnyView {
    let address = address::expect();
    let form = Form::new();
    let slug = form.text("community");
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        // Whoever has a link may paste it as it is.
        let typed = slug.get_untracked().trim().trim_end_matches('/').to_lowercase();
        let wanted = typed.rsplit('/').next().unwrap_or_default().to_owned();
        if wanted.is_empty() || rule::slug(&wanted).is_err() {
            form.blame([("community".into(), words::join::address_wrong().into())].into());
        } else {
            address.go(&Route::Join(Some(wanted)).href());
        }
    };
    let content = view! {
        <form class="stack door__form" novalidate=true on:submit=submit>
            <TextField
                id="community"
                label=words::join::address()
                help=words::join::address_help()
                value=slug
                fault=form.fault("community")
            />
            <Submit>{words::join::look()}</Submit>
        </form>
    };
    door(words::join::title(), words::join::about(), content.into_any(), home())
}

fn home() -> AnyView {
    way(None, &Route::Home, words::not_found::home())
}

fn by_request(session: Session, slug: String) -> AnyView {
    let welcome = load(move || {
        let slug = slug.clone();
        async move { api::get(&WELCOME, &[&slug]).await }
    });
    live(move || match welcome.state.get() {
        Load::Loading => waiting(),
        Load::Failed(failure) if failure.is_nowhere() => {
            let again = view! {
                <div class="stack door__form">
                    <ButtonLink look=Look::Primary href=Route::Join(None).href()>{words::join::other()}</ButtonLink>
                </div>
            };
            door(words::join::nowhere(), words::join::nowhere_about(), again.into_any(), home())
        }
        Load::Failed(failure) => {
            failed(failure, Callback::new(move |()| welcome.reload()))
        }
        Load::Ready(welcome) => {
            let Welcome { name, kind, slug } = welcome;
            let facts = Facts { name, kind: labels::community_kind(kind), rows: Vec::new() };
            enter(session, slug, facts, None)
        }
    })
    .into_any()
}

fn by_invitation(session: Session, token: String) -> AnyView {
    let asked = token.clone();
    let preview = load(move || {
        let token = asked.clone();
        async move { api::get(&PREVIEW, &[&token]).await }
    });
    live(move || match preview.state.get() {
        Load::Loading => waiting(),
        Load::Failed(failure) if failure.is_nowhere() => {
            browser::forget(KEPT);
            door(words::join::gone(), words::join::gone_about(), ().into_any(), home())
        }
        Load::Failed(failure) => failed(failure, Callback::new(move |()| preview.reload())),
        Load::Ready(preview) => {
            let InvitationPreview {
                community_name,
                community_slug,
                kind,
                roles,
                unit_number,
                is_personal,
                expires_at,
            } = preview;
            let roles = roles.into_iter().map(labels::role).collect::<Vec<_>>().join(", ");
            let mut rows = vec![(words::join::fact_role(), roles)];
            rows.extend(unit_number.map(|unit| (words::join::fact_unit(), unit)));
            rows.push((words::join::fact_until(), time::moment(expires_at, "")));
            if is_personal {
                rows.push((words::join::fact_for(), words::join::for_you().to_owned()));
            }
            let facts = Facts { name: community_name, kind: labels::community_kind(kind), rows };
            enter(session, community_slug, facts, Some(token.clone()))
        }
    })
    .into_any()
}

fn waiting() -> AnyView {
    let rows = view! { <SkeletonRows rows=2 label=words::common::loading() /> };
    door(words::join::title(), "", rows.into_any(), ().into_any())
}

fn failed(failure: Failure, retry: Callback<()>) -> AnyView {
    let content = view! { <Failed failure=failure retry=retry /> };
    door(words::join::title(), "", content.into_any(), home())
}

/// What is known of the community that is at stake.
struct Facts {
    name: String,
    kind: &'static str,
    rows: Vec<(&'static str, String)>,
}

/// `rows` say what joining would mean; a member has no use for them.
fn card(facts: &Facts, rows: &[(&'static str, String)]) -> AnyView {
    let Facts { name, kind, .. } = facts;
    view! {
        <div class="join-card">
            <span class="join-card__icon"><Icon name="building-2" size=24 /></span>
            <div>
                <p class="join-card__name">{name.clone()}</p>
                <p class="quiet small">{*kind}</p>
            </div>
            {(!rows.is_empty())
                .then(|| {
                    let rows = rows.iter().map(|(name, value)| view! { <dt>{*name}</dt><dd>{value.clone()}</dd> });
                    view! { <dl class="join-card__facts">{rows.collect_view()}</dl> }
                })}
        </div>
    }
    .into_any()
}

/// How somebody stands to the community that they want to join.
#[derive(Debug, Clone, PartialEq)]
enum Standing {
    Stranger,
    Member,
    /// Asked already.
    Applied(Application),
    /// Kept out, whatever link they have.
    Suspended(Application),
    /// Turned away earlier, perhaps.
    MayJoin(Option<Application>),
}

fn standing(account: Option<&Account>, slug: &str, invited: bool) -> Standing {
    let Some(account) = account else { return Standing::Stranger };
    if account.memberships.iter().any(|membership| membership.community.slug == slug) {
        return Standing::Member;
    }
    match account.applications.iter().find(|application| application.community_slug == slug) {
        Some(asked) if asked.status == MemberStatus::Suspended => Standing::Suspended(asked.clone()),
        Some(asked) if !invited && asked.status != MemberStatus::Archived => Standing::Applied(asked.clone()),
        earlier => Standing::MayJoin(earlier.cloned()),
    }
}

/// What there is to do for whoever looks at a community that they could join.
fn enter(session: Session, slug: String, facts: Facts, invitation: Option<String>) -> AnyView {
    let (wanted, invited) = (slug.clone(), invitation.is_some());
    // Only what matters here, so that nothing that is being typed is lost when something else changes.
    let standing = Memo::new(move |_| standing(session.account().as_deref(), &wanted, invited));
    let title = if invited { words::join::invited(&facts.name) } else { words::join::join(&facts.name) };
    live(move || match standing.get() {
        Standing::Stranger => {
            browser::keep(KEPT, &place(&slug, invitation.as_deref()));
            let next = contract::endpoint::query_string(&[("next", Route::Join(None).href())]);
            let content = view! {
                <div class="stack door__form">
                    {card(&facts, &facts.rows)}
                    <ButtonLink look=Look::Primary href=Route::Register.href()>{words::register::submit()}</ButtonLink>
                    <ButtonLink href=format!("{}?{next}", Route::SignIn.href())>{words::sign_in::submit()}</ButtonLink>
                </div>
            };
            door(&title, words::join::stranger(), content.into_any(), ().into_any())
        }
        Standing::Member => {
            browser::forget(KEPT);
            let open = words::join::open(&facts.name);
            let content = view! {
                <div class="stack door__form">
                    {card(&facts, &[])}
                    <ButtonLink look=Look::Primary href=Route::Start(slug.clone()).href()>
                        {open}
                    </ButtonLink>
                </div>
            };
            door(&words::join::member(&facts.name), "", content.into_any(), ().into_any())
        }
        Standing::Applied(asked) => {
            browser::forget(KEPT);
            look_often(session);
            let content = view! { <ul class="applications door__form">{application(asked)}</ul> };
            door(words::join::asked(), words::join::asked_about(), content.into_any(), home())
        }
        Standing::Suspended(asked) => {
            browser::forget(KEPT);
            let content = view! { <ul class="applications door__form">{application(asked)}</ul> };
            door(&facts.name, "", content.into_any(), home())
        }
        Standing::MayJoin(earlier) => {
            question(session, slug.clone(), title.clone(), card(&facts, &facts.rows), earlier, invitation.clone())
        }
    })
    .into_any()
}

/// Where to come back to.
fn place(slug: &str, invitation: Option<&str>) -> String {
    match invitation {
        Some(token) => format!("{}#{token}", Route::Join(None).href()),
        None => Route::Join(Some(slug.to_owned())).href(),
    }
}

/// Somebody waits here for an answer.
pub fn look_often(session: Session) {
    if let Ok(handle) = set_interval_with_handle(move || session.look(), LOOK_EVERY) {
        on_cleanup(move || handle.clear());
    }
}

/// Who they are and, without an invitation, where they live.
fn question(
    session: Session,
    slug: String,
    title: String,
    card: AnyView,
    earlier: Option<Application>,
    invitation: Option<String>,
) -> AnyView {
    let form = Form::new();
    let (name, unit, note) = (form.text("display_name"), form.text("unit_number"), form.text("note"));
    let tie = RwSignal::new(Some(OccupancyKind::Tenant.as_str().to_owned()));
    if let Some(account) = untrack(|| session.account())
        && let Some(membership) = account.memberships.first()
    {
        name.set(membership.display_name.clone());
    }
    let invited = invitation.is_some();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let text = |value: RwSignal<String>| {
            Some(value.get_untracked().trim().to_owned()).filter(|text| !text.is_empty())
        };
        let unit_number = text(unit);
        let body = JoinCommunity {
            display_name: text(name).unwrap_or_default(),
            community: (!invited).then(|| slug.clone()),
            invitation: invitation.clone(),
            tie: unit_number.as_ref().and(tie.get_untracked()).and_then(|tie| tie.parse().ok()),
            unit_number,
            note: text(note),
        };
        let checks = [
            ("display_name", rule::NAME.check(&body.display_name), words::join::name_missing()),
            ("unit_number", body.unit_number.as_deref().map_or(Ok(()), |unit| rule::NAME.check(unit)), ""),
            ("note", body.note.as_deref().map_or(Ok(()), |note| rule::REASON.check(note)), ""),
        ];
        if form.check(checks) {
            let call = async move {
                let asked = api::send(&JOIN, &[], &body).await;
                let known = matches!(&asked, Err(failure) if failure.code() == Some(Code::Duplicate));
                if asked.is_ok() || known {
                    session.read_account().await?;
                }
                asked.map(|_| ())
            };
            form.send(call, |()| {});
        }
    };
    let ties = OccupancyKind::ALL
        .iter()
        .map(|kind| Choice {
            value: kind.as_str().to_owned(),
            title: labels::tie(*kind).to_owned(),
            text: None,
            icon: None,
        })
        .collect::<Vec<_>>();
    let home_fields = (!invited).then(|| {
        view! {
            <TextField
                id="unit_number"
                label=words::join::unit()
                aside=words::common::optional()
                help=words::join::unit_help()
                value=unit
                fault=form.fault("unit_number")
            />
            <Show when=move || !unit.read().trim().is_empty()>
                <Choices
                    name="tie"
                    legend=words::join::tie()
                    layout=Layout::List
                    choices=ties.clone()
                    value=tie
                />
            </Show>
            <TextArea
                id="note"
                label=words::join::note()
                aside=words::common::optional()
                help=words::join::note_help()
                rows=2
                value=note
                fault=form.fault("note")
            />
        }
    });
    let content = view! {
        <form class="stack door__form" novalidate=true on:submit=submit>
            {card}
            {earlier.map(|earlier| view! { <ul class="applications">{application(earlier)}</ul> })}
            <Refused form=form />
            <TextField
                id="display_name"
                label=words::join::name()
                help=words::join::name_help()
                autocomplete="name"
                value=name
                fault=form.fault("display_name")
            />
            {home_fields}
            <Submit pending=form.pending>
                {if invited { words::join::accept() } else { words::join::ask() }}
            </Submit>
        </form>
    };
    door(&title, "", content.into_any(), home())
}
