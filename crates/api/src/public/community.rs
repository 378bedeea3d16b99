//! `GET /public/{community}`.

use actix_web::get;
use actix_web::web::{Data, Json, Path};
use contract::public::{PublicCategory, PublicCommunity, PublicZone};
use db::category::Category;
use domain::community::Joining;

use super::open;
use crate::app::App;
use crate::http::error::Result;

/// Look at a community without an account
///
/// What it is, what can be reported there without an account, and its zones. A community without public pages is not
/// found.
#[utoipa::path(tag = "public", params(("community" = String, Path, description = "Slug")),
    responses((status = OK, body = PublicCommunity)))]
#[get("/public/{community}")]
pub async fn show_public_community(app: Data<App>, path: Path<String>) -> Result<Json<PublicCommunity>> {
    let conn = &mut *app.db.conn().await?;
    let community = open(conn, &path).await?;
    let settings = community.settings();
    let categories = match settings.anonymous_reports {
        true => db::category::list(conn, community.id).await?,
        false => Vec::new(),
    };
    let zones = db::place::list_zones(conn, community.id).await?;
    Ok(Json(PublicCommunity {
        takes_reports: settings.anonymous_reports,
        takes_members: settings.joining == Joining::ByRequest,
        categories: offered(categories).into_iter().map(category).collect(),
        zones: zones
            .into_iter()
            .map(|zone| PublicZone { id: zone.id, boundary: zone.ring(), name: zone.name })
            .collect(),
        slug: community.slug,
        name: community.name,
        kind: community.kind,
        time_zone: community.time_zone,
    }))
}

/// What strangers may report. A category of the first level that they may not is there for what is below it.
fn offered(all: Vec<Category>) -> Vec<Category> {
    let is_open = |it: &Category| it.archived_at.is_none() && it.anonymous_allowed;
    let parents: Vec<_> = all.iter().filter(|it| is_open(it)).filter_map(|it| it.parent_id).collect();
    all.into_iter()
        .filter(|it| is_open(it) || (it.archived_at.is_none() && parents.contains(&it.id)))
        .collect()
}

fn category(row: Category) -> PublicCategory {
    let questions = row.questions();
    let Category { id, parent_id, name, description, icon, color, .. } = row;
    PublicCategory { id, parent_id, name, description, icon, color, questions }
}
