//! Bodies, read within their limits: so much, and in so much time.

use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::{Bytes, BytesMut};
use contract::problem::Code;
use domain::rule::UPLOAD_BYTES_MAX;
use futures_util::StreamExt;

use super::error::{Error, Result};

/// The largest JSON body, in bytes.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;
/// What a form needs beside its file.
const FORM_BYTES_MAX: usize = 64 * 1024;
/// What is read of a body that is too large, as a multiple of its limit: so that the answer still reaches whoever is
/// sending it.
const DRAINED: usize = 8;

/// The most that a body of a content type may have.
pub fn limit(content_type: &[u8]) -> usize {
    if is_form(content_type) { UPLOAD_BYTES_MAX + FORM_BYTES_MAX } else { BODY_BYTES_MAX }
}

pub fn is_form(content_type: &[u8]) -> bool {
    const FORM: &[u8] = b"multipart/";
    content_type.get(..FORM.len()).is_some_and(|start| start.eq_ignore_ascii_case(FORM))
}

/// Reads a body to its end. One that is too large is refused, but only after its sender could have read the answer.
pub async fn read(mut payload: Payload, limit: usize) -> Result<Bytes> {
    let mut bytes = BytesMut::new();
    let mut total = 0;
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|broken| unreadable(&broken))?;
        total += chunk.len();
        if total > limit.saturating_mul(DRAINED) {
            break;
        }
        if total <= limit {
            bytes.extend_from_slice(&chunk);
        }
    }
    if total > limit {
        return Err(Error::from(Code::TooLarge).with("max_mib", limit / 1024 / 1024));
    }
    Ok(bytes.freeze())
}

/// Why a body broke off.
pub fn unreadable(broken: &PayloadError) -> Error {
    match broken {
        PayloadError::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => Code::TooSlow.into(),
        _ => Code::Malformed.into(),
    }
}

/// The same body, which breaks off when it has not arrived in time.
pub fn in_time(mut payload: Payload, within: Duration) -> Payload {
    if matches!(payload, Payload::None) {
        return payload;
    }
    let (mut late, mut timer) = (false, Box::pin(tokio::time::sleep(within)));
    let stream = futures_util::stream::poll_fn(move |context| {
        use std::task::Poll;
        if late {
            return Poll::Ready(None);
        }
        if let Poll::Ready(chunk) = payload.poll_next_unpin(context) {
            return Poll::Ready(chunk);
        }
        if timer.as_mut().poll(context).is_ready() {
            late = true;
            return Poll::Ready(Some(Err(PayloadError::Io(std::io::ErrorKind::TimedOut.into()))));
        }
        Poll::Pending
    });
    Payload::Stream { payload: Box::pin(stream) }
}
