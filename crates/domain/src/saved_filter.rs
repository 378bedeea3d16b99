//! Lists of requests that somebody comes back to, kept under a name.

use crate::role::Permission;
use crate::rule::Text;

/// How many filters of their own a member may keep.
pub const FILTERS_MAX: i64 = 50;
/// How many of others' are offered besides.
pub const SHARED_MAX: i64 = 200;
pub const NAME: Text = Text { min: 1, max: 60, lines: false };
/// What narrows the list, as it stands in its address.
pub const QUERY: Text = Text { min: 1, max: 2000, lines: false };
/// Who shares filters with all staff, and looks after those that are shared.
pub const SHARERS: Permission = Permission::RequestsTriage;
/// Who is offered what others share.
pub const READERS: Permission = Permission::RequestsViewAll;
