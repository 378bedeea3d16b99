//! Uploaded files: what is known of them. Their bytes lie in the file store.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::{AttachmentId, CommunityId, MemberId, ServiceRequestId};
use domain::service_request::AttachmentKind;

use crate::schema::attachments;
use crate::{Conn, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = attachments, check_for_backend(diesel::pg::Pg))]
pub struct Attachment {
    pub id: AttachmentId,
    pub community_id: CommunityId,
    pub uploader_id: MemberId,
    pub request_id: Option<ServiceRequestId>,
    pub kind: AttachmentKind,
    pub stored_name: String,
    pub width: i32,
    pub height: i32,
    pub created_at: DateTime<Utc>,
}

pub async fn insert_all(conn: &mut Conn, all: &[Attachment]) -> Result<()> {
    for some in all.chunks(1000) {
        diesel::insert_into(attachments::table).values(some).execute(conn).await?;
    }
    Ok(())
}

/// Ties uploads of this member, that belong to nothing yet, to a request. Answers how many there were.
pub async fn claim(
    conn: &mut Conn,
    community: CommunityId,
    uploader: MemberId,
    ids: &[AttachmentId],
    request: ServiceRequestId,
    kind: AttachmentKind,
) -> Result<usize> {
    if ids.is_empty() {
        return Ok(0);
    }
    let free = attachments::table
        .filter(attachments::community_id.eq(community).and(attachments::uploader_id.eq(uploader)))
        .filter(attachments::id.eq_any(ids).and(attachments::request_id.is_null()));
    Ok(diesel::update(free)
        .set((attachments::request_id.eq(request), attachments::kind.eq(kind)))
        .execute(conn)
        .await?)
}

/// Of one request, oldest first.
pub async fn list(
    conn: &mut Conn,
    community: CommunityId,
    request: ServiceRequestId,
) -> Result<Vec<Attachment>> {
    Ok(attachments::table
        .filter(attachments::community_id.eq(community).and(attachments::request_id.eq(request)))
        .order((attachments::created_at, attachments::id))
        .limit(200)
        .select(Attachment::as_select())
        .load(conn)
        .await?)
}

/// The file behind a signed address. The signature, made only for those who may see the file, is the scope here.
pub async fn find_signed(conn: &mut Conn, id: AttachmentId) -> Result<Option<Attachment>> {
    Ok(attachments::table.find(id).select(Attachment::as_select()).first(conn).await.optional()?)
}

/// Uploads of any community that nobody has named since `before`: for the sweep.
pub async fn list_unnamed(conn: &mut Conn, before: DateTime<Utc>, limit: i64) -> Result<Vec<Attachment>> {
    Ok(attachments::table
        .filter(attachments::request_id.is_null().and(attachments::created_at.lt(before)))
        .order(attachments::created_at)
        .limit(limit)
        .select(Attachment::as_select())
        .load(conn)
        .await?)
}

/// Forgets an upload, unless somebody has named it meanwhile. Answers whether it is gone.
pub async fn delete_unnamed(conn: &mut Conn, community: CommunityId, id: AttachmentId) -> Result<bool> {
    let unnamed = attachments::table
        .filter(attachments::community_id.eq(community).and(attachments::id.eq(id)))
        .filter(attachments::request_id.is_null());
    Ok(diesel::delete(unnamed).execute(conn).await? == 1)
}
