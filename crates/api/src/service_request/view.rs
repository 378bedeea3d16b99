//! Rows as the wire shows them, as far as the caller may see.

use contract::problem::Code;
use contract::service_request::{
    ActionField, AllowedAction, PersonBrief, ServiceRequest, ServiceRequestSummary, TimelineEntry,
};
use db::Conn;
use db::service_request::{Key, Listed, Sight};
use domain::checklist::is_open;
use domain::id::{MemberId, SessionId};
use domain::place::Coordinates;
use domain::role::Permission;
use domain::service_request::decide::allowed_actions;
use domain::service_request::workflow::When;

use super::act;
use super::handlers::offered;
use crate::app::{Actor, App};
use crate::http::error::Result;
use crate::{attachment, checklist};

/// A line of a list.
pub fn summary(actor: &Actor, row: Listed) -> ServiceRequestSummary {
    let Listed { request, category, category_icon, zone, unit, reporter, assignee } = row;
    let progress = request.progress();
    let near = is_near(actor, &request);
    let address = unit.as_ref().map(|(number, street)| match street {
        Some(street) => format!("{number}, {street}"),
        None => number.clone(),
    });
    let hint = Some(&request.address_hint).filter(|hint| !hint.is_empty()).cloned();
    ServiceRequestSummary {
        id: request.id,
        status: progress.status,
        priority: progress.priority,
        category,
        category_icon,
        // Where somebody lives is not for everybody who may see a public report.
        place: [address.filter(|_| near), hint].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        zone,
        reporter: person(request.reporter_id, reporter).filter(|_| near),
        assignee: person(progress.assignee, assignee),
        accepted: progress.accepted_at.is_some(),
        waiting_reporter: progress.waiting_reporter,
        photos: request.photos.into(),
        created_at: request.created_at,
        updated_at: request.updated_at,
        due_at: request.due_at,
        at: request
            .lng
            .zip(request.lat)
            .map(|(lng, lat)| Coordinates { lng, lat })
            .filter(|_| near || request.unit_id.is_none()),
        number: request.number,
        title: request.title,
    }
}

/// Whether they read what staff say among themselves about it.
pub fn is_inside(actor: &Actor, request: &db::service_request::ServiceRequest) -> bool {
    actor.can(Permission::RequestsViewInternal) || request.progress().assignee == Some(actor.member_id)
}

/// Staff, and those whom it is about.
pub fn is_near(actor: &Actor, request: &db::service_request::ServiceRequest) -> bool {
    let me = Some(actor.member_id);
    actor.can(Permission::RequestsViewAll)
        || [request.reporter_id, request.beneficiary_id, request.progress().assignee].contains(&me)
        || !request.personal
            && request
                .unit_id
                .is_some_and(|unit| actor.household.iter().any(|home| home.knows(unit, request.created_at)))
}

pub fn person(id: Option<MemberId>, name: Option<String>) -> Option<PersonBrief> {
    let (member_id, display_name) = id.zip(name)?;
    Some(PersonBrief { member_id, display_name })
}

/// The whole request. What the caller may not see is not found.
pub async fn show(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    session: SessionId,
    sight: &Sight,
    key: &Key,
) -> Result<ServiceRequest> {
    let community = actor.community_id();
    let now = app.now();
    let row = db::service_request::find(conn, community, sight, key).await?.ok_or(Code::NotFound)?;
    let request = row.request.clone();
    let progress = request.progress();
    let near = is_near(actor, &request);
    let staff = is_inside(actor, &request);

    let (facts, category) = act::facts(conn, community, &actor.settings, &request).await?;
    let asker = act::asker(conn, actor, &category).await?;
    let allowed_actions = allowed_actions(&progress, &facts, &asker, now)
        .into_iter()
        .filter(|(action, _)| offered(*action))
        .map(|(action, needs)| AllowedAction {
            action,
            fields: needs
                .into_iter()
                .map(|need| ActionField { name: need.field, required: need.when == When::Always })
                .collect(),
        })
        .collect();
    let beneficiary = match request.beneficiary_id.filter(|_| near) {
        Some(id) => person(Some(id), Some(db::member::get(conn, community, id).await?.display_name)),
        None => None,
    };
    let rating = db::service_request::find_rating(conn, community, request.id).await?;
    let attachments = db::attachment::list(conn, community, request.id).await?;
    let timeline = db::timeline::list(conn, community, request.id, staff).await?;
    let unit = row.unit.as_ref().map(|(number, _)| number.clone()).filter(|_| near);
    let (answers, items) = match near {
        true => (
            db::checklist::answers(conn, community, request.id).await?,
            db::checklist::list(conn, community, request.id).await?,
        ),
        false => (Vec::new(), Vec::new()),
    };

    Ok(ServiceRequest {
        version: request.version,
        description: request.description.clone(),
        category_id: progress.category,
        zone_id: progress.zone,
        unit,
        address_hint: request.address_hint.clone(),
        urgency: request.urgency,
        channel: request.channel,
        visibility: request.visibility,
        personal: request.personal,
        beneficiary,
        evidence_required: category.evidence_required,
        hold_reason: progress.hold_reason,
        hold_until: progress.hold_until,
        reject_reason: progress.reject_reason,
        accepted_at: progress.accepted_at,
        arrived_at: progress.arrived_at,
        started_at: progress.started_at,
        first_response_at: progress.first_response_at,
        resolved_at: progress.resolved_at,
        closed_at: progress.closed_at,
        reopen_count: progress.reopen_count,
        rating,
        answers,
        may_tick: !items.is_empty() && is_open(&progress) && checklist::works_on(actor, &progress),
        checklist: items.into_iter().map(checklist::view).collect(),
        checklist_required: category.checklist_required,
        attachments: attachments.iter().map(|row| attachment::view(row, &app.files, session, now)).collect(),
        comment_audiences: match actor.can(Permission::RequestsFollow) {
            true => domain::comment::audiences(staff).to_vec(),
            false => Vec::new(),
        },
        timeline: timeline.into_iter().map(|entry| line(entry, near, &request)).collect(),
        allowed_actions,
        summary: summary(actor, row),
    })
}

/// Whether it is whoever reported, or for whom it was reported.
pub fn is_about(member: Option<MemberId>, request: &db::service_request::ServiceRequest) -> bool {
    member.is_some() && (member == request.reporter_id || member == request.beneficiary_id)
}

/// A line of the story. Who reported a public request stays between them and staff.
fn line(
    entry: db::timeline::Entry,
    near: bool,
    request: &db::service_request::ServiceRequest,
) -> TimelineEntry {
    let db::timeline::Entry {
        id,
        community_id: _,
        request_id: _,
        kind,
        at,
        actor_id,
        actor_name,
        from_status,
        to_status,
        note,
        audience,
        assignee_id,
        assignee_name,
        priority,
        attachment_ids,
    } = entry;
    let hidden = !near && is_about(actor_id, request);
    // What was said is told by the comments, as far as it still stands.
    let note = note.filter(|_| kind != "comment");
    TimelineEntry {
        id,
        kind,
        at,
        actor: person(actor_id, actor_name).filter(|_| !hidden),
        from_status,
        to_status,
        note,
        audience,
        assignee: person(assignee_id, assignee_name),
        priority,
        attachment_ids,
    }
}
