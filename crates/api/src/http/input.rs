//! What callers send: read, checked, and every fault of it told at once.

use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest};
use contract::problem::Code;
use serde::de::DeserializeOwned;
use serde_json::Value;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use super::body::{self, BODY_BYTES_MAX};
use super::error::{Error, Fault, Place, Result};
use super::json::{self, escaped};

/// A JSON body that keeps all the rules.
#[derive(Debug)]
pub struct Body<T>(pub T);

/// A query string that keeps all the rules.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Body<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind =
            request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let json = essence == "application/json"
            || (essence == "application/merge-patch+json" && request.method() == Method::PATCH);
        let payload = payload.take();
        Box::pin(async move {
            if !json {
                return Err(Code::UnsupportedMediaType.into());
            }
            let bytes = body::read(payload, BODY_BYTES_MAX).await?;
            let (value, twice) = json::read(&bytes)?;
            if !value.is_object() {
                // serde would read an array as the fields in their order.
                return Err(Error::invalid(vec![Fault {
                    place: Place::Body(String::new()),
                    code: "wrong_type",
                    params: serde_json::Map::new(),
                }]));
            }
            check(&value, twice).map(Self)
        })
    }
}

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Query<T> {
    type Error = Error;
    type Future = std::future::Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(read_query(request.query_string()).map(Self))
    }
}

/// Reads parameters as the types they look like, then as the type wanted: `limit=5` is a number, `q=5` a text.
pub fn read_query<T: DeserializeOwned + Validate>(query: &str) -> Result<T> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).map_err(|_| Code::Malformed)?;
    let pairs: Vec<(String, String)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let mut known = HashSet::new();
    let again = pairs.iter().filter(|(name, _)| !known.insert(name));
    let faults: Vec<Fault> =
        again.map(|(name, _)| Fault::parameter(name, "too_many").with("max", 1)).collect();
    if !faults.is_empty() {
        return Err(Error::invalid(faults));
    }
    let clean = serde_urlencoded::to_string(&pairs).map_err(|_| Code::Malformed)?;
    let mut unknown = Vec::new();
    let parsed = {
        let deserializer = serde_urlencoded::Deserializer::new(form_pairs(&clean));
        let mut track = |path: serde_ignored::Path<'_>| unknown.push(path.to_string());
        let watched = serde_ignored::Deserializer::new(deserializer, &mut track);
        serde_path_to_error::deserialize::<_, T>(watched)
    };
    let mut faults: Vec<Fault> =
        unknown.iter().map(|name| Fault::parameter(name, "unknown_parameter")).collect();
    match parsed {
        Ok(value) => finish(value, faults, &|pointer: String| {
            Place::Parameter(pointer.trim_start_matches('/').to_owned())
        }),
        Err(error) => {
            // serde names a missing parameter in its message only.
            let message = error.inner().to_string();
            let missing = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
            faults.push(match missing {
                Some(name) => Fault::parameter(name, "required"),
                None => Fault::parameter(&error.path().to_string(), "wrong_type"),
            });
            Err(Error::invalid(faults))
        }
    }
}

fn form_pairs(query: &str) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(query.as_bytes())
}

/// Turns a value into the type wanted; tells the first wrong type, or all unknown fields and broken rules together.
fn check<T: DeserializeOwned + Validate>(value: &Value, twice: Vec<String>) -> Result<T> {
    let place = Place::Body;
    let mut unknown: Vec<String> = Vec::new();
    let parsed = {
        let mut track = |path: serde_ignored::Path<'_>| unknown.push(ignored_pointer(&path));
        let watched = serde_ignored::Deserializer::new(value, &mut track);
        serde_path_to_error::deserialize::<_, T>(watched)
    };
    let fault = |code| move |pointer| Fault { place: place(pointer), code, params: serde_json::Map::new() };
    let mut faults: Vec<Fault> = unknown.into_iter().map(fault("unknown_field")).collect();
    faults.extend(twice.into_iter().map(fault("duplicate_field")));
    match parsed {
        Ok(value) => finish(value, faults, &place),
        Err(error) => {
            faults.push(type_fault(&error, place));
            Err(Error::invalid(faults))
        }
    }
}

/// A value of the wrong type, or a field that is not there.
fn type_fault(error: &serde_path_to_error::Error<serde_json::Error>, place: fn(String) -> Place) -> Fault {
    let mut pointer = String::new();
    for segment in error.path() {
        match segment {
            serde_path_to_error::Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            serde_path_to_error::Segment::Map { key } => pointer.push_str(&format!("/{}", escaped(key))),
            serde_path_to_error::Segment::Enum { .. } | serde_path_to_error::Segment::Unknown => {}
        }
    }
    // serde names a missing field in its message only.
    let message = error.inner().to_string();
    let missing = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    let code = match missing {
        Some(name) => {
            pointer.push_str(&format!("/{}", escaped(name)));
            "required"
        }
        None => "wrong_type",
    };
    Fault { place: place(pointer), code, params: serde_json::Map::new() }
}

fn finish<T: Validate>(value: T, mut faults: Vec<Fault>, place: &dyn Fn(String) -> Place) -> Result<T> {
    if let Err(errors) = value.validate() {
        collect(&errors, "", place, &mut faults);
    }
    if faults.is_empty() {
        return Ok(value);
    }
    faults.sort_by_key(|fault| match &fault.place {
        Place::Body(text) | Place::Parameter(text) | Place::Header(text) => text.clone(),
    });
    Err(Error::invalid(faults))
}

/// The validator's findings as faults. Its `value` parameter, the rejected input itself, is dropped.
fn collect(errors: &ValidationErrors, above: &str, place: &dyn Fn(String) -> Place, faults: &mut Vec<Fault>) {
    for (field, kind) in errors.errors() {
        let pointer = format!("{above}/{}", escaped(field));
        match kind {
            ValidationErrorsKind::Field(found) => {
                for error in found {
                    let params = error
                        .params
                        .iter()
                        .filter(|(name, _)| *name != "value")
                        .map(|(name, value)| (name.to_string(), value.clone()))
                        .collect();
                    faults.push(Fault {
                        place: place(pointer.clone()),
                        code: known_code(&error.code),
                        params,
                    });
                }
            }
            ValidationErrorsKind::Struct(inner) => collect(inner, &pointer, place, faults),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    collect(inner, &format!("{pointer}/{index}"), place, faults);
                }
            }
        }
    }
}

/// The validator's codes as the static texts that message files know.
fn known_code(code: &str) -> &'static str {
    const CODES: &[&str] = &[
        "bad_cursor",
        "required",
        "too_short",
        "too_long",
        "too_few",
        "too_many",
        "unknown",
        "not_a_slug",
        "not_closed",
        "crosses_itself",
        "unknown_placeholder",
        "not_text",
        "not_an_email",
        "not_a_sign_in_name",
        "not_on_earth",
        "out_of_range",
    ];
    CODES.iter().find(|known| **known == code).copied().unwrap_or("wrong_type")
}

fn ignored_pointer(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;
    match path {
        Path::Root => String::new(),
        Path::Seq { parent, index } => format!("{}/{index}", ignored_pointer(parent)),
        Path::Map { parent, key } => format!("{}/{}", ignored_pointer(parent), escaped(key)),
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => {
            ignored_pointer(parent)
        }
    }
}
