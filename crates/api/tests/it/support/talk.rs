//! Something to say, and things of everybody's own that can be changed and taken back.

use contract::comment::{CREATE, Comment, CommentQuery, LIST, NewComment};
use contract::service_request::ServiceRequest;
use domain::id::UserId;
use domain::service_request::Audience;

use super::app::TestApp;
use super::caller::{Answer, Caller};

/// For everybody who sees the request.
pub fn words(body: &str) -> NewComment {
    NewComment { body: body.into(), ..NewComment::default() }
}

/// For staff only.
pub fn whisper(body: &str) -> NewComment {
    NewComment { audience: Some(Audience::Staff), ..words(body) }
}

pub fn reply(to: &Comment, body: &str) -> NewComment {
    NewComment { parent_id: Some(to.id), ..words(body) }
}

impl Caller {
    pub async fn say(&self, request: &ServiceRequest, said: NewComment) -> Answer<Comment> {
        self.call(&CREATE, &[&self.slug, &request.summary.id], &said).await
    }

    /// Everything that this caller reads, oldest first.
    pub async fn hears(&self, request: &ServiceRequest) -> Vec<Comment> {
        let query = CommentQuery { limit: Some(200), ..CommentQuery::default() };
        self.find(&LIST, &[&self.slug, &request.summary.id], &query).await.ok().data
    }
}

/// Everybody has a comment to edit, another to remove, and an upload that nothing names: see [`own`].
pub async fn refill(app: &TestApp, request: &ServiceRequest) {
    let (now, place, request) = (app.now().to_rfc3339(), app.place.id, request.summary.id);
    let id = |letter: &str| format!("overlay(user_id::text placing '{letter}' from 1 for 1)::uuid");
    for letter in ["c", "d"] {
        app.query(&format!(
            "with it as (insert into comments \
                 (id, community_id, request_id, author_id, author_name, audience, body, created_at) \
             select {}, community_id, '{request}', id, display_name, 'everyone', 'A slip of the pem.', '{now}' \
             from members where community_id = '{place}' and user_id is not null \
             on conflict (id) do update set body = excluded.body, created_at = excluded.created_at, \
                 removed_at = null, removed_by_id = null, removal_reason = null \
             returning 1) select '' as text from it",
            id(letter)
        ))
        .await;
    }
    app.query(&format!(
        "with it as (insert into attachments \
             (id, community_id, uploader_id, kind, stored_name, width, height, created_at) \
         select {}, community_id, id, 'problem', 'nowhere', 1, 1, '{now}' \
         from members where community_id = '{place}' and user_id is not null \
         on conflict (id) do update set removed_at = null returning 1) select '' as text from it",
        id("b")
    ))
    .await;
}

/// The id of a thing of one's own: that of the user with another first letter.
pub fn own(user: UserId, letter: &str) -> String {
    let mut text = user.to_string();
    text.replace_range(..1, letter);
    text
}
