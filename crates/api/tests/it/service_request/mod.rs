//! Service requests from report to closed.

mod create;
mod lifecycle;
mod list;
mod photos;
mod visibility;
