//! Teams: who they are, where they work, and what becomes of their work when they are no more.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post};
use contract::page::Page;
use contract::problem::Code;
use contract::team::{NewTeam, Team, TeamMember, TeamZone, UpdateTeam};
use db::Conn;
use domain::audit::AuditAction;
use domain::id::{CommunityId, MemberId, TeamId, ZoneId};
use serde_json::json;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::http::page;
use crate::http::precondition::{IfMatch, versioned};
use crate::service_request::act;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_teams)
        .service(create_team)
        .service(show_team)
        .service(update_team)
        .service(archive_team);
}

/// List teams
///
/// Those that are there, by name; at most 200.
#[utoipa::path(tag = "teams", params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = Page<Team>)))]
#[get("/communities/{community}/teams")]
async fn list_teams(app: Data<App>, actor: CurrentActor) -> Result<Json<Page<Team>>> {
    let rows = db::team::list(&mut *app.db.conn().await?, actor.community_id(), None).await?;
    Ok(Json(page::whole(rows.into_iter().map(view).collect())))
}

/// Show a team
#[utoipa::path(tag = "teams",
    params(("community" = String, Path, description = "Slug or id"), ("id" = TeamId, Path)),
    responses((status = OK, body = Team)))]
#[get("/communities/{community}/teams/{id}")]
async fn show_team(
    app: Data<App>,
    actor: CurrentActor,
    path: Path<(String, String)>,
) -> Result<HttpResponse> {
    let id = named(&path.1)?;
    let shown = show(&mut *app.db.conn().await?, actor.community_id(), id).await?;
    let version = shown.version;
    Ok(versioned(HttpResponse::Ok().json(shown), version))
}

/// Create a team
///
/// Of professionals of this community.
#[utoipa::path(tag = "teams", request_body = NewTeam, params(("community" = String, Path, description = "Slug or id")),
    responses((status = CREATED, body = Team)))]
#[post("/communities/{community}/teams")]
async fn create_team(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    body: Body<NewTeam>,
) -> Result<HttpResponse> {
    let NewTeam { name, shift, skills, member_ids, zone_ids } = body.0;
    let community = actor.community_id();
    let shown = app
        .db
        .transaction(async |tx| -> Result<Team> {
            let now = app.now();
            let parts = checked(tx, community, Some(skills), Some(member_ids), Some(zone_ids)).await?;
            let team = db::team::Team {
                id: TeamId(Uuid::now_v7()),
                community_id: community,
                name: name.trim().to_owned(),
                shift,
                skills: parts.skills.clone().unwrap_or_default(),
                archived_at: None,
                version: 1,
                created_at: now,
                updated_at: now,
            };
            db::team::insert(tx, &team).await?;
            put_together(tx, community, team.id, &parts).await?;
            let entry = Entry::new(AuditAction::TeamCreated, team.id.0).asked_by(&request);
            record(tx, entry.meta(json!({ "name": team.name })), now).await?;
            show(tx, community, team.id).await
        })
        .await?;
    let address = contract::team::SHOW.path(&[&actor.community.slug, &shown.id]);
    let version = shown.version;
    Ok(versioned(HttpResponse::Created().insert_header((LOCATION, address)).json(shown), version))
}

/// Change a team
///
/// What is left out stays as it is. Whoever leaves the team keeps what they have accepted.
#[utoipa::path(tag = "teams", request_body = UpdateTeam,
    params(("community" = String, Path, description = "Slug or id"), ("id" = TeamId, Path)),
    responses((status = OK, body = Team)))]
#[patch("/communities/{community}/teams/{id}")]
async fn update_team(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    seen: IfMatch,
    body: Body<UpdateTeam>,
) -> Result<HttpResponse> {
    let id = named(&path.1)?;
    let UpdateTeam { name, shift, skills, member_ids, zone_ids } = body.0;
    let community = actor.community_id();
    let shown = app
        .db
        .transaction(async |tx| -> Result<Team> {
            let now = app.now();
            let team = db::team::lock(tx, community, id).await?;
            seen.check(team.version)?;
            let parts = checked(tx, community, skills, member_ids, zone_ids).await?;
            put_together(tx, community, id, &parts).await?;
            let changed = db::team::Team {
                name: name.map_or_else(|| team.name.clone(), |name| name.trim().to_owned()),
                shift: shift.unwrap_or(team.shift),
                skills: parts.skills.unwrap_or_else(|| team.skills.clone()),
                ..team
            };
            db::team::save(tx, &changed, now).await?;
            let entry = Entry::new(AuditAction::TeamChanged, id.0).asked_by(&request);
            record(tx, entry.meta(json!({ "name": changed.name })), now).await?;
            show(tx, community, id).await
        })
        .await?;
    let version = shown.version;
    Ok(versioned(HttpResponse::Ok().json(shown), version))
}

/// Archive a team
///
/// It gets no more work. What it was given and nobody has made theirs goes back to the dispatchers.
#[utoipa::path(tag = "teams",
    params(("community" = String, Path, description = "Slug or id"), ("id" = TeamId, Path)),
    responses((status = NO_CONTENT, description = "The team is no more")))]
#[delete("/communities/{community}/teams/{id}")]
async fn archive_team(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    seen: IfMatch,
) -> Result<HttpResponse> {
    let id = named(&path.1)?;
    app.db
        .transaction(async |tx| -> Result<()> {
            let now = app.now();
            let team = db::team::lock(tx, actor.community_id(), id).await?;
            seen.check(team.version)?;
            let entry = Entry::new(AuditAction::TeamArchived, id.0).asked_by(&request);
            record(tx, entry.meta(json!({ "name": team.name })), now).await?;
            let archived = db::team::Team { archived_at: Some(now), ..team };
            db::team::save(tx, &archived, now).await?;
            let untaken = db::team::untaken_work(tx, actor.community_id(), id).await?;
            act::release(tx, &actor.community, &untaken, now).await
        })
        .await?;
    app.outbox_bell.notify_one();
    Ok(HttpResponse::NoContent().finish())
}

fn named(id: &str) -> Result<TeamId> {
    id.parse().map_err(|_| Code::NotFound.into())
}

/// What a team is made of; none leaves it.
struct Parts {
    skills: Option<Vec<String>>,
    members: Option<Vec<MemberId>>,
    zones: Option<Vec<ZoneId>>,
}

/// Each once; all of them of this community, or told all at once.
async fn checked(
    tx: &mut Conn,
    community: CommunityId,
    skills: Option<Vec<String>>,
    members: Option<Vec<MemberId>>,
    zones: Option<Vec<ZoneId>>,
) -> Result<Parts> {
    let mut faults = Vec::new();
    let parts = Parts { skills: skills.map(unique), members: members.map(unique), zones: zones.map(unique) };
    if let Some(codes) = &parts.skills {
        let known = db::category::list(tx, community).await?;
        if codes.iter().any(|code| !known.iter().any(|category| category.code == *code)) {
            faults.push(Fault::field("skills", "unknown"));
        }
    }
    if let Some(ids) = &parts.members {
        let known = db::professional::list(tx, community, None).await?;
        if ids.iter().any(|id| !known.iter().any(|one| one.member_id == *id)) {
            faults.push(Fault::field("member_ids", "unknown"));
        }
    }
    if let Some(ids) = &parts.zones {
        let known = db::place::list_zones(tx, community).await?;
        if ids.iter().any(|id| !known.iter().any(|zone| zone.id == *id)) {
            faults.push(Fault::field("zone_ids", "unknown"));
        }
    }
    if faults.is_empty() { Ok(parts) } else { Err(Error::invalid(faults)) }
}

fn unique<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all.dedup();
    all
}

async fn put_together(tx: &mut Conn, community: CommunityId, id: TeamId, parts: &Parts) -> Result<()> {
    if let Some(members) = &parts.members {
        db::team::set_members(tx, community, id, members).await?;
    }
    if let Some(zones) = &parts.zones {
        db::team::set_zones(tx, community, id, zones).await?;
    }
    Ok(())
}

async fn show(conn: &mut Conn, community: CommunityId, id: TeamId) -> Result<Team> {
    let found = db::team::list(conn, community, Some(id)).await?.pop();
    Ok(view(found.ok_or(Code::NotFound)?))
}

fn view(row: db::team::Listed) -> Team {
    let db::team::Listed { team, members, zones, open_load } = row;
    Team {
        id: team.id,
        name: team.name,
        shift: team.shift,
        skills: team.skills,
        members: members
            .into_iter()
            .map(|(member_id, display_name, available)| TeamMember { member_id, display_name, available })
            .collect(),
        zones: zones.into_iter().map(|(id, name)| TeamZone { id, name }).collect(),
        open_load,
        version: team.version,
        updated_at: team.updated_at,
    }
}
