//! Lists: one page at a time, by cursor.

use domain::rule::PAGE_SIZE;
use serde::{Deserialize, Serialize};

/// The largest page, and the one you get unless you ask.
pub const LIMIT_MAX: u16 = PAGE_SIZE.max;
pub const LIMIT_DEFAULT: u16 = 50;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub data: Vec<T>,
    /// Give it back as `cursor` for the page after this one; null on the last.
    pub next_cursor: Option<String>,
}
