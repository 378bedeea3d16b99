//! Requests as strangers see them, and reports as whoever holds their secret does. Nobody is named.

use contract::problem::Code;
use contract::public::{
    PublicComment, PublicEntry, PublicRequest, PublicRequestSummary, Report, ReportMaster,
};
use db::Conn;
use db::comment::Order;
use db::community::Community;
use db::service_request::{Key, Listed, ServiceRequest, Sight};
use domain::id::{AttachmentId, MemberId, ServiceRequestId};
use domain::place::Coordinates;
use domain::rule::ANONYMOUS_PHOTOS_MAX;
use domain::service_request::decide::{Asker, allowed_actions};
use domain::service_request::workflow::{Field, is_of_reporter};
use domain::service_request::{AttachmentKind, RequestAction, Voice};

use crate::app::App;
use crate::attachment;
use crate::comment::view::without_names;
use crate::files::ANYBODY;
use crate::http::error::Result;
use crate::service_request::facts;
use crate::service_request::view::{allowed, is_about};

/// How many comments are shown.
const COMMENTS_MAX: i64 = 200;

pub fn summary(row: Listed) -> PublicRequestSummary {
    let (place, at) = place(&row.request);
    let Listed { request, category, category_icon, zone, unit: _, reporter: _, assignee: _ } = row;
    PublicRequestSummary {
        status: request.progress().status,
        category,
        category_icon,
        zone,
        place,
        at,
        photos: request.photos.into(),
        verified: request.reporter_id.is_some(),
        created_at: request.created_at,
        updated_at: request.updated_at,
        number: request.number,
        title: request.title,
    }
}

/// Where it is, as far as it is nobody's home.
fn place(request: &ServiceRequest) -> (String, Option<Coordinates>) {
    match request.unit_id {
        Some(_) => (String::new(), None),
        None => {
            let at = request.lng.zip(request.lat).map(|(lng, lat)| Coordinates { lng, lat });
            (request.address_hint.clone(), at)
        }
    }
}

/// A public request with what anybody may see of it: of the story what was done and why it was not, of files the photos.
pub async fn public(conn: &mut Conn, app: &App, row: Listed) -> Result<PublicRequest> {
    let request = row.request.clone();
    let mut story = story(conn, app, &request).await?;
    // What a stranger adds later nobody of the community has looked at.
    let looked_at = request.looked_at;
    story.comments.retain(|said| {
        !(request.anonymous && said.by == Voice::Reporter) || looked_at.is_some_and(|at| said.at <= at)
    });
    let later: Vec<AttachmentId> = story
        .timeline
        .iter()
        .filter(|it| request.anonymous && it.by == Voice::Reporter && looked_at.is_none_or(|at| it.at > at))
        .flat_map(|it| it.attachment_ids.clone())
        .collect();
    story.attachments.retain(|file| !later.contains(&file.id));
    let photos: Vec<AttachmentId> = story.attachments.iter().map(|file| file.id).collect();
    for line in &mut story.timeline {
        let action = line.kind.parse().ok();
        line.note = line.note.take().filter(|_| {
            matches!(action, Some(RequestAction::Resolve | RequestAction::Close | RequestAction::Hold))
        });
        line.attachment_ids.retain(|id| photos.contains(id));
    }
    Ok(PublicRequest {
        description: request.description.clone(),
        resolution_note: request.handling.resolution_note.clone(),
        attachments: story.attachments,
        timeline: story.timeline,
        comments: story.comments,
        summary: summary(row),
    })
}

/// A report as whoever holds its secret sees it.
pub async fn report(
    conn: &mut Conn,
    app: &App,
    community: &Community,
    id: ServiceRequestId,
) -> Result<Report> {
    let row = db::service_request::find(conn, community.id, &Sight::Everything, &Key::Id(id)).await?;
    let row = row.ok_or(Code::NotFound)?;
    let request = row.request.clone();
    let progress = request.progress();
    let (facts, _) = facts::facts(conn, community.id, &community.settings(), &request).await?;
    let mut actions = allowed(allowed_actions(&progress, &facts, &Asker::Holder, app.now()));
    // Photos come by an address of their own.
    actions.iter_mut().for_each(|action| action.fields.retain(|field| field.name != Field::Evidence));
    let story = story(conn, app, &request).await?;
    let sent = db::attachment::count_of_holder(conn, community.id, id).await?;
    let seen = db::service_request::is_seen(conn, community.id, &Sight::Public, id).await?;
    let master = match progress.duplicate_of {
        Some(master) => master_of(conn, community, master).await?,
        None => None,
    };
    let rating = db::service_request::find_rating(conn, community.id, id).await?;
    let (place, at) = place(&request);
    Ok(Report {
        version: request.version,
        status: progress.status,
        master,
        category: row.category,
        category_icon: row.category_icon,
        zone: row.zone,
        place,
        at,
        waiting_reporter: progress.waiting_reporter,
        resolution_note: request.handling.resolution_note,
        rating,
        is_public: seen && community.settings().public_pages,
        created_at: request.created_at,
        updated_at: request.updated_at,
        due_at: request.due_at,
        attachments: story.attachments,
        photos_left: (ANONYMOUS_PHOTOS_MAX - sent).max(0),
        timeline: story.timeline,
        comments: story.comments,
        allowed_actions: actions,
        number: request.number,
        title: request.title,
        description: request.description,
    })
}

async fn master_of(
    conn: &mut Conn,
    community: &Community,
    id: ServiceRequestId,
) -> Result<Option<ReportMaster>> {
    let standings = db::service_request::standings(conn, community.id, &[id]).await?;
    let seen = db::service_request::is_seen(conn, community.id, &Sight::Public, id).await?;
    let is_public = seen && community.settings().public_pages;
    Ok(standings.into_iter().next().map(|(_, number, status)| ReportMaster { number, status, is_public }))
}

struct Story {
    attachments: Vec<contract::attachment::Attachment>,
    timeline: Vec<PublicEntry>,
    comments: Vec<PublicComment>,
}

/// What is for everybody to read. Documents are for those whom it concerns.
async fn story(conn: &mut Conn, app: &App, request: &ServiceRequest) -> Result<Story> {
    let (community, now) = (request.community_id, app.now());
    let is_photo = |file: &db::attachment::Attachment| file.kind != AttachmentKind::Document;
    let view = |file: &db::attachment::Attachment| attachment::view(file, &app.files, ANYBODY, now);
    let files = db::attachment::list(conn, community, request.id).await?;
    let lines = db::timeline::list(conn, community, request.id, false).await?;
    let said = db::comment::list(conn, community, request.id, false, Order::NewestFirst, None, COMMENTS_MAX);
    let mut said = said.await?;
    said.reverse();
    let ids: Vec<_> = said.iter().map(|comment| comment.id).collect();
    let called = db::comment::mentions(conn, community, &ids).await?;
    let theirs = db::attachment::list_of_comments(conn, community, &ids).await?;
    let comments = said.into_iter().map(|comment| PublicComment {
        at: comment.created_at,
        by: voice(request, "comment", comment.author_id),
        attachments: theirs
            .iter()
            .filter(|file| file.comment_id == Some(comment.id) && is_photo(file))
            .map(view)
            .collect(),
        // Nobody is named, whoever is called by name.
        body: comment.removed_at.is_none().then(|| {
            let called = called.iter().filter(|it| it.comment_id == comment.id);
            without_names(comment.body, called.map(|it| it.name.as_str()))
        }),
    });
    let timeline = lines.into_iter().filter(|line| line.kind != "comment").map(|line| PublicEntry {
        at: line.at,
        by: voice(request, &line.kind, line.actor_id),
        from_status: line.from_status,
        to_status: line.to_status,
        note: line.note,
        attachment_ids: line.attachment_ids,
        kind: line.kind,
    });
    Ok(Story {
        attachments: files.iter().filter(|file| is_photo(file)).map(view).collect(),
        timeline: timeline.collect(),
        comments: comments.collect(),
    })
}

/// Who speaks. Where nobody stands behind it, it is the holder of the secret if that is theirs to say.
fn voice(request: &ServiceRequest, kind: &str, actor: Option<MemberId>) -> Voice {
    match actor {
        Some(_) if is_about(actor, request) => Voice::Reporter,
        Some(_) => Voice::Community,
        None if request.anonymous && is_of_reporter(kind) => Voice::Reporter,
        None => Voice::Clock,
    }
}
