//! Taking in a new report.

use chrono::{Datelike, TimeDelta};
use contract::problem::Code;
use contract::service_request::NewServiceRequest;
use db::Conn;
use db::attachment::Place;
use domain::event::Event;
use domain::id::ServiceRequestId;
use domain::question;
use domain::role::Permission;
use domain::service_request::decide::Progress;
use domain::service_request::{
    AttachmentKind, Milestone, RequestChannel, RequestStatus, RequestVisibility, Urgency,
};
use uuid::Uuid;

use super::household;
use crate::app::{Actor, App, local_day};
use crate::http::error::{Error, Fault, Result};
use crate::http::json::escaped;
use crate::zone;

/// Checks what only the database can tell, then stores the report with its first line and its event. The number is
/// taken last of all, so that reports of one community wait for each other no longer than they must.
pub async fn report(
    tx: &mut Conn,
    app: &App,
    actor: &Actor,
    body: NewServiceRequest,
) -> Result<ServiceRequestId> {
    let NewServiceRequest {
        title,
        description,
        category_id,
        urgency,
        unit_id,
        at,
        address_hint,
        answers,
        personal,
        name_hidden,
        attachment_ids,
        on_behalf_of,
        channel,
    } = body;
    let community = actor.community_id();
    let now = app.now();
    let mut faults = Vec::new();

    let category =
        db::category::find(tx, community, category_id).await?.filter(|it| it.archived_at.is_none());
    let questions = category.as_ref().map(db::category::Category::questions).unwrap_or_default();
    let answered = match (question::check(&questions, &answers), &category) {
        (_, None) => {
            faults.push(Fault::field("category_id", "unknown"));
            Vec::new()
        }
        (Ok(answered), _) => answered,
        (Err(wrong), _) => {
            let at = |code: &str| format!("answers/{}", escaped(code));
            faults.extend(wrong.iter().map(|(code, fault)| Fault::rule(&at(code), fault)));
            Vec::new()
        }
    };
    let unit = match unit_id {
        None => None,
        Some(id) => match db::place::find_unit(tx, community, id).await? {
            Some(unit) if actor.lives_in(id) || goes_everywhere(actor) => Some(unit),
            Some(_) => {
                faults.push(Fault::field("unit_id", "not_yours"));
                None
            }
            None => {
                faults.push(Fault::field("unit_id", "unknown"));
                None
            }
        },
    };
    if (on_behalf_of.is_some() || channel.is_some()) && !actor.can(Permission::RequestsViewAll) {
        return Err(Code::NotAllowed.into());
    }
    if let Some(member) = on_behalf_of
        && !db::member::is_active(tx, community, member).await?
    {
        faults.push(Fault::field("on_behalf_of", "unknown"));
    }
    let id = ServiceRequestId(Uuid::now_v7());
    let place = Place { request: id, comment: None, kind: AttachmentKind::Problem };
    let claimed = db::attachment::claim(tx, community, actor.member_id, &attachment_ids, place).await?;
    if claimed.all() != attachment_ids.len() {
        faults.push(Fault::field("attachment_ids", "not_yours"));
    }
    let Some(category) = category.filter(|_| faults.is_empty()) else {
        return Err(Error::invalid(faults));
    };

    let at = at.or_else(|| unit.as_ref().and_then(db::place::Unit::at));
    let zone = match unit.as_ref().and_then(|unit| unit.zone_id) {
        Some(zone) => Some(zone),
        None => zone::around(tx, community, at).await?,
    };
    let urgency = urgency.unwrap_or(Urgency::Normal);
    let priority =
        urgency.applied_to(category.default_priority, (category.priority_min, category.priority_max));
    let progress = Progress::reported(category.id, priority, zone);
    let new = db::service_request::New {
        id,
        community_id: community,
        title: title.trim().to_owned(),
        description: description.trim().to_owned(),
        urgency,
        unit_id: unit.map(|unit| unit.id),
        lng: at.map(|at| at.lng),
        lat: at.map(|at| at.lat),
        address_hint: address_hint.trim().to_owned(),
        reporter_id: Some(actor.member_id),
        beneficiary_id: on_behalf_of,
        channel: channel.unwrap_or(match on_behalf_of {
            Some(_) => RequestChannel::Phone,
            None => RequestChannel::Web,
        }),
        // What is about somebody's home is theirs, whatever its category.
        visibility: match unit_id {
            Some(_) => RequestVisibility::Private,
            None => category.default_visibility,
        },
        personal,
        name_hidden,
        handling: db::service_request::Handling::default(),
        photos: i32::try_from(claimed.photos).map_err(Error::internal)?,
        due_at: now + TimeDelta::hours(category.target_hours.into()),
        created_at: now,
        progress,
    };
    let kind = Milestone::Report.to_string();
    let first_line = db::timeline::Entry {
        actor_id: Some(actor.member_id),
        actor_name: Some(actor.name.clone()),
        from_status: None,
        attachment_ids,
        ..db::timeline::Entry::plain(community, id, kind, RequestStatus::New, now)
    };
    db::timeline::record(tx, &[first_line]).await?;
    let event =
        db::outbox::Event::of_request(Event::RequestReport, community, id, Some(actor.member_id), now);
    db::outbox::enqueue(tx, &event).await?;
    db::checklist::insert_answers(tx, community, id, &answered).await?;
    if let Some(unit) = new.unit_id.filter(|_| !personal) {
        let speaker = new.beneficiary_id.or(new.reporter_id);
        let home = household::Home { request: id, unit, speaker, reported_at: now };
        household::follow(tx, &actor.community, home, &category, now).await?;
    }
    let year = local_day(&actor.community, now).year();
    db::service_request::insert(tx, &new, &actor.community.request_prefix, year).await?;
    Ok(id)
}

/// Staff who move about report for any unit; others for their own.
fn goes_everywhere(actor: &Actor) -> bool {
    [Permission::RequestsViewAll, Permission::RequestsWork, Permission::GateLog]
        .into_iter()
        .any(|permission| actor.can(permission))
}
