//! Cursors: opaque to clients, keyset to us.

use actix_web::HttpRequest;
use actix_web::http::header::{HeaderValue, LINK};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use contract::page::{LIMIT_DEFAULT, Page};
use db::page::Keyset;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::error::{Error, Fault, Result};
use crate::config::REQUEST_DEADLINE;

/// How many rows were asked for.
pub fn limit(asked: Option<u16>) -> i64 {
    asked.unwrap_or(LIMIT_DEFAULT).into()
}

/// How much is told again to whoever asks what is new. A change carries the instant at which its transaction began, but
/// is seen when that ends; so it may show up behind others that began later. No transaction outlasts its request, and
/// the rest is for the clocks of several servers.
pub const OVERLAP: TimeDelta = TimeDelta::seconds(60);
const _: () = assert!(OVERLAP.num_seconds().cast_unsigned() >= 2 * REQUEST_DEADLINE.as_secs());

/// From when on rows are told to a caller who has seen everything until `instant`.
pub fn since(instant: DateTime<Utc>) -> DateTime<Utc> {
    // Nothing is older, and the database's calendar does not begin much earlier.
    instant.checked_sub_signed(OVERLAP).unwrap_or(instant).max(DateTime::UNIX_EPOCH)
}

/// Where the page begins; a cursor that we did not make is the caller's fault.
pub fn begin<K: DeserializeOwned>(cursor: Option<&str>) -> Result<Option<K>> {
    let Some(cursor) = cursor else { return Ok(None) };
    let key = URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        // The database takes no text with a NUL in it, so no text of ours has one.
        .filter(|bytes| !bytes.windows(6).any(|six| six == br"\u0000"))
        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
    match key {
        Some(key) => Ok(Some(key)),
        None => Err(bad_cursor()),
    }
}

/// Where a page begins in a list with the newest first.
pub fn newest(cursor: Option<&str>) -> Result<Option<Keyset>> {
    let after: Option<(DateTime<Utc>, Uuid)> = begin(cursor)?;
    // Nothing is older than the epoch, and somewhere before it the database's calendar ends.
    match after {
        Some((created_at, _)) if created_at < DateTime::UNIX_EPOCH => Err(bad_cursor()),
        after => Ok(after.map(|(created_at, id)| Keyset { created_at, id })),
    }
}

pub fn bad_cursor() -> Error {
    Error::invalid(vec![Fault::parameter("cursor", "bad_cursor")])
}

/// One page out of up to `limit + 1` rows: whether there is a next one shows in the row too many.
pub fn page<R, T, K: Serialize>(
    mut rows: Vec<R>,
    limit: i64,
    key: impl Fn(&R) -> K,
    view: impl Fn(R) -> T,
) -> Page<T> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next_cursor = rows
        .last()
        .filter(|_| more)
        .map(|row| URL_SAFE_NO_PAD.encode(serde_json::to_vec(&key(row)).unwrap_or_default()));
    Page { data: rows.into_iter().map(view).collect(), next_cursor }
}

/// Everything there is, as one page.
pub fn whole<T>(data: Vec<T>) -> Page<T> {
    Page { data, next_cursor: None }
}

/// A page as an answer, with the address of the next one as a `Link` (RFC 8288).
pub fn answer<T: Serialize>(request: &HttpRequest, page: &Page<T>) -> actix_web::HttpResponse {
    let mut response = actix_web::HttpResponse::Ok().json(page);
    if let Some(cursor) = &page.next_cursor {
        let others: Vec<(String, String)> = form_urlencoded::parse(request.query_string().as_bytes())
            .into_owned()
            .filter(|(name, _)| name != "cursor")
            .chain([("cursor".to_owned(), cursor.clone())])
            .collect();
        let query = serde_urlencoded::to_string(others).unwrap_or_default();
        if let Ok(link) = HeaderValue::from_str(&format!("<{}?{query}>; rel=\"next\"", request.path())) {
            response.headers_mut().insert(LINK, link);
        }
    }
    response
}
