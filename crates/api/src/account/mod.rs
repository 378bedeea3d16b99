//! The signed-in user.

pub mod mail;

use actix_web::get;
use actix_web::web::{Data, Json};
use contract::account::{Account, CommunityBrief, Membership};
use db::community::Community;
use domain::role::Rights;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::http::caller::Caller;
use crate::http::error::Result;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_account);
}

/// Show the account
///
/// Who is signed in, where they belong, and what they may do there.
#[utoipa::path(tag = "account", responses((status = OK, body = Account)))]
#[get("/account")]
async fn show_account(app: Data<App>, caller: Caller) -> Result<Json<Account>> {
    let conn = &mut *app.db.conn().await?;
    let user = db::user::get(conn, caller.user_id).await?;
    let mut memberships = Vec::new();
    for (community, member, roles) in db::member::list_of_user(conn, caller.user_id).await? {
        let rights = Rights::of(&roles, &community.settings());
        memberships.push(Membership {
            member_id: member.id,
            display_name: member.display_name,
            permissions: rights.iter().collect(),
            roles,
            community: brief(community),
        });
    }
    let unread_notifications = db::notification::count_unread(conn, caller.user_id).await?;
    Ok(Json(Account {
        id: user.id,
        email: user.email,
        sign_in_name: user.sign_in_name,
        locale: user.locale,
        is_operator: user.is_operator,
        has_totp: user.totp_confirmed_at.is_some(),
        recovery_codes_left: 0,
        must_change_password: user.must_change_password,
        memberships,
        applications: Vec::new(),
        unread_notifications,
        version: user.version,
    }))
}

pub fn brief(community: Community) -> CommunityBrief {
    let Community { id, slug, name, kind, time_zone, currency, locale, .. } = community;
    CommunityBrief { id, slug, name, kind, time_zone, currency, locale }
}
