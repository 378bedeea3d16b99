//! One typed constant per operation.

use std::fmt::{Display, Write as _};
use std::marker::PhantomData;

use domain::role::Permission;
use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Patch,
    Put,
    Delete,
}

impl Method {
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Patch => "PATCH",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        }
    }
}

/// Who may call an operation. Spelled here and nowhere else: the server's gate, the API document and the tests read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody; the operation proves its caller in another way (a password, a cookie, a signed address).
    Public,
    /// Everybody who is signed in, about themselves.
    SignedIn,
    /// Members of the community in the path, whatever their roles.
    Member,
    /// Members of the community in the path with this permission; for `platform.*`, operators.
    Needs(Permission),
}

/// What the API knows of an operation, without its types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// `verb_noun`: the operation id of the API document and the name of the handler.
    pub id: &'static str,
    pub method: Method,
    /// Below [`crate::BASE_PATH`], with `{name}` where a value belongs.
    pub path: &'static str,
    pub access: Access,
    /// Whether a `POST` honours `Idempotency-Key`. Never where it signs in or makes a secret, which no reply may keep.
    pub idempotent: bool,
    /// Whether it changes a versioned resource, and so needs `If-Match`.
    pub versioned: bool,
}

/// An operation that takes a `Body` and answers a `Reply`.
pub struct Endpoint<Body, Reply> {
    pub operation: Operation,
    types: PhantomData<fn(Body) -> Reply>,
}

impl<Body, Reply> Endpoint<Body, Reply> {
    pub const fn new(id: &'static str, method: Method, path: &'static str, access: Access) -> Self {
        let idempotent = matches!(method, Method::Post);
        let operation = Operation { id, method, path, access, idempotent, versioned: false };
        Self { operation, types: PhantomData }
    }

    /// Signs in, or makes a secret: its reply is never kept for a retry.
    pub const fn secret(mut self) -> Self {
        self.operation.idempotent = false;
        self
    }

    /// Changes a versioned resource: callers name the version that they have seen.
    pub const fn versioned(mut self) -> Self {
        self.operation.versioned = true;
        self
    }

    /// The address with its place-holders filled in order, each value percent-encoded.
    pub fn path(&self, values: &[&dyn Display]) -> String {
        self.operation.path(values)
    }

    /// The address with a query string. Empty values are left out.
    pub fn path_with(&self, values: &[&dyn Display], query: &impl Serialize) -> String {
        let path = self.path(values);
        match query_string(query) {
            query if query.is_empty() => path,
            query => format!("{path}?{query}"),
        }
    }
}

impl Operation {
    /// The address with its place-holders filled in order, each value percent-encoded.
    pub fn path(&self, values: &[&dyn Display]) -> String {
        let mut path = String::from(crate::BASE_PATH);
        let mut values = values.iter();
        for segment in self.path.split('/').skip(1) {
            path.push('/');
            match (segment.starts_with('{'), values.next_if(segment.starts_with('{'))) {
                (true, Some(value)) => encode(&value.to_string(), &mut path),
                _ => path.push_str(segment),
            }
        }
        path
    }
}

/// `next`, but only where a value is wanted.
trait NextIf: Iterator {
    fn next_if(&mut self, wanted: bool) -> Option<Self::Item>;
}

impl<I: Iterator> NextIf for I {
    fn next_if(&mut self, wanted: bool) -> Option<Self::Item> {
        if wanted { self.next() } else { None }
    }
}

/// A query as `a=1&b=2`: for the API and for the browser's own address bar.
pub fn query_string(query: &impl Serialize) -> String {
    serde_urlencoded::to_string(query).unwrap_or_default()
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
fn encode(value: &str, path: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(byte.into());
        } else {
            let _ = write!(path, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOW: Endpoint<(), ()> =
        Endpoint::new("show_thing", Method::Get, "/communities/{community}/things/{id}/x", Access::Member);

    #[test]
    fn a_path_takes_its_values_in_order_and_encodes_them() {
        assert_eq!(
            SHOW.path(&[&"willow-park", &"a b/é"]),
            "/api/v1/communities/willow-park/things/a%20b%2F%C3%A9/x"
        );
    }

    #[test]
    fn a_query_is_appended_only_when_it_says_something() {
        assert_eq!(SHOW.path_with(&[&"a", &1], &[("q", "x y")]), "/api/v1/communities/a/things/1/x?q=x+y");
        assert_eq!(
            SHOW.path_with(&[&"a", &1], &[] as &[(&str, &str); 0]),
            "/api/v1/communities/a/things/1/x"
        );
    }
}
