//! Uploaded files: what is known of them. Their bytes lie in the file store.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::{AnnouncementId, AttachmentId, CommentId, CommunityId, MemberId, ServiceRequestId};
use domain::service_request::AttachmentKind;

use crate::comment::About;
use crate::schema::attachments;
use crate::{Conn, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = attachments, check_for_backend(diesel::pg::Pg))]
pub struct Attachment {
    pub id: AttachmentId,
    pub community_id: CommunityId,
    /// None where it came by the secret link of a report.
    pub uploader_id: Option<MemberId>,
    pub request_id: Option<ServiceRequestId>,
    pub announcement_id: Option<AnnouncementId>,
    /// The comment that it belongs to, and whose readers are its readers.
    pub comment_id: Option<CommentId>,
    pub kind: AttachmentKind,
    /// Of documents only.
    pub name: Option<String>,
    pub stored_name: String,
    /// Of documents none.
    pub width: i32,
    pub height: i32,
    /// In bytes.
    pub size: i64,
    pub created_at: DateTime<Utc>,
    /// Taken back: nobody sees it any more, and the next sweep throws it away.
    pub removed_at: Option<DateTime<Utc>>,
}

/// What uploads are to belong to.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub about: About,
    pub comment: Option<CommentId>,
    /// What the photos among them show.
    pub kind: AttachmentKind,
}

/// What has been tied to something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Claimed {
    pub photos: usize,
    pub documents: usize,
}

impl Claimed {
    pub fn all(self) -> usize {
        self.photos + self.documents
    }
}

pub async fn insert_all(conn: &mut Conn, all: &[Attachment]) -> Result<()> {
    for some in all.chunks(1000) {
        diesel::insert_into(attachments::table).values(some).execute(conn).await?;
    }
    Ok(())
}

/// Nothing has named it yet.
#[diesel::dsl::auto_type(no_type_alias)]
fn unnamed() -> _ {
    attachments::request_id.is_null().and(attachments::announcement_id.is_null())
}

/// Ties uploads of this member, that belong to nothing yet, to something. Answers how many there were.
pub async fn claim(
    conn: &mut Conn,
    community: CommunityId,
    uploader: MemberId,
    ids: &[AttachmentId],
    place: Place,
) -> Result<Claimed> {
    use diesel::dsl::case_when;
    if ids.is_empty() {
        return Ok(Claimed::default());
    }
    let free = attachments::table
        .filter(attachments::community_id.eq(community).and(attachments::uploader_id.eq(uploader)))
        .filter(attachments::id.eq_any(ids).and(unnamed()))
        .filter(attachments::removed_at.is_null());
    // A document stays one, whatever the photos beside it show.
    let is_document = attachments::kind.eq(AttachmentKind::Document);
    let kind =
        case_when(is_document, attachments::kind).otherwise(place.kind.into_sql::<diesel::sql_types::Text>());
    let (request, announcement) = match place.about {
        About::Request(id) => (Some(id), None),
        About::Announcement(id) => (None, Some(id)),
    };
    let kinds: Vec<AttachmentKind> = diesel::update(free)
        .set((
            attachments::request_id.eq(request),
            attachments::announcement_id.eq(announcement),
            attachments::comment_id.eq(place.comment),
            attachments::kind.eq(kind),
        ))
        .returning(attachments::kind)
        .get_results(conn)
        .await?;
    let documents = kinds.iter().filter(|kind| **kind == AttachmentKind::Document).count();
    Ok(Claimed { photos: kinds.len() - documents, documents })
}

/// Of one request itself and its story, oldest first; what belongs to comments comes with them.
pub async fn list(
    conn: &mut Conn,
    community: CommunityId,
    request: ServiceRequestId,
) -> Result<Vec<Attachment>> {
    Ok(attachments::table
        .filter(attachments::community_id.eq(community).and(attachments::request_id.eq(request)))
        .filter(attachments::comment_id.is_null().and(attachments::removed_at.is_null()))
        .order((attachments::created_at, attachments::id))
        .limit(200)
        .select(Attachment::as_select())
        .load(conn)
        .await?)
}

/// Of an announcement itself, oldest first.
pub async fn list_of_announcement(
    conn: &mut Conn,
    community: CommunityId,
    announcement: AnnouncementId,
) -> Result<Vec<Attachment>> {
    Ok(attachments::table
        .filter(attachments::community_id.eq(community).and(attachments::announcement_id.eq(announcement)))
        .filter(attachments::comment_id.is_null().and(attachments::removed_at.is_null()))
        .order((attachments::created_at, attachments::id))
        .limit(200)
        .select(Attachment::as_select())
        .load(conn)
        .await?)
}

/// Takes back what an announcement has, but for some. Answers how many there were.
pub async fn keep_of_announcement(
    conn: &mut Conn,
    community: CommunityId,
    announcement: AnnouncementId,
    kept: &[AttachmentId],
    at: DateTime<Utc>,
) -> Result<usize> {
    let others = attachments::table
        .filter(attachments::community_id.eq(community).and(attachments::announcement_id.eq(announcement)))
        .filter(attachments::removed_at.is_null().and(attachments::id.ne_all(kept)));
    Ok(diesel::update(others).set(attachments::removed_at.eq(at)).execute(conn).await?)
}

/// Takes back everything that an announcement has, because that is about to be no more.
pub async fn let_go_of_announcement(
    conn: &mut Conn,
    community: CommunityId,
    announcement: AnnouncementId,
    at: DateTime<Utc>,
) -> Result<()> {
    let all = attachments::table
        .filter(attachments::community_id.eq(community).and(attachments::announcement_id.eq(announcement)));
    diesel::update(all)
        .set((attachments::removed_at.eq(at), attachments::announcement_id.eq(None::<AnnouncementId>)))
        .execute(conn)
        .await?;
    Ok(())
}

/// How many came by the secret link of a report.
pub async fn count_of_holder(
    conn: &mut Conn,
    community: CommunityId,
    request: ServiceRequestId,
) -> Result<i64> {
    Ok(attachments::table
        .filter(attachments::community_id.eq(community).and(attachments::request_id.eq(request)))
        .filter(attachments::uploader_id.is_null().and(attachments::removed_at.is_null()))
        .count()
        .get_result(conn)
        .await?)
}

/// Of these comments, oldest first.
pub async fn list_of_comments(
    conn: &mut Conn,
    community: CommunityId,
    comments: &[CommentId],
) -> Result<Vec<Attachment>> {
    Ok(attachments::table
        .filter(attachments::community_id.eq(community).and(attachments::comment_id.eq_any(comments)))
        .filter(attachments::removed_at.is_null())
        .order((attachments::created_at, attachments::id))
        .select(Attachment::as_select())
        .load(conn)
        .await?)
}

/// Takes back what belongs to a comment. Answers how many photos it were.
pub async fn remove_of_comment(
    conn: &mut Conn,
    community: CommunityId,
    comment: CommentId,
    at: DateTime<Utc>,
) -> Result<usize> {
    let kinds: Vec<AttachmentKind> = diesel::update(attachments::table)
        .filter(attachments::community_id.eq(community).and(attachments::comment_id.eq(comment)))
        .filter(attachments::removed_at.is_null())
        .set(attachments::removed_at.eq(at))
        .returning(attachments::kind)
        .get_results(conn)
        .await?;
    Ok(kinds.iter().filter(|kind| **kind != AttachmentKind::Document).count())
}

/// Takes back an upload of this member that nothing names yet. Answers whether there was one.
pub async fn remove_unnamed(
    conn: &mut Conn,
    community: CommunityId,
    uploader: MemberId,
    id: AttachmentId,
    at: DateTime<Utc>,
) -> Result<bool> {
    let removed = diesel::update(attachments::table)
        .filter(attachments::community_id.eq(community).and(attachments::uploader_id.eq(uploader)))
        .filter(attachments::id.eq(id).and(unnamed()))
        .filter(attachments::removed_at.is_null())
        .set(attachments::removed_at.eq(at))
        .execute(conn)
        .await?;
    Ok(removed == 1)
}

/// The file behind a signed address. The signature, made only for those who may see the file, is the scope here.
pub async fn find_signed(conn: &mut Conn, id: AttachmentId) -> Result<Option<Attachment>> {
    let found: Option<Attachment> =
        attachments::table.find(id).select(Attachment::as_select()).first(conn).await.optional()?;
    Ok(found.filter(|file| file.removed_at.is_none()))
}

/// Uploads of any community that nobody has named since `before`: for the sweep.
pub async fn list_unnamed(conn: &mut Conn, before: DateTime<Utc>, limit: i64) -> Result<Vec<Attachment>> {
    Ok(attachments::table
        .filter(unnamed().and(attachments::created_at.lt(before)))
        .order(attachments::created_at)
        .limit(limit)
        .select(Attachment::as_select())
        .load(conn)
        .await?)
}

/// Files of any community that have been taken back: for the sweep.
pub async fn list_removed(conn: &mut Conn, limit: i64) -> Result<Vec<Attachment>> {
    Ok(attachments::table
        .filter(attachments::removed_at.is_not_null())
        .order(attachments::removed_at)
        .limit(limit)
        .select(Attachment::as_select())
        .load(conn)
        .await?)
}

/// Which of these stored names belong to a file that is known, of any community: for the sweep.
pub async fn known_names(conn: &mut Conn, stored_names: &[String]) -> Result<Vec<String>> {
    Ok(attachments::table
        .filter(attachments::stored_name.eq_any(stored_names))
        .select(attachments::stored_name)
        .load(conn)
        .await?)
}

/// Forgets a file that has been taken back, or an upload, unless somebody has named it meanwhile. Answers whether it is
/// gone.
pub async fn delete(conn: &mut Conn, community: CommunityId, id: AttachmentId) -> Result<bool> {
    let loose = attachments::table
        .filter(attachments::community_id.eq(community).and(attachments::id.eq(id)))
        .filter(unnamed().or(attachments::removed_at.is_not_null()));
    Ok(diesel::delete(loose).execute(conn).await? == 1)
}
