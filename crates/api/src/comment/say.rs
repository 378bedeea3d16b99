//! Saying something: lock the request, check, write, record, enqueue.

use chrono::{DateTime, Utc};
use contract::comment::NewComment;
use contract::problem::Code;
use contract::service_request::PersonBrief;
use db::Conn;
use db::attachment::Place;
use db::comment::{About, Comment, Mention};
use db::service_request::{Key, ServiceRequest, Sight};
use domain::comment::{of_reply, responds};
use domain::event::{Event, Noted};
use domain::id::{CommentId, CommunityId, MemberId, ServiceRequestId, TimelineId};
use domain::role::Permission;
use domain::rule;
use domain::service_request::{AttachmentKind, Audience};
use uuid::Uuid;

use super::people;
use crate::app::{Actor, App};
use crate::http::error::{Error, Fault, Result};
use crate::service_request::view::{is_inside, is_near};

pub async fn say(tx: &mut Conn, app: &App, actor: &Actor, key: &Key, said: NewComment) -> Result<CommentId> {
    let NewComment { body, audience, parent_id, attachment_ids, mention_ids } = said;
    let community = actor.community_id();
    let now = app.now();
    let request = db::service_request::lock(tx, community, &actor.sight(), key).await?;
    let inside = is_inside(actor, &request);
    let asked = audience.unwrap_or(Audience::Everyone);
    if asked == Audience::Staff && !inside {
        return Err(Code::NotAllowed.into());
    }
    let parent = match parent_id {
        None => None,
        Some(id) => {
            let found = db::comment::find(tx, community, request.id, id).await?;
            let readable = found.filter(|parent| inside || parent.audience == Audience::Everyone);
            Some(readable.ok_or_else(|| Error::invalid(vec![Fault::field("parent_id", "unknown")]))?)
        }
    };
    let body = rule::trimmed(&body).to_owned();
    if body.is_empty() && attachment_ids.is_empty() {
        return Err(Error::invalid(vec![Fault::field("body", "required")]));
    }
    let audience = parent.as_ref().map_or(asked, |parent| of_reply(parent.audience, asked));
    let people = people::named(tx, app, actor, &request, audience, &mention_ids).await?;
    let comment = Comment {
        id: CommentId(Uuid::now_v7()),
        community_id: community,
        request_id: Some(request.id),
        announcement_id: None,
        parent_id: parent.map(|parent| parent.parent_id.unwrap_or(parent.id)),
        author_id: Some(actor.member_id),
        author_name: actor.name.clone(),
        audience,
        body,
        version: 1,
        created_at: now,
        edited_at: None,
        removed_at: None,
        removed_by_id: None,
        removal_reason: None,
    };
    db::comment::insert_all(tx, std::slice::from_ref(&comment)).await?;
    let place =
        Place { about: About::Request(request.id), comment: Some(comment.id), kind: AttachmentKind::Problem };
    let claimed = db::attachment::claim(tx, community, actor.member_id, &attachment_ids, place).await?;
    if claimed.all() != attachment_ids.len() {
        return Err(Error::invalid(vec![Fault::field("attachment_ids", "not_yours")]));
    }
    // Documents are for those whom it concerns.
    if claimed.documents > 0 && !is_near(actor, &request) {
        return Err(Code::NotAllowed.into());
    }
    // Staff's own photos are no more counted than shown.
    let photos = match audience {
        Audience::Everyone => i32::try_from(claimed.photos).map_err(Error::internal)?,
        Audience::Staff => 0,
    };
    let mentioned = mention(tx, &comment, &people, now).await?;
    record(tx, &request, &comment, now).await?;
    let is_staff =
        actor.can(Permission::RequestsViewAll) || request.progress().assignee == Some(actor.member_id);
    let responded = responds(audience, is_staff).then_some(now);
    let first_response = request.progress().first_response_at.or(responded);
    db::service_request::touch(tx, &request, first_response, photos, now).await?;
    enqueue(tx, &comment, Event::of_comment(audience), mentioned, now).await?;
    Ok(comment.id)
}

/// Whoever holds the secret of an anonymous report says something to everybody.
pub async fn by_holder(
    tx: &mut Conn,
    community: CommunityId,
    id: ServiceRequestId,
    body: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let request = db::service_request::lock(tx, community, &Sight::Everything, &Key::Id(id)).await?;
    let body = rule::trimmed(body).to_owned();
    if body.is_empty() {
        return Err(Error::invalid(vec![Fault::field("body", "required")]));
    }
    if db::comment::count_of_holder(tx, community, id).await? >= rule::ANONYMOUS_COMMENTS_MAX {
        let fault = Fault::field("body", "too_many").with("max", rule::ANONYMOUS_COMMENTS_MAX);
        return Err(Error::invalid(vec![fault]));
    }
    let comment = Comment {
        id: CommentId(Uuid::now_v7()),
        community_id: community,
        request_id: Some(id),
        announcement_id: None,
        parent_id: None,
        author_id: None,
        author_name: String::new(),
        audience: Audience::Everyone,
        body,
        version: 1,
        created_at: now,
        edited_at: None,
        removed_at: None,
        removed_by_id: None,
        removal_reason: None,
    };
    db::comment::insert_all(tx, std::slice::from_ref(&comment)).await?;
    record(tx, &request, &comment, now).await?;
    db::service_request::touch(tx, &request, request.progress().first_response_at, 0, now).await?;
    enqueue(tx, &comment, Event::RequestComment, Vec::new(), now).await
}

/// Calls people by name, and tells those who have not been called before; answers who they are.
pub async fn mention(
    tx: &mut Conn,
    comment: &Comment,
    people: &[PersonBrief],
    now: DateTime<Utc>,
) -> Result<Vec<MemberId>> {
    let mentions: Vec<Mention> = people
        .iter()
        .map(|person| Mention {
            community_id: comment.community_id,
            comment_id: comment.id,
            member_id: person.member_id,
            name: person.display_name.clone(),
        })
        .collect();
    let news = db::comment::mention(tx, &mentions).await?;
    if !news.is_empty() {
        enqueue(tx, comment, Event::RequestMention, news.clone(), now).await?;
    }
    Ok(news)
}

async fn enqueue(
    tx: &mut Conn,
    comment: &Comment,
    event: Event,
    mentioned: Vec<MemberId>,
    now: DateTime<Utc>,
) -> Result<()> {
    let community = comment.community_id;
    let Some(request) = comment.request_id else { return Ok(()) };
    let noted = Noted { comment: Some(comment.id.0), mentioned, ..Noted::default() };
    let event =
        db::outbox::Event::of_request(event, community, request, comment.author_id, now).noting(&noted);
    Ok(db::outbox::enqueue(tx, &event).await?)
}

/// The story says that there was a comment, and never what.
async fn record(
    tx: &mut Conn,
    request: &ServiceRequest,
    comment: &Comment,
    now: DateTime<Utc>,
) -> Result<()> {
    let status = request.progress().status;
    let entry = db::timeline::Entry {
        id: TimelineId(comment.id.0),
        actor_id: comment.author_id,
        actor_name: comment.author_id.map(|_| comment.author_name.clone()),
        audience: comment.audience,
        ..db::timeline::Entry::plain(comment.community_id, request.id, "comment".into(), status, now)
    };
    Ok(db::timeline::record(tx, &[entry]).await?)
}
