//! Whom something is for: checked when it is said, counted while it is being chosen.

use actix_web::post;
use actix_web::web::{Data, Json};
use contract::audience::{AudienceCount, AudienceSize};
use db::Conn;
use domain::audience::MemberFilter;
use domain::id::CommunityId;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::{App, local_day};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(count_audience);
}

/// Count an audience
///
/// How many active members a filter takes today; nothing is kept. Each list that is not empty must be met, and any one of
/// it suffices.
#[utoipa::path(tag = "announcements", request_body = AudienceCount,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = AudienceSize)))]
#[post("/communities/{community}/audience-counts")]
async fn count_audience(
    app: Data<App>,
    actor: CurrentActor,
    body: Body<AudienceCount>,
) -> Result<Json<AudienceSize>> {
    let conn = &mut *app.db.conn().await?;
    let audience = body.0.audience.tidied();
    let faults = faults(conn, actor.community_id(), &audience).await?;
    if !faults.is_empty() {
        return Err(Error::invalid(faults));
    }
    let today = local_day(&actor.community, app.now());
    let (members, with_mail) = db::audience::count(conn, actor.community_id(), &audience, today).await?;
    Ok(Json(AudienceSize { members, with_mail }))
}

/// The faults of a filter: lists that name what the community does not have.
pub async fn faults(conn: &mut Conn, community: CommunityId, filter: &MemberFilter) -> Result<Vec<Fault>> {
    let unknown = db::audience::unknown(conn, community, filter).await?;
    Ok(unknown.into_iter().map(|list| Fault::field(&format!("audience/{list}"), "unknown")).collect())
}
