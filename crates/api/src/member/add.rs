//! Adding people whom no mail reaches: guards, cleaners, the elderly.

use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use contract::member::{Member, NewMember};
use contract::problem::Code;
use db::user::User;
use domain::audit::AuditAction;
use domain::community::{MemberStatus, OccupancyKind};
use domain::id::{MemberId, UserId};
use serde_json::json;
use uuid::Uuid;

use super::{standing, view};
use crate::app::{Actor, App};
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::http::precondition::versioned;
use crate::session::password;

/// Add a member
///
/// Somebody without e-mail: they sign in with `name@slug` and a first password that they must change.
#[utoipa::path(tag = "members", request_body = NewMember,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = CREATED, body = Member)))]
#[post("/communities/{community}/members")]
pub async fn add_member(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    body: Body<NewMember>,
) -> Result<HttpResponse> {
    let roles = standing::role_set(body.0.roles.clone())?;
    if body.0.tie.is_some() && body.0.unit_id.is_none() {
        return Err(Error::invalid(vec![Fault::field("unit_id", "required")]));
    }
    let own = vec![body.0.display_name.clone(), body.0.sign_in_name.clone()];
    let hash = password::chosen(&app, body.0.password.clone(), own).await?;
    let shown = app
        .db
        .transaction(async |tx| -> Result<_> {
            let community = actor.community_id();
            db::member::lock_all(tx, community).await?;
            let rights = standing::rights_of(tx, community, actor.member_id, &actor.settings).await?;
            standing::check_grant(rights.ok_or(Code::NotFound)?, &roles, &actor.settings)?;
            standing::check_unit(tx, community, "unit_id", body.0.unit_id).await?;
            let now = app.now();
            let user = user(&actor, &body.0.sign_in_name, hash, now);
            db::user::insert(tx, &user).await.map_err(taken)?;
            let name = body.0.display_name.trim().to_owned();
            let id = MemberId(Uuid::now_v7());
            let member =
                db::member::Member::new(id, community, Some(user.id), name, MemberStatus::Active, now);
            db::member::insert(tx, &member, &roles).await?;
            if let Some(unit) = body.0.unit_id {
                let home = (unit, body.0.tie.unwrap_or(OccupancyKind::Tenant));
                standing::tie(tx, &app, &actor.community, id, home).await?;
            }
            let entry = Entry::new(AuditAction::MemberAdded, id.0).asked_by(&request);
            record(tx, entry.meta(json!({ "roles": roles, "unit": body.0.unit_id })), now).await?;
            view::show(tx, &app, &actor, id).await
        })
        .await?;
    let address = contract::member::SHOW.path(&[&actor.community.slug, &shown.summary.id]);
    let version = shown.summary.version;
    let response = HttpResponse::Created().insert_header((LOCATION, address)).json(shown);
    Ok(versioned(response, version))
}

fn user(actor: &Actor, name: &str, hash: String, now: chrono::DateTime<chrono::Utc>) -> User {
    User {
        email: None,
        sign_in_name: Some(format!("{}@{}", name.trim(), actor.community.slug)),
        must_change_password: true,
        locale: actor.community.locale.clone(),
        ..User::with_email(UserId(Uuid::now_v7()), String::new(), Some(hash), now)
    }
}

fn taken(error: db::Error) -> Error {
    match error {
        db::Error::Conflict(_) => Error::invalid(vec![Fault::field("sign_in_name", "taken")]),
        other => other.into(),
    }
}
