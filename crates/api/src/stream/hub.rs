//! Who listens on this server. Each has a queue of a bounded length: whoever reads too slowly is cut off, and comes back
//! with the id of what they saw last.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actix_web::web::Bytes;
use contract::stream::{UNREAD, Unread};
use db::stream::Change;
use domain::id::{SessionId, UserId};
use futures_util::Stream;
use serde::Serialize;
use tokio::sync::mpsc;

use super::viewer::Viewer;

/// So much may wait for one reader.
const QUEUE: usize = 64;

/// One event of a stream, as it is written.
pub fn message(name: &str, id: Option<i64>, data: &impl Serialize) -> Vec<u8> {
    let id = id.map(|id| format!("id: {id}\n")).unwrap_or_default();
    let data = serde_json::to_string(data).unwrap_or_default();
    format!("{id}event: {name}\ndata: {data}\n\n").into_bytes()
}

#[derive(Default)]
pub struct Hub(Arc<Mutex<Listeners>>);

#[derive(Default)]
struct Listeners {
    next: u64,
    /// The last number that everybody has been told; none before there is a feed.
    position: Option<i64>,
    closed: bool,
    all: HashMap<u64, Listener>,
}

struct Listener {
    user: UserId,
    session: SessionId,
    viewer: Viewer,
    queue: mpsc::Sender<Bytes>,
}

/// Somebody who has just come.
pub struct Joined {
    pub position: i64,
    id: u64,
    queue: mpsc::Receiver<Bytes>,
    hub: Arc<Mutex<Listeners>>,
}

impl Drop for Joined {
    fn drop(&mut self) {
        lock(&self.hub).all.remove(&self.id);
    }
}

impl Joined {
    /// What they are told, until they go, are cut off, or have stayed so long.
    pub fn listen(self, stay: Duration) -> impl Stream<Item = Bytes> {
        let until = tokio::time::Instant::now().checked_add(stay);
        futures_util::stream::unfold(self, move |mut joined| async move {
            let next = match until {
                Some(until) => tokio::time::timeout_at(until, joined.queue.recv()).await.ok().flatten(),
                None => joined.queue.recv().await,
            };
            next.map(|bytes| (bytes, joined))
        })
    }
}

fn lock(listeners: &Mutex<Listeners>) -> MutexGuard<'_, Listeners> {
    // Nothing in here can be left half done.
    listeners.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Hub {
    /// None where the server is going, or has no feed.
    pub fn join(&self, user: UserId, session: SessionId, viewer: Viewer) -> Option<Joined> {
        let mut listeners = lock(&self.0);
        let position = listeners.position.filter(|_| !listeners.closed)?;
        let (sender, queue) = mpsc::channel(QUEUE);
        let id = listeners.next;
        listeners.next += 1;
        listeners.all.insert(id, Listener { user, session, viewer, queue: sender });
        Some(Joined { position, id, queue, hub: Arc::clone(&self.0) })
    }

    /// Ends all streams, and lets nobody in any more.
    pub fn close(&self) {
        let mut listeners = lock(&self.0);
        listeners.closed = true;
        listeners.all.clear();
    }

    pub fn is_closed(&self) -> bool {
        lock(&self.0).closed
    }

    pub fn position(&self) -> Option<i64> {
        lock(&self.0).position
    }

    pub fn begin(&self, position: i64) {
        lock(&self.0).position.get_or_insert(position);
    }

    pub fn len(&self) -> usize {
        lock(&self.0).all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn users(&self) -> Vec<UserId> {
        let users: HashSet<UserId> = lock(&self.0).all.values().map(|one| one.user).collect();
        users.into_iter().collect()
    }

    pub fn sessions(&self) -> Vec<SessionId> {
        let sessions: HashSet<SessionId> = lock(&self.0).all.values().map(|one| one.session).collect();
        sessions.into_iter().collect()
    }

    /// Cuts off all of `asked` that are not `alive`.
    pub fn keep(&self, asked: &[SessionId], alive: &[SessionId]) {
        let (asked, alive): (HashSet<_>, HashSet<_>) = (asked.iter().collect(), alive.iter().collect());
        lock(&self.0).all.retain(|_, one| !asked.contains(&one.session) || alive.contains(&one.session));
    }

    /// Gives everybody of `asked` what they may see now; who is in no community any more sees nothing.
    pub fn see(&self, asked: &[UserId], viewers: &HashMap<UserId, Viewer>) {
        let asked: HashSet<_> = asked.iter().collect();
        for one in lock(&self.0).all.values_mut().filter(|one| asked.contains(&one.user)) {
            one.viewer = viewers.get(&one.user).cloned().unwrap_or_default();
        }
    }

    /// Tells of changes, in order, those who may see them.
    pub fn tell(&self, changes: &[Change]) {
        let mut listeners = lock(&self.0);
        for change in changes {
            listeners.all.retain(|_, one| match one.viewer.told(one.user, change) {
                Some(told) => one.queue.try_send(told.into()).is_ok(),
                None => true,
            });
            listeners.position = Some(change.seq);
        }
    }

    pub fn tell_unread(&self, counts: &HashMap<UserId, i64>) {
        lock(&self.0).all.retain(|_, one| match counts.get(&one.user) {
            Some(unread) => {
                let told = message(UNREAD, None, &Unread { unread: *unread });
                one.queue.try_send(told.into()).is_ok()
            }
            None => true,
        });
    }

    /// Shows everybody, and whatever stands between, that the stream still stands.
    pub fn beat(&self) {
        lock(&self.0).all.retain(|_, one| one.queue.try_send(Bytes::from_static(b": \n\n")).is_ok());
    }
}
