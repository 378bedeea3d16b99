//! Throws away what has had its time.

use chrono::TimeDelta;

use crate::app::App;
use crate::http::idempotency;
use crate::session::token;

/// How long a link that is over is kept.
const TOKENS_KEPT: TimeDelta = TimeDelta::days(7);
const DELIVERIES_KEPT: TimeDelta = TimeDelta::days(30);
const COUNTS_KEPT: TimeDelta = TimeDelta::days(1);
/// How long a session that has ended is still shown to its owner.
const SESSIONS_KEPT: TimeDelta = TimeDelta::days(30);
/// How long a stream can be resumed.
const EVENTS_KEPT: TimeDelta = TimeDelta::days(3);
const DONE_KEPT: TimeDelta = TimeDelta::days(1);
const FAILED_KEPT: TimeDelta = TimeDelta::days(90);

/// Links, mail that was sent, counts of guesses, replies kept for retries.
pub async fn accounts(app: &App) -> anyhow::Result<()> {
    let (now, conn) = (app.now(), &mut *app.db.conn().await?);
    db::account_token::sweep(conn, now - TOKENS_KEPT).await?;
    db::delivery::sweep(conn, now - DELIVERIES_KEPT).await?;
    db::throttle::sweep(conn, now - COUNTS_KEPT).await?;
    db::idempotency::sweep(conn, now - idempotency::KEPT_FOR).await?;
    Ok(())
}

/// Sessions that nobody can use any more, when their owner has had time to look at them.
pub async fn sessions(app: &App) -> anyhow::Result<()> {
    let now = app.now();
    let ended = now - SESSIONS_KEPT;
    let used = ended - token::refresh_lifetime();
    Ok(db::session::sweep(&mut *app.db.conn().await?, now, ended, used).await?)
}

/// Events that were told, and jobs that are done or that nobody asks for any more.
pub async fn queue(app: &App) -> anyhow::Result<()> {
    let (now, conn) = (app.now(), &mut *app.db.conn().await?);
    db::outbox::sweep(conn, now - EVENTS_KEPT).await?;
    Ok(db::job::sweep(conn, now - DONE_KEPT, now - FAILED_KEPT).await?)
}
