//! `Idempotency-Key`: a `POST` that is made again answers as it did the first time, and does nothing twice.
//!
//! Key, effect and reply are written in one transaction, so there is never one without the others: a server that dies
//! between them has done nothing at all. What is refused is not kept; the key may be used again.

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, LINK, LOCATION};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpResponse, ResponseError, web};
use chrono::TimeDelta;
use contract::endpoint::Operation;
use contract::problem::Code;
use db::ambient::Ending;
use db::idempotency::Kept;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::body;
use super::caller::Caller;
use super::error::{Error, Fault, Result};
use crate::app::App;
use crate::openapi;

pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// How long a reply is kept.
pub const KEPT_FOR: TimeDelta = TimeDelta::hours(24);
/// How many characters a key has; without a sign-in it must be too long to guess (128 bits in base64).
const KEY_MIN: usize = 8;
const KEY_MIN_ANONYMOUS: usize = 22;
const KEY_MAX: usize = 128;
/// What a reply says beside its status and its body.
const REPLY_HEADERS: [HeaderName; 4] = [CONTENT_TYPE, ETAG, LINK, LOCATION];

/// One call, as far as it can be recognised.
struct Fingerprinted {
    /// Who asks, by which key.
    hash: [u8; 32],
    /// What for.
    fingerprint: [u8; 32],
}

/// A reply as it is kept: this in JSON, a line break, and the body.
#[derive(Serialize, Deserialize)]
struct Head {
    status: u16,
    headers: Vec<(String, String)>,
}

pub async fn idempotency(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let honoured = request.extensions().get::<Operation>().is_some_and(|operation| operation.idempotent);
    if !honoured || !request.headers().contains_key(&IDEMPOTENCY_KEY) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let Some(app) = request.app_data::<web::Data<App>>().cloned() else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let call = match recognise(&mut request).await {
        Ok(call) => call,
        Err(refused) => return Ok(request.into_response(refused.error_response())),
    };
    let whole = match app.db.whole().await {
        Ok(whole) => whole,
        Err(failed) => return Ok(request.into_response(Error::from(failed).error_response())),
    };
    let response = whole.run(answer(&app, &call, request, next)).await?;
    let is_new = response.status().is_success() && !response.headers().contains_key(&REPLAYED);
    let ended = whole.end(if is_new { Ending::Commit } else { Ending::RollBack }).await;
    // Handlers ring before there is anything to see.
    app.outbox_bell.notify_one();
    Ok(match ended {
        Ok(()) => response,
        Err(failed) => response.into_response(Error::from(failed).error_response()),
    })
}

async fn answer(
    app: &App,
    call: &Fingerprinted,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    match earlier(app, call).await {
        Ok(None) => first(app, call, request, next).await,
        Ok(Some(reply)) => Ok(request.into_response(reply)),
        Err(refused) => Ok(request.into_response(refused.error_response())),
    }
}

/// Reads the key and the body; puts the body back for the handler.
async fn recognise(request: &mut ServiceRequest) -> Result<Fingerprinted> {
    let caller = request.extensions().get::<Caller>().copied();
    let shortest = if caller.is_some() { KEY_MIN } else { KEY_MIN_ANONYMOUS };
    let key = key(request.headers(), shortest)?;
    let content_type = request.headers().get(CONTENT_TYPE).map_or(&[][..], HeaderValue::as_bytes).to_vec();
    // What is not to be read is not waited for, nor kept meanwhile.
    let takes_form =
        request.extensions().get::<Operation>().is_some_and(|operation| openapi::takes_form(operation.id));
    if body::is_form(&content_type) && !takes_form {
        return Err(Code::UnsupportedMediaType.into());
    }
    let limit = body::limit(&content_type);
    let bytes = body::read(request.take_payload(), limit).await?;
    let (essence, boundary) = boundary(&content_type);
    let mut what = Sha256::new();
    for part in [
        request.method().as_str().as_bytes(),
        request.path().as_bytes(),
        request.query_string().as_bytes(),
        essence,
    ] {
        what.update((part.len() as u64).to_be_bytes());
        what.update(part);
    }
    without(&bytes, boundary, |part| what.update(part));
    request.set_payload(Payload::from(bytes));
    let scope = caller.map_or_else(|| "anonymous".to_owned(), |caller| caller.user_id.to_string());
    let hash = Sha256::digest(format!("{scope}\n{key}")).into();
    Ok(Fingerprinted { hash, fingerprint: what.finalize().into() })
}

/// One key of so many visible characters, as a quoted string (RFC 9651) or bare.
fn key(headers: &HeaderMap, shortest: usize) -> Result<String> {
    let mut all = headers.get_all(&IDEMPOTENCY_KEY).map(|value| value.to_str().unwrap_or_default().trim());
    let key = match (all.next(), all.next()) {
        (Some(one), None) => unquoted(one),
        _ => None,
    };
    key.filter(|key| (shortest..=KEY_MAX).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()))
        .ok_or_else(|| {
            let fault = Fault::header(IDEMPOTENCY_KEY.as_str(), "not_a_key");
            Error::invalid(vec![fault.with("min", shortest).with("max", KEY_MAX)])
        })
}

fn unquoted(text: &str) -> Option<String> {
    let Some(inner) = text.strip_prefix('"') else { return Some(text.to_owned()) };
    let inner = inner.strip_suffix('"')?;
    let mut plain = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => return None,
            '\\' => plain.push(chars.next().filter(|c| ['"', '\\'].contains(c))?),
            _ => plain.push(c),
        }
    }
    Some(plain)
}

/// The content type and the boundary of a form. Clients make up a new boundary for every try; it says nothing.
fn boundary(content_type: &[u8]) -> (&[u8], &[u8]) {
    const NAME: &[u8] = b"boundary=";
    let at = content_type.windows(NAME.len()).position(|part| part.eq_ignore_ascii_case(NAME));
    match at {
        Some(at) => (&content_type[..at], content_type[at + NAME.len()..].trim_ascii()),
        None => (content_type, &[]),
    }
}

/// Hands on all of a body but its boundaries.
fn without(mut bytes: &[u8], boundary: &[u8], mut part: impl FnMut(&[u8])) {
    let boundary = boundary.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(boundary);
    while !boundary.is_empty()
        && let Some(at) = bytes.windows(boundary.len()).position(|part| part == boundary)
    {
        part(&bytes[..at]);
        bytes = &bytes[at + boundary.len()..];
    }
    part(bytes);
}

/// The reply that was given before, if any; refuses while another call has the key, or had it for something else.
async fn earlier(app: &App, call: &Fingerprinted) -> Result<Option<HttpResponse>> {
    let conn = &mut *app.db.conn().await?;
    if !db::idempotency::lock(conn, &call.hash).await? {
        return Err(Code::StillRunning.into());
    }
    let Some(kept) = db::idempotency::find(conn, &call.hash, app.now() - KEPT_FOR).await? else {
        return Ok(None);
    };
    if kept.fingerprint != call.fingerprint {
        return Err(Code::KeyReused.into());
    }
    replay(app, &kept).map(Some)
}

/// Does the work, and keeps its reply where it went well.
async fn first(
    app: &App,
    call: &Fingerprinted,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let (request, response) = next.call(request).await?.map_into_boxed_body().into_parts();
    if !response.status().is_success() {
        return Ok(ServiceResponse::new(request, response));
    }
    let (response, body) = response.into_parts();
    let body = to_bytes(body).await.map_err(Error::internal)?;
    let kept = keep(app, call, response.status(), response.headers(), &body).await;
    let response = match kept {
        Ok(()) => response.set_body(BoxBody::new(body)),
        Err(failed) => failed.error_response(),
    };
    Ok(ServiceResponse::new(request, response))
}

async fn keep(
    app: &App,
    call: &Fingerprinted,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<()> {
    let said = |name: &HeaderName| {
        let value = headers.get(name)?.to_str().ok()?;
        Some((name.to_string(), value.to_owned()))
    };
    let head = Head { status: status.as_u16(), headers: REPLY_HEADERS.iter().filter_map(said).collect() };
    let mut plain = serde_json::to_vec(&head).map_err(Error::internal)?;
    plain.push(b'\n');
    plain.extend_from_slice(body);
    let kept = Kept {
        hash: call.hash.to_vec(),
        fingerprint: call.fingerprint.to_vec(),
        reply: app.vault.seal(&context(&call.hash), &plain).map_err(Error::internal)?,
        created_at: app.now(),
    };
    Ok(db::idempotency::keep(&mut *app.db.conn().await?, &kept).await?)
}

fn replay(app: &App, kept: &Kept) -> Result<HttpResponse> {
    let plain = app.vault.open(&context(&kept.hash), &kept.reply);
    let plain = plain.ok_or_else(|| Error::internal("a kept reply that no key opens"))?;
    let (head, body) = plain.split_at(plain.iter().position(|byte| *byte == b'\n').unwrap_or(plain.len()));
    let head: Head = serde_json::from_slice(head).map_err(Error::internal)?;
    let status = StatusCode::from_u16(head.status).map_err(Error::internal)?;
    let mut response = HttpResponse::build(status);
    for header in head.headers {
        response.insert_header(header);
    }
    response.insert_header((REPLAYED, "true"));
    Ok(response.body(body.get(1..).unwrap_or_default().to_vec()))
}

/// A kept reply opens under its own key only.
fn context(hash: &[u8]) -> String {
    hash.iter().fold("idempotency:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str, shortest: usize) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(IDEMPOTENCY_KEY, HeaderValue::from_str(value).unwrap());
        key(&headers, shortest).ok()
    }

    #[test]
    fn a_key_is_a_quoted_string_or_bare() {
        assert_eq!(read("\"8e03978e-40d5\"", 8).as_deref(), Some("8e03978e-40d5"));
        assert_eq!(read("8e03978e-40d5", 8).as_deref(), Some("8e03978e-40d5"));
        assert_eq!(read(r#""a\"b\\c123""#, 8).as_deref(), Some(r#"a"b\c123"#));
        for bad in
            ["1234567", "\"1234567\"", "\"12345678", "\"1234\"5678\"", "12345 678", &"x".repeat(129), ""]
        {
            assert_eq!(read(bad, 8), None, "{bad}");
        }
        assert_eq!(read("only-twenty-characte", KEY_MIN_ANONYMOUS), None);
    }

    #[test]
    fn two_keys_are_none() {
        let mut headers = HeaderMap::new();
        headers.append(IDEMPOTENCY_KEY, HeaderValue::from_static("12345678"));
        headers.append(IDEMPOTENCY_KEY, HeaderValue::from_static("12345678"));
        assert!(key(&headers, 8).is_err());
    }

    #[test]
    fn the_boundary_of_a_form_is_no_part_of_what_is_asked() {
        let seen = |content_type: &str, body: &str| {
            let (essence, boundary) = boundary(content_type.as_bytes());
            let mut all = essence.to_vec();
            without(body.as_bytes(), boundary, |part| all.extend_from_slice(part));
            all
        };
        let (one, other) = ("multipart/form-data; boundary=one", "multipart/form-data; boundary=\"other\"");
        assert_eq!(seen(one, "--one\nx\n--one--"), seen(other, "--other\nx\n--other--"));
        assert_ne!(seen(one, "--one\nx\n--one--"), seen(one, "--one\ny\n--one--"));
    }
}
