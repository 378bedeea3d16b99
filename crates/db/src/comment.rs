//! What people say about requests and announcements, what it was before it was edited or removed, and whom it calls by name.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::{AnnouncementId, CommentId, CommunityId, MemberId, ServiceRequestId};
use domain::service_request::Audience;

use crate::page::Keyset;
use crate::schema::{comment_mentions, comment_versions, comments};
use crate::{Conn, Error, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = comments, check_for_backend(diesel::pg::Pg))]
pub struct Comment {
    pub id: CommentId,
    pub community_id: CommunityId,
    /// What it is about: one of both.
    pub request_id: Option<ServiceRequestId>,
    pub announcement_id: Option<AnnouncementId>,
    /// The one that began the thread.
    pub parent_id: Option<CommentId>,
    /// None where it came by the secret link of a report.
    pub author_id: Option<MemberId>,
    pub author_name: String,
    pub audience: Audience,
    /// Empty once it is removed.
    pub body: String,
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub edited_at: Option<DateTime<Utc>>,
    pub removed_at: Option<DateTime<Utc>>,
    pub removed_by_id: Option<MemberId>,
    pub removal_reason: Option<String>,
}

/// What people talk about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Request(ServiceRequestId),
    Announcement(AnnouncementId),
}

impl From<ServiceRequestId> for About {
    fn from(id: ServiceRequestId) -> Self {
        About::Request(id)
    }
}

impl From<AnnouncementId> for About {
    fn from(id: AnnouncementId) -> Self {
        About::Announcement(id)
    }
}

type Boxed<'a> = comments::BoxedQuery<'a, diesel::pg::Pg>;

fn of<'a>(community: CommunityId, about: impl Into<About>) -> Boxed<'a> {
    let all = comments::table.filter(comments::community_id.eq(community)).into_boxed();
    match about.into() {
        About::Request(id) => all.filter(comments::request_id.eq(id)),
        About::Announcement(id) => all.filter(comments::announcement_id.eq(id)),
    }
}

/// Somebody who is called by name.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = comment_mentions, check_for_backend(diesel::pg::Pg))]
pub struct Mention {
    pub community_id: CommunityId,
    pub comment_id: CommentId,
    pub member_id: MemberId,
    pub name: String,
}

/// A text that a comment had.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = comment_versions, check_for_backend(diesel::pg::Pg))]
pub struct Version {
    pub community_id: CommunityId,
    pub comment_id: CommentId,
    pub version: i32,
    pub body: String,
    /// When it was edited or removed.
    pub until: DateTime<Utc>,
}

/// Which end of a conversation is read first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    OldestFirst,
    NewestFirst,
}

pub async fn insert_all(conn: &mut Conn, all: &[Comment]) -> Result<()> {
    for some in all.chunks(1000) {
        diesel::insert_into(comments::table).values(some).execute(conn).await?;
    }
    Ok(())
}

pub async fn insert_versions(conn: &mut Conn, all: &[Version]) -> Result<()> {
    for some in all.chunks(1000) {
        diesel::insert_into(comment_versions::table).values(some).execute(conn).await?;
    }
    Ok(())
}

/// Those who have been called by name before stay as they are. Answers whom it is news to.
pub async fn mention(conn: &mut Conn, all: &[Mention]) -> Result<Vec<MemberId>> {
    let mut news = Vec::new();
    for some in all.chunks(1000) {
        let inserted: Vec<MemberId> = diesel::insert_into(comment_mentions::table)
            .values(some)
            .on_conflict_do_nothing()
            .returning(comment_mentions::member_id)
            .get_results(conn)
            .await?;
        news.extend(inserted);
    }
    Ok(news)
}

/// Takes back the naming of everybody else.
pub async fn keep_mentions(
    conn: &mut Conn,
    community: CommunityId,
    comment: CommentId,
    members: &[MemberId],
) -> Result<()> {
    diesel::delete(comment_mentions::table)
        .filter(comment_mentions::community_id.eq(community).and(comment_mentions::comment_id.eq(comment)))
        .filter(comment_mentions::member_id.ne_all(members))
        .execute(conn)
        .await?;
    Ok(())
}

/// About one thing, a page beginning after `after`. Staff's own only for staff.
pub async fn list(
    conn: &mut Conn,
    community: CommunityId,
    about: impl Into<About>,
    staff: bool,
    order: Order,
    after: Option<Keyset>,
    limit: i64,
) -> Result<Vec<Comment>> {
    use comments::dsl;
    let mut query = of(community, about).select(Comment::as_select()).limit(limit);
    if !staff {
        query = query.filter(dsl::audience.eq(Audience::Everyone));
    }
    let after = after.map(|Keyset { created_at, id }| (created_at, CommentId(id)));
    query = match (order, after) {
        (_, None) => query,
        (Order::OldestFirst, Some((at, id))) => {
            query.filter(dsl::created_at.ge(at)).filter(dsl::created_at.gt(at).or(dsl::id.gt(id)))
        }
        (Order::NewestFirst, Some((at, id))) => {
            query.filter(dsl::created_at.le(at)).filter(dsl::created_at.lt(at).or(dsl::id.lt(id)))
        }
    };
    let query = match order {
        Order::OldestFirst => query.order((dsl::created_at.asc(), dsl::id.asc())),
        Order::NewestFirst => query.order((dsl::created_at.desc(), dsl::id.desc())),
    };
    Ok(query.load(conn).await?)
}

pub async fn find(
    conn: &mut Conn,
    community: CommunityId,
    about: impl Into<About>,
    id: CommentId,
) -> Result<Option<Comment>> {
    Ok(of(community, about)
        .filter(comments::id.eq(id))
        .select(Comment::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// Gives a comment another text, and keeps the one that it had. Guarded by its version: [`Error::Stale`] if somebody was
/// faster, whatever lock was taken or forgotten.
pub async fn edit(conn: &mut Conn, before: &Comment, body: &str, at: DateTime<Utc>) -> Result<()> {
    let changed = diesel::update(comments::table)
        .filter(comments::community_id.eq(before.community_id).and(comments::id.eq(before.id)))
        .filter(comments::version.eq(before.version).and(comments::removed_at.is_null()))
        .set((comments::body.eq(body), comments::edited_at.eq(at), comments::version.eq(before.version + 1)))
        .execute(conn)
        .await?;
    keep(conn, changed, before, at).await
}

/// Leaves nothing of a comment but that there was one.
pub async fn remove(
    conn: &mut Conn,
    before: &Comment,
    by: MemberId,
    reason: Option<&str>,
    at: DateTime<Utc>,
) -> Result<()> {
    let changed = diesel::update(comments::table)
        .filter(comments::community_id.eq(before.community_id).and(comments::id.eq(before.id)))
        .filter(comments::version.eq(before.version).and(comments::removed_at.is_null()))
        .set((
            comments::body.eq(""),
            comments::removed_at.eq(at),
            comments::removed_by_id.eq(by),
            comments::removal_reason.eq(reason),
            comments::version.eq(before.version + 1),
        ))
        .execute(conn)
        .await?;
    keep(conn, changed, before, at).await
}

async fn keep(conn: &mut Conn, changed: usize, before: &Comment, until: DateTime<Utc>) -> Result<()> {
    if changed != 1 {
        return Err(Error::Stale);
    }
    let (community_id, comment_id) = (before.community_id, before.id);
    let version =
        Version { community_id, comment_id, version: before.version, body: before.body.clone(), until };
    insert_versions(conn, &[version]).await
}

/// The texts that a comment had before, the newest first, older than the version `before`.
pub async fn versions(
    conn: &mut Conn,
    community: CommunityId,
    comment: CommentId,
    before: Option<i32>,
    limit: i64,
) -> Result<Vec<Version>> {
    Ok(comment_versions::table
        .filter(comment_versions::community_id.eq(community).and(comment_versions::comment_id.eq(comment)))
        .filter(comment_versions::version.lt(before.unwrap_or(i32::MAX)))
        .order(comment_versions::version.desc())
        .limit(limit)
        .select(Version::as_select())
        .load(conn)
        .await?)
}

/// Whom these comments call by name.
pub async fn mentions(conn: &mut Conn, community: CommunityId, ids: &[CommentId]) -> Result<Vec<Mention>> {
    Ok(comment_mentions::table
        .filter(comment_mentions::community_id.eq(community))
        .filter(comment_mentions::comment_id.eq_any(ids))
        .order(comment_mentions::name)
        .select(Mention::as_select())
        .load(conn)
        .await?)
}

/// How much whoever holds the secret of a report has said: nobody else has no name.
pub async fn count_of_holder(
    conn: &mut Conn,
    community: CommunityId,
    request: ServiceRequestId,
) -> Result<i64> {
    Ok(comments::table
        .filter(comments::community_id.eq(community).and(comments::request_id.eq(request)))
        .filter(comments::author_id.is_null())
        .count()
        .get_result(conn)
        .await?)
}

/// Who has said something that everybody reads and that still stands; at most so many.
pub async fn authors(
    conn: &mut Conn,
    community: CommunityId,
    request: ServiceRequestId,
    limit: i64,
) -> Result<Vec<MemberId>> {
    Ok(comments::table
        .filter(comments::community_id.eq(community).and(comments::request_id.eq(request)))
        .filter(comments::audience.eq(Audience::Everyone).and(comments::removed_at.is_null()))
        .filter(comments::author_id.is_not_null())
        .select(comments::author_id.assume_not_null())
        .distinct()
        .limit(limit)
        .load(conn)
        .await?)
}
