//! `GET …/members` and `GET …/members/{id}`.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use contract::member::{Member, MemberQuery, MemberSummary};
use contract::page::Page;
use contract::problem::Code;
use db::member::Filter;
use domain::community::MemberStatus;
use domain::id::MemberId;
use domain::role::Permission;

use super::view;
use crate::app::{Actor, App, local_day};
use crate::http::caller::CurrentActor;
use crate::http::error::Result;
use crate::http::input::Query;
use crate::http::page;
use crate::http::precondition::versioned;

/// List members
///
/// The newest first; with `updated_since`, as they changed. Whoever may not approve members sees those who are active; e-mail addresses and sign-in names are
/// for those who may see contacts.
#[utoipa::path(tag = "members",
    params(("community" = String, Path, description = "Slug or id"), MemberQuery),
    responses((status = OK, body = Page<MemberSummary>)))]
#[get("/communities/{community}/members")]
pub async fn list_members(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    query: Query<MemberQuery>,
) -> Result<HttpResponse> {
    let MemberQuery { status, role, q, updated_since, cursor, limit } = query.0;
    let limit = page::limit(limit);
    let after = page::newest(cursor.as_deref())?;
    let text = q.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let rows = match seen(&actor, status) {
        Seen::Nobody => Vec::new(),
        Seen::With(status) => {
            let filter = Filter { status, role, text, updated_from: updated_since.map(page::since) };
            let today = local_day(&actor.community, app.now());
            let conn = &mut *app.db.conn().await?;
            db::member::list(conn, actor.community_id(), &filter, today, after, limit + 1).await?
        }
    };
    let page = page::page(
        rows,
        limit,
        |row| match updated_since {
            Some(_) => (row.member.changed_at(), row.member.id),
            None => (row.member.created_at, row.member.id),
        },
        |row| view::summary(&actor, row),
    );
    Ok(page::answer(&request, &page))
}

/// Of whom a list may speak.
enum Seen {
    Nobody,
    With(Option<MemberStatus>),
}

fn seen(actor: &Actor, asked: Option<MemberStatus>) -> Seen {
    match asked {
        _ if actor.can(Permission::MembersApprove) => Seen::With(asked),
        None | Some(MemberStatus::Active) => Seen::With(Some(MemberStatus::Active)),
        Some(_) => Seen::Nobody,
    }
}

/// Show a member
///
/// With what the caller could do with them now.
#[utoipa::path(tag = "members",
    params(("community" = String, Path, description = "Slug or id"), ("id" = MemberId, Path)),
    responses((status = OK, body = Member)))]
#[get("/communities/{community}/members/{id}")]
pub async fn show_member(
    app: Data<App>,
    actor: CurrentActor,
    path: Path<(String, String)>,
) -> Result<HttpResponse> {
    let id = named(&path.1)?;
    Ok(answer(view::show(&mut *app.db.conn().await?, &app, &actor, id).await?))
}

/// The member that a path names.
pub fn named(text: &str) -> Result<MemberId> {
    Ok(text.parse().map_err(|_| Code::NotFound)?)
}

pub fn answer(member: Member) -> HttpResponse {
    let version = member.summary.version;
    versioned(HttpResponse::Ok().json(member), version)
}
