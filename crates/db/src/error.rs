//! What can go wrong with the database, in the words of its callers.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind};

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such row in this scope.
    #[error("not found")]
    NotFound,
    /// A guarded update found the row changed by somebody else.
    #[error("changed by somebody else")]
    Stale,
    /// A unique or exclusion constraint refused the row. Holds the constraint's name.
    #[error("refused by {0}")]
    Conflict(String),
    /// No connection was to be had in time.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// The call in hand has one connection, and holds it already: a fault of ours.
    #[error("the connection of this call is held already: let go of it before taking it again")]
    Held,
    #[error(transparent)]
    Other(diesel::result::Error),
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::Error::{DatabaseError, NotFound};
        let name =
            |info: &dyn DatabaseErrorInformation| info.constraint_name().unwrap_or_default().to_owned();
        match error {
            NotFound => Error::NotFound,
            DatabaseError(
                DatabaseErrorKind::UniqueViolation | DatabaseErrorKind::ExclusionViolation,
                info,
            ) => Error::Conflict(name(&*info)),
            DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                info,
            ) => Error::Unavailable(info.message().to_owned()),
            DatabaseError(DatabaseErrorKind::Unknown, info) if passes(info.message()) => {
                Error::Unavailable(info.message().to_owned())
            }
            other => Error::Other(other),
        }
    }
}

/// Whether trying again may help: the server restarts, is overrun, or took too long. diesel keeps no SQLSTATE, so
/// PostgreSQL's words (in English, the default of `lc_messages`) have to do.
fn passes(message: &str) -> bool {
    [
        "terminating connection",
        "the database system is",
        "canceling statement due to statement timeout",
        "canceling statement due to lock timeout",
        "deadlock detected",
        "sorry, too many clients already",
        "remaining connection slots are reserved",
    ]
    .iter()
    .any(|beginning| message.starts_with(beginning))
}
