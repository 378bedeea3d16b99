//! Service requests from report to closed.

mod bulk;
mod create;
mod find;
mod lifecycle;
mod list;
mod photos;
mod visibility;
