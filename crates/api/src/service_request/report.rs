//! Taking in a new report.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use contract::problem::Code;
use contract::service_request::NewServiceRequest;
use db::Conn;
use db::attachment::Place;
use db::category::Category;
use db::community::Community;
use db::place::Unit;
use domain::event::Event;
use domain::id::{AttachmentId, CategoryId, CommunityId, MemberId, ServiceRequestId};
use domain::place::Coordinates;
use domain::question::{self, Answered, Answers};
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

    let (category, answered) = asked(tx, community, category_id, &answers, &mut faults).await?;
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
    let place = Place { about: id.into(), comment: None, kind: AttachmentKind::Problem };
    let claimed = db::attachment::claim(tx, community, actor.member_id, &attachment_ids, place).await?;
    if claimed.all() != attachment_ids.len() {
        faults.push(Fault::field("attachment_ids", "not_yours"));
    }
    let Some(category) = category.filter(|_| faults.is_empty()) else {
        return Err(Error::invalid(faults));
    };

    let told = Told { id, title, description, category, answered, urgency, at, address_hint };
    let source = Source {
        reporter: Some((actor.member_id, actor.name.clone())),
        beneficiary: on_behalf_of,
        channel: channel.unwrap_or(match on_behalf_of {
            Some(_) => RequestChannel::Phone,
            None => RequestChannel::Web,
        }),
        unit,
        personal,
        name_hidden,
        attachment_ids,
        photos: i32::try_from(claimed.photos).map_err(Error::internal)?,
        secret_digest: None,
    };
    store(tx, &actor.community, told, source, now).await?;
    Ok(id)
}

/// What somebody tells, checked.
pub struct Told {
    pub id: ServiceRequestId,
    pub title: String,
    pub description: String,
    pub category: Category,
    pub answered: Vec<Answered>,
    pub urgency: Option<Urgency>,
    pub at: Option<Coordinates>,
    pub address_hint: String,
}

/// Whom it comes from, and what they have to do with it.
pub struct Source {
    pub reporter: Option<(MemberId, String)>,
    pub beneficiary: Option<MemberId>,
    pub channel: RequestChannel,
    pub unit: Option<Unit>,
    pub personal: bool,
    pub name_hidden: bool,
    pub attachment_ids: Vec<AttachmentId>,
    pub photos: i32,
    /// Where nobody but whoever holds a secret stands behind it.
    pub secret_digest: Option<Vec<u8>>,
}

/// The category of a report, if something can be reported about it, and the answers to what it asks.
pub async fn asked(
    tx: &mut Conn,
    community: CommunityId,
    category_id: CategoryId,
    answers: &Answers,
    faults: &mut Vec<Fault>,
) -> Result<(Option<Category>, Vec<Answered>)> {
    let found = db::category::find(tx, community, category_id).await?;
    let Some(category) = found.filter(|it| it.archived_at.is_none()) else {
        faults.push(Fault::field("category_id", "unknown"));
        return Ok((None, Vec::new()));
    };
    let answered = question::check(&category.questions(), answers).unwrap_or_else(|wrong| {
        let at = |code: &str| format!("answers/{}", escaped(code));
        faults.extend(wrong.iter().map(|(code, fault)| Fault::rule(&at(code), fault)));
        Vec::new()
    });
    Ok((Some(category), answered))
}

/// Stores a report with its first line and its event, and its number last. Answers that, and when it is due.
pub async fn store(
    tx: &mut Conn,
    community: &Community,
    told: Told,
    source: Source,
    now: DateTime<Utc>,
) -> Result<(String, DateTime<Utc>)> {
    let Told { id, title, description, category, answered, urgency, at, address_hint } = told;
    let Source {
        reporter,
        beneficiary,
        channel,
        unit,
        personal,
        name_hidden,
        attachment_ids,
        photos,
        secret_digest,
    } = source;
    let at = at.or_else(|| unit.as_ref().and_then(Unit::at));
    let zone = match unit.as_ref().and_then(|unit| unit.zone_id) {
        Some(zone) => Some(zone),
        None => zone::around(tx, community.id, at).await?,
    };
    let urgency = urgency.unwrap_or(Urgency::Normal);
    let priority =
        urgency.applied_to(category.default_priority, (category.priority_min, category.priority_max));
    let (reporter_id, reporter_name) = reporter.unzip();
    let new = db::service_request::New {
        id,
        community_id: community.id,
        title: title.trim().to_owned(),
        description: description.trim().to_owned(),
        urgency,
        lng: at.map(|at| at.lng),
        lat: at.map(|at| at.lat),
        address_hint: address_hint.trim().to_owned(),
        reporter_id,
        beneficiary_id: beneficiary,
        channel,
        // What is about somebody's home is theirs, whatever its category.
        visibility: match unit {
            Some(_) => RequestVisibility::Private,
            None => category.default_visibility,
        },
        unit_id: unit.map(|unit| unit.id),
        personal,
        name_hidden,
        handling: db::service_request::Handling::default(),
        secret_digest,
        photos,
        due_at: now + TimeDelta::hours(category.target_hours.into()),
        created_at: now,
        progress: Progress::reported(category.id, priority, zone),
    };
    let kind = Milestone::Report.to_string();
    let first_line = db::timeline::Entry {
        actor_id: reporter_id,
        actor_name: reporter_name,
        from_status: None,
        attachment_ids,
        ..db::timeline::Entry::plain(community.id, id, kind, RequestStatus::New, now)
    };
    db::timeline::record(tx, &[first_line]).await?;
    let event = db::outbox::Event::of_request(Event::RequestReport, community.id, id, reporter_id, now);
    db::outbox::enqueue(tx, &event).await?;
    db::checklist::insert_answers(tx, community.id, id, &answered).await?;
    let today = local_day(community, now);
    if let Some(unit) = new.unit_id.filter(|_| !personal) {
        let speaker = new.beneficiary_id.or(new.reporter_id);
        let home = household::Home { request: id, unit, speaker, reported_at: now };
        household::follow(tx, community, home, &category, now).await?;
    }
    let number = db::service_request::insert(tx, &new, &community.request_prefix, today.year()).await?;
    Ok((number, new.due_at))
}

/// Staff who move about report for any unit; others for their own.
fn goes_everywhere(actor: &Actor) -> bool {
    [Permission::RequestsViewAll, Permission::RequestsWork, Permission::GateLog]
        .into_iter()
        .any(|permission| actor.can(permission))
}
