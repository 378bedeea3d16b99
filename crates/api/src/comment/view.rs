//! Comments as the wire shows them, as far as the caller may see.

use contract::comment::Comment;
use contract::problem::Code;
use contract::service_request::PersonBrief;
use db::Conn;
use db::comment::Comment as Row;
use db::service_request::{Key, ServiceRequest, Sight};
use domain::comment;
use domain::id::{CommentId, SessionId};
use domain::role::Permission;
use domain::service_request::Audience;

use super::change::facts;
use crate::app::{Actor, App};
use crate::attachment;
use crate::http::error::Result;
use crate::service_request::view::{is_about, is_inside, is_near, knows_names};

/// Whether the caller, who sees the request, reads this, too.
pub fn reads(actor: &Actor, request: &ServiceRequest, comment: &Row) -> bool {
    comment.audience == Audience::Everyone || is_inside(actor, request)
}

/// A comment that the caller reads, and its request. What they may not see is not found.
pub async fn find(
    conn: &mut Conn,
    actor: &Actor,
    sight: &Sight,
    key: &Key,
    id: CommentId,
) -> Result<(ServiceRequest, Row)> {
    let community = actor.community_id();
    let found = db::service_request::find(conn, community, sight, key).await?;
    let request = found.ok_or(Code::NotFound)?.request;
    let comment = db::comment::find(conn, community, request.id, id).await?;
    let comment = comment.filter(|comment| reads(actor, &request, comment)).ok_or(Code::NotFound)?;
    Ok((request, comment))
}

pub async fn one(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    session: SessionId,
    sight: &Sight,
    key: &Key,
    id: CommentId,
) -> Result<Comment> {
    let (request, row) = find(conn, actor, sight, key, id).await?;
    let mut shown = all(conn, app, actor, session, &request, vec![row]).await?;
    Ok(shown.pop().ok_or(Code::NotFound)?)
}

/// What was said, without the names of people called in it of whom the reader is not to know.
pub fn without_names<'a>(body: String, names: impl Iterator<Item = &'a str>) -> String {
    names.fold(body, |body, name| body.replace(&format!("@{name}"), "@…"))
}

/// Comments of one request, with what belongs to them.
pub async fn all(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    session: SessionId,
    request: &ServiceRequest,
    rows: Vec<Row>,
) -> Result<Vec<Comment>> {
    let community = actor.community_id();
    let now = app.now();
    let ids: Vec<CommentId> = rows.iter().map(|row| row.id).collect();
    let mentions = db::comment::mentions(conn, community, &ids).await?;
    let files = db::attachment::list_of_comments(conn, community, &ids).await?;
    let near = is_near(actor, request) && knows_names(actor, request);
    let inside = is_inside(actor, request);
    let shown = |row: Row| {
        let facts = facts(actor, &row);
        let Row {
            id,
            community_id: _,
            request_id: _,
            announcement_id: _,
            parent_id,
            author_id,
            author_name,
            audience,
            body,
            version,
            created_at,
            edited_at,
            removed_at,
            removed_by_id,
            removal_reason,
        } = row;
        // Who reported a public request stays between them and staff.
        let known = near || !is_about(author_id, request);
        let named = mentions
            .iter()
            .filter(|mention| mention.comment_id == id)
            .filter(|mention| near || !is_about(Some(mention.member_id), request));
        let unknown = mentions
            .iter()
            .filter(|mention| mention.comment_id == id)
            .filter(|mention| !near && is_about(Some(mention.member_id), request));
        let body = without_names(body, unknown.map(|it| it.name.as_str()));
        Comment {
            id,
            version,
            parent_id,
            author: author_id
                .filter(|_| known)
                .map(|member_id| PersonBrief { member_id, display_name: author_name }),
            audience,
            body: removed_at.is_none().then_some(body),
            mentions: named
                .map(|it| PersonBrief { member_id: it.member_id, display_name: it.name.clone() })
                .collect(),
            attachments: files
                .iter()
                .filter(|file| file.comment_id == Some(id))
                .map(|file| attachment::view(file, &app.files, session, now))
                .collect(),
            created_at,
            edited_at,
            removed_at,
            moderated: removed_by_id.is_some_and(|by| Some(by) != author_id),
            removal_reason: removal_reason.filter(|_| inside || facts.is_author),
            may_edit: comment::edit(facts, now).is_ok(),
            may_remove: comment::remove(facts, true).is_ok(),
            may_read_versions: actor.can(Permission::AuditView) && version > 1,
        }
    };
    Ok(rows.into_iter().map(shown).collect())
}
