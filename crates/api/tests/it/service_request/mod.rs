//! Service requests from report to closed.

mod lifecycle;
