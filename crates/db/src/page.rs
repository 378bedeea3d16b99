//! Keyset paging: a page begins after the last row of the one before, so nothing is skipped or shown twice.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Where a page begins, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyset {
    pub created_at: DateTime<Utc>,
    pub id: Uuid,
}
