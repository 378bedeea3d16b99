//! The last touch on every answer: its request id, its headers, and problems put into words.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpResponse, ResponseError, web};
use contract::problem::Code;
use uuid::Uuid;

use super::error::Error;
use super::{is_below, routed_path};
use crate::app::App;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

pub async fn finish(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let id = request
        .headers()
        .get(&REQUEST_ID)
        .and_then(|value| value.to_str().ok()?.parse::<Uuid>().ok())
        .unwrap_or_else(Uuid::now_v7);
    request.extensions_mut().insert(RequestId(id));
    let app = request.app_data::<web::Data<App>>().cloned();
    let accepted = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let is_api = is_below(routed_path(&request), "/api");
    let (method, path) = (request.method().clone(), request.path().to_owned());
    let started = std::time::Instant::now();

    let mut response = next.call(request).await?.map_into_boxed_body();
    let failure = response.response().extensions().get::<Error>().cloned();
    let failure = failure.or_else(|| is_api.then(|| unexplained(&response)).flatten());
    if let (Some(error), Some(app)) = (failure, app) {
        let language = app.messages.negotiate(accepted.as_deref());
        let problem = error.problem(&app.messages, language, id);
        let mut answer = HttpResponse::build(error.status_code());
        answer.content_type("application/problem+json").insert_header((header::CONTENT_LANGUAGE, language));
        if let Some(allow) = &error.allow {
            answer.insert_header((header::ALLOW, allow.as_str()));
        }
        if let Some(seconds) = error.retry_after {
            answer.insert_header((header::RETRY_AFTER, seconds));
        }
        match error.code {
            code if code.status() == 401 => {
                answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
            }
            Code::Unavailable => {
                answer.insert_header((header::RETRY_AFTER, "2"));
            }
            _ => {}
        }
        let body = if method == Method::HEAD {
            Vec::new()
        } else {
            serde_json::to_vec(&problem).unwrap_or_default()
        };
        response = response.into_response(answer.body(body));
    }
    let status = response.status();
    let headers = response.headers_mut();
    let mut set = |name, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    if is_api {
        set(header::CACHE_CONTROL, "private, no-store");
    }
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_FRAME_OPTIONS, "DENY");
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        headers.insert(REQUEST_ID, value);
    }
    let millis = started.elapsed().as_millis();
    if status.is_server_error() {
        tracing::error!(%id, %method, path, status = status.as_u16(), millis, "answered");
    } else {
        tracing::debug!(%id, %method, path, status = status.as_u16(), millis, "answered");
    }
    Ok(response)
}

/// The id of the request in hand.
#[derive(Debug, Clone, Copy)]
pub struct RequestId(pub Uuid);

/// An error answer of the framework's own, given one of our names.
fn unexplained(response: &ServiceResponse<BoxBody>) -> Option<Error> {
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
