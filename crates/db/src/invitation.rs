//! Invitations: to one address, or by a link for whoever gets it. Addresses are sealed; only their index finds them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::community::OccupancyKind;
use domain::id::{CommunityId, InvitationId, MemberId, UnitId};
use domain::role::Role;

use crate::page::Keyset;
use crate::schema::{invitation_uses, invitations, members, units};
use crate::{Conn, Error, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = invitations, check_for_backend(diesel::pg::Pg))]
pub struct Invitation {
    pub id: InvitationId,
    pub community_id: CommunityId,
    /// None for a link that anybody may use.
    pub email_sealed: Option<String>,
    pub email_index: Option<Vec<u8>>,
    pub roles: Vec<Role>,
    pub unit_id: Option<UnitId>,
    pub tie: Option<OccupancyKind>,
    pub max_uses: i32,
    pub uses: i32,
    pub created_by: MemberId,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub version: i32,
}

impl Invitation {
    pub fn is_usable(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.uses < self.max_uses && now < self.expires_at
    }
}

/// An invitation with the words that go with its ids.
#[derive(Debug, Clone)]
pub struct Listed {
    pub invitation: Invitation,
    pub unit: Option<String>,
    pub creator: Option<String>,
}

pub async fn insert_all(conn: &mut Conn, all: &[Invitation]) -> Result<()> {
    diesel::insert_into(invitations::table).values(all).execute(conn).await?;
    Ok(())
}

/// What a link of ours leads to. The link says which invitation it is, and nobody can make one up: it is the scope.
pub async fn find_by_link(conn: &mut Conn, id: InvitationId) -> Result<Option<Invitation>> {
    Ok(invitations::table.find(id).select(Invitation::as_select()).first(conn).await.optional()?)
}

pub async fn find(conn: &mut Conn, community: CommunityId, id: InvitationId) -> Result<Option<Listed>> {
    Ok(load(conn, community, &[id]).await?.pop())
}

/// Those that can still be used, the newest first, beginning after `after`.
pub async fn list_usable(
    conn: &mut Conn,
    community: CommunityId,
    now: DateTime<Utc>,
    after: Option<Keyset>,
    limit: i64,
) -> Result<Vec<Listed>> {
    let mut chosen = invitations::table
        .filter(invitations::community_id.eq(community).and(invitations::revoked_at.is_null()))
        .filter(invitations::uses.lt(invitations::max_uses).and(invitations::expires_at.gt(now)))
        .into_boxed();
    if let Some(Keyset { created_at, id }) = after {
        let id = InvitationId(id);
        chosen = chosen
            .filter(invitations::created_at.le(created_at))
            .filter(invitations::created_at.lt(created_at).or(invitations::id.lt(id)));
    }
    let ids: Vec<InvitationId> = chosen
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .limit(limit)
        .select(invitations::id)
        .load(conn)
        .await?;
    load(conn, community, &ids).await
}

/// These invitations in this community, newest first.
pub async fn load(conn: &mut Conn, community: CommunityId, ids: &[InvitationId]) -> Result<Vec<Listed>> {
    let rows: Vec<(Invitation, Option<String>, Option<String>)> = invitations::table
        .left_join(
            units::table.on(units::community_id
                .eq(invitations::community_id)
                .and(units::id.nullable().eq(invitations::unit_id))),
        )
        .left_join(members::table.on(
            members::community_id.eq(invitations::community_id).and(members::id.eq(invitations::created_by)),
        ))
        .filter(invitations::community_id.eq(community).and(invitations::id.eq_any(ids)))
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .select((Invitation::as_select(), units::number.nullable(), members::display_name.nullable()))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(invitation, unit, creator)| Listed { invitation, unit, creator }).collect())
}

/// Which of these addresses, by index, have an invitation that can still be used.
pub async fn invited(
    conn: &mut Conn,
    community: CommunityId,
    indexes: &[Vec<u8>],
    now: DateTime<Utc>,
) -> Result<Vec<Option<Vec<u8>>>> {
    Ok(invitations::table
        .filter(invitations::community_id.eq(community).and(invitations::email_index.eq_any(indexes)))
        .filter(invitations::revoked_at.is_null().and(invitations::expires_at.gt(now)))
        .filter(invitations::uses.lt(invitations::max_uses))
        .select(invitations::email_index)
        .load(conn)
        .await?)
}

/// Takes it back. [`Error::Stale`] if somebody was faster.
pub async fn revoke(conn: &mut Conn, invitation: &Invitation, now: DateTime<Utc>) -> Result<()> {
    let revoked = diesel::update(invitations::table)
        .filter(invitations::community_id.eq(invitation.community_id).and(invitations::id.eq(invitation.id)))
        .filter(invitations::version.eq(invitation.version).and(invitations::revoked_at.is_null()))
        .set((invitations::revoked_at.eq(now), invitations::version.eq(invitations::version + 1)))
        .execute(conn)
        .await?;
    if revoked == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Counts one use by a member; false where none is left, or it has been taken back or outlived meanwhile.
pub async fn consume(
    conn: &mut Conn,
    invitation: &Invitation,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let consumed = diesel::update(invitations::table)
        .filter(invitations::community_id.eq(invitation.community_id).and(invitations::id.eq(invitation.id)))
        .filter(invitations::revoked_at.is_null().and(invitations::expires_at.gt(now)))
        .filter(invitations::uses.lt(invitations::max_uses))
        .set((invitations::uses.eq(invitations::uses + 1), invitations::version.eq(invitations::version + 1)))
        .execute(conn)
        .await?;
    if consumed == 0 {
        return Ok(false);
    }
    diesel::insert_into(invitation_uses::table)
        .values((
            invitation_uses::community_id.eq(invitation.community_id),
            invitation_uses::invitation_id.eq(invitation.id),
            invitation_uses::member_id.eq(member),
            invitation_uses::used_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(true)
}
