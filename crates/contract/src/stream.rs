//! What happens, as it happens: server-sent events.

use contract_macros::wire;
use domain::id::{AnnouncementId, ServiceRequestId};
use domain::service_request::RequestStatus;

use crate::endpoint::{Access, Endpoint, Method};
#[cfg(feature = "server")]
use crate::rules;

/// Query: [`StreamQuery`]. The reply is no JSON, but a stream of events (see `docs/API.md`).
pub const OPEN: Endpoint<(), ()> =
    Endpoint::new("open_stream", Method::Get, "/account/stream", Access::SignedIn);

#[wire(query)]
#[derive(Default)]
pub struct StreamQuery {
    /// Ends the stream after so many seconds, for callers behind a proxy that cuts it: 0 to 3600. It stays open without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::stream_seconds"))]
    pub seconds: Option<u16>,
}

/// The names of the events.
pub const REQUEST: &str = "request";
pub const UNREAD: &str = "unread";
pub const ANNOUNCEMENT: &str = "announcement";
/// Too much has happened since the id that was named: what is shown must be asked for anew.
pub const RESYNC: &str = "resync";

/// The data of `request`: one that the user may see has changed.
#[wire]
pub struct RequestChanged {
    /// The community's slug.
    pub community: String,
    pub number: String,
    pub id: ServiceRequestId,
    pub status: RequestStatus,
    pub version: i32,
    /// What happened; none where that is told to staff only.
    pub event: Option<String>,
}

/// The data of `announcement`: one that the user may see has changed, or who has read it, or what is said of it.
#[wire]
pub struct AnnouncementChanged {
    /// The community's slug.
    pub community: String,
    pub id: AnnouncementId,
}

/// The data of `unread`: how many notifications the user has not read.
#[wire]
pub struct Unread {
    pub unread: i64,
}
