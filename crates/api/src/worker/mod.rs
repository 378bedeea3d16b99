//! What happens outside of requests: telling people, sending mail, and what time itself does.

mod account_mail;
pub(crate) mod mail;
mod seal;
mod tell;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use db::service_request::Key;
use domain::community::Settings;
use domain::service_request::RequestAction;

use crate::app::{App, Shared};
use crate::attachment::sweep;
use crate::audit::anchor;
use crate::service_request::act;
use crate::session::token;

/// How often it looks, when nobody rings.
const LOOK: Duration = Duration::from_secs(1);
/// How often what has had its time is thrown away, and the day's anchor thought of.
const SWEEP: Duration = Duration::from_secs(60);
/// How long a session that has ended is still shown to its owner.
const SESSIONS_KEPT: TimeDelta = TimeDelta::days(30);
/// How many rows of a kind it takes in one go.
const BATCH: i64 = 100;

/// Works until the process ends. Needs a runtime of its own thread.
pub async fn run(shared: Arc<Shared>) -> anyhow::Result<()> {
    let app = App { db: db::Db::new(&shared.config.database_url, 2)?, shared };
    let mailer = mail::Mailer::new(&app.config)?;
    // Side by side: a mail server that does not answer must not keep people from hearing in the app.
    let telling = async {
        loop {
            warn(tell(&app).await);
            let _ = tokio::time::timeout(LOOK, app.outbox_bell.notified()).await;
        }
    };
    let sending = async {
        loop {
            warn(send(&app, &mailer).await);
            tokio::time::sleep(LOOK).await;
        }
    };
    let sweeping = async {
        loop {
            warn(account_mail::sweep(&app).await);
            warn(sweep_sessions(&app).await);
            warn(sweep::orphans(&app).await);
            warn(anchor::daily(&app, &mailer).await);
            tokio::time::sleep(SWEEP).await;
        }
    };
    let sealing = async {
        loop {
            warn(seal::round(&app).await);
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::join!(telling, sending, sweeping, sealing);
    Ok(())
}

fn warn(round: anyhow::Result<()>) {
    if let Err(error) = round {
        tracing::warn!(%error, "the worker could not finish its round and tries again");
    }
}

/// Does everything that is due now, and no more.
pub async fn drain(app: &App) -> anyhow::Result<()> {
    let mailer = mail::Mailer::new(&app.config)?;
    tell(app).await?;
    seal::round(app).await?;
    send(app, &mailer).await?;
    anchor::daily(app, &mailer).await?;
    account_mail::sweep(app).await?;
    sweep::orphans(app).await?;
    sweep_sessions(app).await
}

/// Throws away sessions that nobody can use any more, when their owner has had time to look at them.
async fn sweep_sessions(app: &App) -> anyhow::Result<()> {
    let now = app.now();
    let ended = now - SESSIONS_KEPT;
    let used = ended - token::refresh_lifetime();
    Ok(db::session::sweep(&mut *app.db.conn().await?, now, ended, used).await?)
}

async fn tell(app: &App) -> anyhow::Result<()> {
    pass_time(app).await?;
    sweep::rows(app).await?;
    while tell::next(app).await? {}
    Ok(())
}

async fn send(app: &App, mailer: &mail::Mailer) -> anyhow::Result<()> {
    while mail::next(app, mailer).await? {}
    while account_mail::next(app, mailer).await? {}
    Ok(())
}

/// Closes what nobody has answered, and takes up what was on hold until now.
async fn pass_time(app: &App) -> anyhow::Result<()> {
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
    }
    Ok(())
}
