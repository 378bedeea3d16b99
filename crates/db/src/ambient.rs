//! One transaction around a whole call, without its functions knowing: while it lasts, [`Db::conn`] and
//! [`Db::transaction`] hand out its one connection instead of one of the pool.

use std::cell::RefCell;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;
use std::sync::Arc;

use diesel_async::pooled_connection::deadpool::Object;
use diesel_async::{AsyncConnection, TransactionManager};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::{Conn, Db, Error, Result};

struct Ambient {
    conn: Arc<Mutex<Object<Conn>>>,
    /// What waits for the commit.
    after: RefCell<Vec<Box<dyn FnOnce()>>>,
}

tokio::task_local! {
    static AMBIENT: Option<Rc<Ambient>>;
}

/// How a whole call ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Commit,
    RollBack,
}

/// A connection of the pool, or a turn with the one of the call in hand.
#[expect(clippy::large_enum_variant, reason = "one at a time, on the stack, for a moment")]
pub enum Held {
    Pooled(Object<Conn>),
    Shared(OwnedMutexGuard<Object<Conn>>),
}

impl Deref for Held {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        match self {
            Held::Pooled(conn) => conn,
            Held::Shared(conn) => conn,
        }
    }
}

impl DerefMut for Held {
    fn deref_mut(&mut self) -> &mut Conn {
        match self {
            Held::Pooled(conn) => conn,
            Held::Shared(conn) => conn,
        }
    }
}

/// A turn with the connection of the call in hand, if there is such a call. Taking a second one while the first is
/// still held is a fault of ours, told instead of waited for: it would wait for ever.
pub(crate) fn shared() -> Option<Result<Held>> {
    let conn = AMBIENT.try_with(|ambient| ambient.as_ref().map(|it| Arc::clone(&it.conn))).ok().flatten()?;
    Some(conn.try_lock_owned().map(Held::Shared).map_err(|_| Error::Held))
}

/// Does something once what was written cannot be taken back: at once, or after the commit of the call in hand. What
/// is rolled back never happened, so nothing is done after it.
pub fn after_commit(then: impl FnOnce() + 'static) {
    let waiting = AMBIENT.try_with(Clone::clone).ok().flatten();
    match waiting {
        Some(ambient) => ambient.after.borrow_mut().push(Box::new(then)),
        None => then(),
    }
}

/// Runs `work` beside the transaction of the call in hand: what it writes stays, whatever becomes of the call. For
/// counting what went wrong.
pub async fn apart<T>(work: impl Future<Output = T>) -> T {
    AMBIENT.scope(None, work).await
}

type Manager = <Conn as AsyncConnection>::TransactionManager;

/// The one transaction of a whole call. Dropped before its end, it never happened.
pub struct Whole(Rc<Ambient>);

impl Db {
    pub async fn whole(&self) -> Result<Whole> {
        let mut conn = self.pooled().await?;
        Manager::begin_transaction(&mut *conn).await?;
        Ok(Whole(Rc::new(Ambient { conn: Arc::new(Mutex::new(conn)), after: RefCell::default() })))
    }
}

impl Whole {
    /// Does a part of the call within it.
    pub async fn run<T>(&self, work: impl Future<Output = T>) -> T {
        AMBIENT.scope(Some(Rc::clone(&self.0)), work).await
    }

    pub async fn end(self, ending: Ending) -> Result<()> {
        let mut conn = self.0.conn.try_lock().map_err(|_| Error::Held)?;
        match ending {
            Ending::Commit => {
                Manager::commit_transaction(&mut **conn).await?;
                drop(conn);
                self.0.after.take().into_iter().for_each(|then| then());
            }
            Ending::RollBack => {
                // A connection that cannot roll back is not used again.
                let _ = Manager::rollback_transaction(&mut **conn).await;
            }
        }
        Ok(())
    }
}
