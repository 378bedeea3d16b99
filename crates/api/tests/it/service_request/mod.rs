//! Service requests from report to closed.

mod create;
mod editing;
mod lifecycle;
mod list;
mod merging;
mod photos;
mod teams;
mod visibility;
mod workflow;
