//! Making invitations: one, or many at once.

use std::collections::HashSet;

use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use chrono::TimeDelta;
use contract::invitation::{Invitation, InviteMany, Invited, InvitedMany, NewInvitation};
use contract::problem::Code;
use db::Conn;
use domain::account::AccountMail;
use domain::audit::AuditAction;
use domain::community::OccupancyKind;
use domain::id::{InvitationId, UnitId};
use domain::role::Role;
use domain::rule::normal_email;
use serde_json::json;
use uuid::Uuid;

use super::view;
use crate::account::mail::{Mail, enqueue};
use crate::app::{Actor, App};
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::http::precondition::versioned;
use crate::member::standing;

/// How long an invitation is good unless its maker says.
const DAYS: u16 = 14;

/// What all invitations of one call have in common.
struct Offer {
    roles: Vec<Role>,
    home: Option<(UnitId, OccupancyKind)>,
    max_uses: u16,
    days: u16,
}

/// Invite somebody
///
/// By mail to one address, or by a link for whoever gets it. The roles must be the caller's to grant.
#[utoipa::path(tag = "members", request_body = NewInvitation,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = CREATED, body = Invitation)))]
#[post("/communities/{community}/invitations")]
pub async fn create_invitation(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    body: Body<NewInvitation>,
) -> Result<HttpResponse> {
    let NewInvitation { email, roles, unit_id, tie, max_uses, expires_in_days } = body.0;
    let roles = standing::role_set(roles)?;
    let mut faults = Vec::new();
    if email.is_some() && max_uses.is_some_and(|uses| uses > 1) {
        faults.push(Fault::field("max_uses", "superfluous"));
    }
    if tie.is_some() && unit_id.is_none() {
        faults.push(Fault::field("unit_id", "required"));
    }
    if !faults.is_empty() {
        return Err(Error::invalid(faults));
    }
    let offer = Offer {
        roles,
        home: unit_id.map(|unit| (unit, tie.unwrap_or(OccupancyKind::Tenant))),
        max_uses: max_uses.unwrap_or(1),
        days: expires_in_days.unwrap_or(DAYS),
    };
    let email = email.map(|email| normal_email(&email));
    let made = app
        .db
        .transaction(async |tx| -> Result<_> {
            check(tx, &actor, &offer).await?;
            let emails: Vec<String> = email.iter().cloned().collect();
            if !known(tx, &app, &actor, &emails).await?.is_empty() {
                return Err(Code::Duplicate.into());
            }
            let row = row(&app, &actor, &offer, email.as_deref())?;
            store(tx, &app, &actor, &request, &[(row.clone(), email)]).await?;
            Ok(db::invitation::find(tx, actor.community_id(), row.id).await?.ok_or(Code::NotFound)?)
        })
        .await?;
    let shown = view::invitation(&app, made);
    let version = shown.version;
    let list = contract::invitation::LIST.path(&[&actor.community.slug]);
    let address = format!("{list}/{}", shown.id);
    Ok(versioned(HttpResponse::Created().insert_header((LOCATION, address)).json(shown), version))
}

/// Invite many
///
/// Up to 200 addresses, each with an answer of its own: an invitation, or why not.
#[utoipa::path(tag = "members", request_body = InviteMany,
    params(("community" = String, Path, description = "Slug or id")),
    responses((status = OK, body = InvitedMany)))]
#[post("/communities/{community}/invitations/bulk")]
pub async fn invite_many(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    body: Body<InviteMany>,
) -> Result<HttpResponse> {
    let InviteMany { emails, roles, expires_in_days } = body.0;
    let days = expires_in_days.unwrap_or(DAYS);
    let offer = Offer { roles: standing::role_set(roles)?, home: None, max_uses: 1, days };
    let emails: Vec<String> = emails.iter().map(|email| normal_email(email)).collect();
    let (refused, made) = app
        .db
        .transaction(async |tx| -> Result<_> {
            check(tx, &actor, &offer).await?;
            let mut refused = known(tx, &app, &actor, &emails).await?;
            let mut rows = Vec::new();
            for email in &emails {
                // The first of several that are the same is invited.
                if !refused.contains(email) && !rows.iter().any(|(_, known)| known == &Some(email.clone())) {
                    rows.push((row(&app, &actor, &offer, Some(email))?, Some(email.clone())));
                }
            }
            store(tx, &app, &actor, &request, &rows).await?;
            let ids: Vec<InvitationId> = rows.iter().map(|(row, _)| row.id).collect();
            let made = db::invitation::load(tx, actor.community_id(), &ids).await?;
            refused.retain(|email| emails.contains(email));
            Ok((refused, made))
        })
        .await?;
    let mut made: Vec<Invitation> = made.into_iter().map(|one| view::invitation(&app, one)).collect();
    let data = emails
        .into_iter()
        .map(|email| {
            let own = made.iter().position(|one| one.email.as_ref() == Some(&email));
            let invitation = own.filter(|_| !refused.contains(&email)).map(|at| made.swap_remove(at));
            let refused = invitation.is_none().then_some(Code::Duplicate);
            Invited { email, invitation, refused }
        })
        .collect();
    Ok(HttpResponse::Ok().json(InvitedMany { data }))
}

/// Whether the caller may make this offer, as they stand now.
async fn check(tx: &mut Conn, actor: &Actor, offer: &Offer) -> Result<()> {
    let community = actor.community_id();
    db::member::lock_all(tx, community).await?;
    let rights = standing::rights_of(tx, community, actor.member_id, &actor.settings).await?;
    standing::check_grant(rights.ok_or(Code::NotFound)?, &offer.roles, &actor.settings)?;
    standing::check_unit(tx, community, "unit_id", offer.home.map(|(unit, _)| unit)).await
}

/// Those of these addresses that are members' or have been invited.
async fn known(tx: &mut Conn, app: &App, actor: &Actor, emails: &[String]) -> Result<HashSet<String>> {
    let community = actor.community_id();
    let members = db::member::known_emails(tx, community, emails).await?;
    let purpose = view::index_purpose(community);
    let indexed: Vec<(Vec<u8>, &String)> = emails
        .iter()
        .flat_map(|email| {
            let indexes = app.vault.fingerprints(&purpose, email.as_bytes());
            indexes.into_iter().map(move |index| (index.to_vec(), email))
        })
        .collect();
    let indexes: Vec<Vec<u8>> = indexed.iter().map(|(index, _)| index.clone()).collect();
    let invited = db::invitation::invited(tx, community, &indexes, app.now()).await?;
    let invited = indexed.into_iter().filter(|(index, _)| invited.contains(&Some(index.clone())));
    Ok(members.into_iter().flatten().chain(invited.map(|(_, email)| email.clone())).collect())
}

fn row(app: &App, actor: &Actor, offer: &Offer, email: Option<&str>) -> Result<db::invitation::Invitation> {
    let (id, now) = (InvitationId(Uuid::now_v7()), app.now());
    let community_id = actor.community_id();
    let sealed = email.map(|email| view::seal(&app.vault, community_id, id, email)).transpose();
    let (email_sealed, email_index) = sealed.map_err(Error::internal)?.unzip();
    Ok(db::invitation::Invitation {
        id,
        community_id,
        email_sealed,
        email_index,
        roles: offer.roles.clone(),
        unit_id: offer.home.map(|(unit, _)| unit),
        tie: offer.home.map(|(_, tie)| tie),
        max_uses: offer.max_uses.into(),
        uses: 0,
        created_by: actor.member_id,
        created_at: now,
        expires_at: now + TimeDelta::days(offer.days.into()),
        revoked_at: None,
        version: 1,
    })
}

/// Stores invitations, each with its line in the audit trail and its mail.
async fn store(
    tx: &mut Conn,
    app: &App,
    actor: &Actor,
    request: &HttpRequest,
    all: &[(db::invitation::Invitation, Option<String>)],
) -> Result<()> {
    let rows: Vec<_> = all.iter().map(|(row, _)| row.clone()).collect();
    db::invitation::insert_all(tx, &rows).await?;
    for row in &rows {
        let entry = Entry::new(AuditAction::InvitationCreated, row.id.0).asked_by(request);
        let meta = json!({ "roles": row.roles, "unit": row.unit_id, "max_uses": row.max_uses });
        record(tx, entry.meta(meta), app.now()).await?;
    }
    let mails = all.iter().filter_map(|(row, email)| {
        Some(Mail {
            invitation: Some(row.id),
            community: Some(row.community_id),
            ..Mail::new(AccountMail::Invitation, email.as_deref()?, &actor.community.locale)
        })
    });
    enqueue(tx, app, mails).await
}
