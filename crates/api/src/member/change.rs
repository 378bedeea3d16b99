//! Changing what a member is called, what they may do, and the first password of those whom no mail reaches.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, patch, post, put};
use contract::member::{Member, SetPassword, SetRoles, UpdateMember};
use contract::problem::Code;
use domain::audit::AuditAction;
use domain::id::MemberId;
use domain::member::{Refusal, may_set_roles};
use domain::role::{Permission, Rights, Role};
use domain::rule;

use super::handlers::{answer, named};
use super::standing::{self, Standing, refused};
use super::view;
use crate::app::App;
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::Result;
use crate::http::input::Body;
use crate::http::precondition::IfMatch;
use crate::service_request::act::release;
use crate::session::password;

/// Change a member
///
/// What they are called here, and the tags by which audiences find them. What is left out stays as it is.
#[utoipa::path(tag = "members", request_body = UpdateMember,
    params(("community" = String, Path, description = "Slug or id"), ("id" = MemberId, Path)),
    responses((status = OK, body = Member)))]
#[patch("/communities/{community}/members/{id}")]
pub async fn update_member(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    seen: IfMatch,
    body: Body<UpdateMember>,
) -> Result<HttpResponse> {
    let id = named(&path.1)?;
    let UpdateMember { display_name, tags } = body.0;
    let (shown, user) = app
        .db
        .transaction(async |tx| -> Result<_> {
            let Standing { asker, subject, member, .. } = standing::lock(tx, &actor, id).await?;
            let may = asker.rights.can(Permission::MembersEdit) && asker.rights.outranks(subject.rights);
            if !may {
                return Err(Code::NotAllowed.into());
            }
            seen.check(member.version)?;
            let (now, user) = (app.now(), member.user_id);
            let display_name =
                display_name.map_or_else(|| member.display_name.clone(), |name| name.trim().to_owned());
            let tags = tags.map_or_else(|| member.tags.clone(), |tags| rule::tags(&tags));
            let (renamed, retagged) = (display_name != member.display_name, tags != member.tags);
            if renamed || retagged {
                db::member::save(tx, &db::member::Member { display_name, tags, ..member }, now).await?;
            }
            for (happened, act) in
                [(renamed, AuditAction::MemberRenamed), (retagged, AuditAction::MemberTagged)]
            {
                if happened {
                    record(tx, Entry::new(act, id.0).asked_by(&request), now).await?;
                }
            }
            Ok((view::show(tx, &app, &actor, id).await?, user))
        })
        .await?;
    if let Some(user) = user {
        app.forget_actor(user, &actor.community);
    }
    Ok(answer(shown))
}

/// Set the roles of a member
///
/// All that they have from now on. Every role given or taken must be the caller's to grant, somebody who may do more
/// than the caller is not theirs to change, and the last admin stays one.
#[utoipa::path(tag = "members", request_body = SetRoles,
    params(("community" = String, Path, description = "Slug or id"), ("id" = MemberId, Path)),
    responses((status = OK, body = Member)))]
#[put("/communities/{community}/members/{id}/roles")]
pub async fn set_member_roles(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    seen: IfMatch,
    body: Body<SetRoles>,
) -> Result<HttpResponse> {
    let id = named(&path.1)?;
    let roles = standing::role_set(body.0.roles)?;
    let (shown, user) = app
        .db
        .transaction(async |tx| -> Result<_> {
            let Standing { asker, subject, member, roles: held } = standing::lock(tx, &actor, id).await?;
            let verdict = match asker.rights.can(Permission::MembersGrantRoles) {
                true => may_set_roles(asker, subject, &held, &roles, &actor.settings),
                false => Err(Refusal::NotAllowed),
            };
            if verdict == Err(Refusal::NotAllowed) {
                return Err(Code::NotAllowed.into());
            }
            seen.check(member.version)?;
            if !view::may_set_roles(asker, subject) {
                return Err(refused(Refusal::WrongState, asker, subject));
            }
            verdict.map_err(|refusal| refused(refusal, asker, subject))?;
            if roles != sorted(held.clone()) {
                let now = app.now();
                db::member::save(tx, &member, now).await?;
                db::member::replace_roles(tx, actor.community_id(), id, &roles).await?;
                if !Rights::of(&roles, &actor.settings).can(Permission::RequestsWork) {
                    let left = db::team::work_of(tx, actor.community_id(), id).await?;
                    release(tx, &actor.community, &left, now).await?;
                }
                let entry = Entry::new(AuditAction::MemberRolesChanged, id.0).asked_by(&request);
                record(tx, entry.changed(&held, &roles), now).await?;
            }
            Ok((view::show(tx, &app, &actor, id).await?, member.user_id))
        })
        .await?;
    if let Some(user) = user {
        app.forget_actor(user, &actor.community);
    }
    Ok(answer(shown))
}

fn sorted(mut roles: Vec<Role>) -> Vec<Role> {
    roles.sort_unstable();
    roles
}

/// Set the password of a member
///
/// For people without e-mail who belong to this community alone. Signs them out everywhere; they must choose another when
/// they sign in with it.
#[utoipa::path(tag = "members", request_body = SetPassword,
    params(("community" = String, Path, description = "Slug or id"), ("id" = MemberId, Path)),
    responses((status = NO_CONTENT, description = "The password is set")))]
#[post("/communities/{community}/members/{id}/password")]
pub async fn set_member_password(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    body: Body<SetPassword>,
) -> Result<HttpResponse> {
    let id = named(&path.1)?;
    let hash = password::chosen(&app, body.0.password, Vec::new()).await?;
    let ended = app
        .db
        .transaction(async |tx| -> Result<_> {
            let Standing { asker, subject, member, .. } = standing::lock(tx, &actor, id).await?;
            let user = member.user_id.ok_or(Code::NotAllowed)?;
            if !view::may_set_password(tx, asker, subject, &member).await? {
                return Err(Code::NotAllowed.into());
            }
            let now = app.now();
            db::user::set_password(tx, user, &hash, false, now).await?;
            let ended = db::session::revoke_all(tx, user, None, now).await?;
            record(tx, Entry::new(AuditAction::MemberPasswordSet, id.0).asked_by(&request), now).await?;
            Ok(ended)
        })
        .await?;
    for session in ended {
        app.forget_session(session);
    }
    Ok(HttpResponse::NoContent().finish())
}
