//! What time does: triages what categories leave to it, closes what nobody has answered, takes up what was on hold until
//! now, and publishes, ends and pursues announcements.
//!
//! Instants are exact: what is due is read from the requests themselves, so a setting that changes changes them, too.

use db::service_request::Key;
use domain::community::Settings;
use domain::service_request::RequestAction;

use crate::announcement;
use crate::app::App;
use crate::service_request::act;

/// How many rows of a kind it takes in one go.
const BATCH: i64 = 100;

pub async fn round(app: &App) -> anyhow::Result<()> {
    let now = app.now();
    let usual_days = Settings::default().auto_close_days;
    let (untriaged, unanswered, held) = {
        let conn = &mut *app.db.conn().await?;
        (
            db::due::list_to_triage(conn, now, BATCH).await?,
            db::due::list_unanswered(conn, now, usual_days, BATCH).await?,
            db::due::list_held_until(conn, now, BATCH).await?,
        )
    };
    let with = |rows: Vec<_>, action| rows.into_iter().map(move |row| (row, action));
    let due = with(untriaged, RequestAction::Triage)
        .chain(with(unanswered, RequestAction::AutoClose))
        .chain(with(held, RequestAction::Resume));
    for ((community, id), action) in due {
        // Each at its own instant: what is written late must not look old to those who ask what is new.
        let now = app.now();
        app.db.transaction(async |tx| act::by_clock(tx, community, &Key::Id(id), action, now).await).await?;
        app.outbox_bell.notify_one();
    }
    let announced = {
        let conn = &mut *app.db.conn().await?;
        let mut all = db::announcement::list_to_publish(conn, now, BATCH).await?;
        all.extend(db::announcement::list_to_archive(conn, now, BATCH).await?);
        all.extend(db::announcement::list_to_escalate(conn, now, BATCH).await?);
        all
    };
    for (community, id) in announced {
        announcement::change::by_clock(app, community, id).await?;
    }
    Ok(())
}
