//! `POST …/categories` and `PATCH …/categories/{id}`.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, patch, post};
use contract::category::{NewCategory, UpdateCategory};
use contract::community::Category;
use contract::problem::Code;
use db::category::Category as Row;
use domain::audit::AuditAction;
use domain::category::{CATEGORIES_MAX, Definition, Parent, code_of, faults, hang_under};
use domain::community::CommunityKind;
use domain::id::CategoryId;
use domain::question::Question;
use domain::rule;
use domain::service_request::{Priority, RequestVisibility};
use serde_json::json;
use uuid::Uuid;

use super::{answer, named, view};
use crate::app::{Actor, App};
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::http::precondition::{IfMatch, versioned};

/// Create a category
///
/// At the end of its level. What it decides besides is changed afterwards.
#[utoipa::path(tag = "categories", request_body = NewCategory,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = CREATED, body = Category)))]
#[post("/communities/{community}/categories")]
pub async fn create_category(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    body: Body<NewCategory>,
) -> Result<HttpResponse> {
    let community = actor.community_id();
    let row = app
        .db
        .transaction(async |tx| -> Result<_> {
            let all = db::category::lock_all(tx, community).await?;
            let row = new(&actor, body.0, &all)?;
            db::category::insert_all(tx, std::slice::from_ref(&row)).await?;
            let entry = Entry::new(AuditAction::CategoryCreated, row.id.0).asked_by(&request);
            record(tx, entry, app.now()).await?;
            Ok(row)
        })
        .await?;
    let address = contract::category::SHOW.path(&[&actor.community.slug, &row.id]);
    let shown = HttpResponse::Created().insert_header((LOCATION, address)).json(view::category(row));
    Ok(versioned(shown, 1))
}

fn new(actor: &Actor, body: NewCategory, all: &[Row]) -> Result<Row> {
    let NewCategory { code, parent_id, name, icon, color, default_priority, target_hours } = body;
    let mut faults = Vec::new();
    if all.len() >= CATEGORIES_MAX {
        faults.push(Fault::field("name", "too_many").with("max", CATEGORIES_MAX));
    }
    faults.extend(parent_id.and_then(|parent| parent_fault(None, parent, all)));
    let code = code.unwrap_or_else(|| free_code(&name, all));
    if all.iter().any(|other| other.code == code) {
        faults.push(Fault::field("code", "taken"));
    }
    if !faults.is_empty() {
        return Err(Error::invalid(faults));
    }
    let is_town = actor.community.kind == CommunityKind::Municipal;
    let siblings = all.iter().filter(|other| other.parent_id == parent_id);
    Ok(Row {
        id: CategoryId(Uuid::now_v7()),
        community_id: actor.community_id(),
        parent_id,
        code,
        name: name.trim().to_owned(),
        icon,
        default_priority,
        target_hours,
        evidence_required: false,
        position: siblings.map(|other| other.position + 1).max().unwrap_or(0),
        color,
        description: String::new(),
        priority_min: Priority::P1,
        priority_max: Priority::P5,
        auto_triage: false,
        building_fabric: false,
        anonymous_allowed: is_town,
        default_visibility: if is_town { RequestVisibility::Public } else { RequestVisibility::Private },
        required_skills: Vec::new(),
        checklist_required: false,
        duplicate_radius_m: domain::category::DUPLICATE_RADIUS_M.into(),
        duplicate_window_days: domain::category::DUPLICATE_WINDOW_DAYS.into(),
        questions: json!([]),
        checklist: json!([]),
        archived_at: None,
        version: 1,
    })
}

/// A code out of the name, with a number behind it where others have it already.
fn free_code(name: &str, all: &[Row]) -> String {
    let code =
        Some(code_of(name)).filter(|code| rule::slug(code).is_ok()).unwrap_or_else(|| "category".into());
    let code: String = code.chars().take(rule::SLUG_MAX - 4).collect::<String>().trim_end_matches('-').into();
    let numbered = (2..=all.len() + 2).map(|number| format!("{code}-{number}"));
    let mut free = [code.clone()].into_iter().chain(numbered);
    free.find(|code| all.iter().all(|other| other.code != *code)).unwrap_or(code)
}

fn parent_fault(this: Option<CategoryId>, parent: CategoryId, all: &[Row]) -> Option<Fault> {
    let found = all.iter().find(|other| other.id == parent).map(|found| Parent {
        is_itself: this == Some(found.id),
        is_top: found.parent_id.is_none(),
        is_archived: found.archived_at.is_some(),
    });
    let children = this.is_some() && all.iter().any(|other| other.parent_id == this);
    Some(Fault::rule("parent_id", &hang_under(found, children).err()?))
}

/// Change a category
///
/// What is left out stays as it is. What was reported before keeps the questions that it answered; its priority, its
/// deadline and its checklist change only as it does itself.
#[utoipa::path(tag = "categories", request_body = UpdateCategory,
    params(("community" = String, Path, description = "Slug or id"), ("id" = CategoryId, Path)),
    responses((status = OK, body = Category)))]
#[patch("/communities/{community}/categories/{id}")]
pub async fn update_category(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    seen: IfMatch,
    body: Body<UpdateCategory>,
) -> Result<HttpResponse> {
    let (community, id) = (actor.community_id(), named(&path.1)?);
    let row = app
        .db
        .transaction(async |tx| -> Result<_> {
            let all = db::category::lock_all(tx, community).await?;
            let before = all.iter().find(|row| row.id == id).ok_or(Code::NotFound)?;
            seen.check(before.version)?;
            let after = changed(before, body.0, &all)?;
            if after != *before {
                db::category::save(tx, &after).await?;
                let entry = Entry::new(AuditAction::CategoryChanged, id.0).asked_by(&request);
                record(tx, entry.changed(told(before), told(&after)), app.now()).await?;
            }
            Ok(db::category::find(tx, community, id).await?.ok_or(Code::NotFound)?)
        })
        .await?;
    Ok(answer(row))
}

/// What the trail tells of a category: what it decides.
fn told(row: &Row) -> serde_json::Value {
    json!({
        "default_priority": row.default_priority,
        "priority_min": row.priority_min,
        "priority_max": row.priority_max,
        "target_hours": row.target_hours,
        "default_visibility": row.default_visibility,
        "anonymous_allowed": row.anonymous_allowed,
        "auto_triage": row.auto_triage,
        "evidence_required": row.evidence_required,
        "checklist_required": row.checklist_required,
        "questions": row.questions().len(),
        "checklist": row.checklist().len(),
    })
}

fn changed(before: &Row, body: UpdateCategory, all: &[Row]) -> Result<Row> {
    let UpdateCategory {
        parent_id,
        name,
        description,
        icon,
        color,
        default_priority,
        priority_min,
        priority_max,
        target_hours,
        evidence_required,
        checklist_required,
        checklist,
        questions,
        auto_triage,
        building_fabric,
        anonymous_allowed,
        default_visibility,
        required_skills,
        duplicate_radius_m,
        duplicate_window_days,
    } = body;
    let trimmed = |text: String| text.trim().to_owned();
    let questions: Vec<Question> =
        questions.map_or_else(|| before.questions(), |all| all.into_iter().map(tidy).collect());
    let checklist: Vec<String> =
        checklist.map_or_else(|| before.checklist(), |items| items.into_iter().map(trimmed).collect());
    let after = Row {
        parent_id: parent_id.unwrap_or(before.parent_id),
        name: name.map_or_else(|| before.name.clone(), trimmed),
        description: description.map_or_else(|| before.description.clone(), trimmed),
        icon: icon.unwrap_or_else(|| before.icon.clone()),
        color: color.unwrap_or(before.color),
        default_priority: default_priority.unwrap_or(before.default_priority),
        priority_min: priority_min.unwrap_or(before.priority_min),
        priority_max: priority_max.unwrap_or(before.priority_max),
        target_hours: target_hours.unwrap_or(before.target_hours),
        evidence_required: evidence_required.unwrap_or(before.evidence_required),
        checklist_required: checklist_required.unwrap_or(before.checklist_required),
        auto_triage: auto_triage.unwrap_or(before.auto_triage),
        building_fabric: building_fabric.unwrap_or(before.building_fabric),
        anonymous_allowed: anonymous_allowed.unwrap_or(before.anonymous_allowed),
        default_visibility: default_visibility.unwrap_or(before.default_visibility),
        required_skills: required_skills.unwrap_or_else(|| before.required_skills.clone()),
        duplicate_radius_m: duplicate_radius_m.unwrap_or(before.duplicate_radius_m),
        duplicate_window_days: duplicate_window_days.unwrap_or(before.duplicate_window_days),
        questions: json!(questions),
        checklist: json!(checklist),
        ..before.clone()
    };
    let definition = Definition {
        icon: &after.icon,
        default_priority: after.default_priority,
        priority_min: after.priority_min,
        priority_max: after.priority_max,
        required_skills: &after.required_skills,
        questions: &questions,
        checklist: &checklist,
        checklist_required: after.checklist_required,
    };
    let mut wrong: Vec<Fault> =
        faults(&definition).iter().map(|(at, fault)| Fault::rule(at, fault)).collect();
    if after.parent_id != before.parent_id {
        wrong.extend(after.parent_id.and_then(|parent| parent_fault(Some(before.id), parent, all)));
    }
    if wrong.is_empty() { Ok(after) } else { Err(Error::invalid(wrong)) }
}

fn tidy(question: Question) -> Question {
    let Question { code, kind, label, help, required, options } = question;
    let trimmed = |text: String| text.trim().to_owned();
    Question {
        code,
        kind,
        label: trimmed(label),
        help: trimmed(help),
        required,
        options: options.into_iter().map(trimmed).collect(),
    }
}
