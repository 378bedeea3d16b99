//! SQL lives here and nowhere else.
//!
//! A module per feature, with functions that take the connection first and then the scope: no function reads or
//! writes a community's table without being told which community. Callers see typed rows and [`Error`], never diesel.

pub mod account_token;
pub mod ambient;
pub mod announcement;
pub mod attachment;
pub mod audience;
pub mod audit;
pub mod category;
pub mod checklist;
pub mod comment;
pub mod community;
pub mod delivery;
pub mod demo;
pub mod due;
pub mod error;
pub mod follower;
pub mod idempotency;
pub mod invitation;
pub mod job;
pub mod member;
pub mod migrate;
pub mod notification;
pub mod notification_choice;
pub mod occupancy;
pub mod outbox;
pub mod page;
pub mod place;
pub mod professional;
pub mod recovery_code;
pub mod response_template;
pub mod saved_filter;
#[rustfmt::skip]
mod schema;
pub mod schedule;
pub mod sealed;
pub mod service_request;
pub mod session;
pub mod stream;
pub mod tag;
pub mod team;
pub mod throttle;
pub mod timeline;
pub mod user;

use std::time::Duration;

use diesel_async::pooled_connection::deadpool::{Object, Pool};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection, TransactionManager};
use futures_util::FutureExt;

pub use ambient::Held;
pub use error::{Error, Result};

/// A connection, whoever holds it.
pub type Conn = AsyncPgConnection;

/// How long a request waits for a connection before it is turned away, unless told otherwise.
pub const WAIT: Duration = Duration::from_secs(3);

/// The database: a pool of connections that are opened when they are first needed.
///
/// A connection's socket lives on the runtime that opened it, so a pool belongs to one runtime: each worker of the
/// server has its own (see `docs/adr/0003-connection-pool.md`).
#[derive(Clone)]
pub struct Db {
    pool: Pool<Conn>,
    wait: Duration,
}

impl Db {
    /// A pool of at most `size` connections to a `postgres://` URL. Opens none yet.
    pub fn new(url: &str, size: usize) -> Result<Self> {
        let mut config = ManagerConfig::<Conn>::default();
        config.recycling_method = RecyclingMethod::Fast;
        config.custom_setup = Box::new(|url: &str| {
            let url = url.to_owned();
            async move {
                let mut conn = Conn::establish(&url).await?;
                conn.batch_execute(
                    "set statement_timeout = '15s'; set idle_in_transaction_session_timeout = '30s'",
                )
                .await
                .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                Ok(conn)
            }
            .boxed()
        });
        let manager = AsyncDieselConnectionManager::new_with_config(url, config);
        let pool = Pool::builder(manager)
            .max_size(size)
            .build()
            .map_err(|broken| Error::Unavailable(broken.to_string()))?;
        Ok(Self { pool, wait: WAIT })
    }

    /// The same, with another patience.
    pub fn waiting(self, wait: Duration) -> Self {
        Self { wait, ..self }
    }

    /// A connection of its own statement by statement, for reading; that of the call in hand where it has one.
    pub async fn conn(&self) -> Result<Held> {
        match ambient::shared() {
            Some(shared) => shared,
            None => self.pooled().await.map(Held::Pooled),
        }
    }

    pub(crate) async fn pooled(&self) -> Result<Object<Conn>> {
        match tokio::time::timeout(self.wait, self.pool.get()).await {
            Ok(conn) => conn.map_err(|gone| Error::Unavailable(gone.to_string())),
            Err(_) => Err(Error::Unavailable("no connection became free in time".into())),
        }
    }

    /// Runs `work` in one transaction: committed when it answers `Ok`, rolled back when it does not (or is dropped).
    /// Within the transaction of a whole call it is a part of that, which can still be rolled back by itself.
    pub async fn transaction<T, E>(
        &self,
        work: impl AsyncFnOnce(&mut Conn) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E>
    where
        E: From<Error>,
    {
        type Manager = <Conn as AsyncConnection>::TransactionManager;
        let mut held = self.conn().await?;
        let conn: &mut Conn = &mut held;
        Manager::begin_transaction(conn).await.map_err(Error::from)?;
        match work(conn).await {
            Ok(done) => {
                Manager::commit_transaction(conn).await.map_err(Error::from)?;
                Ok(done)
            }
            Err(refused) => {
                // The first error is the one to tell; a connection that cannot roll back is not used again.
                let _ = Manager::rollback_transaction(conn).await;
                Err(refused)
            }
        }
    }
}
