//! Service requests from report to closed.

mod bulk;
mod create;
mod editing;
mod find;
mod lifecycle;
mod list;
mod merging;
mod photos;
mod teams;
mod visibility;
mod workflow;
