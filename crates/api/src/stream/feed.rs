//! The one thread of a server that reads what is new for all who listen, and looks after their sessions and rights.
//!
//! It waits for the dispatcher's word on a connection of its own, and looks by itself in any case: a word that is lost
//! costs a second, nothing else. It begins with the first who listens.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use db::Db;
use domain::id::UserId;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::viewer;
use crate::app::{App, Shared};

const LOOK: Duration = Duration::from_secs(1);
/// How old what is known of sessions and rights may be.
const CHECK: Duration = Duration::from_secs(2);
const BEAT: Duration = Duration::from_secs(15);
/// How long it waits before it listens again on a connection that broke.
const AGAIN: Duration = Duration::from_secs(1);
const BATCH: i64 = 500;

/// Whether it has begun, for this server.
#[derive(Default)]
pub struct Begun(AtomicBool);

/// Begins it, unless somebody has; answers whether it reads.
pub async fn is_ready(app: &App) -> bool {
    if !app.feed.0.swap(true, Ordering::SeqCst) {
        let shared = Arc::downgrade(&app.shared);
        let url = app.config.database_url.clone();
        let begun = std::thread::Builder::new().name("stream".into()).spawn(move || work(&shared, &url));
        if let Err(error) = begun {
            tracing::error!(%error, "no thread for streams");
            app.feed.0.store(false, Ordering::SeqCst);
        }
    }
    let patience = Instant::now() + Duration::from_secs(5);
    while app.hub.position().is_none() && Instant::now() < patience {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    app.hub.position().is_some()
}

fn work(shared: &Weak<Shared>, url: &str) {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return tracing::error!(%error, "no runtime for streams"),
    };
    runtime.block_on(async {
        let bell = Notify::new();
        let listening = async {
            loop {
                if let Err(error) = db::stream::listen(url, || bell.notify_one()).await {
                    tracing::warn!(%error, "the word of what is new does not come; looking without it");
                }
                tokio::time::sleep(AGAIN).await;
            }
        };
        tokio::select! {
            () = listening => {}
            () = feeding(shared, url, &bell) => {}
        }
    });
}

/// Until the server is gone.
async fn feeding(shared: &Weak<Shared>, url: &str, bell: &Notify) {
    let Ok(db) = Db::new(url, 1) else { return };
    let (mut told, mut checked, mut beaten) = (None, Instant::now(), Instant::now());
    while let Some(shared) = shared.upgrade().filter(|shared| !shared.hub.is_closed()) {
        if let Err(error) = read(&shared, &db, &mut told).await {
            tracing::warn!(%error, "streams are behind");
        }
        if checked.elapsed() >= CHECK {
            match check(&shared, &db).await {
                Ok(()) => checked = Instant::now(),
                Err(error) => tracing::warn!(%error, "who listens could not be checked"),
            }
        }
        if beaten.elapsed() >= BEAT {
            shared.hub.beat();
            beaten = Instant::now();
        }
        drop(shared);
        let _ = tokio::time::timeout(LOOK, bell.notified()).await;
    }
}

/// Tells what is new. `told` is the number of the last notification that was.
async fn read(shared: &Shared, db: &Db, told: &mut Option<i64>) -> db::Result<()> {
    let conn = &mut *db.conn().await?;
    let Some(from) = *told else {
        *told = Some(db::stream::last_notification(conn).await?);
        shared.hub.begin(db::stream::bounds(conn).await?.1.unwrap_or_default());
        return Ok(());
    };
    loop {
        let (users, position) = (shared.hub.users(), shared.hub.position().unwrap_or_default());
        let changes = db::stream::list_changes(conn, &users, position, BATCH).await?;
        shared.hub.tell(&changes);
        if changes.len() < BATCH as usize {
            break;
        }
    }
    let mut from = from;
    loop {
        let rows = db::stream::list_told(conn, from, BATCH).await?;
        let Some((_, last)) = rows.last() else { break };
        from = *last;
        *told = Some(from);
        let here: HashSet<UserId> = shared.hub.users().into_iter().collect();
        let users: HashSet<UserId> =
            rows.iter().map(|(user, _)| *user).filter(|user| here.contains(user)).collect();
        let users: Vec<UserId> = users.into_iter().collect();
        let mut counts: HashMap<UserId, i64> = users.iter().map(|user| (*user, 0)).collect();
        counts.extend(db::stream::count_unread(conn, &users).await?);
        shared.hub.tell_unread(&counts);
    }
    Ok(())
}

/// Cuts off whose session has ended, and looks anew what the others may see: all of them at once.
async fn check(shared: &Shared, db: &Db) -> db::Result<()> {
    let (sessions, users) = (shared.hub.sessions(), shared.hub.users());
    if sessions.is_empty() {
        return Ok(());
    }
    let conn = &mut *db.conn().await?;
    shared.hub.keep(&sessions, &db::stream::alive(conn, &sessions).await?);
    let places = db::stream::list_places(conn, &users).await?;
    shared.hub.see(&users, &viewer::viewers(places, shared.now()));
    Ok(())
}
