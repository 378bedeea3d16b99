//! What time does to requests: closes what nobody has answered, and takes up what was on hold until now.
//!
//! Instants are exact: what is due is read from the requests themselves, so a setting that changes changes them, too.

use db::service_request::Key;
use domain::community::Settings;
use domain::service_request::RequestAction;

use crate::app::App;
use crate::service_request::act;

/// How many rows of a kind it takes in one go.
const BATCH: i64 = 100;

pub async fn round(app: &App) -> anyhow::Result<()> {
    let now = app.now();
    let usual_days = Settings::default().auto_close_days;
    let (unanswered, held) = {
        let conn = &mut *app.db.conn().await?;
        (
            db::due::list_unanswered(conn, now, usual_days, BATCH).await?,
            db::due::list_held_until(conn, now, BATCH).await?,
        )
    };
    let due = unanswered.into_iter().map(|row| (row, RequestAction::AutoClose));
    for ((community, id), action) in due.chain(held.into_iter().map(|row| (row, RequestAction::Resume))) {
        // Each at its own instant: what is written late must not look old to those who ask what is new.
        let now = app.now();
        app.db.transaction(async |tx| act::by_clock(tx, community, &Key::Id(id), action, now).await).await?;
        app.outbox_bell.notify_one();
    }
    Ok(())
}
