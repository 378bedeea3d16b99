//! Pages of other origins: whose may call, and what they may read.

use actix_cors::Cors;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
    AUTHORIZATION, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MATCH, IF_NONE_MATCH, LINK,
    LOCATION, RETRY_AFTER, VARY,
};

use super::{finish, idempotency, rates};
use crate::config::Edge;

/// What pages may read of an answer beside its body.
const EXPOSED: [HeaderName; 8] = [
    ETAG,
    LINK,
    LOCATION,
    RETRY_AFTER,
    idempotency::REPLAYED,
    finish::REQUEST_ID,
    rates::POLICY,
    rates::LIMIT,
];

/// Lets the pages of these origins call the API as its own pages do, and read what it says.
pub fn policy(edge: &Edge) -> Cors {
    edge.cors_origins
        .iter()
        .fold(Cors::default(), |cors, origin| cors.allowed_origin(origin))
        .allowed_methods(["GET", "HEAD", "POST", "PATCH", "PUT", "DELETE"])
        .allowed_headers([
            AUTHORIZATION,
            CONTENT_TYPE,
            IF_MATCH,
            IF_NONE_MATCH,
            idempotency::IDEMPOTENCY_KEY,
            finish::REQUEST_ID,
            HeaderName::from_static("traceparent"),
        ])
        .expose_headers(EXPOSED)
        .supports_credentials()
        .max_age(600)
}

/// Says the same of an answer whose request has been given up, and which the policy therefore does not get to see.
pub fn allow(headers: &mut HeaderMap, origin: Option<&str>, edge: &Edge) {
    let Some(origin) = origin.filter(|origin| edge.cors_origins.iter().any(|known| known == origin)) else {
        return;
    };
    let exposed = EXPOSED.map(|name| name.to_string()).join(", ");
    for (name, value) in [
        (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_str(origin)),
        (ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_str(&exposed)),
    ] {
        if let Ok(value) = value {
            headers.insert(name, value);
        }
    }
    headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    headers.append(VARY, HeaderValue::from_static("Origin"));
}
