//! The dispatcher: numbers what has been committed, queues its telling, and wakes those who listen. One at a time over
//! all processes; the others find it busy and look again.

use crate::app::App;

/// How many rows of a kind it takes in one go.
const BATCH: i32 = 500;

/// Dispatches what there is, and has the workers look.
pub async fn all(app: &App) -> anyhow::Result<()> {
    while next(app).await? > 0 {
        app.jobs_bell.notify_waiters();
    }
    Ok(())
}

/// Answers how much it was.
pub async fn next(app: &App) -> anyhow::Result<usize> {
    let now = app.now();
    Ok(app.db.transaction(async |tx| db::outbox::dispatch(tx, BATCH, now).await).await?)
}
