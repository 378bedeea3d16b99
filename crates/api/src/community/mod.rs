//! Communities and what their requests hang on.

mod settings;

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get};
use contract::community::{
    Community, CommunityQuery, CommunitySummary, Professional, ProfessionalQuery, Tiles, Version,
};
use contract::page::Page;
use contract::problem::Code;
use db::service_request::Key;
use domain::id::MemberId;
use domain::service_request::decide::Progress;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::account::brief;
use crate::app::App;
use crate::config::{Mode, TileServer};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Query;
use crate::http::page;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_version)
        .service(list_communities)
        .service(show_community)
        .service(settings::show_settings)
        .service(settings::update_settings)
        .service(list_professionals);
}

/// Show the version
///
/// What this server is.
#[utoipa::path(tag = "platform", responses((status = OK, body = Version)))]
#[get("/version")]
async fn show_version(app: Data<App>) -> Json<Version> {
    Json(Version {
        version: env!("CARGO_PKG_VERSION").into(),
        api: "v1".into(),
        demo: app.config.mode == Mode::Demo,
        tiles: app
            .config
            .tiles
            .clone()
            .map(|TileServer { url, attribution, origin: _ }| Tiles { url, attribution }),
    })
}

/// List communities
///
/// For operators of the platform: figures of every community, by slug; no personal data.
#[utoipa::path(tag = "platform", params(CommunityQuery), responses((status = OK, body = Page<CommunitySummary>)))]
#[get("/communities")]
async fn list_communities(
    app: Data<App>,
    request: HttpRequest,
    query: Query<CommunityQuery>,
) -> Result<HttpResponse> {
    let limit = page::limit(query.0.limit);
    let after: Option<String> = page::begin(query.0.cursor.as_deref())?;
    let rows = db::community::list(&mut *app.db.conn().await?, after.as_deref(), limit + 1).await?;
    let page = page::page(
        rows,
        limit,
        |row| row.community.slug.clone(),
        |row| CommunitySummary {
            community: brief(row.community),
            members: row.members,
            units: row.units,
            requests: row.requests,
        },
    );
    Ok(page::answer(&request, &page))
}

/// Show a community
#[utoipa::path(tag = "communities", params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = Community)))]
#[get("/communities/{community}")]
async fn show_community(app: Data<App>, actor: CurrentActor) -> Result<Json<Community>> {
    let has_zones = db::community::has_zones(&mut *app.db.conn().await?, actor.community_id()).await?;
    Ok(Json(Community {
        request_prefix: actor.community.request_prefix.clone(),
        auto_close_days: actor.settings.auto_close_days,
        reopen_days: actor.settings.reopen_days,
        has_zones,
        community: brief(actor.community.clone()),
    }))
}

/// List professionals
///
/// Who can be given work. With `fit_for`, those who fit that request best come first: skill, then zone, then the
/// lightest load.
#[utoipa::path(tag = "communities",
    params(("community" = String, Path, description = "Slug or id"), ProfessionalQuery),
    responses((status = OK, body = Page<Professional>)))]
#[get("/communities/{community}/professionals")]
async fn list_professionals(
    app: Data<App>,
    actor: CurrentActor,
    query: Query<ProfessionalQuery>,
) -> Result<Json<Page<Professional>>> {
    let conn = &mut *app.db.conn().await?;
    let wanted: Option<(Progress, Vec<String>, Vec<MemberId>)> = match query.0.fit_for.as_deref() {
        None => None,
        Some(key) => {
            let unknown = || Error::invalid(vec![Fault::parameter("fit_for", "unknown")]);
            let key = Key::parse(key).ok_or_else(unknown)?;
            let found = db::service_request::find(conn, actor.community_id(), &actor.sight(), &key).await?;
            let request = found.ok_or_else(unknown)?.request;
            let progress = request.progress();
            let declined = db::team::declined(conn, actor.community_id(), request.id).await?;
            let category = db::category::find(conn, actor.community_id(), progress.category).await?;
            Some((progress, category.ok_or(Code::NotFound)?.skills(), declined))
        }
    };
    let mut data: Vec<Professional> = db::professional::list(conn, actor.community_id(), None)
        .await?
        .into_iter()
        .map(|candidate| Professional {
            skilled: wanted
                .as_ref()
                .map(|(_, needed, _)| candidate.skills.iter().any(|skill| needed.contains(skill))),
            covers_zone: wanted.as_ref().map(|(progress, ..)| candidate.covers(progress.zone)),
            declined: wanted.as_ref().map(|(_, _, declined)| declined.contains(&candidate.member_id)),
            member_id: candidate.member_id,
            display_name: candidate.display_name,
            zones: candidate.zones.into_iter().map(|(_, name)| name).collect(),
            skills: candidate.skills,
            open_load: candidate.open_load,
        })
        .collect();
    if wanted.is_some() {
        data.sort_by_key(|one| {
            (one.declined, one.skilled != Some(true), one.covers_zone != Some(true), one.open_load)
        });
    }
    Ok(Json(page::whole(data)))
}
