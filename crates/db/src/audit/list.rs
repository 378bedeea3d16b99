//! Reading the trail: newest first, narrowed down.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::audit::EntityKind;
use domain::id::{CommunityId, MemberId, UserId};
use domain::role::Role;
use uuid::Uuid;

use super::Row;
use super::chain::Chain;
use crate::page::Keyset;
use crate::schema::{audit_events, audit_seals, member_roles, members, service_requests, users};
use crate::{Conn, Result};

/// What to look for; everything that is given must be true.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The user, or in a community the member, who acted.
    pub actor: Option<Uuid>,
    /// `member` finds `member.approved`; `member.approved` finds itself.
    pub action: Option<String>,
    pub entity_kind: Option<EntityKind>,
    pub entity_id: Option<Uuid>,
    /// From this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub to: Option<DateTime<Utc>>,
    /// Part of an action, or of the name of a member who acted or was acted upon.
    pub q: Option<String>,
}

type Boxed<'a> = audit_events::BoxedQuery<'a, diesel::pg::Pg>;

fn narrowed<'a>(chain: Chain, filter: &Filter) -> Boxed<'a> {
    let mut query = audit_events::table.into_boxed();
    query = match chain.community() {
        Some(community) => query.filter(audit_events::community_id.eq(community)),
        None => query.filter(audit_events::community_id.is_null()),
    };
    // In the platform's trail nobody is a member of anything, so that these find nothing.
    let members = || members::table.filter(members::community_id.eq(CommunityId(chain.0)));
    let Filter { actor, action, entity_kind, entity_id, from, to, q } = filter.clone();
    if let Some(actor) = actor {
        let of_member = members().filter(members::id.eq(actor)).select(members::user_id);
        query = query.filter(
            audit_events::actor_user_id.eq(UserId(actor)).or(audit_events::actor_user_id.eq_any(of_member)),
        );
    }
    if let Some(action) = action {
        let below = format!("{}.%", escaped(action.trim_end_matches('.')));
        query = query.filter(audit_events::action.eq(action).or(audit_events::action.like(below)));
    }
    if let Some(kind) = entity_kind {
        query = query.filter(audit_events::entity_kind.eq(kind));
    }
    if let Some(id) = entity_id {
        query = query.filter(audit_events::entity_id.eq(id));
    }
    // Nothing is older than the epoch, and somewhere before it the database's calendar ends.
    let sayable = |instant: DateTime<Utc>| instant.max(DateTime::UNIX_EPOCH);
    if let Some(from) = from {
        query = query.filter(audit_events::at.ge(sayable(from)));
    }
    if let Some(to) = to {
        query = query.filter(audit_events::at.lt(sayable(to)));
    }
    if let Some(q) = q {
        let part = format!("%{}%", escaped(&q));
        let named = || members().filter(members::display_name.ilike(part.clone()));
        let ids = named().select(members::id.nullable());
        query = query.filter(
            audit_events::action
                .ilike(part.clone())
                .or(audit_events::actor_user_id.eq_any(named().select(members::user_id)))
                .or(audit_events::entity_id.eq_any(ids)),
        );
    }
    query
}

/// A text that `like` takes literally.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// Newest first.
pub async fn list(
    conn: &mut Conn,
    chain: Chain,
    filter: &Filter,
    after: Option<Keyset>,
    limit: i64,
) -> Result<Vec<Row>> {
    let mut query = narrowed(chain, filter)
        .order((audit_events::at.desc(), audit_events::id.desc()))
        .limit(limit)
        .select(Row::as_select());
    if let Some(Keyset { created_at, id }) = after {
        query = query.filter(
            audit_events::at.lt(created_at).or(audit_events::at.eq(created_at).and(audit_events::id.lt(id))),
        );
    }
    Ok(query.load(conn).await?)
}

/// Whether there are more than so many.
pub async fn is_more_than(conn: &mut Conn, chain: Chain, filter: &Filter, many: i64) -> Result<bool> {
    let beyond: Option<Uuid> = narrowed(chain, filter)
        .order((audit_events::at.desc(), audit_events::id.desc()))
        .offset(many)
        .limit(1)
        .select(audit_events::id)
        .first(conn)
        .await
        .optional()?;
    Ok(beyond.is_some())
}

/// Which of these events have their seal.
pub async fn sealed(conn: &mut Conn, events: &[Uuid]) -> Result<Vec<Uuid>> {
    Ok(audit_seals::table
        .filter(audit_seals::event_id.eq_any(events))
        .select(audit_seals::event_id)
        .load(conn)
        .await?)
}

/// A member whom the trail speaks of.
#[derive(Debug, Clone, Queryable)]
pub struct Named {
    pub member_id: MemberId,
    pub user_id: Option<UserId>,
    pub display_name: String,
    pub email: Option<String>,
}

/// The members of a community who are these users or these members.
pub async fn names(
    conn: &mut Conn,
    community: CommunityId,
    users_named: &[UserId],
    members_named: &[Uuid],
) -> Result<Vec<Named>> {
    Ok(members::table
        .left_join(users::table.on(users::id.nullable().eq(members::user_id)))
        .filter(members::community_id.eq(community))
        .filter(members::user_id.eq_any(users_named).or(members::id.eq_any(members_named)))
        .select((members::id, members::user_id, members::display_name, users::email.nullable()))
        .load(conn)
        .await?)
}

pub async fn roles(
    conn: &mut Conn,
    community: CommunityId,
    members_named: &[MemberId],
) -> Result<Vec<(MemberId, Role)>> {
    Ok(member_roles::table
        .filter(member_roles::community_id.eq(community).and(member_roles::member_id.eq_any(members_named)))
        .order(member_roles::role)
        .select((member_roles::member_id, member_roles::role))
        .load(conn)
        .await?)
}

/// The numbers of requests that the trail speaks of.
pub async fn request_numbers(
    conn: &mut Conn,
    community: CommunityId,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, String)>> {
    Ok(service_requests::table
        .filter(service_requests::community_id.eq(community).and(service_requests::id.eq_any(ids)))
        .select((service_requests::id, service_requests::number))
        .load(conn)
        .await?)
}
