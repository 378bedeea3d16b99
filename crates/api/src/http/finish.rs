//! The last touch on every answer: its request id, its headers, and problems put into words.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError, web};
use contract::problem::{Code, Problem};
use tracing::Instrument;
use uuid::Uuid;

use super::error::Error;
use super::{cors, is_below, routed_path};
use crate::app::App;

pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TRACE_PARENT: HeaderName = HeaderName::from_static("traceparent");
/// What a `PATCH` takes.
pub const PATCHES: &str = "application/merge-patch+json, application/json";

pub async fn finish(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let call = Call::of(&request);
    request.extensions_mut().insert(RequestId(call.id));
    let app = request.app_data::<web::Data<App>>().cloned();
    // Whoever answers a GET answers a HEAD; its body is left out when it is sent.
    if call.method == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let started = std::time::Instant::now();
    let (id, trace) = (&call.echoed, call.trace.as_deref());
    let span = tracing::info_span!("request", id, trace, method = %call.method, route = call.route);
    // Who was given up on has no request any more, only an error.
    let (request, mut response) = match next.call(request).instrument(span.clone()).await {
        Ok(answered) => {
            let (request, response) = answered.map_into_boxed_body().into_parts();
            (Some(request), response)
        }
        Err(error) => (None, error.error_response()),
    };
    let failure = response.extensions().get::<Error>().cloned();
    let failure = failure.or_else(|| call.is_api.then(|| unexplained(&response)).flatten());
    if let (Some(error), Some(app)) = (failure, &app) {
        let answer = in_words(&error, app, &call, response.headers());
        response = answer;
    }
    if let (None, Some(app)) = (&request, &app) {
        cors::allow(response.headers_mut(), call.origin.as_deref(), &app.config.edge);
    }
    let is_https = app.as_ref().is_some_and(|app| app.config.public_url.starts_with("https://"));
    let is_shared = app.is_some_and(|app| !app.config.edge.cors_origins.is_empty());
    let headers = response.headers_mut();
    protect(headers, is_https, is_shared);
    if call.is_api {
        set(headers, header::CACHE_CONTROL, "private, no-store");
        vary(headers, &["Accept-Encoding", "Accept-Language", "Authorization"]);
    }
    set(headers, header::CACHE_CONTROL, "no-cache");
    if let Ok(value) = HeaderValue::from_str(&call.echoed) {
        headers.insert(REQUEST_ID, value);
    }
    let (status, millis) = (response.status(), started.elapsed().as_millis());
    span.in_scope(|| match status.as_u16() {
        500 => tracing::error!(uuid = %call.id, status = 500, millis, "answered"),
        501.. => tracing::warn!(uuid = %call.id, status = status.as_u16(), millis, "answered"),
        status => tracing::debug!(uuid = %call.id, status, millis, "answered"),
    });
    match request {
        Some(request) => Ok(ServiceResponse::new(request, response)),
        None => Err(InternalError::from_response("given up", response).into()),
    }
}

/// The id of the request in hand.
#[derive(Debug, Clone, Copy)]
pub struct RequestId(pub Uuid);

/// What is known of a call before it is looked at.
struct Call {
    id: Uuid,
    /// The id as the caller gave it, which need not be a UUID.
    echoed: String,
    /// Of a trace that it is a part of (W3C Trace Context).
    trace: Option<String>,
    method: Method,
    /// The pattern of its address. Addresses themselves can carry secrets, and are not for the log.
    route: String,
    language: Option<String>,
    /// Whose page makes it, where it is a page.
    origin: Option<String>,
    is_api: bool,
}

impl Call {
    fn of(request: &ServiceRequest) -> Self {
        let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
        let given = text(REQUEST_ID).filter(|id| is_safe_id(id));
        let id = given.and_then(|id| id.parse().ok()).unwrap_or_else(Uuid::now_v7);
        Self {
            id,
            echoed: given.map_or_else(|| id.to_string(), str::to_owned),
            trace: text(TRACE_PARENT).and_then(trace_id).map(str::to_owned),
            method: request.method().clone(),
            route: request.match_pattern().unwrap_or_else(|| "none".to_owned()),
            language: text(header::ACCEPT_LANGUAGE).map(str::to_owned),
            origin: text(header::ORIGIN).map(str::to_owned),
            is_api: is_below(routed_path(request), "/api"),
        }
    }
}

/// Goes into logs and headers as it is.
fn is_safe_id(id: &str) -> bool {
    (8..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b))
}

/// The trace of `version-trace-parent-flags`.
fn trace_id(header: &str) -> Option<&str> {
    let trace = header.split('-').nth(1)?;
    (trace.len() == 32 && trace.bytes().all(|b| b.is_ascii_hexdigit())).then_some(trace)
}

/// An error as one of several outcomes of a call, in the caller's language.
pub fn told(error: &Error, app: &App, request: &HttpRequest) -> Problem {
    let id = request.extensions().get::<RequestId>().map_or_else(Uuid::now_v7, |id| id.0);
    let wanted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    error.problem(&app.messages, app.messages.negotiate(wanted), id)
}

fn in_words(error: &Error, app: &App, call: &Call, before: &HeaderMap) -> HttpResponse {
    let language = app.messages.negotiate(call.language.as_deref());
    let problem = error.problem(&app.messages, language, call.id);
    let mut answer = HttpResponse::build(error.status_code());
    // Others have said something already: whose pages may read it, how much is left of a quota.
    for (name, value) in before {
        if ![header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING].contains(name) {
            answer.append_header((name, value));
        }
    }
    answer.content_type("application/problem+json").insert_header((header::CONTENT_LANGUAGE, language));
    if let Some(allow) = &error.allow {
        answer.insert_header((header::ALLOW, &**allow));
    }
    if error.code.status() == 401 {
        answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    if error.code == Code::UnsupportedMediaType && call.method == Method::PATCH {
        answer.insert_header((header::HeaderName::from_static("accept-patch"), PATCHES));
    }
    let usual_wait = match error.code {
        Code::Unavailable => Some(2),
        Code::StillRunning => Some(1),
        _ => None,
    };
    if let Some(seconds) = error.retry_after.or(usual_wait) {
        answer.insert_header((header::RETRY_AFTER, seconds));
    }
    answer.body(serde_json::to_vec(&problem).unwrap_or_default())
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    if !headers.contains_key(&name) {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// What keeps browsers from doing with an answer what it was not meant for.
fn protect(headers: &mut HeaderMap, is_https: bool, is_shared: bool) {
    let named = HeaderName::from_static;
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "same-origin");
    set(headers, header::X_FRAME_OPTIONS, "DENY");
    set(headers, header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    set(headers, named("permissions-policy"), "geolocation=(), camera=(), microphone=()");
    set(headers, named("cross-origin-opener-policy"), "same-origin");
    let reach = if is_shared { "same-site" } else { "same-origin" };
    set(headers, named("cross-origin-resource-policy"), reach);
    if is_https {
        set(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}

/// Names what the answer depends on, in one header.
fn vary(headers: &mut HeaderMap, on: &[&str]) {
    let said: Vec<String> = headers
        .get_all(header::VARY)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_owned())
        .collect();
    let mut names: Vec<&str> = on.to_vec();
    for name in &said {
        if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            names.push(name);
        }
    }
    if let Ok(value) = HeaderValue::from_str(&names.join(", ")) {
        headers.insert(header::VARY, value);
    }
}

/// An error answer of the framework's own, given one of our names.
fn unexplained(response: &HttpResponse) -> Option<Error> {
    let status = response.status();
    if status.is_success() || status.is_redirection() || status.is_informational() {
        return None;
    }
    let code = match status {
        StatusCode::NOT_FOUND => Code::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Code::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedMediaType,
        other if other.is_client_error() => Code::Malformed,
        _ => Code::Internal,
    };
    Some(code.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_could_do_harm_in_a_log_is_not_taken() {
        for good in ["01900000-0000-7000-8000-000000000000", "job:42.retry_1"] {
            assert!(is_safe_id(good), "{good}");
        }
        for bad in ["short", "a b c d e f", "<script>alert", "line\nbreak!", &"x".repeat(129)] {
            assert!(!is_safe_id(bad), "{bad}");
        }
    }

    #[test]
    fn a_trace_is_read_from_its_header() {
        let header = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(trace_id(header), Some("4bf92f3577b34da6a3ce929d0e0e4736"));
        assert_eq!(trace_id("00-xyz-1-01"), None);
    }

    #[test]
    fn what_an_answer_depends_on_is_named_once() {
        let mut headers = HeaderMap::new();
        headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.append(header::VARY, HeaderValue::from_static("Origin, Access-Control-Request-Method"));
        vary(&mut headers, &["Accept-Encoding", "Authorization"]);
        assert_eq!(
            headers.get(header::VARY).unwrap(),
            "Accept-Encoding, Authorization, Origin, Access-Control-Request-Method"
        );
    }
}
