//! What is the same for every operation: who is calling, what they sent, and how they are answered.

pub mod body;
pub mod caller;
pub mod cors;
pub mod error;
pub mod finish;
pub mod gate;
pub mod idempotency;
pub mod input;
pub mod json;
pub mod load;
pub mod page;
pub mod peer;
pub mod precondition;
pub mod rates;
pub mod tag;

use actix_web::dev::ServiceRequest;

/// The path as the router reads it, with its percent-encoding undone. Whoever decides by the path must decide by this
/// one: `/%61pi` is routed like `/api`.
pub fn routed_path(request: &ServiceRequest) -> &str {
    request.match_info().as_str()
}

/// Whether a path is a folder or lies below it.
pub fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
