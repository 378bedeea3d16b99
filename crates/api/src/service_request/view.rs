//! Rows as the wire shows them, as far as the caller may see.

use contract::problem::Code;
use contract::service_request::{
    ActionField, AllowedAction, MasterBrief, Merged, PersonBrief, ServiceRequest, ServiceRequestSummary,
    TeamBrief, TimelineEntry,
};
use db::Conn;
use db::service_request::{Key, Listed, Sight};
use domain::checklist::is_open;
use domain::id::{MemberId, ServiceRequestId, SessionId};
use domain::place::Coordinates;
use domain::role::Permission;
use domain::service_request::decide::{Allowed, allowed_actions};
use domain::service_request::workflow::{Need, When};
use domain::service_request::{RequestAction, RequestStatus};

use super::facts;
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
    let hint = hint.filter(|_| near || request.unit_id.is_none());
    ServiceRequestSummary {
        id: request.id,
        status: progress.status,
        priority: progress.priority,
        category,
        category_icon,
        // Where somebody lives is not for everybody who may see a public report.
        place: [address.filter(|_| near), hint].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        zone,
        reporter: person(request.reporter_id, reporter).filter(|_| near && knows_names(actor, &request)),
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

/// Whether they may learn who reported it: where the reporter hid their name, staff and they themselves.
pub fn knows_names(actor: &Actor, request: &db::service_request::ServiceRequest) -> bool {
    let me = Some(actor.member_id);
    !request.name_hidden
        || actor.can(Permission::RequestsViewAll)
        || [request.reporter_id, request.beneficiary_id, request.progress().assignee].contains(&me)
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
            && request.unit_id.is_some_and(|unit| {
                let about_fabric = actor.fabric.contains(&request.progress().category);
                let owned = actor.owned.iter().filter(|_| about_fabric);
                actor.household.iter().chain(owned).any(|home| home.knows(unit, request.created_at))
            })
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
    let named = near && knows_names(actor, &request);
    let staff = is_inside(actor, &request);

    let (facts, category) = facts::facts(conn, community, &actor.settings, &request).await?;
    let asker = facts::asker(conn, actor, &category).await?;
    let allowed_actions = allowed(allowed_actions(&progress, &facts, &asker, now));
    let beneficiary = match request.beneficiary_id.filter(|_| named) {
        Some(id) => person(Some(id), Some(db::member::get(conn, community, id).await?.display_name)),
        None => None,
    };
    let rating = db::service_request::find_rating(conn, community, request.id).await?;
    let attachments = db::attachment::list(conn, community, request.id).await?;
    let timeline = db::timeline::list(conn, community, request.id, staff).await?;
    let me = actor.member_id;
    let team = match progress.team {
        Some(id) => db::team::list(conn, community, Some(id))
            .await?
            .pop()
            .map(|row| TeamBrief { id, name: row.team.name }),
        None => None,
    };
    let following = db::follower::follows(conn, community, request.id, me).await?;
    let followers = db::follower::count(conn, community, request.id).await?;
    let master = match progress.duplicate_of {
        Some(id) => Some(master(conn, actor, id).await?),
        None => None,
    };
    let merged = db::service_request::duplicates(conn, community, &actor.sight(), request.id).await?;
    let mut duplicates = Vec::with_capacity(merged.len());
    for row in merged {
        let files = db::attachment::list(conn, community, row.request.id).await?;
        let lines = db::timeline::list(conn, community, row.request.id, staff).await?;
        let near = is_near(actor, &row.request);
        let named = near && knows_names(actor, &row.request);
        duplicates.push(Merged {
            id: row.request.id,
            reporter: person(row.request.reporter_id, row.reporter).filter(|_| named),
            created_at: row.request.created_at,
            attachments: files.iter().map(|file| attachment::view(file, &app.files, session, now)).collect(),
            comments: lines
                .into_iter()
                .filter(|entry| SAID.iter().any(|said| entry.kind == said.as_str()))
                .map(|entry| line(entry, named, &row.request))
                .collect(),
            number: row.request.number,
            title: row.request.title,
        });
    }
    let triages = actor.can(Permission::RequestsTriage);
    let sees_money = actor.can(Permission::RequestsViewInternal) || progress.assignee == Some(me);
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
        address_hint: match near || request.unit_id.is_none() {
            true => request.address_hint.clone(),
            false => String::new(),
        },
        urgency: request.urgency,
        channel: request.channel,
        visibility: request.visibility,
        personal: request.personal,
        name_hidden: request.name_hidden,
        verified: request.reporter_id.is_some(),
        anonymous: request.anonymous,
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
        team,
        resolution_note: request.handling.resolution_note.clone(),
        following,
        followers,
        tags: if actor.can(Permission::RequestsViewInternal) {
            request.handling.tags.clone()
        } else {
            Vec::new()
        },
        estimated_cost: request.handling.estimated_cost.filter(|_| sees_money),
        actual_cost: request.handling.actual_cost.filter(|_| sees_money),
        master,
        duplicates,
        may_edit: progress.status == RequestStatus::New && request.reporters().contains(&me),
        may_handle: triages,
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
        timeline: timeline.into_iter().map(|entry| line(entry, named, &request)).collect(),
        allowed_actions,
        summary: summary(actor, row),
    })
}

/// What may be done, as the wire shows it.
pub fn allowed(actions: Vec<Allowed>) -> Vec<AllowedAction> {
    let field = |need: Need| ActionField {
        name: need.field,
        required: need.when == When::Always,
        one_of: need.when == When::OneOf,
    };
    let shown = |Allowed { action, needs, to }| AllowedAction {
        action,
        to,
        fields: needs.into_iter().map(field).collect(),
    };
    actions.into_iter().map(shown).collect()
}

/// What people have said, of all that happened.
const SAID: [RequestAction; 2] = [RequestAction::Ask, RequestAction::Answer];

/// What somebody may know of the request that theirs was merged into.
async fn master(conn: &mut Conn, actor: &Actor, id: ServiceRequestId) -> Result<MasterBrief> {
    let community = actor.community_id();
    let seen = db::service_request::find(conn, community, &actor.sight(), &Key::Id(id)).await?;
    let (number, status) = db::service_request::standing(conn, community, id).await?;
    Ok(MasterBrief { id, number, status, title: seen.map(|row| row.request.title) })
}

/// Whether it is whoever reported, or for whom it was reported.
pub fn is_about(member: Option<MemberId>, request: &db::service_request::ServiceRequest) -> bool {
    member.is_some() && (member == request.reporter_id || member == request.beneficiary_id)
}

/// A line of the story. Who reported a public request stays between them and staff.
fn line(
    entry: db::timeline::Entry,
    named: bool,
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
        from_value,
        to_value,
        lng,
        lat,
        team_name,
    } = entry;
    let hidden = !named && is_about(actor_id, request);
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
        from_value,
        to_value,
        at_place: lng.zip(lat).map(|(lng, lat)| Coordinates { lng, lat }),
        team: team_name,
    }
}
