//! Entity tags: which version of a resource a reply shows, and whether the caller has it already.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::endpoint::{self, Operation};
use sha2::{Digest, Sha256};

use super::precondition::Version;

/// Tags every good JSON reply as `"<version>.<digest>"`, version 0 where there is none, and answers 304 to a `GET` by
/// somebody who has it. Whatever signs in or makes a secret stays untagged.
pub async fn tag(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let operation = request.extensions().get::<Operation>().copied();
    let seen = request.headers().get_all(IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    let seen = seen.collect::<Vec<_>>().join(",");
    let is_get = request.method() == Method::GET;
    let response = next.call(request).await?;
    let tagged = operation.is_some_and(|it| it.idempotent || it.method != endpoint::Method::Post);
    let json = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if !tagged || !json || !response.status().is_success() {
        return Ok(response.map_into_boxed_body());
    }
    let version = response.response().extensions().get::<Version>().map_or(0, |version| version.0);
    let (request, response) = response.into_parts();
    let (mut response, body) = response.into_parts();
    let body = match body.try_into_bytes() {
        Ok(body) => body,
        // It is being made while it is sent.
        Err(body) => return Ok(ServiceResponse::new(request, response.set_body(body).map_into_boxed_body())),
    };
    let tag = format!("\"{version}.{}\"", digest(&body));
    let value = HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"0\""));
    if is_get && knows(&seen, &tag) {
        let unchanged = HttpResponse::NotModified().insert_header((ETAG, value)).finish();
        return Ok(ServiceResponse::new(request, unchanged));
    }
    response.headers_mut().insert(ETAG, value);
    Ok(ServiceResponse::new(request, response.set_body(BoxBody::new(body))))
}

/// Whether a list of tags (RFC 9110, 13.1.2) has this one, weak or not.
fn knows(list: &str, tag: &str) -> bool {
    list.split(',')
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// What a body says. The signed part of file addresses is left out: it changes with time, and says nothing new.
fn digest(body: &web::Bytes) -> String {
    const SIGNED: &[u8] = b"?sid=";
    const FILES: &[u8] = b"/api/v1/files/";
    let mut digest = Sha256::new();
    let mut rest = &body[..];
    while let Some(at) = rest.windows(SIGNED.len()).position(|part| part == SIGNED) {
        digest.update(&rest[..at]);
        let begin = rest[..at].iter().rposition(|byte| *byte == b'"').map_or(0, |quote| quote + 1);
        let is_address = rest[begin..at].starts_with(FILES);
        let signed = &rest[at..];
        let end = signed.iter().position(|byte| *byte == b'"').unwrap_or(signed.len());
        // The same in anybody's own words counts.
        if !is_address {
            digest.update(&signed[..end]);
        }
        rest = &signed[end..];
    }
    digest.update(rest);
    URL_SAFE_NO_PAD.encode(&digest.finalize()[..12])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_signed_anew_change_no_tag() {
        let body = |sid: &str, width: u32| {
            web::Bytes::from(format!(
                r#"{{"url":"/api/v1/files/1/screen?sid={sid}&exp=1&sig=x","width":{width}}}"#
            ))
        };
        assert_eq!(digest(&body("a", 8)), digest(&body("b", 8)));
        let name = |name: &str| web::Bytes::from(format!(r#"{{"name":"Zoe?sid={name}","note":"x?sid=1"}}"#));
        assert_ne!(digest(&name("a")), digest(&name("b")));
        assert_ne!(digest(&body("a", 8)), digest(&body("a", 9)));
    }

    #[test]
    fn a_tag_is_known_by_name_weakly_or_by_star() {
        for list in ["\"7.a\"", "\"1.x\", \"7.a\"", "W/\"7.a\"", "*"] {
            assert!(knows(list, "\"7.a\""), "{list}");
        }
        for list in ["", "\"7\"", "7.a", "\"7.b\""] {
            assert!(!knows(list, "\"7.a\""), "{list}");
        }
    }
}
