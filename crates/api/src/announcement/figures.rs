//! Who has read an announcement and who has not, and reminding those.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, Days, Utc};
use contract::announcement::{
    Aim, AnnouncementFigures, CommunicationFigures, CommunicationQuery, Reach, ReachAt, ReachOfBlock,
    ReachOfZone, Recipient, RecipientQuery, Reminded,
};
use contract::page::Page;
use contract::problem::Code;
use db::Conn;
use db::announcement::{Among, By, Hour, Listed, Receipt};
use domain::announcement::{
    ACKNOWLEDGED_TARGET, AnnouncementStatus, READ_TARGET, REMIND_PAUSE, Target, percent,
};
use domain::audit::AuditAction;
use domain::event::Event;
use domain::id::{AnnouncementId, MemberId};

use super::{named, reach, reader};
use crate::app::{Actor, App, beginning, local_day};
use crate::audit::{Entry, record};
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Result};
use crate::http::input::Query;
use crate::http::page;

/// Over how many days a curve goes after the first two.
const DAYS: i64 = 60;
/// Over how many days a community looks back, unless asked otherwise.
const LOOK_BACK: u16 = 90;

/// What has been out, with what is counted of it.
async fn published(conn: &mut Conn, app: &App, actor: &Actor, id: AnnouncementId) -> Result<Listed> {
    let found = db::announcement::find(conn, actor.community_id(), reader(app, actor), id).await?;
    let found = found.ok_or(Code::NotFound)?;
    if found.announcement.status.is_out() { Ok(found) } else { Err(Code::WrongState.into()) }
}

const fn aim(target: Target) -> Aim {
    Aim { percent: target.percent, hours: target.within.num_hours() }
}

/// Show the figures of an announcement
///
/// How many it was told to, how many of those have read and confirmed it, when, and where they live. Whoever wrote it does
/// not count.
#[utoipa::path(tag = "announcements",
    params(("community" = String, Path, description = "Slug or id"), ("id" = AnnouncementId, Path)),
    responses((status = OK, body = AnnouncementFigures)))]
#[get("/communities/{community}/announcements/{id}/figures")]
pub async fn show_announcement_figures(
    app: Data<App>,
    actor: CurrentActor,
    path: Path<(String, String)>,
) -> Result<Json<AnnouncementFigures>> {
    let id = named(&path.1)?;
    let community = actor.community_id();
    let conn = &mut *app.db.conn().await?;
    let Listed { announcement, counts, .. } = published(conn, &app, &actor, id).await?;
    let published_at = announcement.published_at.ok_or(Code::WrongState)?;
    let hours = db::announcement::over_time(conn, &announcement).await?;
    let zones = db::announcement::parts(conn, community, id, By::Zone).await?;
    let blocks = db::announcement::parts(conn, community, id, By::Block).await?;
    let reach = reach(&counts);
    let zone = |part: db::announcement::Part| ReachOfZone {
        zone_id: part.zone_id,
        name: part.name,
        recipients: part.recipients,
        read: part.read,
        acknowledged: part.acknowledged,
    };
    let block = |part: db::announcement::Part| ReachOfBlock {
        block: part.name,
        recipients: part.recipients,
        read: part.read,
        acknowledged: part.acknowledged,
    };
    Ok(Json(AnnouncementFigures {
        reach,
        published_at,
        read_percent: percent(reach.read, reach.recipients),
        acknowledged_percent: percent(reach.acknowledged, reach.recipients),
        read_target: aim(READ_TARGET),
        acknowledged_target: announcement.acknowledgement.then(|| aim(ACKNOWLEDGED_TARGET)),
        over_time: curve(&hours, published_at, app.now()),
        by_zone: zones.into_iter().map(zone).collect(),
        by_block: blocks.into_iter().map(block).collect(),
        read_by_mail: db::announcement::count_read_by_mail(conn, community, id).await?,
        reminded_at: announcement.reminded_at,
    }))
}

/// How many had by the end of every hour, later of every day, up to now.
fn curve(hours: &[Hour], published_at: DateTime<Utc>, now: DateTime<Utc>) -> Vec<ReachAt> {
    // The hour that has begun counts as it is.
    let passed = (now - published_at).num_hours() + 1;
    let ends = (0..=48).chain((3..3 + DAYS).map(|day| day * 24));
    ends.take_while(|end| *end <= passed || end % 24 == 0 && end - 24 < passed && *end > 48)
        .map(|end| {
            let until = hours.iter().filter(|hour| hour.hour < end);
            let (read, acknowledged) = until
                .fold((0, 0), |(read, confirmed), hour| (read + hour.read, confirmed + hour.acknowledged));
            ReachAt { hours: end, read, acknowledged }
        })
        .collect()
}

/// List the readers of an announcement
///
/// By name: those who have read it, or confirmed it, and those who have not.
#[utoipa::path(tag = "announcements",
    params(("community" = String, Path, description = "Slug or id"), ("id" = AnnouncementId, Path), RecipientQuery),
    responses((status = OK, body = Page<Recipient>)))]
#[get("/communities/{community}/announcements/{id}/recipients")]
pub async fn list_announcement_recipients(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
    query: Query<RecipientQuery>,
) -> Result<HttpResponse> {
    let id = named(&path.1)?;
    let RecipientQuery { state, zone_id, block, cursor, limit } = query.0;
    let limit = page::limit(limit);
    let after: Option<(String, MemberId)> = page::begin(cursor.as_deref())?;
    let conn = &mut *app.db.conn().await?;
    published(conn, &app, &actor, id).await?;
    let among = Among { state, zone: zone_id, block };
    let rows = db::announcement::recipients(conn, actor.community_id(), id, &among, after, limit + 1).await?;
    let view = |row: Receipt| {
        let Receipt { member_id, display_name, unit, read_at, read_by, acknowledged_at } = row;
        Recipient { member_id, display_name, unit, read_at, read_by, acknowledged_at }
    };
    let key = |row: &Receipt| (row.display_name.clone(), row.member_id);
    Ok(page::answer(&request, &page::page(rows, limit, key, view)))
}

/// Remind of an announcement
///
/// Tells those once more who have not read it, or not confirmed it where that is asked, and nobody else: in the app, and by
/// mail whoever wants any. Not more than once an hour.
#[utoipa::path(tag = "announcements",
    params(("community" = String, Path, description = "Slug or id"), ("id" = AnnouncementId, Path)),
    responses((status = OK, body = Reminded)))]
#[post("/communities/{community}/announcements/{id}/reminders")]
pub async fn remind_of_announcement(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<Json<Reminded>> {
    let (community, id) = (actor.community_id(), named(&path.1)?);
    let members = app
        .db
        .transaction(async |tx| -> Result<i64> {
            let now = app.now();
            let one = db::announcement::lock(tx, community, id).await?;
            if one.status != AnnouncementStatus::Published {
                return Err(Code::WrongState.into());
            }
            if one.reminded_at.is_some_and(|at| now - at < REMIND_PAUSE) {
                let from = one.reminded_at.map(|at| (at + REMIND_PAUSE - now).num_seconds().max(1));
                let retry_after = from.and_then(|seconds| u32::try_from(seconds).ok());
                return Err(Error { retry_after, ..Code::TooLate.into() });
            }
            let silent = db::announcement::count_silent(tx, &one).await?;
            if silent > 0 {
                db::announcement::reminded(tx, community, id, now).await?;
                let (event, by) = (Event::AnnouncementReminder, Some(actor.member_id));
                let event = db::outbox::Event::of_announcement(event, community, id, by, now);
                db::outbox::enqueue(tx, &event).await?;
                let entry = Entry::new(AuditAction::AnnouncementReminded, id.0).asked_by(&request);
                record(tx, entry.meta(serde_json::json!({ "members": silent })), now).await?;
            }
            Ok(silent)
        })
        .await?;
    app.outbox_bell.notify_one();
    Ok(Json(Reminded { members }))
}

/// Show how well the community is reached
///
/// Of all announcements published since then: which share of their readers had read them within 48 hours, and of those who
/// were asked which had confirmed them within 24.
#[utoipa::path(tag = "announcements",
    params(("community" = String, Path, description = "Slug or id"), CommunicationQuery),
    responses((status = OK, body = CommunicationFigures)))]
#[get("/communities/{community}/communication-figures")]
pub async fn show_communication_figures(
    app: Data<App>,
    actor: CurrentActor,
    query: Query<CommunicationQuery>,
) -> Result<Json<CommunicationFigures>> {
    let days = Days::new(query.0.days.unwrap_or(LOOK_BACK).into());
    let today = local_day(&actor.community, app.now());
    let from = today.checked_sub_days(days).unwrap_or(today);
    let conn = &mut *app.db.conn().await?;
    let since = beginning(&actor.community, from);
    let all = db::announcement::overall(conn, actor.community_id(), since).await?;
    Ok(Json(CommunicationFigures {
        from,
        published: all.published,
        reach: Reach {
            recipients: all.recipients,
            read: all.read,
            read_in_time: all.read_in_time,
            acknowledged: all.acknowledged,
            acknowledged_in_time: all.acknowledged_in_time,
        },
        read_in_time_percent: percent(all.read_in_time, all.recipients),
        read_target: aim(READ_TARGET),
        acknowledged_in_time_percent: percent(all.acknowledged_in_time, all.asked),
        acknowledged_target: aim(ACKNOWLEDGED_TARGET),
    }))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_curve_goes_up_to_now_and_never_down() {
        let start = DateTime::UNIX_EPOCH;
        let hours = [
            Hour { hour: 0, read: 3, acknowledged: 0 },
            Hour { hour: 5, read: 2, acknowledged: 1 },
            Hour { hour: 72, read: 1, acknowledged: 0 },
        ];
        let first = curve(&hours, start, start + TimeDelta::minutes(10));
        assert_eq!(first.iter().map(|at| (at.hours, at.read)).collect::<Vec<_>>(), [(0, 0), (1, 3)]);
        let later = curve(&hours, start, start + TimeDelta::hours(73));
        assert_eq!(later.last().map(|at| (at.hours, at.read, at.acknowledged)), Some((96, 6, 1)));
        assert!(later.is_sorted_by_key(|at| (at.hours, at.read, at.acknowledged)));
        let old = curve(&hours, start, start + TimeDelta::days(900));
        assert!(old.len() <= 49 + usize::try_from(DAYS).unwrap(), "a curve has an end");
    }
}
