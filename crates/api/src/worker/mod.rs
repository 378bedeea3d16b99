//! What happens outside of requests: telling people, sending mail, and what time itself does.

mod clock;
pub mod cron;
mod crowd;
mod digest;
pub mod dispatch;
mod job;
mod letter;
pub(crate) mod mail;
mod seal;
mod sweep;
mod tell;

pub use letter::UNSUBSCRIBE;

use std::sync::Arc;
use std::time::Duration;

use domain::job::Lane;
use tokio::sync::watch;

use crate::app::{App, Shared};
use crate::audit::anchor;

/// How often it looks, when nobody rings.
const LOOK: Duration = Duration::from_secs(1);
/// How often the day's anchor is thought of.
const ANCHOR: Duration = Duration::from_secs(60);
/// Who works side by side: a mail server that does not answer must not keep people from hearing in the app.
const WORKERS: [Lane; 4] = [Lane::Inside, Lane::Inside, Lane::Outside, Lane::Outside];

/// Becomes true when the process is to end. Whoever waits for something else waits for this, too.
pub type Stop = watch::Receiver<bool>;

/// Works until it is told to stop; then finishes what it has in hand. Needs a runtime of its own thread.
pub async fn run(shared: Arc<Shared>, stop: Stop) -> anyhow::Result<()> {
    let app = App { db: db::Db::new(&shared.config.database_url, WORKERS.len() + 2)?, shared };
    let mailer = mail::Mailer::new(&app.config)?;
    let dispatching = again(&stop, LOOK, Some(&app.outbox_bell), async || dispatch::all(&app).await);
    let working = futures_util::future::join_all(WORKERS.map(|lane| {
        let (app, mailer, stop) = (&app, &mailer, &stop);
        again(stop, LOOK, Some(&app.jobs_bell), async move || job::all(app, mailer, lane, stop).await)
    }));
    let ticking = again(&stop, LOOK, None, async || {
        clock::round(&app).await?;
        cron::round(&app).await
    });
    let sealing = again(&stop, LOOK, None, async || seal::round(&app).await);
    let anchoring = again(&stop, ANCHOR, None, async || anchor::daily(&app, &mailer).await);
    tokio::join!(dispatching, working, ticking, sealing, anchoring);
    Ok(())
}

/// Does something again and again: when the bell rings, and after a pause in any case.
async fn again(
    stop: &Stop,
    pause: Duration,
    bell: Option<&tokio::sync::Notify>,
    mut round: impl AsyncFnMut() -> anyhow::Result<()>,
) {
    let mut stop = stop.clone();
    while !*stop.borrow() {
        if let Err(error) = round().await {
            tracing::warn!(%error, "the worker could not finish its round and tries again");
        }
        let rung = async {
            match bell {
                Some(bell) => bell.notified().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = rung => {}
            () = tokio::time::sleep(pause) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Does everything that is due now, and no more.
pub async fn drain(app: &App) -> anyhow::Result<()> {
    let mailer = mail::Mailer::new(&app.config)?;
    let (_never, stop) = watch::channel(false);
    clock::round(app).await?;
    cron::round(app).await?;
    loop {
        let dispatched = dispatch::next(app).await?;
        let mut worked = false;
        for lane in [Lane::Inside, Lane::Outside] {
            while job::next(app, &mailer, lane, &stop).await? {
                worked = true;
            }
        }
        if dispatched == 0 && !worked {
            break;
        }
    }
    seal::round(app).await?;
    anchor::daily(app, &mailer).await
}
