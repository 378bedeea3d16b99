//! Who wants to hear of a request besides those whom it is about.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::{CommunityId, MemberId, ServiceRequestId};

use crate::schema::request_followers;
use crate::{Conn, Result};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = request_followers, check_for_backend(diesel::pg::Pg))]
pub struct Follower {
    pub community_id: CommunityId,
    pub request_id: ServiceRequestId,
    pub member_id: MemberId,
    /// The duplicate by which they came here; none if they follow the request itself.
    pub merged_from: Option<ServiceRequestId>,
    pub created_at: DateTime<Utc>,
}

/// Whoever follows already goes on as before.
pub async fn insert_all(conn: &mut Conn, all: &[Follower]) -> Result<()> {
    for some in all.chunks(1000) {
        diesel::insert_into(request_followers::table)
            .values(some)
            .on_conflict_do_nothing()
            .execute(conn)
            .await?;
    }
    Ok(())
}

pub async fn delete(
    conn: &mut Conn,
    community: CommunityId,
    request: ServiceRequestId,
    member: MemberId,
) -> Result<()> {
    let one = request_followers::table
        .filter(request_followers::community_id.eq(community).and(request_followers::request_id.eq(request)))
        .filter(request_followers::member_id.eq(member));
    diesel::delete(one).execute(conn).await?;
    Ok(())
}

/// At most ten thousand, the longest first.
pub async fn list(
    conn: &mut Conn,
    community: CommunityId,
    request: ServiceRequestId,
) -> Result<Vec<MemberId>> {
    Ok(request_followers::table
        .filter(request_followers::community_id.eq(community).and(request_followers::request_id.eq(request)))
        .order((request_followers::created_at, request_followers::member_id))
        .limit(10_000)
        .select(request_followers::member_id)
        .load(conn)
        .await?)
}

pub async fn count(conn: &mut Conn, community: CommunityId, request: ServiceRequestId) -> Result<i64> {
    Ok(request_followers::table
        .filter(request_followers::community_id.eq(community).and(request_followers::request_id.eq(request)))
        .count()
        .get_result(conn)
        .await?)
}

pub async fn follows(
    conn: &mut Conn,
    community: CommunityId,
    request: ServiceRequestId,
    member: MemberId,
) -> Result<bool> {
    let one = request_followers::table
        .filter(request_followers::community_id.eq(community).and(request_followers::request_id.eq(request)))
        .filter(request_followers::member_id.eq(member));
    Ok(diesel::select(diesel::dsl::exists(one)).get_result(conn).await?)
}

/// Those who follow a duplicate, and whoever speaks for it, follow the master from now on. They stay with the duplicate,
/// too, so that unmerging loses nobody.
pub async fn bring(
    conn: &mut Conn,
    community: CommunityId,
    duplicate: ServiceRequestId,
    reporters: &[MemberId],
    master: ServiceRequestId,
    now: DateTime<Utc>,
) -> Result<()> {
    let following = list(conn, community, duplicate).await?;
    let brought: Vec<Follower> = following
        .iter()
        .chain(reporters)
        .map(|member_id| Follower {
            community_id: community,
            request_id: master,
            member_id: *member_id,
            merged_from: Some(duplicate),
            created_at: now,
        })
        .collect();
    insert_all(conn, &brought).await
}

/// Undoes [`bring`].
pub async fn take_back(conn: &mut Conn, community: CommunityId, duplicate: ServiceRequestId) -> Result<()> {
    let brought = request_followers::table.filter(
        request_followers::community_id.eq(community).and(request_followers::merged_from.eq(duplicate)),
    );
    diesel::delete(brought).execute(conn).await?;
    Ok(())
}
