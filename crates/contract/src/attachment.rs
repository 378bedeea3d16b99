//! Photos and documents: uploaded first, then named by the request, the action or the comment that they belong to.

use contract_macros::wire;
use domain::id::AttachmentId;
use domain::role::Permission;
use domain::service_request::AttachmentKind;

use crate::endpoint::{Access, Endpoint, Method};
#[cfg(feature = "server")]
use crate::rules;

/// Body: `multipart/form-data` with one part `file`. What nobody names within a day is thrown away.
pub const UPLOAD: Endpoint<(), Attachment> = Endpoint::new(
    "upload_attachment",
    Method::Post,
    "/communities/{community}/attachments",
    Access::Needs(Permission::RequestsReport),
);
/// Query: [`SignedQuery`]. The address as a whole comes from the resources that have files.
pub const DOWNLOAD: Endpoint<(), ()> =
    Endpoint::new("download_file", Method::Get, "/files/{id}/{variant}", Access::Public);

/// Takes back an upload that nothing names yet.
pub const REMOVE: Endpoint<(), ()> = Endpoint::new(
    "remove_attachment",
    Method::Delete,
    "/communities/{community}/attachments/{id}",
    Access::Needs(Permission::RequestsReport),
);

/// A photo or a document that was uploaded.
#[wire]
pub struct Attachment {
    pub id: AttachmentId,
    pub kind: AttachmentKind,
    /// Pixels; of documents 0.
    pub width: i32,
    pub height: i32,
    /// What a document is called; null for photos.
    pub name: Option<String>,
    /// In bytes; 0 where it is not known.
    pub size: i64,
    /// Signed addresses, good for ten to twenty minutes and for this session only. Documents have no thumbnail.
    pub thumbnail_url: Option<String>,
    pub url: String,
}

/// What makes an address of a file good.
#[wire(query)]
pub struct SignedQuery {
    /// The session that it was made for.
    pub sid: domain::id::SessionId,
    /// Until when, in seconds since 1970.
    pub exp: i64,
    #[validate(custom(function = "rules::signature"))]
    pub sig: String,
}
