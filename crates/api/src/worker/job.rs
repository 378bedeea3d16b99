//! Doing the jobs of the queue, one at a time and lane by lane.

use std::panic::AssertUnwindSafe;

use chrono::TimeDelta;
use db::job::{Outcome, Row};
use domain::job::{Job, Lane, pause};
use futures_util::FutureExt as _;

use super::mail::Mailer;
use super::{Stop, digest, letter, sweep, tell};
use crate::app::App;
use crate::attachment;

/// How long a job in hand may still take when the process is to end.
const GRACE: std::time::Duration = std::time::Duration::from_secs(20);

/// Does what is due in a lane, until nothing is or it is told to stop.
pub async fn all(app: &App, mailer: &Mailer, lane: Lane, stop: &Stop) -> anyhow::Result<()> {
    while !*stop.borrow() && next(app, mailer, lane, stop).await? {}
    Ok(())
}

/// Does the most urgent job of a lane; answers whether there was one.
pub async fn next(app: &App, mailer: &Mailer, lane: Lane, stop: &Stop) -> anyhow::Result<bool> {
    let now = app.now();
    let Some(row) = app.db.transaction(async |tx| db::job::claim(tx, lane, now).await).await? else {
        return Ok(false);
    };
    let outcome = attempt(app, mailer, &row, stop).await;
    if let Outcome::Later(_, error) | Outcome::Failed(error) = &outcome {
        tracing::warn!(error, kind = %row.kind, id = %row.id, attempts = row.attempts, "a job could not be done");
    }
    let conn = &mut *app.db.conn().await?;
    if !db::job::settle(conn, &row, outcome, app.now()).await? {
        tracing::warn!(kind = %row.kind, id = %row.id, "somebody else has taken this job over");
    }
    Ok(true)
}

async fn attempt(app: &App, mailer: &Mailer, row: &Row, stop: &Stop) -> Outcome {
    let last = row.attempts >= row.kind.attempts();
    let Some(job) = row.job() else { return Outcome::Failed("this version does not know the job".into()) };
    // Whoever had it before died with it each time.
    if row.attempts > row.kind.attempts() {
        return Outcome::Failed(row.last_error.clone().unwrap_or_else(|| "the worker died".into()));
    }
    let done = AssertUnwindSafe(work(app, mailer, job, last)).catch_unwind();
    let done = tokio::time::timeout(row.kind.patience(), done);
    let done = tokio::select! {
        done = done => done,
        () = over(stop.clone()) => return Outcome::GivenBack,
    };
    let error = match done {
        Ok(Ok(Ok(()))) => return Outcome::Done,
        Ok(Ok(Err(error))) => format!("{error:#}"),
        Ok(Err(_)) => "it panicked; the log says where".to_owned(),
        Err(_) => "it took too long".to_owned(),
    };
    if last {
        return Outcome::Failed(error);
    }
    let pause = TimeDelta::from_std(pause(row.attempts, rand::random())).unwrap_or_default();
    Outcome::Later(app.now() + pause, error)
}

/// Comes true when the process is to end and has waited long enough.
async fn over(mut stop: Stop) {
    // A sender that is gone without having said so stops nobody.
    if stop.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(GRACE).await;
}

/// What each job is. `last` says that it will not be tried again by itself.
async fn work(app: &App, mailer: &Mailer, job: Job, last: bool) -> anyhow::Result<()> {
    match job {
        Job::Tell { event } => tell::tell(app, event).await,
        Job::Mail { delivery } => letter::send(app, mailer, delivery, last).await,
        Job::Digest { community } => digest::write(app, community).await,
        Job::SweepUploads {} => attachment::sweep::rows(app).await,
        Job::SweepFiles {} => attachment::sweep::orphans(app).await,
        Job::SweepAccounts {} => sweep::accounts(app).await,
        Job::SweepSessions {} => sweep::sessions(app).await,
        Job::SweepQueue {} => sweep::queue(app).await,
    }
}
