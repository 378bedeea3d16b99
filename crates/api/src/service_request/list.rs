//! `GET …/service-requests`: which requests, in which order.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use chrono::{DateTime, Days, NaiveDate, Utc};
use contract::page::Page;
use contract::service_request::{ServiceRequestQuery, ServiceRequestSummary};
use db::service_request::list::{Filter, Order, Position, Words};
use domain::role::Permission;

use super::view;
use crate::app::{self, Actor, App};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Query;
use crate::http::page;

/// List service requests
///
/// Those that the caller may see and that meet every condition, newest first unless asked otherwise; with `updated_since`, as
/// they changed.
#[utoipa::path(tag = "service-requests",
    params(("community" = String, Path, description = "Slug or id"), ServiceRequestQuery),
    responses((status = OK, body = Page<ServiceRequestSummary>)))]
#[get("/communities/{community}/service-requests")]
pub async fn list_service_requests(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    query: Query<ServiceRequestQuery>,
) -> Result<HttpResponse> {
    let limit = page::limit(query.0.limit);
    let after = position(query.0.cursor.as_deref())?;
    let filter = filter(query.0, &actor, app.now())?;
    let conn = &mut *app.db.conn().await?;
    let (community, sight) = (actor.community_id(), actor.sight());
    let rows = db::service_request::list::list(conn, community, &sight, &filter, after, limit + 1).await?;
    let at = |row: &_| Position::of(row, filter.order);
    let page = page::page(rows, limit, at, |row| view::summary(&actor, row));
    Ok(page::answer(&request, &page))
}

pub fn position(cursor: Option<&str>) -> Result<Option<Position>> {
    let after: Option<Position> = page::begin(cursor)?;
    // Nothing is older than the epoch, and somewhere before it the database's calendar ends.
    match after {
        Some(Position { at, .. }) if at < DateTime::UNIX_EPOCH => Err(page::bad_cursor()),
        after => Ok(after),
    }
}

/// The query as the database takes it; all faults at once.
pub fn filter(query: ServiceRequestQuery, actor: &Actor, now: DateTime<Utc>) -> Result<Filter> {
    let ServiceRequestQuery {
        status,
        category_id,
        priority,
        zone_id,
        unit_id,
        assignee_id,
        team_id,
        reporter_id,
        mine,
        assigned_to_me,
        for_my_teams,
        following,
        unassigned,
        overdue,
        photos,
        tag,
        from,
        to,
        q,
        sort,
        updated_since,
        cursor: _,
        limit: _,
    } = query;
    let mut faults = Vec::new();
    let statuses = several(status.as_deref(), "status", &mut faults);
    let priorities = several(priority.as_deref(), "priority", &mut faults);
    // What only staff are told of a request, nobody else finds out by filters.
    for (parameter, given) in [("reporter_id", reporter_id.is_some()), ("tag", tag.is_some())] {
        if given && !actor.can(Permission::RequestsViewAll) {
            faults.push(Fault::parameter(parameter, "for_staff"));
        }
    }
    if sort.is_some() && updated_since.is_some() {
        faults.push(Fault::parameter("sort", "not_with_updated_since"));
    }
    // Nothing is older than the epoch, and somewhere before it the database's calendar ends.
    let begins = |day: NaiveDate| app::beginning(&actor.community, day).max(DateTime::UNIX_EPOCH);
    let reported_from = from.map(begins);
    let reported_before = to.map(|to| to.checked_add_days(Days::new(1)).unwrap_or(to)).map(begins);
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        faults.push(Fault::parameter("to", "before_from"));
    }
    if !faults.is_empty() {
        return Err(Error::invalid(faults));
    }
    let me = |wanted: Option<bool>| wanted.unwrap_or(false).then_some(actor.member_id);
    Ok(Filter {
        statuses,
        category: category_id,
        priorities,
        zone: zone_id,
        unit: unit_id,
        assignee: me(assigned_to_me).or(assignee_id),
        team: team_id,
        reporter: me(mine).or(reporter_id),
        untaken_of: for_my_teams.unwrap_or(false).then(|| actor.teams.clone()),
        follower: me(following),
        unassigned: unassigned.unwrap_or(false),
        overdue_at: overdue.unwrap_or(false).then_some(now),
        with_photos: photos.unwrap_or(false),
        tag: tag.map(|tag| tag.trim().to_lowercase()),
        reported_from,
        reported_before,
        words: q
            .map(|typed| typed.trim().to_owned())
            .filter(|typed| !typed.is_empty())
            .map(|typed| Words { typed, everywhere: actor.can(Permission::RequestsViewInternal) }),
        order: match updated_since {
            Some(instant) => Order::ChangedSince(page::since(instant)),
            None => sort.map(Order::By).unwrap_or_default(),
        },
    })
}

/// Values joined by commas.
fn several<T: std::str::FromStr>(text: Option<&str>, parameter: &str, faults: &mut Vec<Fault>) -> Vec<T> {
    let words = text.unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty());
    words.map(str::parse).collect::<std::result::Result<_, _>>().unwrap_or_else(|_| {
        faults.push(Fault::parameter(parameter, "wrong_type"));
        Vec::new()
    })
}
