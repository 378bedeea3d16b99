//! Versions of resources: `If-Match` on the way in, the version of the reply on the way out.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::IF_MATCH;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use contract::problem::Code;

use super::error::{Error, Result};

/// What the caller said that they have seen. Every operation that the contract calls versioned asks for it, and checks
/// it against the row that it has locked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "the version has to be checked"]
pub enum IfMatch {
    Missing,
    Any,
    /// Versions of the entity tags; what is not a tag of ours matches nothing.
    Versions(Vec<i32>),
}

impl IfMatch {
    /// 428 where nothing was said, 412 where it is not the present version (RFC 9110, 13.1.1; RFC 6585, 3).
    pub fn check(&self, present: i32) -> Result<()> {
        match self {
            IfMatch::Missing => Err(Code::PreconditionRequired.into()),
            IfMatch::Versions(seen) if !seen.contains(&present) => Err(Code::PreconditionFailed.into()),
            IfMatch::Any | IfMatch::Versions(_) => Ok(()),
        }
    }
}

impl FromRequest for IfMatch {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let given = request.headers().get(IF_MATCH).map(|value| value.to_str().unwrap_or_default().trim());
        ready(Ok(match given {
            None => IfMatch::Missing,
            Some("*") => IfMatch::Any,
            Some(tags) => IfMatch::Versions(tags.split(',').filter_map(|tag| version(tag.trim())).collect()),
        }))
    }
}

/// `"7.x1y2"` is version 7. A weak tag is no match.
fn version(tag: &str) -> Option<i32> {
    tag.strip_prefix('"')?.strip_suffix('"')?.split('.').next()?.parse().ok()
}

/// The version of the resource that a response shows; its entity tag is made of it.
#[derive(Debug, Clone, Copy)]
pub struct Version(pub i32);

pub fn versioned(mut response: HttpResponse, version: i32) -> HttpResponse {
    response.extensions_mut().insert(Version(version));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_strong_tags_of_ours_name_a_version() {
        assert_eq!(version("\"7.abc\""), Some(7));
        assert_eq!(version("\"7\""), Some(7));
        for tag in ["W/\"7.abc\"", "7", "\"x.7\"", "\"", ""] {
            assert_eq!(version(tag), None, "{tag}");
        }
    }
}
