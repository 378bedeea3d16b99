//! What a community decides for itself.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, get, patch};
use contract::community::{CommunitySettings, UpdateCommunitySettings};
use domain::audit::AuditAction;
use domain::community::Settings;
use serde_json::json;

use crate::app::App;
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;

fn view(settings: Settings) -> CommunitySettings {
    let Settings {
        committee_triages,
        professionals_take_part,
        residents_create_events,
        professionals_claim,
        auto_close_days,
        reopen_days,
        joining,
        public_pages,
        anonymous_reports,
    } = settings;
    CommunitySettings {
        committee_triages,
        professionals_take_part,
        residents_create_events,
        professionals_claim,
        auto_close_days,
        reopen_days,
        joining,
        public_pages,
        anonymous_reports,
    }
}

/// Show the settings of a community
///
/// What it decides for itself.
#[utoipa::path(tag = "communities", params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = CommunitySettings)))]
#[get("/communities/{community}/settings")]
pub async fn show_settings(app: Data<App>, actor: CurrentActor) -> Result<Json<CommunitySettings>> {
    let community = db::community::get(&mut *app.db.conn().await?, actor.community_id()).await?;
    Ok(Json(view(community.settings())))
}

/// Change the settings of a community
///
/// What is left out stays as it is; of two who change different things at once, both are heard. Takes effect at once here, and
/// within five seconds on other servers.
#[utoipa::path(tag = "communities", request_body = UpdateCommunitySettings,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = CommunitySettings)))]
#[patch("/communities/{community}/settings")]
pub async fn update_settings(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    body: Body<UpdateCommunitySettings>,
) -> Result<Json<CommunitySettings>> {
    let given = body.0;
    let after = app
        .db
        .transaction(async |tx| -> Result<Settings> {
            let before = db::community::lock(tx, actor.community_id()).await?.settings();
            let after = merged(&before, given);
            if after.anonymous_reports && !after.public_pages {
                return Err(Error::invalid(vec![Fault::field("anonymous_reports", "needs_public_pages")]));
            }
            if after != before {
                db::community::set_settings(tx, actor.community_id(), &after).await?;
                let entry =
                    Entry::new(AuditAction::CommunityChanged, actor.community_id().0).asked_by(&request);
                record(tx, entry.changed(json!(before), json!(after)), app.now()).await?;
            }
            Ok(after)
        })
        .await?;
    app.forget_actors();
    Ok(Json(view(after)))
}

fn merged(before: &Settings, given: UpdateCommunitySettings) -> Settings {
    let UpdateCommunitySettings {
        committee_triages,
        professionals_take_part,
        residents_create_events,
        professionals_claim,
        auto_close_days,
        reopen_days,
        joining,
        public_pages,
        anonymous_reports,
    } = given;
    Settings {
        committee_triages: committee_triages.unwrap_or(before.committee_triages),
        professionals_take_part: professionals_take_part.unwrap_or(before.professionals_take_part),
        residents_create_events: residents_create_events.unwrap_or(before.residents_create_events),
        professionals_claim: professionals_claim.unwrap_or(before.professionals_claim),
        auto_close_days: auto_close_days.unwrap_or(before.auto_close_days),
        reopen_days: reopen_days.unwrap_or(before.reopen_days),
        joining: joining.unwrap_or(before.joining),
        public_pages: public_pages.unwrap_or(before.public_pages),
        anonymous_reports: anonymous_reports.unwrap_or(before.anonymous_reports),
    }
}
