//! Editing and removing: the domain decides, the versions keep what was there before.

use actix_web::HttpRequest;
use contract::comment::ChangeComment;
use contract::problem::Code;
use db::Conn;
use db::comment::Comment;
use db::service_request::{Key, ServiceRequest};
use domain::audit::AuditAction;
use domain::comment::{self, Facts, Refusal};
use domain::id::CommentId;
use domain::rule;
use domain::service_request::Audience;

use super::{people, say, view};
use crate::app::{Actor, App};
use crate::audit::{Entry, record};
use crate::http::error::{Error, Fault, Result};
use crate::http::precondition::IfMatch;

pub fn facts(actor: &Actor, comment: &Comment) -> Facts {
    Facts {
        is_author: comment.author_id == Some(actor.member_id),
        rights: actor.rights,
        created_at: comment.created_at,
        removed: comment.removed_at.is_some(),
    }
}

/// The request, locked, and a comment of it that the caller reads. All changes of a conversation wait for each other
/// here; the versions guard them all the same.
async fn lock(tx: &mut Conn, actor: &Actor, key: &Key, id: CommentId) -> Result<(ServiceRequest, Comment)> {
    let request = db::service_request::lock(tx, actor.community_id(), &actor.sight(), key).await?;
    let found = db::comment::find(tx, actor.community_id(), request.id, id).await?;
    let comment = found.filter(|comment| view::reads(actor, &request, comment)).ok_or(Code::NotFound)?;
    Ok((request, comment))
}

/// Refused as "not yours" before the version is looked at, and as "not now" after it.
pub fn check(decision: std::result::Result<(), Refusal>, seen: &IfMatch, comment: &Comment) -> Result<()> {
    if decision == Err(Refusal::NotAllowed) {
        return Err(Code::NotAllowed.into());
    }
    seen.check(comment.version)?;
    decision.map_err(|refusal| match refusal {
        Refusal::NotAllowed => Code::NotAllowed.into(),
        Refusal::Removed | Refusal::TooLate => Code::TooLate.into(),
        Refusal::ReasonMissing => Error::invalid(vec![Fault::parameter("reason", "required")]),
    })
}

pub async fn edit(
    tx: &mut Conn,
    app: &App,
    actor: &Actor,
    key: &Key,
    id: CommentId,
    seen: &IfMatch,
    change: ChangeComment,
) -> Result<()> {
    let now = app.now();
    let (request, before) = lock(tx, actor, key, id).await?;
    check(comment::edit(facts(actor, &before), now), seen, &before)?;
    let body = change.body.map_or_else(|| before.body.clone(), |body| rule::trimmed(&body).to_owned());
    let files = db::attachment::list_of_comments(tx, before.community_id, &[before.id]).await?;
    if body.is_empty() && files.is_empty() {
        return Err(Error::invalid(vec![Fault::field("body", "required")]));
    }
    if let Some(ids) = change.mention_ids {
        let people = people::named(tx, app, actor, &request, before.audience, &ids).await?;
        db::comment::keep_mentions(tx, before.community_id, before.id, &ids).await?;
        say::mention(tx, &before, &people, now).await?;
    }
    db::comment::edit(tx, &before, &body, now).await?;
    let first_response = request.progress().first_response_at;
    Ok(db::service_request::touch(tx, &request, first_response, 0, now).await?)
}

#[expect(clippy::too_many_arguments, reason = "what was asked, by whom, and what they had seen")]
pub async fn remove(
    tx: &mut Conn,
    app: &App,
    actor: &Actor,
    http: &HttpRequest,
    key: &Key,
    id: CommentId,
    seen: &IfMatch,
    reason: Option<&str>,
) -> Result<()> {
    let now = app.now();
    let reason = reason.map(rule::trimmed).filter(|reason| !reason.is_empty());
    let (request, before) = lock(tx, actor, key, id).await?;
    let facts = facts(actor, &before);
    check(comment::remove(facts, reason.is_some()), seen, &before)?;
    db::comment::remove(tx, &before, actor.member_id, reason, now).await?;
    db::comment::keep_mentions(tx, before.community_id, before.id, &[]).await?;
    let photos = db::attachment::remove_of_comment(tx, before.community_id, before.id, now).await?;
    let counted = if before.audience == Audience::Everyone { photos } else { 0 };
    let fewer = i32::try_from(counted).map_err(Error::internal)?;
    if !facts.is_author {
        record(tx, Entry::new(AuditAction::CommentRemoved, before.id.0).asked_by(http), now).await?;
    }
    let first_response = request.progress().first_response_at;
    Ok(db::service_request::touch(tx, &request, first_response, -fewer, now).await?)
}
