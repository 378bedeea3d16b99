//! Everything that crosses the wire: one typed constant per operation, and the types that it takes and answers.
//!
//! The server's handlers, the browser's calls and the tests all use the same constants; a test holds them against
//! the generated OpenAPI document. Compiles to WebAssembly; the `server` feature adds validation and schemas.

pub mod account;
pub mod announcement;
pub mod attachment;
pub mod audience;
pub mod audit;
pub mod bulk;
pub mod category;
pub mod checklist;
pub mod comment;
pub mod community;
pub mod delivery;
pub mod endpoint;
pub mod invitation;
pub mod job;
pub mod member;
pub mod notification;
pub mod page;
mod patch;
pub mod problem;
pub mod public;
pub mod response_template;
#[cfg(feature = "server")]
pub mod rules;
pub mod saved_filter;
pub mod service_request;
pub mod session;
pub mod stream;
pub mod team;
pub mod unit;
pub mod zone;

use endpoint::Operation;

/// Where the API begins.
pub const BASE_PATH: &str = "/api/v1";

/// The whole API as one list.
pub const OPERATIONS: &[Operation] = &[
    session::SIGN_IN.operation,
    session::REFRESH.operation,
    session::SIGN_OUT.operation,
    session::LIST.operation,
    session::REVOKE.operation,
    session::REVOKE_ALL.operation,
    account::SHOW.operation,
    account::JOIN.operation,
    invitation::PREVIEW.operation,
    invitation::WELCOME.operation,
    account::UPDATE.operation,
    account::REGISTER.operation,
    account::VERIFY.operation,
    account::ASK_PASSWORD_RESET.operation,
    account::RESET_PASSWORD.operation,
    account::CHANGE_PASSWORD.operation,
    account::CHANGE_EMAIL.operation,
    account::CONFIRM_EMAIL.operation,
    account::START_TOTP.operation,
    account::CONFIRM_TOTP.operation,
    account::REMOVE_TOTP.operation,
    account::RENEW_RECOVERY_CODES.operation,
    notification::LIST.operation,
    notification::MARK_READ.operation,
    notification::MARK_ONE.operation,
    notification::CHOICES.operation,
    notification::CHOOSE.operation,
    notification::UNSUBSCRIBE.operation,
    delivery::LIST.operation,
    delivery::FIGURES.operation,
    stream::OPEN.operation,
    job::SHOW.operation,
    job::LIST_FAILED.operation,
    job::RETRY.operation,
    community::VERSION.operation,
    community::LIST.operation,
    community::SHOW.operation,
    community::SETTINGS.operation,
    community::UPDATE_SETTINGS.operation,
    community::CATEGORIES.operation,
    community::ZONES.operation,
    community::UNITS.operation,
    community::PROFESSIONALS.operation,
    member::LIST.operation,
    member::SHOW.operation,
    member::ADD.operation,
    member::UPDATE.operation,
    member::SET_ROLES.operation,
    member::ACT.operation,
    member::SET_PASSWORD.operation,
    invitation::LIST.operation,
    invitation::CREATE.operation,
    invitation::INVITE_MANY.operation,
    invitation::REVOKE.operation,
    attachment::UPLOAD.operation,
    attachment::DOWNLOAD.operation,
    attachment::REMOVE.operation,
    comment::LIST.operation,
    comment::CREATE.operation,
    comment::UPDATE.operation,
    comment::REMOVE.operation,
    comment::HISTORY.operation,
    comment::PEOPLE.operation,
    service_request::LIST.operation,
    bulk::BOARD.operation,
    bulk::ACT.operation,
    service_request::CREATE.operation,
    service_request::SHOW.operation,
    service_request::ACT.operation,
    service_request::UPDATE.operation,
    service_request::UPDATE_HANDLING.operation,
    service_request::FOLLOW.operation,
    service_request::UNFOLLOW.operation,
    service_request::TAGS.operation,
    team::LIST.operation,
    team::SHOW.operation,
    team::CREATE.operation,
    team::UPDATE.operation,
    team::ARCHIVE.operation,
    audit::LIST.operation,
    audit::EXPORT.operation,
    audit::LIST_OF_PLATFORM.operation,
    category::SHOW.operation,
    category::CREATE.operation,
    category::ORDER.operation,
    category::UPDATE.operation,
    category::ACT.operation,
    checklist::TICK.operation,
    public::COMMUNITY.operation,
    public::LIST.operation,
    public::SHOW.operation,
    public::REPORT.operation,
    public::SHOW_REPORT.operation,
    public::ACT.operation,
    public::COMMENT.operation,
    public::UPLOAD.operation,
    response_template::LIST.operation,
    response_template::CREATE.operation,
    response_template::UPDATE.operation,
    response_template::DELETE.operation,
    response_template::FILLED.operation,
    saved_filter::LIST.operation,
    saved_filter::CREATE.operation,
    saved_filter::UPDATE.operation,
    saved_filter::DELETE.operation,
    unit::SHOW.operation,
    unit::CREATE.operation,
    unit::UPDATE.operation,
    unit::ADD_OCCUPANCY.operation,
    unit::UPDATE_OCCUPANCY.operation,
    unit::END_OCCUPANCY.operation,
    zone::SHOW.operation,
    zone::CREATE.operation,
    zone::ORDER.operation,
    zone::UPDATE.operation,
    audience::COUNT.operation,
    announcement::CATEGORIES.operation,
    announcement::CREATE_CATEGORY.operation,
    announcement::UPDATE_CATEGORY.operation,
    announcement::LIST.operation,
    announcement::CREATE.operation,
    announcement::SHOW.operation,
    announcement::UPDATE.operation,
    announcement::DELETE.operation,
    announcement::ACT.operation,
    announcement::PREVIEW.operation,
    announcement::RECEIVE.operation,
    announcement::OPEN_MAILED.operation,
    announcement::UNREAD.operation,
    announcement::FIGURES.operation,
    announcement::RECIPIENTS.operation,
    announcement::REMIND.operation,
    announcement::VERSIONS.operation,
    announcement::COMMUNICATION.operation,
    announcement::COMMENTS.operation,
    announcement::COMMENT.operation,
    announcement::UPDATE_COMMENT.operation,
    announcement::REMOVE_COMMENT.operation,
];
