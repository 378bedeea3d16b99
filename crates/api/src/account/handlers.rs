//! Who is signed in.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, patch};
use contract::account::{Account, Membership, UpdateAccount};
use db::user::User;
use domain::role::Rights;

use super::brief;
use crate::app::App;
use crate::http::caller::Caller;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::http::precondition::{IfMatch, versioned};
use crate::member::join::application;

/// Show the account
///
/// Who is signed in, where they belong, and what they may do there.
#[utoipa::path(tag = "account", responses((status = OK, body = Account)))]
#[get("/account")]
pub async fn show_account(app: Data<App>, caller: Caller) -> Result<HttpResponse> {
    let user = db::user::get(&mut *app.db.conn().await?, caller.user_id).await?;
    show(&app, user).await
}

/// Change the account
///
/// The language, in which mail is written.
#[utoipa::path(tag = "account", request_body = UpdateAccount, responses((status = OK, body = Account)))]
#[patch("/account")]
pub async fn update_account(
    app: Data<App>,
    caller: Caller,
    if_match: IfMatch,
    body: Body<UpdateAccount>,
) -> Result<HttpResponse> {
    let UpdateAccount { locale } = body.0;
    if locale.as_deref().is_some_and(|locale| !app.messages.speaks(locale)) {
        return Err(Error::invalid(vec![Fault::field("locale", "unknown_language")]));
    }
    let user = app
        .db
        .transaction(async |tx| -> Result<User> {
            let user = db::user::lock(tx, caller.user_id).await?;
            if_match.check(user.version)?;
            match locale {
                Some(locale) => Ok(db::user::set_locale(tx, user.id, &locale).await?),
                None => Ok(user),
            }
        })
        .await?;
    show(&app, user).await
}

async fn show(app: &App, user: User) -> Result<HttpResponse> {
    let conn = &mut *app.db.conn().await?;
    let mut memberships = Vec::new();
    for (community, member, roles) in db::member::list_of_user(conn, user.id).await? {
        let rights = Rights::of(&roles, &community.settings());
        memberships.push(Membership {
            member_id: member.id,
            display_name: member.display_name,
            permissions: rights.iter().collect(),
            roles,
            community: brief(community),
        });
    }
    let applications = db::member::applications_of_user(conn, user.id).await?.into_iter();
    let account = Account {
        unread_notifications: db::notification::count_unread(conn, user.id).await?,
        recovery_codes_left: u16::try_from(db::recovery_code::count_left(conn, user.id).await?).unwrap_or(0),
        id: user.id,
        email: user.email,
        sign_in_name: user.sign_in_name,
        locale: user.locale,
        is_operator: user.is_operator,
        has_totp: user.totp_confirmed_at.is_some(),
        must_change_password: user.must_change_password,
        memberships,
        applications: applications
            .into_iter()
            .map(|(community, member)| application(&community, member))
            .collect(),
        version: user.version,
    };
    Ok(versioned(HttpResponse::Ok().json(&account), user.version))
}
