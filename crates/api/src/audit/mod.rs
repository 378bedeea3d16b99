//! The audit trail: written in the transaction of the act, sealed soon after by the worker, read by those who may.

mod entry;

pub use entry::{Entry, record};
