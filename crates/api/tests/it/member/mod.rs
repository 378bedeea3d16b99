//! Who belongs to a community: asking, deciding, inviting, and who may not.

mod adding;
mod attacks;
mod deciding;
mod effect;
mod invitations;
mod joining;
mod roles;
mod roster;

use contract::account::{Application, JOIN, JoinCommunity};
use contract::member::{ACT, ActOnMember, LIST, Member, MemberQuery, SHOW};
use domain::id::MemberId;
use domain::member::MemberAction;

use crate::support::caller::{Answer, Caller};

fn asking(name: &str, slug: &str) -> JoinCommunity {
    JoinCommunity {
        display_name: name.into(),
        invitation: None,
        community: Some(slug.into()),
        unit_number: None,
        tie: None,
        note: None,
    }
}

fn invited(name: &str, link: &str) -> JoinCommunity {
    JoinCommunity { invitation: Some(link.into()), community: None, ..asking(name, "") }
}

async fn join(who: &Caller, body: &JoinCommunity) -> Answer<Application> {
    who.call(&JOIN, &[], body).await
}

fn act(action: MemberAction) -> ActOnMember {
    ActOnMember { action, reason: None, roles: None, unit_id: None, tie: None }
}

fn because(action: MemberAction, reason: &str) -> ActOnMember {
    ActOnMember { reason: Some(reason.into()), ..act(action) }
}

async fn acts(who: &Caller, id: MemberId, body: &ActOnMember) -> Answer<Member> {
    who.call(&ACT, &[&who.slug, &id], body).await
}

async fn show(who: &Caller, id: MemberId) -> Answer<Member> {
    who.call(&SHOW, &[&who.slug, &id], &()).await
}

/// The names of those who are listed, in order.
async fn listed(who: &Caller, query: MemberQuery) -> Vec<String> {
    let page = who.find(&LIST, &[&who.slug], &query).await.ok();
    page.data.into_iter().map(|one| one.display_name).collect()
}

/// Whether the community is open to somebody now.
async fn is_in(who: &Caller) -> bool {
    who.call(&contract::community::SHOW, &[&who.slug], &()).await.raw.status == 200
}
