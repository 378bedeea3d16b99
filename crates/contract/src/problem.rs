//! What went wrong, as RFC 9457 problem details.

use contract_macros::wire;
use domain::community::MemberStatus;
use domain::member::MemberAction;
use domain::service_request::{RequestAction, RequestStatus};

/// Spells each kind of problem once, with the HTTP status that it always has.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal $status:literal,)*) => {
        /// The kinds of problems. Stable: clients and message files key on them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
        pub enum Code { $($(#[$doc])* #[serde(rename = $text)] $variant,)* }

        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];
            pub const fn as_str(self) -> &'static str { match self { $(Code::$variant => $text,)* } }
            /// The HTTP status.
            pub const fn status(self) -> u16 { match self { $(Code::$variant => $status,)* } }
        }
    };
}

codes! {
    /// The body is not JSON, or the path or query cannot be read.
    Malformed = "malformed" 400,
    NotSignedIn = "not_signed_in" 401,
    /// Wrong e-mail or password. Does not tell which.
    BadCredentials = "bad_credentials" 401,
    /// The password was right; the second factor is still needed.
    SecondFactorRequired = "second_factor_required" 401,
    /// The second factor is wrong, or has been used already.
    BadSecondFactor = "bad_second_factor" 401,
    NotAllowed = "not_allowed" 403,
    /// Somebody else chose the password: nothing else is possible before it is changed.
    PasswordChangeRequired = "password_change_required" 403,
    /// Also for what the caller may not know of.
    NotFound = "not_found" 404,
    MethodNotAllowed = "method_not_allowed" 405,
    /// The body did not arrive in time.
    TooSlow = "too_slow" 408,
    /// The action does not fit the present state.
    WrongState = "wrong_state" 409,
    /// Somebody else was faster.
    Stale = "stale" 409,
    /// Something like it exists already.
    Duplicate = "duplicate" 409,
    /// The professional cannot be given work now.
    AssigneeUnavailable = "assignee_unavailable" 409,
    /// The checklist has to be finished first.
    ChecklistUnfinished = "checklist_unfinished" 409,
    /// Nothing can be merged into that request.
    MasterUnfit = "master_unfit" 409,
    /// The time in which this was possible has passed.
    TooLate = "too_late" 409,
    /// It would leave the community without an admin.
    LastAdmin = "last_admin" 409,
    /// The first call with the same `Idempotency-Key` has not been answered yet.
    StillRunning = "still_running" 409,
    /// A link or a code that has been used, taken back or outlived.
    Gone = "gone" 410,
    /// `If-Match` names another version than the present one.
    PreconditionFailed = "precondition_failed" 412,
    TooLarge = "too_large" 413,
    UnsupportedMediaType = "unsupported_media_type" 415,
    /// Well-formed, but against the rules: `errors` names every fault.
    Invalid = "invalid" 422,
    /// The same `Idempotency-Key` came with another payload.
    KeyReused = "key_reused" 422,
    /// `If-Match` is needed here.
    PreconditionRequired = "precondition_required" 428,
    TooManyRequests = "too_many_requests" 429,
    Internal = "internal" 500,
    Unavailable = "unavailable" 503,
}

impl Code {
    /// The `type` of its problems: registered with IANA where there is one, else a page of this server.
    pub fn kind(self) -> String {
        const REGISTRY: &str = "https://iana.org/assignments/http-problem-types";
        match self {
            Code::TooManyRequests => format!("{REGISTRY}#quota-exceeded"),
            Code::Unavailable => format!("{REGISTRY}#temporary-reduced-capacity"),
            other => format!("/problems/{}", other.as_str()),
        }
    }
}

/// One problem, told once: `application/problem+json`.
#[wire]
pub struct Problem {
    /// Where this kind of problem is documented.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/problems/invalid")]
    pub kind: String,
    /// The same for every problem of this kind.
    pub title: String,
    /// The HTTP status.
    #[schema(example = 422)]
    pub status: u16,
    /// What happened this time, in the language asked for. Not for parsing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The id of the request that failed, for support.
    #[schema(format = "uri", example = "urn:uuid:0197b1b0-7d5c-7cc0-a6a0-0d4bb3f6a6c1")]
    pub instance: String,
    pub code: Code,
    /// Every fault of an invalid input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// For a conflict of states: where the resource stands now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_status: Option<RequestStatus>,
    /// For a conflict of states: what the caller could do instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_actions: Option<Vec<RequestAction>>,
    /// For too many requests: the rate limits that were passed, as `RateLimit-Policy` names them.
    #[serde(default, rename = "violated-policies", skip_serializing_if = "Vec::is_empty")]
    pub violated_policies: Vec<String>,
    /// The same of a membership: where it stands now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_status: Option<MemberStatus>,
    /// What the caller could do with the membership instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_actions: Option<Vec<MemberAction>>,
}

/// One fault of an input. The rejected value itself is never echoed.
#[wire]
pub struct FieldError {
    /// Where in the body, as a JSON pointer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "#/title")]
    pub pointer: Option<String>,
    /// Which parameter of the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Which header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// `required`, `too_long`, `unknown_field`, `wrong_type`, …
    #[schema(example = "too_long")]
    pub code: String,
    /// Figures that belong into the sentence, such as `max`.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    #[schema(value_type = Object)]
    pub params: serde_json::Map<String, serde_json::Value>,
    /// A sentence in the language asked for.
    pub detail: String,
}

impl FieldError {
    /// The name of the field at the top level of the body, if the fault is there.
    pub fn field(&self) -> Option<&str> {
        let pointer = self.pointer.as_deref()?.strip_prefix("#/")?;
        pointer.split('/').next()
    }
}
